"""What every template may name beside its own facts."""

from importlib.metadata import version

from flask import Flask, request, url_for

from .transaction import settings


def external(endpoint: str, **values: object) -> str:
    """An address to print or send: under WALKAPP_URL when it is set, else as the browser came in."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]
    return (settings().url.rstrip("/") or request.host_url.rstrip("/")) + path


def init(app: Flask) -> None:
    @app.context_processor
    def words() -> dict[str, object]:
        knobs = settings()
        named = {"municipality": knobs.municipality, "contact": knobs.contact, "version": version("walkapp")}
        return named | {"external": external}
