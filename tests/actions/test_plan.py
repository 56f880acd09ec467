"""The åtgärdsplan: its rows and figures, what comes first and why, filters, and how many reads it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.actions.acts import DAY, action_of, make_action, see, take_to
from tests.cast import STEN
from tests.make import actor, join, make_observation, picture
from walkapp.accounts.models import Unit
from walkapp.actions import queries, service
from walkapp.actions.queries import PlanFilter, Sort
from walkapp.actions.rules import CostClass, Kind, State
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import now, pretend, today
from walkapp.districts.models import District
from walkapp.observations.rules import Feeling
from walkapp.photos import service as photos
from walkapp.photos.storage import FolderStorage
from walkapp.promises.rules import Theme


def here(db: Session) -> District:
    return db.get_one(District, see(db, "trygg_plats").district_id)


def codes(db: Session, wanted: PlanFilter | None = None, sort: Sort = Sort.FIRST) -> list[str]:
    return [row.code for row in queries.plan(db, SYSTEM, None, wanted, sort)]


@contextmanager
def reads(db: Session) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            said.append(statement)

    bind = db.get_bind()
    event.listen(bind, "before_cursor_execute", listen)
    yield said
    event.remove(bind, "before_cursor_execute", listen)


def test_sten_reads_only_his_own_lines(db: Session) -> None:
    bush, _lamp = make_action(db, "vaxtlighet"), make_action(db, "belysning")
    assert [row.code for row in queries.plan(db, actor(db, STEN), here(db))] == [bush.code]


def test_an_empty_plan(db: Session) -> None:
    assert queries.plan(db, SYSTEM, here(db)) == []
    assert queries.facets(db, SYSTEM, here(db)).themes == {}


def test_the_plan_of_a_district_has_its_lines_and_no_others(db: Session) -> None:
    action, outside = make_action(db, "belysning"), make_action(db, "belysning", north=30_000)
    assert [row.code for row in queries.plan(db, SYSTEM, here(db))] == [action.code]
    nowhere = PlanFilter(outside_districts=True)
    assert [row.code for row in queries.plan(db, SYSTEM, None, nowhere)] == [outside.code]


def test_a_row_has_all_that_a_line_shows(db: Session, tmp_path: Any) -> None:
    with pretend(now() - 20 * DAY):
        first, second = join(db)[0], join(db)[0]
        photo, _ = photos.keep_photo(db, FolderStorage(tmp_path), first, uuid4(), picture())
        see(
            db, "belysning", phone=first, place="Tunneln", feeling="lite_otryggt", light="morkt",
            photos=[photo.id, uuid4()],
        )  # fmt: skip
        see(db, "belysning", phone=first, east=4, light="ljust")
        seen = see(db, "belysning", phone=second, east=8, feeling="mycket_otryggt", light="ljust")
        action = take_to(db, action_of(db, seen), State.RECEIVED)
        service.edit(db, SYSTEM, action, cost_class=CostClass.SMALL, estimate=900)
    (row,) = queries.plan(db, SYSTEM, here(db))
    assert (row.id, row.code, row.number) == (action.id, action.code, action.number)
    assert (row.kind, row.theme, row.state, row.state_label) == (
        Kind.TASK, Theme.LIGHTING, State.RECEIVED, "mottagen",
    )  # fmt: skip
    assert (row.title, row.place) == ("Se över belysningen vid tunneln", "Tunneln")
    assert (row.lat, row.lon) == (action.lat, action.lon)
    assert (row.seen, row.walkers, row.dark) == (3, 2, 1)
    assert row.feeling is Feeling.VERY_UNSAFE
    assert (row.photos, row.photo_ids) == (1, (photo.id,))
    assert row.unit == "Gata och belysning"
    assert (row.cost_class, row.estimate, row.due) == (CostClass.SMALL, 900, action.due)
    assert row.overdue
    assert (row.district, row.district_slug) == (here(db).name, here(db).slug)
    assert row.first_seen is not None
    assert row.last_seen is not None
    assert row.first_seen <= row.last_seen
    late = (today() - action.due).days if action.due else 0
    assert row.reasons[0] in (f"{late} dagar försenad", "1 dag försenad")
    assert {"mycket otryggt", "2 personer", "i mörker", "väntat 2 veckor"} <= set(row.reasons)


def test_the_promise_is_a_reason_and_without_one_it_is_outside(db: Session) -> None:
    day = now().replace(year=2018, month=5)
    with pretend(day + timedelta(hours=1)):
        inside, outside = make_action(db, "belysning", at=day), make_action(db, "klotter", at=day)
    rows = {row.id: row for row in queries.plan(db, SYSTEM)}
    assert rows[inside.id].promise_number == 6
    assert "löfte 6" in rows[inside.id].reasons
    assert rows[inside.id].pledge
    assert rows[outside.id].promise_number is None
    assert codes(db, PlanFilter(outside=True)) == [outside.code]
    assert codes(db, PlanFilter(promise_id=inside.promise_id)) == [inside.code]


# --- What comes first -------------------------------------------------------------------------------------------------


def test_the_more_people_and_the_less_safe_the_earlier(db: Session) -> None:
    calm = make_action(db, "klotter", feeling="tryggt", light="ljust")
    crowd = [see(db, "klotter", east=100, light="ljust") for _ in range(4)]
    afraid = make_action(db, "klotter", east=200, feeling="mycket_otryggt", light="morkt")
    assert codes(db) == [afraid.code, action_of(db, crowd[0]).code, calm.code]


def test_the_bush_stands_before_its_lamp_even_when_more_have_seen_the_lamp(db: Session) -> None:
    for _ in range(5):
        lamp = make_action(db, "belysning", feeling="mycket_otryggt")
    seen = see(db, "belysning", "vaxtlighet")
    bush = action_of(db, seen, "vaxtlighet")
    assert codes(db) == [bush.code, lamp.code]
    first, second = queries.plan(db, SYSTEM)
    assert first.hides_lamp
    assert "skymmer en lampa: gör den först" in first.reasons
    assert second.before == bush.code
    assert f"efter {bush.code}" in second.reasons


def test_when_the_bush_is_cut_the_lamp_stands_alone(db: Session) -> None:
    seen = see(db, "belysning", "vaxtlighet")
    bush, lamp = action_of(db, seen, "vaxtlighet"), action_of(db, seen, "belysning")
    take_to(db, bush, State.DONE)
    rows = queries.plan(db, SYSTEM)
    assert [row.code for row in rows] == [lamp.code, bush.code]
    assert rows[0].before == ""
    assert not rows[1].hides_lamp


def test_what_waits_comes_after_what_can_be_done_and_closed_comes_last(db: Session) -> None:
    closed = make_action(db, "klotter", state=State.DECLINED, feeling="mycket_otryggt")
    waiting = make_action(db, "klotter", east=100, state=State.AWAITS_SEASON, feeling="mycket_otryggt")
    now_ = make_action(db, "klotter", east=200, state=State.PLANNED)
    assert codes(db) == [now_.code, waiting.code, closed.code]


def test_a_rank_by_hand_wins_in_both_directions(db: Session) -> None:
    last, middle, first = (make_action(db, "klotter", east=east, feeling="lite_otryggt") for east in (0, 100, 200))
    service.edit(db, SYSTEM, first, override=1)
    service.edit(db, SYSTEM, last, override=-1)
    assert codes(db) == [first.code, middle.code, last.code]


def test_other_orders(db: Session) -> None:
    one = make_action(db, "klotter", place="Ödet", state=State.PLANNED)
    two = make_action(db, "klotter", east=100, place="Allén")
    three = make_action(db, "klotter", east=200)
    assert codes(db, sort=Sort.NUMBER) == [one.code, two.code, three.code]
    assert codes(db, sort=Sort.PLACE) == [two.code, one.code, three.code]
    assert codes(db, sort=Sort.DUE)[0] == one.code
    assert codes(db, sort=Sort.STATE)[-1] == one.code


# --- Filters ----------------------------------------------------------------------------------------------------------


def test_each_filter(db: Session) -> None:
    lamp = make_action(db, "belysning")
    with pretend(now() - 60 * DAY):
        bush = make_action(db, "vaxtlighet", state=State.RECEIVED)
    camera = make_action(db, "kamera")
    service.edit(db, SYSTEM, camera, cost_class=CostClass.INVESTMENT)
    park = db.scalars(sa.select(Unit).where(Unit.slug == "park")).one()
    for wanted, expected in (
        (PlanFilter(themes=(Theme.LIGHTING, Theme.CAMERA)), {lamp, camera}),
        (PlanFilter(states=(State.RECEIVED,)), {bush}),
        (PlanFilter(units=(park.id,)), {bush}),
        (PlanFilter(kind=Kind.ASSESSMENT), {camera}),
        (PlanFilter(cost_class=CostClass.INVESTMENT), {camera}),
        (PlanFilter(overdue=True), {bush}),
        (PlanFilter(themes=(Theme.LIGHTING,), overdue=True), set()),
        (PlanFilter(), {lamp, bush, camera}),
    ):
        assert set(codes(db, wanted)) == {action.code for action in expected}, wanted


def test_the_choices_of_the_filters_say_how_many(db: Session) -> None:
    make_action(db, "belysning", state=State.PLANNED)
    make_action(db, "belysning", east=100)
    make_action(db, "klotter")
    facets = queries.facets(db, SYSTEM, here(db))
    assert facets.themes == {Theme.LIGHTING: 2, Theme.GRAFFITI: 1}
    assert facets.states == {State.PROPOSED: 2, State.PLANNED: 1}
    assert sorted(facets.units.values()) == [("Fastighet", 1), ("Gata och belysning", 2)]
    assert sum(n for _, n in facets.promises.values()) == 3
    assert facets.costs == {None: 3}


# --- Sums -------------------------------------------------------------------------------------------------------------


def test_the_sums_of_a_district(db: Session) -> None:
    make_action(db, "klotter", state=State.DONE)
    make_action(db, "skotsel", state=State.VERIFIED)
    make_action(db, "ordning", state=State.DECLINED)
    with pretend(now() - 60 * DAY):
        late = make_action(db, "trafik", state=State.PLANNED)
    make_action(db, "skyltning")
    found = {one.slug: one for one in queries.summaries(db, SYSTEM)}
    one = found[here(db).slug]
    assert (one.open, one.overdue, one.proposed, one.done, one.verified, one.declined) == (2, 1, 1, 2, 1, 1)
    assert one.first is not None
    assert one.first.id == late.id
    assert len(found) == 12
    assert sum(other.open for other in found.values()) == 2


def test_what_lies_outside_all_districts_is_said_last(db: Session) -> None:
    make_action(db, "klotter", north=30_000)
    assert queries.summaries(db, SYSTEM)[-1].name == "Utanför områdena"


# --- How much it takes ------------------------------------------------------------------------------------------------


def _many(db: Session, n: int, tmp_path: Any) -> None:
    phone, step = join(db)[0], count()
    for _ in range(n):
        photo, _ = photos.keep_photo(db, FolderStorage(tmp_path), phone, uuid4(), picture(40, 30))
        make_observation(
            db,
            "klotter",
            "belysning",
            "vaxtlighet",
            phone=phone,
            lat=59.1 + next(step) / 500,
            lon=15.14,
            photos=[photo.id],
        )


def test_fifty_lines_take_as_many_reads_as_five(db: Session, tmp_path: Any) -> None:
    taken: dict[str, list[int]] = {"plan": [], "facets": [], "summaries": []}
    for n in (2, 15):
        _many(db, n, tmp_path)
        for read, counted in taken.items():
            db.expire_all()
            with reads(db) as said:
                getattr(queries, read)(db, SYSTEM)
            counted.append(len(said))
    assert taken == {"plan": [3, 3], "facets": [1, 1], "summaries": [4, 4]}
