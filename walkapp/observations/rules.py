"""The words of an observation."""

from enum import StrEnum


class Feeling(StrEnum):
    SAFE = "tryggt"
    SOMEWHAT_UNSAFE = "lite_otryggt"
    VERY_UNSAFE = "mycket_otryggt"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class PlaceMethod(StrEnum):
    """How the place came about; all are equals, only their accuracy differs."""

    GPS = "gps"
    PIN = "pin"
    STOP = "stop"
    STREET = "street"
    NONE = "none"

    @property
    def label(self) -> str:
        return _METHODS[self]


_METHODS = {
    PlaceMethod.GPS: "telefonens position",
    PlaceMethod.PIN: "utpekad på kartan",
    PlaceMethod.STOP: "vid ett stopp",
    PlaceMethod.STREET: "gatunamn",
    PlaceMethod.NONE: "utan plats",
}

# Metres; what a place is worth when the phone does not say.
USUAL_ACCURACY = {PlaceMethod.GPS: 15.0, PlaceMethod.PIN: 10.0, PlaceMethod.STOP: 20.0}


class DistrictFlag(StrEnum):
    """How sure the district is. Nothing is dropped for lying outside."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"
    NONE = "none"

    @property
    def label(self) -> str:
        return _FLAGS[self]


_FLAGS = {
    DistrictFlag.INSIDE: "",
    DistrictFlag.BORDER: "nära en områdesgräns",
    DistrictFlag.OUTSIDE: "utanför kommunens områden",
    DistrictFlag.NONE: "platsen saknas ännu",
}
