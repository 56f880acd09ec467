"""The factory: one visible list of what the application is made of."""

from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import walkapp.accounts.routes
import walkapp.accounts.service
import walkapp.actions.routes
import walkapp.maps.routes
import walkapp.maps.sync
import walkapp.observations.routes
import walkapp.observations.sync
import walkapp.photos.routes
import walkapp.photos.service
import walkapp.photos.storage
import walkapp.photos.sync
import walkapp.promises.routes
import walkapp.walks.routes
import walkapp.walks.sync
import walkapp.web.about
import walkapp.web.access
import walkapp.web.assets
import walkapp.web.errors
import walkapp.web.filters
import walkapp.web.headers
import walkapp.web.health
import walkapp.web.limits
import walkapp.web.transaction
import walkapp.web.words
import walkapp.wiring
from walkapp.config import ROOT, Settings
from walkapp.core.db import Sessions, make_engine, make_sessions

# Pages for people, in reading order.
PAGES = (
    walkapp.web.health.bp,
    walkapp.web.about.bp,
    walkapp.accounts.routes.bp,
    walkapp.promises.routes.bp,
    walkapp.photos.routes.bp,
    walkapp.walks.routes.bp,
    walkapp.observations.routes.bp,
    walkapp.actions.routes.bp,
    walkapp.maps.routes.bp,
)

# JSON for programs: the phone by its walk token, never by a cookie, so these need no CSRF token.
API = (
    walkapp.walks.sync.bp,
    walkapp.photos.sync.bp,
    walkapp.observations.sync.bp,
    walkapp.maps.sync.bp,
)


def create_app(settings: Settings | None = None, sessions: Sessions | None = None) -> Flask:
    settings = settings or Settings.from_environment()
    app = Flask("walkapp", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.key(),
        SESSION_COOKIE_NAME="walkapp_form",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        # A form may carry all photos of an observation at once.
        MAX_CONTENT_LENGTH=settings.photo_max_bytes * settings.photos_per_observation + 1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        MAX_FORM_PARTS=200,
        BABEL_DEFAULT_LOCALE="sv",
        BABEL_DEFAULT_TIMEZONE="Europe/Stockholm",
    )
    app.extensions["walkapp.settings"] = settings
    app.extensions["walkapp.sessions"] = sessions or make_sessions(make_engine(settings.database))
    app.extensions["walkapp.storage"] = walkapp.photos.storage.FolderStorage(settings.photos)
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_prefix=n)  # type: ignore[method-assign]

    app.jinja_options["trim_blocks"] = app.jinja_options["lstrip_blocks"] = True
    Babel(app)
    csrf = CSRFProtect(app)
    walkapp.web.transaction.init(app)
    walkapp.web.errors.init(app)
    walkapp.web.headers.init(app)
    walkapp.web.limits.init(app)
    walkapp.web.assets.init(app)
    walkapp.web.filters.init(app)
    walkapp.web.words.init(app)
    walkapp.web.access.init(app, walkapp.accounts.service.identify)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for blueprint in API:
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    return app
