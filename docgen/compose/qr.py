"""Makes QR codes of level M, of which 15 % may be damaged, by ISO/IEC 18004:2015.

There are libraries for that; they look at one module after the other, and take longer than the rest of an invoice. A
code is a number here: its digits to the base two are its modules, row by row, dark ones 1, with four light ones behind
each row, as many as stand around a code at least. So all rows are masked, and judged, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, reduce
from itertools import chain, zip_longest
from operator import itemgetter, xor
from typing import TypeVar

from docgen.frozen import NamedTuple

T = TypeVar("T")
# Of each version from 1: how many blocks there are, and how many codewords of correction and of data (7.5.1, table 9).
BLOCKS = (
    (1, 10, 16), (1, 16, 28), (1, 26, 44), (2, 18, 64), (2, 24, 86), (4, 16, 108), (4, 18, 124), (4, 22, 154),
    (5, 22, 182), (5, 26, 216), (5, 30, 254), (8, 22, 290), (9, 22, 334),
)  # fmt: skip
LARGE, LONG = 7, 10  # versions as of which a code says its own, and as of which it counts bytes in two
BYTES, PAD = 4, b"\xec\x11"  # the mode, and what fills the rest
FIELD, FORMAT, VERSION, MASKED = 0x11D, 0x537, 0x1F25, 0x5412  # polynomials, and what the format is masked with
QUIET = 4  # modules that stay light around a code (6.3.8)
CORNER = ("11111110", "10000010", "10111010", "10111010", "10111010", "10000010", "11111110", "00000000")
ALIGNED = ("11111", "10001", "10101", "10001", "11111")
MASKS: tuple[Callable[[int, int], int], ...] = (  # of row and column; what is 0 changes (7.8.2, table 10)
    lambda y, x: (y + x) % 2,
    lambda y, _: y % 2,
    lambda _, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
PERIOD = 12  # after which each mask repeats


class Frame(NamedTuple):
    """What all codes of a version have in common.

    *by_row* and *by_column* pick each module, row by row and column by column, of the bits of a code and a 0 and a 1
    behind them. *masks* are the masks by row and by column, *said* what says which of them it is, and which version.
    """

    side: int
    by_row: itemgetter[tuple[int, ...]]
    by_column: itemgetter[tuple[int, ...]]
    masks: list[tuple[int, ...]]
    said: list[int]


def modules(data: bytes) -> tuple[tuple[bool, ...], ...]:
    """Return *data* as the modules of a QR code, dark ones true; raises ValueError if they are more than 331 bytes."""
    version = next((number for number, row in enumerate(BLOCKS, 1) if len(data) + 2 + (number >= LONG) <= row[2]), 0)
    if not version:
        raise ValueError(f"{len(data)} bytes are more than a code has room for")
    form = frame(version)
    codewords = bytes(corrected(filled(data, version), version))
    bits = f"{int.from_bytes(codewords):0{8 * len(codewords)}b}".encode() + b"01"
    rows, columns = (int(bytes(each(bits)), 2) for each in (form.by_row, form.by_column))
    scores = [penalty(rows ^ by_row, columns ^ by_column, form.side) for by_row, by_column in form.masks]
    best = scores.index(min(scores))
    step = form.side + QUIET
    text = f"{rows ^ form.masks[best][0] | form.said[best]:0{form.side * step}b}"
    return tuple(tuple([digit == "1" for digit in text[at : at + form.side]]) for at in range(0, len(text), step))


def filled(data: bytes, version: int) -> bytes:
    """Return the codewords that say *data*, as many as the *version* has room for (7.4)."""
    _, _, room = BLOCKS[version - 1]
    count = 16 if version >= LONG else 8
    said = (BYTES << count | len(data)) << 8 * len(data) | int.from_bytes(data)
    length = len(data) + (4 + count + 4) // 8
    begun = (said << 4).to_bytes(length)  # four bits end it
    return begun + (PAD * room)[: room - length]


def corrected(codewords: bytes, version: int) -> Iterator[int]:
    """Yield *codewords* block by block in turns, and what corrects them so too (7.5.2 and 7.6)."""
    count, length, room = BLOCKS[version - 1]
    size, longer = divmod(room, count)
    ends = [number * size + max(0, number - count + longer) for number in range(count + 1)]
    blocks = [codewords[ends[number] : ends[number + 1]] for number in range(count)]
    yield from (one for column in zip_longest(*blocks) for one in column if one is not None)
    yield from chain.from_iterable(zip(*(remainder(block, length) for block in blocks), strict=True))


def remainder(block: bytes, length: int) -> bytes:
    """Return the codewords, so many, that correct a *block*."""
    table, top, found = multiples(length), 8 * (length - 1), 0
    low = (1 << top) - 1
    for one in block:
        found = (found & low) << 8 ^ table[found >> top ^ one]
    return found.to_bytes(length)


@cache
def multiples(length: int) -> list[int]:
    """Return 0 to 255 times the polynomial that *length* codewords of correction are made with, less its first term."""
    powers, last = [], 1
    for _ in range(255):  # all there are but zero
        powers.append(last)
        last <<= 1
        last ^= FIELD if last >> 8 else 0
    exponents = {power: exponent for exponent, power in enumerate(powers)}

    def times(a: int, b: int) -> int:
        """Return the product in the field."""
        return powers[(exponents[a] + exponents[b]) % len(powers)] if a and b else 0

    terms = [1]
    for power in powers[:length]:
        terms = [a ^ times(b, power) for a, b in zip([*terms, 0], [0, *terms], strict=True)]
    doubled = [int.from_bytes(bytes(times(1 << bit, term) for term in terms[1:])) for bit in range(8)]
    return [reduce(xor, (each for bit, each in enumerate(doubled) if number >> bit & 1), 0) for number in range(256)]


@cache
def frame(version: int) -> Frame:
    """Return what all codes of this *version* have in common."""
    side = 17 + 4 * version
    grid = patterns(version, side)
    order = {place: bit for bit, place in enumerate(snake(grid, side))}
    blocks, correction, room = BLOCKS[version - 1]
    light = 8 * (room + blocks * correction)  # where the 0 stands, and behind it the 1
    sources = [
        [light + int(sign) if sign else min(order[y, x], light) for x, sign in enumerate(row)]
        for y, row in enumerate(grid)
    ]
    by_row, by_column = (
        itemgetter(*chain.from_iterable((*row, *[light] * QUIET) for row in way)) for way in both(sources)
    )
    free = [number(way) for way in both([["0" if sign else "1" for sign in row] for row in grid])]
    tiles = [both(tiled(mask, side)) for mask in MASKS]
    masks = [tuple(number(way) & each for way, each in zip(ways, free, strict=True)) for ways in tiles]
    return Frame(side, by_row, by_column, masks, [signed(mask, version, side) for mask in range(len(MASKS))])


def both(rows: Sequence[Sequence[T]]) -> tuple[Sequence[Sequence[T]], Sequence[Sequence[T]]]:
    """Return *rows*, and what stands in them column by column."""
    return rows, list(zip(*rows, strict=True))


def number(rows: Sequence[Sequence[str]]) -> int:
    """Return *rows* of digits as a number."""
    return int("".join("".join((*row, "0" * QUIET)) for row in rows), 2)


def tiled(mask: Callable[[int, int], int], side: int) -> list[str]:
    """Return which modules *mask* changes, in rows of digits."""
    tile = ["".join("01"[not mask(y, x)] for x in range(PERIOD)) for y in range(PERIOD)]
    return [(tile[y % PERIOD] * (side // PERIOD + 1))[:side] for y in range(side)]


def patterns(version: int, side: int) -> list[list[str | None]]:
    """Return the modules that are the same in every code of a *version*, and None where there is something to say.

    What says mask and version is light, as it is where masks are judged.
    """
    grid: list[list[str | None]] = [[None] * side for _ in range(side)]

    def put(y: int, x: int, rows: Sequence[str]) -> None:
        """Let *rows* begin in row *y* and column *x*."""
        for down, row in enumerate(rows):
            grid[y + down][x : x + len(row)] = row

    centres = (6, *((side - 1) // 2 for _ in range(version >= LARGE)), side - 7) if version > 1 else ()
    corners = {(6, 6), (6, side - 7), (side - 7, 6)}
    for y in centres:
        for x in centres:
            if (y, x) not in corners:
                put(y - 2, x - 2, ALIGNED)
    timing = ("10" * side)[:side]
    put(6, 0, [timing])
    put(0, 6, list(timing))
    put(8, 0, ["0" * 6])
    put(0, 8, ["0"] * 6)
    put(7, 7, ["00", "00"])
    put(8, side - 8, ["0" * 8])
    put(side - 8, 8, ["0"] * 8)
    if version >= LARGE:
        put(0, side - 11, ["000"] * 6)
        put(side - 11, 0, ["000000"] * 3)
    put(0, 0, CORNER)
    put(0, side - 8, [row[::-1] for row in CORNER])
    put(side - 8, 0, CORNER[::-1])
    return grid


def snake(grid: list[list[str | None]], side: int) -> Iterator[tuple[int, int]]:
    """Yield rows and columns of what there is to say in *grid*, in its order: up and down in columns of two (7.7.3)."""
    rights = [*range(side - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(rights):
        for y in range(side) if turn % 2 else range(side - 1, -1, -1):
            yield from ((y, x) for x in (right, right - 1) if grid[y][x] is None)


def signed(mask: int, version: int, side: int) -> int:
    """Return the modules that say which *mask* a code has, and which *version* it is (7.9 and 7.10)."""
    format_ = protected(mask, FORMAT) ^ MASKED  # of level M, which is 00
    near = [(y, 8) for y in (*range(6), 7, 8)] + [(8, x) for x in (7, 5, 4, 3, 2, 1, 0)]
    far = [(8, side - 1 - bit) for bit in range(8)] + [(side - 7 + bit, 8) for bit in range(7)]
    cells = [place for places in (near, far) for bit, place in enumerate(places) if format_ >> bit & 1]
    cells.append((side - 8, 8))  # dark in every code
    if version >= LARGE:
        own = protected(version, VERSION)
        spots = [(bit // 3, side - 11 + bit % 3) for bit in range(18) if own >> bit & 1]
        cells += spots + [(x, y) for y, x in spots]
    last = side * (side + QUIET) - 1
    return sum(1 << last - y * (side + QUIET) - x for y, x in cells)


def protected(value: int, polynomial: int) -> int:
    """Return *value* with the bits behind it that the *polynomial* adds to protect it."""
    length = polynomial.bit_length() - 1
    rest = value << length
    while rest.bit_length() > length:
        rest ^= polynomial << rest.bit_length() - length - 1
    return value << length | rest


@cache
def beside(side: int) -> int:
    """Return the modules that have another of their row behind them."""
    return number(["1" * (side - 1) + "0"] * side)


def penalty(rows: int, columns: int, side: int) -> int:
    """Return how hard the code with these *rows* and *columns* would be to read (7.8.3)."""
    alike = ~(rows ^ rows << 1) & beside(side)
    step = side + QUIET
    blocks = alike & alike << step & ~(rows ^ rows << step)
    share = abs(rows.bit_count() * 100 / (side * side) - 50)
    return sum(in_line(each, beside(side)) for each in (rows, columns)) + 3 * blocks.bit_count() + 10 * int(share / 5)


def in_line(code: int, within: int) -> int:
    """Return the penalty for five alike and more in a row of *code*, and for what looks like a corner."""
    alike = ~(code ^ code << 1) & within
    five = alike & alike << 1 & alike << 2 & alike << 3
    runs = five & ~(five << 1)
    corner = code & ~(code << 1) & code << 2 & code << 3 & code << 4 & ~(code << 5) & code << 6
    after = ~(code << 7 | code << 8 | code << 9 | code << 10)
    before = ~(code >> 1 | code >> 2 | code >> 3 | code >> 4)
    found = corner & (before | after)
    found &= ~(found >> 4 | found >> 6)  # two that overlap count once
    return five.bit_count() + 2 * runs.bit_count() + 40 * found.bit_count()
