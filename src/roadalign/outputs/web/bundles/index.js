"use strict";
(() => {
  // src/shared/dom.js
  function element(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`no element ${id}`);
    return found;
  }
  var find = (selector) => document.querySelector(selector);
  var findAll = (selector) => [...document.querySelectorAll(selector)].map((one) => (
    /** @type {HTMLElement} */
    one
  ));
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

  // src/index/data.js
  var data = payload;

  // src/shared/known.js
  function known(value) {
    if (value === null || value === void 0) throw new Error("a value is missing");
    return value;
  }

  // src/shared/numbers.js
  var percent = (rate) => rate === null || rate === void 0 ? "—" : `${Math.round(100 * rate)}%`;

  // src/shared/text.js
  var lookup = (table, key) => Object.hasOwn(table ?? {}, key) ? table[key] : void 0;
  var wordOf = (catalogue, key) => key.split(".").reduce(lookup, catalogue) ?? key.slice(key.indexOf(".") + 1);
  var fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => lookup(values, name));
  var anchorOf = (id) => `#${encodeURIComponent(id)}`;
  var plain = (text) => text.normalize("NFKC").toLowerCase();

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

  // src/index/state.js
  var anything = () => ({ text: "", pair: "", verdict: "", severity: "" });
  var state = { most: 50, sort: "rate", down: false, filter: anything(), pairs: [], points: [] };
  var rateOf = (pair) => pair.summary ? pair.summary.docking_rate.low : null;
  var saidRate = (pair) => pair.summary ? sayRate(pair.summary.docking_rate) : "—";
  var open = (pair) => known(pair.summary).open_points;
  var waiting = (pair) => known(pair.summary).waiting_points;
  var linkOf = (point) => `${data.pairs[point.pair].map}${anchorOf(point.id)}`;
  var saidOf = (point) => point.said[language.now] || point.id;

  // src/index/bands.js
  var BANDS = [
    { below: 0.5, colour: "#a3122a", weight: 7 },
    { below: 0.7, colour: "#d5580c", weight: 6 },
    { below: 0.85, colour: "#c99700", weight: 5 },
    { below: 0.95, colour: "#4a98a8", weight: 4.2 },
    { below: Infinity, colour: "#0a6150", weight: 3.4 }
  ];
  var NO_RATE = { colour: "#6b7680", weight: 3 };
  var bandOf = (rate) => rate === null || rate === void 0 ? NO_RATE : known(BANDS.find((band) => rate < known(band.below)));
  function bandRow(band, from) {
    const key = make("span", { class: "band", "aria-hidden": "true" });
    key.style.background = band.colour;
    key.style.height = `${band.weight}px`;
    const values = { from: Math.round(100 * from), to: Math.round(100 * (band.below ?? 0)) };
    const said = band === NO_RATE ? words("no_rate") : fill(words(band.below === Infinity ? "band_last" : "band"), values);
    const count = data.pairs.filter((pair) => pair.summary && bandOf(rateOf(pair)) === band).length;
    return make("li", {}, key, make("span", { text: said }), make("span", { class: "count", text: String(count) }));
  }
  function drawLegend() {
    const rows = BANDS.map((band, i) => bandRow(band, i ? BANDS[i - 1].below : 0));
    const none = data.pairs.some((pair) => pair.summary && rateOf(pair) === null) ? [bandRow(NO_RATE, 0)] : [];
    element("legend").replaceChildren(
      make("h2", { id: "legend-title", text: words("legend") }),
      make("ul", {}, ...rows, ...none),
      make("p", { class: "small", text: words("legend_hint") })
    );
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

  // src/index/events.js
  var filtered = signal();
  var pairChosen = signal();

  // src/shared/terms.js
  var terms = payload.terms;
  var { verdicts: VERDICTS, severities: SEVERITIES, ranks: RANKS, states: STATES, aspects: ASPECTS } = terms;

  // src/index/filter.js
  var ANY_OPEN = "open";
  var pairWords = data.pairs.map((pair) => plain([pair.name, ...pair.names || [], pair.boundary].filter(Boolean).join("\n")));
  var pointWords = data.points.map((point) => plain([point.id, point.rules, ...point.roads, point.said.en, point.said.zh].filter(Boolean).join("\n")));
  var asked = () => plain(state.filter.text).split(/\s+/).filter(Boolean);
  function pointsShown() {
    const { pair, verdict, severity } = state.filter;
    const wanted = asked();
    return data.points.filter((point, i) => (pair === "" || point.pair === Number(pair)) && (verdict === "" || (verdict === ANY_OPEN ? terms.open.includes(point.verdict) : point.verdict === verdict)) && (severity === "" || point.severity === severity) && wanted.every((word) => pointWords[i].includes(word) || pairWords[point.pair].includes(word)));
  }
  function pairsShown(points) {
    const { pair, verdict, severity } = state.filter;
    const left = new Set(points.map((point) => point.pair));
    const wanted = asked();
    return data.pairs.map((one, number) => ({ pair: one, number })).filter(({ number }) => (pair === "" || number === Number(pair)) && (left.has(number) || verdict === "" && severity === "" && wanted.every((word) => pairWords[number].includes(word))));
  }
  var FIELDS = ["text", "pair", "verdict", "severity"];
  function apply() {
    state.points = pointsShown();
    state.pairs = pairsShown(state.points);
    for (const key of FIELDS) element(`filter-${key}`).value = state.filter[key];
    const done = state.pairs.filter(({ pair }) => pair.summary).length;
    element("shown").textContent = fill(words("shown"), {
      pairs: done,
      all_pairs: data.pairs.filter((pair) => pair.summary).length,
      points: state.points.length,
      all_points: data.points.length
    });
    element("reset").hidden = Object.values(state.filter).every((value) => value === "");
    filtered.tell();
  }
  function choosePair(number) {
    state.filter.pair = number;
    state.most = 50;
    apply();
    pairChosen.tell();
  }

  // src/index/filter_form.js
  function chooser(key, options) {
    const select = make("select", {
      id: `filter-${key}`,
      on: { change: () => {
        if (key === "pair") choosePair(select.value);
        else {
          state.filter[key] = select.value;
          state.most = 50;
          apply();
        }
      } }
    }, make("option", { value: "", text: words("any") }), ...options.map(([value, text]) => make("option", { value, text })));
    return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
  }
  function drawFilters() {
    const search = make("input", {
      type: "search",
      id: "filter-text",
      placeholder: words("search_hint"),
      autocomplete: "off",
      spellcheck: "false",
      on: { input: () => {
        state.filter.text = search.value;
        state.most = 50;
        apply();
      } }
    });
    const form = element("filters");
    form.setAttribute("aria-label", words("filter.text"));
    form.replaceChildren(
      make("label", {}, make("span", { text: words("filter.text") }), search),
      chooser("pair", data.pairs.map((pair, number) => (
        /** @type {[string, string]} */
        [String(number), pair.name]
      ))),
      chooser("verdict", [[ANY_OPEN, words("any_open")], ...VERDICTS.map((verdict) => (
        /** @type {[string, string]} */
        [verdict, words(`verdict.${verdict}`)]
      ))]),
      chooser("severity", SEVERITIES.map((severity) => (
        /** @type {[string, string]} */
        [severity, words(`severity.${severity}`)]
      )))
    );
    element("reset").textContent = words("reset");
  }

  // src/shared/symbols.js
  var SVG = "http://www.w3.org/2000/svg";
  var COLOUR = { aligned: "#009e73", mismatched: "#e69f00", missing: "#d55e00", ambiguous: "#cc79a7", undetermined: "#8c8c8c" };
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
  function symbol(verdict, severe2, size) {
    const [shape, form] = lookup(SHAPES, verdict) ?? SHAPES.ambiguous;
    const rim = severe2 ? { stroke: "#111", "stroke-width": 2.6 } : { stroke: "#fff", "stroke-width": 1.8 };
    return picture(
      size,
      size,
      { viewBox: "0 0 24 24" },
      svgElement("g", { fill: lookup(COLOUR, verdict) ?? "#6b7680", ...rim, "stroke-linejoin": "round" }, svgElement(shape, form))
    );
  }

  // src/index/overview.js
  var DOT = 6;
  var overview = L.map("map", { zoomSnap: 0.25, attributionControl: false, preferCanvas: true });
  var canvas = L.canvas({ padding: 0.3, tolerance: 6 });
  var lineLayer = L.layerGroup().addTo(overview);
  var dotLayer = L.layerGroup().addTo(overview);
  var pointLayer = L.layerGroup().addTo(overview);
  var drawn = /* @__PURE__ */ new Map();
  function drawLines() {
    const ordered = data.pairs.map((pair, number) => ({ pair, number })).filter((one) => one.pair.lines.length).sort((one, two) => (rateOf(two.pair) ?? 2) - (rateOf(one.pair) ?? 2));
    for (const { pair, number } of ordered) {
      const band = bandOf(rateOf(pair));
      L.polyline(pair.lines, { renderer: canvas, color: "#fff", weight: band.weight + 4, opacity: 0.95, interactive: false }).addTo(lineLayer);
      const line = L.polyline(pair.lines, { renderer: canvas, color: band.colour, weight: band.weight });
      const dot = L.circleMarker(line.getBounds().getCenter(), {
        renderer: canvas,
        radius: DOT,
        color: "#fff",
        weight: 1.5,
        fillColor: band.colour,
        fillOpacity: 1
      });
      for (const shape of [line, dot]) {
        shape.bindTooltip(() => make("span", { text: `${pair.name} · ${saidRate(pair)}` }), { sticky: true });
        shape.on("click", () => choosePair(state.filter.pair === String(number) ? "" : String(number)));
      }
      line.addTo(lineLayer);
      drawn.set(number, { line, band, dot });
    }
  }
  function drawDots() {
    dotLayer.clearLayers();
    for (const { line, dot } of drawn.values()) {
      const box = line.getBounds();
      const [one, two] = [box.getSouthWest(), box.getNorthEast()].map((corner) => overview.latLngToLayerPoint(corner));
      if (one.distanceTo(two) < 3 * DOT) dot.addTo(dotLayer);
    }
  }
  function drawMap() {
    const chosen = state.filter.pair;
    const shown = new Set(state.pairs.map((one) => one.number));
    for (const [number, { line, band, dot }] of drawn) {
      dot.setStyle({ opacity: shown.has(number) ? 1 : 0.25, fillOpacity: shown.has(number) ? 1 : 0.25 });
      line.setStyle({ opacity: shown.has(number) ? 1 : 0.25, weight: band.weight + (chosen === String(number) ? 3 : 0) });
    }
    pointLayer.clearLayers();
    if (chosen === "") return;
    for (const point of [...state.points].reverse()) {
      const dot = L.circleMarker([point.lat, point.lon], {
        renderer: canvas,
        radius: point.verdict === "aligned" ? 4 : 6,
        color: point.severity === "severe" ? "#111" : "#fff",
        weight: 1.5,
        fillColor: lookup(COLOUR, point.verdict) ?? NO_RATE.colour,
        fillOpacity: 1
      });
      dot.bindTooltip(() => make("span", { text: saidOf(point) }), { direction: "top" });
      dot.on("click", () => {
        location.href = linkOf(point);
      });
      dot.addTo(pointLayer);
    }
  }
  function fitMap() {
    const chosen = data.pairs[Number(state.filter.pair)];
    const lines = state.filter.pair !== "" && chosen.lines.length ? [chosen.lines] : data.pairs.map((pair) => pair.lines);
    const places = lines.flat(2);
    if (places.length) overview.fitBounds(L.latLngBounds(places), { padding: [30, 30], animate: false });
    else overview.setView([0, 0], 2, { animate: false });
  }

  // src/shared/collators.js
  var collators = { en: new Intl.Collator("en", { numeric: true }), zh: new Intl.Collator("zh", { numeric: true }) };

  // src/shared/standing.js
  var STANDINGS = ["open", "decided", "waiting", "aligned"];
  function standingOf({ verdict, decision }, terms2) {
    if (verdict === "aligned") return "aligned";
    if (!terms2.open.includes(verdict)) return "waiting";
    return terms2.decided.includes(decision ?? "") ? "decided" : "open";
  }

  // src/index/tables.js
  var CLASSES = RANKS.filter((rank) => data.summary.by_class[rank]);
  var byName = (one, two) => collators[language.now].compare(one.pair.name, two.pair.name);
  var last = (value) => value === null || value === void 0 ? Infinity : value;
  var severe = (pair) => known(pair.summary).severities.severe || 0;
  var classRate = (summary, rank) => summary.by_class[rank]?.docking_rate.low;
  var COLUMNS = [
    { key: "name", say: () => words("column.name"), of: null },
    { key: "rate", say: () => words("column.rate"), of: (pair) => last(rateOf(pair)) },
    { key: "open", say: () => words("column.open"), of: open, most: true },
    { key: "waiting", say: () => words("column.waiting"), of: waiting, most: true },
    { key: "severe", say: () => words("column.severe"), of: severe, most: true },
    ...CLASSES.map((rank) => ({
      key: `class-${rank}`,
      say: () => rank === "unknown" ? words("column.unknown") : rank,
      rank,
      of: (pair) => last(classRate(known(pair.summary), rank))
    })),
    { key: "length", say: () => words("column.length"), of: (pair) => pair.length_m, most: true }
  ];
  function tile(key, value, extra) {
    return make(
      "div",
      { "data-total": key },
      make("dt", { text: words(`total.${key}`) }),
      make("dd", { text: value }),
      extra ? make("dd", { class: "extra", text: extra }) : null
    );
  }
  function drawTotals() {
    const { summary, pairs } = data;
    const done = pairs.filter((pair) => pair.summary);
    const failed = pairs.length - done.length;
    const { docking_points: points } = summary;
    element("totals").replaceChildren(
      tile("pairs", String(done.length), failed ? fill(words("failed_count"), { count: failed }) : fill(words("of_all"), { count: pairs.length })),
      tile("rate", sayRate(summary.docking_rate), fill(words("aligned"), { aligned: summary.aligned, all: points })),
      tile("open", String(summary.open_points), fill(words("of_points"), { count: points })),
      tile("waiting", String(summary.waiting_points), fill(words("of_points"), { count: points })),
      tile("severe", String(summary.severities.severe || 0), words("points_word"))
    );
  }
  function drawFailed() {
    const shown = state.pairs.filter(({ pair }) => pair.reason);
    const section = element("failed");
    section.hidden = shown.length === 0;
    section.replaceChildren(make("h2", { text: fill(words("failed"), { count: shown.length }) }), make("ul", {}, ...shown.map(({ pair }) => {
      const [what, ...remedy] = known(pair.reason)[language.now].split("\n");
      return make(
        "li",
        { "data-failed": pair.name },
        make("b", { text: pair.name }),
        make("span", { text: what }),
        make("span", { class: "remedy", text: remedy.join(" ").replace(/^\s*→\s*/, "") })
      );
    })));
  }
  function rateCell(part) {
    const { docking_rate: rate, aligned, docking_points: all } = part;
    const cell = make("td", { class: "rate", title: fill(words("aligned"), { aligned, all }) });
    if (rate.low === null) {
      cell.textContent = "—";
      return cell;
    }
    const filled = make("i");
    const rest = make("i", { class: "may-be" });
    const bar = make("span", { class: "share", "aria-hidden": "true" }, filled, rest);
    filled.style.width = `${100 * rate.low}%`;
    filled.style.background = bandOf(rate.low).colour;
    rest.style.width = `${100 * ((rate.high ?? rate.low) - rate.low)}%`;
    cell.append(bar, make("span", { text: sayRate(rate) }));
    return cell;
  }
  function classCell(summary, rank) {
    const part = summary.by_class[rank];
    const cell = make("td", {
      class: "class",
      "data-class": rank,
      text: part ? sayRate(part.docking_rate) : "",
      title: part ? fill(words("aligned"), { aligned: part.aligned, all: part.docking_points }) : null
    });
    if (part) cell.style.boxShadow = `inset 0 -4px ${bandOf(part.docking_rate.low).colour}`;
    return cell;
  }
  function boundaryRow({ pair, number }) {
    const summary = known(pair.summary);
    const sides = pair.names.join(" – ");
    const first = make(
      "th",
      { scope: "row" },
      make("a", { href: pair.map, text: pair.name }),
      sides === pair.name ? null : make("span", { class: "sides-named", text: sides })
    );
    const count = make("button", {
      type: "button",
      class: "pick",
      text: String(open(pair)),
      title: words("show_points"),
      "aria-label": named(pair.name, words("show_points")),
      on: { click: () => choosePair(String(number)) }
    });
    return make(
      "tr",
      {
        "data-pair": pair.name,
        on: { mouseenter: () => nearLine(number, true), mouseleave: () => nearLine(number, false) }
      },
      first,
      rateCell(summary),
      make("td", { class: "number" }, count),
      make("td", { class: "number", text: String(waiting(pair)) }),
      make("td", { class: "number", text: String(severe(pair)) }),
      ...CLASSES.map((rank) => classCell(summary, rank)),
      make("td", { class: "number", text: (pair.length_m / 1e3).toFixed(1) })
    );
  }
  function nearLine(number, near) {
    const found = drawn.get(number);
    if (!found) return;
    found.line.setStyle({ weight: found.band.weight + (near || state.filter.pair === String(number) ? 3 : 0) });
  }
  function head(column) {
    const sorted = state.sort === column.key;
    const name = column.rank ? fill(words("class_column"), { rank: column.rank === "unknown" ? words("column.unknown") : words(`rank.${column.rank}`) }) : column.say();
    const button = make("button", {
      type: "button",
      title: name,
      "aria-label": name,
      text: column.say() + (sorted ? state.down ? " ↓" : " ↑" : ""),
      "data-sort": column.key,
      on: {
        click: () => {
          state.down = sorted ? !state.down : Boolean(column.most);
          state.sort = column.key;
          drawBoundaries();
          find(`[data-sort="${column.key}"]`)?.focus();
        }
      }
    });
    return make("th", { scope: "col", class: column.rank ? "class" : column.key === "name" || column.key === "rate" ? null : "number", "aria-sort": sorted ? state.down ? "descending" : "ascending" : null }, button);
  }
  function drawBoundaries() {
    const { of } = known(COLUMNS.find((one) => one.key === state.sort));
    const way = state.down ? -1 : 1;
    const rows = state.pairs.filter(({ pair }) => pair.summary).sort((one, two) => {
      if (!of) return way * byName(one, two);
      const [a, b] = [of(one.pair), of(two.pair)];
      if (a === b) return byName(one, two);
      return a === Infinity ? 1 : b === Infinity ? -1 : way * (a - b);
    });
    const { summary } = data;
    const done = data.pairs.filter((pair) => pair.summary);
    const all = make(
      "tr",
      { class: "all" },
      make("th", { scope: "row", text: words("all_pairs") }),
      rateCell(summary),
      make("td", { class: "number", text: String(summary.open_points) }),
      make("td", { class: "number", text: String(summary.waiting_points) }),
      make("td", { class: "number", text: String(summary.severities.severe || 0) }),
      ...CLASSES.map((rank) => classCell(summary, rank)),
      make("td", { class: "number", text: (done.reduce((sum, pair) => sum + pair.length_m, 0) / 1e3).toFixed(1) })
    );
    const over = make(
      "tr",
      { class: "over" },
      make("td", { colspan: "5" }),
      CLASSES.length ? make("th", { scope: "colgroup", colspan: String(CLASSES.length), text: words("classes") }) : null,
      make("td")
    );
    element("boundaries-title").textContent = words("boundaries");
    element("boundaries").replaceChildren(rows.length ? make("table", {}, make("thead", {}, over, make("tr", {}, ...COLUMNS.map(head))), make("tbody", {}, ...rows.map(boundaryRow)), make("tfoot", {}, all)) : make("p", { text: words("none_shown") }));
  }
  var roadWord = (name) => name === null ? words("no_road") : name || words("unnamed");
  var judged = (point) => [words(`verdict.${point.verdict}`), standingOf(point, terms) === "waiting" ? "" : words(`severity.${point.severity}`)].filter(Boolean).join(" · ");
  function pointRow(point, place2) {
    const pair = data.pairs[point.pair];
    return make("li", { "data-point": point.id }, make(
      "a",
      { class: "entry", href: linkOf(point) },
      make("span", { class: "place", text: String(place2 + 1) }),
      symbol(point.verdict, point.severity === "severe", 18),
      make("span", {}, make("b", { text: point.roads.map(roadWord).join(" — ") }), make("span", { class: "pair-named", text: pair.name })),
      make("span", { class: "km", text: point.priority.toFixed(1), title: fill(words("priority"), { value: point.priority.toFixed(1) }) }),
      make(
        "span",
        { class: "what" },
        make("b", { text: judged(point) }),
        document.createTextNode(saidOf(point))
      )
    ));
  }
  var place = (point) => STANDINGS.indexOf(standingOf(point, terms));
  var order = (one, two) => place(one) - place(two) || two.priority - one.priority || one.pair - two.pair || one.chainage_m - two.chainage_m;
  function drawPoints() {
    const ranked = [...state.points].sort(order);
    element("points-title").textContent = words("points");
    element("points").replaceChildren(ranked.length ? make("ol", { class: "entries" }, ...ranked.slice(0, state.most).map(pointRow)) : make("p", { text: words("none_shown") }));
    const more = element("more");
    more.hidden = ranked.length <= state.most;
    more.textContent = fill(words("more"), { count: Math.min(100, ranked.length - state.most) });
  }

  // src/index/start.js
  function setLanguage(lang) {
    language.now = lang;
    document.documentElement.lang = lang;
    element("title").textContent = fill(words("title"), { count: data.pairs.length });
    element("subtitle").textContent = fill(words("subtitle"), { time: data.time.slice(0, 10), version: data.version });
    const { docking_rate: rate, through_rate: through, aspects } = data.summary;
    element("rate").replaceChildren(
      ...emphasized(words("rate"), sayRate(rate)),
      document.createTextNode(" · "),
      ...emphasized(words("through"), percent(through))
    );
    element("left-out").textContent = sayLeftOut(aspects);
    element("left-out").hidden = !sayLeftOut(aspects);
    element("languages").replaceChildren(...languageButtons(setLanguage));
    element("languages").setAttribute("aria-label", words("language"));
    element("foot").textContent = [words("rate_means"), ...data.attributions].join(" · ");
    document.title = element("title").textContent;
    drawLegend();
    drawTotals();
    drawFilters();
    apply();
  }
  filtered.hear(() => {
    drawFailed();
    drawBoundaries();
    drawPoints();
    drawMap();
  });
  pairChosen.hear(fitMap);
  drawLines();
  setLanguage(language.now);
  overview.on("zoomend", drawDots);
  fitMap();
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(overview);
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  element("reset").addEventListener("click", () => {
    state.filter = anything();
    apply();
    fitMap();
    element("filter-text").focus();
  });
  element("more").addEventListener("click", () => {
    const before = state.most;
    state.most += 100;
    drawPoints();
    findAll("#points a")[before]?.focus();
  });
})();
