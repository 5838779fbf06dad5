"""Refusing what a Word file cannot hold, before it is filled; docxtpl would silently cut the text there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

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


def is_sound(data: bytes) -> bool:
    """Return whether the text *data* of a part holds nothing but what a Word file can; its bytes may be no UTF-8."""
    return not NO_TEXT.search(data.translate(None, PLAIN).decode("utf-8", "surrogatepass"))


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
        name = unicodedata.name(hit[0], "a control character")
        near = NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text[max(hit.start() - NEAR, 0) : hit.end() + NEAR])
        message = f"U+{ord(hit[0]):04X} ({name}) in {near!r} cannot be written; take it out"
        yield Problem(mark, message, hit[0])
