"""The shell is made by Folium, and of numbers and our own words alone."""

import inspect
import re

import pytest

from walkapp.maps import render

KUMLA = (14.918, 59.0466, 15.3586, 59.1893)


def test_a_shell_takes_numbers_only():
    with pytest.raises(ValueError, match="could not convert"):
        render.shell(("{{7*7}}", 59.0, 15.2, 59.2))
    assert list(inspect.signature(render.shell).parameters) == ["home"]


def test_it_names_no_other_host_and_no_markup():
    script = render.shell(KUMLA).script
    assert "http" not in script
    assert "<" not in script.replace("=> ", "")
    assert "style" not in script.replace(".style.zIndex", "").replace(".style.pointerEvents", "")


def test_it_is_all_there():
    shell = render.shell(KUMLA)
    for part in (
        "L.map(", "fitBounds(", "L.Control.Scale(", "DistrictOutlines(", "ObservationLayer(", "ZoomControl(", "openMap("
    ):  # fmt: skip
        assert shell.script.count(part) == 1, part
    assert '"imperial": false' in shell.script
    assert '"keyboard": false' in shell.script
    assert re.search(rf'L\.map\(\s*"{shell.name}"', shell.script)


def test_the_same_box_is_built_once():
    assert render.shell(KUMLA) is render.shell(KUMLA)
