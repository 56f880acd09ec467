"""The plan of a walk as a form, and a code as it is typed or sent."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from pydantic import Field
from wtforms import DateField, IntegerField, RadioField, SelectField, TimeField
from wtforms.validators import NumberRange, Optional

from walkapp.core.clock import local
from walkapp.core.schema import Schema
from walkapp.core.sun import is_dark
from walkapp.districts.models import District
from walkapp.web.forms import Form, Line, Words, choices, needed

from . import rules
from .models import Walk
from .rules import Light

BY_THE_SUN = "sol"


class JoinIn(Schema):
    code: str = Field(max_length=100)


class CodeForm(Form):
    """Stands in an address (`/?kod=`), changes nothing and so carries no token."""

    class Meta(Form.Meta):
        csrf = False

    kod = Line(_("Vandringskod"), limit=100)


class WalkForm(Form):
    title = Line(_("Namn"), limit=120, validators=[needed("Ge vandringen ett namn.")])
    date = DateField(_("Datum"), [needed("Välj ett datum.")])
    time = TimeField(_("Samling klockan"), [needed("Välj ett klockslag.")])
    district = SelectField(_("Område"))
    meeting_place = Line(_("Samlingsplats"), limit=200)
    light = RadioField(
        _("Ljus"), default=BY_THE_SUN,
        choices=choices([
            (BY_THE_SUN, _("Räkna ut av solen den tiden")), (Light.LIGHT, _("Dagsljus")), (Light.DARK, _("Mörker")),
        ]),
    )  # fmt: skip
    expected_walkers = IntegerField(
        _("Väntade deltagare"), [Optional(), NumberRange(1, 500, "Skriv ett antal mellan 1 och 500.")]
    )
    stops = Words(_("Stopp"), limit=6000)

    def offer(self, districts: Iterable[District]) -> None:
        nowhere = ("", _("Hela kommunen, eller flera områden"))
        self.district.choices = choices([nowhere, *((str(d.id), d.name) for d in districts)])

    def plan(self, lat: float, lon: float) -> dict[str, Any]:
        """What `service.plan` and `change_plan` take. The sun is asked at a position. Raises Invalid."""
        assert self.date.data and self.time.data is not None  # both are needed fields
        starts_at = rules.moment(self.date.data, self.time.data)
        return {
            "title": self.title.data,
            "starts_at": starts_at,
            "district_id": UUID(self.district.data) if self.district.data else None,
            "light": self._light(starts_at, lat, lon),
            "meeting_place": self.meeting_place.data or "",
            "expected_walkers": self.expected_walkers.data,
        }

    def _light(self, at: datetime, lat: float, lon: float) -> Light:
        if self.light.data == BY_THE_SUN:
            return Light.DARK if is_dark(at, lat, lon) else Light.LIGHT
        return Light(self.light.data)

    @staticmethod
    def facts(walk: Walk) -> dict[str, Any]:
        """A walk as the form shows it."""
        starts_at = local(walk.starts_at)
        return {
            "title": walk.title,
            "date": starts_at.date(),
            "time": starts_at.time(),
            "district": str(walk.district_id or ""),
            "light": walk.light.value,
            "meeting_place": walk.meeting_place,
            "expected_walkers": walk.expected_walkers,
            "stops": "\n".join(rules.write_stop(stop.name, stop.lat, stop.lon) for stop in walk.stops),
        }
