"""README's table of settings is complete and true."""

import re
from dataclasses import fields

from walkapp.config import ROOT, Settings


def test_every_setting_stands_in_readme_with_its_meaning() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `WALKAPP_(\w+)` \| [^|]* \| (.*?) \|$", readme, re.MULTILINE))
    assert told == {f.name.upper(): f.metadata["meaning"] for f in fields(Settings)}
