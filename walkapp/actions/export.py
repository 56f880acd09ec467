"""The plan as files: CSV for Swedish Excel, CSV for machines, GeoJSON. The same rows and figures as the page."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import UUID

import geojson

from walkapp.core.clock import local

from .queries import PlanRow

HEADS = (
    "Nr", "Åtgärd", "Plats", "Område", "Tema", "Slag", "Läge", "Ordning", "Varför", "Sedd av", "Iakttagelser", "Foton",
    "Löfte", "Ansvarig", "Klart senast", "Försenad", "Kostnad", "Latitud", "Longitud", "Ändrad",
)  # fmt: skip

# Excel runs a cell that begins like this; an apostrophe makes it the text that somebody typed.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(lines: Iterable[PlanRow]) -> Iterable[list[Any]]:
    for line in lines:
        yield [
            line.code, line.title, line.place, line.district or "", line.theme.label, line.kind.label,
            line.state.label_for(line.kind), line.score, ", ".join(line.reasons), line.walkers, line.seen, line.photos,
            line.promise_number or "", line.unit or "", line.due, "ja" if line.overdue else "nej",
            line.cost_class.label if line.cost_class else "", line.lat, line.lon, line.updated_at,
        ]  # fmt: skip


def excel_csv(lines: Iterable[PlanRow]) -> bytes:
    """UTF-8 with BOM, semicolons, CRLF, decimal comma: opens by a double click in a Swedish Excel."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([_swedish(cell) for cell in row] for row in rows(lines))
    return out.getvalue().encode("utf-8-sig")


def plain_csv(lines: Iterable[PlanRow]) -> bytes:
    """UTF-8, commas, ISO dates, decimal points. Text is as it was typed: a program reads this, not Excel."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows([_plain(cell) for cell in row] for row in rows(lines))
    return out.getvalue().encode()


def _plain(cell: Any) -> Any:
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return "" if cell is None else cell


def _swedish(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    cell = _plain(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_geojson(lines: Iterable[PlanRow], observations: dict[UUID, list[UUID]]) -> str:
    """Points in WGS 84; an action without a place has no geometry.

    `observations`: an action's id → the ids of what it came from.
    """
    features: list[geojson.Feature | geojson.geometry.Geometry] = [
        geojson.Feature(
            id=str(line.id),
            geometry=geojson.Point((round(line.lon, 6), round(line.lat, 6)))
            if line.lat is not None and line.lon is not None
            else None,
            properties={
                "id": str(line.id),
                "number": line.code,
                "title": line.title,
                "place": line.place,
                "district": line.district,
                "theme": line.theme.value,
                "kind": line.kind.value,
                "state": line.state.value,
                "priority": line.score,
                "reasons": list(line.reasons),
                "walkers": line.walkers,
                "photos": line.photos,
                "promise": line.promise_number,
                "owner": line.unit,
                "due": line.due.isoformat() if line.due else None,
                "overdue": line.overdue,
                "cost_class": line.cost_class.value if line.cost_class else None,
                "observations": [str(id) for id in observations.get(line.id, ())],
            },
        )
        for line in lines
    ]
    return str(geojson.dumps(geojson.FeatureCollection(features), ensure_ascii=False))
