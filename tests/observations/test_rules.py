from datetime import UTC, datetime

import pytest

from walkapp.observations.queries import read_receipt
from walkapp.observations.rules import (
    FIRST_THEMES,
    FURTHER_THEMES,
    NEXT_THEMES,
    light_ahead,
    needs_a_look_in_the_dark,
    without_empty_words,
)  # fmt: skip
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light

KUMLA = (59.1277, 15.1434)


def test_every_theme_has_its_place_on_the_phone_once() -> None:
    offered = [*FIRST_THEMES, *NEXT_THEMES, *FURTHER_THEMES]
    assert sorted(offered) == sorted(Theme)
    assert [theme.phone_label for theme in FIRST_THEMES] == ["Mörkt", "Igenvuxet", "Kamerabehov"]


def test_annat_is_only_kept_when_nothing_else_was_said() -> None:
    assert without_empty_words([Theme.OTHER]) == [Theme.OTHER]
    assert without_empty_words([Theme.OTHER, Theme.TRAFFIC, Theme.TRAFFIC]) == [Theme.TRAFFIC]


def test_a_lamp_that_is_out_by_day_is_looked_at_in_the_dark() -> None:
    assert needs_a_look_in_the_dark([Theme.GREENERY, Theme.LIGHTING], Light.LIGHT)
    assert not needs_a_look_in_the_dark([Theme.LIGHTING], Light.DARK)
    assert not needs_a_look_in_the_dark([Theme.GREENERY], Light.LIGHT)


def test_an_evening_turns_dark_once_and_light_once_within_a_day() -> None:
    ahead = light_ahead(datetime(2026, 11, 24, 13, tzinfo=UTC), *KUMLA)
    assert [light for _, light in ahead] == [Light.LIGHT, Light.DARK, Light.LIGHT]
    assert 14 <= ahead[1][0].hour <= 16


def test_at_noon_of_midsummer_the_next_dark_is_late() -> None:
    ahead = light_ahead(datetime(2026, 6, 20, 12, tzinfo=UTC), *KUMLA)
    assert ahead[0][1] is Light.LIGHT
    assert ahead[1][0].hour >= 21


@pytest.mark.parametrize("typed", ["acef ghjk mnpr", "ACEFGHJKMNPR", " acef-ghjk-mnpr ", "A.C.E.F GHJK MNPR"])
def test_a_receipt_is_read_however_it_was_copied(typed: str) -> None:
    assert read_receipt(typed) == "ACEF-GHJK-MNPR"
