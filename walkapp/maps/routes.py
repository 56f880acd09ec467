"""The map for officials, and the same content as a list."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from walkapp.actions.rules import State
from walkapp.core.actor import Actor
from walkapp.core.clock import local_date, today
from walkapp.core.mercator import Box
from walkapp.core.period import periods_between
from walkapp.core.permissions import Permission
from walkapp.districts.queries import by_slug, extent
from walkapp.observations.forms import OUTSIDE_PROMISES
from walkapp.observations.queries import choices
from walkapp.observations.rules import Feeling
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light
from walkapp.web import current_actor, page, requires, session, settings
from walkapp.web.assets import asset
from walkapp.web.paging import page_number

from . import features, outlines, queries, rules
from .forms import MapFilter
from .overview import picture as draw_overview
from .rules import OUTSIDE, Progress

bp = Blueprint("maps", __name__)

# Columns of the table per district: what the promises are about, and the good places.
COUNTED = (Theme.LIGHTING, Theme.GREENERY, Theme.CAMERA, Theme.SAFE_PLACE)

# What the filter bar has a field for; everything else in the address is carried along.
_FIELDS = ("tema", "lofte", "omrade", "status", "period")
_VIEW = ("sida", "bbox", "zoom")


@bp.get("/karta")
@requires(Permission.VIEW_MAP)
def show() -> str:
    # Folium brings half a second of imports: for the first map, not for the start of every command.
    from . import render

    db, actor = session(), current_actor()
    wanted = MapFilter.of(request.args)
    # A box in the address says where the map opens, not what it shows.
    box, wanted = wanted.bbox, wanted.model_copy(update={"bbox": None})
    where = queries.scope(db, actor, wanted)
    home = box or _home(db, wanted)
    drawn = [queries.drawn(db, actor, wanted, where, home, zoom) for zoom in rules.opening_zooms(home)]
    beside = queries.beside(db, actor, wanted, [*where, *queries.inside(home)])
    counts = queries.counts(db, where)
    districts = outlines.outlines(db)
    return page(
        "maps/map.html",
        shell=render.shell(home),
        beside=beside,
        counts=counts,
        themes=[(theme, sum(count.themes.get(theme, 0) for count in counts)) for theme in Theme],
        columns=COUNTED,
        outside=OUTSIDE,
        unplaced=queries.unplaced(db, where),
        facts={
            "karta-ord": _words(wanted, districts),
            "karta-omraden": districts.features,
            "karta-data": {"answers": [features.collection(one) for one in drawn], **features.listed(beside)},
        },
        **_frame(db, actor, wanted),
    )


@bp.get("/karta/lista")
@requires(Permission.VIEW_MAP)
def listing() -> str:
    db, actor = session(), current_actor()
    wanted = MapFilter.of(request.args)
    found = queries.listing(db, actor, wanted, page_number())
    return page("maps/list.html", found=found, **_frame(db, actor, wanted))


@bp.get("/karta/oversikt.svg")
@requires(Permission.VIEW_MAP)
def overview() -> Response:
    """The districts with their numbers as a picture, where no script runs."""
    db, actor = session(), current_actor()
    wanted = MapFilter.of(request.args)
    counts = queries.counts(db, queries.scope(db, actor, wanted))
    picture = draw_overview(outlines.outlines(db), {count.slug: count.total for count in counts})
    response = make_response(page("maps/overview.svg", picture=picture))
    response.mimetype = "image/svg+xml"
    return response


def _home(db: Session, wanted: MapFilter) -> Box:
    """Where the map opens: the district of the filter, all districts, or as it is set up."""
    if wanted.district and wanted.district != OUTSIDE:
        return by_slug(db, wanted.district).box
    knobs = settings()
    return extent(db) or rules.around(knobs.map_lat, knobs.map_lon, knobs.map_zoom)


def _frame(db: Session, actor: Actor, wanted: MapFilter) -> dict[str, Any]:
    """The filter bar of both pages, and the addresses that lead from one to the other."""
    offered = choices(db, actor)
    first = local_date(offered.first_seen) if offered.first_seen else today()
    filters = [(k, v) for k, v in request.args.items(multi=True) if v and k not in _VIEW]
    return {
        "wanted": wanted,
        "query": f"?{urlencode(filters)}" if filters else "",
        "carried": [(k, v) for k, v in filters if k not in _FIELDS],
        "active": len(filters),
        "offers": {
            "themes": [(theme.value, theme.label) for theme in Theme],
            "promises": [
                *((p.id, f"{p.number}. {p.text} ({p.pledge.title})") for p in offered.promises),
                (OUTSIDE_PROMISES, _("Utanför löftena")),
            ],
            "districts": [*offered.districts, (OUTSIDE, _("Utanför områdena"))],
            "states": [(one.value, one.label.capitalize()) for one in (*Progress, *State)],
            "periods": [(period.value, period.label) for period in periods_between(first, today())],
        },
    }


def _words(wanted: MapFilter, districts: outlines.Outlines) -> dict[str, Any]:
    """What the page's scripts say: names and sentences, as text."""
    sources = " · ".join(districts.sources)
    base = _("Ungefärliga gränser – walkapp") if districts.approximate else _("Källa: %(sources)s", sources=sources)
    return {
        "language": "sv-SE",
        "themes": {t.value: {"label": t.label, "shape": t.shape, "letter": t.letter} for t in Theme},
        "feelings": {feeling.value: feeling.label for feeling in Feeling},
        "lights": {light.value: light.label for light in Light},
        "districts": [wanted.district] if wanted.district else [],
        "filters": urlencode([(k, v) for k, v in request.args.items(multi=True) if v and k not in _VIEW]),
        "urls": {
            "data": url_for("maps_api.show"),
            "list": url_for("maps.listing"),
            "marks": asset("img/marks.svg"),
        },
        "controls": {"base": base if sources or districts.approximate else ""},
        "said": {
            "none": _("Inga iakttagelser här"),
            "one": _("{n} iakttagelse i vyn"),
            "many": _("{n} iakttagelser i vyn"),
            "cluster": _("{n} iakttagelser nära varandra"),
            "same_place": _("{n} iakttagelser på samma plats"),
            "outside": _("utanför områdena"),
            "outside_promises": _("utanför löftena"),
            "promise": _("{number}. {text} ({pledge})"),
            "when": _("{day} kl. {time}"),
            "photo": _("Foto {i} av {n}: {what}"),
            "offline": _("Kartan kunde inte hämta mer just nu. Försök igen om en stund."),
        },
    }
