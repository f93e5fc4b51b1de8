// The strip: the boundary laid out straight, with all points shown in their order along it.
const STOP = 26;
const FLOORS = 3;
const EDGE = 20;
const whole = Math.max(data.length, ...data.points.map((point) => point.chainage_m), 1);

const ends = (() => {
  const lines = data.boundary.map(unpack);
  return lines.length ? [lines[0][0], lines.at(-1).at(-1)] : [];
})();
// west is on the left here too, or the strip would contradict the map above it
const westward = ends.length > 0 && ends[1][1] < ends[0][1];

function tickStep(width) {
  const least = (70 / width) * whole;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
}

// Points too close to stand side by side stand above each other, on the floor that has been free longest.
function floors(places) {
  const last = new Array(FLOORS).fill(-Infinity);
  return places.map((x) => {
    let floor = last.findIndex((end) => x - end >= STOP);
    if (floor < 0) floor = last.indexOf(Math.min(...last));
    last[floor] = x;
    return floor;
  });
}

function stop(point, x, floor) {
  const label = `${km(point)} · ${words(`verdict.${point.verdict}`)}: ${bothNames(point)}`;
  const button = make("button", {
    type: "button", class: "stop", "data-stop": point.id, "aria-label": label, title: label,
    on: {
      click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false),
    },
  }, symbol(point.verdict, point.level === "severe", 18));
  button.style.left = `${x - STOP / 2}px`;
  button.style.bottom = `${22 + floor * STOP}px`;
  return button;
}

function tick(at, x, unit) {
  const mark = make("span", { class: "tick", text: `${Math.round(at) / 1000}${unit}` });
  mark.style.left = `${x}px`;
  return mark;
}

function drawStrip() {
  const strip = document.getElementById("strip");
  const focused = document.activeElement?.dataset?.stop;
  const width = Math.max(strip.clientWidth, Math.min(12 * data.points.length, 6000));
  const share = (chainage) => (westward ? 1 - chainage / whole : chainage / whole);
  const toX = (chainage) => EDGE + share(chainage) * (width - 2 * EDGE);
  // every point keeps its place, whichever are shown
  const all = [...data.points].sort((one, two) => toX(one.chainage_m) - toX(two.chainage_m));
  const places = all.map((point) => toX(point.chainage_m));
  const level = floors(places);
  const shown = new Set(state.shown);
  const step = tickStep(width - 2 * EDGE);
  const ticks = [];
  for (let at = 0; at <= whole; at += step) ticks.push(tick(at, toX(at), at === 0 ? " km" : ""));
  const track = make("div", { class: "track" }, make("span", { class: "axis", "aria-hidden": "true" }),
    ...all.map((point, i) => (shown.has(point) ? stop(point, places[i], level[i]) : null)).filter(Boolean));
  const scale = make("div", { class: "ticks", "aria-hidden": "true" }, ...ticks);
  track.append(scale);
  track.style.width = `${width}px`;
  track.style.height = `${26 + STOP * (1 + Math.max(0, ...level))}px`;
  strip.setAttribute("aria-label", words("strip"));
  strip.replaceChildren(track);
  mark();
  if (focused) document.querySelector(`[data-stop="${focused}"]`)?.focus();
}

// from left to right, as the strip shows them
const stops = () => [...state.shown].sort((one, two) => SORTS.chainage(one, two) * (westward ? -1 : 1));

// Where the counting starts and ends, said on the map as well.
function drawEnds() {
  for (const [place, at] of ends.map((end, i) => [end, i * data.length])) {
    L.circleMarker(place, { renderer: canvas, radius: 4, color: "#222", fillColor: "#fff", fillOpacity: 1, interactive: false })
      .bindTooltip(make("span", { text: `${(at / 1000).toFixed(1)} km` }), { permanent: true, direction: "right", className: "end" })
      .addTo(layers.boundary);
  }
}
