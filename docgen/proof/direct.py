"""Reads PDFs directly that keep to the few ways in which ours are written, at a fraction of what a full reader takes.

What is written in any other way is Strange: no word is said about it, and a full reader has to look.
"""

from __future__ import annotations

import re
import struct
import zlib
from binascii import Error, unhexlify
from collections.abc import Iterator, Mapping
from functools import lru_cache

from docgen.frozen import NamedTuple, dataclass
from docgen.proof import Strange

START = re.compile(rb"startxref\n(\d+)\n%%EOF\n")
TAIL = 40  # bytes in which the end of a file begins
STREAM = re.compile(rb"(\d+) 0 obj\n<</Length (\d+)([^\n]*)>>\nstream\n")
FILTER = b"/Filter/FlateDecode"
STREAM_END = b"\r\nendstream\nendobj\n"
TABLE = re.compile(rb"/Type/XRef/W\[1 4 1\]/Size (\d+)/Root (\d+) 0 R/Info ")
HOLDER = re.compile(rb"/Filter/FlateDecode/Type/ObjStm/N \d+/First (\d+)")
CATALOG = re.compile(rb"<</Type/Catalog/Pages (\d+) 0 R/.*/StructTreeRoot (\d+) 0 R[/>]")
PAGES = re.compile(rb"<</Type/Pages/Count (\d+)/Kids\[([\d R]+)\]>>")
PAGE = re.compile(
    rb"<</Type/Page/Parent \d+ 0 R/Resources<</Font<<([^<>]*)>>[^>]*(?:>>)?>>/MediaBox\[[\d. ]+\]"
    rb"/Contents (\d+) 0 R/StructParents (\d+)[/>]"
)
FONT = re.compile(rb"/(\w+) (\d+) 0 R")
MAPPED = re.compile(rb"<</Type/Font/Subtype/Type0/[^<>]*/ToUnicode (\d+) 0 R>>")
TREE = re.compile(rb"<</Type/StructTreeRoot/.*/ParentTree (\d+) 0 R[/>]")
OWNERS = re.compile(rb"<</Nums\[((?:\d+ \d+ 0 R ?)+)\]>>")
REFERENCES = re.compile(rb"\[((?:\d+ 0 R ?)*)\]")
ELEMENT, LINKED = b"<</Type/StructElem/S/", b"<</Type/StructElem/S/Link/"
LINK = re.compile(rb"<</Type/StructElem/S/Link/P (\d+) 0 R/")
ENTRY = struct.Struct(">BIB")
APART, PACKED = 1, 2
KERN = re.compile(rb">-?[\d.]+<")  # between strings
MARK = re.compile(rb"/(\w+) <</(?:MCID (\d+)|Type /\w+)>> BDC\n")
SHOWING = re.compile(rb"/([^ ]+) [^ ]+ Tf \[<([^\]]*)>\] TJ")
SHOWN, IN_FONT, END = b" TJ", b" Tf ", b"EMC"
MAPPING = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
FURNITURE = b"Artifact"


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What the codes of a font stand for, given as characters; and those that stand for themselves."""

    characters: Mapping[str, str]
    same: frozenset[str]


class Said(NamedTuple):
    """What a file says: the texts of its elements apart from each other, and the furniture of each page."""

    words: str
    edges: list[str]


def read(data: bytes) -> Said:
    """Return what the PDF *data* says; raises Strange if that cannot be told for sure."""
    try:
        return _said(File(data))
    except (LookupError, ValueError, TypeError, struct.error, zlib.error, Error) as error:
        raise Strange from error


def _said(file: File) -> Said:
    """Return what *file* says."""
    pages, owners = _pages(file)
    words: list[str] = []
    edges = [""] * len(pages)
    last = 0
    for number, page in enumerate(pages):
        for element, text in _texts(file, page, owners):
            if not element:
                edges[number] += text
                continue
            words += (text,) if element == last else (" ", text)
            last = element
    return Said("".join(words), edges)


class File:
    """The objects of a PDF, each where the table at its end says."""

    def __init__(self, data: bytes) -> None:
        """Read the table of the file *data*."""
        self._data = data
        start = int(_match(START, data[-TAIL:], data[-TAIL:].rindex(b"startxref"))[1])
        number, rows, entries = self._stream(start)
        head = _match(TABLE, entries)
        self._table, self.root = list(ENTRY.iter_unpack(unpacked(rows, entries))), int(head[2])
        self._held: dict[int, tuple[list[int], bytes]] = {}
        if len(self._table) != int(head[1]) or self._table[number] != (APART, start, 0):
            raise Strange

    def text(self, number: int) -> bytes:
        """Return the object *number*, which is packed with others."""
        kind, holder, index = self._table[number]
        if kind != PACKED:
            raise Strange
        head, data = self._held.get(holder) or self._hold(holder)
        place = 2 * index
        if head[place] != number:
            raise Strange
        return data[head[place + 1] : head[place + 3] - 1]

    def stream(self, number: int) -> bytes:
        """Return what the stream *number* holds."""
        return unpacked(*self._apart(number))

    def packed(self, number: int) -> bytes:
        """Return what the stream *number* is packed as."""
        data, entries = self._apart(number)
        if FILTER not in entries:
            raise Strange
        return data

    def _hold(self, holder: int) -> tuple[list[int], bytes]:
        """Return the numbers and places of the objects that are packed in the stream *holder*, and these."""
        packed, entries = self._apart(holder)
        data, first = unpacked(packed, entries), int(_match(HOLDER, entries)[1])
        texts = data[first:]
        self._held[holder] = [*map(int, data[:first].split()), 0, len(texts) + 1], texts
        return self._held[holder]

    def _apart(self, number: int) -> tuple[bytes, bytes]:
        """Return what the stream *number* is packed as, and its entries."""
        kind, offset, _ = self._table[number]
        found, data, entries = self._stream(offset)
        if kind != APART or found != number:
            raise Strange
        return data, entries

    def _stream(self, offset: int) -> tuple[int, bytes, bytes]:
        """Return the number of the stream at *offset*, what it is packed as and its entries."""
        head = _match(STREAM, self._data, offset)
        end = head.end() + int(head[2])
        if not self._data.startswith(STREAM_END, end):
            raise Strange
        return int(head[1]), self._data[head.end() : end], head[3]


def unpacked(data: bytes, entries: bytes) -> bytes:
    """Return what the *data* of a stream with these *entries* is."""
    return zlib.decompress(data) if FILTER in entries else data


def _match(pattern: re.Pattern[bytes], data: bytes, at: int = 0) -> re.Match[bytes]:
    """Return how *pattern* matches *data* at this place."""
    found = pattern.match(data, at)
    if found is None:
        raise Strange
    return found


def _pages(file: File) -> tuple[list[int], dict[int, int]]:
    """Return the numbers of the pages of *file*, and those of the lists of the elements on them."""
    catalog = _match(CATALOG, file.text(file.root))
    count, kids = _match(PAGES, file.text(int(catalog[1]))).groups()
    tree = _match(TREE, file.text(int(catalog[2])))
    pairs = _match(OWNERS, file.text(int(tree[1])))[1].split()
    pages = _references(kids)
    if len(pages) != int(count):
        raise Strange
    return pages, dict(zip(map(int, pairs[::4]), map(int, pairs[1::4]), strict=True))


def _references(numbers: bytes) -> list[int]:
    """Return the *numbers* of objects that are referred to."""
    return list(map(int, numbers.split()[::3]))


def _texts(file: File, page: int, owners: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Yield the texts on *page* of *file* with the elements that they belong to, 0 for furniture."""
    fonts, contents, parents = _match(PAGE, file.text(page)).groups()
    elements = _references(_match(REFERENCES, file.text(owners[int(parents)]))[1])
    known = {name: _codes(file, int(font)) for name, font in FONT.findall(fonts)}
    operators, shown = file.stream(int(contents)), 0
    parts = MARK.split(operators)
    for tag, identifier, inner in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        strings = SHOWING.findall(inner, 0, inner.index(END))
        shown += len(strings)
        element = 0 if tag == FURNITURE else _element(file, elements[int(identifier)])
        yield element, "".join([_text(codes, known[font]) for font, codes in strings])
    if {operators.count(SHOWN), operators.count(IN_FONT)} != {shown}:
        raise Strange


def _element(file: File, number: int) -> int:
    """Return the element *number*, or the one it stands in if it is a link."""
    text = file.text(number)
    if not text.startswith(ELEMENT):
        raise Strange
    return int(_match(LINK, text)[1]) if text.startswith(LINKED) else number


def _codes(file: File, font: int) -> Codes:
    """Return what the codes of the *font* of *file* stand for."""
    return _map(file.packed(int(_match(MAPPED, file.text(font))[1])))


@lru_cache(maxsize=32)
def _map(packed: bytes) -> Codes:
    """Return what the codes of a font stand for by its map as it is *packed*, the same in many files."""
    pairs = MAPPING.findall(zlib.decompress(packed))
    found = {chr(int(code, 16)): unhexlify(text).decode("utf-16-be") for code, text in pairs}
    return Codes(found, frozenset(code for code, text in found.items() if text == code))


@lru_cache(maxsize=8192)
def _text(strings: bytes, codes: Codes) -> str:
    """Return the text of kerned *strings*, which other files may have, in a font with these *codes*."""
    text = unhexlify(KERN.sub(b"", strings)).decode("utf-16-be", "surrogatepass")
    if codes.same.issuperset(text):
        return text
    return "".join([codes.characters[code] for code in text])
