"""How the layers of the GeoPackage look in QGIS: shape and colour by verdict.

The colours are those of Okabe and Ito ("Color Universal Design", 2008), told apart by people
with any colour vision; the shapes tell the verdicts apart in black and white too.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from roadalign.locales import LANGUAGES, text
from roadalign.model.words import Verdict

VERDICT_STYLE = {
    Verdict.ALIGNED: ("circle", "0,158,115"),
    Verdict.MISMATCHED: ("diamond", "230,159,0"),
    Verdict.MISSING: ("triangle", "213,94,0"),
    Verdict.AMBIGUOUS: ("square", "204,121,167"),
    Verdict.UNDETERMINED: ("pentagon", "140,140,140"),
}
LINE_STYLE = {
    "boundary": ("60,60,60", "0.8", "dash dot"),
    "links": ("213,94,0", "0.6", "solid"),
    "proposals": ("0,114,178", "0.8", "dash"),
    "detours": ("204,121,167", "0.6", "dot"),
}
HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def layer_style(layer: str) -> str:
    """Return the style of one layer as QGIS's QML.

    Parameters
    ----------
    layer
        Name of a layer of the GeoPackage.
    """
    if layer in LINE_STYLE:
        return _document(_single(_line(*LINE_STYLE[layer])))
    if layer == "constraints_crossed":
        fill = {"color": "0,158,115,110", "outline_color": "0,110,80,255", "style": "solid"}
        return _document(_single(_symbol("fill", "SimpleFill", fill, "0")))
    if layer == "docking_points":
        return _document(_by_verdict())
    return _document(_single(_marker("circle", "120,120,120", "1.6")))


def _document(renderer: str) -> str:
    return f'{HEAD}<qgis version="3.22" styleCategories="Symbology">{renderer}</qgis>'


def _single(symbol: str) -> str:
    return f'<renderer-v2 type="singleSymbol"><symbols>{symbol}</symbols></renderer-v2>'


def _by_verdict() -> str:
    categories = "".join(
        f'<category render="true" symbol="{i}" value={quoteattr(str(verdict))} '
        f"label={quoteattr(_label(verdict))}/>"
        for i, verdict in enumerate(VERDICT_STYLE)
    )
    symbols = "".join(
        _marker(shape, colour, "3.4", name=str(i))
        for i, (shape, colour) in enumerate(VERDICT_STYLE.values())
    )
    return (
        '<renderer-v2 type="categorizedSymbol" attr="verdict">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
    )


def _label(verdict: Verdict) -> str:
    """Return the verdict in every language: a GeoPackage is opened by both sides."""
    return " ".join(text(lang, "report", f"verdict.{verdict}") for lang in LANGUAGES)


def _marker(shape: str, colour: str, size_mm: str, *, name: str = "0") -> str:
    options = {"name": shape, "color": f"{colour},255", "size": size_mm, "size_unit": "MM"}
    return _symbol("marker", "SimpleMarker", options | {"outline_color": "255,255,255,255"}, name)


def _line(colour: str, width_mm: str, dash: str) -> str:
    options = {"line_color": f"{colour},255", "line_width": width_mm, "line_width_unit": "MM"}
    return _symbol("line", "SimpleLine", options | {"line_style": dash}, "0")


def _symbol(kind: str, layer: str, options: dict[str, str], name: str) -> str:
    rows = "".join(
        f'<Option type="QString" name={quoteattr(key)} value={quoteattr(value)}/>'
        for key, value in options.items()
    )
    return (
        f'<symbol type="{kind}" name="{name}" alpha="1"><layer class="{layer}" enabled="1" '
        f'pass="0"><Option type="Map">{rows}</Option></layer></symbol>'
    )
