"""Reading a GeoJSON file of districts: everything that can be wrong with one, each in a sentence.

WGS 84 as RFC 7946 says, or SWEREF 99 TM by the file's `crs` member (GeoJSON 2008, which GIS programs still write).
"""

import re
from collections.abc import Sequence
from math import isfinite
from typing import Any, cast

import geojson
import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from walkapp.core.errors import Invalid
from walkapp.core.geo import from_sweref, looks_like_metres
from walkapp.core.text import line

from .rules import DECIMALS, LEAST_AREA_M2, MOST_BYTES, MOST_CORNERS, MOST_FEATURES, Layer, Outline, area_m2

#: Properties that hold a district's name or code, the first one that is there wins; upper and lower case are the same.
NAME_KEYS = (
    "name", "namn", "omradesnamn", "områdesnamn", "distriktsnamn", "stadsdel", "stadsdelsnamn", "valdistriktsnamn",
    "vdnamn", "vd_namn", "valdistrikt", "regsonamn", "regso", "desonamn", "distrikt", "omrade", "område",
)  # fmt: skip
CODE_KEYS = (
    "code", "kod", "omradeskod", "områdeskod", "distriktskod", "valdistriktskod", "lkfv", "regsokod", "desokod", "deso",
)  # fmt: skip
MUNICIPALITY_KEYS = ("municipality", "kommunnamn", "kommun")
SOURCE_KEYS = ("source", "källa", "kalla")

_DEGREES = {"CRS84", "4326", "4258", "4619", "4979"}
_SWEREF_99_TM = {"3006", "5845"}  # 5845 is 3006 with heights, which are left out here
_SAVE_AS = "Spara om lagret i WGS 84 (EPSG:4326) eller SWEREF 99 TM (EPSG:3006) och försök igen."

# geojson's own findings → our sentence
_FINDINGS = {
    "at least 4": "har en ring med färre än fyra hörn.",
    "end where it started": "har en ring som inte sluts.",
}


class _Refused(Exception):
    """This one feature cannot be used; the sentence goes on from its name."""


def read_layer(
    data: str | bytes, *, name_keys: Sequence[str] = NAME_KEYS, code_keys: Sequence[str] = CODE_KEYS, source: str = ""
) -> Layer:
    """The districts of a GeoJSON file. `source` is said of those that do not name their own.

    Raises Invalid when the file as a whole cannot be used; what is wrong with one district alone is in `refused`.
    """
    features, in_metres = _open(data)
    outlines: list[Outline] = []
    refused: list[tuple[str, str]] = []
    notes: list[str] = []
    corners = 0
    for number, feature in enumerate(features, 1):
        label = f"Område {number}"
        try:
            facts = _properties(feature)
            name, code = _name(facts, name_keys, code_keys)
            label = f"Område {number} ({name})"
            polygons = _polygons(feature)
            corners += sum(len(ring) for rings in polygons for ring in rings)
            if corners > MOST_CORNERS:
                raise Invalid(f"Filen har fler än {MOST_CORNERS:_} hörn. Förenkla lagret först.".replace("_", "\u00a0"))
            _judge(polygons, in_metres)
            shape, mended = _shape(polygons, in_metres)
            twin = next((one for one in outlines if one.name.casefold() == name.casefold()), None)
            if twin:
                raise _Refused(f"heter likadant som område {twin.number}. Slå ihop dem eller ge dem olika namn.")
        except _Refused as reason:
            refused.append((label, str(reason)))
            continue
        if mended:
            notes.append(f"{label} {mended}")
        municipality, told = _text(facts, MUNICIPALITY_KEYS)[:120], (_text(facts, SOURCE_KEYS) or source)[:300]
        outlines.append(Outline(number, name, code, shape, municipality, facts.get("approximate") is True, told))
    if not outlines:
        _refuse_all(refused)
    outlines, dropped = _without_doubtful_codes(outlines)
    return Layer(outlines, [f"{label} {reason}" for label, reason in refused], notes + dropped)


# --- The file --------------------------------------------------------------------------------------------------------


def _open(data: str | bytes) -> tuple[list[Any], bool]:
    """The features of the file, and whether its coordinates are metres in SWEREF 99 TM."""
    if len(data) > MOST_BYTES:
        raise Invalid(
            f"Filen är för stor: högst {MOST_BYTES // 1_000_000} MB. Förenkla lagret eller klipp ut kommunen."
        )
    text = _decode(data).lstrip("\ufeff \t\r\n")
    if not text:
        raise Invalid("Filen är tom.")
    if text.startswith("<"):
        raise Invalid("Filen är XML eller HTML, inte GeoJSON. Exportera lagret som GeoJSON.")
    try:
        # Plain dicts: geojson's own hook makes a geometry of anything that has a property called type.
        found: Any = geojson.loads(text, object_hook=cast(Any, dict))
    except RecursionError:
        raise Invalid("Filen är nästlad för djupt för att vara en karta.") from None
    except ValueError as error:
        where = (
            f" (rad {error.lineno}, tecken {error.colno})"
            if hasattr(error, "lineno") and hasattr(error, "colno")
            else ""
        )
        raise Invalid(f"Filen går inte att läsa som JSON{where}. Exportera lagret som GeoJSON.") from None
    kind = found.get("type") if isinstance(found, dict) else None
    if kind != "FeatureCollection":
        said = f" av typen {line(kind[:40], limit=200)}" if isinstance(kind, str) else ""
        raise Invalid(f"Filen är JSON{said}, men inte en FeatureCollection med områden. Exportera lagret som GeoJSON.")
    features = found.get("features")
    if not isinstance(features, list):
        raise Invalid("Filens ”features” ska vara en lista med områden.")
    if not features:
        raise Invalid("Filen innehåller inga områden.")
    if len(features) > MOST_FEATURES:
        raise Invalid(
            f"Filen har {len(features)} områden, och högst {MOST_FEATURES} kan läsas in. Klipp ut den egna kommunen."
        )
    return features, _in_metres(found.get("crs"))


def _decode(data: str | bytes) -> str:
    if isinstance(data, str):
        return data
    if data.startswith((b"PK", b"\x1f\x8b", b"SQLite format 3")):
        raise Invalid("Filen är packad eller en databas (Zip, GeoPackage), inte GeoJSON. Exportera lagret som GeoJSON.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("Filen är inte text i UTF-8. Exportera lagret som GeoJSON i UTF-8.") from None


def _in_metres(crs: Any) -> bool:
    """Whether the file says SWEREF 99 TM. Raises Invalid for systems that are neither that nor WGS 84."""
    if crs is None:
        return False
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        raise Invalid(f"Filens koordinatsystem (”crs”) går inte att förstå. {_SAVE_AS}")
    code = re.split(r"[:/]", name.strip().upper())[-1]
    if code in _DEGREES:
        return False
    if code in _SWEREF_99_TM:
        return True
    raise Invalid(f"Filens koordinatsystem är {line(name[:80], limit=400)}, som inte kan läsas. {_SAVE_AS}")


def _refuse_all(refused: list[tuple[str, str]]) -> None:
    """Nothing is left: one sentence for a fault that all have, else the first of them."""
    reasons = {reason for _, reason in refused}
    label, reason = refused[0]
    if len(reasons) == 1 and len(refused) > 1:
        raise Invalid(f"Inget av filens {len(refused)} områden går att använda. Vart och ett {reason}")
    raise Invalid(f"{label} {reason}" if len(refused) == 1 else f"Inget område går att använda. {label} {reason}")


def _without_doubtful_codes(outlines: list[Outline]) -> tuple[list[Outline], list[str]]:
    """Codes say which district is which from one import to the next, but only when each is one district's own."""
    codes = [outline.code for outline in outlines if outline.code]
    if len(codes) == len(set(codes)):
        return outlines, []
    bare = [Outline(**{**vars(outline), "code": None}) for outline in outlines]
    return bare, ["Flera områden har samma kod. Koderna används inte."]


# --- One feature -----------------------------------------------------------------------------------------------------


def _properties(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Refused("är inte en Feature.")
    properties = feature.get("properties")
    return {str(key).casefold(): value for key, value in properties.items()} if isinstance(properties, dict) else {}


def _text(facts: dict[str, Any], keys: Sequence[str]) -> str:
    """The first of the properties that says something, on one line; whole numbers count as text."""
    for key in keys:
        value = facts.get(key.casefold())
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
            value = str(value)
        if isinstance(value, str) and (said := line(value[:1000], limit=10_000)):
            return said
    return ""


def _name(facts: dict[str, Any], name_keys: Sequence[str], code_keys: Sequence[str]) -> tuple[str, str | None]:
    code = _text(facts, code_keys)
    name = _text(facts, name_keys) or code
    if not name:
        raise _Refused("saknar namn: det ska stå i egenskapen name eller namn.")
    if len(name) > 120:
        raise _Refused(f"har ett för långt namn: {len(name)} tecken, och högst 120 får plats.")
    return name, code if code and len(code) <= 32 else None


def _polygons(feature: dict[str, Any]) -> list[list[list[tuple[float, float]]]]:
    """Rings of positions (x, y) by polygon, checked in shape; heights are left out, open rings are closed."""
    geometry = feature.get("geometry")
    if geometry is None:
        raise _Refused("saknar yta (geometry är tom).")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        said = f"en {line(kind[:40], limit=200)}" if isinstance(kind, str) and kind.strip() else "ingen känd geometri"
        raise _Refused(f"är {said}, men ska vara en yta (Polygon eller MultiPolygon).")
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        raise _Refused("har inga koordinater.")
    parts = [coordinates] if kind == "Polygon" else coordinates
    return [_rings(part) for part in parts]


def _rings(part: Any) -> list[list[tuple[float, float]]]:
    if not isinstance(part, list) or not part or not all(isinstance(ring, list) for ring in part):
        raise _Refused("har koordinater som inte är en lista av ringar.")
    rings = []
    for ring in part:
        positions = [_position(position) for position in ring]
        if positions and positions[0] != positions[-1]:
            positions.append(positions[0])
        rings.append(positions)
    finding = geojson.Polygon([[list(position) for position in ring] for ring in rings], precision=15).errors()
    if finding:
        raise _Refused(
            next((ours for theirs, ours in _FINDINGS.items() if theirs in str(finding)), "har en trasig ring.")
        )
    return rings


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or not 2 <= len(position) <= 4:
        raise _Refused("har en koordinat som inte är två tal.")
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in position[:2]):
        raise _Refused("har en koordinat som inte är två tal.")
    try:
        x, y = float(position[0]), float(position[1])
    except OverflowError:
        raise _Refused("har en orimligt stor koordinat.") from None
    if not (isfinite(x) and isfinite(y)) or max(abs(x), abs(y)) > 1e8:
        raise _Refused("har en orimligt stor koordinat.")
    return x, y


def _judge(polygons: list[list[list[tuple[float, float]]]], in_metres: bool) -> None:
    """Whether the numbers can be what the file says they are; otherwise what they seem to be and what to do."""
    positions = [position for rings in polygons for ring in rings for position in ring]
    if in_metres:
        if all(looks_like_metres(x, y) for x, y in positions):
            return
        if all(abs(x) <= 180 and abs(y) <= 180 for x, y in positions):
            raise _Refused(f"har koordinater i grader, fast filen säger SWEREF 99 TM. {_SAVE_AS}")
        raise _Refused("ligger inte i Sverige enligt SWEREF 99 TM.")
    if any(looks_like_metres(x, y) for x, y in positions):
        raise _Refused(
            "har koordinater i meter, men filen säger inte i vilket koordinatsystem. Är det SWEREF 99 TM: låt "
            "programmet skriva ”crs” EPSG:3006 i filen, eller spara om lagret i WGS 84 (EPSG:4326)."
        )
    if all(54.5 <= x <= 69.5 and 10 <= y <= 25 for x, y in positions):
        raise _Refused("verkar ha latitud och longitud omkastade. GeoJSON skriver longituden först.")
    if any(abs(x) > 180 or abs(y) > 90 for x, y in positions):
        raise _Refused(f"har koordinater som inte är grader. {_SAVE_AS}")
    if not all(10 <= x <= 25 and 54.5 <= y <= 69.5 for x, y in positions):
        raise _Refused("ligger inte i Sverige. Ett område ska ligga där kommunen ligger.")


def _shape(polygons: list[list[list[tuple[float, float]]]], in_metres: bool) -> tuple[MultiPolygon, str]:
    """The district's ground in degrees, valid, and what was mended to get it."""
    try:
        shape: BaseGeometry = MultiPolygon([(rings[0], rings[1:]) for rings in polygons])
        if in_metres:
            shape = shapely.transform(shape, _to_degrees)
        shape = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
        mended = "" if shape.is_valid else "hade en gräns som korsar sig själv eller hål på fel plats; den är lagad."
        if mended:
            shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    except (shapely.errors.ShapelyError, ValueError):
        raise _Refused("har en gräns som inte går att laga.") from None
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon) and not part.is_empty]
    ground = MultiPolygon(parts)
    if area_m2(ground) < LEAST_AREA_M2:
        raise _Refused("har ingen yta att tala om.")
    return ground, mended


def _to_degrees(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # EPSG:3006 itself puts north first, most programs east: the larger number is always north in Sweden.
    return np.array([from_sweref(max(x, y), min(x, y))[::-1] for x, y in points]).reshape(-1, 2)
