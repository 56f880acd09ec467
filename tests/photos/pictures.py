"""Pictures drawn by code, whole and hostile, and a reader of JPEG segments that is not Pillow."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw

ORIENTATION, MAKER, COMMENT, GPS = 0x0112, 0x010F, 0x9286, 0x8825


def drawing(width: int = 480, height: int = 320) -> Image.Image:
    """No two corners alike, so that each way of turning it wrong shows."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 2), fill="firebrick")
    pen.rectangle((width // 2, 0, width, height // 2), fill="seagreen")
    pen.rectangle((0, height // 2, width // 2, height), fill="navy")
    pen.ellipse((width // 8, height // 8, width // 3, height // 3), fill="gold")
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


TURNED_AWAY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def held_wrong(orientation: int, kind: str = "JPEG") -> bytes:
    """`drawing` as a camera stores it that was held in that way."""
    image = drawing()
    if orientation in TURNED_AWAY:
        image = image.transpose(TURNED_AWAY[orientation])
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(image, kind, exif=exif)


def talkative(kind: str = "JPEG") -> bytes:
    """A picture that says in every way it knows where and by whom it was taken. Each secret has HEMLIG in it."""
    exif = Image.Exif()
    exif[MAKER] = "HEMLIG kamera"
    exif.get_ifd(0x8769)[COMMENT] = b"ASCII\0\0\0HEMLIG kommentar"
    gps = exif.get_ifd(GPS)
    gps[1], gps[2], gps[29] = "N", (59.0, 7.0, 39.7), "HEMLIG 2026:11"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind in ("JPEG", "WEBP"):
        options["xmp"] = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">HEMLIG xmp</x:xmpmeta>'
    if kind == "JPEG":
        options["comment"] = b"HEMLIG JPEG-kommentar"
    data = encoded(drawing(), kind, **options)
    if kind == "PNG":
        at = 8 + 25  # after IHDR
        data = data[:at] + chunk(b"tEXt", b"Author\0HEMLIG person") + data[at:]
    return data + b"HEMLIG svans"


def mpo() -> bytes:
    """Two pictures in one file, as phones with two lenses write; the second is a secret."""
    return encoded(drawing(), "MPO", save_all=True, append_images=[Image.new("RGB", (480, 320), "magenta")])


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: bytes = b"", *, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG written by hand, which may announce more than it holds."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# 16,000 × 16,000 transparent pixels in 46 bytes, as libwebp writes them.
WEBP_BOMB = bytes.fromhex(
    "5249464626000000574542505650384c190000002f7ffe9f1f075081540820000a1a02495bbced8f8f88e87f0000"
)


def announcing(data: bytes, width: int, height: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    for code, start, _ in segments(data):
        if code in (0xC0, 0xC2):
            return data[: start + 5] + struct.pack(">HH", height, width) + data[start + 9 :]
    raise AssertionError("no frame header")


def many_scans(scans: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small to send, long to decode."""
    data = encoded(drawing(), progressive=True)
    last = max(start for code, start, _ in segments(data) if code == 0xDA)
    return data[:-2] + data[last:-2] * scans + b"\xff\xd9"


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    """The beginning of a file of the ISO family: HEIC, AVIF, MP4."""
    brands = major + b"\0\0\0\0" + b"".join(compatible)
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + b"\0" * 400


def segments(data: bytes) -> list[tuple[int, int, bytes]]:
    """All segments of a JPEG as (marker, where its FF stands, content), from SOI to EOI and no byte after it."""
    assert data[:2] == b"\xff\xd8"
    found, at = [(0xD8, 0, b"")], 2
    while at < len(data):
        assert data[at] == 0xFF, f"no marker at {at}"
        code = data[at + 1]
        if code == 0xD9:
            found.append((code, at, b""))
            assert at + 2 == len(data), "bytes after the end of the image"
            return found
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((code, at, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if code == 0xDA:
            while not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1
    raise AssertionError("no end of the image")
