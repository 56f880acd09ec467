"""Any picture that comes in becomes two plain JPEG: upright, sRGB, small, with no metadata. No database, no request.

The only file that knows Pillow, apart from `canvas.py`, which draws the demo's pictures and never sees foreign bytes.
"""

import logging
import re
import threading
import warnings
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from io import BytesIO

from PIL import Image, ImageCms

from walkapp.core.errors import DomainError, Invalid, TooLarge, Unavailable, Unsupported

FULL_SIDE = 1600
THUMB_SIDE = 320
PIXELS = 60_000_000
# A progressive scan can be a hundred bytes and cost a pass over the whole picture; cameras write about ten.
MOST_SCANS = 100
DECODES_AT_ONCE = 2
PATIENCE_SECONDS = 30

_slots = threading.BoundedSemaphore(DECODES_AT_ONCE)
_log = logging.getLogger(__name__)
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class Kind(StrEnum):
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    HEIC = "HEIC"
    AVIF = "AVIF"


# A picture is opened by the decoder of what its first bytes say, never by one that it talks Pillow into.
FORMATS = {
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.WEBP: ("WEBP",),
    Kind.HEIC: ("HEIF",),
    Kind.AVIF: ("AVIF",),
}
# These are decoded at full size, four bytes a pixel; only JPEG can be decoded smaller.
HALF_BUDGET = {Kind.PNG, Kind.WEBP, Kind.AVIF}

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}
OTHERS = {
    b"<": "en webbsida eller en SVG-ritning",
    b"%PDF": "ett PDF-dokument",
    b"GIF8": "en GIF-bild",
    b"II*\0": "en TIFF- eller råbild",
    b"MM\0*": "en TIFF- eller råbild",
    b"BM": "en BMP-bild",
    b"PK\3\4": "ett arkiv eller kontorsdokument",
    b"\x1aE\xdf\xa3": "en film",
}

# What turns a picture upright, by its EXIF orientation. ImageOps.exif_transpose does the same, but it also rewrites the
# rest of the EXIF, and fails where a phone has written nonsense there; we throw all of it away.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Prepared:
    """Two JPEG: `full` at most 1600 px, `thumb` at most 320 px on its longest side. The size is that of `full`."""

    full: bytes
    thumb: bytes
    width: int
    height: int


def look(data: bytes) -> Kind:
    """What the first bytes say that this is. Raises Unsupported for all that is no photo, Invalid for nothing."""
    if not data:
        raise Invalid("Bilden är tom. Välj den igen.")
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    what = next((name for magic, name in OTHERS.items() if start.startswith(magic)), "ingen bild")
    raise Unsupported(f"Filen är {what}. Välj ett foto i JPEG, PNG eller WebP.")


def _by_brand(data: bytes) -> Kind:
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    brands = {box[i : i + 4] for i in range(0, len(box), 4)}
    if brands & AVIF_BRANDS:
        return Kind.AVIF
    if brands & HEIC_BRANDS:
        return Kind.HEIC
    raise Unsupported("Filen är en film. Välj ett foto i JPEG, PNG eller WebP.")


def prepare(data: bytes, *, pixels: int = PIXELS) -> Prepared:
    """Check, turn, strip and shrink a picture.

    `pixels` is the most that is decoded, half of it for PNG, WebP and AVIF. Raises Unsupported (no photo, or a kind
    that this server cannot read), Invalid (broken, cut off, too many pixels) and Unavailable (busy: worth a retry).
    """
    kind = look(data)
    if kind in (Kind.HEIC, Kind.AVIF) and not _reads_heif():
        raise Unsupported(
            f"Bilden är i formatet {kind}, som servern inte kan läsa. Ta om bilden som JPEG "
            "(iPhone: Inställningar › Kamera › Format › Mest kompatibelt); dina ord är sparade."
        )
    if kind is Kind.JPEG and _scans(data) > MOST_SCANS:
        raise Invalid("Bilden är byggd på ett sätt som inget kamerafoto är. Välj ett annat foto.")
    if not _slots.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable("Många bilder kommer in just nu. Försök igen om en stund.")
    try:
        return _prepare(data, kind, pixels // 2 if kind in HALF_BUDGET else pixels)
    except DomainError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except MemoryError:
        raise Unavailable("Servern har ont om minne just nu. Försök igen om en stund.") from None
    except Exception as error:  # hostile bytes make decoders raise anything, from OSError to KeyError
        _log.info("a %s was refused: %s", kind, type(error).__name__)
        raise Invalid("Bilden är trasig eller inte hel. Skicka den igen eller välj ett annat foto.") from error
    finally:
        _slots.release()


def _prepare(data: bytes, kind: Kind, pixels: int) -> Prepared:
    with Image.open(BytesIO(data), formats=FORMATS[kind]) as source:
        width, height = source.size
        if width * height > pixels:
            raise _too_many_pixels()
        fitting = _fit(width, height, FULL_SIDE)
        source.draft(source.mode, fitting)  # a JPEG decodes at 1/2, 1/4 or 1/8 from here on; others take no notice
        source.load()
        orientation = _orientation(source)
        picture = _shrunk(source, fitting)
    picture = _srgb(picture)
    if orientation in UPRIGHT:
        picture = picture.transpose(UPRIGHT[orientation])
    # Only pixels move over: save() would take the comment, and who knows what tomorrow, along from `info`.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    small = bare.resize(_fit(*bare.size, THUMB_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    return Prepared(_jpeg(bare, 85), _jpeg(small, 80), *bare.size)


def _too_many_pixels() -> Invalid:
    return Invalid("Bilden har för många bildpunkter. Ta om den med vanlig kvalitet eller skicka en mindre.")


def _fit(width: int, height: int, side: int) -> tuple[int, int]:
    """The same shape with no side over `side` px; never larger, never thinner than one pixel."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(ORIENTATION, 1))
    except Exception:  # nonsense in the EXIF must not cost the picture
        return 1


def _shrunk(source: Image.Image, size: tuple[int, int]) -> Image.Image:
    """At most `size`, in L, RGB or CMYK, transparency laid on white."""
    picture = source
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")  # 16-bit grey; convert() alone would clip it
    elif picture.mode != "RGBA" and picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("L", "RGB", "RGBA", "CMYK"):
        picture = picture.convert("RGB")
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        white.info = dict(source.info)
        return white.convert("RGB")
    return picture


def _srgb(picture: Image.Image) -> Image.Image:
    """The colours as a browser shows them without a profile. iPhones write Display P3, printers CMYK."""
    profile = picture.info.get("icc_profile")
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except Exception:  # a broken or foreign profile: plain colours are better than no picture
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


# From inside entropy-coded data: the next marker that is no stuffed byte, restart or fill.
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def _scans(data: bytes) -> int:
    """How many scans a JPEG has, read from its segments without decoding."""
    at, scans = 2, 0
    while marker := _MARKER.search(data, at):
        code = marker.group()[-1]
        if code == 0xD9:  # EOI
            break
        scans += code == 0xDA  # SOS
        at = marker.end() + max(2, int.from_bytes(data[marker.end() : marker.end() + 2], "big"))
    return scans


def _reads_heif() -> bool:
    """Whether the extra `heic` is installed; the family of formats is only read where somebody chose its licence."""
    try:
        pillow_heif = import_module("pillow_heif")
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def refuse_larger_than(limit: int, size: int) -> None:
    """Raises TooLarge when `size` bytes are more than `limit`."""
    if size > limit:
        raise TooLarge(f"Bilden är för stor; den får vara högst {limit / 1e6:.0f} MB. Skicka en mindre.")
