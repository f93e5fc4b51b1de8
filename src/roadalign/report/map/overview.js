// The overview: how many approaches are aligned, in all and in each class.
const percent = (rate) => (rate === null ? "—" : `${Math.round(100 * rate)} %`);

function classRow(key, part) {
  const bar = make("span", { class: "share", "aria-hidden": "true" }, make("i"));
  bar.firstChild.style.width = `${Math.round(100 * (part.rate || 0))}%`;
  return make("tr", { "data-class": key },
    make("th", { scope: "row", text: key === "unknown" ? words("filter.unknown") : words(`rank.${key}`) }),
    make("td", { text: `${part.aligned} / ${part.approaches}` }), make("td", {}, bar, make("span", { text: percent(part.rate) })));
}

function drawOverview() {
  const { summary } = data;
  const classes = Object.entries(summary.docking_rate_by_class)
    .sort(([one], [two]) => (Number(two) || 0) - (Number(one) || 0));
  document.getElementById("overview").replaceChildren(
    make("summary", { text: fill(words("by_class"), { aligned: summary.aligned_approaches, all: summary.approaches }) }),
    make("table", {}, make("thead", {}, make("tr", {}, ...["class", "approaches", "rate_column"].map((key) =>
      make("th", { scope: "col", text: words(key) })))),
    make("tbody", {}, ...classes.map(([key, part]) => classRow(key, part)))),
  );
}
