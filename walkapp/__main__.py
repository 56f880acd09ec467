"""`python3 -m walkapp COMMAND`, the same as `.venv/bin/walkapp COMMAND`: make the environment, then run in it.

Standard library only, since it runs before there is anything else.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

# Outdated only for those it is not meant for. It stands before any definition that an older Python cannot read.
if sys.version_info < (3, 11):  # noqa: UP036
    _RUNNING = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"walkapp: behöver Python 3.11 eller nyare, men detta är {_RUNNING}. Installera en nyare (Debian och Ubuntu:"
        " sudo apt install python3.12 python3.12-venv) och kör: python3.12 -m walkapp …\n"
        f"(Needs Python 3.11 or newer, this is {_RUNNING}.)"
    )

from walkapp.environment import Environment, SetupFailed


def main() -> None:
    if os.name == "nt":
        sys.exit("walkapp: kör i WSL, Linux eller macOS; Windows stöds inte. (Run it in WSL, on Linux or macOS.)")
    arguments = sys.argv[1:]
    testing = arguments[:1] == ["test"]
    here = Environment()
    # Containers have their packages from the image; and without a checkout there are no locks to follow.
    made_elsewhere = os.environ.get("WALKAPP_SKIP_SETUP") == "1" or not (here.root / "requirements.lock").exists()
    if not made_elsewhere:
        try:
            here.ensure(test=testing)
        except SetupFailed as failure:
            sys.exit(f"walkapp: {failure}")
        except KeyboardInterrupt:
            sys.exit("walkapp: avbrutet. Det halvfärdiga är borttaget.")

    if testing:
        python = Path(sys.executable) if made_elsewhere else here.python
        sys.exit(run_tests(here.root, python.parent, arguments[1:]))
    if not made_elsewhere and not here.is_running():
        sys.stderr.flush()
        os.execv(here.python, [str(here.python), "-m", "walkapp", *arguments])
    from walkapp.cli import main as command_line

    command_line(prog_name="walkapp")


# -- the test command --------------------------------------------------------------------------------------------------


Check = tuple[str, Path, list[str | Path]]  # name, folder to stand in, command


def run_tests(root: Path, tools: Path, arguments: list[str]) -> int:
    """Every check in turn, all of them even when one fails; with arguments only pytest. Returns the exit status."""
    environ = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    report = Path(tempfile.mkdtemp(prefix="walkapp-test-")) / "report.xml"
    checks = [] if arguments else lint(root, tools)
    pytest: list[str | Path] = [tools / "python", "-m", "pytest", f"--junit-xml={report}"]
    checks.append(("pytest", root, [*pytest, *(arguments or ["-n", "2"])]))
    results: list[tuple[str, int, float]] = []
    for name, folder, command in checks:
        print(f"\n== {name} ==", flush=True)
        began = monotonic()
        status = subprocess.run([str(part) for part in command], cwd=folder, env=environ, check=False).returncode
        results.append((name, status, monotonic() - began))

    print()
    for name, status, seconds in results:
        print(f"{name:<16}{'ok' if status == 0 else f'FEL ({status})':<10}{seconds:6.1f} s")
    # CI reads this form of closing line.
    print("{} passed, {} failed, {} skipped".format(*counts(report)), flush=True)
    return 1 if any(status for _, status, _ in results) else 0


def lint(root: Path, tools: Path) -> list[Check]:
    """What is read but not run, and the JavaScript tests: name and command. Settings stand in each tool's own file."""
    static = root / "static"
    node_tools = static / "node_modules" / ".bin"
    scripts = [folder for folder in (static / "js", root / "tests" / "js") if folder.exists()]
    node_tests = sorted((root / "tests" / "js").rglob("*.test.js"))
    checks: list[Check] = [
        ("ruff check", root, [tools / "ruff", "check"]),
        ("ruff format", root, [tools / "ruff", "format", "--check"]),
        ("mypy", root, [tools / "mypy", "--strict", "walkapp"]),
        ("import order", root, [tools / "lint-imports"]),
        ("djlint", root, [tools / "djlint", "templates", "--lint", "--quiet"]),
        ("tsc", static, [node_tools / "tsc"]),
        ("biome", static, [node_tools / "biome", "check", *scripts]),
    ]
    if node_tests:  # without any, node would look for tests in the packages
        checks.append(("node", root, ["node", "--test", "--test-reporter=spec", *node_tests]))
    return checks


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped in a JUnit report; none when pytest came to no report."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ElementTree.parse(report).iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - failures - errors - skipped, failures + errors, skipped


if __name__ == "__main__":
    main()
