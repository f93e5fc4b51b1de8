"""Texts that attack whatever puts a page together or shows it, and inputs that are full of them."""

import geopandas as gpd
import shapely

RAN = "ran"
"""The file that a text would make in the working folder if it were run."""

SHELL = f"cycler.__init__.__globals__.os.system('touch {RAN}')"
TEXTS = (
    "{{ 7*7 }}",
    "{{7*7}}",
    "{% raw %}",
    "{%- for x in (1, 2) -%}z{%- endfor -%}",
    "{# gone #}",
    "{% endraw %}{{ 7*7 }}",
    "{%endraw%}{{ 7*7 }}",
    f"{{%endraw%}}{{{{ {SHELL} }}}}{{%raw%}}",
    f"{{%-\tendraw +%}}{{{{ {SHELL} }}}}{{%- raw\n%}}",
    f"{{{{ {SHELL} }}}}",
    "${7*7} $name $$ %(name)s {0} {name.__class__}",
    "<% 7*7 %> <%= 7*7 %> [[7*7]] #{7*7}",
    "</script><script>document.title = 'run'</script>",
    "<!--<script>",
    "]]> --> </style></title></textarea>",
    "<img src=x onerror=\"document.title='run'\">",
    "\"' onmouseover=\"document.title='run'\" x='",
    "javascript:document.title='run'",
    'id="data"> map_align leafletMap </head> <body> &lt;b&gt;',
    "__proto__",
    "constructor",
)
"""Each in one line as it is shown: a page shows them letter for letter."""

SPOKEN = tuple(" ".join(text.split()) for text in TEXTS)
"""As a browser shows them, where blanks run together."""

FILE_NAMES = tuple(text for text in SPOKEN if "/" not in text)
STEP_M = 900.0
EAST, NORTH = 600000.0, 3400000.0
CRS = 4549


def lines(texts, *, side):
    """Return one road a text, each up to the boundary, from the south for side a."""
    reach = -600.0 if side == "a" else 600.0
    return [
        shapely.LineString([(EAST + STEP_M * k, NORTH + reach), (EAST + STEP_M * k, NORTH)])
        for k in range(1, len(texts) + 1)
    ]


def plan(texts=TEXTS, *, side="a", name="name"):
    """Return a plan whose roads are named by the texts."""
    return gpd.GeoDataFrame({name: list(texts)}, geometry=lines(texts, side=side), crs=CRS)


def boundary(texts=TEXTS):
    """Return the line to which both plans lead."""
    line = shapely.LineString([(EAST, NORTH), (EAST + STEP_M * (len(texts) + 1), NORTH)])
    return gpd.GeoDataFrame(geometry=[line], crs=CRS)


def texts_of(page, where="body"):
    """Return all text that stands in a part of a page, hidden or not, blanks run together."""
    return " ".join(page.locator(where).first.text_content().split())


def missing(page, texts=SPOKEN, where="body"):
    """Return the texts that do not stand in a part of a page letter for letter."""
    shown = texts_of(page, where)
    return [text for text in texts if text not in shown]
