"""Every knob, typed, with its default and its meaning. A knob is set by the environment: `WALKAPP_` + its name."""

import os
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting that cannot be used; the sentence says which and why."""


def knob(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Settings:
    data: Path = knob(Path(ROOT, "data"), "folder for database, photos and secret key")  # noqa: RUF009 - a path never changes
    database_url: str = knob("", "address of the database; empty: SQLite in the data folder")
    secret_key: str = knob("", "signs cookies; empty: made once and kept in the data folder")
    url: str = knob("", "the address people use, e.g. https://trygghet.kumla.se; printed in QR codes and links")
    municipality: str = knob("Kumla kommun", "name on every page")
    contact: str = knob("", "e-mail address for questions about accessibility and privacy")
    map_lat: float = knob(59.1277, "where the map opens: latitude, WGS 84")
    map_lon: float = knob(15.1434, "where the map opens: longitude, WGS 84")
    map_zoom: int = knob(12, "how near the map opens")
    trusted_proxies: int = knob(0, "how many reverse proxies stand in front and set X-Forwarded-*")
    secure_cookies: bool = knob(False, "cookies over HTTPS only; set it in production")
    session_hours: int = knob(10, "how long a sign-in lasts without use")
    walk_token_days: int = knob(14, "how long a phone may still send what it kept after a walk")
    photo_max_bytes: int = knob(25_000_000, "largest photo taken in, bytes")
    photo_max_pixels: int = knob(60_000_000, "largest photo decoded, pixels (PNG and WebP: half of it)")
    photos_per_observation: int = knob(4, "how many photos one observation may have")
    text_limit: int = knob(2000, "longest text of an observation, characters")
    threads: int = knob(8, "threads of the web server")

    def __post_init__(self) -> None:
        if not (-90 <= self.map_lat <= 90 and -180 <= self.map_lon <= 180):
            raise BadSetting("WALKAPP_MAP_LAT och WALKAPP_MAP_LON är inte en plats på jorden.")
        if self.url and not self.url.startswith(("http://", "https://")):
            raise BadSetting("WALKAPP_URL ska börja med http:// eller https://.")
        for name in (
            "session_hours",
            "walk_token_days",
            "photo_max_bytes",
            "photo_max_pixels",
            "text_limit",
            "threads",
        ):
            if getattr(self, name) < 1:
                raise BadSetting(f"WALKAPP_{name.upper()} ska vara minst 1.")

    @classmethod
    def from_environment(cls, environment: dict[str, str] | None = None, **given: Any) -> "Settings":
        """Read the environment; what is `given` wins. Raises BadSetting."""
        env = os.environ if environment is None else environment
        read = {
            f.name: _read(f.name, f.default, env[name])
            for f in fields(cls)
            if (name := f"WALKAPP_{f.name.upper()}") in env
        }
        return cls(**{**read, **given})

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'walkapp.db'}"

    @property
    def photos(self) -> Path:
        return self.data / "photos"

    def key(self) -> str:
        """The key that signs; made at the first use and then always the same."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            try:
                fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                pass  # another process was first; its key is the key
            else:
                with os.fdopen(fd, "w") as f:
                    f.write(secrets.token_hex(32))
        return path.read_text().strip()


def _read(name: str, default: Any, text: str) -> Any:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "ja": True, "0": False, "false": False, "nej": False, "": False}[
                text.lower()
            ]
        return type(default)(text)
    except (KeyError, ValueError):
        raise BadSetting(f"WALKAPP_{name.upper()} kan inte vara ”{text}”.") from None
