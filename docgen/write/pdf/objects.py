"""The file format of PDF: objects by their numbers, packed, and the table that says where each of them is."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable

HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
LEVEL = 5  # of packing; above it files hardly get smaller and take twice as long
TOGETHER = 200  # objects that are packed as one; a reader unpacks all of them for the first
FREE, APART, PACKED = 0, 1, 2  # what the table knows of an object
PLAIN = re.compile(r"[ -'*-\[\]-~]*")


class File:
    """A PDF file being made. An object has a number as soon as it is reserved, and is written when it is known."""

    def __init__(self) -> None:
        """Begin a file without objects."""
        self._texts = [""]
        self._parts = [HEAD]
        self._size = len(HEAD)
        self._starts: dict[int, int] = {}

    def reserve(self) -> int:
        """Return the number of a new object."""
        self._texts.append("")
        return len(self._texts) - 1

    def put(self, number: int, text: str) -> None:
        """Let *text* be the object *number*."""
        self._texts[number] = text

    def add(self, text: str) -> int:
        """Return the number of the new object *text*."""
        self._texts.append(text)
        return len(self._texts) - 1

    def stream(self, data: bytes, entries: str = "", number: int = 0) -> int:
        """Return the number, *number* if one was reserved, of the stream *data* as it is, whose dictionary says so.

        The line end after it is of two characters: no reader can take one that *data* ends with for a part of it, and
        find the stream a byte short (ISO 19005-3, 6.1.7.1).
        """
        number = number or self.reserve()
        head = f"{number} 0 obj\n<</Length {len(data)}{entries}>>\nstream\n"
        self._starts[number] = self._size
        self._write(head.encode("latin-1"), data, b"\r\nendstream\nendobj\n")
        return number

    def packed(self, data: bytes, entries: str = "") -> int:
        """Return the number of the stream that *data* is once packed."""
        return self.stream(pack(data), f"/Filter/FlateDecode{entries}")

    def end(self, root: int, info: int) -> bytes:
        """Return the file, whose catalog is *root* and whose description is *info*."""
        numbers = [number for number in range(1, len(self._texts)) if number not in self._starts]
        places: dict[int, tuple[int, int, int]] = {}
        for start in range(0, len(numbers), TOGETHER):
            batch = numbers[start : start + TOGETHER]
            holder = self._together(batch)
            places |= {number: (PACKED, holder, index) for index, number in enumerate(batch)}
        table, start = self.reserve(), self._size
        places |= {number: (APART, offset, 0) for number, offset in self._starts.items()} | {table: (APART, start, 0)}
        rows = [part for number in range(1, table + 1) for part in places[number]]
        data = pack(struct.pack(">" + "BIB" * (table + 1), FREE, 0, 255, *rows))
        identity = hashlib.blake2b(b"".join(self._parts), digest_size=16).hexdigest()
        trailer = f"/Root {root} 0 R/Info {info} 0 R/ID[<{identity}><{identity}>]"
        self.stream(data, f"/Type/XRef/W[1 4 1]/Size {table + 1}{trailer}/Filter/FlateDecode", table)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _together(self, numbers: Iterable[int]) -> int:
        """Return the number of the stream that the objects called *numbers* are packed into."""
        texts = [self._texts[number] for number in numbers]
        places, offset = [], 0
        for number, text in zip(numbers, texts, strict=True):
            places.append(f"{number} {offset}")
            offset += len(text) + 1
        head = " ".join(places) + "\n"
        data = (head + "\n".join(texts)).encode("ascii")
        return self.packed(data, f"/Type/ObjStm/N {len(texts)}/First {len(head)}")

    def _write(self, *parts: bytes) -> None:
        """Write *parts*."""
        self._parts += parts
        self._size += sum(map(len, parts))


def pack(data: bytes) -> bytes:
    """Return *data* packed."""
    return zlib.compress(data, LEVEL)


def string(text: str) -> str:
    """Return *text* as a string of a file (ISO 32000-1, 7.9.2.2)."""
    return f"({text})" if PLAIN.fullmatch(text) else f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return *value* as a file has it, to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def references(numbers: Iterable[int]) -> str:
    """Return an array of references to the objects called *numbers*."""
    return f"[{' '.join([f'{each} 0 R' for each in numbers])}]"
