"""The phone's pages, which work without JavaScript, and the lists of observations for those who work with them."""

import hashlib
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, flash, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from walkapp.accounts import service as accounts
from walkapp.core.actor import Actor, Kind
from walkapp.core.clock import now, today
from walkapp.core.db import new_id
from walkapp.core.errors import Conflict, DomainError, Gone, Invalid, NotFound
from walkapp.core.period import periods_between
from walkapp.core.permissions import Permission
from walkapp.photos import service as photos
from walkapp.photos.render import storage
from walkapp.promises.models import Promise
from walkapp.promises.rules import Theme
from walkapp.walks import queries as walks
from walkapp.walks.models import Walk
from walkapp.walks.rules import WalkState, read_code
from walkapp.walks.service import find_open
from walkapp.walks.service import join as join_walk
from walkapp.web import current_actor, keep_despite_error, page, public, requires, see_other, session, settings, walker
from walkapp.web.access import WALK_COOKIE
from walkapp.web.filters import datum
from walkapp.web.limits import guesses
from walkapp.web.paging import page_number

from . import queries, rules, service
from .forms import OUTSIDE_PROMISES, CaptureForm, Filter, read_observation
from .rules import Feeling

bp = Blueprint("observations", __name__)


# --- Coming in --------------------------------------------------------------------------------------------------------


@bp.get("/v")
@public
def door() -> ResponseReturnValue:
    """An address without its code: the start page asks for it."""
    return see_other("walks.home")


@bp.get("/v/<code>")
@public
@guesses
def start(code: str) -> ResponseReturnValue:
    """Where a walk's QR code leads: the door for a new phone, the capture page for one that has joined."""
    phone = _phone()
    walk = _walk_of(phone, code)
    if phone is None or walk is None:
        try:
            return page("observations/join.html", walk=find_open(session(), code))
        except (NotFound, Conflict, Gone) as error:
            return _not_in(error, code)
    if walk.state is not WalkState.OPEN:
        return page("observations/closed.html", **_about(walk, phone)), 410
    return _capture_page(walk, phone, _blank_form(walk, []), "start")


@bp.post("/v/<code>")
@public
@guesses
def join(code: str) -> ResponseReturnValue:
    if _walk_of(_phone(), code):
        return see_other("observations.start", code=code)
    try:
        walk = find_open(session(), code)
    except (NotFound, Conflict, Gone) as error:
        return _not_in(error, code)
    days = settings().walk_token_days
    _actor, token = join_walk(session(), walk, days=days)
    response = make_response(see_other("observations.start", code=walk.code))
    response.set_cookie(
        WALK_COOKIE, token, max_age=days * 86_400, httponly=True, samesite="Lax",
        secure=settings().secure_cookies or request.is_secure,
    )  # fmt: skip
    return response


def _not_in(error: DomainError, code: str) -> ResponseReturnValue:
    """The code is wrong, or the walk is not open: a sentence, and room for another code."""
    return page("observations/door.html", sentence=error.sentence, status=error.status, typed=code[:40]), error.status


def _phone() -> Actor | None:
    """The phone that is asking, also when a leader is signed in on it."""
    token = request.cookies.get(WALK_COOKIE, "")
    return accounts.identify(session(), token, Kind.WALKER) if token else None


def _walk_of(phone: Actor | None, code: str) -> Walk | None:
    """The walk that a phone has joined, if it is the one with this code."""
    if phone is None or phone.walk_id is None:
        return None
    try:
        walk = walks.get(session(), phone, phone.walk_id)
        return walk if walk.code == read_code(code) else None
    except (NotFound, Invalid):
        return None


# --- Noting something -------------------------------------------------------------------------------------------------


@bp.get("/v/<code>/ny")
@walker
def new(code: str) -> ResponseReturnValue:
    walk = _walk_of(current_actor(), code)
    try:
        theme = Theme.of(request.args.get("tema", ""))
    except Invalid:
        return see_other("observations.start", code=code)
    if walk is None or walk.state is not WalkState.OPEN:
        return see_other("observations.start", code=code)
    return _capture_page(walk, current_actor(), _blank_form(walk, [theme]), "form")


@bp.post("/v/<code>/ny")
@walker
def file(code: str) -> ResponseReturnValue:
    """The form as it stands, without JavaScript. Sent twice, it is the same observation: its id is in the form."""
    phone = current_actor()
    walk = _walk_of(phone, code)
    if walk is None:
        return see_other("observations.start", code=code)
    form = CaptureForm()
    form.offer(walk)
    id = _uuid(form.id.data)
    held, refused = _keep_photos(form, id)
    knobs = settings()
    try:
        if not form.validate_on_submit():
            raise Invalid(_("Något i formuläret behöver rättas."), {"": ""})
        said = read_observation(
            form.said | {"photos": held}, text_limit=knobs.text_limit, most_photos=knobs.photos_per_observation
        )
        seen = service.file_observation(session(), phone, id, said).observation
    except (Invalid, Conflict, Gone) as error:
        keep_despite_error()  # the photos that came along are whole and need not be sent again
        form.photos.data = [str(photo) for photo in held]
        form.camera.errors = [*form.camera.errors, *refused]
        return _again(walk, form, error)
    for sentence in refused:
        flash(_("Ett foto kom inte med: %(why)s Din iakttagelse är sparad.", why=sentence), "warning")
    return see_other("actions.receipt", receipt=seen.receipt)


def _again(walk: Walk, form: CaptureForm, error: DomainError) -> ResponseReturnValue:
    """The form with everything that was typed, and what to do about it."""
    if isinstance(error, Conflict):
        form.id.data = str(new_id())
        form.form_errors.append(_("Iakttagelsen är redan sparad. Tryck på Spara igen om det ändrade ska bli en ny."))
    elif isinstance(error, Invalid) and "" not in error.fields:
        form.blame(error)
    elif not isinstance(error, Invalid):
        form.form_errors.append(error.sentence)
    return _capture_page(walk, current_actor(), form, "form"), error.status


def _keep_photos(form: CaptureForm, observation: UUID) -> tuple[list[UUID], list[str]]:
    """Take in the form's photos: the ids of those that are held, and a sentence for each refused one."""
    knobs = settings()
    held = [_uuid(id) for id in form.photos.data or []]
    refused: list[str] = []
    uploads = [file.read() for file in (form.camera.data, *(form.gallery.data or ())) if file]
    # Nothing is written yet: let others write while the first picture is decoded.
    session().rollback()
    for data in uploads:
        if len(held) >= knobs.photos_per_observation:
            refused.append(_("Högst %(n)s foton får plats; resten är inte med.", n=knobs.photos_per_observation))
            break
        # Named after its content, so that the same form sent twice brings the same photos.
        id = uuid5(observation, hashlib.sha256(data).hexdigest())
        try:
            photos.keep_photo(
                session(), storage(), current_actor(), id, data,
                max_bytes=knobs.photo_max_bytes, pixels=knobs.photo_max_pixels,
            )  # fmt: skip
        except DomainError as error:
            refused.append(error.sentence)
        else:
            held.append(id)
    return list(dict.fromkeys(held)), refused


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


def _blank_form(walk: Walk, themes: list[Theme]) -> CaptureForm:
    form = CaptureForm(formdata=None, id=str(new_id()), themes=[t.value for t in themes], observed_at=now().isoformat())
    form.offer(walk)
    form.light.data = rules.light_at(now(), *_middle(walk)).value
    return form


def _middle(walk: Walk) -> tuple[float, float]:
    if walk.district is None:
        return settings().map_lat, settings().map_lon
    return walk.district.middle


def _capture_page(walk: Walk, phone: Actor, form: CaptureForm, view: str) -> str:
    """Both views in one page, `start` or `form` to begin with: a script changes between them without the network."""
    limit = settings().text_limit
    return page("observations/capture.html", form=form, view=view, rules=rules, limit=limit, **_about(walk, phone))


def _about(walk: Walk, phone: Actor) -> dict[str, Any]:
    """What every page of a phone that has joined shows. The token is the phone's own."""
    token = request.cookies.get(WALK_COOKIE, "")
    sent = queries.sent_by(session(), phone)
    return {"walk": walk, "sent": sent, "facts": _facts(walk), "token": token, "themes": list(Theme)}


def _facts(walk: Walk) -> dict[str, Any]:
    """What the page's scripts need to know, as JSON in the page."""
    knobs = settings()
    lat, lon = _middle(walk)
    placed = [stop for stop in walk.stops if stop.lat is not None]
    return {
        "code": walk.code,
        "urls": {
            "observations": f"{request.script_root}/api/v1/observations/",
            "photos": f"{request.script_root}/api/v1/photos/",
            "districts": url_for("observations_api.districts"),
            "start": url_for("observations.start", code=walk.code),
            "new": url_for("observations.new", code=walk.code),
        },
        "mostPhotos": knobs.photos_per_observation,
        "middle": [lat, lon],
        "box": walk.district.box if walk.district else None,
        "stops": [{"number": s.number, "name": s.name, "lat": s.lat, "lon": s.lon} for s in placed],
        "light": [[at.isoformat(), light.value] for at, light in rules.light_ahead(now(), lat, lon)],
        "themes": {theme.value: theme.phone_label for theme in Theme},
    }


# --- At the desk ------------------------------------------------------------------------------------------------------


@bp.get("/iakttagelser")
@requires(Permission.VIEW_OBSERVATIONS)
def listing() -> str:
    actor = current_actor()
    wanted = Filter.of(request.args)
    found = queries.listing(session(), actor, wanted, page_number())
    return page("observations/listing.html", found=found, wanted=wanted, offers=_offers(actor))


def _offers(actor: Actor) -> dict[str, Any]:
    """The filter bar's choices, each (value, text)."""
    offered = queries.choices(session(), actor)
    first = offered.first_seen.date() if offered.first_seen else today()
    promises = [(p.id, _promise_name(p)) for p in offered.promises]
    return {
        "themes": [(t.value, t.label) for t in Theme],
        "districts": offered.districts,
        "walks": [(id, f"{title}, {datum(at)}") for id, title, at in offered.walks],
        "promises": [*promises, (OUTSIDE_PROMISES, _("Utanför löftena"))],
        "periods": [(p.value, p.label) for p in periods_between(first, today())],
        "lights": [("ljust", _("Dagsljus")), ("morkt", _("Mörker"))],
        "feelings": [(f.value, f.label.capitalize()) for f in Feeling],
    }


def _promise_name(promise: Promise) -> str:
    years = f"{promise.pledge.valid_from:%Y}–{promise.pledge.valid_to:%Y}"
    return f"{promise.number}. {promise.text} ({years})"


@bp.get("/iakttagelser/<uuid:id>")
@requires(Permission.VIEW_OBSERVATIONS)
def show(id: UUID) -> str:
    return page("observations/show.html", seen=queries.get(session(), current_actor(), id))
