"""The zip archive that a Word file is: what never changes is packed once, and nothing in it is owed to the clock."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import lru_cache

from docgen.frozen import NamedTuple, dataclass

# PKWARE's APPNOTE 6.3.10: the header of a member (4.3.7), its entry in the directory (4.3.12), and the end (4.3.16).
# A member's method, time, day, checksum, sizes, length of name and of extra field are the same in both.
SAME = "4H3L2H"
HEADER = struct.Struct(f"<4s2B{SAME}")
ENTRY = struct.Struct(f"<4s4B{SAME}3H2L")
LENGTHS = struct.Struct("<2H")  # of the name and the extra field, which end a header
END = struct.Struct("<4s4H2LH")
VERSION, UNIX, PRIVATE = 20, 3, 0o600 << 16
UTF8 = 1 << 11
STORED, DEFLATED = 0, 8
FIRST_DAY = 1 << 5 | 1  # that an archive can name: 1 January 1980
RAW = -zlib.MAX_WBITS  # without a head of its own
QUICK, BEST = 1, 9  # levels of zlib's


class Packed(NamedTuple):
    """What a file holds, as an archive does; *checksum* and *size* are those of what it was."""

    method: int
    checksum: int
    size: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, its header with it; its entry in the directory is these two with its place between them."""

    data: bytes
    entry: tuple[int, ...]
    name: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """The members that an archive begins with, and their entries in the directory."""

    data: bytes
    directory: bytes
    count: int


def packed(data: bytes, level: int = QUICK) -> Packed:
    """Return *data* packed; at *level* 0 as it is."""
    method, content = (DEFLATED, zlib.compress(data, level, RAW)) if level else (STORED, data)
    return Packed(method, zlib.crc32(data), len(data), content)


@lru_cache(maxsize=256)
def again(data: bytes) -> Packed:
    """Return *data* packed, as it may be wanted again."""
    return packed(data)


def contents(data: bytes) -> dict[tuple[int, int], Packed]:
    """Return what the archive *data* holds as it is packed there, by checksum and size."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for entry in source.infolist():
            start = entry.header_offset + HEADER.size
            start += sum(LENGTHS.unpack_from(data, start - LENGTHS.size))
            content = Packed(entry.compress_type, entry.CRC, entry.file_size, data[start : start + entry.compress_size])
            found[entry.CRC, entry.file_size] = content
    return found


def member(name: str, content: Packed) -> Member:
    """Return the file *name* that holds *content*."""
    raw, flags = name.encode(), 0 if name.isascii() else UTF8
    method, checksum, size, data = content
    entry = (flags, method, 0, FIRST_DAY, checksum, len(data), size, len(raw), 0)
    return Member(b"".join((HEADER.pack(b"PK\3\4", VERSION, 0, *entry), raw, data)), entry, raw)


def block(members: Iterable[Member]) -> Block:
    """Return *members* as the beginning of an archive."""
    found = tuple(members)
    return Block(b"".join(each.data for each in found), _directory(found, 0), len(found))


def archive(first: Block, members: Iterable[Member]) -> bytes:
    """Return the archive of *first* and *members*."""
    found = tuple(members)
    data = (first.data, *(each.data for each in found))
    directory = first.directory + _directory(found, len(first.data))
    count = first.count + len(found)
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(directory), sum(map(len, data)), 0)
    return b"".join((*data, directory, end))


def _directory(members: Iterable[Member], at: int) -> bytes:
    """Return the entries of *members*, the first of which begins *at* this place."""
    parts: list[bytes] = []
    for each in members:
        parts += ENTRY.pack(b"PK\1\2", VERSION, UNIX, VERSION, 0, *each.entry, 0, 0, 0, PRIVATE, at), each.name
        at += len(each.data)
    return b"".join(parts)
