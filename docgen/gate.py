"""The one gate for what was typed: characters that no document can show exactly are refused, each with its reason."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

# Ranges of characters, first and last, and why a text that is printed cannot hold them; the first that fits counts.
REASONS: dict[str, tuple[tuple[int, int], ...]] = {
    "turns the direction of the text around it; delete it": ((0x202A, 0x202E), (0x2066, 0x2069)),
    "is half of a character; type the whole one": ((0xD800, 0xDFFF),),
    "stands for a character that was lost; type that one again": ((0xFFFD, 0xFFFD),),
    "is not seen in print, and words that look alike would differ; delete it": (
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x200B, 0x200F), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
        (0xFFF9, 0xFFFC), (0x13430, 0x13455), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ),
    "ends a line where no line ends; delete it": ((0x0085, 0x0085), (0x2028, 0x2029)),
    "means something in one font only; use the character that is meant": (
        (0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD),
    ),
    "is a control character and cannot be printed; delete it": ((0x0000, 0x0008), (0x000B, 0x001F), (0x007F, 0x009F)),
    "is no character; delete it": (
        (0xFDD0, 0xFDEF), *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
    ),
}  # fmt: skip
FLOOD = "is one mark too many on a letter; three are the most"
# Western letters, dashes, quotation marks, the euro and the minus sign: most texts have no others, and none is refused.
MOST = (range(9, 11), range(0x20, 0x7F), range(0xA0, 0xAD), range(0xAE, 0x300), range(0x2010, 0x2028), (0x20AC, 0x2212))
USUAL = frozenset(map(chr, chain.from_iterable(MOST)))
MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"


def spelled(ranges: Iterator[tuple[int, int]]) -> str:
    """Return *ranges* as the inside of a set of a regular expression."""
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


@cache
def pattern() -> re.Pattern[str]:
    """Return what matches each character that is refused."""
    single = f"[{spelled(pair for pairs in REASONS.values() for pair in pairs)}]"
    return re.compile(f"{single}|(?<={MARKS}{{3}}){MARKS}")


def search(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
    """Return the first character of *text* from *start* to *end* that cannot be printed exactly, None if all can."""
    return None if USUAL.issuperset(text) else pattern().search(text, start, end)


def refused(text: str) -> str:
    """Return why *text* cannot be printed exactly, naming the first character of it that cannot; empty if it can."""
    found = search(text)
    return reason(found[0]) if found else ""


def reason(character: str) -> str:
    """Return why *character*, which was refused, cannot be printed exactly."""
    code = ord(character)
    why = next((why for why, pairs in REASONS.items() if any(a <= code <= b for a, b in pairs)), FLOOD)
    name = unicodedata.name(character, "")
    return f"U+{code:04X}{f' ({name})' if name else ''} {why}"
