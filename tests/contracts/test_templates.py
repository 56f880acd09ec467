"""Every template compiles, says its title, and keeps to the CSP."""

import re
from pathlib import Path

import pytest
from flask import Flask

from walkapp.config import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [t for t in TEMPLATES if "{% extends" in t.read_text(encoding="utf-8")]


def name(template: Path) -> str:
    return template.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_it_compiles(template: Path, app: Flask) -> None:
    app.jinja_env.get_template(name(template))


@pytest.mark.parametrize("template", PAGES, ids=name)
def test_a_page_has_a_title(template: Path) -> None:
    assert "{% block title %}" in template.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_nothing_is_inline_or_foreign_or_unescaped(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "an event handler attribute"
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json|nonce=))", text), "a script without nonce"
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:)?//", re.sub(r"<a\s[^>]*>", "", text)), "another host"
    assert "|safe" not in text.replace(" ", "") or name(template) == "maps/map.html", "markup that is not escaped"
    assert "{% autoescape" not in text
