"""A walk's QR code as a picture."""

from io import BytesIO

import segno


def qr_svg(address: str) -> bytes:
    """Black on white with its quiet zone, whatever the page around it looks like: that is what cameras read."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue()
