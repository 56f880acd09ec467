"""promise_for: what a theme falls under on a day, with Kumla's own promises."""

from datetime import date

import pytest
import sqlalchemy as sa

from walkapp.promises.models import Pledge
from walkapp.promises.queries import pledges, promise_for
from walkapp.promises.rules import PromiseOwner, Theme, Wording

MAPPED = {Theme.LIGHTING: 6, Theme.GREENERY: 6, Theme.CAMERA: 8}


@pytest.mark.parametrize("theme", [theme for theme in Theme if theme not in MAPPED])
def test_other_themes_are_outside_the_promises(db, theme):
    assert promise_for(db, theme, date(2018, 3, 1)) is None
    assert promise_for(db, theme, date(2026, 11, 24)) is None


@pytest.mark.parametrize("on", [date(2017, 6, 30), date(2021, 1, 1), date(2024, 12, 31), date(2028, 1, 1)])
def test_on_a_day_without_a_pledge_everything_is_outside(db, on):
    assert [promise_for(db, theme, on) for theme in Theme] == [None] * len(Theme)


@pytest.mark.parametrize("on", [date(2019, 7, 1), date(2020, 12, 31)])
def test_the_pledge_of_2019_has_none_of_lighting_bushes_or_cameras(db, on):
    assert [promise_for(db, theme, on) for theme in Theme] == [None] * len(Theme)


@pytest.mark.parametrize("theme, number", MAPPED.items())
@pytest.mark.parametrize("on", [date(2017, 7, 1), date(2019, 6, 30)])
def test_lighting_bushes_and_cameras_were_promised_in_2017(db, theme, number, on):
    promise = promise_for(db, theme, on)
    assert (promise.number, promise.owner) == (number, PromiseOwner.MUNICIPALITY)
    assert promise.pledge.title == "Medborgarlöfte 2017–2019"


@pytest.mark.parametrize("theme, number", MAPPED.items())
def test_the_demo_carries_them_on_and_says_that_it_is_an_example(db, theme, number):
    promise = promise_for(db, theme, date(2026, 11, 24))
    assert promise.number == number and promise.pledge.example
    assert "exempel, inte undertecknat" in promise.pledge.title


def test_asking_again_asks_the_database_no_more(db, connection):
    promise_for(db, Theme.LIGHTING, date(2026, 11, 24))
    asked = []
    sa.event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for theme in Theme:
        promise_for(db, theme, date(2018, 3, 1))
    assert asked == []


def test_a_change_in_the_same_transaction_holds_at_once(db):
    demo = promise_for(db, Theme.LIGHTING, date(2026, 11, 24)).pledge
    demo.valid_to = date(2026, 11, 23)
    db.flush()
    assert promise_for(db, Theme.LIGHTING, date(2026, 11, 24)) is None


def test_kumla_has_the_nine_promises_of_2017_and_the_three_of_2019(db):
    by_slug = {one.slug: one for one in pledges(db)}
    nine, three = by_slug["medborgarlofte-2017-2019"], by_slug["medborgarlofte-2019-2020"]
    police, both, municipality = PromiseOwner.POLICE, PromiseOwner.BOTH, PromiseOwner.MUNICIPALITY
    assert [p.owner for p in nine.promises] == [police] * 2 + [both] * 3 + [municipality] * 4
    assert [p.number for p in three.promises] == [1, 2, 3]
    assert nine.signed_on == date(2017, 7, 3) and not nine.example
    assert not any(p.themes for p in three.promises) and not three.example
    # In short, as the mission gives them: quotes they are not, and the page says so.
    assert {one.wording for one in by_slug.values()} == {Wording.SUMMARY}


def test_pledges_come_newest_first(db):
    begins = db.scalars(sa.select(Pledge.valid_from).order_by(Pledge.valid_from.desc())).all()
    assert [one.valid_from for one in pledges(db)] == begins
