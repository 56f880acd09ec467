"""What stands in the repository for others: locks without addresses, the icons that pages ask for, the licence."""

import json
import re

import pytest
import yaml

from walkapp.config import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-node.lock")
BROWSER = json.loads((ROOT / "static" / "package.json").read_text())
EXIST = {p.stem for p in (ROOT / "static/node_modules/bootstrap-icons/icons").glob("*.svg")}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.findall(r"^\s*-(?!-hash)|//", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+.*--hash=sha256:", entry, re.DOTALL)] == []


def test_the_test_lock_holds_what_the_run_lock_holds() -> None:
    run, test = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS[:2])
    assert run <= test


def test_the_browser_lock_names_no_address_and_pins_by_hash() -> None:
    lock = json.loads((ROOT / "static" / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []
    assert lock["packages"][""]["dependencies"] == BROWSER["dependencies"]
    assert lock["packages"][""]["devDependencies"] == BROWSER["devDependencies"]


def asked_for() -> dict[str, str]:
    """Icon names in the sources: in `icon("…")`, and any other quoted word with a hyphen that is an icon's name."""
    found = {}
    for pattern in ("templates/**/*.html", "static/js/**/*.js", "walkapp/**/*.py"):
        for file in ROOT.glob(pattern):
            text = file.read_text(encoding="utf-8")
            names = set(re.findall(r"""\bicon\(["']([a-z0-9-]+)["']""", text))
            names |= {word for word in re.findall(r"""["']([a-z0-9]+-[a-z0-9-]+)["']""", text) if word in EXIST}
            found |= {name: str(file.relative_to(ROOT)) for name in names}
    return found


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    listed = set(BROWSER["walkapp"]["icons"])
    lacking = {name: where for name, where in asked_for().items() if name not in listed}
    assert lacking == {}, "add them to walkapp.icons in static/package.json"


def test_icons_of_themes_and_states_are_in_the_sprite() -> None:
    from walkapp.actions.rules import State
    from walkapp.promises.rules import Theme

    assert {member.icon for enum in (Theme, State) for member in enum} <= set(BROWSER["walkapp"]["icons"])


def test_the_licence_is_the_one_that_is_named() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text()


def test_publiccode_says_what_the_standard_asks() -> None:
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    wanted = "publiccodeYmlVersion name url platforms categories developmentStatus softwareType description"
    assert {*wanted.split(), "legal", "maintenance", "localisation"} <= set(said)
    assert said["legal"]["license"] == "EUPL-1.2"
    assert said["maintenance"]["contacts"]
    for language in ("sv", "en"):
        text = said["description"][language]
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert len(text["genericName"]) <= 35
