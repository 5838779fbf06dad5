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
from typing import NamedTuple, TypeAlias

START = re.compile(rb"startxref\n(\d+)\n%%EOF\n")
TAIL = 40  # bytes in which the end of a file begins
STREAM = re.compile(rb"(\d+) 0 obj\n<</Length (\d+)(?:/Filter(/FlateDecode))?([^\n]*)>>\nstream\n")
STREAM_END = b"\r\nendstream\nendobj\n"
TABLE = re.compile(rb"/Type/XRef/W\[1 4 1\]/Size (\d+)/Root (\d+) 0 R/Info ")
HOLDER = re.compile(rb"/Type/ObjStm/N \d+/First (\d+)")
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
ELEMENT = re.compile(rb"<</Type/StructElem/S/(\w+)/P (\d+) 0 R[/>]")
ENTRY = struct.Struct(">BIB")
APART, PACKED = 1, 2
KERN = re.compile(rb">-?[\d.]+<")
MARK = re.compile(rb"/(\w+) <</(?:MCID (\d+)|Type /\w+)>> BDC\n")
SHOWING = re.compile(rb"/(\w+) [\d.]+ Tf \[<([0-9a-f]*)>\] TJ")
SHOWN, END = b" TJ", b"EMC"
MAPPING = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
NONE, BETWEEN = "\0", b"0000"  # a character that no text has, and its code
CODE = len(BETWEEN)
FURNITURE, LINK = b"Artifact", b"Link"

Strings: TypeAlias = dict[int, list[bytes]]  # that are shown in a font


class Strange(Exception):
    """What is read is not written as docgen writes it."""


class Text(NamedTuple):
    """A text in the file: its page, the element it belongs to (0 for furniture), and its strings by font and place."""

    page: int
    element: int
    strings: list[tuple[int, int]]


class Said(NamedTuple):
    """What a file says: the texts of its elements apart from each other, and the furniture of each page."""

    words: str
    edges: list[str]


def read(data: bytes) -> Said:
    """Return what the PDF *data* says; raises Strange if that cannot be told for sure."""
    try:
        file = File(data)
        strings: Strings = {}
        texts = list(_texts(file, strings))
        shown = {font: _decoded(codes, *_map(file.stream(font))) for font, codes in strings.items()}
    except (LookupError, ValueError, TypeError, struct.error, zlib.error, Error) as error:
        raise Strange from error
    return _said(texts, shown)


def _said(texts: list[Text], shown: Mapping[int, list[str]]) -> Said:
    """Return what *texts* say, whose strings are *shown*."""
    words: list[str] = []
    edges: list[str] = [""] * (texts[-1].page + 1)
    last = 0
    for page, element, strings in texts:
        text = "".join([shown[font][place] for font, place in strings])
        if not element:
            edges[page] += text
            continue
        words += (text,) if element == last else (" ", text)
        last = element
    return Said("".join(words), edges)


class File:
    """The objects of a PDF, each found by the table at its end when it is asked for."""

    def __init__(self, data: bytes) -> None:
        """Read the table of the file *data*."""
        self._data = data
        start = int(_match(START, data[-TAIL:], data[-TAIL:].rindex(b"startxref"))[1])
        number, table, entries = self._stream(start)
        head = _match(TABLE, entries)
        self._table, self._count, self.root = table, int(head[1]), int(head[2])
        self._holders: dict[int, tuple[list[bytes], int, bytes]] = {}
        if len(table) != self._count * ENTRY.size or self._place(number) != (APART, start, 0):
            raise Strange

    def text(self, number: int) -> bytes:
        """Return the object *number*, which is packed with others."""
        kind, holder, index = self._place(number)
        if kind != PACKED:
            raise Strange
        head, first, data = self._holders.get(holder) or self._hold(holder)
        if int(head[2 * index]) != number:
            raise Strange
        end = first + int(head[2 * index + 3]) - 1 if 2 * index + 3 < len(head) else len(data)
        return data[first + int(head[2 * index + 1]) : end]

    def stream(self, number: int) -> bytes:
        """Return what the stream *number* holds."""
        return self._apart(number)[0]

    def _hold(self, number: int) -> tuple[list[bytes], int, bytes]:
        """Return the numbers and places of the objects in the stream *number*, where the first begins, and all."""
        data, entries = self._apart(number)
        first = int(_match(HOLDER, entries)[1])
        self._holders[number] = data[:first].split(), first, data
        return self._holders[number]

    def _apart(self, number: int) -> tuple[bytes, bytes]:
        """Return what the stream *number* holds, and the rest of its entries."""
        kind, offset, _ = self._place(number)
        found, data, entries = self._stream(offset)
        if kind != APART or found != number:
            raise Strange
        return data, entries

    def _place(self, number: int) -> tuple[int, int, int]:
        """Return the row of the table for the object *number*."""
        kind, place, index = ENTRY.unpack_from(self._table, number * ENTRY.size)
        return kind, place, index

    def _stream(self, offset: int) -> tuple[int, bytes, bytes]:
        """Return the number of the stream at *offset*, what it holds and the rest of its entries."""
        head = _match(STREAM, self._data, offset)
        end = head.end() + int(head[2])
        if not self._data.startswith(STREAM_END, end):
            raise Strange
        packed = self._data[head.end() : end]
        last = head[4].endswith(b"/Filter/FlateDecode")
        return int(head[1]), zlib.decompress(packed) if head[3] or last else packed, head[4]


def _match(pattern: re.Pattern[bytes], data: bytes, at: int = 0) -> re.Match[bytes]:
    """Return how *pattern* matches *data* at this place."""
    found = pattern.match(data, at)
    if found is None:
        raise Strange
    return found


def _texts(file: File, strings: Strings) -> Iterator[Text]:
    """Yield the texts of *file* as they come on its pages; what they show goes into *strings*."""
    catalog = _match(CATALOG, file.text(file.root))
    count, kids = _match(PAGES, file.text(int(catalog[1]))).groups()
    tree = _match(TREE, file.text(int(catalog[2])))
    pairs = _match(OWNERS, file.text(int(tree[1])))[1].split()
    owners = dict(zip(map(int, pairs[::4]), map(int, pairs[1::4]), strict=True))
    pages = _references(kids)
    if len(pages) != int(count):
        raise Strange
    for number, page in enumerate(pages):
        fonts, contents, parents = _match(PAGE, file.text(page)).groups()
        elements = _references(_match(REFERENCES, file.text(owners[int(parents)]))[1])
        known = {name: _mapping(file, int(font)) for name, font in FONT.findall(fonts)}
        yield from _marked(number, file, int(contents), elements, known, strings)


def _references(numbers: bytes) -> list[int]:
    """Return the *numbers* of objects that are referred to."""
    return list(map(int, numbers.split()[::3]))


def _mapping(file: File, font: int) -> int:
    """Return the number of the stream of *file* that says what the codes of *font* stand for."""
    return int(_match(MAPPED, file.text(font))[1])


def _marked(  # noqa: PLR0913 - what a page is made of
    number: int, file: File, contents: int, elements: list[int], known: Mapping[bytes, int], strings: Strings
) -> Iterator[Text]:
    """Yield the texts of the page *number* of *file*, whose operators are *contents*, for its *elements*."""
    operators = KERN.sub(b"", file.stream(contents))
    parts, shown = MARK.split(operators), 0
    for tag, identifier, inner in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        found = SHOWING.findall(inner, 0, inner.index(END))
        shown += len(found)
        places = []
        for font, codes in found:
            into = strings.setdefault(known[font], [])
            places.append((known[font], len(into)))
            into.append(codes)
        yield Text(number, 0 if tag == FURNITURE else _element(file, elements[int(identifier)]), places)
    if shown != operators.count(SHOWN):
        raise Strange


def _element(file: File, number: int) -> int:
    """Return the element *number*, or the one it stands in if it is a link."""
    tag, parent = _match(ELEMENT, file.text(number)).groups()
    return int(parent) if tag == LINK else number


@lru_cache(maxsize=32)
def _map(mapping: bytes) -> tuple[Mapping[int, str], frozenset[str]]:
    """Return the characters that the codes of a font stand for by its *mapping*, and those that are their own codes."""
    found = {int(code, 16): unhexlify(text).decode("utf-16-be") for code, text in MAPPING.findall(mapping)}
    return found, frozenset(text for code, text in found.items() if text == chr(code))


def _decoded(codes: list[bytes], characters: Mapping[int, str], same: frozenset[str]) -> list[str]:
    """Return what *codes* stand for by *characters*, of which some are the *same*."""
    if any(len(each) % CODE for each in codes):
        raise Strange
    text = unhexlify(BETWEEN.join(codes)).decode("utf-16-be", "surrogatepass")
    others = {ord(code): characters[ord(code)] for code in set(text) - same - {NONE}}
    texts = text.split(NONE)
    if len(texts) != len(codes):
        raise Strange
    return [each.translate(others) for each in texts] if others else texts
