"""How a country's post wants an address: with its postcode, and the town where it belongs; addresses.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docgen import shelf

FILE = "post/addresses.yaml"
LAST = 3  # lines of an address, in one of which the postcode stands; the first is the street
TOWN = r"[^\W\d][^\d,]*?"
DIGIT = re.compile(r"\d")


def data() -> dict[str, Any]:
    """Return what addresses.yaml holds."""
    return shelf.packaged(FILE)


def without_postcode(address: Sequence[str], country: str) -> bool:
    """Return whether *address* lacks a postcode as *country* has them; a country not known may have none."""
    found = data().get(country)
    lines = address[1:][-LAST:] or address
    return found is not None and not re.search(rf"(?<!\w)(?:{found['postcode']})(?!\w)", " ".join(lines))


def ordered(address: Sequence[str], country: str) -> tuple[str, ...]:
    """Return *address* with the town behind its postcode where *country* has it there.

    Only the last line that has a digit is turned round, and only if it is a town and a postcode and no more.
    """
    found = data().get(country, {})
    place = max((place for place, line in enumerate(address) if DIGIT.search(line)), default=0)
    if "town" not in found or not place:
        return tuple(address)
    parts = re.fullmatch(rf"({TOWN}),? ({found['postcode']})", address[place])
    line = f"{parts[2]} {parts[1]}" if parts else address[place]
    return (*address[:place], line, *address[place + 1 :])
