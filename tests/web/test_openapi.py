"""The API describes itself."""

import pytest
from flask import Flask

from tests.conftest import Client
from walkapp.web.openapi import PREFIX


@pytest.fixture
def document(client: Client) -> dict[str, object]:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    return dict(answer.get_json())


def test_every_call_is_there_and_nothing_else(app: Flask, document: dict[str, dict[str, dict[str, object]]]) -> None:
    routes = {
        (method.lower(), rule.rule.replace("<uuid:", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(method, path) for path, methods in document["paths"].items() for method in methods} == routes


def test_errors_are_problems(document: dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]) -> None:
    answers = document["paths"]["/api/v1/observations/{id}"]["put"]["responses"]
    assert {"201", "200", "401", "409", "410", "422"} <= set(answers)
    assert list(answers["409"]["content"]) == ["application/problem+json"]  # type: ignore[call-overload]
    assert list(answers["201"]["content"]) == ["application/json"]  # type: ignore[call-overload]


def test_no_page_of_a_library_was_added(app: Flask) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "apidoc" in rule.rule]
