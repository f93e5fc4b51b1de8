"use strict";
(() => {
  // src/shared/dom.js
  function element(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`no element ${id}`);
    return found;
  }
  var focusedElement = () => document.activeElement instanceof HTMLElement ? document.activeElement : null;
  var find = (selector) => document.querySelector(selector);
  var findAll = (selector) => [...document.querySelectorAll(selector)].map((one) => (
    /** @type {HTMLElement} */
    one
  ));
  function anchored() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }
  function emphasized(text, value) {
    const [before, after] = text.split(/\{\w+\}/);
    return [before, make("b", { text: value }), after];
  }
  function make(tag, options = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (name === "text") made.textContent = value;
      else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value !== null && value !== void 0 && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  // src/shared/data.js
  var payload = JSON.parse(element("data").textContent);

  // src/map/data.js
  var data = payload;

  // src/shared/leaflet_map.js
  var leafletMap = map_align;

  // src/shared/numbers.js
  var LOCALES = { en: "en-GB", zh: "zh-CN" };
  var forms = /* @__PURE__ */ new Map();
  function numberIn(lang, value, digits = 0) {
    const key = `${lang}${digits}`;
    let form = forms.get(key);
    if (!form) {
      form = new Intl.NumberFormat(LOCALES[lang], { minimumFractionDigits: digits, maximumFractionDigits: digits });
      forms.set(key, form);
    }
    const step = 10 ** digits;
    return form.format(Math.round(value * step) / step + 0);
  }
  var shortIn = (lang, value) => new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 2 }).format(value + 0);
  function dayIn(lang, iso) {
    const time = new Date(iso);
    if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(time.getTime())) return iso;
    return new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeZone: "UTC" }).format(time);
  }
  var percent = (rate) => rate === null || rate === void 0 ? "—" : `${Math.round(100 * rate)}%`;

  // src/shared/text.js
  var lookup = (table2, key) => Object.hasOwn(table2 ?? {}, key) ? table2[key] : void 0;
  var wordOf = (catalogue, key) => key.split(".").reduce(lookup, catalogue) ?? key.slice(key.indexOf(".") + 1);
  var fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => lookup(values, name));
  var anchorOf = (id) => `#${encodeURIComponent(id)}`;
  var plain = (text) => text.normalize("NFKC").toLowerCase();
  var oneLine = (text) => String(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

  // src/shared/words.js
  var language = { now: payload.lang };
  var words = (key) => wordOf(payload.words[language.now], key);
  var named = (name, text) => fill(words("named"), { name, text });
  var languageButtons = (act) => (
    /** @type {Lang[]} */
    ["zh", "en"].map((lang) => make("button", {
      type: "button",
      lang,
      text: lang === "zh" ? "中文" : "English",
      "aria-pressed": String(lang === language.now),
      on: { click: () => act(lang) }
    }))
  );

  // src/shared/rates.js
  function sayRate(rate) {
    const [low, high] = [percent(rate.low), percent(rate.high)];
    return low === high ? low : fill(words("range"), { low, high });
  }
  function sayLeftOut(aspects) {
    const out = Object.keys(aspects).filter((aspect) => aspects[aspect].left_out);
    return out.length ? fill(words("left_out"), { aspects: out.map((aspect) => words(`aspect.${aspect}`)).join(words("joint")) }) : "";
  }

  // src/map/bar.js
  function drawBar(setLanguage2) {
    const { summary } = data;
    const leftOut = element("left-out");
    leftOut.textContent = sayLeftOut(summary.aspects);
    leftOut.hidden = !leftOut.textContent;
    element("title").textContent = fill(words("title"), { a: data.names[0], b: data.names[1] });
    element("subtitle").textContent = fill(words("subtitle"), {
      boundary: data.boundaryName,
      time: data.time.slice(0, 10),
      version: data.run ? `${data.version} · ${data.run}` : data.version
    });
    element("rate").replaceChildren(
      ...emphasized(words("rate"), sayRate(summary.docking_rate)),
      document.createTextNode(" · "),
      ...emphasized(words("through"), percent(summary.through_rate))
    );
    element("rate").title = words("rate_means");
    element("languages").replaceChildren(...languageButtons(setLanguage2));
    element("languages").setAttribute("aria-label", words("language"));
    document.title = element("title").textContent;
    sayNorth();
  }
  function addNorth() {
    const control = new L.Control({ position: "topright" });
    control.onAdd = () => make("div", { class: "north" });
    control.addTo(leafletMap);
    sayNorth();
  }
  function sayNorth() {
    const arrow = find(".north");
    if (arrow) arrow.textContent = `▲ ${words("sketch.north")}`;
  }

  // src/shared/signal.js
  function signal() {
    const hearers = [];
    return {
      /** @param {(...told: Told) => void} act */
      hear(act) {
        hearers.push(act);
      },
      /** @param {Told} told */
      tell(...told) {
        for (const act of hearers) act(...told);
      }
    };
  }

  // src/map/events.js
  var filtered = signal();
  var opened = signal();
  var left = signal();
  var minutesKept = signal();
  var minutesSaid = signal();

  // src/shared/sides.js
  var SIDES = ["a", "b"];
  var otherSide = (side) => side === "a" ? "b" : "a";

  // src/map/roads.js
  var nameOf = (side) => data.names[SIDES.indexOf(side)];
  var className = (point, side) => data.cards[point.id].class[side]?.[language.now];
  function roadName(point, side) {
    if (!point[`${side}_fid`]) return words("no_road");
    const parts = [point[`${side}_ref`], point[`${side}_name`]].filter(Boolean);
    const kind = className(point, side);
    return [...new Set(parts)].join(" ") || words("unnamed") + (kind ? ` (${kind})` : "");
  }
  var callName = (point) => roadName(point, point.a_fid ? "a" : "b");
  var bothNames = (point) => `${roadName(point, "a")} — ${roadName(point, "b")}`;
  var calls = (point, side) => [...new Set([point[`${side}_ref`], point[`${side}_name`]].filter(Boolean))].join(" ") || point[`${side}_class_text`] || "";

  // src/shared/collators.js
  var collators = { en: new Intl.Collator("en", { numeric: true }), zh: new Intl.Collator("zh", { numeric: true }) };

  // src/shared/standing.js
  var STANDINGS = ["open", "decided", "waiting", "aligned"];
  function standingOf({ verdict, decision }, terms2) {
    if (verdict === "aligned") return "aligned";
    if (!terms2.open.includes(verdict)) return "waiting";
    return terms2.decided.includes(decision ?? "") ? "decided" : "open";
  }
  function countStandings(points, terms2) {
    const counts = { open: 0, decided: 0, waiting: 0, aligned: 0 };
    for (const point of points) {
      const standing2 = standingOf(point, terms2);
      counts[standing2 === "decided" ? "open" : standing2] += 1;
      if (standing2 === "decided") counts.decided += 1;
    }
    return counts;
  }

  // src/shared/terms.js
  var terms = payload.terms;
  var { verdicts: VERDICTS, severities: SEVERITIES, ranks: RANKS, states: STATES, aspects: ASPECTS } = terms;

  // src/map/order.js
  var PRIORITY = (one, two) => (two.priority || 0) - (one.priority || 0) || one.chainage_m - two.chainage_m;
  var standing = (point) => standingOf(point, terms);
  var place = (point) => STANDINGS.indexOf(standing(point));
  var isOpen = (point) => terms.open.includes(point.verdict);
  var SORTS = {
    priority: (one, two) => place(one) - place(two) || (standing(one) === "aligned" ? one.chainage_m - two.chainage_m : PRIORITY(one, two)),
    chainage: (one, two) => one.chainage_m - two.chainage_m,
    severity: (one, two) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(two.severity) || PRIORITY(one, two),
    verdict: (one, two) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(two.verdict) || PRIORITY(one, two),
    name: (one, two) => collators[language.now].compare(callName(one), callName(two)) || one.chainage_m - two.chainage_m
  };

  // src/map/state.js
  var anything = () => ({ verdicts: new Set(VERDICTS), state: "", supply: "", severity: "", rule: "", class: "", side: "", priority: "", change: "", text: "" });
  var state = {
    chosen: null,
    open: false,
    hidden: /* @__PURE__ */ new Set(),
    shown: [],
    filter: anything(),
    sort: "priority",
    printing: false
  };
  var byId = new Map(data.points.map((point) => [point.id, point]));
  var km = (point) => `${((point.chainage_m ?? 0) / 1e3).toFixed(2)} km`;
  var headline = (point) => point[`summary_${language.now}`] || point.id;

  // src/map/supply.js
  var LABELS = new Map(data.sideColumns.map((column) => [column.name, column.supply]));
  var fieldLabel = (field) => LABELS.get(field)?.[language.now] ?? field;
  var fieldsOf = (point, side) => point[`missing_${side}`] ?? [];
  var supplyLines = (point) => SIDES.filter((side) => fieldsOf(point, side).length).map((side) => fill(words("missing.row"), { name: nameOf(side), fields: fieldsOf(point, side).map(fieldLabel).join(words("joint")) }));
  var requestsOf = (point) => standing(point) === "waiting" ? SIDES.flatMap((side) => fieldsOf(point, side).map((field) => requestKey(side, field))) : [];
  var requestKey = (side, field) => `${side}:${field}`;
  function gathered() {
    const found = /* @__PURE__ */ new Map();
    for (const { side, field, points } of data.summary.data_requests) {
      const key = requestKey(side, field);
      const before = found.get(key);
      found.set(key, { key, side, field, count: (before?.count ?? 0) + points });
    }
    return [...found.values()].sort((one, two) => SIDES.indexOf(one.side) - SIDES.indexOf(two.side) || two.count - one.count);
  }
  var requests = gathered();
  var sayRequest = ({ side, field, count }) => fill(words("requests.row"), { name: nameOf(side), field: fieldLabel(field), count });
  var unanswerable = data.points.filter((point) => standing(point) === "waiting" && !requestsOf(point).length).length;

  // src/shared/known.js
  function known(value) {
    if (value === null || value === void 0) throw new Error("a value is missing");
    return value;
  }
  var compact = (parts) => parts.flatMap((part) => part ? [part] : []);

  // src/map/filter.js
  var PRIORITIES = ["20", "40", "60", "80"];
  var changes = terms.changes.filter((change) => data.points.some((point) => point.change === change));
  function sayAsked(value) {
    const [side, field] = value.split(":");
    return `${data.names[SIDES.findIndex((one) => one === side)]} · ${fieldLabel(field)}`;
  }
  var spokenRules = (point) => [...new Set(point.findings.filter((one) => one.severity !== "unknown").map((one) => one.rule))];
  var classesOf = (point) => [...new Set(SIDES.filter((side) => point[`${side}_fid`]).map((side) => String(point[`${side}_road_class`] ?? "unknown")))];
  var askedOf = (point) => {
    const asked = SIDES.filter((side) => point[`ask_${side}`]);
    return asked.length ? asked : ["nobody"];
  };
  var CHOICES = {
    state: { of: (point) => [point.state], all: STATES, say: (value) => words(`state.${value}`) },
    severity: { of: (point) => [point.severity], all: SEVERITIES, say: (value) => words(`severity.${value}`) },
    rule: {
      of: spokenRules,
      all: Object.keys(data.rules).sort(),
      say: (value) => `${value} ${data.rules[value][language.now]}`
    },
    class: {
      of: classesOf,
      all: RANKS,
      say: (value) => value === "unknown" ? words("filter.unknown") : words(`rank.${value}`)
    },
    side: {
      of: askedOf,
      all: [...SIDES, "nobody"],
      say: (value) => value === "nobody" ? words("filter.nobody") : data.names[SIDES.findIndex((side) => side === value)]
    },
    priority: {
      of: (point) => PRIORITIES.filter((least) => (point.priority || 0) >= Number(least)),
      all: PRIORITIES,
      say: (value) => fill(words("filter.least"), { value })
    }
  };
  if (requests.length) {
    CHOICES.supply = { of: requestsOf, all: requests.map((one) => one.key), say: sayAsked };
  }
  if (changes.some((change) => change !== "new")) {
    CHOICES.change = { of: (point) => [point.change], all: terms.changes, say: (value) => words(`change.${value}`) };
  }
  var valuesOf = Object.fromEntries(Object.entries(CHOICES).map(([key, choice]) => [key, new Map(data.points.map((point) => [point.id, choice.of(point)]))]));
  var haystacks = new Map(data.points.map((point) => [point.id, plain([
    point.id,
    point.summary_en,
    point.summary_zh,
    ...SIDES.flatMap((side) => ["name", "ref", "class_text"].map((field) => point[`${side}_${field}`]))
  ].filter(Boolean).join("\n"))]));
  function passes(point, without = "") {
    const { filter } = state;
    if (without !== "verdict" && !filter.verdicts.has(point.verdict)) return false;
    for (const key of Object.keys(CHOICES)) {
      if (key !== without && filter[key] && !known(valuesOf[key].get(point.id)).includes(filter[key])) return false;
    }
    if (!filter.text) return true;
    const hay = known(haystacks.get(point.id));
    return plain(filter.text).split(/\s+/).every((word) => hay.includes(word));
  }
  function tally(key, of = (point) => known(valuesOf[key].get(point.id))) {
    const counts = /* @__PURE__ */ new Map();
    for (const point of data.points) {
      if (passes(point, key)) for (const value of of(point)) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  }
  function allow(verdict, allowed) {
    if (allowed) state.filter.verdicts.add(verdict);
    else state.filter.verdicts.delete(verdict);
    apply();
  }
  function only(verdict) {
    const { verdicts } = state.filter;
    const alone = verdicts.size === 1 && verdicts.has(verdict);
    state.filter.verdicts = new Set(alone || verdict === "all" ? VERDICTS : [verdict]);
    apply();
  }
  function reset() {
    state.filter = anything();
    element("search").value = "";
    apply();
  }
  function apply() {
    state.shown = data.points.filter((point) => passes(point)).sort(SORTS[state.sort]);
    if (!state.open && state.chosen && !passes(known(byId.get(state.chosen)))) state.chosen = null;
    filtered.tell();
  }

  // src/shared/pack.js
  function unpack(packed) {
    const line = [];
    const place2 = [0, 0];
    let at = 0;
    while (at < packed.length) {
      for (const axis of [0, 1]) {
        let value = 0;
        let shift = 0;
        let bits;
        do {
          bits = packed.charCodeAt(at) - 63;
          at += 1;
          value |= (bits & 31) << shift;
          shift += 5;
        } while (bits >= 32);
        place2[axis] += value & 1 ? ~(value >> 1) : value >> 1;
      }
      line.push([place2[1] / 1e6, place2[0] / 1e6]);
    }
    return line;
  }

  // src/shared/symbols.js
  var SVG = "http://www.w3.org/2000/svg";
  var COLOUR = { aligned: "#009e73", mismatched: "#e69f00", missing: "#d55e00", ambiguous: "#cc79a7", undetermined: "#8c8c8c" };
  var PROPOSAL_COLOUR = "#7a1fa2";
  var SIDE_COLOUR = { a: "#0b62a8", b: "#a8480b" };
  var SHAPES = {
    aligned: ["circle", { cx: 12, cy: 12, r: 7 }],
    mismatched: ["path", { d: "M12 2.5 21.5 12 12 21.5 2.5 12Z" }],
    missing: ["path", { d: "M12 2.5 22 20.5H2Z" }],
    ambiguous: ["rect", { x: 4, y: 4, width: 16, height: 16 }],
    undetermined: ["path", { d: "M12 2.5 21.5 9.4 17.9 20.6H6.1L2.5 9.4Z" }]
  };
  function svgElement(tag, attributes = {}, ...children) {
    const element2 = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") element2.textContent = value;
      else if (value !== null && value !== void 0) element2.setAttribute(name, value);
    }
    for (const child of children) if (child) element2.append(child);
    return element2;
  }
  var picture = (width, height, attributes, ...parts) => svgElement("svg", { width, height, "aria-hidden": "true", ...attributes }, ...parts);
  function symbol(verdict, severe, size) {
    const [shape, form] = lookup(SHAPES, verdict) ?? SHAPES.ambiguous;
    const rim = severe ? { stroke: "#111", "stroke-width": 2.6 } : { stroke: "#fff", "stroke-width": 1.8 };
    return picture(
      size,
      size,
      { viewBox: "0 0 24 24" },
      svgElement("g", { fill: lookup(COLOUR, verdict) ?? "#6b7680", ...rim, "stroke-linejoin": "round" }, svgElement(shape, form))
    );
  }
  var crossing = (size) => picture(size, size, { viewBox: "0 0 24 24" }, svgElement(
    "g",
    { fill: "#fff", stroke: "#3d454c", "stroke-width": 2.4 },
    svgElement("circle", { cx: 12, cy: 12, r: 8 }),
    svgElement("path", { d: "M12 7v10M7 12h10" })
  ));
  var lineKey = (colour, dash, width) => picture(
    26,
    12,
    {},
    svgElement("line", { x1: 1, y1: 6, x2: 25, y2: 6, stroke: colour, "stroke-width": width, "stroke-dasharray": dash || null })
  );
  var roadsKey = () => picture(
    26,
    12,
    {},
    svgElement("path", { d: "M1 4h24", stroke: "#8d959c", "stroke-width": 2.6 }),
    svgElement("path", { d: "M1 9h24", stroke: "#a7aeb4", "stroke-width": 1.2 })
  );
  var AREAS = {
    water: { fill: "#a9cfe8", line: "#5b93b8", hatch: null },
    farmland: { fill: "#e6ecb8", line: "#7f8f35", hatch: "rise" },
    farmland_reserve: { fill: "#f1f3d6", line: "#9aa75a", hatch: "level" },
    ecological_red_line: { fill: "#f8dcd8", line: "#b3261e", hatch: "fall" },
    forest: { fill: "#d3e6cf", line: "#4d7d45", hatch: "fall" },
    wetland: { fill: "#cfe6e0", line: "#3d8073", hatch: "level" },
    nature_reserve: { fill: "#d3e6cf", line: "#2f6b2a", hatch: "rise" },
    heritage: { fill: "#eadfce", line: "#7d5a2b", hatch: "level" },
    flood_risk: { fill: "#dfe9f2", line: "#5b7ea0", hatch: "level" }
  };
  var areaStyle = (kind) => lookup(AREAS, kind) ?? { fill: "#ececec", line: "#7a7a7a", hatch: "rise" };
  var HATCHES = { rise: [[0, 8, 8, 0]], fall: [[0, 0, 8, 8]], level: [[0, 4, 8, 4]] };
  function areaKey(kind) {
    const style = areaStyle(kind);
    const strokes = [0, 8, 16].flatMap((x) => (HATCHES[style.hatch] || []).map(([x1, y1, x2, y2]) => svgElement("path", { d: `M${x + x1} ${y1 + 2}L${x + x2} ${y2 + 2}` })));
    return picture(
      26,
      12,
      {},
      svgElement("rect", { x: 1, y: 1, width: 24, height: 10, fill: style.fill, stroke: style.line }),
      svgElement("g", { stroke: style.line, "stroke-width": 0.9 }, ...strokes)
    );
  }
  function areaFill(kind) {
    const style = areaStyle(kind);
    if (!style.hatch) return style.fill;
    const tile = make("canvas", { width: 8, height: 8 });
    const pen = known(tile.getContext("2d"));
    pen.fillStyle = style.fill;
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = style.line;
    pen.lineWidth = 0.9;
    for (const [x1, y1, x2, y2] of HATCHES[style.hatch]) {
      for (const shift of style.hatch === "level" ? [0] : [-8, 0, 8]) {
        pen.beginPath();
        pen.moveTo(x1 + shift, y1);
        pen.lineTo(x2 + shift, y2);
        pen.stroke();
      }
    }
    return pen.createPattern(tile, "repeat");
  }

  // src/map/lines.js
  var canvas = L.canvas({ padding: 0.3, tolerance: 6 });
  var called = /* @__PURE__ */ new Map();
  var layers = { a: L.featureGroup(), b: L.featureGroup(), boundary: L.layerGroup(), links: L.layerGroup(), proposals: L.layerGroup() };
  function drawRoads(side) {
    for (const road of data.roads[side]) {
      const line = L.polyline(unpack(road.c), {
        renderer: canvas,
        color: SIDE_COLOUR[side],
        weight: 1.1 + 0.55 * road.k,
        opacity: 0.9,
        dashArray: road.p ? "7 6" : void 0,
        smoothFactor: 1.2
      });
      called.set(line, road.t);
      layers[side].addLayer(line);
    }
    layers[side].bindTooltip((line) => make("span", { text: called.get(line) || words("unnamed") }), { sticky: true });
  }
  function drawLine(packed, into, ...styles) {
    const line = unpack(packed);
    for (const style of styles) L.polyline(line, { renderer: canvas, interactive: false, ...style }).addTo(layers[into]);
  }
  function drawBoundary() {
    for (const part of data.boundary) {
      drawLine(part, "boundary", { color: "#fff", weight: 7, opacity: 0.9 }, { color: "#222", weight: 2.6, dashArray: "12 4 2 4" });
    }
    for (const part of data.links) drawLine(part, "links", { color: "#111", weight: 3, dashArray: "2 5" });
    for (const part of data.proposals) {
      drawLine(part, "proposals", { color: "#fff", weight: 6, opacity: 0.85 }, { color: PROPOSAL_COLOUR, weight: 3.2, dashArray: "9 5" });
    }
  }

  // src/shared/motion.js
  var still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // src/map/points.js
  var RADIUS_PX = 34;
  var SINGLE_ZOOM = 16;
  var markers = /* @__PURE__ */ new Map();
  var chosenLayer = L.featureGroup();
  var lifted = null;
  var TOUCH = 24;
  var sizeOf = (point) => point.verdict === "aligned" ? 18 : 20 + Math.round((point.priority || 0) * 0.16);
  var called2 = (point) => named(words(`verdict.${point.verdict}`), headline(point));
  var PointIcon = (
    /** @type {any} */
    L.DivIcon.extend({
      createIcon() {
        const { point } = this.options;
        const size = sizeOf(point);
        const holder = make("div", { "data-id": point.id, "aria-label": called2(point) }, symbol(point.verdict, point.severity === "severe", size));
        this._setIconStyles(holder, "icon");
        holder.classList.toggle("chosen", state.chosen === point.id);
        return holder;
      }
    })
  );
  var ClusterIcon = (
    /** @type {any} */
    L.DivIcon.extend({
      createIcon() {
        const { points } = this.options;
        const worst = points.reduce((one, two) => SORTS.priority(one, two) <= 0 ? one : two);
        const severe = points.some((point) => point.severity === "severe");
        const size = Math.max(TOUCH, sizeOf(worst));
        const label = fill(words("cluster"), { count: points.length, worst: words(`verdict.${worst.verdict}`) });
        const holder = make(
          "div",
          { "aria-label": label, title: shares(points), "data-size": points.length, "data-worst": worst.verdict },
          symbol(worst.verdict, severe, size),
          make("b", { text: points.length })
        );
        this.options.iconSize = [size, size];
        this._setIconStyles(holder, "icon");
        return holder;
      }
    })
  );
  var clusters = L.markerClusterGroup({
    maxClusterRadius: RADIUS_PX,
    disableClusteringAtZoom: SINGLE_ZOOM,
    animate: false,
    zoomToBoundsOnClick: false,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
    removeOutsideVisibleBounds: true,
    iconCreateFunction: (cluster) => new ClusterIcon({ className: "marker cluster", points: inside(cluster) })
  });
  layers.points = clusters;
  var inside = (cluster) => cluster.getAllChildMarkers().map((marker) => marker.point);
  function makeMarkers({ choose: choose2, hint: hint2 }) {
    for (const point of data.points) {
      const size = Math.max(TOUCH, sizeOf(point));
      const marker = (
        /** @type {PointMarker} */
        L.marker(point.at, {
          icon: new PointIcon({ className: "marker", iconSize: [size, size], point }),
          keyboard: true,
          riseOnHover: true,
          zIndexOffset: point.verdict === "aligned" ? 0 : (isOpen(point) ? 1e3 : 500) + 10 * Math.round(point.priority || 0)
        })
      );
      marker.point = point;
      markers.set(point.id, marker);
    }
    for (const group2 of [clusters, chosenLayer]) {
      group2.on("click", ({ layer }) => choose2(layer.point.id));
      group2.on("keypress", ({ layer, originalEvent }) => originalEvent.key === "Enter" && choose2(layer.point.id));
      group2.on("mouseover", ({ layer }) => layer.point && hint2(layer.point.id, true));
      group2.on("mouseout", ({ layer }) => layer.point && hint2(layer.point.id, false));
      group2.bindTooltip((layer) => make("span", { text: headline(
        /** @type {PointMarker} */
        layer.point
      ) }), { direction: "top" });
    }
    const open = ({ layer }) => layer.zoomToBounds({ padding: [60, 60], animate: !still });
    clusters.on("clusterclick", open);
    clusters.on("clusterkeypress", (event) => event.originalEvent.key === "Enter" && open(event));
  }
  function shares(points) {
    return VERDICTS.map((verdict) => [verdict, points.filter((point) => point.verdict === verdict).length]).filter(([, count]) => count).map(([verdict, count]) => named(words(`verdict.${verdict}`), count)).join(" · ");
  }
  function showPoints(points) {
    clusters.clearLayers();
    clusters.addLayers(points.map((point) => markers.get(point.id)).filter((marker) => marker !== lifted));
  }
  function lift(id) {
    if (lifted && lifted.point.id === id) return;
    const before = lifted;
    lifted = markers.get(id ?? "") || null;
    if (before) {
      chosenLayer.removeLayer(before);
      if (passes(before.point)) clusters.addLayer(before);
    }
    if (lifted) {
      clusters.removeLayer(lifted);
      chosenLayer.addLayer(lifted);
    }
  }
  var markerElement = (id) => (lifted && lifted.point.id === id ? lifted : clusters.getVisibleParent(markers.get(id)))?.getElement();
  function renamePoints() {
    for (const holder of findAll(".marker[data-id]")) holder.setAttribute("aria-label", called2(known(byId.get(holder.dataset.id ?? ""))));
    if (leafletMap.hasLayer(clusters)) clusters.refreshClusters();
  }

  // src/map/choice.js
  function mark() {
    const reached = state.shown.some((point) => point.id === state.chosen) ? state.chosen : state.shown[0]?.id;
    lift(state.chosen);
    for (const holder of findAll(".marker[data-id]")) holder.classList.toggle("chosen", holder.dataset.id === state.chosen);
    for (const button of findAll("[data-entry], [data-stop]")) {
      const id = button.dataset.entry || button.dataset.stop;
      button.tabIndex = id === reached ? 0 : -1;
      if (id === state.chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
  function hint(id, near) {
    const twins = [markerElement(id), ...findAll(`[data-entry="${CSS.escape(id)}"], [data-stop="${CSS.escape(id)}"]`)];
    for (const twin of twins) twin?.toggleAttribute("data-near", near);
  }
  function pick(id) {
    const point = known(byId.get(id));
    state.chosen = id;
    mark();
    const place2 = point.at;
    if (!leafletMap.getBounds().pad(-0.05).contains(place2)) leafletMap.panTo(place2, { animate: !still });
    find(`[data-stop="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  function choose(id, { pan = true, focus = true } = {}) {
    const point = byId.get(id);
    if (!point) return;
    if (!passes(point)) reset();
    state.chosen = id;
    state.open = true;
    mark();
    if (pan) leafletMap.setView(point.at, Math.max(leafletMap.getZoom(), 16.5), { animate: !still });
    if (anchored() !== id) history.replaceState(null, "", anchorOf(id));
    opened.tell();
    if (focus) element("panel").focus({ preventScroll: false });
  }
  function leave() {
    state.open = false;
    history.replaceState(null, "", location.pathname + location.search);
    opened.tell();
    left.tell(state.chosen);
  }

  // src/map/extras.js
  var extras = data.whole.filter((finding) => finding.at);
  layers.extras = L.layerGroup();
  var extraMarkers = /* @__PURE__ */ new Map();
  function drawExtras() {
    for (const finding of extras) {
      const holder = make("div", {}, crossing(18));
      const marker = L.marker(known(finding.at), { icon: L.divIcon({ className: "marker extra", iconSize: [24, 24], html: holder }), keyboard: true, zIndexOffset: -500 });
      marker.bindTooltip(() => make("span", { text: finding[language.now] }), { direction: "top" });
      marker.on("click", () => showExtra(finding));
      marker.on("keypress", (event) => event.originalEvent.key === "Enter" && showExtra(finding));
      marker.on("add", () => marker.getElement()?.setAttribute("aria-label", named(words("extras"), finding[language.now])));
      extraMarkers.set(finding, marker);
      marker.addTo(layers.extras);
    }
  }
  function renameExtras() {
    for (const [finding, marker] of extraMarkers) marker.getElement()?.setAttribute("aria-label", named(words("extras"), finding[language.now]));
  }
  function showExtra(finding) {
    if (state.open) leave();
    const entry2 = known(find(`[data-extra="${extras.indexOf(finding)}"]`));
    known(entry2.closest("details")).open = true;
    entry2.focus();
    entry2.scrollIntoView({ block: "center" });
    for (const [other, marker] of extraMarkers) marker.getElement()?.classList.toggle("chosen", other === finding);
  }
  function extraEntry(finding, i) {
    return make("li", {}, make(
      "button",
      {
        type: "button",
        class: "found",
        "data-extra": i,
        on: { click: () => {
          leafletMap.setView(known(finding.at), Math.max(leafletMap.getZoom(), 15), { animate: !still });
          showExtra(finding);
        } }
      },
      crossing(18),
      make("span", { text: `${finding.rule} ${words(`severity.${finding.severity}`)}` }),
      make("span", { class: "km", text: km(finding) }),
      make("span", { class: "what", text: finding[language.now] })
    ));
  }
  function extraList() {
    if (!extras.length) return null;
    return make(
      "details",
      { open: true, class: "extras" },
      make("summary", {}, make("h3", { text: fill(words("extras_title"), { count: extras.length }) })),
      make("ul", { class: "entries" }, ...extras.map(extraEntry))
    );
  }

  // src/map/filter_form.js
  function drawCounts() {
    const verdicts = tally("verdict", (point) => [point.verdict]);
    verdicts.set("all", VERDICTS.reduce((sum, verdict) => sum + (verdicts.get(verdict) || 0), 0));
    for (const holder of findAll("[data-count]")) holder.textContent = String(verdicts.get(holder.dataset.count) || 0);
    const everything = state.filter.verdicts.size === VERDICTS.length;
    element("verdict-all").setAttribute("aria-pressed", String(everything));
    for (const verdict of VERDICTS) {
      const allowed = state.filter.verdicts.has(verdict);
      element(`show-${verdict}`).checked = allowed;
      element(`verdict-${verdict}`).setAttribute("aria-pressed", String(allowed && !everything));
    }
    for (const [key, choice] of Object.entries(CHOICES)) {
      const select = element(`filter-${key}`);
      const counts = tally(key);
      for (const option of select.options) {
        if (option.value) option.textContent = `${choice.say(option.value)} (${counts.get(option.value) || 0})`;
      }
      select.value = state.filter[key];
    }
    const all = data.points.length;
    const { open, waiting } = countStandings(state.shown, terms);
    element("shown").textContent = fill(words("shown"), { shown: state.shown.length, all, open, waiting });
    element("reset").hidden = state.shown.length === all;
  }
  function chip(verdict) {
    return make("button", {
      type: "button",
      class: "chip",
      id: `verdict-${verdict}`,
      "aria-pressed": "false",
      title: words("only_this"),
      on: { click: () => only(verdict) }
    }, verdict === "all" ? null : symbol(verdict, false, 18), make("span", { text: verdict === "all" ? words("all_verdicts") : words(`verdict.${verdict}`) }), make("b", { "data-count": verdict }));
  }
  function chooser(key, choice) {
    const present = new Set(data.points.flatMap((point) => choice.of(point)));
    const select = make(
      "select",
      { id: `filter-${key}`, on: { change: () => {
        state.filter[key] = select.value;
        apply();
      } } },
      make("option", { value: "", text: words("any") }),
      ...choice.all.filter((value) => present.has(value)).map((value) => make("option", { value }))
    );
    return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
  }
  function drawFilters() {
    const form = element("filters");
    const opened2 = Boolean(form.querySelector("details")?.open);
    const search = make("input", {
      type: "search",
      id: "search",
      placeholder: words("search_hint"),
      autocomplete: "off",
      spellcheck: "false",
      on: { input: () => {
        state.filter.text = search.value;
        apply();
      } }
    });
    search.value = state.filter.text;
    const sort = make(
      "select",
      { id: "sort", on: { change: () => {
        state.sort = sort.value;
        apply();
      } } },
      ...Object.keys(SORTS).map((key) => make("option", { value: key, text: words(`sort.${key}`) }))
    );
    sort.value = state.sort;
    form.setAttribute("aria-label", words("search"));
    form.replaceChildren(
      make("label", {}, make("span", { text: words("search") }), search),
      make("label", {}, make("span", { text: words("sort_by") }), sort),
      make("div", { class: "chips", role: "group", "aria-label": words("filter.verdict") }, ...["all", ...VERDICTS].map(chip)),
      make(
        "details",
        { open: opened2 },
        make("summary", { text: words("more") }),
        ...Object.entries(CHOICES).map(([key, choice]) => chooser(key, choice))
      )
    );
    element("reset").textContent = words("reset");
  }

  // src/map/ground.js
  var { ground } = data;
  leafletMap.createPane("ground").style.zIndex = "350";
  var groundCanvas = L.canvas({ pane: "ground", padding: 0.3 });
  var ROAD_GREY = { 3: ["#868e95", 2.6], 2: ["#979ea5", 1.9], 1: ["#b1b7bc", 1.1] };
  var areaKinds = Object.keys(ground.areas);
  var GROUND = ["land", ...areaKinds.map((kind) => `area-${kind}`), "network"];
  for (const key of GROUND) layers[key] = L.layerGroup();
  var polygon = (rings, style) => L.polygon(rings.map(unpack), { renderer: groundCanvas, interactive: false, ...style });
  function drawGround() {
    for (const side of SIDES) {
      const fillOpacity = 0.1 / Math.sqrt(ground.land[side].length);
      for (const part of ground.land[side].flat()) polygon(part, { stroke: false, fillColor: SIDE_COLOUR[side], fillOpacity }).addTo(layers.land);
    }
    for (const kind of areaKinds) {
      const style = { color: areaStyle(kind).line, weight: 1.2, fillColor: areaFill(kind), fillOpacity: 0.75 };
      for (const part of ground.areas[kind]) polygon(part, style).addTo(layers[`area-${kind}`]);
    }
    for (const [rank, lines] of Object.entries(ground.network)) {
      const [color, weight] = ROAD_GREY[rank];
      L.polyline(lines.map(unpack), { renderer: groundCanvas, interactive: false, color, weight, smoothFactor: 1.5 }).addTo(layers.network);
    }
    for (const key of GROUND) layers[key].on("add", restack);
  }
  function restack() {
    for (const key of GROUND) if (leafletMap.hasLayer(layers[key])) layers[key].eachLayer((shape) => (
      /** @type {L.Path} */
      shape.bringToFront()
    ));
  }

  // src/map/findings.js
  function findingList(findings) {
    return make("ul", { class: "findings" }, ...findings.map((finding) => make(
      "li",
      { class: finding.severity },
      make("b", { text: `${finding.rule} ${words(`severity.${finding.severity}`)}` }),
      document.createTextNode(finding[language.now])
    )));
  }
  function brief(point) {
    const bad = point.findings.filter((finding) => finding.severity === "severe" || finding.severity === "mismatch");
    const worst = bad.find((finding) => finding.severity === point.severity) || bad[0];
    return worst ? worst[language.now] : supplyLines(point).join(" ") || words(`verdict.${point.verdict}`);
  }

  // src/map/minutes_format.js
  var MINUTE_FIELDS = ["decision", "stage", "responsible_a", "responsible_b", "due", "note"];
  var MOST_ELSEWHERE = 500;
  var ELSEWHERE_LETTERS = 1e6;
  var DAY = /^\d{4}-\d{2}-\d{2}$/;
  var MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
  var [EARLIEST, LATEST] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1) - 1];
  var isNoted = (entry2) => Boolean(entry2 && MINUTE_FIELDS.some((field) => entry2[field]));
  var when = (entry2) => Date.parse(entry2.updated);
  var sameMinutes = (one, two) => MINUTE_FIELDS.every((field) => one[field] === two[field]);
  function isDay(value) {
    return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
  }
  function isMoment(value) {
    if (typeof value !== "string" || !MOMENT.test(value) || !isDay(value.slice(0, 10))) return false;
    const time = Date.parse(value);
    return time >= EARLIEST && time <= LATEST;
  }
  function faultOf(entry2, { decisions, stages, longest }) {
    if (!entry2 || typeof entry2 !== "object" || Array.isArray(entry2)) return "{}";
    const right = {
      id: typeof entry2.id === "string" && /^DP-[0-9A-Z]{4,16}$/.test(entry2.id),
      decision: entry2.decision === null || decisions.includes(entry2.decision),
      stage: entry2.stage === null || stages.includes(entry2.stage),
      due: entry2.due === null || isDay(entry2.due),
      updated: isMoment(entry2.updated),
      roads: Array.isArray(entry2.roads) && entry2.roads.length === 2 && entry2.roads.every((road) => typeof road === "string" && road.length <= 1e3),
      chainage_m: Number.isFinite(entry2.chainage_m),
      lon: Math.abs(entry2.lon) <= 180 && typeof entry2.lon === "number",
      lat: Math.abs(entry2.lat) <= 90 && typeof entry2.lat === "number"
    };
    for (const [field, most] of Object.entries(longest)) right[field] = typeof entry2[field] === "string" && entry2[field].length <= most;
    return Object.keys(right).find((field) => !right[field]) || "";
  }
  function cleanEntry(entry2) {
    const fields = ["id", ...MINUTE_FIELDS, "updated", "chainage_m", "lon", "lat", "roads"];
    return (
      /** @type {any} */
      Object.fromEntries(fields.map((field) => [field, entry2[field]]))
    );
  }
  function parsedEntries(text) {
    try {
      const stored = JSON.parse(text);
      return Array.isArray(stored) ? stored : [null];
    } catch {
      return [null];
    }
  }
  function newerOf(own, told) {
    return own && told ? when(told) > when(own) ? told : own : own || told;
  }
  function roomElsewhere(elsewhere) {
    const sizes = new Map([...elsewhere].map((entry2) => [entry2.id, JSON.stringify(entry2).length]));
    let letters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    return (entry2) => {
      const grown = JSON.stringify(entry2).length - (sizes.get(entry2.id) ?? 0);
      if (letters + grown > ELSEWHERE_LETTERS || !sizes.has(entry2.id) && sizes.size >= MOST_ELSEWHERE) return false;
      letters += grown;
      sizes.set(entry2.id, (sizes.get(entry2.id) ?? 0) + grown);
      return true;
    };
  }
  function turnedRound(given) {
    return { ...given, responsible_a: given.responsible_b, responsible_b: given.responsible_a, roads: [...given.roads].reverse() };
  }
  function sortOut(entries2, { here, hasPoint, hasRoom }) {
    const found = { changes: [], differed: [], same: 0, added: 0, unknown: 0, left: 0 };
    for (const entry2 of entries2) {
      const before = here(entry2.id);
      const newer = !before || when(entry2) > when(before);
      if (newer && !hasPoint(entry2.id) && !hasRoom(entry2)) {
        found.left += 1;
        continue;
      }
      if (before && sameMinutes(before, entry2)) found.same += 1;
      else if (before) found.differed.push({ id: entry2.id, newer });
      else found.added += 1;
      if (!hasPoint(entry2.id)) found.unknown += 1;
      if (newer) found.changes.push([entry2.id, entry2]);
    }
    return found;
  }

  // src/map/minutes.js
  var STORED = `roadalign-minutes:${JSON.stringify([data.boundaryName, ...data.names])}`;
  var minutes = {
    own: /* @__PURE__ */ new Map(),
    told: new Map(data.ledger.map((entry2) => [entry2.id, entry2])),
    problem: "",
    unsaved: false,
    said: "",
    undo: null
  };
  var fault = (entry2) => faultOf(entry2, { ...terms, longest: data.longest });
  var notedPoints = () => data.points.filter((point) => isNoted(minutesOf(point.id)));
  function minutesOf(id) {
    const [own, told] = [minutes.own.get(id), minutes.told.get(id)];
    return newerOf(own, told);
  }
  var blank = (point) => ({
    id: point.id,
    decision: null,
    stage: null,
    responsible_a: "",
    responsible_b: "",
    due: null,
    note: "",
    updated: "",
    ...placeOf(point)
  });
  var placeOf = (point) => ({
    chainage_m: point.chainage_m,
    lon: point.lon,
    lat: point.lat,
    roads: SIDES.map((side) => calls(point, side).slice(0, 1e3))
  });
  function readStored() {
    const text = localStorage.getItem(STORED);
    if (text === null) return /* @__PURE__ */ new Map();
    const stored = parsedEntries(text);
    const right = new Map(stored.filter((entry2) => !fault(entry2)).map((entry2) => [entry2.id, cleanEntry(entry2)]));
    if (right.size < stored.length) layAside(text, right);
    return right;
  }
  function layAside(text, right) {
    localStorage.removeItem(STORED);
    try {
      localStorage.setItem(`${STORED}:${Date.now()}`, text);
      if (right.size) localStorage.setItem(STORED, JSON.stringify([...right.values()]));
    } catch (problem) {
      localStorage.setItem(STORED, text);
      throw problem;
    }
    minutes.said = words("minutes.damaged");
  }
  function loadMinutes() {
    try {
      minutes.own = readStored();
      localStorage.setItem(`${STORED}?`, "");
      localStorage.removeItem(`${STORED}?`);
    } catch {
      minutes.problem = "not_kept";
    }
  }
  function keepMinutes(changes2) {
    for (const [id, entry2] of changes2) {
      if (entry2) minutes.own.set(id, entry2);
      else minutes.own.delete(id);
    }
    try {
      const stored = minutes.problem === "not_kept" ? null : minutes.problem ? minutes.own : readStored();
      if (stored) {
        for (const [id, entry2] of changes2) {
          if (entry2) stored.set(id, entry2);
          else stored.delete(id);
        }
        localStorage.setItem(STORED, JSON.stringify([...stored.values()]));
        minutes.own = new Map(stored);
        minutes.problem = "";
      }
    } catch {
      minutes.problem = "full";
    }
    minutes.unsaved = Boolean(minutes.problem);
    minutesSaid.tell();
    minutesKept.tell();
  }
  function enter(point, field, value) {
    const before = minutesOf(point.id) || blank(point);
    const now = Math.min(Math.max(Date.now(), before.updated ? when(before) + 1 : 0), LATEST);
    const entry2 = cleanEntry({ ...before, ...placeOf(point), [field]: value, updated: new Date(now).toISOString() });
    sayMinutes("");
    keepMinutes([[point.id, isNoted(entry2) || minutes.told.has(point.id) ? entry2 : null]]);
  }
  function undoable(ids, act) {
    const before = [...ids].map((id) => (
      /** @type {[string, Entry | null]} */
      [id, minutes.own.get(id) || null]
    ));
    act();
    minutes.undo = () => {
      minutes.undo = null;
      minutes.said = words("minutes.undone");
      keepMinutes(before);
      if (state.open) opened.tell();
    };
  }
  function sayMinutes(text) {
    minutes.said = text;
    minutes.undo = null;
  }
  function removeMinutes(point) {
    minutes.said = fill(words("minutes.removed"), { id: point.id });
    undoable([point.id], () => keepMinutes([[point.id, null]]));
    minutesSaid.tell();
    opened.tell();
    queueMicrotask(() => find("#card .undo")?.focus());
  }
  function markText(point) {
    const entry2 = minutesOf(point.id);
    if (!entry2 || !isNoted(entry2)) return "";
    return entry2.decision ? words(`decision_word.${entry2.decision}`) : words("minutes.mark_noted");
  }
  function watchMinutes() {
    loadMinutes();
    addEventListener("storage", (event) => {
      if (event.key !== STORED && event.key !== null) return;
      loadMinutes();
      minutesSaid.tell();
      minutesKept.tell();
      if (state.open && !document.activeElement?.closest(".minutes")) opened.tell();
    });
    addEventListener("beforeunload", (event) => {
      if (minutes.unsaved) event.preventDefault();
    });
  }
  function said(text) {
    sayMinutes(text);
    minutesSaid.tell();
  }

  // src/shared/changes.js
  var SIGNS = {
    new: "+",
    reopened: "!",
    worsened: "↘",
    not_comparable: "?",
    changed: "≠",
    improved: "↗",
    resolved: "✓",
    gone: "×",
    same: ""
  };
  var changeSign = (change) => lookup(SIGNS, change) ?? "";

  // src/map/list.js
  var entries = /* @__PURE__ */ new Map();
  var CHUNK = 120;
  var limit = CHUNK;
  function forgetEntries() {
    entries.clear();
  }
  var nearEnd = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) lengthen();
  }, { rootMargin: "600px" });
  function lengthen(least = 0) {
    if (limit >= state.shown.length) return;
    limit = Math.max(limit + CHUNK, least);
    drawList();
  }
  function entryOf(id) {
    const at = state.shown.findIndex((point) => point.id === id);
    if (at >= limit) lengthen(at + CHUNK);
    return find(`[data-entry="${CSS.escape(id)}"]`);
  }
  function entry(point) {
    if (entries.has(point.id)) return entries.get(point.id);
    const button = make(
      "button",
      {
        type: "button",
        class: "entry",
        "data-entry": point.id,
        on: {
          click: () => choose(point.id),
          mouseenter: () => hint(point.id, true),
          mouseleave: () => hint(point.id, false)
        }
      },
      symbol(point.verdict, point.severity === "severe", 18),
      make("span", { text: bothNames(point) }),
      make("span", { class: "km", text: km(point) }),
      make(
        "span",
        { class: "what" },
        minutesMark(point),
        make("b", { text: weightOf(point) }),
        changes.length > 1 && point.change ? make("i", { class: `change ${point.change}`, text: `${changeSign(point.change)} ${words(`change.${point.change}`)}`.trim() }) : null,
        document.createTextNode(brief(point))
      )
    );
    const item = make("li", {}, button);
    entries.set(point.id, item);
    return item;
  }
  var weightOf = (point) => words(standing(point) === "waiting" ? `verdict.${point.verdict}` : `severity.${point.severity}`);
  function group(key, made) {
    const points = made.filter((point) => standing(point) === key);
    if (!points.length) return [];
    const count = state.shown.filter((point) => standing(point) === key).length;
    return [make("h3", { "data-group": key, text: fill(words(`group.${key}`), { count }) }), make("ul", { class: "entries" }, ...points.map(entry))];
  }
  function drawList() {
    const { shown } = state;
    const made = shown.slice(0, limit);
    const whole2 = data.whole.filter((finding) => finding.severity !== "unknown" && !finding.at);
    const focused = focusedElement()?.dataset.entry;
    element("list-title").textContent = words("panel");
    const parts = state.sort === "priority" ? STANDINGS.flatMap((key) => group(key, made)) : [make("ul", { class: "entries" }, ...made.map(entry))];
    const rest = shown.length - made.length;
    const more = rest ? make("button", { type: "button", class: "more", text: fill(words("more_entries"), { count: rest }), on: { click: () => lengthen() } }) : null;
    element("list").replaceChildren(...[
      make("p", { class: "small keys", text: words("keys") }),
      ...shown.length ? parts : [make("p", { text: words("none_shown") })],
      more,
      extraList(),
      whole2.length ? make("h3", { text: words("whole") }) : null,
      whole2.length ? findingList(whole2) : null
    ].filter(Boolean));
    nearEnd.disconnect();
    if (more) nearEnd.observe(more);
    mark();
    if (focused) find(`[data-entry="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  var minutesMark = (point) => make("span", { class: "minutes-mark", text: markText(point) });
  function drawMarks() {
    for (const [id, item] of entries) known(item.querySelector(".minutes-mark")).textContent = markText(known(byId.get(id)));
  }
  function returnTo(id) {
    const last = entryOf(id ?? "");
    last?.focus();
    last?.scrollIntoView({ block: "center" });
  }
  function startList() {
    limit = CHUNK;
    drawList();
  }

  // src/map/strip.js
  var STOP = 26;
  var FLOORS = 3;
  var CROWD = 44;
  var EDGE = 20;
  var whole = Math.max(data.length, ...data.points.map((point) => point.chainage_m), 1);
  var ends = (() => {
    const lines = data.boundary.map(unpack);
    return lines.length ? [lines[0][0], lines[lines.length - 1].slice(-1)[0]] : [];
  })();
  var westward = ends.length > 0 && ends[1][1] < ends[0][1];
  function tickStep(width) {
    const least = 70 / width * whole;
    const power = 10 ** Math.floor(Math.log10(least));
    return known([1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least));
  }
  function floors(places, order, width) {
    const taken = Array.from({ length: FLOORS }, () => new Uint8Array(Math.ceil(width) + 2 * STOP));
    const found = new Array(places.length).fill(-1);
    for (const i of order) {
      const from = Math.round(places[i]);
      found[i] = taken.findIndex((floor) => !floor.subarray(from, from + STOP).includes(1));
      if (found[i] >= 0) taken[found[i]].fill(1, from, from + STOP);
    }
    return found;
  }
  function crowd(points, x) {
    const label = fill(words("crowd"), { count: points.length });
    const button = make("button", {
      type: "button",
      class: "crowd",
      text: `+${points.length}`,
      title: label,
      "aria-label": label,
      on: { click: () => leafletMap.fitBounds(L.latLngBounds(points.map((point) => point.at)), { padding: [60, 60], maxZoom: 16, animate: !still }) }
    });
    button.style.left = `${x}px`;
    button.style.bottom = `${22 + FLOORS * STOP}px`;
    return button;
  }
  function crowds(points, places, level) {
    const found = /* @__PURE__ */ new Map();
    points.forEach((point, i) => {
      const slot = Math.floor(places[i] / CROWD);
      if (level[i] < 0) found.set(slot, [...found.get(slot) || [], point]);
    });
    return found;
  }
  function stop(point, x, floor) {
    const label = `${km(point)} · ${named(words(`verdict.${point.verdict}`), bothNames(point))}`;
    const button = make("button", {
      type: "button",
      class: "stop",
      "data-stop": point.id,
      "aria-label": label,
      title: label,
      on: {
        click: () => choose(point.id),
        mouseenter: () => hint(point.id, true),
        mouseleave: () => hint(point.id, false)
      }
    }, symbol(point.verdict, point.severity === "severe", 18));
    button.style.left = `${x - STOP / 2}px`;
    button.style.bottom = `${22 + floor * STOP}px`;
    return button;
  }
  function tick(at, x, unit) {
    const drawn = make("span", { class: "tick", text: `${Math.round(at) / 1e3}${unit}` });
    drawn.style.left = `${x}px`;
    return drawn;
  }
  function drawStrip() {
    const strip = element("strip");
    const focused = focusedElement()?.dataset.stop;
    const width = Math.max(strip.clientWidth, Math.min(12 * data.points.length, 6e3));
    const share = (chainage) => westward ? 1 - chainage / whole : chainage / whole;
    const toX = (chainage) => EDGE + share(chainage) * (width - 2 * EDGE);
    const all = [...data.points].sort((one, two) => toX(one.chainage_m) - toX(two.chainage_m));
    const places = all.map((point) => toX(point.chainage_m));
    const order = all.map((_, i) => i).sort((one, two) => SORTS.priority(all[one], all[two]));
    const level = floors(places, order, width);
    const shown = new Set(state.shown);
    const crowded = crowds(all.filter((point) => shown.has(point)), places.filter((_, i) => shown.has(all[i])), level.filter((_, i) => shown.has(all[i])));
    const step = tickStep(width - 2 * EDGE);
    const ticks = [];
    for (let at = 0; at <= whole; at += step) ticks.push(tick(at, toX(at), at === 0 ? " km" : ""));
    const track = make(
      "div",
      { class: "track" },
      make("span", { class: "axis", "aria-hidden": "true" }),
      ...all.map((point, i) => shown.has(point) && level[i] >= 0 ? stop(point, places[i], level[i]) : null).filter(Boolean),
      ...[...crowded].map(([slot, points]) => crowd(points, slot * CROWD))
    );
    const scale = make("div", { class: "ticks", "aria-hidden": "true" }, ...ticks);
    track.append(scale);
    track.style.width = `${width}px`;
    const top = level.includes(-1) ? FLOORS : level.reduce((one, two) => Math.max(one, two), 0);
    track.style.height = `${26 + STOP * (1 + top)}px`;
    strip.setAttribute("aria-label", words("strip"));
    strip.replaceChildren(track);
    mark();
    if (focused) find(`[data-stop="${CSS.escape(focused)}"]`)?.focus();
  }
  var stops = () => [...state.shown].sort((one, two) => SORTS.chainage(one, two) * (westward ? -1 : 1));
  function drawEnds() {
    for (const { place: place2, at } of ends.map((end, i) => ({ place: end, at: i * data.length }))) {
      L.circleMarker(place2, { renderer: canvas, radius: 4, color: "#222", fillColor: "#fff", fillOpacity: 1, interactive: false }).bindTooltip(make("span", { text: `${(at / 1e3).toFixed(1)} km` }), { permanent: true, direction: "right", className: "end", pane: "names" }).addTo(layers.boundary);
    }
  }

  // src/map/keys.js
  var STEPS = { j: 1, k: -1, J: 1, K: -1 };
  function neighbour(list, step) {
    const at = list.findIndex((point) => point.id === state.chosen);
    if (at < 0) return list[step > 0 ? 0 : list.length - 1];
    return list[Math.min(Math.max(at + step, 0), list.length - 1)];
  }
  function go(step) {
    const point = neighbour(state.shown, step);
    if (!point) return;
    if (state.open) {
      choose(point.id);
      return;
    }
    pick(point.id);
    entryOf(point.id)?.focus();
  }
  function along(step) {
    const point = neighbour(stops(), step);
    if (!point) return;
    if (state.open) choose(point.id, { focus: false });
    else pick(point.id);
    find(`[data-stop="${CSS.escape(point.id)}"]`)?.focus();
  }
  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { target, key } = event;
    if (target.matches("input[type=search], select")) {
      if (key === "Escape" && !target.value) find('[data-entry][tabindex="0"]')?.focus();
      return;
    }
    const arrows = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const arrow = arrows[key];
    const upright = key === "ArrowDown" || key === "ArrowUp";
    if (key === "Escape" && state.open) leave();
    else if (key === "Enter" && target === document.body && state.chosen && !state.open) choose(state.chosen);
    else if (STEPS[key]) go(STEPS[key]);
    else if (arrow && target.matches("[data-stop]")) along(arrow);
    else if (arrow && !target.closest(".folium-map") && !target.matches("input") && upright !== state.open) go(arrow);
    else return;
    event.preventDefault();
  }

  // src/map/tiles.js
  function drawTiles() {
    if (!data.basemap) return;
    leafletMap.createPane("tiles").style.zIndex = "150";
    for (const url of data.basemap.urls) {
      L.tileLayer(url, { pane: "tiles", subdomains: data.basemap.hosts, maxNativeZoom: data.basemap.zoom, maxZoom: 20 }).addTo(leafletMap);
    }
    for (const key of ["land", "network", "names"]) state.hidden.add(key);
  }
  function drawSources() {
    const said2 = [
      data.attribution ? fill(words("roads_of"), { who: data.attribution }) : null,
      data.basemap ? fill(words("tiles_of"), { who: data.basemap.attribution }) : null
    ].filter(Boolean);
    const holder = element("sources");
    holder.textContent = said2.join(" · ");
    holder.hidden = !said2.length;
  }
  function tileNote() {
    return data.basemap ? make("p", { class: "small tile-note", text: fill(words("tile_note"), { hosts: data.basemap.origins.join(", ") }) }) : null;
  }

  // src/map/legend.js
  function show(key, visible) {
    if (visible) layers[key].addTo(leafletMap);
    else leafletMap.removeLayer(layers[key]);
    if (visible) state.hidden.delete(key);
    else state.hidden.add(key);
    if (key === "boundary") show("links", visible);
  }
  function switchRow(key, image, label) {
    const box = make("input", { type: "checkbox", id: `show-${key}`, on: { change: () => show(key, box.checked) } });
    box.checked = !state.hidden.has(key);
    return make("label", {}, box, image, make("span", { text: label }));
  }
  function verdictRow(verdict) {
    const box = make("input", { type: "checkbox", id: `show-${verdict}`, on: { change: () => allow(verdict, box.checked) } });
    return make(
      "label",
      {},
      box,
      symbol(verdict, false, 18),
      make("span", { text: words(`verdict.${verdict}`) }),
      make("span", { class: "count", "data-count": verdict })
    );
  }
  var landKey = () => picture(26, 12, {}, ...SIDES.map((side, i) => svgElement("rect", { x: 13 * i, width: 13, height: 12, fill: SIDE_COLOUR[side], "fill-opacity": 0.2 })));
  function groundRows() {
    return [
      ground.land.a.length ? switchRow("land", landKey(), words(ground.landGiven ? "land" : "which_side")) : null,
      ground.network[1] || ground.network[2] || ground.network[3] ? switchRow("network", roadsKey(), words("network_roads")) : null,
      ...areaKinds.map((kind) => switchRow(`area-${kind}`, areaKey(kind), ground.kinds[kind][language.now])),
      switchRow("names", picture(26, 14, {}, svgElement("text", { x: 3, y: 12, "font-size": 13, text: "Aa" })), words("names"))
    ];
  }
  function drawLegend() {
    const legend = element("legend");
    const folded2 = legend.querySelector("details");
    const opened2 = folded2 ? folded2.open : innerHeight >= 640;
    legend.replaceChildren(...[
      make("h2", { id: "legend-title", text: words("legend") }),
      ...VERDICTS.map(verdictRow),
      make("p", { class: "small", text: words("symbols") }),
      extras.length ? switchRow("extras", crossing(18), `${words("extras")} (${extras.length})`) : null,
      make("details", { open: opened2 }, ...[
        make("summary", { text: words("layers") }),
        switchRow("boundary", lineKey("#222", "7 2 1 2", 2.4), words("boundary")),
        switchRow("a", lineKey(SIDE_COLOUR.a, "", 3), fill(words("plan_of"), { name: data.names[0] })),
        switchRow("b", lineKey(SIDE_COLOUR.b, "", 3), fill(words("plan_of"), { name: data.names[1] })),
        make("div", { class: "road-key" }, lineKey("#555", "5 4", 2.4), make("span", { text: words("not_built") })),
        data.proposals.length ? switchRow("proposals", lineKey(PROPOSAL_COLOUR, "6 3", 2.6), words("proposals")) : null,
        ...groundRows()
      ].filter(Boolean)),
      tileNote(),
      data.note ? make("p", { class: "note", text: data.note }) : null
    ].filter(Boolean));
  }

  // src/map/import.js
  var LARGEST = 2e7;
  var RESERVE_LETTERS = 5e5;
  var MOST_TOLD = 30;
  function whyNot(file) {
    if (!file || typeof file !== "object" || file.format !== "roadalign-minutes" || !Array.isArray(file.entries)) return words("minutes.taken.no_minutes");
    if (file.version !== 1) return words("minutes.taken.version");
    const called3 = (name) => typeof name === "string" ? name : "";
    const names = Array.isArray(file.names) ? file.names.map(called3) : [];
    if (file.boundary !== data.boundaryName || names.length !== 2 || [...names].sort().join("\n") !== [...data.names].sort().join("\n")) {
      const [boundary, a, b] = [called3(file.boundary), ...names, "", ""].map((name) => oneLine(name.slice(0, 80)));
      return fill(words("minutes.taken.other"), { boundary, a, b });
    }
    const wrong = file.entries.findIndex(fault);
    if (wrong >= 0) return fill(words("minutes.taken.entry"), { number: wrong + 1, field: fault(file.entries[wrong]) });
    const seen = /* @__PURE__ */ new Set();
    const twice = file.entries.find((entry2) => seen.size === seen.add(entry2.id).size);
    return twice ? fill(words("minutes.taken.twice"), { id: twice.id }) : null;
  }
  function takeIn(file) {
    const turned = file.names[0] !== data.names[0];
    return sortOut(file.entries.map((given) => cleanEntry(turned ? turnedRound(given) : given)), {
      here: minutesOf,
      hasPoint: (id) => byId.has(id),
      hasRoom: roomElsewhere([...minutes.own.values()].filter((entry2) => !byId.has(entry2.id)))
    });
  }
  function leavesRoom() {
    if (minutes.problem === "not_kept") return true;
    if (minutes.problem) return false;
    try {
      localStorage.setItem(`${STORED}?`, "x".repeat(RESERVE_LETTERS));
      return true;
    } catch {
      return false;
    } finally {
      localStorage.removeItem(`${STORED}?`);
    }
  }
  function saidOfImport(name, found) {
    const differed = found.differed.map(({ id, newer }) => fill(words(`minutes.taken.${newer ? "theirs" : "ours"}`), { id }));
    const list = [...differed.slice(0, MOST_TOLD), ...differed.length > MOST_TOLD ? [`… (+${differed.length - MOST_TOLD})`] : []].join(", ");
    return [
      fill(words("minutes.taken.done"), { name, added: found.added, same: found.same }),
      differed.length ? fill(words("minutes.taken.differed"), { list }) : "",
      found.unknown ? fill(words("minutes.taken.unknown"), { count: found.unknown }) : "",
      found.left ? fill(words("minutes.taken.left_out"), { count: found.left, most: MOST_ELSEWHERE }) : ""
    ].filter(Boolean).join(" ");
  }
  async function importFile(chosen) {
    const name = oneLine(chosen.name.slice(0, 200));
    const refuse = (why2) => said(fill(words("minutes.taken.refused"), { name, why: why2 }));
    if (chosen.size > LARGEST) return refuse(words("minutes.taken.large"));
    let file;
    try {
      file = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ""));
    } catch {
      return refuse(words("minutes.taken.no_json"));
    }
    const why = whyNot(file);
    if (why) return refuse(why);
    const found = takeIn(file);
    if (found.changes.length) {
      undoable(found.changes.map(([id]) => id), () => keepMinutes(found.changes));
      if (!leavesRoom()) {
        minutes.undo?.();
        return refuse(words("minutes.taken.no_room"));
      }
    } else minutes.undo = null;
    minutes.said = saidOfImport(name, found);
    minutesSaid.tell();
    return found;
  }

  // src/map/format.js
  var sayNumber = (value, digits = 0) => numberIn(language.now, value, digits);
  var sayShort = (value) => shortIn(language.now, value);
  var dayInWords = (iso) => dayIn(language.now, iso);
  var sayMetres = (value, digits = 1) => `${sayNumber(value, digits)} m`;
  var sayWidth = (value) => `${sayShort(value)} m`;
  var sayWay = (value) => value < 1e3 ? sayMetres(value, 0) : `${sayNumber(value / 1e3, value < 1e4 ? 2 : 1)} km`;
  var sayDegrees = (value) => `${sayNumber(value, 1)}°`;
  var saySpeed = (value) => `${sayShort(value)} km/h`;
  var sayDuration = (value) => fill(words("minutes_unit"), { value: sayNumber(value, 1) });
  var sayArea = (value) => value < 1e4 ? `${sayNumber(value)} m²` : fill(words("hectares"), { value: sayNumber(value / 1e4, 2) });
  var sayDate = (date, options = { dateStyle: "long" }) => new Intl.DateTimeFormat(LOCALES[language.now], options).format(date);
  var sayMoment = (moment) => sayDate(new Date(moment), { dateStyle: "medium", timeStyle: "short" });

  // src/map/minutes_on_paper.js
  function printedMinutes(point) {
    const entry2 = minutesOf(point.id);
    const noted = isNoted(entry2);
    const box = (chosen, label) => make("span", { class: chosen ? "box on" : "box" }, make("i", { "aria-hidden": "true", text: chosen ? "✕" : "" }), document.createTextNode(label));
    const row = (label, ...content) => make("div", { class: "minute-row" }, make("span", { class: "label", text: label }), make("span", { class: "value" }, ...content));
    const written = (text) => noted ? document.createTextNode(text || "—") : make("span", { class: "rule" });
    return make(
      "section",
      { class: "minutes printed" },
      make("h3", { text: words("minutes.title") }),
      row(words("minutes.decision"), ...terms.decisions.map((key) => box(entry2?.decision === key, words(`decision_word.${key}`)))),
      row(words("minutes.stage"), ...terms.stages.map((key) => box(entry2?.stage === key, words(`stage_word.${key}`)))),
      ...SIDES.map((side, i) => row(fill(words("minutes.responsible"), { name: data.names[i] }), written(entry2?.[`responsible_${side}`]))),
      row(words("minutes.due"), written(entry2?.due ? dayInWords(entry2.due) : "")),
      row(words("minutes.note"), noted ? make("span", { class: "long", text: entry2?.note || "—" }) : make("span", { class: "rules" }, make("span"), make("span"), make("span")))
    );
  }

  // src/map/printing.js
  var printing = { asked: null };
  function printPlan() {
    const filtered2 = state.shown.length < data.points.length;
    const points = filtered2 ? state.shown : data.points.filter(isOpen).sort(SORTS.chainage);
    return { filtered: filtered2, points };
  }
  function printOut(points) {
    printing.asked = points && { points, alone: true };
    window.print();
  }

  // src/map/minutes_form.js
  var undoButton = () => minutes.undo ? make("button", { type: "button", class: "undo", text: words("minutes.undo"), on: { click: () => minutes.undo?.() } }) : null;
  function drawMinutesState(point) {
    const holder = document.getElementById("minutes-state");
    if (!holder) return;
    const [entry2, own] = [minutesOf(point.id), minutes.own.get(point.id)];
    const told = entry2 ? fill(words(entry2 === own ? "minutes.saved" : "minutes.from_ledger"), { time: sayMoment(entry2.updated) }) : words("minutes.empty");
    const texts = [minutes.said, minutes.problem ? words(`minutes.${minutes.problem}`) : told].filter(Boolean);
    holder.classList.toggle("failed", Boolean(minutes.problem));
    holder.replaceChildren(...compact([texts.join(" "), undoButton()]));
    element("minutes-remove").hidden = !own;
  }
  function note(point, field, value) {
    enter(point, field, value);
    drawMinutesState(point);
  }
  function minuteChoice(point, entry2) {
    const options = [null, ...terms.decisions].map((value) => {
      const box = make("input", {
        type: "radio",
        name: "minutes-decision",
        value: value || "none",
        on: { change: () => note(point, "decision", value) }
      });
      box.checked = entry2.decision === value;
      return make("label", {}, box, make("span", { text: value ? words(`decision_word.${value}`) : words("minutes.none") }));
    });
    return make("fieldset", { class: "decisions" }, make("legend", { text: words("minutes.decision") }), ...options);
  }
  function minuteField(point, entry2, field, label, options = {}) {
    const tag = field === "note" ? "textarea" : "input";
    const box = make(tag, {
      id: `minutes-${field}`,
      autocomplete: "off",
      maxlength: data.longest[field],
      rows: tag === "textarea" ? 3 : null,
      ...options,
      on: { input: () => {
        note(point, field, field === "due" ? box.value || null : box.value);
        name();
      } }
    });
    const named2 = make("span");
    const name = () => {
      named2.textContent = field === "due" && isDay(box.value) ? `${label}: ${dayInWords(box.value)}` : label;
    };
    box.value = entry2[field] || "";
    name();
    return make("label", { class: `field-${field}` }, named2, box);
  }
  function stageField(point, entry2) {
    const select = make(
      "select",
      { id: "minutes-stage", on: { change: () => note(point, "stage", select.value || null) } },
      make("option", { value: "", text: "—" }),
      ...terms.stages.map((stage) => make("option", { value: stage, text: words(`stage_word.${stage}`) }))
    );
    select.value = entry2.stage || "";
    return make("label", { class: "field-stage" }, make("span", { text: words("minutes.stage") }), select);
  }
  function ownKeys(event) {
    if (event.target.matches("input, select, textarea") && (event.key !== "Escape" || event.isComposing)) event.stopPropagation();
  }
  function minutesSection(point) {
    if (state.printing) return printedMinutes(point);
    const entry2 = minutesOf(point.id) || blank(point);
    const section = make(
      "section",
      { class: "minutes", "aria-labelledby": "minutes-title", on: { keydown: ownKeys } },
      make("h3", { id: "minutes-title", text: words("minutes.title") }),
      minuteChoice(point, entry2),
      make(
        "div",
        { class: "minute-fields" },
        stageField(point, entry2),
        minuteField(point, entry2, "due", words("minutes.due"), { type: "date", min: "2000-01-01", max: "2199-12-31" }),
        ...SIDES.map((side, i) => minuteField(point, entry2, `responsible_${side}`, fill(words("minutes.responsible"), { name: data.names[i] }))),
        minuteField(point, entry2, "note", words("minutes.note"))
      ),
      make("p", { class: "minutes-state", id: "minutes-state", role: "status" }),
      make(
        "p",
        { class: "minute-acts" },
        make("button", { type: "button", id: "print-this", text: words("sheet.this"), on: { click: () => printOut([point]) } }),
        make("button", { type: "button", id: "minutes-remove", text: words("minutes.remove"), on: { click: () => removeMinutes(point) } })
      )
    );
    queueMicrotask(() => drawMinutesState(point));
    return section;
  }
  var minutesJump = () => make("button", {
    type: "button",
    class: "step",
    id: "minutes-jump",
    text: words("minutes.title"),
    on: { click: () => find("#card .decisions :checked")?.focus() }
  });

  // src/map/protocol.js
  function minutesFile() {
    return {
      format: "roadalign-minutes",
      version: 1,
      boundary: data.boundaryName,
      names: data.names,
      report_time: data.time,
      exported: (/* @__PURE__ */ new Date()).toISOString(),
      entries: [...minutes.own.values()].sort((one, two) => one.chainage_m - two.chainage_m || (one.id < two.id ? -1 : 1))
    };
  }
  function protocolEntry(point, number) {
    const entry2 = known(minutesOf(point.id));
    const say = (key, values) => fill(words(`protocol.${key}`), values);
    const open = words("protocol.open");
    const lines = [
      say("place", { id: point.id, km: (point.chainage_m / 1e3).toFixed(2), verdict: words(`verdict.${point.verdict}`) }),
      ...SIDES.map((side, i) => say("road", { name: oneLine(data.names[i]), road: oneLine(roadName(point, side)) })),
      say("finding", { text: oneLine(headline(point)) }),
      say("decision", { text: entry2.decision ? words(`decision_word.${entry2.decision}`) : open }),
      say("stage", { text: entry2.stage ? words(`stage_word.${entry2.stage}`) : open }),
      ...SIDES.map((side, i) => say("responsible", { name: oneLine(data.names[i]), text: oneLine(entry2[`responsible_${side}`]) || open })),
      say("due", { text: entry2.due ? dayInWords(entry2.due) : open }),
      say("note", { text: entry2.note.trim().split(/\r?\n/).map(oneLine).join("\n      ") || open })
    ];
    return `${number}. ${lines.join("\n   ")}`;
  }
  function protocolText() {
    const noted = notedPoints().sort(SORTS.chainage);
    const say = (key, values) => fill(words(`protocol.${key}`), values);
    const { open, waiting } = countStandings(data.points, terms);
    const head = [
      say("heading", { a: oneLine(data.names[0]), b: oneLine(data.names[1]) }),
      say("date", { date: sayDate(/* @__PURE__ */ new Date()) }),
      say("boundary", { boundary: oneLine(data.boundaryName) }),
      say("run", { date: sayDate(new Date(data.time)) }),
      say("counts", { all: data.points.length, open, waiting, noted: noted.length }),
      data.note ? oneLine(data.note) : null
    ].filter(Boolean);
    return `${[head.join("\n"), ...noted.map((point, i) => protocolEntry(point, i + 1))].join("\n\n")}
`;
  }

  // src/map/minutes_bar.js
  function offer(ending, type, text) {
    const day = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
    const name = `minutes-${data.boundaryName.replace(/[^\p{L}\p{N}_-]+/gu, "-")}-${day}.${ending}`;
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = make("a", { href: url, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 6e4);
    return name;
  }
  function exportMinutes() {
    const file = minutesFile();
    const name = offer("json", "application/json", `${JSON.stringify(file, null, 1)}
`);
    minutes.unsaved = false;
    said(fill(words("minutes.exported"), { name, count: file.entries.length }));
  }
  function exportText() {
    const name = offer("txt", "text/plain;charset=utf-8", `\uFEFF${protocolText()}`);
    said(fill(words("minutes.exported"), { name, count: notedPoints().length }));
  }
  async function copyText() {
    const done = fill(words("minutes.copied"), { count: notedPoints().length });
    try {
      await navigator.clipboard.writeText(protocolText());
      said(done);
    } catch {
      said(words("minutes.copy_by_hand"));
      const box = make("textarea", { class: "by-hand", rows: 8, readonly: true, "aria-label": words("minutes.as_text") });
      box.value = protocolText();
      element("minutes-said").after(box);
      box.select();
    }
  }
  function clearMinutes() {
    const count = minutes.own.size;
    if (!count || !confirm(fill(words("minutes.clear_sure"), { count }))) return;
    minutes.said = fill(words("minutes.cleared"), { count });
    const ids = [...minutes.own.keys()];
    undoable(ids, () => keepMinutes(ids.map((id) => (
      /** @type {[string, null]} */
      [id, null]
    ))));
    drawMinutesBar();
    find("#minutes-said .undo")?.focus();
  }
  function elsewhereList() {
    const unknown = [...minutes.own.values()].filter((entry2) => !byId.has(entry2.id));
    if (!unknown.length) return null;
    return make(
      "div",
      { class: "elsewhere" },
      make("p", { text: fill(words("minutes.elsewhere"), { count: unknown.length }) }),
      make("ul", {}, ...unknown.map((entry2) => make("li", {
        text: [
          entry2.id,
          `${(entry2.chainage_m / 1e3).toFixed(2)} km`,
          entry2.roads.map(oneLine).join(" — "),
          entry2.decision ? words(`decision_word.${entry2.decision}`) : words("minutes.mark_noted")
        ].join(" · ")
      })))
    );
  }
  function drawMinutesBar() {
    const bar = element("minutes");
    const count = notedPoints().length;
    const focused = bar.contains(document.activeElement) ? document.activeElement?.id : "";
    const act = (id, key, click, off = false) => make("button", { type: "button", id, text: words(key), disabled: off, on: { click } });
    const input = make("input", {
      type: "file",
      id: "minutes-file",
      accept: ".json,application/json",
      hidden: true,
      "aria-label": words("minutes.import"),
      on: { change: () => input.files?.length && importFile(input.files[0]) }
    });
    const plan = printPlan();
    const which = words(plan.filtered ? "sheet.which_shown" : "sheet.which_open");
    const problem = minutes.problem ? words(`minutes.${minutes.problem}`) : "";
    bar.replaceChildren(...[
      make("summary", { text: fill(words("minutes.summary"), { count }) }),
      make(
        "p",
        { class: "minute-acts" },
        act("minutes-export", "minutes.export", exportMinutes, !minutes.own.size),
        act("minutes-text", "minutes.as_text", exportText, !count),
        act("minutes-copy", "minutes.copy", copyText, !count),
        act("minutes-import", "minutes.import", () => input.click()),
        act("minutes-clear", "minutes.clear", clearMinutes, !minutes.own.size),
        input
      ),
      make(
        "p",
        { class: "minute-acts" },
        act("print-all", "sheet.all", () => printOut(null)),
        make("span", { class: "small", id: "print-hint", text: fill(words("sheet.all_hint"), { count: plan.points.length, which }) })
      ),
      elsewhereList()
    ].filter(Boolean));
    const spoken = element("minutes-said");
    spoken.classList.toggle("failed", Boolean(problem));
    spoken.replaceChildren(...[document.createTextNode([minutes.said, problem].filter(Boolean).join(" ")), undoButton()].filter(Boolean));
    spoken.parentNode.querySelector(".by-hand")?.remove();
    if (focused) document.getElementById(focused)?.focus();
  }

  // src/map/names.js
  leafletMap.createPane("names").style.zIndex = "420";
  known(leafletMap.getPane("names")).classList.add("names");
  layers.names = L.layerGroup();
  var PLACE_ZOOM = { city: 0, town: 9, suburb: 12, village: 12.5, quarter: 13.5, hamlet: 14 };
  var MOST_PLACES = 40;
  var placesByRank = [...ground.places].sort((one, two) => PLACE_ZOOM[one.k] - PLACE_ZOOM[two.k]);
  var landRings = Object.fromEntries(SIDES.map((side) => [side, (ground.land[side][0] || []).map((part) => part.map(unpack))]));
  function inRing([lat, lon], ring) {
    let inside2 = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [y1, x1] = ring[i];
      const [y2, x2] = ring[j];
      if (y1 > lat !== y2 > lat && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1) inside2 = !inside2;
    }
    return inside2;
  }
  var inLand = (side, place2) => landRings[side].some((part) => part.filter((ring) => inRing(place2, ring)).length % 2 === 1);
  function free(box, taken) {
    return !taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h);
  }
  function spotFor(side, size, taken, width, whole2) {
    const view = leafletMap.getSize();
    let best = null;
    for (let i = 1; i < 16; i += 1) {
      for (let j = 1; j < 14; j += 1) {
        const at = L.point(view.x * i / 16, view.y * j / 14);
        const corners = (whole2 ? [[0, 0], [-width / 2, 0], [width / 2, 0], [0, -size], [0, size]] : [[0, 0]]).map(([x, y]) => at.add([x, y]));
        const inside2 = corners.every((corner) => {
          const { lat, lng } = leafletMap.containerPointToLatLng(corner);
          return inLand(side, [lat, lng]);
        });
        const box = { x: at.x - width / 2, y: at.y - size, w: width, h: 2 * size };
        const off = Math.hypot(at.x - view.x / 2, at.y - view.y / 2);
        if (inside2 && free(box, taken) && (!best || off < best.off)) best = { at, off, box };
      }
    }
    return best;
  }
  function lettering(text, place2, kind, anchor) {
    const label = make("span", { text });
    return L.marker(place2, {
      pane: "names",
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: `name ${kind}`, html: label, iconSize: void 0, iconAnchor: anchor })
    });
  }
  function drawNames() {
    layers.names.clearLayers();
    const view = leafletMap.getSize();
    const taken = [];
    if (innerWidth > 760) {
      const legend = element("legend").getBoundingClientRect();
      const frame = leafletMap.getContainer().getBoundingClientRect();
      taken.push({ x: legend.x - frame.x, y: legend.y - frame.y, w: legend.width, h: legend.height });
    }
    for (const point of state.shown.slice(0, 400)) {
      const at = leafletMap.latLngToContainerPoint(point.at);
      taken.push({ x: at.x - 13, y: at.y - 13, w: 26, h: 26 });
    }
    SIDES.forEach((side, i) => {
      for (const { size, whole: whole2 } of [{ size: 21, whole: true }, { size: 15, whole: true }, { size: 14, whole: false }]) {
        const spot = spotFor(side, 0.85 * size, taken, size * data.names[i].length, whole2);
        if (!spot) continue;
        taken.push(spot.box);
        const label = lettering(data.names[i], leafletMap.containerPointToLatLng(spot.at), `side ${side}`, [0, 0]);
        label.addTo(layers.names);
        const written = label.getElement()?.querySelector("span");
        if (written) written.style.fontSize = `${size}px`;
        return;
      }
    });
    const zoom = leafletMap.getZoom();
    let left2 = MOST_PLACES;
    for (const place2 of placesByRank) {
      if (zoom < PLACE_ZOOM[place2.k] || !left2) continue;
      const at = leafletMap.latLngToContainerPoint(place2.at);
      const width = 15 * place2.t.length + 12;
      const side = [{ kind: "", x: at.x - 4 }, { kind: " flipped", x: at.x + 4 - width }].find(({ x }) => x > 0 && x + width < view.x && at.y > 9 && at.y < view.y - 9 && free({ x, y: at.y - 9, w: width, h: 18 }, taken));
      if (!side) continue;
      left2 -= 1;
      taken.push({ x: side.x, y: at.y - 9, w: width, h: 18 });
      lettering(place2.t, place2.at, `place ${place2.k}${side.kind}`, [3, 9]).addTo(layers.names);
    }
  }

  // src/map/rates_part.js
  var table = (kind, heads, rows) => make(
    "table",
    { class: kind },
    make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })))),
    make("tbody", {}, ...rows)
  );
  function rangeBar({ low, high }) {
    const known2 = make("i");
    known2.style.width = `${Math.round(100 * (low ?? 0))}%`;
    const open = make("i", { class: "may-be" });
    open.style.width = `${Math.round(100 * ((high ?? 0) - (low ?? 0)))}%`;
    return make("span", { class: "share", "aria-hidden": "true" }, known2, open);
  }
  function groupRow(kind, key, label, part) {
    return make(
      "tr",
      { [`data-${kind}`]: key },
      make("th", { scope: "row", text: label }),
      make("td", { text: `${part.aligned} / ${part.docking_points}` }),
      make("td", {}, rangeBar(part.docking_rate), make("span", { text: sayRate(part.docking_rate) })),
      make("td", { text: percent(part.through_rate) })
    );
  }
  function groupTable(kind, room2, groups, order) {
    const known2 = order.filter((key) => groups[key]);
    const label = (key) => key === "unknown" ? words("filter.unknown") : words(`${room2}.${key}`);
    return table(
      "rates",
      [kind === "class" ? words("class") : words("rates.admin_class"), words("rates.aligned"), words("rates.docking"), words("rates.through")],
      known2.map((key) => groupRow(kind, key, label(key), groups[key]))
    );
  }
  function aspectTable() {
    return table("rates", [words("rates.aspect"), words("rates.agrees"), words("rates.compared")], ASPECTS.map((aspect) => {
      const part = data.summary.aspects[aspect];
      if (!part) return null;
      const cells = part.left_out ? [words("outcome.left_out"), "—"] : [fill(words("rates.of"), { rate: percent(part.rate), part: part.agrees, all: part.pairs }), percent(part.comparable_share)];
      return make("tr", { "data-aspect": aspect }, make("th", { scope: "row", text: words(`aspect.${aspect}`) }), ...cells.map((text) => make("td", { text })));
    }));
  }
  function ratesTables() {
    const { summary } = data;
    const admin = Object.keys(summary.by_admin_class);
    const named2 = admin.some((key) => key !== "unknown");
    return [
      groupTable("class", "rank", summary.by_class, RANKS),
      named2 ? groupTable("admin", "admin_class", summary.by_admin_class, [...Object.keys(data.words.en.admin_class), "unknown"]) : null,
      aspectTable()
    ].filter((one) => one !== null);
  }
  var scrolled = (key, wide) => make("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": words(key) }, wide);
  function interfaceCell(parts) {
    const sum = (key) => parts.reduce((all, part) => all + part[key], 0);
    if (!parts.length) return make("td");
    const [lanes, unknown] = [sum("lanes"), sum("lanes_unknown")];
    const said2 = lanes || !unknown ? `${fill(words("interfaces.lanes"), { count: lanes })}${unknown ? " +" : ""}` : "—";
    return make("td", {}, make("b", { text: sum("docking_points") }), make("small", { text: said2 }));
  }
  function interfaceTable() {
    const rows = data.summary.interfaces;
    const states = STATES.filter((state2) => rows.some((row) => row.state === state2));
    const cells = (own) => [...states.map((state2) => interfaceCell(own.filter((row) => row.state === state2))), interfaceCell(own)];
    const ranks = RANKS.filter((rank) => rows.some((row) => row.road_class === rank));
    const { today_m: today, planned_m: planned } = data.summary.spacing;
    const told = (metres) => metres === null ? "—" : metres < 1e3 ? sayWay(metres) : `${sayNumber(metres / 1e3, 1)} km`;
    return [
      scrolled("interfaces.summary", table("interfaces", [words("class"), ...states.map((state2) => words(`state.${state2}`)), words("rates.all")], [
        ...ranks.map((rank) => make(
          "tr",
          { "data-class": rank },
          make("th", { scope: "row", text: rank === "unknown" ? words("filter.unknown") : words(`rank.${rank}`) }),
          ...cells(rows.filter((row) => row.road_class === rank))
        )),
        make("tr", { class: "all" }, make("th", { scope: "row", text: words("rates.all") }), ...cells(rows))
      ])),
      make("p", { class: "small", text: words("interfaces.legend") }),
      make("p", { class: "small", text: fill(words("interfaces.spacing"), { today: told(today), planned: told(planned) }) })
    ];
  }

  // src/map/overview.js
  var TOP = 5;
  var folded = (key, title, opened2, content) => make("details", { "data-part": key, open: opened2.has(key) }, make("summary", { text: title }), ...content);
  function topEntry(point) {
    const button = make("button", {
      type: "button",
      class: "top",
      "data-top": point.id,
      on: { click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false) }
    }, symbol(point.verdict, point.severity === "severe", 18), make("span", { text: bothNames(point) }), make("b", { text: Math.round(point.priority || 0) }));
    return make("li", {}, button);
  }
  function worstOf() {
    const worst = data.points.filter((point) => standing(point) === "open").sort(PRIORITY).slice(0, TOP);
    if (!worst.length) return [];
    return [
      make("h3", {}, document.createTextNode(words("top")), make("small", { text: words("priority_column") })),
      make("ol", { class: "tops" }, ...worst.map(topEntry))
    ];
  }
  function changedSince() {
    if (!CHOICES.change) return null;
    const counts = changes.map((change) => `${changeSign(change)} ${words(`change.${change}`)} ${data.points.filter((point) => point.change === change).length}`.trim());
    const text = data.since ? fill(words("since"), { date: data.since.slice(0, 10) }) : words("since_last");
    return make("p", { class: "since" }, make("b", { text }), document.createTextNode(` ${counts.join(" · ")}`));
  }
  function showRequest(key) {
    state.filter.supply = key;
    apply();
  }
  function requestsPart(opened2) {
    const { waiting_points: count } = data.summary;
    if (!count) return null;
    const rows = requests.map((one) => make("li", { "data-request": one.key }, make("button", {
      type: "button",
      class: "request",
      title: words("requests.show"),
      text: sayRequest(one),
      on: { click: () => showRequest(one.key) }
    })));
    if (unanswerable) rows.push(make("li", { text: fill(words("requests.none"), { count: unanswerable }) }));
    return folded("requests", fill(words("requests.summary"), { count }), opened2, [make("ul", { class: "requests" }, ...rows)]);
  }
  var tables = (parts) => parts.filter((part) => part !== null);
  function drawOverview() {
    const { summary } = data;
    const overview = element("overview");
    const drawn = overview.childElementCount > 0;
    const opened2 = new Set(drawn ? findAll("#overview details[open]").map((one) => one.dataset.part) : ["requests"]);
    overview.setAttribute("aria-label", words("overview"));
    overview.replaceChildren(...tables([
      changedSince(),
      requestsPart(opened2),
      folded(
        "rates",
        fill(words("rates.summary"), { aligned: summary.aligned, all: summary.docking_points }),
        opened2,
        [...ratesTables(), make("p", { class: "small", text: words("rate_means") })]
      ),
      summary.interfaces.length ? folded("interfaces", words("interfaces.summary"), opened2, interfaceTable()) : null,
      ...worstOf()
    ]));
  }

  // src/map/geometry.js
  var hundredths = (value) => Math.round(value * 100) / 100;
  var pathOf = (line) => line.map(([x, y], at) => `${at ? "L" : "M"}${hundredths(x)} ${hundredths(y)}`).join("");
  var textWidth = (text, size = 13) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 11903 ? size : size * 0.56), 0);
  function shortened(label, room2) {
    if (textWidth(label) <= room2) return label;
    const kept = [...label].reduce((text, letter) => textWidth(text + letter) < room2 - 12 ? text + letter : text, "");
    return `${kept}…`;
  }
  function roundLength(most) {
    const ten = 10 ** Math.floor(Math.log10(most));
    return [5, 2, 1].map((step) => step * ten).find((length) => length <= most);
  }
  function partSeen(ring, [left2, top, right, bottom]) {
    const edges = [[0, left2, 1], [0, right, -1], [1, top, 1], [1, bottom, -1]];
    return edges.reduce((part, [axis, edge, sign]) => part.flatMap((two, at) => {
      const one = part[(at || part.length) - 1];
      const [before, after] = [one, two].map((place2) => sign * (place2[axis] - edge) >= 0);
      const share = (edge - one[axis]) / (two[axis] - one[axis]);
      const cut = before === after ? [] : [[0, 1].map((k) => one[k] + share * (two[k] - one[k]))];
      return after ? [...cut, two] : cut;
    }), ring);
  }
  function runsSeen(placed, [left2, top, right, bottom]) {
    const runs = [];
    let run = null;
    for (let at = 1; at < placed.length; at += 1) {
      const [one, two] = [placed[at - 1], placed[at]];
      const out = Math.max(one[0], two[0]) < left2 || Math.min(one[0], two[0]) > right || Math.max(one[1], two[1]) < top || Math.min(one[1], two[1]) > bottom;
      if (out) run = null;
      else if (run) run.push(two);
      else runs.push(run = [one, two]);
    }
    return runs;
  }
  var headingOf = (end) => [Math.sin(end.heading_deg * Math.PI / 180), Math.cos(end.heading_deg * Math.PI / 180)];
  var stretched = ([x, y], by) => [x * by, y * by];
  var movedBy = ([x, y], [dx, dy]) => [x + dx, y + dy];
  function scaleTo({ along: along2, across }, { width, height, top, bottom, side }) {
    const [long, high] = [along2[1] - along2[0], across[1] - across[0]];
    const perMetre = Math.min((width - 2 * side) / long, (height - top - bottom - 46) / high, 5);
    const middle = [(along2[0] + along2[1]) / 2, (across[0] + across[1]) / 2];
    const centre = [width / 2, (top + height - bottom) / 2 + 6];
    const pixel = ([t, v]) => [centre[0] + perMetre * (t - middle[0]), centre[1] + perMetre * (v - middle[1])];
    return { perMetre, pixel };
  }

  // src/map/drawing.js
  var INK = "#1d2329";
  var HATCH_ANGLE = { rise: 45, fall: -45, level: 90 };
  var existingRoads = Object.values(data.ground.network).flat();
  var drawings = 0;
  function newDrawing(width, height, title, description) {
    drawings += 1;
    const id = `drawing-${drawings}`;
    const svg = svgElement("svg", {
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      fill: "none",
      "aria-labelledby": `${id}-title`,
      "aria-describedby": `${id}-desc`,
      class: "drawing"
    }, svgElement("title", { id: `${id}-title`, text: title }), svgElement("desc", { id: `${id}-desc`, text: description }));
    const defs = svg.appendChild(svgElement("defs"));
    return { svg, defs, id };
  }
  function drawHatch(board, name, colour, angle, { gap = 6, ground: ground2 = "#fff" } = {}) {
    const id = `${board.id}-${name}`;
    board.defs.append(svgElement(
      "pattern",
      {
        id,
        width: gap,
        height: gap,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${angle})`
      },
      svgElement("rect", { width: gap, height: gap, fill: ground2, "fill-opacity": 0.55 }),
      svgElement("line", { x1: 0, y1: 0, x2: 0, y2: gap, stroke: colour, "stroke-width": 1.6 })
    ));
    return `url(#${id})`;
  }
  function clipTo(board, x, y, width, height) {
    const id = `${board.id}-window`;
    board.defs.append(svgElement("clipPath", { id }, svgElement("rect", { x, y, width, height })));
    return `url(#${id})`;
  }
  function drawText(x, y, text, { anchor = "middle", kind = "" } = {}) {
    return svgElement("text", { x: hundredths(x), y: hundredths(y), "text-anchor": anchor, class: `note ${kind}`.trim(), text });
  }
  function drawTip(x, y, dx, dy, size = 6) {
    const long = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / long, dy / long];
    const back = [x - size * ux, y - size * uy];
    const half = size * 0.36;
    return svgElement("path", { class: "tip", d: `${pathOf([[x, y], [back[0] - half * uy, back[1] + half * ux], [back[0] + half * uy, back[1] - half * ux]])}Z` });
  }
  function drawDimension(from, to, text, { kind, metres, anchor = "middle", at = null, assumed = false }) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const long = Math.hypot(dx, dy);
    const [ux, uy] = long > 0.01 ? [dx / long, dy / long] : [1, 0];
    const inside2 = long >= 18;
    const tail = inside2 ? 0 : 14;
    const place2 = at || [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 4];
    return svgElement(
      "g",
      {
        class: `dimension${assumed ? " assumed" : ""}`,
        "data-dimension": kind,
        "data-metres": metres === void 0 ? null : hundredths(metres),
        "data-from": from.map(hundredths).join(","),
        "data-to": to.map(hundredths).join(",")
      },
      svgElement("path", { class: "measure", d: pathOf([[from[0] - tail * ux, from[1] - tail * uy], [to[0] + tail * ux, to[1] + tail * uy]]) }),
      drawTip(from[0], from[1], inside2 ? -dx : ux, inside2 ? -dy : uy),
      drawTip(to[0], to[1], inside2 ? dx : -ux, inside2 ? dy : -uy),
      drawText(place2[0], place2[1], text, { anchor, kind: "value" })
    );
  }
  var drawExtension = (from, to) => svgElement("path", { class: "extension", d: pathOf([from, to]) });
  function scaleBar(x, y, perMetre, most) {
    const metres = known(roundLength(most / perMetre));
    const long = metres * perMetre;
    return svgElement(
      "g",
      { class: "scale", "data-metres": metres, "data-length": hundredths(long) },
      svgElement("path", { class: "bar", d: `M${x} ${y - 4}V${y}H${hundredths(x + long)}V${y - 4}` }),
      svgElement("rect", { x, y: y - 3, width: hundredths(long / 2), height: 3, fill: INK }),
      drawText(x + long + 5, y, metres < 1e3 ? `${sayShort(metres)} m` : `${sayShort(metres / 1e3)} km`, { anchor: "start" })
    );
  }
  function northArrow(x, y, angle) {
    return svgElement(
      "g",
      { class: "compass", "data-angle": hundredths(angle) },
      svgElement("path", { transform: `translate(${x} ${y}) rotate(${hundredths(angle)})`, d: "M0 -11 4.5 8 0 4.5 -4.5 8Z" }),
      drawText(x + 19 * Math.sin(angle * Math.PI / 180), y + 4 - 19 * Math.cos(angle * Math.PI / 180), words("sketch.north"), { kind: "value" })
    );
  }
  function drawBadge(x, y, side) {
    return svgElement(
      "g",
      { class: `badge ${side}` },
      svgElement("circle", { cx: hundredths(x), cy: hundredths(y), r: 8, fill: SIDE_COLOUR[side] }),
      svgElement("text", { x: hundredths(x), y: hundredths(y + 4), "text-anchor": "middle", text: side.toUpperCase() })
    );
  }
  function metresFrom(point) {
    const [eastByLon, northByLon, eastByLat, northByLat] = data.cards[point.id].frame;
    const [ownLat, ownLon] = point.at || [point.lat, point.lon];
    return ([lat, lon]) => {
      const [x, y] = [lon - ownLon, lat - ownLat];
      return [eastByLon * x + eastByLat * y, northByLon * x + northByLat * y];
    };
  }
  var unpackedLines = /* @__PURE__ */ new Map();
  function unpacked(packed) {
    if (!unpackedLines.has(packed)) {
      const line = unpack(packed);
      const [lats, lons] = [0, 1].map((k) => line.map((place2) => place2[k]));
      unpackedLines.set(packed, { line, box: [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)] });
    }
    return unpackedLines.get(packed);
  }
  var isNear = (packed, nearby) => {
    const { box } = unpacked(packed);
    return box[2] >= nearby[0] && box[0] <= nearby[2] && box[3] >= nearby[1] && box[1] <= nearby[3];
  };
  function seenRuns(packed, place2, frame, nearby) {
    return isNear(packed, nearby) ? runsSeen(unpacked(packed).line.map(place2), frame) : [];
  }
  function boxAround(point, reach) {
    const [eastByLon, , , northByLat] = data.cards[point.id].frame;
    const [lon, lat] = [1.1 * reach / Math.abs(eastByLon), 1.1 * reach / Math.abs(northByLat)];
    const [ownLat, ownLon] = point.at || [point.lat, point.lon];
    return [ownLat - lat, ownLon - lon, ownLat + lat, ownLon + lon];
  }
  function drawingFigure(heading, drawing, ...below) {
    return make("figure", { class: "figure" }, make("h3", { text: heading }), drawing, ...below);
  }

  // src/map/ends.js
  var SKETCH = { width: 380, height: 272, top: 50, bottom: 30, side: 8 };
  var SHORT_LINK_M = 0.05;
  var TURN_DEG = 0.5;
  var FARTHEST_M = 200;
  var APART_M = 2;
  function pairGround(point) {
    const card = data.cards[point.id];
    const ends2 = SIDES.filter((side) => card[side]);
    const heading = Object.fromEntries(ends2.map((side) => [side, headingOf(known(card[side]))]));
    let axis = heading.a || (heading.b ? stretched(heading.b, -1) : [1, 0]);
    if (ends2.length > 1) {
      const both = [heading.a[0] - heading.b[0], heading.a[1] - heading.b[1]];
      const long = Math.hypot(...both);
      const [a, b] = [known(card.a), known(card.b)];
      const between = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
      const apart = Math.hypot(...between);
      axis = long > 1e-6 ? stretched(both, 1 / long) : apart > 0 ? stretched(between, 1 / apart) : axis;
    }
    const turn = ([east, north]) => [east * axis[0] + north * axis[1], east * axis[1] - north * axis[0]];
    const place2 = (metres) => turn(metres);
    const out = Object.fromEntries(ends2.map((side) => [side, { at: place2(known(card[side]).at), heading: turn(heading[side]) }]));
    return { card, ends: ends2, out, place: place2, turn };
  }
  var widthOf = (point, side) => point[`${side}_carriageway_m`] ?? point[`${side}_roadbed_m`] ?? 0;
  function tipBeyond(point, side, { card, out, place: place2 }) {
    const beyond = -(point[`${side}_to_boundary_m`] ?? 0);
    if (point[`${side}_end`] !== "overshoot" || beyond <= 1) return null;
    const metres = metresFrom(point);
    const { at, heading } = out[side];
    let best = movedBy(at, stretched(heading, beyond));
    let least = 0.25 * beyond;
    for (const road of known(card[side]).roads) {
      for (const spot of unpacked(data.roads[side][road].c).line) {
        const corner = place2(metres(spot));
        const way = [corner[0] - at[0], corner[1] - at[1]];
        const off = Math.abs(Math.hypot(...way) - beyond);
        if (way[0] * heading[0] + way[1] * heading[1] > 0 && off < least) [best, least] = [corner, off];
      }
    }
    return best;
  }
  function pairExtent(point, ground2) {
    const { card, ends: ends2, out, place: place2 } = ground2;
    const along2 = [0];
    const across = [];
    for (const side of ends2) {
      const { at } = out[side];
      along2.push(at[0]);
      const half = widthOf(point, side) / 2 + 2;
      across.push(at[1] - half, at[1] + half);
      const tip = tipBeyond(point, side, ground2);
      if (tip) {
        const far = Math.min(1, FARTHEST_M / Math.hypot(tip[0] - at[0], tip[1] - at[1]));
        along2.push(at[0] + far * (tip[0] - at[0]));
        across.push(at[1] + far * (tip[1] - at[1]));
      }
    }
    const built = card.proposal && data.proposals[card.proposal.line];
    if (built) {
      const metres = metresFrom(point);
      for (const spot of unpacked(built).line) {
        const [t, v] = place2(metres(spot));
        along2.push(t);
        across.push(v);
      }
    }
    const [from, to] = [Math.min(...along2), Math.max(...along2)];
    const wide = Math.max(...ends2.map((side) => widthOf(point, side)), 6);
    const room2 = built ? Math.max(0.14 * (to - from), 20) : Math.max(0.35 * (to - from), 1.6 * wide, 32);
    return { along: [from - room2, to + room2], across: [Math.min(...across), Math.max(...across)] };
  }
  function pairScale(point, ground2) {
    const found = pairExtent(point, ground2);
    return scaleTo(found, SKETCH);
  }
  function nearestOn(point, side, { card, place: place2 }, [x, y]) {
    const metres = metresFrom(point);
    let best = null;
    let least = Infinity;
    for (const road of card[side]?.roads || []) {
      const corners = unpacked(data.roads[side][road].c).line.map((spot) => place2(metres(spot)));
      for (let at = 1; at < corners.length; at += 1) {
        const [[x1, y1], [x2, y2]] = [corners[at - 1], corners[at]];
        const [dx, dy] = [x2 - x1, y2 - y1];
        const share = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1), 0), 1);
        const foot = [x1 + share * dx, y1 + share * dy];
        const off = Math.hypot(foot[0] - x, foot[1] - y);
        if (off < least) [best, least] = [foot, off];
      }
    }
    return best;
  }
  function northAngle(point, ground2) {
    const [, , east, north] = data.cards[point.id].frame;
    const [t, v] = ground2.turn([east, north]);
    return Math.atan2(t, -v) * 180 / Math.PI;
  }

  // src/map/costs.js
  var COST = { width: 380, height: 210, room: 26, top: 8 };
  function costMap(point, packed) {
    const metres = metresFrom(point);
    const way = unpacked(packed).line.map(metres);
    const ends2 = [way[0], way[way.length - 1]];
    const [xs, ys] = [0, 1].map((k) => way.map((place2) => place2[k]));
    const [left2, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height, room: room2 } = COST;
    const perMetre = Math.min((width - 2 * room2) / Math.max(right - left2, 50), (height - 2 * room2 - 10) / Math.max(high - low, 50));
    const pixel = ([x, y]) => [width / 2 + perMetre * (x - (left2 + right) / 2), (height - 10) / 2 - perMetre * (y - (low + high) / 2)];
    const spot = (degrees) => pixel(metres(degrees));
    const board = newDrawing(width, height, fill(words("cost.title"), { id: point.id }), fill(words("cost.description"), {
      way: sayWay(point.detour_m ?? 0),
      straight: sayWay(Math.hypot(ends2[1][0] - ends2[0][0], ends2[1][1] - ends2[0][1]))
    }));
    const layer = svgElement("g", { "clip-path": clipTo(board, 1, 1, width - 2, height - 2) });
    board.svg.append(svgElement("rect", { class: "sheet", x: 0.5, y: 0.5, width: width - 1, height: height - 1 }), layer);
    board.svg.setAttribute("data-per-metre", String(perMetre));
    const reach = Math.hypot(...[left2, right, low, high].map(Math.abs)) + Math.hypot(width, height) / perMetre;
    const nearby = boxAround(point, reach);
    const add = (line, kind) => seenRuns(line, spot, [0, 0, width, height], nearby).forEach((run) => layer.append(svgElement("path", { class: kind, d: pathOf(run) })));
    for (const road of existingRoads) add(road, "existing");
    if (!existingRoads.length) SIDES.forEach((side) => data.roads[side].forEach((road) => add(road.c, `axis-line other ${side}`)));
    for (const part of data.boundary) add(part, "boundary-line");
    const drawn = way.map(pixel);
    const [first, last] = [drawn[0], drawn[drawn.length - 1]];
    layer.append(
      svgElement("path", { class: "straight", d: pathOf([first, last]) }),
      svgElement("path", { class: "way-rim", d: pathOf(drawn) }),
      svgElement("path", { class: "way", d: pathOf(drawn) })
    );
    const { turn } = pairGround(point);
    const order = turn(ends2[0])[0] <= turn(ends2[1])[0] ? SIDES : [...SIDES].reverse();
    board.svg.append(drawBadge(first[0], first[1], order[0]), drawBadge(last[0], last[1], order[1]), scaleBar(12, height - 10, perMetre, 110), northArrow(width - 24, 28, northOnMap(point)));
    return board.svg;
  }
  function northOnMap(point) {
    const [, , east, north] = data.cards[point.id].frame;
    return Math.atan2(east, north) * 180 / Math.PI;
  }
  function costBar(label, metres, minutes2, most, kind) {
    const bar = make("i", { class: kind });
    bar.style.width = `${Math.round(100 * metres / most)}%`;
    const said2 = [sayWay(metres), minutes2 === void 0 ? "" : sayDuration(minutes2)].filter(Boolean).join(" · ");
    return make("div", { class: "bar-row", "data-bar": kind, "data-metres": String(metres) }, make("dt", { text: label }), make("dd", {}, make("span", { class: "length-bar", "aria-hidden": "true" }, bar), make("span", { text: said2 })));
  }
  function costsPart(point) {
    if (!data.attribution) return null;
    const packed = lookup(data.detours, point.id);
    const known2 = point.detour_m !== void 0;
    if (!known2 && !(point.detour_state && point.detour_state !== "found")) return null;
    if (!known2) return make("section", {}, make("h3", { text: words("cost.heading") }), make("p", { text: words(`detour.${point.detour_state}`) }));
    const straight = point.detour_ratio ? point.detour_m / point.detour_ratio : void 0;
    const saved = point.minutes_saved;
    const later = saved === void 0 || point.detour_minutes === void 0 ? void 0 : point.detour_minutes - saved;
    const most = Math.max(point.detour_m, point.with_link_m ?? 0, straight ?? 0);
    const said2 = [
      point.detour_ratio === void 0 ? "" : fill(words("cost.ratio"), { value: sayNumber(point.detour_ratio, 2) }),
      saved ? fill(words("cost.saved"), { value: sayDuration(saved) }) : ""
    ].filter(Boolean);
    return drawingFigure(
      words("cost.heading"),
      packed ? costMap(point, packed) : "",
      make("dl", { class: "bars" }, ...[
        costBar(words("cost.today"), point.detour_m, point.detour_minutes, most, "way-bar"),
        point.with_link_m === void 0 ? null : costBar(words("cost.joined"), point.with_link_m, later, most, "joined-bar"),
        straight === void 0 ? null : costBar(words("cost.straight"), straight, void 0, most, "straight-bar")
      ].filter(Boolean)),
      said2.length ? make("p", { class: "told", text: said2.join(language.now === "zh" ? "，" : ", ") }) : null,
      make("figcaption", { text: fill(words("cost.measured"), { value: sayWay(data.referenceM) }) })
    );
  }

  // src/map/section_parts.js
  var FITS_M = 0.3;
  function laneWidth(point, side, standard) {
    const speed = point[`${side}_design_speed_kmh`];
    const kind = String(point[`${side}_class_text`] ?? "").toLowerCase();
    const system = standard.urban.some((word) => kind.includes(word)) ? "urban" : "highway";
    const lane = standard.lane[system];
    if (speed !== void 0) return (lane.find((row) => speed <= row.up_to_kmh) || lane[lane.length - 1]).width_m;
    return standard.lane_by_rank[system].width_m[point[`${side}_road_class`] ?? 3];
  }
  function sectionParts(point, side, standard) {
    const value = (field) => point[`${side}_${field}`];
    const [lanes, slow, paved] = [value("lanes"), value("slow_lanes") ?? 0, value("carriageway_m")];
    const { slow_lane: slowLane, median: usual } = standard;
    const split = (value("road_class") ?? 0) >= usual.from_rank && lanes >= usual.from_lanes && lanes % 2 === 0;
    if (lanes === void 0) return { parts: paved === void 0 ? [] : [{ kind: "paving", width: paved, stated: true }], paved };
    let lane = laneWidth(point, side, standard);
    const ownMedian = value("median_m");
    let median = ownMedian ?? (split ? usual.width_m : 0);
    const slowly = slow * slowLane.width_m;
    let rest = 0;
    let outside = false;
    if (paved !== void 0) {
      const fits2 = (metres) => metres <= paved + FITS_M;
      outside = slow > 0 && !fits2(lanes * lane + median + slowly);
      const inside2 = outside ? 0 : slowly;
      if (median && ownMedian === void 0 && !fits2(lanes * lane + median + inside2)) median = 0;
      const around = ownMedian === void 0 ? inside2 : inside2 + median;
      if (!fits2(lanes * lane + around)) lane = Math.max(paved - around, 0) / lanes;
      rest = Math.max(paved - lanes * lane - median - inside2, 0) / 2;
    }
    const stated = paved !== void 0;
    const half = (count, kind, width, known2) => Array.from({ length: count }, () => ({ kind, width, stated: known2 }));
    const edge = rest > 0.05 ? [{ kind: "edge", width: rest, stated }] : [];
    const left2 = half(Math.ceil(slow / 2), "slow", slowLane.width_m, stated && !outside);
    const right = half(Math.floor(slow / 2), "slow", slowLane.width_m, stated && !outside);
    const middle = median ? [{ kind: "median", width: median, stated: ownMedian !== void 0 }] : [];
    const way = (count) => half(count, "lane", lane, stated);
    const parts = outside ? [...left2, ...edge, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...edge, ...right] : [...edge, ...left2, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...right, ...edge];
    return { parts, paved, lane, lanes, slow, median, medianStated: ownMedian !== void 0 };
  }
  var sumOf = (parts) => parts.reduce((sum, part) => sum + part.width, 0);

  // src/map/sections.js
  var SECTION = { width: 380, ground: 62, side: 10 };
  var widest = (point, side) => Math.max(sumOf(sectionParts(point, side, data.standard).parts), point[`${side}_roadbed_m`] ?? 0, point[`${side}_redline_m`] ?? 0);
  function sectionLevel(board, y, middle, perMetre, metres, text, { kind, assumed = false, missing }) {
    if (metres === void 0) return drawText(middle, y, words(missing), { kind: "quiet unknown" });
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
        class: `part${part.stated ? "" : " assumed"}`,
        x: hundredths(x),
        y: SECTION.ground - 12,
        width: hundredths(width),
        height: 12,
        fill: part.stated ? fills[part.kind] : pattern,
        "data-part": part.kind,
        "data-metres": hundredths(part.width),
        "data-stated": String(part.stated)
      }));
      const before = parts[at - 1];
      if (before && before.kind === part.kind && part.kind === "lane") board.svg.append(svgElement("path", { class: "lane-line", d: `M${hundredths(x)} ${SECTION.ground - 14}v14` }));
      x += width;
    });
    if (parts.length) board.svg.append(svgElement("path", { class: `crown ${side}`, d: `M${hundredths(from)} ${SECTION.ground - 12}H${hundredths(x)}` }));
  }
  function lanesText({ lanes, slow, lane, median, medianStated }) {
    if (lanes === void 0) return words("section.no_lanes");
    const about = (metres) => fill(words("section.about"), { value: sayWidth(metres) });
    const counted = (key, count, metres) => fill(words(`section.${key}${count === 1 ? "_one" : ""}`), { count, width: about(metres) });
    const usual = counted("lanes", lanes, lane ?? 0);
    const others = [
      slow ? counted("slow", slow, data.standard.slow_lane.width_m) : "",
      median ? fill(words("section.median"), { width: medianStated ? sayWidth(median) : about(median) }) : ""
    ].filter(Boolean);
    return [usual, ...others].join(language.now === "zh" ? "，" : ", ");
  }
  function sectionDrawing(point, side, perMetre) {
    const own = SIDES.indexOf(side);
    const name = data.names[own];
    const made = sectionParts(point, side, data.standard);
    const { width, ground: ground2 } = SECTION;
    const [roadbed, redline] = ["roadbed_m", "redline_m"].map((field) => point[`${side}_${field}`]);
    const total = sumOf(made.parts);
    const nothing = !made.parts.length && roadbed === void 0 && redline === void 0;
    const paving = made.paved ?? (made.parts.length ? total : void 0);
    const stated = made.paved !== void 0;
    const told = (key, metres, sure = true) => metres === void 0 ? words(`section.no_${key}`) : fill(words(`section.${key}`), { width: sure ? sayWidth(metres) : fill(words("section.about"), { value: sayWidth(metres) }) });
    const rows = [lanesText(made), told("carriageway", paving, stated), told("roadbed", roadbed), told("redline", redline)];
    const board = newDrawing(
      width,
      nothing ? 62 : 128,
      fill(words("section.title"), { name, road: roadName(point, side) }),
      point[`${side}_fid`] ? `${rows.join(language.now === "zh" ? "；" : "; ")}` : fill(words("section.no_road"), { name })
    );
    board.svg.setAttribute("data-section", side);
    board.svg.setAttribute("data-per-metre", String(Number(perMetre.toFixed(4))));
    board.svg.append(drawBadge(12, 12, side), svgElement("text", { class: `who ${side}`, x: 25, y: 16, text: shortened(`${name} · ${roadName(point, side)}`, width - 40) }));
    if (nothing) {
      const text = point[`${side}_fid`] ? "section.nothing" : "section.no_road";
      board.svg.append(svgElement("rect", { class: "empty", x: 10.5, y: 28.5, width: width - 21, height: 28 }), drawText(width / 2, 47, fill(words(text), { name }), { kind: "quiet" }));
      return board.svg;
    }
    const middle = width / 2;
    if (roadbed !== void 0) {
      const half = roadbed * perMetre / 2;
      board.svg.append(svgElement("path", { class: "roadbed", "data-metres": roadbed, d: `M${hundredths(middle - half)} ${ground2}H${hundredths(middle + half)}l6 9H${hundredths(middle - half - 6)}Z` }));
    }
    board.svg.append(svgElement("path", { class: "ground", d: `M${SECTION.side} ${ground2}H${width - SECTION.side}` }));
    sectionSurface(board, made.parts, middle - total * perMetre / 2, perMetre, side);
    if (redline !== void 0) {
      for (const sign of [-1, 1]) {
        board.svg.append(svgElement("path", { class: "redline", "data-metres": redline, d: `M${hundredths(middle + sign * redline * perMetre / 2)} ${ground2 - 30}V${ground2 + 12}` }));
      }
    }
    board.svg.append(
      drawText(middle, ground2 - 20, rows[0], { kind: made.lanes === void 0 ? "quiet unknown" : "value assumed" }),
      sectionLevel(board, ground2 + 24, middle, perMetre, paving, rows[1], { kind: "carriageway", assumed: !stated, missing: "section.no_carriageway" }),
      sectionLevel(board, ground2 + 41, middle, perMetre, roadbed, rows[2], { kind: "roadbed", missing: "section.no_roadbed" }),
      sectionLevel(board, ground2 + 58, middle, perMetre, redline, rows[3], { kind: "redline", missing: "section.no_redline" })
    );
    return board.svg;
  }
  function sectionsPart(point) {
    const most = Math.max(...SIDES.map((side) => widest(point, side)));
    if (!most) return null;
    const perMetre = Math.min((SECTION.width - 2 * SECTION.side - 16) / most, 14);
    const [a, b] = data.names;
    return drawingFigure(
      words("section.heading"),
      make("div", { class: "sections" }, ...SIDES.map((side) => sectionDrawing(point, side, perMetre))),
      make("figcaption", { text: fill(words("section.caption"), { a, b }) })
    );
  }

  // src/map/sketch.js
  function sketchRoads(into, point, ground2, scale, spot) {
    const { width, height } = SKETCH;
    const reach = Math.hypot(width, height) / scale.perMetre;
    const nearby = boxAround(point, reach);
    const frame = [0, 0, width, height];
    const layer = svgElement("g", { class: "roads" });
    const add = (packed, attributes) => seenRuns(packed, spot, frame, nearby).forEach((run) => layer.append(svgElement("path", { d: pathOf(run), ...attributes })));
    for (const road of existingRoads) add(road, { class: "existing" });
    for (const own of [false, true]) {
      for (const side of SIDES) {
        const chosen = new Set(ground2.card[side]?.roads || []);
        data.roads[side].forEach((road, at) => {
          if (chosen.has(at) !== own) return;
          if (road.w) {
            add(road.c, { class: `surface ${side}${own ? "" : " other"}`, "stroke-width": hundredths(road.w * scale.perMetre), "data-width-m": road.w });
          }
          add(road.c, { class: `axis-line ${side}${own ? "" : " other"}${road.p ? " planned" : ""}` });
        });
      }
    }
    into.append(layer);
    return layer.querySelector(".existing") !== null;
  }
  function sketchGround(board, layer, point, scale, spot) {
    const { width, height } = SKETCH;
    for (const ring of data.strip) layer.append(svgElement("path", { class: "bank", d: `${pathOf(unpacked(ring).line.map(spot))}Z` }));
    const frame = [0, 0, width, height];
    const nearby = boxAround(point, Math.hypot(width, height) / scale.perMetre);
    const named2 = [];
    for (const [kind, areas] of Object.entries(data.ground.areas)) {
      const style = areaStyle(kind);
      const paint = drawHatch(board, kind, style.hatch ? style.line : style.fill, HATCH_ANGLE[style.hatch] ?? 0, { gap: 8, ground: style.fill });
      const near = areas.filter((rings) => isNear(rings[0], nearby)).map((rings) => rings.map((ring) => unpacked(ring).line.map(spot))).map((drawn) => ({ drawn, seen: partSeen(drawn[0], frame) })).filter(({ seen }) => seen.length);
      for (const { drawn } of near) {
        layer.append(svgElement("path", { class: "area", d: drawn.map((ring) => `${pathOf(ring)}Z`).join(""), fill: paint, stroke: style.line, "fill-rule": "evenodd", "data-kind": kind }));
      }
      if (near.length) named2.push({ places: near[0].seen, text: data.ground.kinds[kind][language.now] });
    }
    return named2;
  }
  function sketchBoundary(layer, point, spot, scale) {
    const { width, height } = SKETCH;
    const nearby = boxAround(point, Math.hypot(width, height) / scale.perMetre);
    const runs = data.boundary.flatMap((part) => seenRuns(part, spot, [0, 0, width, height], nearby));
    for (const run of runs) {
      layer.append(svgElement("path", { class: "boundary-rim", d: pathOf(run) }), svgElement("path", { class: "boundary-line", d: pathOf(run) }));
    }
    return runs;
  }
  function boundaryName(runs) {
    const { height, width, bottom } = SKETCH;
    const level = height - bottom - 6;
    for (const run of runs) {
      for (let at = 1; at < run.length; at += 1) {
        const [[x1, y1], [x2, y2]] = [run[at - 1], run[at]];
        if ((y1 - level) * (y2 - level) > 0 || y1 === y2) continue;
        const x = x1 + (x2 - x1) * (level - y1) / (y2 - y1);
        if (x > 10 && x < width - 60) return drawText(x + 7, level + 3, words("sketch.boundary"), { anchor: "start", kind: "quiet" });
      }
    }
    return null;
  }
  function sketchDimensions(point, ground2, scale) {
    const { a, b } = ground2.out;
    const [one, two] = [scale.pixel(a.at), scale.pixel(b.at)];
    const gap = b.at[0] - a.at[0];
    const offset = b.at[1] - a.at[1];
    const parts = [];
    const reach = Math.max(...SIDES.map((side) => widthOf(point, side))) / 2 * scale.perMetre;
    if (Math.abs(gap) >= SHORT_LINK_M) {
      const level = Math.max(Math.min(one[1], two[1]) - reach - 20, SKETCH.top + 12);
      const text = fill(words(gap > 0 ? "sketch.gap" : "sketch.overlap"), { value: sayMetres(Math.abs(point.gap_m ?? gap)) });
      const short = Math.abs(two[0] - one[0]) < textWidth(text) + 14;
      parts.push(
        drawExtension([one[0], one[1]], [one[0], level - 4]),
        drawExtension([two[0], two[1]], [two[0], level - 4]),
        drawDimension([one[0], level], [two[0], level], text, {
          kind: "gap",
          metres: Math.abs(gap),
          at: [(one[0] + two[0]) / 2, level - (short ? 7 : 4)]
        })
      );
    }
    if (Math.abs(offset) >= SHORT_LINK_M) {
      const x = Math.max(one[0], two[0]) + 40;
      const [upper, lower] = [Math.min(one[1], two[1]), Math.max(one[1], two[1])];
      const text = fill(words("sketch.offset"), { value: sayMetres(Math.abs(point.offset_m ?? offset)) });
      const roomy = lower - upper >= 26;
      parts.push(
        drawExtension(one, [x + 6, one[1]]),
        drawExtension(two, [x + 6, two[1]]),
        drawDimension([x, one[1]], [x, two[1]], text, {
          kind: "offset",
          metres: Math.abs(offset),
          anchor: "start",
          at: [x + 7, roomy ? (upper + lower) / 2 + 4 : lower + Math.max(reach, 10) + 12]
        })
      );
    }
    return parts;
  }
  function sketchTurn(point, ground2, scale) {
    const turn = point.deflection_deg ?? 0;
    if (turn < TURN_DEG) return [];
    const { a, b } = ground2.out;
    const from = scale.pixel(a.at);
    const [ahead, onward] = [a.heading, stretched(b.heading, -1)];
    const clockwise = Math.sign(ahead[0] * onward[1] - ahead[1] * onward[0]) || 1;
    const start = Math.atan2(ahead[1], ahead[0]);
    const end = start + clockwise * turn * Math.PI / 180;
    const radius = 92;
    const at = (angle, long) => [from[0] + long * Math.cos(angle), from[1] + long * Math.sin(angle)];
    const [first, last] = [at(start, radius), at(end, radius)];
    const text = sayDegrees(turn);
    const wideEnough = radius * turn * Math.PI / 180 > 22;
    const tips = wideEnough ? [
      drawTip(first[0], first[1], Math.sin(start) * clockwise, -Math.cos(start) * clockwise),
      drawTip(last[0], last[1], -Math.sin(end) * clockwise, Math.cos(end) * clockwise)
    ] : [];
    const label = at((start + end) / 2, radius + 8);
    return [
      drawExtension(from, at(start, radius + 26)),
      drawExtension(from, at(end, radius + 26)),
      svgElement(
        "g",
        { class: "dimension", "data-dimension": "deflection", "data-degrees": hundredths(turn), "data-from": first.map(hundredths).join(","), "data-to": last.map(hundredths).join(","), "data-centre": from.map(hundredths).join(",") },
        svgElement("path", { class: "measure", d: `${pathOf([first])}A${radius} ${radius} 0 ${turn > 180 ? 1 : 0} ${clockwise > 0 ? 1 : 0} ${last.map(hundredths).join(" ")}` }),
        ...tips,
        drawText(label[0], label[1] + 4, text, { anchor: "start", kind: "value" })
      )
    ];
  }
  function sketchBeyond(point, ground2, scale) {
    return ground2.ends.flatMap((side) => {
      const tip = tipBeyond(point, side, ground2);
      if (!tip) return [];
      const text = fill(words("sketch.beyond"), { name: nameOf(side), value: sayMetres(-point[`${side}_to_boundary_m`], 0) });
      const [x, y] = scale.pixel(tip);
      const half = textWidth(text) / 2 + 6;
      const up = y < (SKETCH.top + SKETCH.height) / 2 ? -12 : 20;
      const foot = nearestOn(point, otherSide(side), ground2, tip);
      const apart = foot ? Math.hypot(foot[0] - tip[0], foot[1] - tip[1]) : 0;
      const [one, two] = [tip, foot ?? tip].map(scale.pixel);
      const measure = apart > APART_M ? [drawDimension(one, two, sayMetres(apart), {
        kind: "beyond",
        metres: apart,
        anchor: "end",
        at: [(one[0] + two[0]) / 2 - 8, (one[1] + two[1]) / 2 + 4]
      })] : [];
      return [...measure, drawText(Math.min(Math.max(x, half), SKETCH.width - half), Math.min(Math.max(y + up, SKETCH.top), SKETCH.height - SKETCH.bottom - 8), text, { kind: "value" })];
    });
  }
  function sketchQuestion(ground2, scale) {
    const [side] = ground2.ends;
    const other = otherSide(side);
    const { at, heading } = ground2.out[side];
    const from = scale.pixel(at);
    const edge = heading[0] > 0 ? SKETCH.width - 8 : 8;
    const long = Math.abs(edge - from[0]);
    const far = [from[0] + heading[0] * long, from[1] + heading[1] * long];
    const middle = [from[0] + heading[0] * long * 0.55, from[1] + heading[1] * long * 0.55];
    const text = fill(words("sketch.none"), { name: data.names[SIDES.indexOf(other)] });
    const half = textWidth(text) / 2;
    const x = Math.min(Math.max(middle[0], half + 6), SKETCH.width - half - 6);
    return [drawExtension(from, far), drawText(middle[0], middle[1] + 14, "?", { kind: "question" }), drawText(x, middle[1] + 36, text, { kind: "quiet" })];
  }
  function sketchNames(point) {
    const { width } = SKETCH;
    return SIDES.flatMap((side, at) => {
      const x = at ? width - 12 : 12;
      const label = `${data.names[at]} · ${roadName(point, side)}`;
      const kept = shortened(label, width / 2 - 34);
      return [drawBadge(x, 14, side), svgElement("text", {
        x: at ? x - 13 : x + 13,
        y: 18,
        "text-anchor": at ? "end" : "start",
        class: `who ${side}`,
        text: kept
      })];
    });
  }
  function sketchBadges(ground2, scale) {
    return ground2.ends.map((side) => {
      const { at, heading } = ground2.out[side];
      const from = scale.pixel(at);
      const inward = stretched(heading, -1);
      const long = Math.max((inward[0] < 0 ? from[0] - 22 : SKETCH.width - 22 - from[0]) / Math.max(Math.abs(inward[0]), 0.2), 20);
      const [x, y] = [from[0] + inward[0] * long, from[1] + inward[1] * long];
      return drawBadge(x, Math.min(Math.max(y, SKETCH.top), SKETCH.height - SKETCH.bottom - 10), side);
    });
  }
  function sketchText(point, ground2) {
    const [a, b] = data.names;
    if (ground2.ends.length < 2) {
      const [side] = ground2.ends;
      const own = SIDES.indexOf(side);
      return fill(words("sketch.alone"), { name: data.names[own], other: data.names[1 - own], road: roadName(point, side) });
    }
    const said2 = fill(words("sketch.both"), { a, b, road_a: roadName(point, "a"), road_b: roadName(point, "b") });
    if (point.gap_m === void 0) return said2;
    return `${said2} ${fill(words("sketch.measures"), {
      gap: sayMetres(point.gap_m),
      offset: sayMetres(point.offset_m ?? 0),
      deflection: sayDegrees(point.deflection_deg ?? 0)
    })}`;
  }
  function sketchPart(point) {
    const ground2 = pairGround(point);
    if (!ground2.ends.length) return null;
    const scale = pairScale(point, ground2);
    const metres = metresFrom(point);
    const spot = (degrees) => scale.pixel(ground2.place(metres(degrees)));
    const { width, height, top } = SKETCH;
    const board = newDrawing(width, height, fill(words("sketch.title"), { id: point.id }), sketchText(point, ground2));
    board.svg.setAttribute("data-per-metre", String(Number(scale.perMetre.toFixed(4))));
    const layer = svgElement("g", { "clip-path": clipTo(board, 0, 26, width, height - 26 - 22) });
    board.svg.append(svgElement("rect", { class: "sheet", x: 0.5, y: 0.5, width: width - 1, height: height - 1 }), layer);
    const areas = sketchGround(board, layer, point, scale, spot);
    const existing = sketchRoads(layer, point, ground2, scale, spot);
    const runs = sketchBoundary(layer, point, spot, scale);
    const { proposal } = ground2.card;
    if (proposal && data.proposals[proposal.line]) {
      const line = unpacked(data.proposals[proposal.line]).line.map(spot);
      layer.append(svgElement("path", { class: "proposal-rim", d: pathOf(line) }), svgElement("path", { class: "proposal-line", d: pathOf(line) }));
    }
    const ends2 = ground2.ends.map((side) => ({ side, at: scale.pixel(ground2.out[side].at) }));
    const apart = ends2.length > 1 ? Math.hypot(ends2[0].at[0] - ends2[1].at[0], ends2[0].at[1] - ends2[1].at[1]) : 0;
    if (apart > 1) {
      layer.append(svgElement("path", { class: "link-line", d: pathOf(ends2.map(({ at }) => at)) }));
    }
    board.svg.append(...compact([
      ...ends2.length > 1 ? [...sketchDimensions(point, ground2, scale), ...sketchTurn(point, ground2, scale)] : sketchQuestion(ground2, scale),
      ...sketchBeyond(point, ground2, scale),
      ...areas.map(({ places, text }) => areaName(places, text)),
      boundaryName(runs),
      ...sketchBadges(ground2, scale),
      ...ends2.map(({ side, at: [x, y] }) => svgElement("circle", { class: `end ${side}`, cx: hundredths(x), cy: hundredths(y), r: side === "a" && apart < 8 ? 5.4 : 3.4, "data-end": side })),
      ...sketchNames(point),
      scaleBar(12, height - 10, scale.perMetre, 110),
      northArrow(width - 32, top + 4, northAngle(point, ground2))
    ]));
    return drawingFigure(
      words("sketch.heading"),
      board.svg,
      make("figcaption", { text: [
        fill(words("to_scale"), { a: data.names[0], b: data.names[1] }),
        ground2.ends.every((side) => widthOf(point, side)) ? "" : words("sketch.width_unknown")
      ].join(language.now === "zh" ? "" : " ").trim() }),
      sketchKey(point, ground2, existing)
    );
  }
  function areaName(places, text) {
    const [xs, ys] = [0, 1].map((k) => places.map((place2) => place2[k]));
    const [left2, right, low] = [Math.min(...xs), Math.max(...xs), Math.max(...ys)];
    const half = textWidth(text) / 2 + 6;
    const x = Math.min(Math.max(left2 + (right - left2) * 0.28, half), SKETCH.width - half);
    return drawText(x, Math.min(low - 6, SKETCH.height - SKETCH.bottom - 24), text, { kind: "area-name" });
  }
  function sketchKey(point, ground2, existing) {
    const rows = [];
    if (point.link_m > 1) rows.push(["link-line", "sketch.link"]);
    if (ground2.card.proposal) rows.push(["proposal-line", "sketch.proposal"]);
    if (data.strip.length) rows.push(["bank", "sketch.strip"]);
    if (existing) rows.push(["existing", "sketch.existing"]);
    if (!rows.length) return null;
    return make("ul", { class: "drawing-key" }, ...rows.map(([kind, text]) => make(
      "li",
      {},
      svgElement("svg", { width: 28, height: 10, viewBox: "0 0 28 10", "aria-hidden": "true", class: "drawing" }, svgElement("path", { class: kind, d: "M1 5H27" })),
      make("span", { text: words(text) })
    )));
  }

  // src/map/panel.js
  var DETAILS = "source";
  var OUTCOME_SIGN = { agrees: "✓", differs: "≠", unknown: "?", left_out: "–" };
  var COLUMNS = new Map(data.sideColumns.map((column) => [column.name, column]));
  var GROUPS = { road: [], section: [], time: [], place: [] };
  for (const { name, group: group2 } of data.sideColumns) (GROUPS[group2 ?? DETAILS] ??= []).push(name);
  var numberOf = (label, value, said2) => make(
    "div",
    { "data-number": label },
    make("dt", { text: words(`number.${label}`) }),
    make("dd", { text: value === void 0 ? "—" : said2(value) })
  );
  function cell(point, side, field, missing) {
    const value = point[`${side}_${field}`];
    if (value === void 0) return missing ? "—" : words("not_stated");
    const column = COLUMNS.get(field);
    if (column?.words) return words(`${column.words}.${value}`);
    if (field === "road_class") return words(`rank.${value}`);
    if (field === "class_text") return className(point, side) ?? "";
    if (field === "to_boundary_m") return sayMetres(value);
    if (column?.unit === "m") return sayWidth(value);
    if (column?.unit === "km/h") return saySpeed(value);
    return Array.isArray(value) ? value.join(", ") : String(value);
  }
  function differs(point, field) {
    const [a, b] = SIDES.map((side) => point[`${side}_${field}`]);
    if (a === void 0 || b === void 0 || !COLUMNS.get(field)?.compared) return false;
    if (field === "class_text") return point.a_road_class === void 0 || point.a_road_class !== point.b_road_class ? a !== b : false;
    return a !== b;
  }
  function sideRow(point, field, label, say) {
    const marked = differs(point, field);
    const cells = SIDES.map((side) => {
      const present = Boolean(point[`${side}_fid`]);
      const unknown = present && point[`${side}_${field}`] === void 0;
      return make("td", {
        class: [side, marked ? "differs" : "", unknown ? "unknown" : ""].filter(Boolean).join(" "),
        text: say(side, !present)
      });
    });
    return make("tr", { "data-field": field }, make("th", { scope: "row", text: label }), ...cells);
  }
  function sideRows(point, fields) {
    return fields.filter((field) => SIDES.some((side) => point[`${side}_${field}`] !== void 0)).map((field) => sideRow(point, field, COLUMNS.get(field)?.label[language.now] ?? field, (side, missing) => cell(point, side, field, missing)));
  }
  function sideTable(kind, groups) {
    return make(
      "table",
      { class: kind },
      make("thead", {}, make("tr", {}, make("td"), ...SIDES.map((side) => make("th", { scope: "col", class: side, text: nameOf(side) })))),
      ...groups
    );
  }
  function comparisonPart(point) {
    const groups = Object.keys(GROUPS).filter((group2) => group2 !== DETAILS).map((group2) => [group2, sideRows(point, GROUPS[group2])]).filter(([, rows]) => rows.length).map(([group2, rows]) => make(
      "tbody",
      {},
      make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: "3", text: words(`sides.${group2}`) })),
      ...rows
    ));
    const written = sideRow(point, "class_text", words("sides.written"), (side) => point[`${side}_class_text`] ?? words("not_stated"));
    written.removeAttribute("data-field");
    for (const one of written.querySelectorAll(".differs")) one.classList.remove("differs");
    const source = [...sideRows(point, GROUPS[DETAILS]), ...SIDES.some((side) => point[`${side}_class_text`] !== void 0) ? [written] : []];
    return [sideTable("sides", groups), make(
      "details",
      {},
      make("summary", { text: words("sides.source") }),
      sideTable("sides source", [make("tbody", {}, ...source)])
    )];
  }
  function emphasizedName(name, text) {
    const [before, after] = named(name, "\n").split("\n");
    return [make("b", { text: before }), document.createTextNode(after + text)];
  }
  function leftOutPart() {
    const said2 = sayLeftOut(data.summary.aspects);
    return said2 ? make("p", { class: "left-out", text: said2 }) : null;
  }
  function missingPart(point) {
    const lines = supplyLines(point);
    if (!lines.length && standing(point) !== "waiting") return [];
    return [make("h3", { text: words("missing.heading") }), make(
      "ul",
      { class: "plain missing" },
      ...(lines.length ? lines : [words("missing.none")]).map((text) => make("li", { text }))
    )];
  }
  function aspectsPart(point) {
    if (ASPECTS.every((aspect) => point[aspect] === void 0)) return make("p", { class: "small", text: words("aspects.alone") });
    return make("dl", { class: "aspects", "aria-label": words("aspects.heading") }, ...ASPECTS.filter((aspect) => point[aspect] !== void 0).map((aspect) => make(
      "div",
      { class: point[aspect], "data-aspect": aspect },
      make("dt", { text: words(`aspect.${aspect}`) }),
      make("dd", { text: `${OUTCOME_SIGN[point[aspect]] ?? ""} ${words(`outcome.${point[aspect]}`)}`.trim() })
    )));
  }
  function changesPart(point) {
    const { asks, proposal } = data.cards[point.id];
    const asked = asks?.[language.now] || {};
    const said2 = SIDES.filter((side) => asked[side]).map((side) => make("p", {}, ...emphasizedName(nameOf(side), asked[side] ?? "")));
    if (proposal) {
      const key = proposal.radius_m === void 0 ? "straight" : "curve";
      said2.push(make("p", { text: fill(words(`settle.${key}`), {
        length: sayMetres(proposal.length_m, 0),
        radius: sayMetres(proposal.radius_m ?? 0, 0),
        speed: saySpeed(proposal.speed_kmh ?? 0)
      }) }), make("ul", {}, ...SIDES.filter((side) => proposal[`${side}_cut_m`] !== void 0).map((side) => make("li", {
        text: fill(words("settle.share"), {
          name: nameOf(side),
          cut: sayMetres(proposal[`${side}_cut_m`] ?? 0, 0),
          shift: sayMetres(proposal[`${side}_shift_m`] ?? 0)
        })
      }))));
    }
    return said2.length ? [make("h3", { text: words("settle.heading") }), make("div", { class: "asks" }, ...said2)] : [];
  }
  function crossingsPart(point) {
    const rows = data.cards[point.id].crossed || [];
    if (!rows.length) return point.constraints === void 0 ? [] : [make("h3", { text: words("crossing.heading") }), make("p", { text: words("crossing.none") })];
    return [make("h3", { text: words("crossing.heading") }), make("ul", { class: "plain" }, ...rows.map((row) => make(
      "li",
      { "data-kind": row.kind },
      document.createTextNode(fill(words("crossing.row"), {
        kind: data.kinds[row.kind].name[language.now],
        length: sayMetres(row.length_m, 0),
        area: sayArea(row.area_m2),
        width: sayWidth(row.width_m)
      })),
      make("small", { text: data.kinds[row.kind].text[language.now] })
    )))];
  }
  function alternativesPart(point) {
    if (!point.alternatives) return [];
    return [make("h3", { text: words("other.heading") }), make("ul", { class: "plain" }, ...point.alternatives.map((one) => make("li", { text: fill(words("other.row"), {
      name: nameOf(one.side),
      fid: one.fid,
      gap: sayMetres(one.gap_m),
      offset: sayMetres(one.offset_m),
      deflection: sayDegrees(one.deflection_deg)
    }) })))];
  }
  function urgencyPart(point) {
    if (!point.priority) return [];
    const parts = terms.priorityParts.map((part) => [part, point[`priority_${part}`] ?? 0]);
    const most = Math.max(...parts.map(([, value]) => value), 1);
    return [
      make("h3", { text: fill(words("urgency.heading"), { value: sayNumber(point.priority ?? 0, 1) }) }),
      make("dl", { class: "bars parts" }, ...parts.map(([part, value]) => {
        const bar = make("i");
        bar.style.width = `${Math.round(100 * value / most)}%`;
        return make(
          "div",
          { class: "bar-row", "data-part": part },
          make("dt", { text: words(`part.${part}`) }),
          make("dd", {}, make("span", { class: "length-bar", "aria-hidden": "true" }, bar), make("span", { text: sayNumber(value, 1) }))
        );
      }))
    ];
  }
  function historyPart(point) {
    const rows = [
      ["first_seen", point.first_seen && dayInWords(point.first_seen)],
      ["change", point.change && words(`change.${point.change}`)],
      ["decision", point.decision && words(`decision_word.${point.decision}`)]
    ].filter(([, value]) => value);
    if (!point.first_seen && !point.decision && (point.change ?? "new") === "new") return [];
    return [make("h3", { text: words("history.heading") }), make("dl", { class: "past" }, ...rows.map(([key, value]) => make(
      "div",
      {},
      make("dt", { text: words(`history.${key}`) }),
      make("dd", { text: value })
    )))];
  }
  function aboutDataPart() {
    const faults = data.whole.filter((finding) => finding.rule.startsWith("I")).map((finding) => finding[language.now]);
    const said2 = [...faults, ...data.caveats[language.now]];
    return [
      make(
        "details",
        { class: "about", open: faults.length > 0 },
        make("summary", { text: words("data.heading") }),
        make("ul", { class: "plain" }, ...said2.map((text) => make("li", { text })))
      ),
      data.attribution ? make("p", { class: "small attribution", text: fill(words("data.network"), { name: data.attribution }) }) : null
    ];
  }
  function stepper(sign, key, step) {
    return make("button", {
      type: "button",
      class: "step",
      text: sign,
      title: words(key),
      "aria-label": words(key),
      "data-step": String(step),
      on: { click: () => {
        go(step);
        find(`[data-step="${step}"]`)?.focus();
      } }
    });
  }
  function position(point) {
    const at = state.shown.indexOf(point);
    return at < 0 ? "" : fill(words("place"), { at: at + 1, all: state.shown.length });
  }
  function drawCard(card, point) {
    const spoken = point.findings.filter((finding) => finding.severity !== "unknown");
    const unknown = point.findings.filter((finding) => finding.severity === "unknown");
    card.replaceChildren(...compact([
      make(
        "div",
        { class: "steps" },
        make("button", { type: "button", class: "back", text: words("back"), on: { click: leave } }),
        stepper("↑", "previous", -1),
        make("span", { text: position(point) }),
        stepper("↓", "next", 1),
        minutesJump()
      ),
      make("h2", { text: headline(point) }),
      make(
        "ul",
        { class: "tags" },
        make("li", { class: `verdict ${point.verdict}`, text: words(`verdict.${point.verdict}`) }),
        standing(point) === "waiting" ? null : make("li", { text: words(`severity.${point.severity}`) }),
        make("li", { class: "state", text: fill(words("state_tag"), { state: words(`state.${point.state}`) }) }),
        make("li", {}, make("a", { href: anchorOf(point.id), text: point.id, title: words("link_here") })),
        make("li", { text: km(point) }),
        make("li", { text: fill(words("confidence"), { value: Math.round(100 * (point.confidence || 0)) }) })
      ),
      leftOutPart(),
      ...missingPart(point),
      sketchPart(point),
      make(
        "dl",
        { class: "numbers" },
        numberOf("gap", point.gap_m, sayMetres),
        numberOf("offset", point.offset_m, sayMetres),
        numberOf("deflection", point.deflection_deg, sayDegrees),
        numberOf("link", point.link_m, sayMetres)
      ),
      aspectsPart(point),
      spoken.length ? findingList(spoken) : null,
      sectionsPart(point),
      make("h3", { text: words("compare") }),
      ...comparisonPart(point),
      unknown.length ? make("h3", { text: words("unknown_here") }) : null,
      unknown.length ? findingList(unknown) : null,
      costsPart(point),
      ...crossingsPart(point),
      ...changesPart(point),
      ...alternativesPart(point),
      ...urgencyPart(point),
      ...historyPart(point),
      ...aboutDataPart(),
      minutesSection(point)
    ]));
  }
  function drawPanel() {
    const panel = element("panel");
    const card = element("card");
    panel.setAttribute("aria-label", words("panel"));
    element("all").hidden = state.open;
    if (state.open) drawCard(card, known(byId.get(state.chosen ?? "")));
    else card.replaceChildren();
    panel.scrollTop = 0;
  }

  // src/map/picture.js
  var PICTURE = { wide: 930, lowest: 330, highest: 500, edge: 40 };
  var NAME = { apart: 95, rows: 16, columns: 26, most: 400, longest: 18 };
  var LABEL = { wide: 22, high: 20 };
  function paperScale() {
    const line = data.boundary.flatMap(unpack);
    const places = line.length ? line : data.points.map((point) => point.at);
    const range = (k) => places.reduce(([low, high2], place2) => [Math.min(low, place2[k]), Math.max(high2, place2[k])], [Infinity, -Infinity]);
    const [[south, north], [west, east]] = [range(0), range(1)];
    const shrink = Math.cos((south + north) / 2 * Math.PI / 180);
    const { wide, lowest, highest, edge } = PICTURE;
    const ideal = (wide - 2 * edge) * Math.max(north - south, 1e-6) / Math.max((east - west) * shrink, 1e-6) + 2 * edge;
    const high = Math.min(highest, Math.max(lowest, Math.round(ideal)));
    const scale = Math.min((wide - 2 * edge) / Math.max((east - west) * shrink, 1e-6), (high - 2 * edge) / Math.max(north - south, 1e-6));
    return {
      place: ([lat, lon]) => [wide / 2 + (lon - (west + east) / 2) * shrink * scale, high / 2 - (lat - (south + north) / 2) * scale],
      metre: scale / 111320,
      high
    };
  }
  function traced(lines, place2) {
    const parts = [];
    for (const line of lines) {
      let [lastX, lastY] = [NaN, NaN];
      let path = "";
      for (const at of unpack(line)) {
        const [x, y] = place2(at).map((value) => Math.round(value * 2) / 2);
        if (x === lastX && y === lastY) continue;
        path += `${path ? "L" : "M"}${x} ${y}`;
        [lastX, lastY] = [x, y];
      }
      if (path.includes("L")) parts.push(path);
    }
    return parts.join("");
  }
  function paperGround(place2) {
    const water = (ground.areas.water || []).map((rings) => `${traced(rings, place2)}`).filter(Boolean).join("");
    const roads = traced(existingRoads, place2);
    return [
      water ? svgElement("path", { class: "paper-water", d: water, fill: "#d5e4ee", stroke: "#8fb0c6", "stroke-width": 1 }) : null,
      roads ? svgElement("path", { class: "paper-roads", d: roads, fill: "none", stroke: "#b4b9bd", "stroke-width": 1.2 }) : null
    ].filter(Boolean);
  }
  function paperRoads(place2) {
    const lines = [];
    for (const side of SIDES) {
      for (const heavy of [false, true]) {
        for (const planned of [0, 1]) {
          const chosen = data.roads[side].filter((road) => road.p === planned && road.k >= 4 === heavy);
          const path = traced(chosen.map((road) => road.c), place2);
          if (path) lines.push(svgElement("path", { d: path, stroke: SIDE_COLOUR[side], "stroke-width": heavy ? 3 : 1.5, "stroke-dasharray": planned ? "9 5" : null, fill: "none" }));
        }
      }
    }
    return lines;
  }
  function numberPlace([x, y], taken) {
    const choices = [[16, -8], [16, 22], [-16 - LABEL.wide, -8], [-16 - LABEL.wide, 22], [-8, -20], [-8, 36], [34, 8], [-56, 8]];
    const overlap = ([dx2, dy2]) => taken.reduce((sum, [tx, ty]) => sum + Math.max(0, LABEL.wide - Math.abs(x + dx2 - tx)) * Math.max(0, LABEL.high - Math.abs(y + dy2 - ty)), 0);
    const [dx, dy] = choices.reduce((best, one) => overlap(one) < overlap(best) ? one : best);
    return [x + dx, y + dy];
  }
  function paperPoints(points, place2) {
    const numbers = new Map(points.map((point, i) => [point.id, i + 1]));
    const order = [...data.points].sort((one, two) => Number(numbers.has(one.id)) - Number(numbers.has(two.id)));
    const taken = order.filter((point) => numbers.has(point.id)).map((point) => place2(point.at)).map(([x, y]) => [x - 11, y + 8]);
    return order.flatMap((point) => {
      const at = place2(point.at);
      const size = numbers.has(point.id) ? 26 : 15;
      const shape = symbol(point.verdict, point.severity === "severe", size);
      shape.setAttribute("x", String(at[0] - size / 2));
      shape.setAttribute("y", String(at[1] - size / 2));
      if (!numbers.has(point.id)) return [shape];
      const [x, y] = numberPlace(at, taken);
      taken.push([x, y]);
      return [shape, svgElement("text", { x, y, class: "paper-number", text: String(numbers.get(point.id)) })];
    });
  }
  var briefName = (text) => text.length > NAME.longest ? `${text.slice(0, NAME.longest - 1)}…` : text;
  function paperNames(place2, high) {
    const sampled = SIDES.map((side) => {
      const all = data.roads[side].flatMap((road) => unpack(road.c)).map(place2);
      return all.filter((_, i) => i % Math.ceil(all.length / NAME.most) === 0);
    });
    const line = data.boundary.flatMap(unpack).map(place2);
    const nearest = (places, x, y) => Math.sqrt(places.reduce((least, [px, py]) => Math.min(least, (px - x) ** 2 / 2 + (py - y) ** 2 * 2), 1e9));
    return SIDES.flatMap((side, own) => {
      let best = null;
      for (let i = 2; i < NAME.columns - 1; i += 1) {
        for (let j = 1; j < NAME.rows - 1; j += 1) {
          const [x, y] = [PICTURE.wide * i / NAME.columns, high * j / NAME.rows];
          const [mine, others] = [nearest(sampled[own], x, y), nearest(sampled[1 - own], x, y)];
          const free2 = Math.min(mine, nearest(line, x, y));
          if (mine >= others) continue;
          const score = Math.min(free2, NAME.apart) - Math.max(0, mine - NAME.apart) / 2;
          if (!best || score > best.score) best = { score, x, y };
        }
      }
      return best ? [svgElement("text", { x: best.x, y: best.y, class: "paper-name", fill: SIDE_COLOUR[side], text: briefName(data.names[own]) })] : [];
    });
  }
  function paperRuler(metre, high) {
    const least = 90 / metre;
    const power = 10 ** Math.floor(Math.log10(least));
    const length = known([1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least));
    const [x, y] = [24, high - 20];
    return [
      svgElement("path", { d: `M${x} ${y - 8}V${y}H${x + length * metre}V${y - 8}`, stroke: "#111", "stroke-width": 2, fill: "none" }),
      svgElement("text", { x: x + length * metre + 8, y, class: "paper-small", text: length >= 1e3 ? `${length / 1e3} km` : `${length} m` }),
      svgElement("text", { x: PICTURE.wide - 24, y: 32, class: "paper-small", "text-anchor": "end", text: `▲ ${words("sketch.north")}` })
    ];
  }
  function pictureOf(points) {
    const { place: place2, metre, high } = paperScale();
    const plain2 = (lines, attributes) => svgElement("path", { d: traced(lines, place2), fill: "none", ...attributes });
    return svgElement(
      "svg",
      { class: "picture", viewBox: `0 0 ${PICTURE.wide} ${high}`, role: "img", "aria-label": words("sheet.map") },
      ...paperGround(place2),
      ...paperRoads(place2),
      plain2(data.boundary, { stroke: "#fff", "stroke-width": 6 }),
      plain2(data.boundary, { stroke: "#111", "stroke-width": 2.6, "stroke-dasharray": "14 5 2 5" }),
      ...paperNames(place2, high),
      ...paperPoints(points, place2),
      ...paperRuler(metre, high)
    );
  }
  function pictureKey() {
    const line = (colour, dash, width, label) => make("span", {}, lineKey(colour, dash, width), document.createTextNode(label));
    return make(
      "p",
      { class: "picture-key" },
      ...VERDICTS.map((verdict) => make("span", {}, symbol(verdict, false, 13), document.createTextNode(words(`verdict.${verdict}`)))),
      ...SIDES.map((side, i) => line(SIDE_COLOUR[side], "", 3, fill(words("plan_of"), { name: data.names[i] }))),
      line("#111", "7 2 1 2", 2.4, words("sheet.line")),
      line("#555", "5 4", 2.4, words("sheet.planned")),
      existingRoads.length ? line("#b4b9bd", "", 2, words("network_roads")) : null,
      make("span", { text: words("sheet.other_points") })
    );
  }

  // src/map/sheets.js
  var FITS = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58];
  var FITS_OVERVIEW = FITS.slice(0, 5);
  function sheet(kind, label, ...content) {
    const parts = [label, fill(words("sheet.run"), { date: sayDate(new Date(data.time)) }), data.attribution, data.note];
    return make(
      "article",
      { class: `leaf ${kind}` },
      make("div", { class: "leaf-body" }, ...content.filter(Boolean)),
      make("footer", {}, make("span", { text: parts.filter(Boolean).join(" · ") }), make("b", { class: "leaf-page" }))
    );
  }
  function overviewFigures() {
    const { summary } = data;
    const figure = (label, value, note2 = "") => make("div", {}, make("dt", { text: label }), make("dd", {}, make("b", { text: value }), note2 ? make("span", { text: note2 }) : ""));
    const count = (verdict) => data.points.filter((point) => point.verdict === verdict).length;
    const { open, decided, waiting } = countStandings(data.points, terms);
    return make(
      "dl",
      { class: "figures" },
      figure(words("sheet.rate"), sayRate(summary.docking_rate), fill(words("sheet.aligned"), { aligned: summary.aligned, all: summary.docking_points })),
      figure(words("sheet.through"), percent(summary.through_rate)),
      figure(words("sheet.open"), String(open)),
      decided ? figure(words("sheet.decided"), String(decided)) : "",
      figure(words("sheet.waiting"), String(waiting)),
      ...VERDICTS.map((verdict) => figure(words(`verdict.${verdict}`), String(count(verdict)))),
      figure(words("sheet.noted"), String(notedPoints().length))
    );
  }
  function tableHead() {
    const heads = ["number", "id", "km", "a", "b", "verdict", "worst", "decision", "page"];
    const said2 = { id: words("sheet.id"), a: data.names[0], b: data.names[1], verdict: words("sheet.verdict"), decision: words("minutes.decision"), page: words("sheet.to_page") };
    return make("thead", {}, make("tr", {}, ...heads.map((key) => make("th", { scope: "col", text: said2[key] ?? words(`sheet.${key}`) }))));
  }
  function overviewTable({ points, filtered: filtered2 }) {
    if (!points.length) return make("p", { text: words(filtered2 ? "none_shown" : "sheet.none") });
    return make(
      "table",
      { class: "listed" },
      tableHead(),
      make("tbody", {}, ...points.map((point, i) => {
        const decision = minutesOf(point.id)?.decision;
        return make(
          "tr",
          {},
          make("td", { text: String(i + 1) }),
          make("td", { class: "id", text: point.id }),
          make("td", { text: (point.chainage_m / 1e3).toFixed(2) }),
          ...SIDES.map((side) => make("td", { text: roadName(point, side) })),
          make("td", { text: words(`verdict.${point.verdict}`) }),
          make("td", { text: brief(point) }),
          make("td", { text: decision ? words(`decision_word.${decision}`) : "" }),
          make("td", { class: "to-page", "data-to": point.id })
        );
      }))
    );
  }
  function overviewSheet(plan) {
    const { points, filtered: filtered2 } = plan;
    const leftOut = sayLeftOut(data.summary.aspects);
    return sheet(
      "overview-leaf",
      words("sheet.overview"),
      make("h1", { text: fill(words("title"), { a: data.names[0], b: data.names[1] }) }),
      make("p", { class: "sub", text: `${fill(words("subtitle"), { boundary: data.boundaryName, time: sayDate(new Date(data.time)), version: data.run ? `${data.version} · ${data.run}` : data.version })} · ${fill(words("sheet.printed"), { date: sayDate(/* @__PURE__ */ new Date()) })}` }),
      leftOut ? make("p", { class: "left-out", text: leftOut }) : null,
      data.note ? make("p", { class: "map-note", text: data.note }) : null,
      overviewFigures(),
      pictureOf(points),
      pictureKey(),
      make("h2", { text: fill(words(filtered2 ? "sheet.listed_shown" : "sheet.listed_open"), { count: points.length }) }),
      overviewTable(plan)
    );
  }
  function figuresSheet() {
    const { waiting_points: waiting, aligned, docking_points: all, interfaces } = data.summary;
    const asked = requests.map((one) => make("li", { text: sayRequest(one) }));
    if (unanswerable) asked.push(make("li", { text: fill(words("requests.none"), { count: unanswerable }) }));
    return sheet(
      "figures-leaf",
      words("sheet.figures"),
      make("h1", { text: words("sheet.figures") }),
      make("h2", { text: fill(words("rates.summary"), { aligned, all }) }),
      ...ratesTables(),
      make("p", { class: "small", text: words("rate_means") }),
      ...interfaces.length ? [make("h2", { text: words("interfaces.summary") }), ...interfaceTable()] : [],
      ...waiting ? [make("h2", { text: fill(words("requests.summary"), { count: waiting }) }), make("ul", { class: "requests" }, ...asked)] : []
    );
  }
  function pointSheet(point) {
    const card = make("div", { class: "sheet-card" });
    drawCard(card, point);
    for (const part of card.querySelectorAll("details")) part.open = true;
    const made = sheet("point-leaf", `${point.id} · ${km(point)}`, card);
    made.dataset.point = point.id;
    return made;
  }
  function fits(one) {
    const body = (
      /** @type {HTMLElement} */
      one.querySelector(".leaf-body")
    );
    const zooms = one.matches(".spread") ? FITS_OVERVIEW.slice(-1) : one.matches(".overview-leaf") ? FITS_OVERVIEW : FITS;
    return zooms.some((zoom) => {
      body.style.zoom = String(zoom);
      return body.scrollHeight <= body.clientHeight + 1;
    });
  }
  function spread(first) {
    const made = [first];
    while (!fits(made[made.length - 1])) {
      const from = made[made.length - 1];
      const rows = [...from.querySelectorAll("tbody tr")];
      const end = known(from.querySelector(".leaf-body")).getBoundingClientRect().bottom;
      const room2 = rows.findIndex((row) => row.getBoundingClientRect().bottom > end);
      const kept = Math.max(room2, made.length > 1 ? 1 : 0);
      if (room2 < 0 || kept >= rows.length) break;
      const next = sheet("overview-leaf spread", words("sheet.overview"), make("table", { class: "listed" }, tableHead(), make("tbody", {}, ...rows.slice(kept))));
      from.after(next);
      made.push(next);
      from.classList.add("spread");
      if (!kept) from.querySelector("table")?.remove();
    }
    return made;
  }
  function lengthOf(one) {
    if (fits(one)) return 1;
    one.classList.add("long");
    return Math.ceil(one.getBoundingClientRect().height / element("sheet-height").getBoundingClientRect().height);
  }
  function numberSheets(made) {
    const lengths = made.map(lengthOf);
    const pages = lengths.reduce((all, one) => all + one, 0);
    let page = 1;
    made.forEach((one, i) => {
      const last = page + lengths[i] - 1;
      known(one.querySelector(".leaf-page")).textContent = fill(words("sheet.page"), { page: lengths[i] > 1 ? `${page}–${last}` : page, pages });
      const cell2 = find(`#sheets [data-to="${CSS.escape(one.dataset.point ?? "")}"]`);
      if (cell2) cell2.textContent = String(page);
      page = last + 1;
    });
  }
  function makeSheets() {
    const holder = element("sheets");
    const plan = printing.asked || printPlan();
    state.printing = true;
    try {
      const figures = data.points.length && !plan.filtered ? [figuresSheet()] : [];
      const made = [...plan.alone ? [] : [overviewSheet(plan), ...figures], ...plan.points.map(pointSheet)];
      holder.replaceChildren(make("div", { id: "sheet-height" }), ...made);
      holder.className = "measured";
      numberSheets(plan.alone ? made : [...spread(made[0]), ...made.slice(1)]);
      element("sheet-height").remove();
      holder.className = "";
    } finally {
      state.printing = false;
    }
  }
  function watchPrinting() {
    addEventListener("beforeprint", makeSheets);
    addEventListener("afterprint", () => {
      printing.asked = null;
      element("sheets").replaceChildren();
    });
  }

  // src/map/start.js
  function setLanguage(lang) {
    const spoken = focusedElement()?.lang;
    language.now = lang;
    document.documentElement.lang = lang;
    drawBar(setLanguage);
    drawLegend();
    drawSources();
    drawOverview();
    drawFilters();
    forgetEntries();
    apply();
    drawPanel();
    renamePoints();
    renameExtras();
    leafletMap.getContainer().setAttribute("aria-label", words("map"));
    if (spoken) find(`#languages [lang="${spoken}"]`)?.focus();
  }
  filtered.hear(() => {
    showPoints(state.shown);
    drawCounts();
    startList();
    drawStrip();
    drawMinutesBar();
  });
  opened.hear(drawPanel);
  left.hear(returnTo);
  minutesSaid.hear(drawMinutesBar);
  minutesKept.hear(drawMarks);
  watchMinutes();
  watchPrinting();
  leafletMap.setMaxZoom(20);
  drawTiles();
  makeMarkers({ choose, hint });
  setLanguage(language.now);
  leafletMap.invalidateSize({ animate: false });
  var room = innerWidth > 1e3 ? element("legend").offsetWidth + 30 : 40;
  leafletMap.fitBounds(L.latLngBounds(data.boundary.flatMap(unpack)), { paddingTopLeft: [room, 40], paddingBottomRight: [50, 40], animate: false });
  drawGround();
  drawRoads("a");
  drawRoads("b");
  drawBoundary();
  drawEnds();
  drawExtras();
  for (const key of [...GROUND, "names", "a", "b", "boundary", "proposals", "extras", "points"]) if (!state.hidden.has(key)) show(key, true);
  chosenLayer.addTo(leafletMap);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(leafletMap);
  addNorth();
  drawNames();
  leafletMap.on("moveend", drawNames);
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  element("reset").addEventListener("click", () => {
    reset();
    element("search").focus();
  });
  document.addEventListener("keydown", onKey);
  addEventListener("resize", drawStrip);
  addEventListener("hashchange", () => {
    if (byId.has(anchored())) choose(anchored());
    else if (state.open) leave();
  });
  choose(anchored(), { focus: false });
  document.documentElement.dataset.ready = "yes";
})();
