"""Verbs about people: add, let in, sign in, sign out, lock out."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from walkapp.core.actor import Actor, Kind
from walkapp.core.clock import now
from walkapp.core.errors import Conflict, Gone, Invalid, NotFound, TooMany
from walkapp.core.permissions import Role
from walkapp.core.text import line, slug
from walkapp.districts.models import District

from . import policy, rules
from .models import OneTimeLink, SignIn, Unit, UnitKind, User

_hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("the same work for an address that does not exist")


def _hash(token: str) -> str:
    # A token has 256 bits of its own: a fast hash is enough, and a stolen database opens no session.
    return hashlib.sha256(token.encode()).hexdigest()


def add_user(
    db: Session, actor: Actor, *, email: str, name: str, role: Role, units: list[Unit] | None = None,
    districts: list[UUID] | None = None,
) -> User:  # fmt: skip
    """A new account without password: its holder comes in by a one-time link."""
    policy.ensure_admin(actor)
    email = rules.email_address(email)
    user = User(email=email, name=line(name, limit=120) or email, role=role, created_at=now(), units=units or [])
    try:
        with db.begin_nested():
            db.add(user)
    except IntegrityError:
        raise Conflict(f"Det finns redan ett konto för {email}.") from None
    if districts:
        set_reach(db, actor, user, units=user.units, district_ids=districts)
    return user


def set_reach(db: Session, actor: Actor, user: User, *, units: list[Unit], district_ids: list[UUID]) -> None:
    """Which units and districts a person works for."""
    policy.ensure_admin(actor)
    user.units = units
    user.districts = list(db.scalars(sa.select(District).where(District.id.in_(district_ids))))


def change_user(db: Session, actor: Actor, user: User, *, email: str, name: str, role: Role, active: bool) -> User:
    """Another name, address or role, or no access at all. A new role and a shut account end the person's sessions."""
    policy.ensure_admin(actor)
    email = rules.email_address(email)
    if user.id == actor.user_id and (role is not Role.ADMIN or not active):
        raise Invalid("Du kan inte ta ifrån dig själv administratörsrollen. Be en annan administratör.")
    if role is not user.role or not active:
        sign_out_everywhere(db, user)
        _spend_links(db, user)
    try:
        with db.begin_nested():
            user.email, user.name = email, line(name, limit=120) or email
            user.role, user.active = role, active
    except IntegrityError:
        raise Conflict(f"Det finns redan ett konto för {email}.") from None
    return user


def add_unit(db: Session, actor: Actor, *, name: str, kind: UnitKind) -> Unit:
    """A new owner with the power to act. Its slug never changes, so that files and rules can name it."""
    policy.ensure_admin(actor)
    name = line(name, limit=120)
    if not slug(name):
        raise Invalid("Ge enheten ett namn.", {"name": "Ge enheten ett namn."})
    _ensure_unit_name_free(db, name)
    base = slug(name)[:56]
    taken = set(db.scalars(sa.select(Unit.slug).where(Unit.slug.startswith(base, autoescape=True))))
    free = next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    unit = Unit(slug=free, name=name, kind=kind)
    db.add(unit)
    db.flush()
    return unit


def change_unit(db: Session, actor: Actor, unit: Unit, *, name: str, kind: UnitKind) -> Unit:
    policy.ensure_admin(actor)
    name = line(name, limit=120)
    if not slug(name):
        raise Invalid("Ge enheten ett namn.", {"name": "Ge enheten ett namn."})
    _ensure_unit_name_free(db, name, but=unit)
    unit.name, unit.kind = name, kind
    return unit


def _ensure_unit_name_free(db: Session, name: str, *, but: Unit | None = None) -> None:
    # Compared here: SQLite's lower() knows no Å, Ä, Ö.
    others = [unit for unit in db.scalars(sa.select(Unit)) if unit is not but]
    if any(unit.name.casefold() == name.casefold() for unit in others):
        sentence = f"Det finns redan en enhet som heter {name}."
        raise Invalid(sentence, {"name": sentence})


def make_link(db: Session, user: User, *, life: timedelta = rules.LINK_LIFE) -> str:
    """A one-time link's token. Earlier unused links of the same person stop working."""
    if not user.active:
        raise Conflict("Kontot är avstängt. Öppna det innan du gör en länk.")
    _spend_links(db, user)
    token = secrets.token_urlsafe(32)
    db.add(OneTimeLink(token_hash=_hash(token), user_id=user.id, created_at=now(), expires_at=now() + life))
    return token


def _spend_links(db: Session, user: User) -> None:
    unused = sa.and_(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
    db.execute(sa.update(OneTimeLink).where(unused).values(used_at=now()))


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
    live = sa.and_(
        OneTimeLink.token_hash == _hash(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
    )
    return db.scalar(sa.select(OneTimeLink).join(User).where(live, User.active))


def sign_in(db: Session, *, email: str, password: str, hours: int) -> tuple[User, str]:
    """The right password gives a session. Raises TooMany while the account rests, Invalid for a wrong pair.

    The caller keeps what this wrote even when it raises: failures are counted on the account.
    """
    user = db.scalar(sa.select(User).where(User.email == email.strip().lower(), User.active).with_for_update())
    if not _proves(user, password) or user is None:
        raise Invalid("E-postadressen och lösenordet hör inte ihop.")
    return user, start_session(db, user, hours=hours)


def _proves(user: User | None, password: str) -> bool:
    """Whether the password is the user's, as slow for nobody as for somebody. Raises TooMany: the account rests."""
    if user and user.locked_until and user.locked_until > now():
        raise TooMany("För många försök. Kontot vilar en stund; försök igen senare eller be om en ny länk.")
    try:
        _hasher.verify(user.password_hash if user and user.password_hash else _nobodys_hash(), password)
        right = user is not None and user.password_hash is not None
    except VerificationError:
        right = False
    if user is None:
        return False
    user.failed_tries = 0 if right else user.failed_tries + 1
    pause = rules.lock_for(user.failed_tries)
    user.locked_until = now() + pause if pause else None
    return right


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
    reach = joinedload(SignIn.user).options(joinedload(User.units), joinedload(User.districts))
    found = db.scalars(sa.select(SignIn).where(live).options(reach)).unique().one_or_none()
    if found is None:
        return None
    if found.last_seen_at < now() - rules.SEEN_EVERY:
        db.info["long_unseen"] = found.id  # `presence` writes it down when the request is over
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


def note_presence(db: Session, sign_in_id: UUID, *, hours: int) -> None:
    """Somebody was here. A user's session lives on from now; a phone's token keeps its date, whatever it sends."""
    at = now()
    mine = sa.and_(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
    db.execute(sa.update(SignIn).where(mine).values(last_seen_at=at))
    db.execute(
        sa.update(SignIn).where(mine, SignIn.user_id.is_not(None)).values(expires_at=at + timedelta(hours=hours))
    )


def choose_password(db: Session, actor: Actor, user: User, password: str, *, current: str | None) -> None:
    """A person's own new password; `current` is None for who has none or came by a link.

    Raises Invalid and TooMany like `sign_in`, and like there the caller keeps what was written.
    """
    rules.check_password(password)
    if current is not None and not _proves(user, current):
        sentence = "Det nuvarande lösenordet stämmer inte."
        raise Invalid(sentence, {"current": sentence})
    set_password(db, user, password, keep=actor.sign_in_id)


def set_password(db: Session, user: User, password: str, *, keep: UUID | None) -> None:
    """A new password ends all other sessions of its holder, and links that nobody has used."""
    rules.check_password(password)
    user.password_hash = _hasher.hash(password)
    _spend_links(db, user)
    sign_out_everywhere(db, user, but=keep)


def sign_out(db: Session, actor: Actor) -> None:
    db.execute(sa.update(SignIn).where(SignIn.id == actor.sign_in_id).values(ended_at=now()))


def end_session(db: Session, user: User, id: UUID) -> None:
    """One of a person's sessions, by its id. Raises NotFound for somebody else's."""
    theirs = db.scalar(sa.select(SignIn).where(SignIn.id == id, SignIn.user_id == user.id))
    if theirs is None:
        raise NotFound
    theirs.ended_at = theirs.ended_at or now()


def sign_out_everywhere(db: Session, user: User, *, but: UUID | None = None) -> None:
    theirs = sa.and_(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if but:
        theirs = sa.and_(theirs, SignIn.id != but)
    db.execute(sa.update(SignIn).where(theirs).values(ended_at=now()))
