// The two cross-sections to one scale. What the plan states is filled; what is assumed from usual widths is hatched.
const SECTION = { width: 380, ground: 62, side: 10 };
const FITS_M = 0.3;

function laneWidth(point, side) {
  const speed = point[`${side}_design_speed_kmh`];
  const { lane, lane_by_rank_m: byRank } = data.standard;
  if (speed !== undefined) return (lane.find((row) => speed <= row.up_to_kmh) || lane[lane.length - 1]).width_m;
  return byRank[point[`${side}_road_class`] ?? 3];
}

// The parts of one side's section from left to right, widths in metres.
function sectionParts(point, side) {
  const value = (field) => point[`${side}_${field}`];
  const [lanes, slow, paved] = [value("lanes"), value("slow_lanes") ?? 0, value("carriageway_m")];
  const { slow_lane: slowLane, median: usual } = data.standard;
  const split = (value("road_class") ?? 0) >= usual.from_rank && lanes >= usual.from_lanes && lanes % 2 === 0;
  if (lanes === undefined) return { parts: paved === undefined ? [] : [{ kind: "paving", width: paved, stated: true }], paved };
  let lane = laneWidth(point, side);
  let median = split ? usual.width_m : 0;
  const slowly = slow * slowLane.width_m;
  let rest = 0;
  let outside = false;
  if (paved !== undefined) {
    const fits = (metres) => metres <= paved + FITS_M;
    outside = slow > 0 && !fits(lanes * lane + median + slowly);
    const inside = outside ? 0 : slowly;
    if (median && !fits(lanes * lane + median + inside)) median = 0;
    if (!fits(lanes * lane + inside)) lane = (paved - inside) / lanes;
    rest = Math.max(paved - lanes * lane - median - inside, 0) / 2;
  }
  const stated = paved !== undefined;
  const half = (count, kind, width, known) => Array.from({ length: count }, () => ({ kind, width, stated: known }));
  const edge = rest > 0.05 ? [{ kind: "edge", width: rest, stated }] : [];
  const left = half(Math.ceil(slow / 2), "slow", slowLane.width_m, stated && !outside);
  const right = half(Math.floor(slow / 2), "slow", slowLane.width_m, stated && !outside);
  const middle = median ? [{ kind: "median", width: median, stated: false }] : [];
  const way = (count) => half(count, "lane", lane, stated);
  const parts = outside
    ? [...left, ...edge, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...edge, ...right]
    : [...edge, ...left, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...right, ...edge];
  return { parts, paved, lane, lanes, slow, median };
}

const sumOf = (parts) => parts.reduce((sum, part) => sum + part.width, 0);
const widest = (point, side) => Math.max(sumOf(sectionParts(point, side).parts), point[`${side}_roadbed_m`] ?? 0, point[`${side}_redline_m`] ?? 0);

function sectionLevel(board, y, middle, perMetre, metres, text, { kind, assumed = false, missing }) {
  if (metres === undefined) return drawText(middle, y, words(missing), { kind: "quiet unknown" });
  const half = metres * perMetre / 2;
  board.svg.append(drawExtension([middle - half, SECTION.ground + 4], [middle - half, y + 3]), drawExtension([middle + half, SECTION.ground + 4], [middle + half, y + 3]));
  return drawDimension([middle - half, y], [middle + half, y], text, { kind, metres, at: [middle, y - 3], assumed });
}

function sectionSurface(board, parts, from, perMetre, side) {
  const fills = { lane: "#cfd4d9", slow: "#dfe3d2", edge: "#e2e5e8", paving: "#cfd4d9", median: "#c9dcc3" };
  const pattern = drawHatch(board, "assumed", "#767f88", 45, { gap: 5 });
  let x = from;
  parts.forEach((part, at) => {
    const width = part.width * perMetre;
    board.svg.append(svgElement("rect", {
      class: `part${part.stated ? "" : " assumed"}`, x: hundredths(x), y: SECTION.ground - 12, width: hundredths(width), height: 12,
      fill: part.stated ? fills[part.kind] : pattern, "data-part": part.kind, "data-metres": hundredths(part.width), "data-stated": String(part.stated),
    }));
    const before = parts[at - 1];
    if (before && before.kind === part.kind && part.kind === "lane") board.svg.append(svgElement("path", { class: "lane-line", d: `M${hundredths(x)} ${SECTION.ground - 14}v14` }));
    x += width;
  });
  if (parts.length) board.svg.append(svgElement("path", { class: `crown ${side}`, d: `M${hundredths(from)} ${SECTION.ground - 12}H${hundredths(x)}` }));
}

function lanesText({ lanes, slow, lane, median, paved }) {
  if (lanes === undefined) return words("section.no_lanes");
  const about = (metres) => fill(words("section.about"), { value: sayWidth(metres) });
  const counted = (key, count, metres) => fill(words(`section.${key}${count === 1 ? "_one" : ""}`), { count, width: about(metres) });
  const usual = counted("lanes", lanes, lane);
  const others = [
    slow ? counted("slow", slow, data.standard.slow_lane.width_m) : "",
    median ? fill(words("section.median"), { width: about(median) }) : "",
  ].filter(Boolean);
  return [usual, ...others].join(state.lang === "zh" ? "，" : ", ");
}

function sectionDrawing(point, side, perMetre) {
  const own = SIDES.indexOf(side);
  const name = data.names[own];
  const made = sectionParts(point, side);
  const { width, ground } = SECTION;
  const [roadbed, redline] = ["roadbed_m", "redline_m"].map((field) => point[`${side}_${field}`]);
  const total = sumOf(made.parts);
  const nothing = !made.parts.length && roadbed === undefined && redline === undefined;
  const paving = made.paved ?? (made.parts.length ? total : undefined);
  const stated = made.paved !== undefined;
  const told = (key, metres, sure = true) => (metres === undefined ? words(`section.no_${key}`)
    : fill(words(`section.${key}`), { width: sure ? sayWidth(metres) : fill(words("section.about"), { value: sayWidth(metres) }) }));
  const rows = [lanesText(made), told("carriageway", paving, stated), told("roadbed", roadbed), told("redline", redline)];
  const board = newDrawing(width, nothing ? 62 : 128, fill(words("section.title"), { name, road: roadName(point, side) }),
    point[`${side}_fid`] ? `${rows.join(state.lang === "zh" ? "；" : "; ")}` : fill(words("section.no_road"), { name }));
  board.svg.setAttribute("data-section", side);
  board.svg.setAttribute("data-per-metre", Number(perMetre.toFixed(4)));
  board.svg.append(drawBadge(12, 12, side), svgElement("text", { class: `who ${side}`, x: 25, y: 16, text: shortened(`${name} · ${roadName(point, side)}`, width - 40) }));
  if (nothing) {
    const text = point[`${side}_fid`] ? "section.nothing" : "section.no_road";
    board.svg.append(svgElement("rect", { class: "empty", x: 10.5, y: 28.5, width: width - 21, height: 28 }), drawText(width / 2, 47, fill(words(text), { name }), { kind: "quiet" }));
    return board.svg;
  }
  const middle = width / 2;
  const paved = (stated ? made.paved : total) * perMetre;
  if (roadbed !== undefined) {
    const half = roadbed * perMetre / 2;
    board.svg.append(svgElement("path", { class: "roadbed", "data-metres": roadbed, d: `M${hundredths(middle - half)} ${ground}H${hundredths(middle + half)}l6 9H${hundredths(middle - half - 6)}Z` }));
  }
  board.svg.append(svgElement("path", { class: "ground", d: `M${SECTION.side} ${ground}H${width - SECTION.side}` }));
  sectionSurface(board, made.parts, middle - total * perMetre / 2, perMetre, side);
  if (redline !== undefined) {
    for (const sign of [-1, 1]) {
      board.svg.append(svgElement("path", { class: "redline", "data-metres": redline, d: `M${hundredths(middle + sign * redline * perMetre / 2)} ${ground - 30}V${ground + 12}` }));
    }
  }
  board.svg.append(drawText(middle, ground - 20, rows[0], { kind: made.lanes === undefined ? "quiet unknown" : "value assumed" }),
    sectionLevel(board, ground + 24, middle, perMetre, paving, rows[1], { kind: "carriageway", assumed: !stated, missing: "section.no_carriageway" }),
    sectionLevel(board, ground + 41, middle, perMetre, roadbed, rows[2], { kind: "roadbed", missing: "section.no_roadbed" }),
    sectionLevel(board, ground + 58, middle, perMetre, redline, rows[3], { kind: "redline", missing: "section.no_redline" }));
  return board.svg;
}

function sectionsPart(point) {
  const most = Math.max(...SIDES.map((side) => widest(point, side)));
  if (!most) return null;
  const perMetre = Math.min((SECTION.width - 2 * SECTION.side - 16) / most, 14);
  const [a, b] = data.names;
  return drawingFigure(words("section.heading"), make("div", { class: "sections" }, ...SIDES.map((side) => sectionDrawing(point, side, perMetre))),
    make("figcaption", { text: fill(words("section.caption"), { a, b }) }));
}
