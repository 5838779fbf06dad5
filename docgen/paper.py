"""Chooses the sheet a business prints on, and its envelope; the sheets are papers.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from docgen import envelope, shelf
from docgen.document import Paper
from docgen.envelope import Envelope
from docgen.problem import Mark, meant, stop
from docgen.records.book import Business

FILE = "papers.yaml"
USUAL = "a4"
BELOW = 8.5  # millimetres from the window to the text
GAP = 2.0  # between what can show in the window and the text
SENDER_ROOM = 8.6  # millimetres for the postal service and the return address above the other
LEADING = 10 * 25.4 / 72  # how close the lines of a long address are set
LEAST_LEADING = 9 * 25.4 / 72  # where the post wants room around an address


def of(business: Business) -> Paper:
    """Return the sheet *business* names, or else the one of its country, with the window of its envelope.

    Raises Problems for an unknown sheet or envelope, or if one is not made for the other.
    """
    sheets, envelopes = data(), envelope.data()
    if business.paper and business.paper not in sheets:
        raise stop(f"`paper`: {business.paper!r} is not one of {', '.join(sheets)}", business.mark)
    if business.envelope and business.envelope not in envelopes:
        near = meant(business.envelope, envelopes)
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(envelopes)}"
        raise stop(f"`envelope`: {business.envelope!r} is not known{hint}", business.mark)
    name = business.paper or sheet_of(business)
    return sheet(name, fitting(business, name))


def sheet_of(business: Business) -> str:
    """Return the name of the sheet that goes with the envelope *business* names, or else of its country's."""
    if business.envelope:
        return str(envelope.data()[business.envelope]["sheet"])
    return next((name for name, sheet in data().items() if business.country in sheet.get("countries", ())), USUAL)


def fitting(business: Business, name: str) -> str:
    """Return the envelope for the sheet called *name*; raises Problems if *business* names that of another sheet."""
    envelopes = envelope.data()
    if business.envelope and envelopes[business.envelope]["sheet"] != name:
        fit = ", ".join(one for one, found in envelopes.items() if found["sheet"] == name)
        raise stop(f"`envelope`: {business.envelope} is not for a sheet of {name}; these are: {fit}", business.mark)
    own = (
        one
        for one, found in envelopes.items()
        if business.country in found.get("countries", ()) and found["sheet"] == name
    )
    return business.envelope or next(own, str(data()[name]["envelope"]))


def data() -> dict[str, Any]:
    """Return what papers.yaml holds."""
    return shelf.packaged(FILE)


@cache
def folded(name: str, cover: str) -> Envelope:
    """Return the envelope called *cover* as the sheet called *name* lies in it; raises Problems if it is not whole."""
    found = data()[name]
    try:
        return envelope.named(cover, float(found["width"]), float(found["height"]))
    except (KeyError, ValueError) as error:
        raise stop(f"the sheet `{name}` is not whole: {error}", Mark(FILE)) from None


def sheet(name: str, cover: str) -> Paper:
    """Return the sheet called *name*, whose address shows in the envelope called *cover* at every position."""
    found, mine = data()[name], folded(name, cover)
    window = mine.window
    above = 0.0 if mine.printed or mine.sender else SENDER_ROOM
    return Paper(
        name=name,
        width=float(found["width"]),
        height=float(found["height"]),
        window_left=window.left,
        window_top=window.top + above,
        window_width=window.width,
        window_height=window.height - above,
        folds=mine.folds,
        hole=float(found.get("hole", "0")),
        envelope=cover,
        reach=next(iter(mine.reach), None),
        sender=mine.sender,
        sender_printed=mine.printed,
        above=above,
        below=max([BELOW, *(box.top + box.height - window.top - window.height + GAP for box in mine.reach)]),
        least_leading=LEAST_LEADING if mine.printed else LEADING,
    )
