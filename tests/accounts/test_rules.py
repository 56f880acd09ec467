"""Where a sign-in may lead, how long an account rests, what a password must be."""

from datetime import timedelta

import pytest

from walkapp.accounts import rules
from walkapp.core.errors import Invalid


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/", "//example.org", "///example.org", "/\\example.org", "\\\\example.org",
        "/\t/example.org", "/\n/example.org", " /karta", "javascript:alert(1)", "karta", "", "/karta\x00", "/kar ta",
    ],
)  # fmt: skip
def test_an_address_that_may_lead_elsewhere_is_none(elsewhere: str) -> None:
    assert rules.own_path(elsewhere) == ""


@pytest.mark.parametrize("own", ["/", "/karta", "/iakttagelser?tema=belysning&sida=2", "/atgardsplan/åbytorp"])
def test_a_path_of_our_own_is_kept(own: str) -> None:
    assert rules.own_path(own) == own


def test_an_account_rests_longer_and_longer_but_never_more_than_an_hour() -> None:
    rests = [rules.lock_for(tries) for tries in range(4, 14)]
    assert rests[0] is None
    assert [rest for rest in rests[1:] if rest] == [timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 60, 60, 60)]
    assert rules.lock_for(10_000) == timedelta(hours=1)


@pytest.mark.parametrize("weak", ["", "kort", "elva tecken", "aaaaaaaaaaaaaaaa", "å" * 201])
def test_a_weak_password_is_refused_with_what_it_lacks(weak: str) -> None:
    with pytest.raises(Invalid, match="minst 12 tecken"):
        rules.check_password(weak)


def test_some_words_after_each_other_are_a_password() -> None:
    rules.check_password("fyra ord efter varandra")


@pytest.mark.parametrize("wrong", ["", "namn", "namn@", "@kommun.se", "na mn@kommun.se", "namn@kommun", "a@b@c.se"])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid, match="e-postadress"):
        rules.email_address(wrong)
