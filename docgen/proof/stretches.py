"""The parts of a Word file as they lie in its archive, each a stretch of bytes that can be known again."""

from __future__ import annotations

import re
import struct
import zlib

from docgen.frozen import NamedTuple
from docgen.proof import Strange

# PKWARE's APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16: what stands before a part, in the directory, and at the end.
HEADER = struct.Struct("<4s2x4H3L2H")
ENTRY = struct.Struct("<4s4x4H3L3H8xL")
END = struct.Struct("<4s4x2H2L2x")
STORED, DEFLATED = 0, 8
RAW = -zlib.MAX_WBITS


class Packed(NamedTuple):
    """A part as it is packed: how, the checksum and the size of what it is, and its bytes."""

    method: int
    checksum: int
    size: int
    data: bytes


def members(data: bytes, wanted: re.Pattern[str]) -> dict[str, Packed]:
    """Return those parts of the archive *data* that have a *wanted* name; raises Strange if it is not one of ours."""
    try:
        mark, count, same, size, at = END.unpack_from(data, len(data) - END.size)
        if mark != b"PK\5\6" or count != same or at + size + END.size != len(data):
            raise Strange
        found: dict[str, Packed] = {}
        names = set()
        for _ in range(count):
            mark, _, method, _, _, checksum, packed, size, length, extra, comment, start = ENTRY.unpack_from(data, at)
            name = data[at + ENTRY.size : at + ENTRY.size + length].decode()
            if mark != b"PK\1\2" or extra or comment or name in names:
                raise Strange
            names.add(name)
            at += ENTRY.size + length
            if wanted.fullmatch(name):
                found[name] = Packed(method, checksum, size, _member(data, start, name.encode(), (method, packed)))
    except (struct.error, UnicodeDecodeError) as error:
        raise Strange from error
    return found


def _member(data: bytes, start: int, name: bytes, entry: tuple[int, int]) -> bytes:
    """Return the bytes of the part *name*, which begins at *start* of *data* as its *entry* in the directory has it."""
    mark, _, method, _, _, _, packed, _, length, extra = HEADER.unpack_from(data, start)
    begin = start + HEADER.size + length
    if mark != b"PK\3\4" or extra or data[begin - length : begin] != name or (method, packed) != entry:
        raise Strange
    return data[begin : begin + packed]


def unpacked(part: Packed) -> bytes:
    """Return what *part* is; raises Strange if it is not whole."""
    if part.method not in {STORED, DEFLATED}:
        raise Strange
    try:
        data = part.data if part.method == STORED else zlib.decompress(part.data, RAW)
    except zlib.error as error:
        raise Strange from error
    if len(data) != part.size or zlib.crc32(data) != part.checksum:
        raise Strange
    return data
