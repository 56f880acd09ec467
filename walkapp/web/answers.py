"""The three ways a route answers."""

from typing import Any

from flask import Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse


def page(template: str, **facts: Any) -> str:
    return render_template(template, **facts)


def see_other(endpoint: str, **values: Any) -> BaseResponse:
    """The end of every POST: 303, so that going back and reloading send nothing twice."""
    return redirect(url_for(endpoint, **values), 303)


def created(new: bool, **body: Any) -> tuple[Response, int]:
    """A receipt: 201 the first time, 200 for the same thing again."""
    return jsonify(body), 201 if new else 200
