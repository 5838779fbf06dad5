"""The bars that a scanner reads an article number off: Code 128, or GS1-128 where the number is the USPS's.

ISO/IEC 15417: each symbol is three bars and three spaces of 1 to 4 modules, 11 together, and the stop sign 13. Set B
has letters and digits, set C two digits a symbol. USPS, Publication 199: a package barcode begins with FNC1 in set C.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

TABLE = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122
123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323
131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131
213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122
141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112
124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141
411131 211412 211214 211232 2331112
"""
WIDTHS = TABLE.split()
START = {"B": 104, "C": 105}
CHANGE = {"B": 100, "C": 99}  # to that set
FNC1, STOP = 102, 106
SUM = 103
SPACE = 32  # the first character of set B
PAIRS = re.compile(r"((?:\d\d){2,})")  # shorter runs of digits are not worth the change of sets
PRINTABLE = re.compile(r"[ -~]+")


def bars(number: str, *, gs1: bool = False) -> tuple[bool, ...]:
    """Return *number* as modules, true for a dark one; raises ValueError for a character that set B has not."""
    if not PRINTABLE.fullmatch(number):
        raise ValueError(f"{number!r} has a character that a Code 128 cannot have")
    symbols = [*encoded(number, gs1=gs1)]
    total = symbols[0] + sum(place * symbol for place, symbol in enumerate(symbols[1:], start=1))
    widths = "".join(WIDTHS[symbol] for symbol in (*symbols, total % SUM, STOP))
    return tuple(dark for width, dark in zip(widths, cycle((True, False)), strict=False) for _ in range(int(width)))


def encoded(number: str, *, gs1: bool) -> Iterator[int]:
    """Yield the symbols of *number* from the start sign to before the check symbol."""
    current = ""
    for part in filter(None, PAIRS.split(number)):
        wanted = "C" if PAIRS.fullmatch(part) else "B"
        if wanted != current:
            yield CHANGE[wanted] if current else START[wanted]
        if gs1 and not current:
            yield FNC1
        current = wanted
        if wanted == "C":
            yield from (int(part[place : place + 2]) for place in range(0, len(part), 2))
        else:
            yield from (ord(sign) - SPACE for sign in part)
