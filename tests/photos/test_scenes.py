"""The demo's own pictures."""

import pytest
from PIL import ImageStat

from tests.photos.pictures import decoded
from walkapp.photos.imaging import prepare
from walkapp.photos.scenes import SCENES, draw_scene
from walkapp.promises.rules import Theme


def brightness(data: bytes) -> float:
    return float(ImageStat.Stat(decoded(data).convert("L")).mean[0])


def test_every_theme_has_a_scene() -> None:
    assert set(SCENES) == {theme.value for theme in Theme}


def test_an_unknown_kind_is_drawn_as_something_else() -> None:
    assert draw_scene("annat", 1, False) == draw_scene("ovrigt", 1, False)


@pytest.mark.parametrize("kind", SCENES)
def test_a_scene_is_a_photo_like_any_other(kind: str) -> None:
    day, night, mended = draw_scene(kind, 7, False), draw_scene(kind, 7, True), draw_scene(kind, 7, True, mended=True)
    assert decoded(day).size == (1200, 900)
    assert brightness(night) < brightness(day) - 40
    assert prepare(night).width == 1200
    assert mended != night or kind in ("kamera", "trafik", "trygg_plats")


def test_the_same_seed_draws_the_same_picture_and_another_another() -> None:
    assert draw_scene("klotter", 4, True) == draw_scene("klotter", 4, True)
    assert draw_scene("klotter", 4, True) != draw_scene("klotter", 5, True)
