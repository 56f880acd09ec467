from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkapp.core.errors import Invalid
from walkapp.promises.rules import PromiseOwner, Standing, Theme, Wording, standing


@pytest.mark.parametrize("word", ["", "x", "lampor", "belysning;växtlighet", "B", "a" * 10_000, None, 7, True, [], {}])
def test_a_word_that_is_no_theme_is_refused_with_the_choices(word):
    with pytest.raises(Invalid) as refused:
        Theme.of(word)
    assert refused.value.sentence.startswith(
        "Ämnet finns inte. Välj bland belysning, växtlighet och sikt, kamerabehov, "
    )


@given(st.text())
def test_any_word_is_a_theme_or_refused(word):
    with suppress(Invalid):
        assert Theme.of(word) in Theme


@pytest.mark.parametrize(
    "word, theme",
    [
        ("belysning", Theme.LIGHTING),
        (" BELYSNING ", Theme.LIGHTING),
        ("Mörkt", Theme.LIGHTING),
        ("vaxtlighet", Theme.GREENERY),
        ("växtlighet", Theme.GREENERY),
        ("Växtlighet och sikt", Theme.GREENERY),
        ("Igenvuxet", Theme.GREENERY),
        ("va\u0308xtlighet", Theme.GREENERY),
        ("Kamerabehov", Theme.CAMERA),
        ("nedskräpning", Theme.LITTER),
        ("trygg_plats", Theme.SAFE_PLACE),
        ("trygg plats", Theme.SAFE_PLACE),
        ("Annat", Theme.OTHER),
        ("övrigt", Theme.OTHER),
        (Theme.ORDER, Theme.ORDER),
    ],
)
def test_a_theme_is_known_by_its_value_and_by_its_words(word, theme):
    assert Theme.of(word) is theme


@pytest.mark.parametrize("theme", Theme)
def test_every_theme_has_a_look_of_its_own(theme):
    assert theme.value.isascii() and theme.value == theme.value.lower()
    assert Theme.of(theme.value) is Theme.of(theme.label) is Theme.of(theme.phone_label) is theme
    for what in ("label", "phone_label", "letter", "shape", "icon"):
        assert [getattr(other, what) for other in Theme].count(getattr(theme, what)) == 1


def test_only_a_safe_place_is_good():
    assert [theme for theme in Theme if theme.is_good] == [Theme.SAFE_PLACE]


@pytest.mark.parametrize("enum", [PromiseOwner, Wording, Standing])
def test_every_word_is_said_in_swedish(enum):
    assert len({member.label for member in enum}) == len(enum)


@pytest.mark.parametrize(
    "on, expected",
    [
        (date(2017, 6, 30), Standing.COMING),
        (date(2017, 7, 1), Standing.CURRENT),
        (date(2019, 6, 30), Standing.CURRENT),
        (date(2019, 7, 1), Standing.PAST),
    ],
)
def test_both_days_of_a_period_belong_to_it(on, expected):
    assert standing(date(2017, 7, 1), date(2019, 6, 30), on) is expected
