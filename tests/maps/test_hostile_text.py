"""Hostile text is inert: on the server here, in a real browser in `tests/journeys/test_map.py`."""

import dataclasses
import json
import re

import pytest
from flask import Flask

from tests.cast import OLOF
from tests.maps.hostile import FIELDS, PAYLOAD, make_target
from walkapp.maps import render

PATHS = ("/karta", "/karta/lista", "/karta/oversikt.svg", "/api/v1/map?bbox=15.1,59.1,15.2,59.2&zoom=18")


def assert_inert(page):
    assert "603729" not in page, "a template ran"
    assert "<img src=x" not in page
    assert "{% endfor %}€" not in page


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_no_field_runs_on_the_server_or_leaves_its_place(client, db, field):
    field.fill(db, make_target(db))
    client.as_(OLOF)
    for path in PATHS:
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.get_data(as_text=True)
        if path.startswith("/api/"):
            assert json.loads(page)["features"]
            continue
        assert_inert(page)


@pytest.mark.parametrize("field", [f for f in FIELDS if f.in_card], ids=lambda field: field.name)
def test_every_field_is_told_as_it_is(client, db, field):
    field.fill(db, make_target(db))
    answer = client.as_(OLOF).get(PATHS[-1])
    assert PAYLOAD in str(json.loads(answer.data)["features"][0]["properties"]).replace("\\'", "'")


def test_the_municipality_s_name_is_text_too(app: Flask, client, db):
    make_target(db)
    app.extensions["walkapp.settings"] = dataclasses.replace(app.extensions["walkapp.settings"], municipality=PAYLOAD)
    for path in ("/karta", "/karta/lista"):
        assert_inert(client.as_(OLOF).get(path).get_data(as_text=True))


def test_folium_never_sees_any_of_it(client, db):
    target = make_target(db)
    before = client.as_(OLOF).get("/karta").get_data(as_text=True)
    for field in FIELDS:
        field.fill(db, target)
    after = client.get("/karta").get_data(as_text=True)
    scripts = [re.search(r'<script type="module" nonce=.*?</script>', page, re.DOTALL)[0] for page in (before, after)]
    assert re.sub(r'nonce="[^"]+"', "", scripts[0]) == re.sub(r'nonce="[^"]+"', "", scripts[1])
    assert render.shell.cache_info().hits
