"""The map's shell, built by Folium; no other file knows Folium.

Folium compiles what it has rendered once more as a template, so text that a person typed would run on the server.
Therefore a shell is made of **numbers and our own constants** and of nothing else: observations, names and outlines
reach the browser as JSON beside it (`templates/maps/map.html`), and the modules in `static/js/maps/` draw them.

Folium's own page (`Figure.render`) is never used: it loads scripts from other hosts and styles in ways that our CSP
forbids. We take the script that it makes, and our template places it with a nonce, as a module, below the imports of
the classes that the script uses.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import folium
from branca.element import Figure, MacroElement
from folium.features import Control
from folium.map import CustomPane
from folium.template import Template
from folium.utilities import JsCode

from walkapp.core.mercator import Box

from .rules import MAX_ZOOM, MIN_ZOOM, PADDING, ZOOM_STEP

# Below and above Leaflet's own overlays (400) and below its popups (700).
DISTRICTS_PANE, OBSERVATIONS_PANE = "omraden", "iakttagelser"


# A name that the page's script has: false for a reader who has asked to be spared from movement.
_MOVEMENT: dict[str, Any] = dict.fromkeys(("zoom_animation", "fade_animation", "inertia"), JsCode("calm"))


@dataclass(frozen=True)
class Shell:
    """What the template places: the name is the id of its `div`, the script the body of a module after its imports."""

    name: str
    script: str


class _Part(MacroElement):
    """One of our own parts: its `_template` is a constant, its values are numbers and names from this file."""

    def __init__(self, name: str, **values: Any) -> None:
        super().__init__()
        self._name = name
        self.values = values


class _Home(_Part):
    """Where the map opens, and goes back to."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const home = () => {{ this._parent.get_name() }}.fitBounds(
                {{ this.values.bounds|tojson }}, {animate: false, padding: {{ this.values.padding|tojson }}}
            );
            home();
        {% endmacro %}
    """)


class _Outlines(_Part):
    """The districts, from the JSON in the page."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const outlines = new DistrictOutlines({pane: {{ this.values.pane|tojson }}}, facts("karta-omraden"));
            outlines.addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)


class _Observations(_Part):
    """The canvas with clusters and points."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const observations = new ObservationLayer({pane: {{ this.values.pane|tojson }}}, words);
            observations.addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)


class _Controls(_Part):
    """Zoom buttons large enough for a finger, and where the base map comes from; their words are in the page."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            new ZoomControl({position: "topleft"}, "karta-knappar", home).addTo({{ this._parent.get_name() }});
            new SourceControl({position: "bottomright"}, words.controls).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)


class _Open(_Part):
    """Everything stands: hand it to the page's own script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            openMap({map: {{ this._parent.get_name() }}, outlines, observations, words, home});
        {% endmacro %}
    """)


@lru_cache(maxsize=64)  # one for each district that the filter can name
def shell(home: Box) -> Shell:
    """The shell of a map that opens on a box (degrees WGS 84). The same box gives the same shell, kept."""
    west, south, east, north = (float(edge) for edge in home)
    chart = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=11,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        # The arrow keys go from point to point (karta.js); Leaflet would take them for panning.
        keyboard=False,
        # In Leaflet's spelling: as `min_zoom` Folium gives them to a tile layer, which there is none of.
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        zoomSnap=ZOOM_STEP,
        **_MOVEMENT,
    )
    for part in (
        CustomPane(DISTRICTS_PANE, z_index=350),
        CustomPane(OBSERVATIONS_PANE, z_index=450),
        _Home("Home", bounds=[[south, west], [north, east]], padding=[PADDING, PADDING]),
        Control("Scale", imperial=False),  # no position=: with one, Folium 0.20 spoils the control's options
        _Outlines("Outlines", pane=DISTRICTS_PANE),
        _Observations("Observations", pane=OBSERVATIONS_PANE),
        _Controls("Controls"),
        _Open("Open"),
    ):
        part.add_to(chart)
    chart.render()
    return Shell(chart.get_name(), cast(Figure, chart.get_root()).script.render())
