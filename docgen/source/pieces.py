"""Cuts a YAML file into pieces that say together what it says: each can be read by itself, or beside the others.

A piece is a file: all that stands outside of one mapping, and some of the entries of that, on the lines on which they
stand. Where a piece is read to its end without a mistake, no quote, bracket or block of text was open there, so that
the entry behind it begins as it does in the whole file. Only what is sure to be cut between entries is cut.
"""

from __future__ import annotations

import re
from itertools import pairwise

NAME = rb"(?:[\w\x80-\xff][\w.\x80-\xff-]*|'[^'\n]*'|\"[^\"\\\n]*\"):[ \r\n]"  # as most keys are
START = rb"^%s:[ ]*(?:#.*)?\r?\n(?:[ ]*(?:#.*)?\r?\n)*( +)(?=%s)"
OUTSIDE = re.compile(rb"\n(?=[^ #\r\n])")


def pieces(data: bytes, under: str, size: int) -> list[bytes]:
    """Return *data* in pieces, each with about *size* bytes of the entries of the mapping *under*.

    It comes back whole where that mapping is written in a way that is not usual.
    """
    start = re.search(START % (under.encode(), NAME), data, re.MULTILINE)
    if start is None or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return [data]
    first, entry = start.start(1), re.compile(rb"\n(?=%s%s)" % (start[1], NAME))
    behind = OUTSIDE.search(data, first)
    last = behind.end() if behind else len(data)
    if behind and not re.compile(NAME).match(data, last):
        return [data]
    found = [entry.search(data, place, last) for place in range(first + size - 1, last - size // 2, size)]
    ends = [first, *sorted({match.end() for match in found if match}), last]
    lines = [data.count(b"\n", begin, end) for begin, end in pairwise(ends)]
    head, rest = data[:first], data[last:]
    return [
        head + b"\n" * sum(lines[:number]) + data[begin:end] + apart(b"\n" * sum(lines[number + 1 :]), rest)
        for number, (begin, end) in enumerate(pairwise(ends))
    ]


def apart(empty: bytes, rest: bytes) -> bytes:
    """Return *rest* behind *empty* lines, of which the first is a comment: it ends a text that would have them."""
    return (b"#" if empty else b"") + empty + rest if rest else b""
