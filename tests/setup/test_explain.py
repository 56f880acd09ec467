"""A failed step says what to do. The outputs are what pip, venv and npm printed where each thing was made to lack."""

import pytest

from walkapp.environment import SetupFailed, explain

VENV = "python3-venv"
DISK = "Disken är full"
TLS = "TLS-inspektion"
NETWORK = "inget nät"
HASH = "låsfilen lovar"
RIGHTS = "får inte skrivas"
WHEEL = "färdigbyggt"

PRINTED = [
    (
        VENV,
        "The virtual environment was not created successfully because ensurepip is not\navailable.  On Debian/Ubuntu"
        " systems, you need to install the python3-venv\npackage using the following command.\n\n    apt install"
        " python3.11-venv\n",
    ),
    (VENV, "/usr/bin/python3: No module named venv.__main__; 'venv' is a package and cannot be directly executed"),
    (VENV, "/opt/python/bin/python3: No module named venv"),
    (VENV, "/srv/walkapp/.venv/bin/python: No module named pip"),
    (
        DISK,
        "Error: Command '['/srv/walkapp/.venv/bin/python3', '-m', 'ensurepip', '--upgrade', '--default-pip']' returned"
        " non-zero exit status 1.\nNo space left on device",
    ),
    (DISK, "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"),
    (DISK, "npm error code ENOSPC\nnpm error syscall write\nnpm error errno -28"),
    (
        TLS,
        "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection"
        " broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
        " self-signed certificate in certificate chain (_ssl.c:1006)'))': /simple/alembic/\n"
        "Could not fetch URL https://example.org/simple/alembic/: There was a problem confirming the ssl certificate:"
        " HTTPSConnectionPool(host='example.org', port=443): Max retries exceeded\n"
        "ERROR: Could not find a version that satisfies the requirement alembic==1.20.1 (from versions: none)\n"
        "ERROR: No matching distribution found for alembic==1.20.1",
    ),
    (
        TLS,
        "npm error code DEPTH_ZERO_SELF_SIGNED_CERT\nnpm error errno DEPTH_ZERO_SELF_SIGNED_CERT\nnpm error request to"
        " https://example.org/typescript failed, reason: self-signed certificate",
    ),
    (TLS, "npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY\nnpm error unable to get local issuer certificate"),
    (
        NETWORK,
        "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection"
        " broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f147ea177d0>:"
        " Failed to establish a new connection: [Errno 111] Connection refused')': /simple/alembic/\n"
        "ERROR: Could not find a version that satisfies the requirement alembic==1.20.1 (from versions: none)\n"
        "ERROR: No matching distribution found for alembic==1.20.1",
    ),
    (
        NETWORK,
        "[Errno -3] Temporary failure in name resolution')': /simple/alembic/\nERROR: No matching distribution found",
    ),
    (NETWORK, "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN"),
    (NETWORK, "npm error   code: 'ECONNREFUSED',\nnpm error   errno: 'ECONNREFUSED',\nnpm error   syscall: 'connect',"),
    (
        NETWORK,
        "after connection broken by 'ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407"
        " Proxy Authentication Required'))': /simple/a/\nERROR: No matching distribution found for alembic==1.20.1",
    ),
    (
        HASH,
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package"
        " versions, please update the hashes. Otherwise, examine the package contents carefully",
    ),
    (HASH, "npm error code EINTEGRITY\nnpm error sha512-AAAA integrity checksum failed when using sha512"),
    (RIGHTS, "Error: [Errno 13] Permission denied: '/srv/walkapp/.venv'"),
    (RIGHTS, "Error: [Errno 30] Read-only file system: '/srv/walkapp/.venv'"),
    (
        WHEEL,
        "ERROR: Could not find a version that satisfies the requirement shapely==2.2.0 (from versions: none)\n"
        "ERROR: No matching distribution found for shapely==2.2.0",
    ),
]


@pytest.mark.parametrize(("said", "printed"), PRINTED, ids=[f"{n}" for n in range(len(PRINTED))])
def test_what_a_tool_printed_becomes_what_to_do(said: str, printed: str) -> None:
    swedish, english = explain(printed)
    assert said in swedish
    assert english


def test_something_unheard_of_is_shown_as_it_is() -> None:
    message = str(SetupFailed("Hämtar paket", "\n".join(f"line {n}" for n in range(50))))
    assert message.startswith("Hämtar paket: det gick inte.")
    assert "Sist skrevs" in message
    assert message.endswith("line 49")
    assert "line 40\n" not in message
