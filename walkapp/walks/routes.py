"""The start page, and the pages of walks."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from walkapp.core.actor import Kind
from walkapp.core.errors import Invalid
from walkapp.core.permissions import Permission
from walkapp.districts import queries as districts
from walkapp.web import current_actor, page, public, requires, see_other, session, settings
from walkapp.web.refusal import refuse
from walkapp.web.words import external

from . import queries, render, rules, service
from .forms import CodeForm, WalkForm
from .models import Walk
from .queries import Agenda, Phones
from .rules import WalkState

bp = Blueprint("walks", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """A code for who walks, the work for who is signed in, and what this is for everybody else."""
    form, status = CodeForm(request.args), 200
    if form.kod.data:
        try:
            return redirect(f"{request.script_root}/v/{rules.read_code(form.kod.data)}", 303)
        except Invalid as error:
            form.kod.errors, status = [error.sentence], 422
    actor = current_actor()
    if actor.kind is Kind.USER:
        agenda = queries.ahead(session(), actor)
        return page("walks/start.html", agenda=agenda, phones=queries.phones(session(), agenda.open))
    walk = queries.get(session(), actor, actor.walk_id) if actor.walk_id else None
    return page("walks/home.html", form=form, walk=walk), status


@bp.get("/vandringar")
@requires(Permission.VIEW_WALKS)
def listing() -> str:
    walks = queries.all_walks(session(), current_actor())
    return page("walks/walks.html", agenda=Agenda.of(walks), phones=queries.phones(session(), walks))


@bp.route("/vandringar/ny", methods=["GET", "POST"])
@requires(Permission.LEAD_WALKS)
def plan() -> ResponseReturnValue:
    form = _form(WalkForm())
    if form.validate_on_submit():
        try:
            walk = service.plan(
                session(), current_actor(), **form.plan(*_middle()), stops=rules.read_route(form.stops.data or "")
            )
            flash(_("Vandringen är planerad och har fått koden %(code)s.", code=walk.code))
            return _show(walk)
        except Invalid as error:
            refuse(form, error)
    return page("walks/plan.html", form=form, walk=None), 422 if form.is_submitted() else 200


@bp.get("/vandringar/<uuid:id>")
@requires(Permission.VIEW_WALKS)
def show(id: UUID) -> str:
    walk = queries.get(session(), current_actor(), id)
    phones = queries.phones(session(), [walk]).get(walk.id, Phones())
    return page("walks/walk.html", walk=walk, phones=phones, address=_address(walk), most=rules.MOST_WALKERS)


@bp.route("/vandringar/<uuid:id>/andra", methods=["GET", "POST"])
@requires(Permission.LEAD_WALKS)
def change(id: UUID) -> ResponseReturnValue:
    walk = queries.get(session(), current_actor(), id)
    form = _form(WalkForm(data=WalkForm.facts(walk)), walk)
    if form.validate_on_submit():
        try:
            plan, route = form.plan(*_middle()), rules.read_route(form.stops.data or "")
            service.lay_route(session(), current_actor(), walk, route)
            service.change_plan(session(), current_actor(), walk, **plan)
            flash(_("Ändringarna är sparade."))
            return _show(walk)
        except Invalid as error:
            refuse(form, error)
    return page("walks/plan.html", form=form, walk=walk), 422 if form.is_submitted() else 200


@bp.post("/vandringar/<uuid:id>/oppna")
@requires(Permission.LEAD_WALKS)
def open_walk(id: UUID) -> ResponseReturnValue:
    walk = service.take_to(session(), current_actor(), queries.get(session(), current_actor(), id), WalkState.OPEN)
    flash(_("Vandringen är öppen. Nu kan telefoner gå med."))
    return see_other("walks.show", id=walk.id)


@bp.post("/vandringar/<uuid:id>/stang")
@requires(Permission.LEAD_WALKS)
def close_walk(id: UUID) -> ResponseReturnValue:
    walk = service.take_to(session(), current_actor(), queries.get(session(), current_actor(), id), WalkState.CLOSED)
    flash(_("Vandringen är stängd. Det som telefonerna har kvar från vandringen tas fortfarande emot."))
    return see_other("walks.show", id=walk.id)


@bp.get("/vandringar/<uuid:id>/qr.svg")
@requires(Permission.LEAD_WALKS)
def qr(id: UUID) -> Response:
    walk = queries.get(session(), current_actor(), id)
    return Response(render.qr_svg(_address(walk)), content_type="image/svg+xml")


@bp.get("/vandringar/<uuid:id>/affisch")
@requires(Permission.LEAD_WALKS)
def poster(id: UUID) -> str:
    walk = queries.get(session(), current_actor(), id)
    return page("walks/poster.html", walk=walk, address=_address(walk))


def _form(form: WalkForm, walk: Walk | None = None) -> WalkForm:
    choices = list(districts.all_districts(session()))
    if walk and walk.district and walk.district not in choices:  # in use no more, but this walk went there
        choices.append(walk.district)
    form.offer(choices)
    return form


def _middle() -> tuple[float, float]:
    return settings().map_lat, settings().map_lon


def _address(walk: Walk) -> str:
    """Where the QR code leads: `/v/<kod>`, the phone's own page."""
    return f"{external('walks.home')}v/{walk.code}"


def _show(walk: Walk) -> ResponseReturnValue:
    if walk.expected_walkers and walk.expected_walkers > rules.MOST_WALKERS:
        flash(
            _("Fler än %(n)s deltagare: dela i två vandringar, så kommer alla till tals.", n=rules.MOST_WALKERS),
            "warning",
        )
    return see_other("walks.show", id=walk.id)
