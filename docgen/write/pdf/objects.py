"""The file format of PDF: objects by their numbers, packed, and the table that says where each of them is."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
FAST, TIGHT = 2, 9  # levels of packing; a file packed tight is a tenth smaller and takes twice as long
TOGETHER = 200  # objects that are packed as one; a reader unpacks all of them for the first
FREE, APART, PACKED = 0, 1, 2  # what the table knows of an object
PLAIN = re.compile(r"[ -'*-\[\]-~]*")


class File:
    """A PDF file being made. An object has a number as soon as it is reserved, and is written when it is known."""

    def __init__(self) -> None:
        """Begin a file without objects."""
        self._parts = [HEAD]
        self._size = len(HEAD)
        self._texts = [""]
        self._places = [(FREE, 0, 255)]

    def reserve(self) -> int:
        """Return the number of a new object."""
        return self.add("")

    def reserved(self, count: int) -> range:
        """Return the numbers of so many new objects."""
        first = len(self._texts)
        self._texts += [""] * count
        self._places += [(PACKED, 0, 0)] * count
        return range(first, first + count)

    def put(self, number: int, text: str) -> None:
        """Let *text* be the object *number*."""
        self._texts[number] = text

    def add(self, text: str) -> int:
        """Return the number of the new object *text*."""
        self._texts.append(text)
        self._places.append((PACKED, 0, 0))
        return len(self._texts) - 1

    def stream(self, data: bytes, entries: str = "", number: int = 0) -> int:
        """Return the number, *number* if one was reserved, of the stream *data* as it is, whose dictionary says so.

        The line end after it is of two characters: no reader can take one that *data* ends with for a part of it, and
        find the stream a byte short (ISO 19005-3, 6.1.7.1).
        """
        number = number or self.reserve()
        head = f"{number} 0 obj\n<</Length {len(data)}{entries}>>\nstream\n"
        self._places[number] = (APART, self._size, 0)
        self._write(head.encode("latin-1"), data, b"\r\nendstream\nendobj\n")
        return number

    def packed(self, data: bytes, entries: str = "") -> int:
        """Return the number of the stream that *data* is once packed."""
        return self.stream(pack(data, FAST), f"/Filter/FlateDecode{entries}")

    def end(self, root: int, info: int) -> bytes:
        """Return the file, whose catalog is *root* and whose description is *info*."""
        numbers = [number for number, (kind, _, _) in enumerate(self._places) if kind == PACKED]
        for start in range(0, len(numbers), TOGETHER):
            self._together(numbers[start : start + TOGETHER])
        table, start = self.reserve(), self._size
        self._places[table] = (APART, start, 0)
        rows = struct.pack(">" + "BIB" * (table + 1), *chain.from_iterable(self._places))
        identity = hashlib.blake2b(b"".join(self._parts), digest_size=16).hexdigest()
        trailer = f"/Root {root} 0 R/Info {info} 0 R/ID[<{identity}><{identity}>]"
        self.stream(pack(rows, FAST), f"/Type/XRef/W[1 4 1]/Size {table + 1}{trailer}/Filter/FlateDecode", table)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _together(self, numbers: Sequence[int]) -> None:
        """Write the objects called *numbers* packed as one."""
        texts = [self._texts[number] for number in numbers]
        offsets = accumulate((len(text) + 1 for text in texts), initial=0)
        head = " ".join([f"{number} {offset}" for number, offset in zip(numbers, offsets, strict=False)]) + "\n"
        data = (head + "\n".join(texts)).encode("ascii")
        holder = self.packed(data, f"/Type/ObjStm/N {len(texts)}/First {len(head)}")
        for index, number in enumerate(numbers):
            self._places[number] = (PACKED, holder, index)

    def _write(self, *parts: bytes) -> None:
        """Write *parts*."""
        self._parts += parts
        self._size += sum(map(len, parts))


def pack(data: bytes, level: int = TIGHT) -> bytes:
    """Return *data* packed."""
    return zlib.compress(data, level)


def string(text: str) -> str:
    """Return *text* as a string of a file (ISO 32000-1, 7.9.2.2)."""
    return f"({text})" if PLAIN.fullmatch(text) else f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return *value* as a file has it, to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def references(numbers: Iterable[int]) -> str:
    """Return an array of references to the objects called *numbers*."""
    return f"[{' '.join([f'{each} 0 R' for each in numbers])}]"
