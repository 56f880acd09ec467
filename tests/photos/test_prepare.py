"""What comes in: refusals first, then every kind of good picture."""

import re
import sys
import threading
import tracemalloc
from collections.abc import Callable
from types import ModuleType

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests.photos import pictures
from tests.photos.pictures import decoded, drawing, encoded
from walkapp.core.errors import DomainError, Invalid, TooLarge, Unavailable, Unsupported
from walkapp.photos import imaging
from walkapp.photos.imaging import Kind, look, prepare


def difference(a: Image.Image, b: Image.Image) -> float:
    """Mean difference of two pictures of one size, 0–255."""
    assert a.size == b.size
    return sum(ImageStat.Stat(ImageChops.difference(a.convert("RGB"), b.convert("RGB"))).mean) / 3


def middle(data: bytes) -> tuple[int, ...]:
    image = decoded(data)
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    return tuple(int(part) for part in colour)


def refusal(data: bytes, kind: type[DomainError], **limits: int) -> str:
    with pytest.raises(kind) as caught:
        prepare(data, **limits)
    return caught.value.sentence


# --- Refused


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"<!doctype html><script>alert(1)</script>", "webbsida"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg onload='alert(1)'/>", "SVG"),
        (b"GIF89a" + b"\0" * 50, "GIF"),
        (b"%PDF-1.7", "PDF"),
        (b"II*\0" + b"\0" * 50, "TIFF"),
        (b"BM" + b"\0" * 50, "BMP"),
        (b"PK\x03\x04", "arkiv"),
        (pictures.ftyp(b"isom", b"mp41"), "film"),
        (b"hej, jag heter bild.jpg", "ingen bild"),
        (b"\0" * 100, "ingen bild"),
        (b"\xff\xd8", "ingen bild"),
        (b"RIFF\0\0\0\0WAVE", "ingen bild"),
    ],
)
def test_what_is_no_photo_is_told_so(data: bytes, word: str) -> None:
    assert word in refusal(data, Unsupported)


def test_an_empty_file_is_told_so() -> None:
    assert "tom" in refusal(b"", Invalid)


@pytest.mark.parametrize(
    "bomb",
    [
        pictures.png(50_000, 50_000),
        pictures.png(2**31 - 1, 2**31 - 1),
        pictures.png(6_000, 5_001),
        pictures.announcing(encoded(drawing()), 65_000, 65_000),
        pictures.announcing(encoded(drawing()), 10_000, 6_001),
        pictures.WEBP_BOMB,
    ],
    ids=["png", "largest png", "png just over", "jpeg", "jpeg just over", "webp"],
)
def test_a_bomb_is_refused_from_its_header(bomb: bytes) -> None:
    tracemalloc.start()
    assert "bildpunkter" in refusal(bomb, Invalid)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_the_pixel_budget_is_a_setting_and_half_for_what_decodes_whole() -> None:
    assert prepare(encoded(drawing(200, 100)), pixels=20_000).width == 200
    assert "bildpunkter" in refusal(encoded(drawing(200, 101)), Invalid, pixels=20_000)
    for kind in ("PNG", "WEBP"):
        assert prepare(encoded(drawing(100, 100), kind), pixels=20_000).width == 100
        assert "bildpunkter" in refusal(encoded(drawing(101, 100), kind), Invalid, pixels=20_000)


def test_a_jpeg_of_countless_scans_is_refused_unread() -> None:
    assert prepare(pictures.many_scans(20)).width == 480
    assert "byggd" in refusal(pictures.many_scans(150), Invalid)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_picture_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    data = encoded(noise, kind)
    assert refusal(data[: int(len(data) * share)], Invalid)


def test_a_file_over_the_limit_is_told_the_limit() -> None:
    with pytest.raises(TooLarge, match="högst 25 MB"):
        imaging.refuse_larger_than(25_000_000, 26_000_000)
    imaging.refuse_larger_than(25_000_000, 25_000_000)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pictures.ftyp(b"heic", b"mif1", b"heic"), "HEIC"),
        (pictures.ftyp(b"mif1", b"heic"), "HEIC"),
        (pictures.ftyp(b"heix"), "HEIC"),
        (pictures.ftyp(b"avif", b"mif1", b"miaf"), "AVIF"),
        (pictures.ftyp(b"mif1", b"avif"), "AVIF"),
    ],
)
def test_heic_without_its_extra_is_told_what_to_do(data: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    sentence = refusal(data, Unsupported)
    assert name in sentence and "JPEG" in sentence and "dina ord är sparade" in sentence


def test_broken_heic_with_the_extra_is_broken() -> None:
    pytest.importorskip("pillow_heif", reason="the extra heic is not installed", exc_type=ImportError)
    assert "trasig" in refusal(pictures.ftyp(b"heic", b"mif1"), Invalid)


def test_when_all_hands_are_busy_the_phone_may_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "PATIENCE_SECONDS", 0)
    for _ in range(imaging.DECODES_AT_ONCE):
        imaging._slots.acquire()
    try:
        assert "stund" in refusal(encoded(drawing()), Unavailable)
    finally:
        for _ in range(imaging.DECODES_AT_ONCE):
            imaging._slots.release()
    assert prepare(encoded(drawing())).width == 480


def test_a_refused_picture_frees_its_place() -> None:
    for _ in range(imaging.DECODES_AT_ONCE + 1):
        refusal(encoded(drawing())[:200], Invalid)
    assert prepare(encoded(drawing())).width == 480


# --- Taken in


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_comes_out_upright(kind: str, orientation: int) -> None:
    ready = prepare(pictures.held_wrong(orientation, kind))
    assert (ready.width, ready.height) == (480, 320)
    assert difference(decoded(ready.full), drawing()) < 6
    assert difference(decoded(ready.thumb), drawing().resize((320, 213))) < 8


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation: int) -> None:
    assert difference(decoded(prepare(pictures.held_wrong(orientation)).full), drawing()) < 6


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns; a server that runs only logs it
def test_nonsense_in_the_exif_does_not_cost_the_picture() -> None:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\x00\x07\xff\xff\xff\xff" * 20
    assert prepare(encoded(drawing(), exif=exif)).width == 480


def test_real_photos_in_all_orientations_look_the_same(shared_data) -> None:  # type: ignore[no-untyped-def]
    photos = sorted((shared_data / "photos").glob("landscape_orientation_*.jpg"))
    assert len(photos) == 8
    ready = [prepare(path.read_bytes()) for path in photos]
    assert {(one.width, one.height) for one in ready} == {(1600, 1067)}
    small = [decoded(one.full).resize((200, 133)) for one in ready]
    assert all(difference(small[0], other) < 3 for other in small[1:])
    # The camera's own name is in all of them, and in none of ours.
    assert all(b"Exif" in path.read_bytes()[:100] or b"Exif" in path.read_bytes() for path in photos)
    assert not any(b"Exif" in one.full + one.thumb for one in ready)


@pytest.mark.parametrize("make", [pictures.talkative, lambda kind: pictures.mpo()], ids=["metadata", "two pictures"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_left(kind: str, make: Callable[[str], bytes]) -> None:
    data = make(kind)
    assert b"HEMLIG" in data or b"MPF\0" in data
    ready = prepare(data)
    for out in (ready.full, ready.thumb):
        assert b"HEMLIG" not in out
        found = pictures.segments(out)
        # SOI, JFIF header, tables, a progressive frame, its scans, EOI; no other APPn, no comment.
        assert {code for code, _, _ in found} == {0xD8, 0xE0, 0xDB, 0xC2, 0xC4, 0xDA, 0xD9}
        assert [content for code, _, content in found if code == 0xE0] == [b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]
        assert not decoded(out).getexif()
        assert decoded(out).format == "JPEG"


def test_only_the_first_of_two_pictures_is_taken() -> None:
    assert difference(decoded(prepare(pictures.mpo()).full), drawing()) < 6


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (480, 320), "magenta")] * 3
    data = encoded(drawing(), kind, save_all=True, append_images=frames, duration=100)
    assert difference(decoded(prepare(data).full), drawing()) < 6


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 3000), (9000, 2), (1600, 1600), (1601, 900), (3200, 2400)])
def test_no_side_is_too_long_and_nothing_is_made_larger(width: int, height: int) -> None:
    ready = prepare(encoded(drawing(width, height)))
    assert (ready.width, ready.height) == decoded(ready.full).size
    assert max(ready.width, ready.height) == min(1600, max(width, height))
    assert max(decoded(ready.thumb).size) == min(320, max(width, height))


def test_transparency_becomes_white() -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 50, 100))
    palette = image.quantize(4)
    for data in (encoded(image, "PNG"), encoded(image, "WEBP", lossless=True), encoded(palette, "PNG")):
        out = decoded(prepare(data).full)
        assert min(out.getpixel((90, 50))) > 245  # type: ignore[arg-type]
        assert out.getpixel((10, 50))[2] > 245  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_every_way_to_write_a_colour_looks_right(mode: str) -> None:
    image = drawing().convert(mode)
    data = encoded(image, "JPEG" if mode == "CMYK" else "PNG")
    small = (48, 32)  # a palette is dithered; what counts is the colour from a step away
    assert difference(decoded(prepare(data).full).resize(small), image.convert("RGB").resize(small)) < 6


def test_sixteen_bit_grey_is_not_clipped() -> None:
    rows = b"".join(b"\0" + b"".join((x * 257).to_bytes(2, "big") for x in range(256)) for _ in range(64))
    out = decoded(prepare(pictures.png(256, 64, rows, bits=16, colour=0)).full).convert("L")
    assert all(abs(int(out.getpixel((x, 32))) - x) < 4 for x in (0, 64, 128, 200, 255))  # type: ignore[arg-type]


def test_foreign_colours_are_turned_into_srgb() -> None:
    """By this profile the first number is green: sRGB with the names of two primaries exchanged."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    picture = Image.new("RGB", (64, 64), (200, 40, 40))
    for kind, options in (("JPEG", {"subsampling": 0}), ("PNG", {}), ("WEBP", {"lossless": True})):
        red, green, blue = middle(prepare(encoded(picture, kind, icc_profile=swapped, **options)).full)
        assert green > 190 and red < 50 and blue < 50
        red, green, blue = middle(prepare(encoded(picture, kind, icc_profile=srgb, **options)).full)
        assert red > 190 and green < 50 and blue < 50


def test_a_broken_profile_does_not_cost_the_picture() -> None:
    for profile in (b"nonsense", b"\0" * 200, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()):
        assert difference(decoded(prepare(encoded(drawing(), icc_profile=profile)).full), drawing()) < 6


def test_heic_with_its_extra_is_taken_in() -> None:
    heif: ModuleType = pytest.importorskip(
        "pillow_heif", reason="the extra heic is not installed", exc_type=ImportError
    )
    heif.register_heif_opener()
    data = encoded(drawing(), "HEIF")
    assert look(data) is Kind.HEIC
    assert difference(decoded(prepare(data).full), drawing()) < 6


def test_a_large_photo_is_decoded_small() -> None:
    """48 million pixels would be 144 MB; the JPEG is decoded at a quarter of its width."""
    data = encoded(Image.new("RGB", (8000, 6000), "navy"), quality=50)
    assert prepare(data).width == 1600


def test_two_at_once_and_no_more() -> None:
    data, results = encoded(drawing(1200, 900)), []
    threads = [threading.Thread(target=lambda: results.append(prepare(data).full)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6 and len(set(results)) == 1


def test_sentences_are_swedish_and_whole() -> None:
    for data in (b"<", b"", pictures.png(50_000, 50_000), b"\xff\xd8\xff\xe0"):
        with pytest.raises(DomainError) as caught:
            prepare(data)
        assert re.fullmatch(r"[A-ZÅÄÖ].*\.", caught.value.sentence)
