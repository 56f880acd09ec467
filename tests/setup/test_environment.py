"""The made folders: whole or not there, made once, and looked at fast. On real checkouts, with the real pip."""

import fcntl
import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from walkapp import environment
from walkapp.environment import ROOT, STAMP, Environment, SetupFailed, sprite, stamped, write_stamp

COMMITTED = (
    "pyproject.toml",
    "requirements.lock",
    "requirements-test.lock",
    "requirements-node.lock",
    "static/package.json",
    "static/package-lock.json",
)


@pytest.fixture
def here(tmp_path: Path) -> Environment:
    for name in COMMITTED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    return Environment(tmp_path)


@pytest.fixture
def no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip as on a machine that reaches no package at all."""
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def no_venv(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step fails, as where Python lacks venv."""
    monkeypatch.setattr("sys._base_executable", shutil.which("false"))


def made(here: Environment, *, test: bool = False) -> None:
    for folder, hashes in here.wanted(test=test).items():
        folder.mkdir(parents=True, exist_ok=True)
        write_stamp(folder, hashes)


def test_a_failed_first_start_leaves_nothing(
    here: Environment, no_packages: None, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SetupFailed, match="Python-paket"):
        here.ensure()
    assert {str(p.relative_to(here.root)) for p in here.root.rglob("*") if p.is_file()} == set(COMMITTED)
    said = capfd.readouterr()
    assert said.out == ""
    assert "Gör en Python-miljö" in said.err


def test_a_failed_update_gives_the_old_packages_back(here: Environment, no_venv: None) -> None:
    made(here)
    (here.venv / "old").touch()
    (here.root / "requirements.lock").write_text("nothing-of-this-name==1 --hash=sha256:" + "0" * 64)
    with pytest.raises(SetupFailed):
        here.ensure()
    assert (here.venv / "old").exists()
    assert not here.old_venv.exists()
    assert not here.ready(test=False)


def test_what_a_killed_start_left_is_taken_away(here: Environment, no_venv: None) -> None:
    made(here)
    for folder in (here.venv, here.modules, here.vendor):
        (folder / STAMP).unlink()
        (folder / "half").touch()
    with pytest.raises(SetupFailed):
        here.ensure()
    assert not [folder for folder in (here.venv, here.modules, here.vendor) if folder.exists()]


def test_a_start_that_was_killed_in_an_update_gives_the_old_packages_back(here: Environment, no_packages: None) -> None:
    made(here)
    here.venv.rename(here.old_venv)
    here.venv.mkdir()
    (here.vendor / STAMP).unlink()
    with pytest.raises(SetupFailed, match="leaflet"):  # the packages are right; this test's browser files are empty
        here.ensure()
    assert stamped(here.venv)
    assert not here.old_venv.exists()


def test_a_second_start_waits_for_the_first_and_makes_nothing(
    here: Environment, no_packages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    monkeypatch.setattr(environment, "say", lambda text: waits.set())
    second = threading.Thread(target=here.ensure)
    with (here.root / "requirements.lock").open("rb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second.start()
        assert waits.wait(10)
        made(here)
    second.join(10)
    assert not second.is_alive()
    assert not (here.venv / "bin").exists()


@pytest.mark.parametrize("name", ["requirements.lock", "static/package-lock.json", "static/package.json"])
def test_a_changed_lock_is_noticed(here: Environment, name: str) -> None:
    made(here)
    assert here.ready(test=False)
    with (here.root / name).open("a") as file:
        file.write("\n")
    assert not here.ready(test=False)


def test_test_tools_are_wanted_only_by_the_test_command(here: Environment) -> None:
    made(here)
    assert not here.ready(test=True)
    made(here, test=True)
    assert here.ready(test=True)
    assert here.ready(test=False)


def test_a_moved_checkout_is_noticed(here: Environment, tmp_path: Path) -> None:
    made(here)
    moved = here.root.rename(tmp_path.with_name(tmp_path.name + "-moved"))
    assert not Environment(moved).ready(test=False)


def test_looking_at_what_is_made_takes_no_time(here: Environment) -> None:
    made(here, test=True)
    began = time.perf_counter()
    assert here.ready(test=True)
    assert time.perf_counter() - began < 0.15


def test_an_icon_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="lampa"):
        sprite(tmp_path, ["lampa"])


def test_the_sprite_holds_each_icon_under_its_name() -> None:
    names = json.loads((ROOT / "static/package.json").read_text())["walkapp"]["icons"]
    drawn = (ROOT / "static/vendor/icons.svg").read_text()
    assert [name for name in names if f'<symbol id="{name}" viewBox="0 0 16 16"><' not in drawn] == []
