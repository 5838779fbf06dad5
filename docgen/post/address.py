"""How a country's post wants an address: with its postcode, and the town on the right side of it; addresses.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from docgen import source
from docgen.shelf import PACKAGE

FILE = "post/addresses.yaml"
LAST = 2  # lines of an address, in one of which the postcode stands
TOWN = r"[^\W\d][^\d,]*?"
# What a line looks like that has them the other way round, by where the town belongs.
WRONG = {"after": r"(TOWN),? (CODE)", "before": r"(CODE),? (TOWN)"}


@cache
def data() -> dict[str, Any]:
    """Return what addresses.yaml holds."""
    return dict(source.read((PACKAGE / FILE).read_bytes(), FILE).root)


def without_postcode(address: Sequence[str], country: str) -> bool:
    """Return whether *address* lacks a postcode as *country* has them; a country not known may have none."""
    found = data().get(country)
    return found is not None and not re.search(rf"(?<!\w)(?:{found['postcode']})(?!\w)", " ".join(address[-LAST:]))


def ordered(address: Sequence[str], country: str) -> tuple[str, ...]:
    """Return *address* with the town on the side of its postcode on which *country* has it.

    Only a line that is a town and a postcode and no more is turned round, and only the last of them.
    """
    found = data().get(country, {"postcode": "", "town": ""})
    if found["town"] not in WRONG:
        return tuple(address)
    wrong = re.compile(WRONG[found["town"]].replace("TOWN", TOWN).replace("CODE", found["postcode"]))
    lines = list(address)
    for place in range(len(lines) - 1, max(len(lines) - LAST, 0) - 1, -1):
        parts = wrong.fullmatch(lines[place])
        if parts:
            lines[place] = f"{parts[2]} {parts[1]}"
            break
    return tuple(lines)
