"""The environment that walkapp runs in: `.venv` from the Python locks, `static/vendor` from the npm lock.

Standard library only, since it runs before there is anything else. Each made folder carries a stamp, written last, with
the hash of what it was made from. A folder without its stamp is half-made and is taken away, at the next start or at
once when a step fails.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen, run
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
STAMP = ".walkapp-stamp"
FULL_DISK = 20_000_000  # bytes

# What a tool prints → what to do, in Swedish first. The first that matches decides: on a full disk the same
# output also says that ensurepip failed, and without a network that there is "no matching distribution".
CAUSES = (
    (
        r"No space left on device|Disk quota exceeded|\bENOSPC\b|Errno 28\b",
        "Disken är full. Det behövs omkring 500 MB här (för testerna 1 GB), och plats i /tmp. Frigör och kör igen.",
        "The disk is full. It takes about 500 MB here (1 GB for the tests), and room in /tmp. Make room, run again.",
    ),
    (
        r"ensurepip is not\s+available|No module named '?(ensurepip|venv|pip)\b|ensurepip.*returned non-zero",
        "Python saknar delen venv. Debian och Ubuntu: sudo apt install python3-venv. Kör sedan samma kommando igen.",
        "Python lacks venv. On Debian or Ubuntu: sudo apt install python3-venv, then run the same command again.",
    ),
    (
        r"certificate verify failed|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)"
        r"|self[- ]signed certificate|unable to get local issuer",
        "Nätet granskar krypterad trafik (TLS-inspektion) med ett eget certifikat som Python och node inte känner till."
        " Be IT om rotcertifikatet som PEM-fil och kör: PIP_CERT=fil.pem NODE_EXTRA_CA_CERTS=fil.pem python3 -m walkapp"
        " …",
        "The network inspects TLS with a certificate of its own. Ask IT for its root as a PEM file and set PIP_CERT and"
        " NODE_EXTRA_CA_CERTS to it.",
    ),
    (
        r"DO NOT MATCH THE HASHES|\bEINTEGRITY\b",
        "En hämtad fil är inte den som låsfilen lovar. Den installerades inte. Kör igen; händer det flera gånger ändrar"
        " något på vägen filerna: tala med IT.",
        "A downloaded file is not the one that the lock promises, and was not installed. If it repeats, something on"
        " the way changes files.",
    ),
    (
        r"Temporary failure in name resolution|Name or service not known|nodename nor servname|No address associated"
        r"|getaddrinfo|Network is unreachable|No route to host|Connection refused|Connection reset|ConnectTimeout"
        r"|ReadTimeout|timed out|Cannot connect to proxy|ProxyError|Tunnel connection failed"
        r"|\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b",
        "Paketen kan inte hämtas: inget nät. Första starten behöver nät en gång, sedan aldrig. Kontrollera"
        " anslutningen; bakom en proxy: sätt HTTPS_PROXY=http://proxy:port och kör igen.",
        "The packages cannot be fetched: no network. Only the first start needs it. Behind a proxy, set HTTPS_PROXY.",
    ),
    (
        r"Permission denied|Read-only file system|\b(EACCES|EPERM|EROFS)\b",
        "Mappen får inte skrivas av den här användaren. Kör som den som äger mappen, eller klona till din egen mapp.",
        "This user may not write in the folder. Run as its owner, or clone to a folder of your own.",
    ),
    (
        r"No matching distribution found",
        "Ett låst paket finns inte färdigbyggt för den här maskinen. Provade: Linux (glibc) och macOS på"
        " Apple-processor, med Python 3.11–3.14.",
        "A locked package has no wheel for this machine. Tried: glibc Linux, macOS on Apple silicon; Python 3.11–3.14.",
    ),
)
UNKNOWN = ("Steget misslyckades. Sist skrevs:", "The step failed. Its last lines:")


class SetupFailed(Exception):
    """A step could not be done; the message says what to do about it, in Swedish and then in English."""

    def __init__(self, step: str, output: str) -> None:
        swedish, english = explain(output)
        lines = [line[:160] for line in output.strip().splitlines() if not line.startswith("WARNING: Retrying")]
        tail = "".join(f"\n    {line}" for line in lines[-6:])
        super().__init__(f"{step}: det gick inte.\n\n{swedish}\n({english})\n{tail}")


def explain(output: str) -> tuple[str, str]:
    """What to do about a failed step, from what it printed: Swedish, English."""
    for pattern, swedish, english in CAUSES:
        if re.search(pattern, output):
            return swedish, english
    return UNKNOWN


def say(text: str) -> None:
    # Stdout belongs to the command: `run --json` prints a line there that programs read.
    print(text, file=sys.stderr, flush=True)


class Environment:
    """The made folders of one checkout: what they must be made from, and how."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.old_venv = root / ".venv.old"
        self.python = self.venv / "bin" / "python"
        self.static = root / "static"
        self.modules = self.static / "node_modules"
        self.vendor = self.static / "vendor"

    def wanted(self, *, test: bool) -> dict[Path, set[str]]:
        """For each made folder, the hashes that its stamp must hold."""
        # The path too: a venv that was moved points at its old place. And the version: so does one after an upgrade.
        place = f"{self.root} {sys.version_info[0]}.{sys.version_info[1]}"
        packages = {self._hash("run", place, "requirements.lock")}
        modules = {self._hash("run", "", "static/package-lock.json")}
        if test:
            packages.add(self._hash("test", place, "requirements-test.lock"))
            modules.add(self._hash("test", "", "static/package-lock.json"))
        vendor = {self._hash("vendor", "", "static/package-lock.json", "static/package.json")}
        return {self.venv: packages, self.modules: modules, self.vendor: vendor}

    def _hash(self, kind: str, extra: str, *names: str) -> str:
        digest = hashlib.sha256(extra.encode())
        for name in names:
            digest.update((self.root / name).read_bytes())
        return f"{kind}:{digest.hexdigest()}"

    def ready(self, *, test: bool) -> bool:
        return all(hashes <= stamped(folder) for folder, hashes in self.wanted(test=test).items())

    def is_running(self) -> bool:
        return self.venv.exists() and self.venv.samefile(sys.prefix)

    def ensure(self, *, test: bool = False) -> None:
        """Make what is missing. Raises SetupFailed and leaves no half-made folder."""
        if self.ready(test=test):
            return
        with self._alone():
            if self.ready(test=test):  # another start made it while this one waited
                return
            began = monotonic()
            say("walkapp: gör i ordning det som behövs, första gången någon minut. Allt hamnar i den här mappen.")
            try:
                self._restore()
                wanted = self.wanted(test=test)
                self._make_packages(wanted[self.venv], test=test)
                self._make_modules(wanted[self.modules], test=test)
                self._make_vendor(wanted[self.vendor])
            except OSError as error:
                raise SetupFailed("Uppsättningen", str(error)) from error
            finally:
                self._restore()
            say(f"walkapp: klart på {monotonic() - began:.0f} s.")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One set-up at a time. The lock file of the packages is itself what is locked, so that no file is left."""
        import fcntl  # not on Windows, which __main__ refuses before this

        with (self.root / "requirements.lock").open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("walkapp: väntar på en annan start som gör i ordning …")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _restore(self) -> None:
        """Take away what is half-made; a venv that was put aside for a failed new one comes back."""
        for folder in (self.venv, self.modules, self.vendor):
            if not stamped(folder):
                remove(folder)
        if self.old_venv.exists():
            if self.venv.exists():
                remove(self.old_venv)
            else:
                self.old_venv.rename(self.venv)

    def _make_packages(self, hashes: set[str], *, test: bool) -> None:
        have = stamped(self.venv)
        if hashes <= have:
            return
        if not have & hashes:  # other packages than these, or none: a new venv. Else it only lacks the test tools.
            if self.venv.exists():
                self.venv.rename(self.old_venv)
            # Not sys.executable: that may be the one in the venv that was just put aside.
            base = getattr(sys, "_base_executable", sys.executable)
            self._step("Gör en Python-miljö i .venv", [base, "-m", "venv", "--clear", str(self.venv)])
        lock = self.root / ("requirements-test.lock" if test else "requirements.lock")
        count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
        self._pip(f"Hämtar {count} Python-paket", "--require-hashes", "--only-binary=:all:", "-r", str(lock))
        # The build backend stands in the lock, so this needs no network.
        own = ("--no-build-isolation", "--no-deps", "--no-index", "--editable", str(self.root))
        self._pip("Kopplar walkapp till miljön", *own)
        write_stamp(self.venv, hashes)

    def _make_modules(self, hashes: set[str], *, test: bool) -> None:
        if hashes <= stamped(self.modules):
            return
        npm = [str(self._npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        if not test:
            npm.append("--omit=dev")
        remove(self.modules)
        self._step("Hämtar webbläsarens filer", npm, cwd=self.static)
        write_stamp(self.modules, hashes)

    def _npm(self) -> Path:
        """The machine's npm if its node is young enough, else the one of a Python package, put into the venv."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            version = run([node, "--version"], capture_output=True, text=True, check=False).stdout
            found = re.match(r"v(\d+)\.", version)
            if found and int(found.group(1)) >= OLDEST_NODE:
                return Path(npm)
        own = self.venv / "bin" / "npm"
        if not own.exists():
            lock = self.root / "requirements-node.lock"
            self._pip("Hämtar node", "--require-hashes", "--only-binary=:all:", "-r", str(lock))
        return own

    def _make_vendor(self, hashes: set[str]) -> None:
        if hashes <= stamped(self.vendor):
            return
        say("  Lägger webbläsarens filer i static/vendor")
        manifest = json.loads((self.static / "package.json").read_text(encoding="utf-8"))["walkapp"]
        remove(self.vendor)
        for target, source in manifest["vendor"].items():
            (self.vendor / target).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (self.modules / source).is_dir() else shutil.copyfile
            copy(self.modules / source, self.vendor / target)
        icons = self.modules / "bootstrap-icons" / "icons"
        (self.vendor / "icons.svg").write_text(sprite(icons, manifest["icons"]), encoding="utf-8")
        write_stamp(self.vendor, hashes)

    def _pip(self, step: str, *arguments: str) -> None:
        self._step(step, [str(self.python), "-m", "pip", "install", "--no-input", "--progress-bar=off", *arguments])

    def _step(self, step: str, command: list[str], cwd: Path | None = None) -> None:
        say(f"  {step} …")
        # The venv's own tools first (npm from the package asks for its node). And not a person's own settings for pip
        # that would fill another place.
        aside = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH"}
        environ = {name: value for name, value in os.environ.items() if name not in aside}
        environ["PATH"] = f"{self.venv / 'bin'}{os.pathsep}{environ.get('PATH', '')}"
        environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        lines: list[str] = []
        fetched = 0
        with Popen(
            command, cwd=cwd, env=environ, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, encoding="utf-8", errors="replace"
        ) as process:
            for line in process.stdout or ():
                lines.append(line)
                if line.startswith("Collecting "):
                    fetched += 1
                    if fetched % 10 == 0:
                        say(f"    {fetched} hämtade")
                elif line.startswith("Installing collected") and fetched > 1:
                    say("    alla hämtade, packar upp")
        if process.returncode:
            if shutil.disk_usage(self.root).free < FULL_DISK:  # venv says only that its pip "returned non-zero"
                lines.append("No space left on device")
            raise SetupFailed(step, "".join(lines))


def stamped(folder: Path) -> set[str]:
    try:
        return set((folder / STAMP).read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        return set()


def write_stamp(folder: Path, hashes: set[str]) -> None:
    (folder / STAMP).write_text("\n".join(sorted(hashes)) + "\n", encoding="utf-8")


def remove(folder: Path) -> None:
    # The stamp first: whatever stops the removal, what is left does not pass for whole.
    (folder / STAMP).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def sprite(folder: Path, names: list[str]) -> str:
    """One SVG file with a symbol for each icon, its id the icon's name. Raises SetupFailed on a name that is none."""
    symbols = []
    for name in names:
        file = folder / f"{name}.svg"
        drawing = file.read_text(encoding="utf-8") if file.is_file() else ""
        found = re.search(r'viewBox="([\d. ]+)"[^>]*>(.*)</svg>', drawing, re.DOTALL)
        if not found:
            raise SetupFailed("Ikonerna", f"static/package.json nämner ikonen {name!r}, som bootstrap-icons inte har.")
        box, shapes = found.group(1), re.sub(r">\s+<", "><", found.group(2).strip())
        symbols.append(f'<symbol id="{name}" viewBox="{box}">{shapes}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Bootstrap Icons, MIT: icons.LICENSE -->\n{body}\n</svg>\n'
