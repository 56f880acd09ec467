"""The åtgärdsplan of a district, one action with all that can be done to it, and the walker's receipt."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from flask import Blueprint, Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from walkapp.accounts.models import Unit
from walkapp.core.clock import today
from walkapp.core.errors import Conflict, DomainError, Invalid, NotFound
from walkapp.core.permissions import Permission
from walkapp.districts import queries as districts
from walkapp.districts.models import District
from walkapp.observations import queries as observations
from walkapp.photos import queries as photos
from walkapp.photos.models import Purpose
from walkapp.photos.render import Size, picture, storage
from walkapp.photos.service import keep_photo
from walkapp.web import current_actor, page, public, requires, see_other, session, settings
from walkapp.web.forms import choices
from walkapp.web.limits import guesses
from walkapp.web.paging import SIZE, Page, page_number
from walkapp.web.refusal import refuse

from . import export, policy, queries, service
from .forms import (
    ALL_ONES,
    CLOSED_ONES,
    LATE_ONES,
    OUTSIDE_PROMISES,
    EditForm,
    MergeForm,
    MoveForm,
    PlanWish,
    RegroupForm,
    VersionForm,
)  # fmt: skip
from .models import Action
from .plan import PlanRow, Summary
from .rules import CostClass, DeclineReason, State

bp = Blueprint("actions", __name__)

#: In addresses, where a district's slug stands: what lies in none.
OUTSIDE = "utan-omrade"


# --- The plan -------------------------------------------------------------------------------------------------------


@bp.get("/atgardsplan")
@requires(Permission.VIEW_PLAN)
def overview() -> str:
    return page("actions/overview.html", plans=queries.summaries(session(), current_actor()), outside=OUTSIDE)


@bp.get("/atgardsplan/<slug>")
@requires(Permission.VIEW_PLAN)
def plan(slug: str) -> str:
    wish, area = PlanWish.of(request.args), _area(slug)
    found = _lines(area, wish)
    facts: dict[str, Any] = {"area": area, "name": _name(area), "slug": slug, "wanted": wish, "sums": _sums(area)}
    if wish.print:
        return page("actions/print.html", lines=found, today=today(), **facts)
    number = page_number()
    shown = Page(found[(number - 1) * SIZE : number * SIZE], number, len(found))
    return page("actions/plan.html", found=shown, offers=_offers(area), links=_links(slug), **facts)


@bp.get("/atgardsplan/<slug>.csv")
@requires(Permission.EXPORT)
def plan_csv(slug: str) -> Response:
    wish, area = PlanWish.of(request.args), _area(slug)
    data = (export.plain_csv if wish.format else export.excel_csv)(_lines(area, wish))
    return _file(data, "text/csv; charset=utf-8", f"atgardsplan-{slug}-{today()}.csv")


@bp.get("/atgardsplan/<slug>.geojson")
@requires(Permission.EXPORT)
def plan_geojson(slug: str) -> Response:
    area = _area(slug)
    # A file of what is known, not of what is on the screen: closed ones too, unless the address says otherwise.
    wish = PlanWish.of(request.args if "lage" in request.args else _with(request.args, lage=ALL_ONES))
    lines = _lines(area, wish)
    seen = queries.observations_of(session(), [line.id for line in lines])
    return _file(export.as_geojson(lines, seen), "application/geo+json", f"atgardsplan-{slug}-{today()}.geojson")


def _area(slug: str) -> District | None:
    return None if slug == OUTSIDE else districts.by_slug(session(), slug)


def _name(area: District | None) -> str:
    return area.name if area else _("Utanför områdena")


def _lines(area: District | None, wish: PlanWish) -> list[PlanRow]:
    return queries.plan(session(), current_actor(), area, wish.filter(outside_districts=area is None), wish.sort)


def _sums(area: District | None) -> Summary:
    everything = PlanWish.of(_with({}, lage=ALL_ONES)).filter(outside_districts=area is None)
    return queries.summary(queries.plan(session(), current_actor(), area, everything), None, None, "")


def _with(arguments: Any, **also: str) -> Any:
    return MultiDict([*MultiDict(arguments).items(multi=True), *also.items()])


def _offers(area: District | None) -> dict[str, Any]:
    """The filter bar's choices with how many lines each has."""
    facets = queries.facets(session(), current_actor(), area)
    groups = [(LATE_ONES, _("Försenade")), (CLOSED_ONES, _("Stängda")), (ALL_ONES, _("Alla"))]
    return {
        "themes": [(theme.value, f"{theme.label} ({n})") for theme, n in facets.themes.items()],
        "states": [*groups, *((s.value, f"{s.label.capitalize()} ({n})") for s, n in facets.states.items())],
        "units": [(id, f"{name} ({n})") for id, (name, n) in facets.units.items() if id],
        "promises": [(id or OUTSIDE_PROMISES, f"{name} ({n})") for id, (name, n) in facets.promises.items()],
        "costs": [(cost.value, f"{cost.label.capitalize()} ({n})") for cost, n in facets.costs.items() if cost],
    }


def _links(slug: str) -> dict[str, str]:
    """The same lines as files and on paper: the filters come along."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "sida"}
    return {
        "print": url_for("actions.plan", slug=slug, **kept | {"utskrift": "ja"}),
        "csv": url_for("actions.plan_csv", slug=slug, **kept),
        "plain": url_for("actions.plan_csv", slug=slug, **kept | {"format": "enkel"}),
        "geojson": url_for("actions.plan_geojson", slug=slug, **kept),
    }


def _file(data: str | bytes, content_type: str, name: str) -> Response:
    response = Response(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- One action -----------------------------------------------------------------------------------------------------


@bp.get("/atgarder/<uuid:id>")
@requires(Permission.VIEW_PLAN)
def show(id: UUID) -> ResponseReturnValue:
    return _show(_get(id))


@bp.post("/atgarder/<uuid:id>/bekrafta")
@requires(Permission.WORK_ACTIONS)
def confirm(id: UUID) -> ResponseReturnValue:
    form = VersionForm()
    return _change(
        id,
        form,
        lambda action: service.confirm(session(), current_actor(), action, **_told(form)),
        _("Åtgärden är bekräftad."),
    )


@bp.post("/atgarder/<uuid:id>/flytta")
@requires(Permission.WORK_ACTIONS)
def move(id: UUID) -> ResponseReturnValue:
    form = MoveForm()

    def do(action: Action) -> None:
        reason = DeclineReason(form.reason.data) if form.reason.data else None
        service.move(
            session(), current_actor(), action, State(form.to.data), reason=reason, done_on=form.done_on.data,
            photo_id=_photo(action, form), to_whom=form.to_whom.data or "", decision=form.decision.data or "",
            until=form.until.data, **_told(form),
        )  # fmt: skip

    return _change(id, form, do, _("Läget är ändrat."))


def _photo(action: Action, form: MoveForm) -> UUID | None:
    data = form.photo.data.read() if form.photo.data else b""
    if not data:
        return None
    knobs = settings()
    try:
        kept, _new = keep_photo(
            session(), storage(), current_actor(), uuid5(action.id, f"{action.version}"), data,
            purpose=Purpose.AFTER, max_bytes=knobs.photo_max_bytes, pixels=knobs.photo_max_pixels,
        )  # fmt: skip
    except DomainError as error:
        raise Invalid(error.sentence, {"photo": error.sentence}) from None
    return kept.id


@bp.post("/atgarder/<uuid:id>/andra")
@requires(Permission.WORK_ACTIONS)
def edit(id: UUID) -> ResponseReturnValue:
    form = _edit_form()

    def do(action: Action) -> None:
        service.edit(
            session(), current_actor(), action, title=form.title.data or "", place=form.place.data or "",
            unit_id=UUID(form.unit.data) if form.unit.data else None, due=form.due.data,
            cost_class=CostClass(form.cost_class.data) if form.cost_class.data else None, estimate=form.estimate.data,
            override=int(form.override.data) if form.override.data else None, **_told(form),
        )  # fmt: skip

    return _change(id, form, do, _("Uppgifterna är sparade."))


@bp.post("/atgarder/<uuid:id>/dela")
@requires(Permission.GROUP_ACTIONS)
def split(id: UUID) -> ResponseReturnValue:
    form = RegroupForm()

    def do(action: Action) -> None:
        if form.to.data:
            service.move_over(
                session(), current_actor(), action, _ids(form.observations.data), _get(_id(form.to.data)), **_told(form)
            )
        else:
            service.split(session(), current_actor(), action, _ids(form.observations.data), **_told(form))

    return _change(id, form, do, _("Iakttagelserna är flyttade. Det går att ångra i historiken."))


@bp.post("/atgarder/<uuid:id>/sla-ihop")
@requires(Permission.GROUP_ACTIONS)
def merge(id: UUID) -> ResponseReturnValue:
    form = MergeForm()

    def do(action: Action) -> None:
        others = [_get(other) for other in _ids(form.others.data)]
        service.merge(session(), current_actor(), action, others, **_told(form))

    return _change(id, form, do, _("Åtgärderna är en nu. Det går att ångra i historiken."))


@bp.post("/atgarder/<uuid:id>/angra/<int:event>")
@requires(Permission.WORK_ACTIONS)
def undo(id: UUID, event: int) -> ResponseReturnValue:
    form = VersionForm()

    def do(action: Action) -> None:
        happened = queries.event(session(), current_actor(), action, event)
        service.undo(session(), current_actor(), happened, note=form.note.data or "")

    return _change(id, form, do, _("Det är ångrat."))


def _change(id: UUID, form: VersionForm, do: Callable[[Action], Any], told: str) -> ResponseReturnValue:
    """Do it and show the action, or show it with what has to be mended and everything that was typed."""
    action = _get(id)
    try:
        if not form.validate_on_submit():
            raise Invalid(_("Något behöver rättas."))
        do(action)
    except (Invalid, Conflict) as error:
        if not form.errors:
            refuse(form, error)
        session().rollback()
        return _show(_get(id), form), error.status
    flash(told, "done")
    return see_other("actions.show", id=action.id)


def _told(form: VersionForm) -> dict[str, Any]:
    return {"note": form.note.data or "", "version": form.version.data}


def _get(id: UUID) -> Action:
    return queries.get(session(), current_actor(), id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _ids(texts: list[str] | None) -> list[UUID]:
    return [_id(text) for text in texts or []]


def _edit_form(action: Action | None = None) -> EditForm:
    given: dict[str, Any] = {}
    if action:
        given = {"title": action.title, "place": action.place, "due": action.due, "estimate": action.estimate}
        given |= {"unit": str(action.unit_id or ""), "cost_class": action.cost_class.value if action.cost_class else ""}
        given |= {"override": str(action.override or ""), "version": action.version}
    form = EditForm(formdata=None, **given) if action else EditForm()
    units = session().scalars(sa.select(Unit).order_by(Unit.name))
    form.unit.choices = choices([("", _("Ingen ännu")), *((unit.id, unit.name) for unit in units)])
    return form


def _show(action: Action, refused: VersionForm | None = None) -> str:
    """The page of an action; `refused` is the form that was sent and did not go through."""
    actor = current_actor()

    def form(kind: type[VersionForm], fresh: Callable[[], VersionForm]) -> VersionForm:
        return refused if refused is not None and type(refused) is kind else fresh()

    return page(
        "actions/action.html",
        action=action,
        line=queries.row(session(), actor, action),
        onwards=policy.moves(actor, action),
        history=queries.history_of(session(), actor, action),
        near=queries.candidates_near(session(), actor, action),
        works=policy.may(actor, "work", action) and not action.merged_into_id,
        groups=policy.may(actor, "group", action) and not action.merged_into_id,
        refused=refused,
        move=form(MoveForm, lambda: MoveForm(formdata=None)),
        edit=form(EditForm, lambda: _edit_form(action)),
        regroup=form(RegroupForm, lambda: RegroupForm(formdata=None)),
        merge=form(MergeForm, lambda: MergeForm(formdata=None)),
    )


# --- The walker's receipt -------------------------------------------------------------------------------------------


@bp.get("/kvitto/<receipt>")
@public  # whoever holds the receipt may read what became of it
@guesses
def receipt(receipt: str) -> str:
    seen = observations.by_receipt(session(), receipt)
    found = queries.of_observation(session(), seen.id)
    return page("actions/receipt.html", seen=seen, actions=[(one, queries.told_of(session(), one)) for one in found])


@bp.get("/kvitto/<receipt>/foto/<uuid:id>/<size>.jpg")
@public
@guesses
def receipt_photo(receipt: str, id: UUID, size: str) -> Response:
    if size not in list(Size):
        raise NotFound("Bilden finns inte i den storleken.")
    seen = observations.by_receipt(session(), receipt)
    found = queries.of_observation(session(), seen.id)
    held = {photo.id for photo in seen.photos} | {one.after_photo_id for one in found if one.after_photo_id}
    return picture(photos.get(session(), current_actor(), id, also=held), Size(size))
