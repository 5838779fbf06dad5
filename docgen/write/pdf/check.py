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

ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
FIRST = min(ACCENTS)  # no character before it is joined to another, or turned
CONTEXT = 20  # characters shown left and right of one that cannot be printed


def check(document: Document, pages: Sequence[Page], used: Mapping[Font, set[str]], fonts: Fonts) -> None:
    """Raise Problems for each character of *document*, or *used* on its *pages*, that no file can show."""
    missing = {font: found.difference(fonts.glyphs[font].codes) for font, found in used.items()}
    joined = {font: {each for each in found - missing[font] if _is_joined(each)} for font, found in used.items()}
    found = [
        *_unprintable(pages, missing, "{font} has no glyph for it"),
        *_unprintable(pages, joined, "its script is not set letter after letter"),
        *_unwritable(document),
    ]
    if found:
        mark = Mark(_visible(document.title) or "document")
        raise Problems(Problem(mark, message, character) for character, message in found)


def _is_joined(character: str) -> bool:
    """Return whether *character* is of a script whose letters turn, join or carry signs, which is not done here."""
    if character < FIRST:
        return False
    turned = unicodedata.bidirectional(character) in {"R", "AL", "AN"}
    return turned or (unicodedata.category(character) in {"Mn", "Mc"} and character not in ACCENTS)


def _unprintable(pages: Sequence[Page], wrong: Mapping[Font, set[str]], reason: str) -> Iterator[tuple[str, str]]:
    """Yield each character that is *wrong* in the font it is to be printed in, and a message with the *reason*."""
    for font, found in wrong.items():
        for character in sorted(found):
            text = next(text.text for text in _texts(pages) if text.ink.font == font and character in text.text)
            why = f"cannot be printed: {reason.format(font=font[0])}"
            if font[0] != FAMILY:
                why += " (or Word embedded only the characters used in house.docx: Options, Save)"
            yield character, _message(character, text, why)


def _unwritable(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each character that may not stand in what the file says about *document*, and a message about it."""
    for text in (document.title, document.author, document.subject, document.language):
        for character in () if text.isprintable() else sorted(set(text)):
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
