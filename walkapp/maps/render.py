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

import folium
from branca.element import MacroElement
from folium.features import Control
from folium.map import CustomPane
from folium.template import Template
from folium.utilities import JsCode

from walkapp.core.mercator import Box

from .rules import MAX_ZOOM, MIN_ZOOM, PADDING, ZOOM_STEP

# Below and above Leaflet's own overlays (400) and below its popups (700).
DISTRICTS_PANE, OBSERVATIONS_PANE = "omraden", "iakttagelser"


@dataclass(frozen=True)
class Shell:
    """What the template places: the name is the id of its `div`, the script the body of a module after its imports."""

    name: str
    script: str


class _Outlines(MacroElement):
    """The districts, from the JSON in the page."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const outlines = new DistrictOutlines({pane: {{ this.pane|tojson }}}, facts("karta-omraden"));
            outlines.addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, pane: str) -> None:
        super().__init__()
        self._name = "Outlines"
        self.pane = pane


class _Observations(MacroElement):
    """The canvas with clusters and points."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const observations = new ObservationLayer({pane: {{ this.pane|tojson }}}, words);
            observations.addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, pane: str) -> None:
        super().__init__()
        self._name = "Observations"
        self.pane = pane


class _Controls(MacroElement):
    """Zoom buttons large enough for a finger, and where the base map comes from; their words are in the page."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            new ZoomControl({position: "topleft"}, "karta-knappar", home).addTo({{ this._parent.get_name() }});
            new SourceControl({position: "bottomright"}, words.controls).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()
        self._name = "Controls"


class _Home(MacroElement):
    """Where the map opens, and goes back to."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            const home = () => {{ this._parent.get_name() }}.fitBounds(
                {{ this.bounds|tojson }}, {animate: false, padding: [{{ this.padding }}, {{ this.padding }}]}
            );
            home();
        {% endmacro %}
    """)

    def __init__(self, box: Box) -> None:
        super().__init__()
        self._name = "Home"
        west, south, east, north = box
        self.bounds = [[south, west], [north, east]]
        self.padding = PADDING


class _Open(MacroElement):
    """Everything stands: hand it to the page's own script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            openMap({map: {{ this._parent.get_name() }}, outlines, observations, words, home});
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()
        self._name = "Open"


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
        zoom_animation=JsCode("calm"),
        fade_animation=JsCode("calm"),
        inertia=JsCode("calm"),
    )
    for part in (
        CustomPane(DISTRICTS_PANE, z_index=350),
        CustomPane(OBSERVATIONS_PANE, z_index=450),
        _Home((west, south, east, north)),
        Control("Scale", imperial=False),  # no position=: with one, Folium 0.20 spoils the control's options
        _Outlines(DISTRICTS_PANE),
        _Observations(OBSERVATIONS_PANE),
        _Controls(),
        _Open(),
    ):
        part.add_to(chart)
    chart.render()
    return Shell(chart.get_name(), chart.get_root().script.render())
