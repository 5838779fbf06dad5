"""Reads a finished file back and holds it against its document: no word lost, doubled, changed or out of order.

A module is a format, as in write, and shares nothing with its writer but the document and the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from docgen.problem import Mark, Problems, stop

NEAR = 4  # words that a message shows before the first difference
LONGEST = 60  # characters of what it shows there
END = "its end"


class Strange(Exception):  # noqa: N818 - nothing is wrong with what another reader has to read
    """What is read is not written as docgen writes it, so that no direct reader can tell what it says."""


def compare(form: str, found: Sequence[str], wanted: Sequence[str]) -> None:
    """Raise Problems with the first difference between the words *found* in a file of *form* and those *wanted*."""
    if found != wanted:
        place = alike(found, wanted)
        before = " ".join(wanted[max(place - NEAR, 0) : place]) or "the beginning"
        raise wrong(form, f"after {shown(before)} stands {word(found, place)} where {word(wanted, place)} belongs")


def alike(found: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how long *found* and *wanted* are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False)))


def wrong(form: str, difference: str) -> Problems:
    """Return the Problems that say by what *difference* a file of *form* is not its document."""
    fault = "docgen does not write what lost a word: undo the last change to house.docx or the template, or report this"
    return stop(f"the {form} made of it was read back, and {difference}; {fault}", Mark("document"))


def word(words: Sequence[str], place: int) -> str:
    """Return the one of *words* at *place* as a message shows it."""
    return shown(words[place]) if place < len(words) else END


def shown(text: str) -> str:
    """Return *text* as a message quotes it."""
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"
