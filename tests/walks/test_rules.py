"""Codes as people type them, routes as people write them, and times by the clocks in Kumla."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkapp.core.errors import Invalid
from walkapp.walks import rules
from walkapp.walks.rules import ALPHABET, StopLine


@pytest.mark.parametrize(
    "typed", ["", "ACEFG", "ACEFGHJ", "ACEFGI", "ACEFG1", "<script>", "åäö", "A\x00CEFG", "ACEFG\u202e"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="bokstäver"):
        rules.read_code(typed)


@pytest.mark.parametrize(
    "typed", ["ACEFGH", "acefgh", " ace fgh ", "ACE-FGH", "A.C.E.F.G.H", "ace\u00a0fgh", "ace–fgh"]
)
def test_case_and_pauses_do_not_matter(typed: str) -> None:
    assert rules.read_code(typed) == "ACEFGH"


def test_a_new_code_has_no_letter_that_looks_like_another() -> None:
    codes = {rules.new_code() for _ in range(200)}
    assert len(codes) > 190
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("IOQUVBDLZ0158")


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("Gångtunneln; 15.14340, 59.12770", "Stopp 1: Latitud och longitud verkar ha bytt plats"),
        ("Skolan\nGångtunneln; 0.0000, 0.0000", "Stopp 2: Platsen 0, 0"),
        ("Skolan; 159.12770, 15.14340", "Stopp 1"),
        ("x" * 121, "Stopp 1: Texten är för lång"),
        ("\n".join(f"Stopp {n}" for n in range(41)), "Högst 40 stopp"),
    ],
)
def test_a_wrong_line_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as caught:
        rules.read_route(text)
    assert list(caught.value.fields) == ["stops"]


@pytest.mark.parametrize(
    "text, route",
    [
        ("", []),
        ("\n  \n", []),
        ("Skolgården\r\nGångtunneln\n\nLekplatsen", ["Skolgården", "Gångtunneln", "Lekplatsen"]),
        ("1. Skolgården\n2) Gångtunneln\n3: Lekplatsen", ["Skolgården", "Gångtunneln", "Lekplatsen"]),
        ("Väg 51, korsningen 12", ["Väg 51, korsningen 12"]),
        ("4-H-gården", ["4-H-gården"]),
    ],
)
def test_a_line_is_a_stop(text: str, route: list[str]) -> None:
    assert rules.read_route(text) == [StopLine(name) for name in route]


@pytest.mark.parametrize(
    "text",
    [
        "Gångtunneln; 59.12770, 15.14340", "Gångtunneln 59.12770 15.14340", "Gångtunneln (59.12770, 15.14340)",
        "Gångtunneln 59,12770; 15,14340", "3. Gångtunneln, 59.1277,15.1434",
    ],
)  # fmt: skip
def test_a_line_may_end_in_its_place(text: str) -> None:
    assert rules.read_route(text) == [StopLine("Gångtunneln", 59.1277, 15.1434)]


def test_a_place_without_a_name_gets_one() -> None:
    assert rules.read_route("Skolan\n59.12770, 15.14340")[1] == StopLine("Stopp 2", 59.1277, 15.1434)


@given(
    st.text(alphabet="Gångtunel -12()", min_size=1, max_size=40).map(lambda name: " ".join(name.split())).filter(bool),
    st.floats(55.4, 69.0), st.floats(11.0, 24.1),
)  # fmt: skip
def test_what_is_written_is_read_again(name: str, lat: float, lon: float) -> None:
    name = f"Stopp {name} x"
    stop = StopLine(name, round(lat, 5), round(lon, 5))
    assert rules.read_route(rules.write_stop(*stop)) == [stop]


@pytest.mark.parametrize("day", [date(202, 11, 24), date(1999, 12, 31), date(2206, 11, 24)])
def test_a_slip_in_the_year_is_caught(day: date) -> None:
    with pytest.raises(Invalid, match="Kontrollera årtalet"):
        rules.moment(day, time(18, 30))


@pytest.mark.parametrize(
    "day, utc",
    [
        (date(2026, 11, 24), datetime(2026, 11, 24, 17, 30, tzinfo=UTC)),
        (date(2026, 6, 24), datetime(2026, 6, 24, 16, 30, tzinfo=UTC)),
    ],
)
def test_half_past_six_is_by_the_clocks_in_kumla(day: date, utc: datetime) -> None:
    assert rules.moment(day, time(18, 30)) == utc


def test_the_hour_that_spring_leaves_out_is_still_a_moment() -> None:
    assert rules.moment(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("month, name", [(1, "vinter"), (3, "vår"), (6, "sommar"), (9, "höst"), (12, "vinter")])
def test_a_day_has_a_season(month: int, name: str) -> None:
    assert rules.season(date(2026, month, 15)) == name
