"""QR codes: a library places their modules, and their mask is chosen here for all at once, in a tenth of its time.

A code is a number here: its digits to the base two are its modules, row by row, dark ones 1, with four light ones
behind each row, as many as stand around a code at least. Score and rule are those of ISO/IEC 18004:2015, 7.8.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

LIGHT = bytes(4)
DIGITS = bytes.maketrans(b"\0\1", b"01")
MASKS = range(8)
LARGE = 45  # modules of a side, as of which a code says its version


def modules(data: bytes) -> tuple[tuple[bool, ...], ...]:
    """Return *data* as the modules of a QR code, of which 15 % may be damaged (level M), as banks ask for."""
    first = made(data, 0)
    side = len(first)
    rows, columns, judged = number(first), number(zip(*first, strict=True)), ~reserved(side)
    masked = [(rows ^ by_row, columns ^ by_column) for by_row, by_column in changes(side)]
    best, _ = min(masked, key=lambda code: penalty(code[0] & judged, code[1] & judged, side))
    text = f"{best:0{side * (side + len(LIGHT))}b}"
    return tuple(
        tuple([digit == "1" for digit in text[start : start + side]])
        for start in range(0, len(text), side + len(LIGHT))
    )


def made(data: bytes, mask: int, version: int | None = None) -> Any:  # noqa: ANN401 - rows of bytes, as segno has them
    """Return the code that says *data* with this *mask*."""
    import segno  # noqa: PLC0415 - only invoices that ask for euros need it

    return segno.make_qr(data, error="m", version=version, mask=mask, boost_error=False).matrix


def number(rows: Iterable[Iterable[int]]) -> int:
    """Return *rows* of modules as a number."""
    return int(b"".join(bytes(row) + LIGHT for row in rows).translate(DIGITS), 2)


@cache
def changes(side: int) -> list[tuple[int, int]]:
    """Return for each mask what changes where it takes the place of the first, by rows and by columns.

    That is the same for all codes with this *side*.
    """
    codes = [made(b"", mask, (side - 17) // 4) for mask in MASKS]
    both = [(number(code), number(zip(*code, strict=True))) for code in codes]
    return [(rows ^ both[0][0], columns ^ both[0][1]) for rows, columns in both]


@cache
def reserved(side: int) -> int:
    """Return the modules that say mask and version, which are light while masks are judged."""
    ends = {*range(9), *range(side - 8, side)} - {6}
    version = range(side - 11, side - 8) if side >= LARGE else ()
    format_ = [[(i == 8 and j in ends) or (j == 8 and i in ends) for j in range(side)] for i in range(side)]  # noqa: PLR2004
    for near in range(6):
        for far in version:
            format_[near][far] = format_[far][near] = True
    return number(format_)


@cache
def inside(side: int, width: int) -> int:
    """Return the modules of a row of which the first *width* count, in all rows."""
    return number([bytes([1] * width + [0] * (side - width))] * side)


def penalty(rows: int, columns: int, side: int) -> int:
    """Return how hard the code with these *rows* and *columns* would be to read."""
    step = side + len(LIGHT)
    pairs = inside(side, side - 1)
    blocks = ~(rows ^ rows << 1) & pairs
    alike = blocks & blocks << step & ~(rows ^ rows << step)
    share = abs(rows.bit_count() * 100 / (side * side) - 50)
    return sum(in_line(line, pairs) for line in (rows, columns)) + 3 * alike.bit_count() + 10 * int(share / 5)


def in_line(code: int, pairs: int) -> int:
    """Return the penalty for what stands beside each other: five alike and more, and what looks like a corner."""
    same = ~(code ^ code << 1) & pairs
    five = same & same << 1 & same << 2 & same << 3
    runs = five & ~(five << 1)
    corner = code & ~(code << 1) & code << 2 & code << 3 & code << 4 & ~(code << 5) & code << 6
    after = ~(code << 7 | code << 8 | code << 9 | code << 10)
    before = ~(code >> 1 | code >> 2 | code >> 3 | code >> 4)
    found = corner & (before | after)
    found &= ~(found >> 4 | found >> 6)  # two that overlap count once
    return five.bit_count() + 2 * runs.bit_count() + 40 * found.bit_count()
