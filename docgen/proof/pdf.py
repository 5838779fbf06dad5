"""Reads a PDF back from its bytes: the codes its pages show, by the maps of its fonts, in the order they are read."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, product
from typing import TYPE_CHECKING, TypeAlias

from docgen import proof
from docgen.document import Address, Document, Table
from docgen.frozen import dataclass
from docgen.look import Look
from docgen.look.stationery import Furniture
from docgen.proof import direct, said

if TYPE_CHECKING:
    from pikepdf import Object, Pdf
    from pikepdf import Page as Sheet

FORM = "PDF"
# The operators of a page are a handful, and its strings hexadecimal.
MARKED = rb"(?s)/(\w+) <</(?:MCID (\d+)|Type /\w+)>> BDC\n(.*?)EMC"
SHOWING = rb"/(\S+) \S+ Tf \[<(.*?)>\] TJ"
SHOWN = b" TJ"
KERN = rb">[^<]*<"
MAPPING = rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>"
FURNITURE = b"Artifact"
BULLET = "•"

Map: TypeAlias = Mapping[int, str]
Number: TypeAlias = tuple[int, int]  # of an object in the file


@dataclass(frozen=True, slots=True)
class Content:
    """A text on a page, both counted from 0, and the element of the structure that it belongs to."""

    page: int
    number: int
    element: Number
    text: str


def check(data: bytes, document: Document, look: Look) -> None:
    """Raise Problems if the PDF *data* does not say what *document* does, on its pages and at their edges.

    What is sound to a direct reader is; of all else a full reader says what is wrong with it, if anything is.
    """
    if not is_sound(data, document, look):
        _check_fully(data, document, look)


def is_sound(data: bytes, document: Document, look: Look) -> bool:
    """Return whether the PDF *data* is written as ours are and says what *document* does, with the edges of *look*."""
    try:
        found = direct.read(data)
    except proof.Strange:
        return False
    return found.words.split() == _wanted(document, look) and not any(_faults(found.edges, document, look))


def _check_fully(data: bytes, document: Document, look: Look) -> None:
    """Raise Problems if the PDF *data* does not say what *document* does to a reader of whatever may be written."""
    from pikepdf import Pdf  # noqa: PLC0415 - what docgen writes itself is read directly

    wanted = _wanted(document, look)
    with Pdf.open(io.BytesIO(data)) as pdf:
        contents, edges = _read(pdf)
        found = said.words("".join(item.text for item in group) for _, group in groupby(contents, _element))
        if found != wanted:  # columns that are higher than a page are side by side on each of them
            found = "".join(_aloud(pdf, contents)).split()
    proof.compare(FORM, found, wanted)
    for fault in _faults(edges, document, look):
        raise proof.wrong(FORM, fault)


def _element(content: Content) -> Number:
    """Return the element of *content*."""
    return content.element


def _read(pdf: Pdf) -> tuple[list[Content], list[str]]:
    """Return the contents of *pdf* as they come on its pages, and the text of the furniture of each."""
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums
    maps: dict[Number, Map] = {}
    contents: list[Content] = []
    edges: list[str] = []
    for number, page in enumerate(pdf.pages):
        elements = owners[2 * number + 1]
        furniture = []
        for tag, identifier, text in _texts(number, page, maps):
            if tag == FURNITURE:
                furniture.append(text)
            else:
                element = elements[int(identifier)]
                element = element.P if tag == b"Link" else element
                contents.append(Content(number, int(identifier), element.objgen, text))
        edges.append("".join(furniture))
    return contents, edges


def _texts(number: int, page: Sheet, maps: dict[Number, Map]) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield tag, number and text of each marked content of the *page* called *number*; *maps* are those read so far."""
    fonts = {name[1:].encode(): font for name, font in page.resources.Font.items()}
    for font in fonts.values():
        if font.objgen not in maps:
            maps[font.objgen] = _map(font.ToUnicode.read_bytes())
    known = {name: maps[font.objgen] for name, font in fonts.items()}
    operators, shown = page.Contents.read_bytes(), 0
    for tag, identifier, inner in re.findall(MARKED, operators):
        strings = re.findall(SHOWING, inner)
        shown += len(strings)
        yield tag, identifier, "".join([_text(codes, known[font]) for font, codes in strings])
    if shown != operators.count(SHOWN):
        raise proof.wrong(FORM, f"page {number + 1} shows text that is not marked as what it is")


@lru_cache(maxsize=32)
def _map(mapping: bytes) -> Map:
    """Return the characters that the codes of a font stand for by its *mapping*, the same in many files."""
    found = re.findall(MAPPING, mapping)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


def _text(codes: bytes, characters: Map) -> str:
    """Return the text that the kerned *codes*, two bytes each, show in a font whose codes stand for *characters*."""
    shown = bytes.fromhex(re.sub(KERN, b"", codes).decode())
    try:
        return "".join(map(characters.__getitem__, struct.unpack(f">{len(shown) // 2}H", shown)))
    except (KeyError, struct.error):
        raise proof.wrong(FORM, "a sign on a page stands for no character") from None


def _aloud(pdf: Pdf, contents: Iterable[Content]) -> list[str]:
    """Return the texts of *contents* in the order of the structure of *pdf*, elements apart from each other."""
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415 - it takes a while to load

    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    texts = {(item.page, item.number): item.text for item in contents}
    found: list[str] = []

    def read(element: Object, page: int) -> None:
        page = pages[element.Pg.objgen] if Name.Pg in element else page
        apart = "" if element.get(Name.S) == Name.Link else " "
        found.append(apart)
        kids = element.get(Name.K)
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                found.append(texts.get((page, kid), ""))
            elif isinstance(kid, Dictionary) and Name.MCID in kid:
                found.append(texts.get((pages[kid.Pg.objgen], int(kid.MCID)), ""))
            elif isinstance(kid, Dictionary) and Name.S in kid:
                read(kid, page)
        found.append(apart)

    read(pdf.Root.StructTreeRoot, 0)
    return found


def _wanted(document: Document, look: Look) -> list[str]:
    """Return the words of *document* in the order they are read; an address stands before its mark."""
    wanted: list[str] = []
    for section, first in said.sections(document.blocks):
        wanted += said.letterhead(document, look) if first else []
        for block in sorted(section, key=lambda block: not isinstance(block, Address)):
            wanted += said.texts(block, bullet=BULLET)
    return clean(" ".join(wanted)).split()


def _faults(edges: Sequence[str], document: Document, look: Look) -> Iterator[str]:
    """Yield what is wrong with the furniture at the *edges* of the pages, which should be that of *look*.

    Above the foot stands nothing but the head of the page and those of tables that go on.
    """
    house, count = look.stationery, len(edges)
    for number, edge in enumerate(edges, start=1):
        bare = squeezed([edge])
        feet = (house.first_footer, house.footer) if number == 1 else (house.footer, house.first_footer)
        wanted = [_edge(each, document, number, count) for each in feet]
        ends = [foot for foot in wanted if bare.endswith(foot)]
        if not any(bare.removesuffix(foot) in _heads(bare == foot, number, count, document, look) for foot in ends):
            yield f"page {number} has {proof.shown(bare)} at its edges where {proof.shown(wanted[-1])} belongs"


def _heads(nothing: bool, number: int, count: int, document: Document, look: Look) -> set[str]:  # noqa: FBT001
    """Return what may stand above the foot of page *number* of *count*, if it is more than *nothing*."""
    if nothing:
        return {""}
    tables = (block for block in document.blocks if isinstance(block, Table))
    heads = {"", *(squeezed([column.head for column in table.columns]) for table in tables)}
    page = _edge(look.stationery.header, document, number, count)
    return set(map("".join, product({"", page}, heads)))


def _edge(furniture: Furniture, document: Document, number: int, count: int) -> str:
    """Return the text of *furniture* on page *number* of *count*."""
    return squeezed(furniture.texts(document, number, count))


def squeezed(texts: Sequence[str]) -> str:
    """Return *texts* as they are printed, without the room between their words."""
    return "".join(clean(" ".join(texts)).split())


def clean(text: str) -> str:
    """Return *text* as it is printed: letters with their accents in one, and no soft hyphens."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "")
