"""One of everything that an address can name, and every route with its address filled in."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests import make
from tests.cast import EVERYBODY, STEN
from walkapp.accounts import service as accounts
from walkapp.accounts.models import SignIn, Unit
from walkapp.actions.models import Action, ActionEvent
from walkapp.core.actor import Actor
from walkapp.photos import service as photos

HOW = (
    "Say in tests/contracts/ground.py what {name!r} in {rule} stands for: by the endpoint in `Ground.by_endpoint`, by"
    " the feature in `Ground.by_feature`, or for all addresses in `Ground.everywhere`."
)


@dataclass
class Route:
    """One method of one address."""

    method: str
    rule: str
    address: str
    endpoint: str
    access: Any

    @property
    def is_api(self) -> bool:
        return self.rule.startswith("/api/")

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


class Ground:
    """A walk with a phone that saw two things and sent a photo; the actions that came of it; everybody of the cast."""

    def __init__(self, app: Flask, db: Session) -> None:
        self.app = app
        for person in EVERYBODY:
            make.make_user(db, person)
        self.walk = make.make_walk(db, stops=[{"name": "Gångtunneln"}])
        self.phone: Actor
        self.phone, self.token = make.join(db, self.walk)
        storage = app.extensions["walkapp.storage"]
        photo, _new = photos.keep_photo(db, storage, self.phone, uuid.uuid4(), make.picture())
        seen = make.make_observation(db, "belysning", "vaxtlighet", walk=self.walk, phone=self.phone, photos=[photo.id])
        action = db.scalars(sa.select(Action).order_by(Action.number)).first()
        assert action is not None
        sten = make.make_user(db, STEN)
        accounts.start_session(db, sten, hours=1)
        db.flush()
        happened = db.scalars(sa.select(ActionEvent.id).where(ActionEvent.action_id == action.id)).first()
        stens = db.scalars(sa.select(SignIn.id).where(SignIn.user_id == sten.id)).first()
        unit = db.scalars(sa.select(Unit.id)).first()

        self.by_endpoint: dict[tuple[str, str], Any] = {
            ("accounts.unit", "id"): unit,
            ("accounts.end_session", "id"): stens,
            ("actions.receipt_photo", "id"): photo.id,
        }
        self.by_feature: dict[tuple[str, str], Any] = {
            ("accounts", "id"): sten.id,
            ("walks", "id"): self.walk.id,
            ("observations", "id"): seen.id,
            ("observations_api", "id"): seen.id,
            ("photos", "id"): photo.id,
            ("photos_sync", "id"): photo.id,
            ("actions", "id"): action.id,
            ("actions", "event"): happened,
            ("actions", "slug"): "stadshuset",
        }
        self.everywhere: dict[str, Any] = {
            "code": self.walk.code,
            "token": accounts.make_link(db, sten),
            "receipt": seen.receipt,
            "size": "liten",
            "path": "css/tokens.css",
        }
        # What an address needs after its question mark to be answered at all.
        self.questions: dict[str, str] = {"maps_api.show": "bbox=15.0,59.0,15.3,59.2&zoom=14"}

    def routes(self, *methods: str) -> Iterator[Route]:
        """Every address with every one of these methods that it takes; without `methods`, all but HEAD and OPTIONS."""
        with self.app.test_request_context(base_url="http://localhost"):
            for rule in sorted(self.app.url_map.iter_rules(), key=str):
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    if not methods or method in methods:
                        access = getattr(self.app.view_functions[rule.endpoint], "access", None)
                        yield Route(method, rule.rule, self._fill(rule), rule.endpoint, access)

    def _fill(self, rule: Rule) -> str:
        feature, _, _ = rule.endpoint.rpartition(".")
        values = {}
        for name in rule.arguments - set(rule.defaults or ()):
            tables = (
                (self.by_endpoint, (rule.endpoint, name)),
                (self.by_feature, (feature, name)),
                (self.everywhere, name),
            )
            for table, key in tables:
                if key in table:
                    values[name] = table[key]  # type: ignore[index]
                    break
            else:
                pytest.fail(HOW.format(name=name, rule=rule.rule))
        question = self.questions.get(rule.endpoint)
        return self.app.url_for(rule.endpoint, **values) + (f"?{question}" if question else "")
