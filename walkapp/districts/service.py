"""Loading districts: say what a file would change, then change it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.clock import now
from walkapp.core.errors import Conflict, Forbidden, Invalid
from walkapp.core.permissions import Permission
from walkapp.core.text import slug

from . import layer, rules
from .models import District
from .rules import Outline, Overlap


class Kind(StrEnum):
    NEW = "ny"
    CHANGED = "ändrad"
    UNCHANGED = "oförändrad"
    RETURNED = "åter i bruk"
    RETIRED = "tas ur bruk"


@dataclass(frozen=True)
class Change:
    """What happens to one district. `share`: how much of its ground changes hands, of what it had (1 = 100 %)."""

    kind: Kind
    name: str
    outline: Outline | None = None
    district_id: UUID | None = None
    was_called: str = ""
    share: float = 0.0

    @property
    def sentence(self) -> str:
        said = f"{self.name}: {self.kind}"
        if self.was_called and self.was_called != self.name:
            said += f", hette {self.was_called}"
        if self.kind in (Kind.CHANGED, Kind.RETURNED):
            said += f", {_percent(self.share)} av ytan" if self.share else ", samma gräns"
        return said


@dataclass(frozen=True)
class Changes:
    """The plan of an import: what `import_districts` will do, and nothing has been done yet."""

    changes: list[Change]
    refused: list[str] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The districts that the plan was made for.
    base: tuple[tuple[UUID, UUID], ...] = ()

    def of(self, *kinds: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind in kinds]

    @property
    def anything(self) -> bool:
        return any(change.kind is not Kind.UNCHANGED for change in self.changes)

    def sentences(self) -> list[str]:
        """The plan for a person to read, the changes first, one line each."""
        said = [change.sentence for kind in Kind if kind is not Kind.UNCHANGED for change in self.of(kind)]
        if same := len(self.of(Kind.UNCHANGED)):
            said.append(f"Oförändrade: {same}")
        said += [
            f"{one.one} och {one.other} överlappar varandra på {one.area_m2:,.0f} m²".replace(",", "\u00a0")
            for one in self.overlaps
        ]
        return said + self.notes + self.refused


def plan_import(
    db: Session, data: str | bytes, *, name_keys: Sequence[str] = layer.NAME_KEYS,
    code_keys: Sequence[str] = layer.CODE_KEYS, source: str = "",
) -> Changes:  # fmt: skip
    """What a GeoJSON file would change; writes nothing. A district that the file lacks is taken out of use.

    A district is the same one when its code is, else when its name is. Raises Invalid for a file that cannot be used.
    """
    found = layer.read_layer(data, name_keys=name_keys, code_keys=code_keys, source=source)
    known = _everything(db)
    same = _match(found.outlines, known)
    changes = [_change(outline, same.get(outline.number)) for outline in found.outlines]
    staying = {district.id for district in same.values()}
    retired = [
        Change(Kind.RETIRED, one.name, district_id=one.id)
        for one in known
        if one.retired_at is None and one.id not in staying
    ]
    return Changes(changes + retired, found.refused, rules.overlaps(found.outlines), found.notes, _base(known))


def import_districts(db: Session, actor: Actor, plan: Changes, *, without_refused: bool = False) -> None:
    """Carry out a plan. Observations are filed anew by `observations.service.refile`, in the same transaction.

    Raises Invalid while outlines are refused (they would leave holes), unless the caller has decided to go without
    them; Conflict when the districts have changed since the plan was made.
    """
    if not actor.may(Permission.MANAGE_USERS):
        raise Forbidden("Bara en administratör får byta områden.")
    if plan.refused and not without_refused:
        raise Invalid(
            "Rätta filen först, eller läs in den utan de områden som inte går att använda: " + plan.refused[0]
        )
    known = {district.id: district for district in _everything(db)}
    if _base(list(known.values())) != plan.base:
        raise Conflict("Områdena har ändrats under tiden. Läs filen igen och se vad som skulle ändras nu.")
    taken = {district.slug for district in known.values()}
    for change in plan.changes:
        if change.kind is Kind.RETIRED:
            known[_id(change)].retired_at = now()
        elif change.outline and change.kind is Kind.NEW:
            district = District(slug=rules.new_slug(change.name, taken))
            taken.add(district.slug)
            _draw(district, change.outline)
            db.add(district)
        elif change.outline and change.kind is not Kind.UNCHANGED:
            _draw(known[_id(change)], change.outline)
    db.flush()


def _everything(db: Session) -> list[District]:
    """Also those out of use: a name that comes back is the same place."""
    return list(
        db.scalars(sa.select(District).order_by(District.retired_at.is_not(None), District.sort, District.slug))
    )


def _base(known: list[District]) -> tuple[tuple[UUID, UUID], ...]:
    return tuple(sorted((district.id, district.version) for district in known))


def _id(change: Change) -> UUID:
    assert change.district_id is not None
    return change.district_id


def _match(outlines: list[Outline], known: list[District]) -> dict[int, District]:
    """Which district each outline is, by its number in the file: first by code, then by name."""
    same: dict[int, District] = {}
    free = list(known)
    for key_of_outline, key_of_district in (
        (lambda one: one.code, lambda one: one.code),
        (lambda one: slug(one.name), lambda one: slug(one.name)),
    ):
        for outline in outlines:
            if outline.number in same or not (key := key_of_outline(outline)):
                continue
            district = next((one for one in free if key_of_district(one) == key), None)
            if district:
                same[outline.number] = district
                free.remove(district)
    return same


def _change(outline: Outline, district: District | None) -> Change:
    if district is None:
        return Change(Kind.NEW, outline.name, outline)
    share = rules.changed_share(shapely.from_geojson(district.geometry), outline.shape)
    facts = (outline.name, outline.code, outline.municipality, outline.number, outline.approximate, outline.source)
    were = (district.name, district.code, district.municipality, district.sort, district.approximate, district.source)
    kind = Kind.RETURNED if district.retired_at else Kind.UNCHANGED if not share and facts == were else Kind.CHANGED
    return Change(kind, outline.name, outline, district.id, district.name, share)


def _draw(district: District, outline: Outline) -> None:
    district.name, district.code, district.municipality = outline.name, outline.code, outline.municipality
    district.sort, district.approximate, district.source = outline.number, outline.approximate, outline.source
    district.geometry = _text(outline.shape)
    district.west, district.south, district.east, district.north = outline.shape.bounds
    district.retired_at = None


def _text(shape: BaseGeometry) -> str:
    return shapely.to_geojson(shape)


def _percent(share: float) -> str:
    percent = share * 100
    return "mindre än 0,1 %" if percent < 0.1 else f"{percent:.1f} %".replace(".", ",")
