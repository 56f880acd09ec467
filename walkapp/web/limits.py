"""How fast somebody may try: guesses of codes and passwords are slowed, honest use is not.

Counted in memory by address; no address is stored or logged.
"""

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


def failed(response: Response) -> bool:
    """Only a wrong guess counts: twenty walkers behind one address all join at once."""
    return response.status_code in (401, 404, 422)


# A right code never counts against anybody, so this can be strict.
guesses = limiter.shared_limit("10 per minute; 60 per hour", scope="guesses", deduct_when=failed)


def init(app: Flask) -> None:
    limiter.init_app(app)
