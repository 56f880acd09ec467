"""Query results as GeoJSON, for the page and for `/api/v1/map`. Text goes out as it is: JSON, never markup."""

from typing import Any

import geojson
from flask import url_for

from .queries import Beside, Cell, Drawn, Finding


def collection(drawn: Drawn, **further: Any) -> geojson.FeatureCollection:
    """Clusters and points of a view as a FeatureCollection; `further` are members beside its features."""
    clusters = (cluster(cell, drawn.level) for cell in drawn.cells)
    return geojson.FeatureCollection([*clusters, *map(point, drawn.points)], zoom=drawn.zoom, **further)


def listed(beside: Beside) -> dict[str, Any]:
    return {"rows": [point(finding) for finding in beside.rows], "total": beside.total}


def cluster(cell: Cell, level: int) -> geojson.Feature:
    return geojson.Feature(
        id=f"{level}-{cell.key}",
        geometry=geojson.Point((cell.lon, cell.lat)),
        properties={
            "cluster": cell.n,
            "themes": {theme.value: n for theme, n in cell.themes.items()},
            "box": [round(edge, 6) for edge in cell.box],
        },
    )


def point(finding: Finding) -> geojson.Feature:
    lat, lon = finding.lat, finding.lon
    return geojson.Feature(
        id=str(finding.id),
        geometry=None if lat is None or lon is None else geojson.Point((lon, lat)),
        properties=facts(finding),
    )


def facts(finding: Finding) -> dict[str, Any]:
    return {
        "id": str(finding.id),
        "themes": [theme.value for theme in finding.themes],
        "feeling": finding.feeling and finding.feeling.value,
        "light": finding.light.value,
        "observed_at": finding.observed_at.isoformat(),
        "text": finding.text,
        "place": finding.place,
        "district": {"slug": finding.district.slug, "name": finding.district.name} if finding.district else None,
        "district_flag": finding.flag.value,
        "walk": finding.walk,
        "promises": [{"number": p.number, "text": p.text, "pledge": p.pledge} for p in finding.promises],
        "photos": [
            {
                "id": str(id),
                "thumb": url_for("photos.show", id=id, size="liten"),
                "full": url_for("photos.show", id=id, size="stor"),
            }
            for id in finding.photos
        ],
        "actions": [
            {
                "id": str(action.id),
                "title": action.title,
                "kind": action.kind.value,
                "state": action.state.value,
                "label": action.state.label_for(action.kind),
                "url": url_for("actions.show", id=action.id),
            }
            for action in finding.actions
        ],
        "url": url_for("observations.show", id=finding.id),
    }
