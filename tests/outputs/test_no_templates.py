"""No text of a plan ever becomes a template, a script or markup: read from the code itself."""

import ast
import re
from pathlib import Path

import jinja2
import pytest
from hostile import TEXTS, boundary, plan

import roadalign
from roadalign.outputs.map import render
from roadalign.outputs.map.skeleton import skeleton

SOURCE = Path(roadalign.__file__).parent
SKELETON = SOURCE / "outputs" / "map" / "skeleton.py"
ENGINES = {"jinja2", "branca", "folium", "mako", "chameleon", "tornado", "django", "genshi"}
MAKERS = {
    "Template", "Environment", "NativeEnvironment", "SandboxedEnvironment", "from_string", "get_template",
    "Element", "MacroElement", "Html", "IFrame", "Popup", "JavascriptLink", "CssLink", "JsCode", "Figure",
}  # fmt: skip
"""What makes a template, or takes text that becomes one."""


def offences(tree):
    """Return the lines of a module that reach for an engine of templates."""
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [
                node.module or "",
                *(f"string.{one.name}" for one in node.names if node.module == "string"),
            ]
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            names = [f"call {name}"] if name in MAKERS else []
            if name in {"import_module", "__import__"} and isinstance(node.args[0], ast.Constant):
                names.append(node.args[0].value)
        bad = {name for name in names if name.split(".")[0] in ENGINES or name == "string.Template"}
        bad |= {name for name in names if name.startswith("call ")}
        found += [(node.lineno, name) for name in sorted(map(str, bad))]
    return found


def constant(node):
    """Return whether an expression is written out in the code."""
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def open_calls(tree):
    """Return the calls that hand an engine anything but what is written out in the code."""
    engine, taken = set(), []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = getattr(node, "module", None) or node.names[0].name
            if module.split(".")[0] in ENGINES:
                engine |= {(one.asname or one.name) for one in node.names}
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(one) in engine or ast.unparse(one).split(".")[0] in engine
            for one in node.bases
        ):
            engine.add(node.name)
    own = {"page"}  # the map itself, made of constants
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in engine | {"add_child", "add_to"}:
            given = [*node.args, *(one.value for one in node.keywords)]
            taken += [
                ast.unparse(one) for one in given
                if not constant(one) and getattr(one, "id", None) not in own
            ]  # fmt: skip
    return taken


MODULES = sorted(SOURCE.rglob("*.py"))


def test_no_module_but_one_knows_an_engine_of_templates():
    found = {
        str(path.relative_to(SOURCE)): offences(ast.parse(path.read_text(encoding="utf-8")))
        for path in MODULES
        if path != SKELETON
    }
    assert len(found) > 150
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_one_module_is_given_nothing():
    tree = ast.parse(SKELETON.read_text(encoding="utf-8"))
    assert offences(tree)
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else one.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for one in node.names
    }
    assert imported == {"__future__", "functools", "typing", "folium", "branca.element"}
    (made,) = (one for one in tree.body if getattr(one, "name", "") == "skeleton")
    assert ast.unparse(made.args) == ""
    assert open_calls(tree) == []
    assert skeleton.__wrapped__() == skeleton()


@pytest.mark.parametrize(
    "line",
    [
        "import jinja2",
        "from branca.element import Element",
        "from string import Template",
        "from folium.utilities import escape_backticks",
        "importlib.import_module('jinja2')",
        "folium.Html(name)",
        "engine.from_string(name)",
    ],
)
def test_an_engine_is_seen_however_it_comes(line):
    assert offences(ast.parse(line))


def test_an_engine_given_data_is_seen():
    assert (
        open_calls(ast.parse("import folium\nfrom folium import Map\nMap(location=[0, 0])")) == []
    )
    assert open_calls(ast.parse("from folium import Map\nMap(title)")) == ["title"]
    assert open_calls(ast.parse("figure.add_child(Thing(name))")) == ["Thing(name)"]


def test_what_is_compiled_holds_nothing_of_the_data(monkeypatch):
    compiled = []
    compile_ = jinja2.Environment.compile

    def recorded(self, source, *args, **how):
        compiled.append(str(source))
        return compile_(self, source, *args, **how)

    monkeypatch.setattr(jinja2.Environment, "compile", recorded)
    skeleton.cache_clear()
    result = roadalign.check(plan(side="a"), plan(side="b"), boundary=boundary())
    page = render(result, lang="en")
    assert TEXTS[-1] in page
    assert compiled  # what Folium itself compiles
    assert [source for source in compiled if any(text in source for text in TEXTS[:-2])] == []
    assert max(map(len, compiled)) < 5000


UNSAFE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|document\.write|srcdoc"
    r"|\beval\b|\bFunction\(|setAttribute\(\"(?:style|on)|cssText|setTimeout\(\s*[\"'`]|javascript:"
    r"|\bimport\(|fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|__proto__"
)
SCRIPTS = sorted(SOURCE.rglob("*.js"))
FRAMES = sorted((SOURCE / "outputs").rglob("*.html"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_script_makes_markup_or_code_or_connects(path):
    assert UNSAFE.findall(path.read_text(encoding="utf-8")) == []


def test_there_are_scripts_and_frames():
    assert len(SCRIPTS) > 30
    assert len(FRAMES) == 3


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.parent.name)
def test_no_frame_holds_scripts_or_styles(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<script|<style|<link|\sstyle=|\son\w+=|\{\{|\{%", text) == []
