"""Refusing what a Word file cannot hold, before it is filled; docxtpl would silently cut the text there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from docgen.document import Document
from docgen.problem import Mark, Problem, Problems

# What is no text in XML, and the controls that are but mean nothing on paper.
NO_TEXT = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PLAIN = bytes((0x0A, *range(0x20, 0x7F)))  # what needs no second look
NEAR = 20  # characters shown on each side of a wrong one


def check(document: Document, *more: object) -> None:
    """Raise Problems for each character of *document*, or of *more*, that no Word file can hold."""
    found = {problem for text in _strings((document, *more)) for problem in _wrong(text, Mark(document.title))}
    if found:
        raise Problems(found)


def text_of(data: bytes, document: Document, signs: frozenset[str]) -> None:
    """Raise Problems for each character of *document* in *data*, the text of a part, that cannot be shown.

    No Word file can hold it, or it is none of the *signs* that the fonts have, and would be a box in Word. What is no
    Unicode may be in the bytes as if it were.
    """
    foreign = data.translate(None, PLAIN).decode("utf-8", "surrogatepass")
    if NO_TEXT.search(foreign):
        check(document)
    if signs.issuperset(foreign):
        return
    found = {
        _problem(text, text.index(character), Mark(document.title), "cannot be printed: no font has a glyph for it")
        for text in _strings(replace(document, blanks={}))
        for character in set(text) - signs
    }
    if found:
        raise Problems(found)


def _strings(value: object) -> Iterator[str]:
    """Yield every string in *value*, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, Mapping):
        yield from _strings(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def _wrong(text: str, mark: Mark) -> Iterator[Problem]:
    """Yield the problem with each character of *text* that is not text."""
    for hit in NO_TEXT.finditer(text):
        yield _problem(text, hit.start(), mark, "cannot be written")


def _problem(text: str, place: int, mark: Mark, reason: str) -> Problem:
    """Return the problem with the character of *text* at a *place*, for a *reason*."""
    character = text[place]
    name = unicodedata.name(character, "a control character")
    near = NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text[max(place - NEAR, 0) : place + NEAR + 1])
    return Problem(mark, f"U+{ord(character):04X} ({name}) in {near!r} {reason}; take it out", character)
