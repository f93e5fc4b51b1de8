"""The bundles of the pages' scripts hold what their modules say, and the modules are well."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from filelock import FileLock

import page_tools
from roadalign.outputs.web import bundle

PAGES = ("map", "comparison", "index")
SOURCES = page_tools.WEB / "src"
MODULES = {path.relative_to(SOURCES).as_posix(): path for path in sorted(SOURCES.rglob("*.js"))}
IMPORT = re.compile(r'^(?:import|export)\s[^;]*?\sfrom\s+"([^"]+)";', re.MULTILINE)


def imports(name):
    """Return the modules that one imports, as paths below the sources."""
    path = MODULES[name]
    found = [
        (path.parent / one).resolve() for one in IMPORT.findall(path.read_text(encoding="utf-8"))
    ]
    return {one.relative_to(SOURCES.resolve()).as_posix() for one in found}


GRAPH = {name: imports(name) for name in MODULES}


def reached(page):
    """Return the modules of a page's graph."""
    seen, waiting = set(), [f"{page}/start.js"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += GRAPH[name]
    return seen


def test_no_module_imports_itself_by_any_way():
    order = list(TopologicalSorter(GRAPH).static_order())  # raises where there is a circle
    assert set(order) == set(MODULES)
    assert sum(map(len, GRAPH.values())) > 200


def test_every_module_is_in_the_graph_of_a_page():
    assert set().union(*map(reached, PAGES)) == set(MODULES)


def test_a_page_imports_of_its_own_folder_and_of_what_is_shared():
    strange = {
        (name, one)
        for name, ones in GRAPH.items()
        for one in ones
        if Path(one).parts[0] not in {Path(name).parts[0], "shared"}
    }
    assert strange == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_bundle_holds_the_modules_of_its_graph(page):
    named = set(re.findall(r"^  // src/(\S+)$", bundle(page), re.MULTILINE))
    # a module of which nothing is left once it is bundled is not named
    assert named == reached(page)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundles")
    try:
        with FileLock(tmp_path_factory.getbasetemp().parent / "page_tools.lock"):
            return folder, page_tools.build(folder)
    except page_tools.MissingToolError as problem:
        pytest.skip(str(problem))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_bundle_is_what_its_modules_make(page, made):
    folder, modules = made
    assert modules[page] == sorted(f"src/{name}" for name in reached(page))
    fresh = (folder / f"{page}.js").read_text(encoding="utf-8")
    assert fresh == bundle(page), "run scripts/build_pages"


@pytest.mark.slow
def test_modules_pass_the_type_checker_and_the_linter(made):
    assert made
    assert page_tools.faults() == ""
