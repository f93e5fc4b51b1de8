// The bar at the top, and the language of the page.
function drawBar() {
  const rate = data.summary.docking_rate;
  document.getElementById("title").textContent = fill(words("title"), { a: data.names[0], b: data.names[1] });
  document.getElementById("subtitle").textContent = fill(words("subtitle"), {
    boundary: data.boundaryName, time: data.time.slice(0, 10), version: data.run ? `${data.version} · ${data.run}` : data.version,
  });
  document.getElementById("rate").replaceChildren(
    document.createTextNode(words("rate")), make("b", { text: rate === null ? "—" : `${Math.round(100 * rate)} %` }),
  );
  document.getElementById("languages").replaceChildren(...["zh", "en"].map((lang) => make("button", {
    type: "button", lang, text: lang === "zh" ? "中文" : "English", "aria-pressed": String(lang === state.lang),
    on: { click: () => setLanguage(lang) },
  })));
  document.getElementById("languages").setAttribute("aria-label", words("language"));
  document.title = document.getElementById("title").textContent;
}

function setLanguage(lang) {
  const spoken = document.activeElement?.lang;
  state.lang = lang;
  document.documentElement.lang = lang;
  drawBar();
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
  if (spoken) document.querySelector(`#languages [lang="${spoken}"]`)?.focus();
}

function addNorth() {
  const control = L.control({ position: "topright" });
  control.onAdd = () => make("div", { class: "north", text: "▲ N" });
  control.addTo(leafletMap);
}
