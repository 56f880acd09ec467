"""What an action is called, from its theme and from what the walkers said about the place."""

import re

from walkapp.promises.rules import Theme

_TITLES = {
    Theme.LIGHTING: "Se över belysningen",
    Theme.GREENERY: "Se över växtligheten",
    Theme.CAMERA: "Prövning: kamerabehov",
    Theme.TRAFFIC: "Se över trafiken",
    Theme.UPKEEP: "Laga och sköta",
    Theme.GRAFFITI: "Ta bort klotter",
    Theme.LITTER: "Städa",
    Theme.ACCESS: "Se över framkomligheten",
    Theme.ORDER: "Se över tryggheten",
    Theme.SIGNS: "Se över skyltningen",
    Theme.OTHER: "Se över platsen",
}


def suggested_title(theme: Theme, place: str = "") -> str:
    """`Se över belysningen vid Gångtunneln`; without a place the bare words."""
    return f"{_TITLES[theme]} {at_place(place)}".strip()


_PREPOSITION = re.compile(r"^(vid|i|på|bakom|utanför|nära|under|mellan|längs|mot|framför|bredvid)\b", re.IGNORECASE)
_ROADS = re.compile(r"(gatan|vägen|torget|stigen|backen|allén|gränden|leden)$", re.IGNORECASE)
# Things that every town has, written with a capital letter because they began a line. Streets keep theirs.
_COMMON = re.compile(
    r"^(\w*(tunneln|platsen|planen|parkeringen|korsningen|bänkarna|bänken|trappan|trapporna|väggen|infarten|utfarten"
    r"|dammen|trottoaren|rummet|stället|skåpet|häcken|buskarna|träden|hörnet|staketet|gården|entrén|rondellen|viadukten)"
    r"|(cykel|gång|grus|bil)?(vägen|banan|stigen|bron)|(lek)?parken|gatan|torget|stationen|skolan|biblioteket|kyrkan)$",
    re.IGNORECASE,
)


def at_place(place: str) -> str:
    """A place with its preposition: `på Skolgatan`, `vid gångtunneln`, `nära stopp 3`."""
    first = place.split(" ")[0]
    linked = _PREPOSITION.match(place)
    if linked or _COMMON.match(first):
        place = place[:1].lower() + place[1:]
    if linked or not place:
        return place
    return f"{'på' if _ROADS.search(first) and not re.search(r'[0-9]', place) else 'vid'} {place}"


_NAMED = re.compile(
    r"\b[A-ZÅÄÖ][\w’'-]*(?:gatan|vägen|torget|parken|stigen|gränden|allén|bron|skolan|tunneln|plan|backen|leden)"
    r"(?:\s+\d{1,3}\s?[A-Fa-f]?\b)?"
)


def place_in(text: str) -> str:
    """A street or place that the words name, or nothing: `Lampan vid Skolgatan 12 är trasig` → `Skolgatan 12`.

    Only words with a capital letter: ”cykelvägen” alone could be any of them.
    """
    found = _NAMED.search(text)
    return " ".join(found.group().split()) if found else ""
