"""Folders show what they hold: templates, scripts and tests stand under the names of the features."""

from walkapp.config import ROOT

FEATURES = {p.parent.name for p in (ROOT / "walkapp").glob("*/__init__.py")}


def folders(path: str) -> set[str]:
    return {p.name for p in (ROOT / path).iterdir() if p.is_dir() and p.name != "__pycache__"}


def test_templates_stand_under_features() -> None:
    assert folders("templates") <= FEATURES | {"components", "errors"}


def test_scripts_stand_under_features() -> None:
    assert folders("static/js") <= FEATURES | {"shared", "phone"}


def test_tests_stand_under_features() -> None:
    assert folders("tests") <= FEATURES | {"commands", "contracts", "journeys", "js", "setup"}


def test_no_registry_is_named() -> None:
    # put together here, so that this file does not name them either
    hosts = ["registry." + "npmjs", "pypi." + "org", "files." + "pythonhosted", "deb." + "debian"]
    committed = [ROOT / p for p in ("README.md", "pyproject.toml", ".ci/run", "static/package-lock.json")]
    committed += [*ROOT.glob("*.lock"), *ROOT.glob("requirements*"), *(ROOT / "walkapp").rglob("*.py")]
    for file in committed:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert not [host for host in hosts if host in text], file
