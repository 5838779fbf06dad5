"""What the post allows and wants, which is services.yaml."""

from __future__ import annotations

import math
from typing import Any

from docgen import shelf
from docgen.frozen import dataclass

FILE = "post/services.yaml"
FIRM_BOOK = "firm_book"
SIDES = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """The most a service takes as one piece."""

    name: str
    pages: int
    size: int

    def exceeded(self, pages: int, size: int) -> str:
        """Return what is too much about a piece of so many *pages* and bytes, empty if nothing is."""
        if pages > self.pages:
            return f"has {pages} pages, and a {self.name} takes {self.pages} at most"
        if size > self.size:
            return f"has {size:,} bytes, and a {self.name} takes {self.size:,} at most"
        return ""


def data() -> dict[str, Any]:
    """Return what services.yaml holds."""
    return shelf.packaged(FILE)


def limit(law: str, service: str) -> Limit | None:
    """Return the most that *service* takes under *law*, None if nothing is known."""
    found = data()["limits"].get(law, {}).get(service)
    return Limit(str(found["name"]), int(found["pages"]), int(found["bytes"])) if found else None


def form(country: str) -> str:
    """Return the form of the counter in *country*, empty if it has none of its own."""
    return str(data()["forms"].get(country, ""))


def sheets(pages: int) -> int:
    """Return how many sheets *pages* take, printed on both sides."""
    return math.ceil(pages / SIDES)


def grams(sheets: int, area: float, envelope: float) -> int:
    """Return the weight of *sheets* of an *area* in square millimetres, and of the *envelope*, rounded up."""
    return math.ceil(sheets * area / 1e6 * float(data()["paper"]["grams_per_square_metre"]) + envelope)
