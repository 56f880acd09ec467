"""Verbs about people: add, let in, sign in, sign out, lock out."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor, Kind
from walkapp.core.clock import now
from walkapp.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound, TooMany
from walkapp.core.permissions import Permission, Role
from walkapp.core.text import line
from walkapp.districts.models import District

from . import rules
from .models import OneTimeLink, SignIn, Unit, User

_hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("the same work for an address that does not exist")


def _hash(token: str) -> str:
    # A token has 256 bits of its own: a fast hash is enough, and a stolen database opens no session.
    return hashlib.sha256(token.encode()).hexdigest()


def _ensure_admin(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_USERS):
        raise Forbidden("Bara en administratör får ändra konton.")


def add_user(
    db: Session, actor: Actor, *, email: str, name: str, role: Role, units: list[Unit] | None = None,
    districts: list[UUID] | None = None,
) -> User:  # fmt: skip
    """A new account without password: its holder comes in by a one-time link."""
    _ensure_admin(actor)
    email = rules.email_address(email)
    if db.scalar(sa.select(User.id).where(User.email == email)):
        raise Conflict(f"Det finns redan ett konto för {email}.")
    user = User(email=email, name=line(name, limit=120) or email, role=role, created_at=now())
    user.units = units or []
    db.add(user)
    db.flush()
    if districts:
        set_reach(db, actor, user, units=user.units, district_ids=districts)
    return user


def set_reach(db: Session, actor: Actor, user: User, *, units: list[Unit], district_ids: list[UUID]) -> None:
    """Which units and districts a person works for."""
    _ensure_admin(actor)
    user.units = units
    user.districts = list(db.scalars(sa.select(District).where(District.id.in_(district_ids))))


def change_user(db: Session, actor: Actor, user: User, *, name: str, role: Role, active: bool) -> User:
    """Another name or role, or no access at all: that ends all of the person's sessions at once."""
    _ensure_admin(actor)
    if user.id == actor.user_id and (role is not Role.ADMIN or not active):
        raise Invalid("Du kan inte ta ifrån dig själv administratörsrollen. Be en annan administratör.")
    if role is not user.role or not active:
        sign_out_everywhere(db, user)
    user.name, user.role, user.active = line(name, limit=120) or user.email, role, active
    return user


def make_link(db: Session, user: User, *, life: timedelta = rules.LINK_LIFE) -> str:
    """A one-time link's token. Earlier unused links of the same person stop working."""
    unused = sa.and_(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
    db.execute(sa.update(OneTimeLink).where(unused).values(used_at=now()))
    token = secrets.token_urlsafe(32)
    db.add(OneTimeLink(token_hash=_hash(token), user_id=user.id, created_at=now(), expires_at=now() + life))
    return token


def link_holder(db: Session, token: str) -> User:
    """Whom an unused link lets in. Raises Gone."""
    link = _link(db, token)
    if link is None:
        raise Gone("Länken är använd eller för gammal. Be den som gav dig den om en ny.")
    return link.user


def use_link(db: Session, token: str, *, hours: int) -> tuple[User, str]:
    """Spend the link and sign its holder in. Returns the user and the session's token."""
    link = _link(db, token)
    # The database decides who was first when a link is used twice at the same time.
    spent = link and db.execute(
        sa.update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now())
    )
    if link is None or not spent or spent.rowcount != 1:  # type: ignore[attr-defined]
        raise Gone("Länken är använd eller för gammal. Be den som gav dig den om en ny.")
    link.user.failed_tries, link.user.locked_until = 0, None
    return link.user, start_session(db, link.user, hours=hours)


def _link(db: Session, token: str) -> OneTimeLink | None:
    live = sa.and_(OneTimeLink.token_hash == _hash(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
    return db.scalar(sa.select(OneTimeLink).join(User).where(live, User.active))


def sign_in(db: Session, *, email: str, password: str, hours: int) -> tuple[User, str]:
    """The right password gives a session. Raises TooMany while the account rests, Invalid for a wrong pair.

    The caller keeps what this wrote even when it raises: failures are counted on the account.
    """
    user = db.scalar(sa.select(User).where(User.email == email.strip().lower()).with_for_update())
    if user and user.locked_until and user.locked_until > now():
        raise TooMany("För många försök. Kontot vilar en stund; försök igen senare eller be om en ny länk.")
    try:
        _hasher.verify(user.password_hash if user and user.password_hash else _nobodys_hash(), password)
        right = bool(user and user.password_hash and user.active)
    except VerificationError:
        right = False
    if not user or not right:
        if user:
            user.failed_tries += 1
            pause = rules.lock_for(user.failed_tries)
            user.locked_until = now() + pause if pause else None
        raise Invalid("E-postadressen och lösenordet hör inte ihop.")
    user.failed_tries, user.locked_until = 0, None
    return user, start_session(db, user, hours=hours)


def start_session(db: Session, user: User, *, hours: int) -> str:
    return _give_token(db, timedelta(hours=hours), user_id=user.id)


def start_walking(db: Session, walk_id: UUID, *, days: int) -> tuple[SignIn, str]:
    """A phone joins a walk: its token is all that is known of the person."""
    token = _give_token(db, timedelta(days=days), walk_id=walk_id)
    db.flush()
    return db.scalars(sa.select(SignIn).where(SignIn.token_hash == _hash(token))).one(), token


def walker(signed_in: SignIn) -> Actor:
    return Actor(Kind.WALKER, walk_id=signed_in.walk_id, sign_in_id=signed_in.id)


def _give_token(db: Session, life: timedelta, **holder: UUID) -> str:
    token = secrets.token_urlsafe(32)
    at = now()
    db.add(SignIn(token_hash=_hash(token), created_at=at, last_seen_at=at, expires_at=at + life, **holder))
    return token


def identify(db: Session, token: str, kind: Kind) -> Actor | None:
    """Who holds this token now: ended, expired and disabled holders are nobody."""
    live = sa.and_(SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None), SignIn.expires_at > now())
    found = db.scalar(sa.select(SignIn).where(live))
    if found is None:
        return None
    if kind is Kind.WALKER:
        return walker(found) if found.walk_id else None
    user = found.user
    if user is None or not user.active:
        return None
    return Actor(
        Kind.USER,
        name=user.name,
        user_id=user.id,
        role=user.role,
        unit_ids=frozenset(u.id for u in user.units),
        district_ids=frozenset(d.id for d in user.districts),
        sign_in_id=found.id,
    )


def set_password(db: Session, user: User, password: str, *, keep: UUID | None) -> None:
    """A new password ends all other sessions of its holder."""
    rules.check_password(password)
    user.password_hash = _hasher.hash(password)
    sign_out_everywhere(db, user, but=keep)


def sign_out(db: Session, actor: Actor) -> None:
    db.execute(sa.update(SignIn).where(SignIn.id == actor.sign_in_id).values(ended_at=now()))


def sign_out_everywhere(db: Session, user: User, *, but: UUID | None = None) -> None:
    theirs = sa.and_(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if but:
        theirs = sa.and_(theirs, SignIn.id != but)
    db.execute(sa.update(SignIn).where(theirs).values(ended_at=now()))


def get_user(db: Session, actor: Actor, id: UUID) -> User:
    _ensure_admin(actor)
    user = db.get(User, id)
    if user is None:
        raise NotFound
    return user
