"""The commands. Each ends with status 0 only when it did what it says."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from walkapp.accounts import rules as account_rules
from walkapp.accounts import service as accounts
from walkapp.accounts.models import User
from walkapp.actions import service as actions
from walkapp.actions.models import Action
from walkapp.config import BadSetting, Settings
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import now
from walkapp.core.db import Sessions, make_engine, make_sessions
from walkapp.core.errors import DomainError
from walkapp.core.permissions import Role
from walkapp.districts import service as districts
from walkapp.districts.models import District
from walkapp.observations import service as observations
from walkapp.observations.models import ObservationPhoto
from walkapp.photos import service as photos
from walkapp.photos.storage import FolderStorage
from walkapp.promises import service as promises
from walkapp.seed import DEMO_PEOPLE, grow_demo, lay_foundation
from walkapp.walks.models import Walk
from walkapp.walks.rules import WalkState

data_option = click.option("--data", type=click.Path(path_type=Path), help="Mapp för databas, foton och nyckel.")


class Group(click.Group):
    """Domain errors end a command with their sentence and status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(error.sentence) from None
        except BadSetting as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Group)
def main() -> None:
    """walkapp: trygghetsvandringar, från iakttagelse till uppföljt löfte."""


class Place:
    """An installation: its settings and its database. Only a `new` one is made; others must exist, and be `current`."""

    def __init__(self, data: Path | None, *, new: bool = False, current: bool = True, **given: Any) -> None:
        if data:
            given["data"] = data.resolve()
        self.settings = Settings.from_environment(**given)
        self.engine = make_engine(self.settings.database)
        self.sessions: Sessions = make_sessions(self.engine)
        if not new and not self._exists():
            raise click.ClickException(f"Det finns ingen walkapp i {self.settings.data}. Kör: walkapp db upgrade")
        self.settings.data.mkdir(parents=True, exist_ok=True)
        if current and not new and not migrate.is_current(self.engine):
            raise click.ClickException("Databasen har inte rätt version. Kör: walkapp db upgrade")

    def _exists(self) -> bool:
        """A mistyped folder must not become an empty database."""
        url = sa.make_url(self.settings.database)
        return not url.drivername.startswith("sqlite") or (url.database is not None and Path(url.database).exists())


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 när telefoner i samma nät ska nå den.")
@data_option
@click.option("--empty", is_flag=True, help="Utan Kumlas demo; skriver ut en länk för den första administratören.")
@click.option("--json", "as_json", is_flag=True, help="Skriv adresserna som en rad JSON innan servern startar.")
def run(port: int, host: str, data: Path | None, empty: bool, as_json: bool) -> None:
    """Prova: migrera, fyll på demon om datamappen är ny, skriv ut adresser, starta servern."""
    place = Place(data, new=True)
    url = place.settings.url or f"http://{_reachable(host)}:{port}"
    place = Place(data, new=True, url=url)
    migrate.upgrade(place.engine)
    with place.sessions() as db:
        if not db.scalar(sa.select(User.id).limit(1)):
            if empty:
                _first_administrator(db)
            else:
                lay_foundation(db, SYSTEM)
                grow_demo(db, place.settings)
            db.commit()
        facts = _facts(db, url)
        db.commit()
    server = _server(place, host, port)
    if as_json:
        print(json.dumps(facts), flush=True)
    else:
        _tell(facts)
    server.run()


def _reachable(host: str) -> str:
    if host not in ("0.0.0.0", "::"):
        return host
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))  # sends nothing: asks the system which of its addresses faces outwards
            return str(s.getsockname()[0])
        except OSError:
            return "127.0.0.1"


FIRST_ADMIN = "administrator@walkapp.invalid"


def _first_administrator(db: Any) -> None:
    accounts.add_user(db, SYSTEM, email=FIRST_ADMIN, name="Administratör", role=Role.ADMIN)


def _facts(db: Any, url: str) -> dict[str, Any]:
    """The addresses that `run` tells: one open walk, one fresh link for each demo role or the first administrator."""
    people = DEMO_PEOPLE | ({"admin": FIRST_ADMIN} if _untouched(db, FIRST_ADMIN) else {})
    links = {}
    for role, email in people.items():
        user = db.scalar(sa.select(User).where(User.email == email, User.active))
        if user:
            links[role] = f"{url}/logga-in/lank/{accounts.make_link(db, user, life=account_rules.DEMO_LINK_LIFE)}"
    code = db.scalar(sa.select(Walk.code).where(Walk.state == WalkState.OPEN).order_by(Walk.starts_at.desc()))
    return {"url": url, "walk_code": code, "sign_in": links}


def _untouched(db: Any, email: str) -> bool:
    return bool(db.scalar(sa.select(User.id).where(User.email == email, User.password_hash.is_(None))))


def _tell(facts: dict[str, Any]) -> None:
    import segno

    click.echo(f"\n  walkapp     {facts['url']}\n")
    if facts["walk_code"]:
        address = f"{facts['url']}/v/{facts['walk_code']}"
        segno.make(address).terminal(out=sys.stdout, compact=True)
        click.echo(f"  Vandringskod {facts['walk_code']}   {address}\n")
    for role, link in facts["sign_in"].items():
        click.echo(f"  {Role(role).label:<15} {link}")
    click.echo("\n  Länkarna gäller en gång. Avsluta med Ctrl+C.\n")


def _server(place: Place, host: str, port: int) -> Any:
    """A server that already holds its port: whoever reads the addresses that `run` tells can call them at once."""
    from waitress.server import create_server

    from walkapp.app import create_app

    app = create_app(place.settings, place.sessions)
    try:
        return create_server(
            app, host=host, port=port, threads=place.settings.threads, ident="walkapp",
            # Slow phones must not shut out the others (README, Beslut); bodies are bounded before they are read.
            connection_limit=1000, max_request_body_size=app.config["MAX_CONTENT_LENGTH"], channel_timeout=60,
        )  # fmt: skip
    except OSError as error:
        raise click.ClickException(
            f"Kan inte lyssna på {host}:{port} ({error.strerror}). Välj en annan --port."
        ) from None


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@data_option
def serve(port: int, host: str, data: Path | None) -> None:
    """Drift: vägrar en svag nyckel eller en gammal databas."""
    place = Place(data)
    if len(place.settings.key()) < 32:
        raise click.ClickException(
            "WALKAPP_SECRET_KEY är för kort: minst 32 tecken slump, till exempel openssl rand -hex 32."
        )
    if not place.settings.url:
        raise click.ClickException("Sätt WALKAPP_URL till adressen som folk använder; den står i QR-koder och länkar.")
    _server(place, host, port).run()


@main.group()
def db() -> None:
    """Databasens schema."""


@db.command("upgrade")
@data_option
def db_upgrade(data: Path | None) -> None:
    """Ta databasen till dagens version."""
    migrate.upgrade(Place(data, new=True).engine)
    click.echo("Databasen har dagens version.")


@main.command()
@data_option
def check(data: Path | None) -> None:
    """Säg vad som är fel i inställningar och databas."""
    place = Place(data, current=False)
    faults = []
    if not migrate.is_current(place.engine):
        faults.append("Databasen har inte rätt version: kör walkapp db upgrade.")
    if not place.settings.url:
        faults.append(
            "WALKAPP_URL är inte satt: QR-koder och länkar pekar på den adress som webbläsaren råkade använda."
        )
    if place.settings.url.startswith("https://") and not place.settings.secure_cookies:
        faults.append("WALKAPP_SECURE_COOKIES är inte satt: kakor skickas även utan HTTPS.")
    if not place.settings.contact:
        faults.append("WALKAPP_CONTACT är inte satt: sidorna om tillgänglighet och integritet saknar kontakt.")
    for fault in faults:
        click.echo(f"– {fault}")
    if faults:
        raise click.ClickException(f"{len(faults)} saker att rätta.")
    click.echo("Allt är i ordning.")


@main.group()
def user() -> None:
    """Konton."""


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.option("--name", default="", help="Namn eller titel; annars e-postadressen.")
@data_option
def user_add(email: str, role: str, name: str, data: Path | None) -> None:
    """Lägg till ett konto och skriv ut dess engångslänk."""
    place = Place(data)
    with place.sessions() as db:
        account = accounts.add_user(db, SYSTEM, email=email, name=name, role=Role(role))
        token = accounts.make_link(db, account)
        db.commit()
    click.echo(f"{place.settings.url}/logga-in/lank/{token}")
    if not place.settings.url:
        click.echo("Sätt tjänstens adress framför, eller sätt WALKAPP_URL så står den där.", err=True)


@main.group("districts")
def districts_group() -> None:
    """Områden."""


@districts_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Byt utan att fråga.")
@click.option("--without-refused", is_flag=True, help="Byt även om någon yta inte går att använda; den lämnas utanför.")
@data_option
def districts_import(file: Path, yes: bool, without_refused: bool, data: Path | None) -> None:
    """Byt områden mot en GeoJSON-fil; visar först vad som ändras. Iakttagelser sorteras om i samma transaktion."""
    place = Place(data)
    with place.sessions() as db:
        changes = districts.plan_import(db, file.read_bytes(), source=file.name)
    for told in changes.sentences():
        click.echo(told)
    if changes.refused and not without_refused:
        raise click.ClickException("Rätta filen, eller läs in den utan de ytorna med --without-refused.")
    if not changes.anything:
        return
    if not yes and not click.confirm("Byta områden?"):  # nobody waits for the database while a person thinks
        raise click.Abort
    with place.sessions() as db:
        districts.import_districts(db, SYSTEM, changes, without_refused=without_refused)
        moved = observations.refile(db)
        actions.refile(db)
        db.commit()
        count = db.scalar(sa.select(sa.func.count()).select_from(District).where(District.retired_at.is_(None)))
    click.echo(f"{count} områden gäller nu. {moved} iakttagelser bytte område.")


@main.group("promises")
def promises_group() -> None:
    """Medborgarlöften."""


@promises_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def promises_import(file: Path, data: Path | None) -> None:
    """Läs in ett eller flera medborgarlöften ur en JSON-fil."""
    place = Place(data)
    with place.sessions() as db:
        done = promises.import_pledges(db, SYSTEM, file.read_bytes())
        db.commit()
    for told in done.sentences():
        click.echo(told)


@main.command()
@data_option
def seed(data: Path | None) -> None:
    """Fyll en tom databas med Kumlas demo."""
    place = Place(data)
    with place.sessions() as db:
        if db.scalar(sa.select(User.id).limit(1)):
            raise click.ClickException("Databasen är inte tom.")
        lay_foundation(db, SYSTEM)
        grow_demo(db, place.settings)
        db.commit()
    click.echo("Demon är på plats.")


@main.command()
@data_option
def tick(data: Path | None) -> None:
    """Städa: foton som inget visar och filer som inget foto behöver; sätts i cron eller en systemd-timer."""
    place = Place(data)
    click.echo(f"{_tidy(place)} filer städade.")


def _tidy(place: Place) -> int:
    """Photos that nothing shows, then the files that no photo needs: two transactions, since files do not roll back."""
    storage = FolderStorage(place.settings.photos)
    with place.sessions() as db:
        photos.forget_unused(
            db,
            [
                sa.select(ObservationPhoto.photo_id),
                sa.select(Action.after_photo_id).where(Action.after_photo_id.is_not(None)),
            ],
        )
        db.commit()
    with place.sessions() as db:
        cleared = photos.clear_files(db, storage)
    storage.sweep(before=now() - timedelta(hours=1))
    return cleared


if __name__ == "__main__":
    main()
