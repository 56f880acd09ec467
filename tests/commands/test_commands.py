"""The commands, as somebody types them: real processes on a data folder of their own."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from walkapp.actions.rules import State
from walkapp.config import ROOT


def walkapp(*arguments: str, data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "walkapp.cli", *arguments, "--data", str(data)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def kumla(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo."""
    data = tmp_path_factory.mktemp("kumla")
    assert walkapp("db", "upgrade", data=data).returncode == 0
    done = walkapp("seed", data=data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.mark.parametrize("empty", [False, True], ids=["demo", "empty"])
def test_run_tells_its_addresses_and_serves(empty: bool, tmp_path: Path) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, "-m", "walkapp.cli", "run", "--json", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(
        [*command, *(["--empty"] if empty else [])], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as run:
        try:
            assert run.stdout is not None
            facts = json.loads(run.stdout.readline())
            assert set(facts) == {"url", "walk_code", "sign_in"}
            assert set(facts["sign_in"]) == ({"admin"} if empty else {"admin", "leader", "staff", "official"})
            assert bool(facts["walk_code"]) is not empty
            with urllib.request.urlopen(f"{facts['url']}/readyz", timeout=10) as answer:  # it listens already
                assert json.load(answer)["ok"] is True
            with urllib.request.urlopen(facts["sign_in"]["admin"], timeout=5) as answer:
                assert answer.status == 200
        finally:
            run.terminate()


def test_the_demo_has_actions_in_every_state(kumla: Path) -> None:
    with sqlite3.connect(kumla / "walkapp.db") as db:
        states = {state for (state,) in db.execute("SELECT DISTINCT state FROM actions")}
        linked = db.execute("SELECT count(DISTINCT observation_id) FROM action_observations").fetchone()[0]
    assert states == {state.value for state in State}
    assert linked == 38  # 46 observations, of which 8 are of good places


def test_a_mistyped_folder_does_not_become_a_database(tmp_path: Path) -> None:
    done = walkapp("tick", data=tmp_path / "fel")
    assert (done.returncode, "Det finns ingen walkapp i" in done.stderr) == (1, True)
    assert not (tmp_path / "fel").exists()


def test_a_taken_port_is_said(kumla: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = walkapp("run", "--json", "--port", str(taken.getsockname()[1]), data=kumla)
    assert (done.returncode, done.stdout, "Kan inte lyssna" in done.stderr) == (1, "", True)


def test_seed_leaves_a_full_database_alone(kumla: Path) -> None:
    done = walkapp("seed", data=kumla)
    assert done.returncode == 1
    assert "inte tom" in done.stderr


def test_a_district_file_that_is_none_changes_nothing(kumla: Path, tmp_path: Path) -> None:
    file = tmp_path / "omraden.geojson"
    file.write_text("<html>", encoding="utf-8")
    done = walkapp("districts", "import", str(file), "--yes", data=kumla)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Error: " in done.stderr


def test_other_districts_take_over_and_observations_follow(kumla: Path, shared_data: Path) -> None:
    done = walkapp("districts", "import", str(shared_data / "regso_kumla.geojson"), "--yes", data=kumla)
    assert done.returncode == 0, done.stderr
    assert "5 områden gäller nu. 46 iakttagelser bytte område." in done.stdout
    back = walkapp("districts", "import", str(shared_data / "districts_kumla.geojson"), "--yes", data=kumla)
    assert "12 områden gäller nu." in back.stdout


def test_a_promise_file_is_taken_in_once(kumla: Path) -> None:
    done = walkapp("promises", "import", str(ROOT / "walkapp" / "promises" / "kumla.json"), data=kumla)
    assert done.returncode == 0
    assert "Oförändrat" in done.stdout


def test_a_new_account_gets_a_link_and_only_once(kumla: Path) -> None:
    done = walkapp("user", "add", "park@example.org", "--role", "staff", data=kumla)
    assert (done.returncode, "/logga-in/lank/" in done.stdout) == (0, True)
    again = walkapp("user", "add", "park@example.org", "--role", "staff", data=kumla)
    assert again.returncode == 1
    assert "redan ett konto" in again.stderr


def test_serve_refuses_a_weak_key_and_an_old_database(kumla: Path, tmp_path: Path) -> None:
    weak = walkapp("serve", data=kumla, WALKAPP_SECRET_KEY="hemligt", WALKAPP_URL="https://example.org")
    assert (weak.returncode, "för kort" in weak.stderr) == (1, True)
    (tmp_path / "walkapp.db").touch()
    old = walkapp("serve", data=tmp_path, WALKAPP_URL="https://example.org")
    assert (old.returncode, "inte rätt version" in old.stderr) == (1, True)


def test_a_setting_that_cannot_be_is_said(kumla: Path) -> None:
    done = walkapp("check", data=kumla, WALKAPP_THREADS="många")
    assert done.returncode == 1
    assert "WALKAPP_THREADS" in done.stderr


def test_check_says_what_is_missing(kumla: Path) -> None:
    done = walkapp("check", data=kumla)
    assert done.returncode == 1
    assert "WALKAPP_URL" in done.stdout


def test_tick_tidies(kumla: Path) -> None:
    done = walkapp("tick", data=kumla)
    assert (done.returncode, "städade" in done.stdout) == (0, True)
