"""Signing in and out, one's own account, and the administrator's accounts and units."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from walkapp.core.actor import Kind
from walkapp.core.errors import DomainError, Invalid, TooMany
from walkapp.core.permissions import Permission, Role
from walkapp.districts import queries as districts
from walkapp.web import current_actor, keep_despite_error, page, public, requires, see_other, session, settings
from walkapp.web.access import USER_COOKIE
from walkapp.web.limits import guesses
from walkapp.web.refusal import refuse

from . import presence, queries, rules, service
from .forms import KINDS, PasswordForm, SignInForm, UnitForm, UserForm
from .models import UnitKind, User

bp = Blueprint("accounts", __name__)
presence.init(bp)


# --- In and out -------------------------------------------------------------------------------------------------------


@bp.route("/logga-in", methods=["GET", "POST"])
@public
@guesses
def sign_in() -> ResponseReturnValue:
    target = rules.own_path(request.values.get("next", ""))
    if request.method == "GET" and current_actor().kind is Kind.USER:
        return _go_to(target)
    form = SignInForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            _user, token = service.sign_in(
                session(),
                email=form.email.data or "",
                password=form.password.data or "",
                hours=settings().session_hours,
            )
            return _welcome(token, target)
        except (Invalid, TooMany) as error:
            keep_despite_error()
            refuse(form, error)
            status = error.status
    return page("accounts/sign_in.html", form=form, target=target), status


@bp.get("/logga-in/lank/<token>")
@public
def link(token: str) -> str:
    """Spends nothing: mail programs and chats look at links before people do."""
    return page("accounts/link.html", holder=service.link_holder(session(), token))


@bp.post("/logga-in/lank/<token>")
@public
def use_link(token: str) -> ResponseReturnValue:
    user, session_token = service.use_link(session(), token, hours=settings().session_hours)
    response = _welcome(session_token, "" if user.password_hash else "/konto")
    signed_in = service.identify(session(), session_token, Kind.USER)
    # Whoever came in by a link has perhaps forgotten the password, and may choose a new one without it.
    browser["by_link"] = str(signed_in.sign_in_id) if signed_in else ""
    if not user.password_hash:
        flash(_("Du är inloggad. Välj ett lösenord om du vill kunna logga in utan länk nästa gång."), "info")
    return response


@bp.get("/logga-ut")
@public
def leaving() -> str:
    return page("accounts/sign_out.html")


@bp.post("/logga-ut")
@public
def sign_out() -> ResponseReturnValue:
    if current_actor().kind is Kind.USER:
        service.sign_out(session(), current_actor())
    return _farewell(_("Du är utloggad."))


def _go_to(target: str) -> ResponseReturnValue:
    return redirect(request.script_root + (target or "/"), 303)


def _welcome(token: str, target: str) -> ResponseReturnValue:
    """A new session, never the one that was there before: somebody may have planted that."""
    if current_actor().kind is Kind.USER:
        service.sign_out(session(), current_actor())
    browser.clear()
    response = redirect(request.script_root + (target or "/"), 303)
    # Without a date: it ends with the browser, or on the server after `session_hours` without use.
    secure = settings().secure_cookies or request.is_secure
    response.set_cookie(USER_COOKIE, token, httponly=True, samesite="Lax", secure=secure)
    return response


def _farewell(words: str) -> ResponseReturnValue:
    browser.clear()
    flash(words)
    response = see_other("accounts.sign_in")
    response.delete_cookie(USER_COOKIE)
    return response


# --- My account -------------------------------------------------------------------------------------------------------


@bp.get("/konto")
@requires(Permission.OWN_ACCOUNT)
def account() -> str:
    return _account(PasswordForm())


@bp.post("/konto/losenord")
@requires(Permission.OWN_ACCOUNT)
@guesses
def choose_password() -> ResponseReturnValue:
    me, form = _me(), PasswordForm()
    if not form.validate_on_submit():
        return _account(form), 422
    try:
        current = None if _may_skip_current(me) else form.current.data or ""
        service.choose_password(session(), current_actor(), me, form.password.data or "", current=current)
    except (Invalid, TooMany) as error:
        keep_despite_error()
        refuse(form, error)
        return _account(form), error.status
    browser.pop("by_link", None)
    flash(_("Lösenordet är bytt. Du är utloggad överallt utom här."))
    return see_other("accounts.account")


@bp.post("/konto/logga-ut-overallt")
@requires(Permission.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    service.sign_out_everywhere(session(), _me())
    return _farewell(_("Du är utloggad överallt."))


@bp.post("/konto/inloggningar/<uuid:id>/avsluta")
@requires(Permission.OWN_ACCOUNT)
def end_session(id: UUID) -> ResponseReturnValue:
    service.end_session(session(), _me(), id)
    flash(_("Den inloggningen är avslutad."))
    return see_other("accounts.account")


def _me() -> User:
    return queries.get(session(), current_actor(), current_actor().user_id)


def _may_skip_current(me: User) -> bool:
    return me.password_hash is None or browser.get("by_link") == str(current_actor().sign_in_id)


def _account(form: PasswordForm) -> str:
    me = _me()
    return page(
        "accounts/account.html", me=me, form=form, asks_current=not _may_skip_current(me),
        sessions=queries.live_sessions(session(), me), least=rules.PASSWORD_LEAST,
    )  # fmt: skip


# --- Accounts ---------------------------------------------------------------------------------------------------------


@bp.get("/konton")
@requires(Permission.MANAGE_USERS)
def users() -> str:
    return page("accounts/users.html", accounts=queries.accounts(session(), current_actor()))


@bp.route("/konton/ny", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def add_user() -> ResponseReturnValue:
    form = UserForm()
    units = queries.all_units(session())
    form.offer(units, districts.all_districts(session()))
    if form.validate_on_submit():
        try:
            user = service.add_user(
                session(), current_actor(), email=form.email.data or "", name=form.name.data or "",
                role=Role(form.role.data), units=form.chosen(units),
                districts=[UUID(id) for id in form.districts.data or ()],
            )  # fmt: skip
            return _show_link(user)
        except DomainError as error:
            refuse(form, error)
    return page("accounts/user.html", form=form, user=None), 422 if form.is_submitted() else 200


@bp.route("/konton/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def user(id: UUID) -> ResponseReturnValue:
    user = queries.get(session(), current_actor(), id)
    units = queries.all_units(session())
    form = UserForm(data=UserForm.facts(user))
    form.offer(units, districts.all_districts(session()))
    if form.validate_on_submit():
        try:
            service.change_user(
                session(), current_actor(), user, email=form.email.data or "", name=form.name.data or "",
                role=Role(form.role.data), active=form.active.data,
            )  # fmt: skip
            reach = [UUID(id) for id in form.districts.data or ()]
            service.set_reach(session(), current_actor(), user, units=form.chosen(units), district_ids=reach)
            flash(_("%(name)s är sparad.", name=user.name))
            return see_other("accounts.users")
        except DomainError as error:
            refuse(form, error)
    # A link is shown once: to the administrator who made it, right after.
    made = browser.pop("new_link", {}) if request.method == "GET" else {}
    token = made.get("token") if made.get("user") == str(id) else None
    body = page("accounts/user.html", form=form, user=user, link=token, days=rules.LINK_LIFE.days)
    return body, 422 if form.is_submitted() else 200


@bp.post("/konton/<uuid:id>/lank")
@requires(Permission.MANAGE_USERS)
def make_link(id: UUID) -> ResponseReturnValue:
    return _show_link(queries.get(session(), current_actor(), id))


def _show_link(user: User) -> ResponseReturnValue:
    browser["new_link"] = {"user": str(user.id), "token": service.make_link(session(), user)}
    return see_other("accounts.user", id=user.id)


# --- Units ------------------------------------------------------------------------------------------------------------


@bp.route("/konton/enheter", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def units() -> ResponseReturnValue:
    form = UnitForm()
    if form.validate_on_submit():
        try:
            unit = service.add_unit(
                session(), current_actor(), name=form.name.data or "", kind=UnitKind(form.kind.data)
            )
            flash(_("%(name)s är tillagd.", name=unit.name))
            return see_other("accounts.units")
        except DomainError as error:
            refuse(form, error)
    body = page("accounts/units.html", form=form, units=queries.all_units(session()), kinds=KINDS)
    return body, 422 if form.is_submitted() else 200


@bp.route("/konton/enheter/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def unit(id: UUID) -> ResponseReturnValue:
    unit = queries.get_unit(session(), id)
    form = UnitForm(data={"name": unit.name, "kind": unit.kind.value})
    if form.validate_on_submit():
        try:
            service.change_unit(
                session(), current_actor(), unit, name=form.name.data or "", kind=UnitKind(form.kind.data)
            )
            flash(_("%(name)s är sparad.", name=unit.name))
            return see_other("accounts.units")
        except DomainError as error:
            refuse(form, error)
    return page("accounts/unit.html", form=form, unit=unit), 422 if form.is_submitted() else 200
