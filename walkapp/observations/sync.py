"""Observations as JSON: from the phone, and to other systems."""

from datetime import datetime
from typing import Any
from uuid import UUID

import geojson
from flask import Blueprint, Response, json, jsonify, request
from pydantic import BaseModel

from walkapp.core.errors import Invalid
from walkapp.core.permissions import Permission
from walkapp.districts.queries import all_districts
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light
from walkapp.web import created, current_actor, public, requires, session, settings, walker
from walkapp.web.openapi import PHONE, USER, described, document
from walkapp.web.words import external

from . import queries, service
from .forms import Filter, ObservationIn, read_observation
from .models import Observation
from .rules import DistrictFlag, Feeling, PlaceMethod

bp = Blueprint("observations_api", __name__, url_prefix="/api/v1")

LARGEST_JSON = 200_000


class Receipt(BaseModel):
    """The answer to a filed observation: what the server now holds of it."""

    id: UUID
    receipt: str
    receipt_url: str
    photos: list[UUID]
    themes: list[Theme]
    light: Light
    observed_at: datetime
    district: str | None
    district_name: str | None
    district_flag: DistrictFlag

    @classmethod
    def of(cls, seen: Observation, photos: list[UUID]) -> "Receipt":
        return cls(
            id=seen.id,
            receipt=seen.receipt,
            receipt_url=external("actions.receipt", receipt=seen.receipt),
            photos=photos,
            themes=[t.theme for t in seen.themes],
            light=seen.light,
            observed_at=seen.observed_at,
            district=seen.district.slug if seen.district else None,
            district_name=seen.district.name if seen.district else None,
            district_flag=seen.district_flag,
        )


class SeenTheme(BaseModel):
    theme: Theme
    promise: UUID | None


class Seen(BaseModel):
    """An observation for those who work with it. The receipt is the walker's own and is not here."""

    id: UUID
    url: str
    walk: UUID
    themes: list[SeenTheme]
    text: str
    feeling: Feeling | None
    light: Light
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    place_method: PlaceMethod
    place: str
    stop: int | None
    district: str | None
    district_flag: DistrictFlag
    observed_at: datetime
    received_at: datetime
    photos: list[str]

    @classmethod
    def of(cls, seen: Observation) -> "Seen":
        same = {name: getattr(seen, name) for name in cls.model_fields if name not in _MADE}
        return cls(
            **same,
            url=external("observations.show", id=seen.id),
            walk=seen.walk_id,
            themes=[SeenTheme(theme=t.theme, promise=t.promise_id) for t in seen.themes],
            stop=seen.stop.number if seen.stop else None,
            district=seen.district.slug if seen.district else None,
            photos=[external("photos.show", id=photo.id, size="stor") for photo in seen.photos],
        )


_MADE = {"url", "walk", "themes", "stop", "district", "photos"}


class SeenPage(BaseModel):
    items: list[Seen]
    next: str | None


class Asked(Filter):
    """The filters of the page, and where to go on."""

    after: UUID | None = None
    limit: int = 100

    @property
    def size(self) -> int:
        return min(max(self.limit, 1), 500)


@bp.put("/observations/<uuid:id>")
@walker
@described(
    "file_observation", by=PHONE, body=ObservationIn,
    answers={201: Receipt, 200: Receipt}, refuses=(401, 409, 410, 413, 422),
)  # fmt: skip
def put(id: UUID) -> tuple[Response, int]:
    """Keep what a walker saw.

    The id is the phone's own: 201 for a new one, 200 for the same again, 409 for another under the same id. Photos go
    ahead by their own PUT; the answer says which of them the server holds.
    """
    knobs = settings()
    said = read_observation(_json_object(), text_limit=knobs.text_limit, most_photos=knobs.photos_per_observation)
    seen, new = service.file_observation(session(), current_actor(), id, said)
    receipt = Receipt.of(seen, queries.held_photos(session(), seen))
    return created(new, **receipt.model_dump(mode="json"))


def _json_object() -> dict[str, Any]:
    request.max_content_length = LARGEST_JSON
    try:
        body = request.get_json(force=True, silent=True)
    except RecursionError:  # a thousand brackets
        body = None
    if not isinstance(body, dict):
        raise Invalid("Skicka ett JSON-objekt: { … }.")
    return body


@bp.get("/observations")
@requires(Permission.VIEW_OBSERVATIONS)
@described("list_observations", by=USER, query=Asked, answers={200: SeenPage}, refuses=(401, 403, 422))
def listing() -> Response:
    """Observations in the order in which they came in.

    `next` is the address of what comes after these, and null at the end; a program that keeps the last id can go on
    from it later with `after`.
    """
    asked = Asked.of(request.args)
    rows = queries.after(session(), current_actor(), asked, asked.after, asked.size)
    more = external("observations_api.listing", **_again(rows[-1].id)) if len(rows) == asked.size else None
    return jsonify(SeenPage(items=[Seen.of(row) for row in rows], next=more).model_dump(mode="json"))


def _again(last: UUID) -> dict[str, Any]:
    return {**request.args.to_dict(flat=False), "after": str(last)}


@bp.get("/observations/<uuid:id>")
@requires(Permission.VIEW_OBSERVATIONS)
@described("get_observation", by=USER, answers={200: Seen}, refuses=(401, 403, 404))
def show(id: UUID) -> Response:
    """One observation."""
    return jsonify(Seen.of(queries.get(session(), current_actor(), id)).model_dump(mode="json"))


@bp.get("/districts")
@public
@described("list_districts", answers={200: None})
def districts() -> Response:
    """The districts' outlines as a GeoJSON FeatureCollection: what the phone's map is drawn on."""
    outlines: list[geojson.Feature | geojson.geometry.Geometry] = [
        geojson.Feature(geometry=json.loads(one.geometry), properties={"slug": one.slug, "name": one.name})
        for one in all_districts(session())
    ]
    response = Response(geojson.dumps(geojson.FeatureCollection(outlines)), content_type="application/geo+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """This document."""
    return jsonify(document())
