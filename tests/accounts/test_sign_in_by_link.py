"""Coming in by a one-time link."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests import make
from tests.accounts.conftest import held
from tests.cast import LENA
from tests.conftest import Client
from walkapp.accounts import rules, service
from walkapp.core.clock import now, pretend

NEW = "en bänk under tre lampor"


def link_for_lena(db: Session) -> str:
    return f"/logga-in/lank/{service.make_link(db, make.make_user(db, LENA))}"


def test_a_link_that_nobody_made_is_gone(client: Client) -> None:
    for answer in (client.get("/logga-in/lank/hittepå"), client.post("/logga-in/lank/hittepå")):
        assert answer.status_code == 410
        assert "Be den som gav dig den om en ny" in answer.text


def test_a_link_works_once(client: Client, db: Session) -> None:
    link = link_for_lena(db)
    assert client.post(link).status_code == 303
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


def test_an_old_link_is_gone(client: Client, db: Session) -> None:
    link = link_for_lena(db)
    with pretend(now() + rules.LINK_LIFE + timedelta(seconds=1)):
        assert client.post(link).status_code == 410


def test_a_new_link_takes_the_place_of_the_one_before(client: Client, db: Session) -> None:
    first, second = link_for_lena(db), link_for_lena(db)
    assert client.post(first).status_code == 410
    assert client.post(second).status_code == 303


def test_a_link_to_a_shut_account_is_gone(client: Client, db: Session) -> None:
    link = link_for_lena(db)
    make.make_user(db, LENA).active = False
    assert client.post(link).status_code == 410


def test_looking_at_a_link_does_not_spend_it(client: Client, db: Session) -> None:
    link = link_for_lena(db)
    for _ in range(3):
        page = client.get(link)
        assert f"Logga in som {LENA.name}" in page.text
        client.head(link)
    assert held(client) == ""
    assert client.post(link).status_code == 303


def test_the_first_time_leads_to_choosing_a_password_which_may_be_left_out(client: Client, db: Session) -> None:
    assert client.post(link_for_lena(db)).headers["Location"] == "/konto"
    page = client.get("/konto").text
    assert "Välj ett lösenord" in page
    assert "Nuvarande lösenord" not in page
    assert client.get("/vandringar").status_code == 200


def test_who_forgot_the_password_chooses_a_new_one_without_it(client: Client, db: Session) -> None:
    service.set_password(db, make.make_user(db, LENA), "det här har jag glömt", keep=None)
    assert client.post(link_for_lena(db)).headers["Location"] == "/"
    assert "Nuvarande lösenord" not in client.get("/konto").text
    chosen = client.post("/konto/losenord", data={"password": NEW, "again": NEW})
    assert chosen.status_code == 303
    # that was for once: the next change asks for the one that was just chosen
    assert "Nuvarande lösenord" in client.get("/konto").text
    assert client.post("/konto/losenord", data={"password": NEW + "!", "again": NEW + "!"}).status_code == 422


def test_a_link_opens_an_account_that_rests(client: Client, db: Session) -> None:
    user = make.make_user(db, LENA)
    user.failed_tries, user.locked_until = 9, now() + timedelta(hours=1)
    assert client.post(link_for_lena(db)).status_code == 303
    assert (user.failed_tries, user.locked_until) == (0, None)
