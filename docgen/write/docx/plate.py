"""A house made ready to print from: what never changes is packed already, what does is a template."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Length, Mm
from jinja2 import TemplateError
from lxml import etree

from docgen.document import Paper
from docgen.frozen import dataclass
from docgen.look import Look
from docgen.look.fonts import Face, characters
from docgen.write.docx import about, archive, stationery, tags
from docgen.write.docx.archive import Block, Packed
from docgen.write.docx.heads import Element
from docgen.write.docx.tags import Filler

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
TEXT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
SPOKEN = ("word/styles.xml", "word/settings.xml")
LAST_RULE = "w:style[w:name/@w:val='Docgen Table']/w:tblStylePr[@w:type='lastRow']/w:tcPr/w:tcBorders"
CHANGES = re.compile(r"\{[{%]|<wp:docPr ")  # what in a header is not the same in every document
BLANK = re.compile(r"docgen-([a-z]+)")  # in the properties of the file
A_DAY = datetime(1901, 2, 3)  # noqa: DTZ001 - python-docx wants no time zone
KEPT = 8  # houses


@dataclass(frozen=True, eq=False)
class Plate:
    """A house: *text* fills its body and *furniture* the other parts that change, by their names.

    *space* declares the namespaces of the text, *start* is all before its body, *section* the XML that ends it, *rule*
    that of the borders below a table's last row. Every other one of the *properties* is the name of a text, *links* are
    those of the text but for their end. The *fixed* parts never change, the *spoken* ones do with a language.
    *signs* are those that a font of it has.
    """

    space: str
    start: str
    text: Filler
    section: str
    rule: str
    furniture: tuple[tuple[str, Filler], ...]
    properties: tuple[str, tuple[str, ...]]
    links: str
    images: int
    fixed: tuple[tuple[str, Packed], ...]
    spoken: tuple[tuple[str, bytes], ...]
    signs: frozenset[str]


def of(look: Look) -> Plate:
    """Return the house of *look*, made ready; raises TemplateError if it cannot be filled."""
    try:
        return _plate(look.template, look.measure, tuple(faces[Face.REGULAR] for faces in look.fonts.values()))
    except (AttributeError, TypeError, ValueError, LookupError) as error:  # nothing but the house goes in
        raise TemplateError(str(error)) from error


@lru_cache(maxsize=KEPT)
def _plate(template: bytes, measure: float, fonts: tuple[bytes, ...]) -> Plate:
    """Return the house *template*, whose text has the width *measure* and is set in *fonts*, made ready."""
    word = docx.Document(io.BytesIO(template))
    stationery.finish(word, measure)
    about.describe(word.core_properties, {name: f"docgen-{name}" for name in about.TEXTS}, A_DAY)
    body, rules = word.element.body, word.styles.element.xpath(LAST_RULE)
    tags.bared(body)
    section = _alone(body.sectPr)
    body.remove(body.sectPr)
    tags.mark(body)
    parts, furniture = _parts(word), dict(_furniture(word))
    changing = {name: text for name, text in furniture.items() if CHANGES.search(text)}
    parts |= {name: text.encode() for name, text in furniture.items()}
    core = str(word.part.package._core_properties_part.partname.membername)
    packed = archive.contents(template)
    apart = {TEXT, LINKS, core, *changing, *SPOKEN}
    return Plate(
        space=" ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in word.element.nsmap.items()),
        start=HEAD + etree.tostring(word.element, encoding="unicode").partition("<w:body>")[0] + "<w:body>",
        text=tags.filler(tags.source(body).removesuffix("</w:body>")),
        section=section,
        rule=_alone(rules[0]) if rules else "",
        furniture=tuple((name, tags.filler(text)) for name, text in changing.items()),
        properties=(core, tuple(BLANK.split(parts[core].decode().replace(A_DAY.isoformat(), "docgen-day")))),
        links=parts[LINKS].decode().removesuffix("</Relationships>"),
        images=sum(name.startswith("word/media/") for name in parts),
        fixed=tuple((name, _packed(data, packed)) for name, data in parts.items() if name not in apart),
        spoken=tuple((name, parts[name]) for name in SPOKEN),
        signs=frozenset("\n").union(*map(characters, fonts)),
    )


class _Collector:
    """What gathers the parts that python-docx writes."""

    def __init__(self) -> None:
        """Begin without any."""
        self.parts: dict[str, bytes] = {}

    def write(self, name: PackURI, data: bytes) -> None:
        """Keep the part called *name*, which holds *data*."""
        self.parts[name.membername] = data


def _parts(word: Word) -> dict[str, bytes]:
    """Return the parts of *word* by their names; the first says of which types they are and the codes will be."""
    package, found = word.part.package, _Collector()
    code = Part(PackURI("/word/media/code.png"), CONTENT_TYPE.PNG)
    PackageWriter._write_content_types_stream(found, [*package.parts, code])  # type: ignore[no-untyped-call] # python-docx
    PackageWriter._write_pkg_rels(found, package.rels)  # type: ignore[no-untyped-call] # python-docx
    PackageWriter._write_parts(found, package.parts)  # type: ignore[arg-type] # python-docx
    return found.parts


def _furniture(word: Word) -> Iterator[tuple[str, str]]:
    """Yield the names of the headers and footers of *word* and their XML, its tags as Jinja knows them."""
    for part in stationery.parts(word):
        yield part.partname.membername, HEAD + tags.source(part.element)


def _alone(element: Element) -> str:
    """Return the XML of *element* without the namespaces declared in it."""
    return re.sub(r' xmlns:[^"]*="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def _packed(data: bytes, packed: Mapping[tuple[int, int], Packed]) -> Packed:
    """Return *data* as it is *packed* in the house already, if it is."""
    return packed.get((zlib.crc32(data), len(data))) or archive.packed(data, archive.BEST)


@lru_cache(maxsize=4 * KEPT)
def beginning(plate: Plate, language: str) -> Block:
    """Return what each file in *language* made from *plate* begins with."""
    spoken = ((name, archive.packed(about.spoken(data, language), archive.BEST)) for name, data in plate.spoken)
    return archive.block(archive.member(name, data) for name, data in (*plate.fixed, *spoken))


@lru_cache(maxsize=4 * KEPT)
def section(plate: Plate, paper: Paper, right: int) -> str:
    """Return what ends a section of *plate* on *paper*, with a margin *right* of its text."""
    element = parse_xml(f"<x {plate.space}>{plate.section}</x>")[0]
    found = Section(element, None)  # type: ignore[arg-type] # it has no parent
    found.page_width, found.page_height, found.right_margin = Mm(paper.width), Mm(paper.height), Length(right)
    if paper.sender:
        found.header_distance = max(found.header_distance or Length(0), Mm(paper.sender.top))
    return _alone(element)
