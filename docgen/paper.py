"""Chooses the sheet a business prints on; the sheets are papers.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from docgen import source
from docgen.document import Paper
from docgen.problem import Mark, stop
from docgen.records.book import Business
from docgen.shelf import PACKAGE

FILE = "papers.yaml"
USUAL = "a4"


def of(business: Business) -> Paper:
    """Return the sheet *business* names, or else the one of its country; raises Problems for an unknown one."""
    sheets = data()
    if business.paper and business.paper not in sheets:
        raise stop(f"`paper`: {business.paper!r} is not one of {', '.join(sheets)}", business.mark)
    own = next((name for name, sheet in sheets.items() if business.country in sheet.get("countries", ())), USUAL)
    return sheet(business.paper or own)


@cache
def data() -> dict[str, Any]:
    """Return what papers.yaml holds."""
    return dict(source.read((PACKAGE / FILE).read_bytes(), FILE).root)


def sheet(name: str) -> Paper:
    """Return the sheet called *name*; raises Problems if papers.yaml does not say all of it."""
    found = data()[name]
    try:
        left, top, width, height = (float(found["window"][key]) for key in ("left", "top", "width", "height"))
        folds = tuple(float(fold) for fold in found["folds"])
        return Paper(name, float(found["width"]), float(found["height"]), left, top, width, height, folds)
    except (KeyError, ValueError) as error:
        raise stop(f"the sheet `{name}` is not whole: {error}", Mark(FILE)) from None
