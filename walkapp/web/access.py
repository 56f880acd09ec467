"""Who may come in: every route says so with one of three decorators, and a contract test walks the URL map.

Who somebody *is* belongs to `accounts`; the factory hands that over as `identify`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request

from walkapp.core.actor import ANONYMOUS, Actor, Kind
from walkapp.core.errors import Forbidden, Unauthenticated
from walkapp.core.permissions import Permission

from .transaction import session

View = TypeVar("View", bound=Callable[..., Any])

USER_COOKIE = "walkapp_session"
WALK_COOKIE = "walkapp_walk"

# (session, token, kind) → who holds the token, or None
Identify = Callable[[Any, str, Kind], Actor | None]


def current_actor() -> Actor:
    """Who is asking: a phone by its Bearer token, else a user by cookie, else a walker by cookie, else nobody."""
    if "actor" not in g:
        g.actor = _bearer() or _cookie(USER_COOKIE, Kind.USER) or _cookie(WALK_COOKIE, Kind.WALKER) or ANONYMOUS
    return cast(Actor, g.actor)


def _bearer() -> Actor | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return _identify(token.strip(), Kind.WALKER) if kind.lower() == "bearer" else None


def _cookie(name: str, kind: Kind) -> Actor | None:
    return _identify(request.cookies.get(name, ""), kind)


def _identify(token: str, kind: Kind) -> Actor | None:
    identify = cast(Identify, current_app.extensions["walkapp.identify"])
    return identify(session(), token, kind) if token else None


def public(view: View) -> View:
    """Anybody may come in."""
    cast(Any, view).access = "public"
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Whoever has the permission: 401 (or the sign-in page) for nobody, 403 for somebody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if not actor.may(permission):
                if actor.kind is Kind.USER:
                    raise Forbidden("Din roll får inte göra det här.")
                raise Unauthenticated("Logga in för att komma vidare.")
            return view(*args, **kwargs)

        cast(Any, guarded).access = permission
        return cast(View, guarded)

    return decorate


def walker(view: View) -> View:
    """A phone that has joined a walk. A leader who is signed in and has joined counts as a walker here.

    The API takes the Bearer token alone: what a cookie could do, another site could do with it.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        who = _bearer()
        if who is None and not request.path.startswith("/api/"):
            who = _cookie(WALK_COOKIE, Kind.WALKER)
        if who is None:
            raise Unauthenticated("Telefonen är inte med i någon vandring. Gå med genom att skanna koden igen.")
        g.actor = who
        return view(*args, **kwargs)

    cast(Any, guarded).access = Permission.FILE_OBSERVATION
    return cast(View, guarded)


def init(app: Flask, identify: Identify) -> None:
    app.extensions["walkapp.identify"] = identify

    @app.context_processor
    def names() -> dict[str, Any]:
        return {"current_actor": current_actor(), "can": lambda name: current_actor().may(Permission(name))}
