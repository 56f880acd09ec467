"""What the service says about itself."""

import pytest

from tests.conftest import Client


@pytest.mark.parametrize(
    "path, told",
    [
        ("/tillganglighet", ["preliminär", "Digg", "kommunens växel"]),
        ("/integritet", ["ingen frågar vad du heter", "14 dagar", "10 timmar", "Kumla kommun ansvarar", "IMY"]),
        ("/kallor", ["Leaflet", "Bootstrap Icons", "ungefärliga gränser"]),
    ],
)
def test_anybody_may_read_it(client: Client, path: str, told: list[str]) -> None:
    page = client.get(path)
    assert page.status_code == 200
    for words in told:
        assert words in page.text
