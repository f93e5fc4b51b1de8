"""Results made by hand, a fresh one for each test; pages of the map, opened."""

import pytest
from made_results import make_blank_result, make_result

from roadalign.outputs.map import render

WATCH = """() => {
  globalThis.clean = Object.getOwnPropertyNames(Object.prototype).length;
  document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
  document.addEventListener("DOMContentLoaded", () => { globalThis.own = document.querySelectorAll("script:not([type]), style").length; });
}"""


@pytest.fixture
def made_result():
    return make_result()


@pytest.fixture
def blank_result():
    return make_blank_result()


@pytest.fixture(scope="session")
def page_file(default_result, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(render(default_result, lang="zh"), encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium):
    """Open a file with the network off; whatever it asks for or complains of fails the test."""
    contexts = []

    def open_page(path, *, anchor="", width=1440, height=900, ready="#panel h2", **how):
        context = chromium.new_context(
            offline=True, viewport={"width": width, "height": height}, **how
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.own = [], {path.as_uri()}
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.complaints.append(request.url))
        page.goto(f"{path.as_uri()}{anchor}")
        page.wait_for_selector(ready)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            others = [one for one in page.complaints if one.partition("#")[0] not in page.own]
            assert others == []
        context.close()


@pytest.fixture
def watched(opened, chromium, monkeypatch):
    """Open a page as `opened` does, watching from before its first script."""
    make = chromium.new_context

    def new_context(**how):
        context = make(**how)
        context.add_init_script(f"({WATCH})()")
        return context

    monkeypatch.setattr(chromium, "new_context", new_context)
    return opened
