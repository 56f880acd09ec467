"""`python3 -m walkapp`: what it needs of a machine, and the closing line of its tests that CI reads."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from walkapp import __main__ as command
from walkapp.environment import ROOT

FIRST = ("__init__", "__main__", "environment")


@pytest.mark.parametrize("name", FIRST)
def test_what_runs_before_the_environment_needs_only_the_standard_library(name: str) -> None:
    tree = ast.parse((ROOT / "walkapp" / f"{name}.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    theirs = {module for module in imported if module.partition(".")[0] not in sys.stdlib_module_names}
    assert theirs <= {"walkapp.environment", "walkapp.cli"}  # cli is imported last, inside the environment


def test_an_old_python_can_read_that_it_is_too_old() -> None:
    ast.parse((ROOT / "walkapp" / "__main__.py").read_text(), feature_version=(3, 6))
    text = (ROOT / "walkapp" / "__main__.py").read_text()
    assert text.index("sys.version_info < (3, 11)") < text.index("walkapp.environment import") < text.index("def ")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # loading them all takes seconds
    (tmp_path / "test_three.py").write_text(
        "import pytest\n"
        "def test_that_passes(): pass\n"
        "def test_that_fails(): assert False\n"
        "def test_that_is_skipped(): pytest.skip('no reason')\n"
    )
    return tmp_path


def test_a_failed_test_fails_the_run_and_is_counted_last(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = command.run_tests(checkout, Path(sys.executable).parent, ["-q", "-p", "no:cacheprovider"])
    said = capfd.readouterr().out.splitlines()
    assert status == 1
    assert said[-1] == "1 passed, 1 failed, 1 skipped"


def test_arguments_go_to_pytest(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["-q", "-p", "no:cacheprovider", "-k", "passes"]
    assert command.run_tests(checkout, Path(sys.executable).parent, arguments) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_no_test_at_all_fails_the_run(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["-q", "-p", "no:cacheprovider", "-k", "none_of_them"]
    assert command.run_tests(checkout, Path(sys.executable).parent, arguments) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "0 passed, 0 failed, 0 skipped"


def test_every_tool_of_the_test_command_is_installed() -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for name, _folder, line in command.lint(ROOT, Path(sys.executable).parent):
        found = subprocess.run(
            ["sh", "-c", f"command -v {line[0]}"], env={"PATH": path}, capture_output=True, check=False
        )
        assert found.returncode == 0, name
