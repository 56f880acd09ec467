"""Errors become a page for people and a problem+json (RFC 9457) for programs, here and nowhere else."""

from http import HTTPStatus

import sqlalchemy.exc
from flask import Flask, Response, current_app, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from walkapp.core.errors import DomainError, Invalid, Unavailable

# What werkzeug and Flask refuse by themselves, in our words.
SENTENCES = {
    400: "Förfrågan gick inte att förstå.",
    401: "Logga in för att komma vidare.",
    403: "Du får inte göra det här.",
    404: "Sidan finns inte.",
    405: "Så kan adressen inte användas.",
    408: "Det tog för lång tid att skicka. Försök igen.",
    411: "Storleken på det som skickades saknas.",
    413: "Det som skickades är för stort.",
    414: "Adressen är för lång.",
    415: "Den sortens innehåll kan inte tas emot.",
    416: "Den delen av filen finns inte.",
    429: "För många försök. Vänta en stund och försök igen.",
    431: "Förfrågan har för långa rubriker.",
    500: "Något gick fel hos oss. Inget har sparats till hälften. Försök igen om en stund.",
    503: "Tjänsten är upptagen just nu. Försök igen om en stund.",
}


def wants_json() -> bool:
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def answer(error: DomainError) -> ResponseReturnValue:
    retry = {"Retry-After": "30"} if error.status in (429, 503) else {}
    if wants_json():
        body = {"type": "about:blank", "title": HTTPStatus(error.status).phrase, "status": error.status}
        body |= {"detail": error.sentence}
        if isinstance(error, Invalid) and error.fields:
            body["fields"] = error.fields
        body |= {k: v for k, v in error.facts.items() if k not in body}
        return Response(json.dumps(body), error.status, retry, content_type="application/problem+json")
    if error.status == 401 and request.method == "GET":
        if request.view_args and "code" in request.view_args:  # a phone that has not joined this walk
            return redirect(url_for("observations.start", code=request.view_args["code"]), 303)
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    try:
        html = render_template("errors/error.html", status=error.status, sentence=error.sentence)
    except Exception:  # the layout asks the database who is signed in; the page for a broken database must not
        current_app.logger.exception("the error page itself failed")
        html = f"<!doctype html><html lang=sv><meta charset=utf-8><title>Fel</title><h1>Fel</h1><p>{error.sentence}</p>"
    return html, error.status, retry


def init(app: Flask) -> None:
    @app.errorhandler(DomainError)
    def domain(error: DomainError) -> ResponseReturnValue:
        return answer(error)

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> ResponseReturnValue:
        invalid = Invalid("Sidan hade legat öppen för länge. Ladda om den och skicka igen.")
        invalid.status = 400
        return answer(invalid)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        wrapped = DomainError(SENTENCES.get(error.code, SENTENCES[400]))
        wrapped.status = error.code
        return answer(wrapped)

    @app.errorhandler(sqlalchemy.exc.OperationalError)
    def database(error: sqlalchemy.exc.OperationalError) -> ResponseReturnValue:
        app.logger.error("the database is out of reach: %s", error)
        return answer(Unavailable("Databasen svarar inte just nu. Försök igen om en stund."))

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        app.logger.exception("unforeseen")
        return answer(DomainError(SENTENCES[500]))
