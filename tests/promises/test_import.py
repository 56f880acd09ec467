"""import_pledges: a file of pledges, taken in or refused with a sentence."""

import json
import uuid

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from walkapp.core.actor import ANONYMOUS, SYSTEM, Actor, Kind
from walkapp.core.errors import Conflict, Forbidden, Invalid
from walkapp.core.permissions import Role
from walkapp.promises.forms import read_pledges
from walkapp.promises.models import Pledge, Promise, PromiseTheme
from walkapp.promises.queries import pledges
from walkapp.promises.rules import Theme
from walkapp.promises.service import import_pledges

LIGHT = {"number": 1, "owner": "kommun", "text": "Se över belysningen.", "themes": ["belysning"]}
GREEN = {"number": 2, "owner": "kommun", "text": "Gallra buskage.", "themes": ["vaxtlighet"]}
WALKS = {"number": 3, "owner": "polis_kommun", "text": "Gå trygghetsvandringar."}


def pledge(*promises, **facts):
    usual = {
        "slug": "lofte-2030", "title": "Löfte 2030", "valid_from": "2030-01-01", "valid_to": "2030-12-31",
        "wording": "citat", "promises": list(promises) or [LIGHT],
    }  # fmt: skip
    return usual | facts


def file(*pledges):
    return json.dumps({"pledges": list(pledges)})


@pytest.fixture
def bare(db):
    """A database without pledges."""
    for model in (PromiseTheme, Promise, Pledge):
        db.execute(sa.delete(model))
    return db


def refusal(text):
    with pytest.raises(Invalid) as refused:
        read_pledges(text)
    return refused.value.sentence


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF, Role.OFFICIAL])
def test_only_an_administrator_takes_in_pledges(bare, role):
    for actor in (ANONYMOUS, Actor(Kind.USER, role=role)):
        with pytest.raises(Forbidden):
            import_pledges(bare, actor, file(pledge()))
    assert import_pledges(bare, Actor(Kind.USER, role=Role.ADMIN), file(pledge())).new == ["Löfte 2030"]


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Filen går inte att läsa som JSON."),
        ("<html>", "Filen går inte att läsa som JSON."),
        ("[" * 100_000, "Filen går inte att läsa som JSON."),
        (b"\xff\xfe{}", "Filen går inte att läsa som JSON."),
        ('{"pledges": [NaN]}', "Filen går inte att läsa som JSON."),
        ("[]", "Filen ska vara ett JSON-objekt med listan ”pledges”."),
        ("{}", "Filen ska vara ett JSON-objekt med listan ”pledges”."),
        (" " * 1_000_001, "Filen är för stor för att vara medborgarlöften."),
        ('{"pledges": {}}', "pledges: Här ska det stå en lista."),
        ('{"pledges": []}', "pledges: Listan är för kort."),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_file_that_is_none_is_refused_with_the_reason(text, sentence):
    assert refusal(text) == sentence


@pytest.mark.parametrize(
    "facts, sentence",
    [
        ({"valid_from": "i fjol"}, "pledges.0.valid_from: Datumet går inte att läsa; skriv det som 2026-11-24."),
        ({"valid_to": "2029-12-31"}, "Löfte 2030: perioden slutar innan den börjar."),
        ({"wording": "ungefär"}, "pledges.0.wording: Värdet finns inte bland de möjliga."),
        ({"slug": "Löfte 2030"}, "Beteckningen (slug) ska bara ha små bokstäver a–z, siffror och bindestreck."),
        ({"title": ""}, "pledges.0.title: Texten är för kort."),
        ({"title": "x" * 121}, "Texten är för lång: 121 tecken, och högst 120 får plats. Korta den och försök igen."),
        ({"promises": []}, "pledges.0.promises: Listan är för kort."),
        ({"promises": [LIGHT, LIGHT | {"themes": []}]}, "Löfte 2030: två löften har nummer 1."),
        (
            {"promises": [LIGHT, GREEN | {"themes": ["Mörkt"]}]},
            "Löfte 2030: Belysning hör till två löften. Ett tema kan bara höra till ett.",
        ),
        (
            {"promises": [LIGHT | {"owner": "regionen"}]},
            "pledges.0.promises.0.owner: Värdet finns inte bland de möjliga.",
        ),
        ({"promises": [LIGHT | {"number": 0}]}, "pledges.0.promises.0.number: Talet är för litet."),
        ({"promises": [LIGHT | {"text": " "}]}, "pledges.0.promises.0.text: Texten är för kort."),
        ({"signerat": True}, "pledges.0.signerat: Fältet finns inte."),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_a_pledge_with_a_fault_is_refused_with_the_place_and_the_reason(facts, sentence):
    assert refusal(file(pledge(**facts))) == sentence


def test_a_theme_that_is_none_is_refused_with_the_choices():
    assert refusal(file(pledge(LIGHT | {"themes": ["lampor"]}))).startswith("Ämnet finns inte. Välj bland belysning,")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused(text):
    try:
        read_pledges(text)
    except Invalid as refused:
        assert refused.sentence


@given(
    st.dictionaries(st.sampled_from(list(pledge() | {"example": 0, "signed_on": 0, "note": 0})), anything, max_size=3)
)
def test_any_fact_is_read_or_refused(facts):
    try:
        assert read_pledges(file(pledge(**facts)))
    except Invalid as refused:
        assert refused.sentence


@given(st.dictionaries(st.sampled_from(["number", "owner", "text", "themes", "x"]), anything, max_size=3))
def test_any_promise_is_read_or_refused(facts):
    try:
        assert read_pledges(file(pledge(LIGHT | facts)))
    except Invalid as refused:
        assert refused.sentence


def test_periods_that_meet_on_a_day_are_refused(bare):
    import_pledges(bare, SYSTEM, file(pledge()))
    with pytest.raises(Invalid) as refused:
        import_pledges(
            bare, SYSTEM, file(pledge(slug="b", title="Nästa", valid_from="2030-12-31", valid_to="2031-12-31"))
        )
    assert refused.value.sentence == (
        "Perioderna för ”Löfte 2030” och ”Nästa” går in i varandra. En dag kan bara ha ett medborgarlöfte."
    )
    assert [one.title for one in pledges(bare)] == ["Löfte 2030"]


def test_two_of_the_same_slug_in_one_file_are_refused(bare):
    with pytest.raises(Invalid, match="två medborgarlöften med beteckningen lofte-2030"):
        import_pledges(bare, SYSTEM, file(pledge(), pledge(title="En till")))


def test_one_period_may_begin_the_day_after_another(bare):
    after = pledge(slug="lofte-2031", title="Löfte 2031", valid_from="2031-01-01", valid_to="2031-12-31")
    assert import_pledges(bare, SYSTEM, file(after, pledge())).new == ["Löfte 2031", "Löfte 2030"]
    assert [one.slug for one in pledges(bare)] == ["lofte-2031", "lofte-2030"]


def test_the_same_file_again_changes_nothing(bare):
    import_pledges(bare, SYSTEM, file(pledge(LIGHT, GREEN, WALKS)))
    again = import_pledges(bare, SYSTEM, file(pledge(WALKS, GREEN, LIGHT)))
    assert (again.new, again.changed, again.sentences()) == ([], [], ["Oförändrat: Löfte 2030"])


def test_a_correction_keeps_the_promise_that_it_corrects(bare):
    import_pledges(bare, SYSTEM, file(pledge(LIGHT, GREEN)))
    ids = {promise.number: promise.id for one in pledges(bare) for promise in one.promises}
    better = LIGHT | {"text": "Se över all belysning."}
    done = import_pledges(bare, SYSTEM, file(pledge(better, GREEN, WALKS, title="Löfte 2030, rättat")))
    assert done.sentences() == ["Ändrat: Löfte 2030, rättat"]
    (one,) = pledges(bare)
    assert one.promises[0].text == "Se över all belysning."
    assert {promise.number: promise.id for promise in one.promises[:2]} == ids


def test_a_theme_moves_from_one_promise_to_another(bare):
    import_pledges(bare, SYSTEM, file(pledge(LIGHT, GREEN)))
    swapped = file(pledge(LIGHT | {"themes": ["vaxtlighet"]}, GREEN | {"themes": ["belysning", "kamera"]}))
    import_pledges(bare, SYSTEM, swapped)
    bare.expire_all()
    light, green = pledges(bare)[0].promises
    assert light.themes == [Theme.GREENERY]
    assert green.themes == [Theme.LIGHTING, Theme.CAMERA]


def test_a_promise_that_nothing_stands_under_may_go(bare):
    import_pledges(bare, SYSTEM, file(pledge(LIGHT, GREEN)))
    import_pledges(bare, SYSTEM, file(pledge(LIGHT)))
    bare.expire_all()
    assert [promise.number for promise in pledges(bare)[0].promises] == [1]


def test_a_promise_that_observations_stand_under_may_not_go(db):
    make.make_observation(db, "belysning", id=uuid.uuid4())
    demo = next(one for one in pledges(db) if one.example)
    facts = {
        "slug": demo.slug, "title": demo.title, "valid_from": "2025-01-01", "valid_to": "2027-12-31", "example": True,
    }  # fmt: skip
    with pytest.raises(Conflict) as refused:
        import_pledges(db, SYSTEM, file(pledge(LIGHT, **facts)))
    assert refused.value.sentence == f"{demo.title}: löfte 4, 6, 8 kan inte tas bort, för iakttagelser hör till det."
    assert [promise.number for promise in demo.promises] == [4, 6, 8]


def test_the_database_itself_refuses_a_theme_under_two_promises(bare):
    import_pledges(bare, SYSTEM, file(pledge(LIGHT, GREEN)))
    light, green = pledges(bare)[0].promises
    green.theme_links.append(PromiseTheme(theme=Theme.LIGHTING, pledge_id=light.pledge_id))
    with pytest.raises(sa.exc.IntegrityError):
        bare.flush()
