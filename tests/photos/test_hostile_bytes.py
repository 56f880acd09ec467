"""Whatever the bytes are, the sender gets a sentence or a picture, never a stack trace."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.photos import pictures
from walkapp.core.errors import DomainError
from walkapp.photos.imaging import prepare

GOOD = [
    pictures.talkative("JPEG"),
    pictures.talkative("PNG"),
    pictures.talkative("WEBP"),
    pictures.mpo(),
    pictures.encoded(pictures.drawing(64, 48), progressive=True),
    pictures.encoded(pictures.drawing(64, 48).convert("CMYK")),
    pictures.encoded(pictures.drawing(64, 48).quantize(8), "PNG"),
    pictures.encoded(pictures.drawing(64, 48), "WEBP", lossless=True),
]
MAGIC = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8X", pictures.ftyp(b"heic")[:20], b""]

edits = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12)


def answered(data: bytes) -> None:
    try:
        ready = prepare(data)
    except DomainError as error:
        assert error.status in (415, 422) and error.sentence
    else:
        with Image.open(BytesIO(ready.full)) as image:
            assert image.size == (ready.width, ready.height)
            image.load()


# Pillow warns of much that it reads; a server that runs only logs it.
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore:Image size.*:PIL.Image.DecompressionBombWarning")
@settings(max_examples=200, deadline=None)
@given(st.sampled_from(GOOD), edits, st.floats(0.05, 1))
def test_a_changed_picture_passes_or_is_refused(good: bytes, changes: list[tuple[float, bytes]], kept: float) -> None:
    data = bytearray(good)
    for where, new in changes:
        # Most of the decisions are taken in the first kilobyte.
        at = int(where * (min(len(data), 1000) if where < 0.8 else len(data)))
        data[at : at + len(new)] = new
    answered(bytes(data[: max(1, int(kept * len(data)))]) if kept < 0.5 else bytes(data))


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MAGIC), st.binary(max_size=300))
def test_noise_with_the_right_beginning_is_refused(magic: bytes, noise: bytes) -> None:
    answered(magic + noise)


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.sampled_from([1, 8, 16]), st.sampled_from([0, 2, 3, 6]))
def test_a_png_may_announce_anything(width: int, height: int, bits: int, colour: int) -> None:
    answered(pictures.png(width, height, b"\0" * 1000, bits=bits, colour=colour))
