"""Refusing what a PDF cannot show, before anything is drawn: no box is ever printed for a character."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.document import Document
from docgen.look.fonts import FAMILY
from docgen.problem import Mark, Problem, Problems
from docgen.write.pdf.lines import Fonts
from docgen.write.pdf.page import Font, Ink, Page, Text

CONTEXT = 20  # characters shown left and right of one that cannot be printed


def check(document: Document, pages: Sequence[Page], used: Mapping[Font, set[str]], fonts: Fonts) -> None:
    """Raise Problems for each character of *document*, or *used* on its *pages*, that no file can show."""
    missing = {font: found.difference(fonts.glyphs[font].codes) for font, found in used.items()}
    found = [*_unprintable(pages, missing), *_unwritable(document)]
    if found:
        mark = Mark(_visible(document.title) or "document")
        raise Problems(Problem(mark, message, character) for character, message in found)


def _unprintable(pages: Sequence[Page], missing: Mapping[Font, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield each character that is *missing* from the font it is to be printed in, and a message about it."""
    for font, found in missing.items():
        for character in sorted(found):
            text = next(text.text for text in _texts(pages) if text.ink.font == font and character in text.text)
            lacks = f"cannot be printed: {font[0]} has no glyph for it"
            if font[0] != FAMILY:
                lacks += " (or Word embedded only the characters used in house.docx: Options, Save)"
            yield character, _message(character, text, lacks)


def _unwritable(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each character that may not stand in what the file says about *document*, and a message about it."""
    for text in (document.title, document.author, document.subject, document.language):
        for character in sorted(set(text)):
            if unicodedata.category(character) in {"Cc", "Cs", "Cn"}:
                yield character, _message(character, text, "cannot stand in the properties of a file")


def _message(character: str, text: str, reason: str) -> str:
    """Return what is wrong with *character* and where in *text* it stands."""
    nameless = "control character" if unicodedata.category(character) == "Cc" else "no name"
    name = unicodedata.name(character, nameless)
    place = text.index(character)
    context = text[max(0, place - CONTEXT) : place + CONTEXT + 1].strip()
    return f"U+{ord(character):04X} ({name}) in “{_visible(context)}” {reason}; write it another way"


def _visible(text: str) -> str:
    """Return *text* with a sign in place of each character that would not be seen in a message."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _texts(pages: Iterable[Page]) -> Iterator[Text]:
    """Yield the texts on *pages*."""
    return (item for page in pages for item in page.items if isinstance(item, Text))


def characters(pages: Iterable[Page]) -> dict[Font, set[str]]:
    """Return which characters of which fonts are on *pages*."""
    texts: dict[Ink, list[str]] = defaultdict(list)
    for text in _texts(pages):
        texts[text.ink].append(text.text)
    used: dict[Font, set[str]] = defaultdict(set)
    for ink, found in texts.items():
        used[ink.font].update("".join(found))
    return used
