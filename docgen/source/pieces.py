"""Cuts a YAML file into pieces that say together what it says, so that several processes can read it at once.

A piece is a file by itself: what stands above the entries of one mapping, and some of these on the lines on which they
stand. Where a piece is read to its end without a mistake, no quote, bracket or block of text was open there, so that
the entry behind it begins as it does in the whole file. Only what is sure to be cut between entries is cut at all.
"""

from __future__ import annotations

import re
from itertools import pairwise

NAME = rb"[^\W_][\w.-]*:[ \n]"  # as most keys are


def pieces(data: bytes, under: str, count: int) -> list[bytes]:
    """Return *data* in up to *count* pieces of about the same size, each with other entries of the mapping *under*.

    It comes back whole where that mapping is not the last of the file, or is written in a way that is not usual.
    """
    start = re.search(rb"^%s:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*( +)(?=%s)" % (under.encode(), NAME), data, re.MULTILINE)
    if start is None or b"\r" in data or re.compile(rb"^[^ #\n]", re.MULTILINE).search(data, start.end()):
        return [data]
    first, entry = start.start(1), re.compile(rb"^%s(?=%s)" % (start[1], NAME), re.MULTILINE)
    near = [first + (len(data) - first) * number // count for number in range(1, count)]
    found = [match.start() for place in near if (match := entry.search(data, place))]
    ends = [first, *sorted({place for place in found if place > first}), len(data)]
    return [data[:first] + b"\n" * data.count(b"\n", first, begin) + data[begin:end] for begin, end in pairwise(ends)]
