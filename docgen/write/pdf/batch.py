"""Many PDFs as one to print, written piece by piece: what is in memory is the piece in hand and a number an object.

The structure for readers' software is left out, as what comes out goes to a printer.
"""

from __future__ import annotations

import hashlib
import io
from array import array
from collections.abc import Generator, Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from docgen.frozen import dataclass

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOG, PAGES, OUTLINES, INFO = 1, 2, 3, 4
# Printed as large as it is, on both sides, turned over its long edge (ISO 32000-1, table 150).
PRINTING = b"<</PrintScaling /None /Duplex /DuplexFlipLongEdge /PickTrayByPDFSize true /DisplayDocTitle true>>"
SIDES = 2
KEPT = (Name.MediaBox, Name.Resources, Name.Contents)

Value: TypeAlias = Object | bool | int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A PDF to print, and the name of its bookmark."""

    name: str
    content: bytes


def pages(content: bytes) -> int:
    """Return how many pages the PDF *content* has."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def readable(content: bytes) -> bool:
    """Return whether *content* is a PDF that can be read."""
    try:
        return bool(pages(content))
    except PdfError:
        return False


def title(content: bytes) -> str:
    """Return what the PDF *content* says it is called, empty if it says nothing."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return str(pdf.docinfo.get(Name.Title, ""))


def write(pieces: Iterable[Piece], title: str, author: str, *, duplex: bool = True) -> Iterator[bytes]:
    """Yield the file called *title* in which each of *pieces* begins on a page of its own, on a sheet if *duplex*."""
    file = File()
    yield file.raw(HEAD)
    nodes, marks, count = array("L"), Marks(), 0
    for piece in pieces:
        with Pdf.open(io.BytesIO(piece.content)) as pdf:
            node = file.reserve()
            leaves = yield from _leaves(file, pdf, node, duplex=duplex)
            yield file.filled(node, _node(PAGES, leaves, len(leaves)))
        nodes.append(node)
        count += len(leaves)
        yield from marks.add(file, piece.name, leaves[0])
    yield from marks.close(file)
    yield file.filled(PAGES, _node(0, nodes, count))
    yield file.filled(CATALOG, _catalog(marks.count))
    yield file.filled(INFO, _info(title, author))
    yield file.end()


@dataclass(slots=True)
class File:
    """A PDF file being written: where each of its objects begins, and the sum of its bytes."""

    offsets: array[int] = field(default_factory=lambda: array("Q", [0] * (INFO + 1)))
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def raw(self, content: bytes) -> bytes:
        """Return *content*, counted."""
        self.size += len(content)
        self.digest.update(content)
        return content

    def reserve(self) -> int:
        """Return the number of a new object."""
        self.offsets.append(0)
        return len(self.offsets) - 1

    def filled(self, number: int, body: bytes) -> bytes:
        """Return the object called *number*."""
        self.offsets[number] = self.size
        return self.raw(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def end(self) -> bytes:
        """Return the end of the file: where everything is."""
        start, count = self.size, len(self.offsets)
        places = b"".join(b"%010d 00000 n \n" % offset for offset in self.offsets[1:])
        identity = self.digest.hexdigest()[:32].encode()
        trailer = b"<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>" % (count, CATALOG, INFO, identity, identity)
        table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, places)
        return b"%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (table, trailer, start)


@dataclass(slots=True)
class Marks:
    """The bookmarks, one after the other; each is written once the next is known."""

    count: int = 0
    first: int = 0
    last: int = 0
    waiting: bytes = b""

    def add(self, file: File, name: str, page: int) -> Iterator[bytes]:
        """Yield the bookmark before the one called *name*, which leads to *page*."""
        number = file.reserve()
        if self.count:
            yield file.filled(self.last, self.waiting + b" /Next %d 0 R>>" % number)
        before = b" /Prev %d 0 R" % self.last if self.count else b""
        title = String(name).unparse()
        self.waiting = b"<</Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]%s" % (title, OUTLINES, page, before)
        self.first, self.last, self.count = self.first or number, number, self.count + 1

    def close(self, file: File) -> Iterator[bytes]:
        """Yield the last bookmark, and what holds them all."""
        if self.count:
            yield file.filled(self.last, self.waiting + b">>")
            ends = (self.first, self.last, self.count)
            yield file.filled(OUTLINES, b"<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>" % ends)
        else:
            yield file.filled(OUTLINES, b"<</Type /Outlines>>")


def _leaves(file: File, pdf: Pdf, parent: int, *, duplex: bool) -> Generator[bytes, None, list[int]]:
    """Yield the pages of *pdf* and all they use, then return their numbers; a blank back is one of them."""
    copy = Copy(file)
    found: list[int] = []
    for page in pdf.pages:
        entries = [b"%s %s" % (key.unparse(), copy.value(page.obj[key])) for key in KEPT if key in page.obj]
        found.append(file.reserve())
        yield file.filled(found[-1], _leaf(parent, b" ".join(entries)))
        yield from copy.rest()
    if duplex and len(found) % SIDES:
        found.append(file.reserve())
        box = copy.value(pdf.pages[-1].obj.MediaBox)
        yield file.filled(found[-1], _leaf(parent, b"/MediaBox %s /Resources <<>>" % box))
    return found


class Copy:
    """Objects of one file on their way into another; each is copied once."""

    def __init__(self, file: File) -> None:
        """Copy into *file*."""
        self._file = file
        self._numbers: dict[tuple[int, int], int] = {}
        self._open: list[tuple[int, Object]] = []

    def value(self, value: Value) -> bytes:
        """Return *value* as it is written, a reference in place of an object that has a number of its own."""
        if isinstance(value, Object) and value.is_indirect:
            return b"%d 0 R" % self._number(value)
        return self._direct(value)

    def rest(self) -> Iterator[bytes]:
        """Yield the objects that were referred to, and those they refer to."""
        while self._open:
            number, value = self._open.pop()
            yield self._file.filled(number, self._direct(value))

    def _number(self, value: Object) -> int:
        """Return the number that *value* has in the file."""
        if value.objgen not in self._numbers:
            self._numbers[value.objgen] = self._file.reserve()
            self._open.append((self._numbers[value.objgen], value))
        return self._numbers[value.objgen]

    def _direct(self, value: Value) -> bytes:  # noqa: PLR0911 - one case for each kind of object
        """Return what *value* itself holds."""
        match value:
            case Stream():
                return self._stream(value)
            case Dictionary():
                return self._entries(value)
            case Array():
                return b"[%s]" % b" ".join(self.value(item) for item in value)
            case Object():
                return value.unparse()
            case bool():
                return b"true" if value else b"false"
            case None:
                return b"null"
            case _:
                return str(value).encode()

    def _entries(self, value: Object) -> bytes:
        """Return the dictionary *value*."""
        pairs = (b"%s %s" % (Name(key).unparse(), self.value(item)) for key, item in value.items())
        return b"<<%s>>" % b" ".join(pairs)

    def _stream(self, value: Stream) -> bytes:
        """Return the stream *value*, packed as it is."""
        raw = value.read_raw_bytes()
        head = Dictionary({key: item for key, item in value.stream_dict.items() if key != "/Length"})
        head.Length = len(raw)
        return b"%s\nstream\n%s\nendstream" % (self._entries(head), raw)


def _leaf(parent: int, entries: bytes) -> bytes:
    """Return a page below *parent* with *entries*."""
    return b"<</Type /Page /Parent %d 0 R %s>>" % (parent, entries)


def _node(parent: int, kids: Iterable[int], count: int) -> bytes:
    """Return the node of the tree of pages that holds *kids*, with *count* pages below it; the root has no *parent*."""
    above = b" /Parent %d 0 R" % parent if parent else b""
    inner = b" ".join(b"%d 0 R" % kid for kid in kids)
    return b"<</Type /Pages%s /Kids [%s] /Count %d>>" % (above, inner, count)


def _catalog(marks: int) -> bytes:
    """Return the catalog of a file with so many *marks*."""
    mode = b"/UseOutlines" if marks else b"/UseNone"
    parts = (PAGES, OUTLINES, mode, PRINTING)
    return b"<</Type /Catalog /Pages %d 0 R /Outlines %d 0 R /PageMode %s /ViewerPreferences %s>>" % parts


def _info(title: str, author: str) -> bytes:
    """Return what the file says of itself."""
    names = {"Title": title, "Author": author, "Creator": "docgen", "Producer": "docgen"}
    return b"<<%s>>" % b" ".join(b"/%s %s" % (key.encode(), String(name).unparse()) for key, name in names.items())
