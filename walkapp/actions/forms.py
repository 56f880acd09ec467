"""The shape of what staff send about actions, and of a plan's filter as it stands in addresses."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field
from werkzeug.datastructures import MultiDict
from wtforms import DateField, FileField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import AnyOf, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from walkapp.core.errors import Invalid
from walkapp.core.schema import Schema, Sentence, read
from walkapp.promises.rules import Theme
from walkapp.web.forms import Form, Line, Words, choices, needed

from .plan import PlanFilter, Sort
from .rules import CLOSED, OPEN, CostClass, DeclineReason, State

NO_DATE = "Skriv dagen som 2026-11-24."
OUTSIDE_PROMISES = "utanfor"
#: Groups of states beside the single ones.
OPEN_ONES, CLOSED_ONES, LATE_ONES, ALL_ONES = "oppna", "stangda", "forsenade", "alla"


def _theme(value: Any) -> Any:
    try:
        return Theme.of(value)
    except Invalid as error:
        raise Sentence.of(error) from None


def _known_state(value: str) -> str:
    if value not in {OPEN_ONES, CLOSED_ONES, LATE_ONES, ALL_ONES, *State}:
        raise Sentence("Läget i filtret finns inte.")
    return value


class PlanWish(Schema):
    """`?tema=belysning&lage=forsenade&ansvarig=…`: what of a plan somebody wants to see, and in which order."""

    theme: Annotated[Theme | None, BeforeValidator(_theme), Field(alias="tema")] = None
    state: Annotated[str, AfterValidator(_known_state), Field(alias="lage")] = OPEN_ONES
    unit: Annotated[UUID | None, Field(alias="ansvarig")] = None
    promise: Annotated[UUID | Literal["utanfor"] | None, Field(alias="lofte")] = None
    cost: Annotated[CostClass | None, Field(alias="kostnad")] = None
    sort: Annotated[Sort, Field(alias="ordning")] = Sort.FIRST
    print: Annotated[Literal["ja"] | None, Field(alias="utskrift")] = None
    format: Annotated[Literal["enkel"] | None, Field(alias="format")] = None

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> Self:
        """From an address; an empty value is no wish. Raises Invalid."""
        return read(cls, {name: value for name, value in arguments.items() if value})

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum((bool(self.theme), self.state != OPEN_ONES, bool(self.unit), bool(self.promise), bool(self.cost)))

    def filter(self, **also: Any) -> PlanFilter:
        states = {OPEN_ONES: OPEN, CLOSED_ONES: CLOSED, LATE_ONES: OPEN, ALL_ONES: ()}.get(self.state)
        return PlanFilter(
            themes=(self.theme,) if self.theme else (),
            states=(State(self.state),) if states is None else tuple(sorted(states)),
            units=(self.unit,) if self.unit else (),
            promise_id=self.promise if isinstance(self.promise, UUID) else None,
            outside=self.promise == OUTSIDE_PROMISES,
            cost_class=self.cost,
            overdue=self.state == LATE_ONES,
            **also,
        )


class Day(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DATE) from None


class VersionForm(Form):
    """What every change carries: the version that the person saw, and why."""

    version = IntegerField(validators=[MayBeEmpty()])
    note = Words("Anteckning", 2000)


class MoveForm(VersionForm):
    """Where to, and what that asks for (`rules.Needs`); the service says what is missing."""

    to = SelectField("Nytt läge", [needed("Välj ett läge.")], choices=choices((s.value, s.label) for s in State))
    reason = SelectField(
        "Skäl", [MayBeEmpty()], choices=choices([("", "Välj skäl"), *((r.value, r.label) for r in DeclineReason)])
    )
    done_on = Day("Klart den", [MayBeEmpty()])
    photo = FileField("Foto efteråt")
    to_whom = Line("Lämnat till", 200)
    decision = Line("Beslut", 200)
    until = Day("Väntar till", [MayBeEmpty()])


class EditForm(VersionForm):
    """The facts of an action that staff set."""

    title = Line("Åtgärd", 200, [needed("Åtgärden behöver ett namn.")])
    place = Line("Plats", 200)
    unit = SelectField("Ansvarig", [MayBeEmpty()])
    due = Day("Klart senast", [MayBeEmpty()])
    cost_class = SelectField(
        "Kostnad", [MayBeEmpty()], choices=choices([("", "Inte bedömd"), *((c.value, c.label) for c in CostClass)])
    )
    estimate = IntegerField(
        "Uppskattad kostnad, kronor", [MayBeEmpty(), NumberRange(0, 1_000_000_000, "Ange kronor, från noll och uppåt.")]
    )
    override = SelectField(
        "Ordning i planen",
        [AnyOf(("", "1", "-1"))],
        choices=choices([("", "Efter vad som setts"), ("1", "Först"), ("-1", "Sist")]),
    )


class RegroupForm(VersionForm):
    """Observations to take out of an action, into a new one or (`to`) another one."""

    observations = SelectMultipleField("Iakttagelser", validate_choice=False)
    to = HiddenField()


class MergeForm(VersionForm):
    others = SelectMultipleField("Slå ihop med", validate_choice=False)
