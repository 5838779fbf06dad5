"""A house made ready to print from: what never changes is packed already, what does is a template."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Length, Mm, Pt
from lxml import etree

from docgen.document import Document
from docgen.look import Look
from docgen.write.docx import archive, check, file, runs, stationery, tags
from docgen.write.docx.archive import Block, Member
from docgen.write.docx.code import Album
from docgen.write.docx.heads import Element
from docgen.write.docx.tags import Filler, Values

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
TEXT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
SPOKEN = ("word/styles.xml", "word/settings.xml")
LAST_RULE = "w:style[w:name/@w:val='Docgen Table']/w:tblStylePr[@w:type='lastRow']/w:tcPr/w:tcBorders"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
LINK = f'<Relationship Id="{{link}}" Type="{IMAGE}" Target="{{target}}"/>'
BLANK = re.compile(r"docgen-([a-z]+)")  # in the properties of the file
A_DAY = datetime(1901, 2, 3)  # noqa: DTZ001 - python-docx wants no time zone
CHANGES = re.compile(r"\{[{%]|<wp:docPr ")  # what in a header is not the same in every document
NUMBER = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+')
KEPT = 8  # houses


@dataclass(frozen=True, eq=False)
class Plate:
    """A house. *text* fills its body and *furniture* the other parts whose text changes, by their names.

    *space* declares the namespaces of the text, *start* is all before its body, *section* the XML that ends it, *rule*
    that of the borders below a table's last row. *properties* have blanks, *links* are those of the text, *fixed* the
    parts that never change, and *spoken* those with no more in them that does than a language.
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
    fixed: tuple[Member, ...]
    spoken: tuple[tuple[str, bytes], ...]


def of(look: Look) -> Plate:
    """Return the house of *look*, made ready; raises TemplateError if it cannot be filled."""
    return _plate(look.template, look.measure)


@lru_cache(maxsize=KEPT)
def _plate(template: bytes, measure: float) -> Plate:
    """Return the house *template*, whose text has the width *measure*, made ready."""
    word = docx.Document(io.BytesIO(template))
    stationery.finish(word, measure)
    file.describe(word.core_properties, {name: f"docgen-{name}" for name in ("title", "subject", "author", "language")}, A_DAY)
    for changed in [each for each in word.element.iter(etree.Element) if each.tag.endswith("Change")]:
        changed.getparent().remove(changed)
    body = word.element.body
    section = _without(body, body.sectPr)
    tags.mark(body)
    rules = word.styles.element.xpath(LAST_RULE)
    parts = _parts(word)
    texts = {name: parts.pop(name) for name in (TEXT, LINKS)}
    furniture = dict(_furniture(word))
    start, _, _ = etree.tostring(word.element, encoding="unicode").partition("<w:body>")
    fillers = {name: text for name, text in furniture.items() if CHANGES.search(text)}
    parts |= {name: (HEAD + text).encode() for name, text in furniture.items()}
    core = word.part.package._core_properties_part.partname.membername
    changing = {core, *fillers, *SPOKEN}
    return Plate(
        space=" ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in word.element.nsmap.items()),
        start=f"{HEAD}{start}<w:body>",
        text=tags.filler(tags.source(body).removesuffix("</w:body>")),
        section=section,
        rule=_alone(rules[0]) if rules else "",
        furniture=tuple((name, tags.filler(HEAD + text)) for name, text in fillers.items()),
        properties=(core, tuple(BLANK.split(parts[core].decode().replace(A_DAY.isoformat(), "docgen-day")))),
        links=texts[LINKS].decode().removesuffix("</Relationships>"),
        images=sum(name.startswith("word/media/") for name in parts),
        fixed=tuple(archive.member(name, archive.packed(data, archive.BEST)) for name, data in parts.items() if name not in changing),
        spoken=tuple((name, parts[name]) for name in SPOKEN),
    )


def _parts(word: Word) -> dict[str, bytes]:
    """Return the parts of *word* by their names, with that among their types that pictures of codes are of."""
    package, found = word.part.package, dict[str, bytes]()

    class Collector:
        """What gathers parts as python-docx writes them."""

        def write(self, name: PackURI, data: bytes) -> None:
            """Keep the part *name*, which holds *data*."""
            found[name.membername] = data

    types = [*package.parts, Part(PackURI("/word/media/code.png"), CONTENT_TYPE.PNG)]
    PackageWriter._write_content_types_stream(Collector(), types)
    PackageWriter._write_pkg_rels(Collector(), package.rels)
    PackageWriter._write_parts(Collector(), package.parts)
    return found


def _furniture(word: Word) -> Iterator[tuple[str, str]]:
    """Yield the names of the parts of *word* that tags can stand in besides its text, and their XML."""
    for part in stationery.parts(word):
        element = part.element if hasattr(part, "element") else parse_xml(part.blob)
        yield part.partname.membername, tags.source(element)


def _without(parent: Element, element: Element) -> str:
    """Return the XML of *element*, taken out of *parent*."""
    parent.remove(element)
    return _alone(element)


def _alone(element: Element) -> str:
    """Return the XML of *element* without the namespaces declared in it."""
    return re.sub(r' xmlns:[^"]*="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


@lru_cache(maxsize=4 * KEPT)
def first(plate: Plate, language: str) -> Block:
    """Return what each file in *language* made from *plate* begins with."""
    spoken = (archive.member(name, archive.packed(file.spoken(data, language), archive.BEST)) for name, data in plate.spoken)
    return archive.block((*plate.fixed, *spoken))


@lru_cache(maxsize=4 * KEPT)
def section(plate: Plate, paper: tuple[float, float], right: int) -> str:
    """Return what ends a section of *plate* on *paper* of a width and height, with a margin *right* of its text."""
    element = parse_xml(f"<x {plate.space}>{plate.section}</x>")[0]
    found = Section(element, None)  # type: ignore[arg-type]
    found.page_width, found.page_height = map(Mm, paper)
    found.right_margin = Length(right)
    return _alone(element)


def bound(plate: Plate, document: Document, text: str, values: Values, album: Album) -> bytes:
    """Return *document* as a file: its *text* without its start, the *values* of its furniture, and its pictures."""
    members = [archive.member(TEXT, archive.packed(_bytes(plate.start + text, document)))]
    members.append(_properties(plate, document))
    number = count(album.shown + 1)
    for name, filler in plate.furniture:
        filled = _filled(filler, *(values.get(name) for name in filler.names))
        if "<wp:docPr " in filled:
            filled = NUMBER.sub(lambda hit: f"{hit[1]}{next(number)}", filled)
        members.append(archive.member(name, archive.again(_bytes(filled, document))))
    targets = {link: f"media/image{at}.png" for at, link in enumerate(album.pictures.values(), start=plate.images + 1)}
    links = "".join(LINK.format(link=link, target=target) for link, target in targets.items())
    members.append(archive.member(LINKS, archive.again(f"{plate.links}{links}</Relationships>".encode())))
    members += (archive.member(f"word/{targets[link]}", archive.packed(data)) for data, link in album.pictures.items())
    return archive.archive(first(plate, document.language), members)


@lru_cache(maxsize=256)
def _filled(filler: Filler, *values: object) -> str:
    """Return what *filler* makes of the *values* of its names; the next document may have the same."""
    return filler.filled(dict(zip(filler.names, values, strict=True)))


def _properties(plate: Plate, document: Document) -> Member:
    """Return what the file says about *document*."""
    name, parts = plate.properties
    said = {name: runs.attribute(text) for name, text in file.texts(document).items()}
    said["day"] = f"{document.date.isoformat()}T00:00:00"
    text = "".join(said[part] if place % 2 else part for place, part in enumerate(parts))
    return archive.member(name, archive.packed(_bytes(text, document), 0))


def _bytes(text: str, document: Document) -> bytes:
    """Return the XML *text* as bytes; raises Problems if *document* has a character that no Word file can hold."""
    data = text.encode("utf-8", "surrogatepass")
    if not check.is_sound(data):
        check.check(document)
    return data
