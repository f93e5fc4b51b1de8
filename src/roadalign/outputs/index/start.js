// Put everything together, once all parts are there.
function setLanguage(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  document.getElementById("title").textContent = fill(words("title"), { count: data.pairs.length });
  document.getElementById("subtitle").textContent = fill(words("subtitle"), { time: data.time.slice(0, 10), version: data.version });
  document.getElementById("rate").replaceChildren(document.createTextNode(words("rate")),
    make("b", { text: percent(data.summary.docking_rate) }));
  document.getElementById("languages").replaceChildren(...["zh", "en"].map((one) => make("button", {
    type: "button", lang: one, text: one === "zh" ? "中文" : "English", "aria-pressed": String(one === lang),
    on: { click: () => setLanguage(one) },
  })));
  document.getElementById("languages").setAttribute("aria-label", words("language"));
  document.getElementById("foot").textContent = [words("rate_means"), ...data.attributions].join(" · ");
  document.title = document.getElementById("title").textContent;
  drawLegend();
  drawTotals();
  drawFilters();
  apply();
}

drawLines();
setLanguage(state.lang);
overview.on("zoomend", drawDots);
fitMap();
L.control.scale({ imperial: false, position: "bottomright" }).addTo(overview);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("reset").addEventListener("click", () => {
  state.filter = anything();
  apply();
  fitMap();
  document.getElementById("filter-text").focus();
});
document.getElementById("more").addEventListener("click", () => {
  const before = state.most;
  state.most += 100;
  drawPoints();
  document.querySelectorAll("#points a")[before]?.focus();
});
