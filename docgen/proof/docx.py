"""Reads a Word file back from its parts: the text of its paragraphs, how they are numbered, where references lead."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from lxml import etree

from docgen import proof
from docgen.document import Block, Bullets, Clause, Document
from docgen.look import Look, template
from docgen.look.stationery import PAGE, PAGES, Furniture
from docgen.proof import said

FORM = "Word file"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
HIDDEN = f"{W}rPr/{W}vanish"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BODY, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
RELATIONS = "word/_rels/document.xml.rels"
EDGES = (f"{W}headerReference", f"{W}footerReference")
PART = re.compile(rf"word/((header|footer)\d*|document|styles|numbering|footnotes)\.xml|{RELATIONS}")
SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " "}
BLANK = re.compile(r"\{\{r?\s*([\w.]+)\s*\}\}")
REFERENCE = re.compile(r"\s*REF (\S+) ")
# The blanks of a house in the order of ours; an owner may have put them in another.
OURS = (
    *("block.text", "item", "fact.label", "fact.value", "label", "value", "cell.text", "total.label", "total.amount"),
    *("block.service", "block.sender", "line", "signatory.party", "signatory.name", "field.text"),
    *("block.words", "block.name", "block.role"),
)
COUNTED = (PAGE, PAGES, "page_of")

Parts: TypeAlias = Mapping[str, etree._Element]


class Place(NamedTuple):
    """A list that a paragraph belongs to, and its level there: 0 for a bullet, or else from 1."""

    list: str
    level: int


def check(data: bytes, document: Document, look: Look) -> None:
    """Raise Problems if the Word file *data* does not say what *document* does, or does not number its clauses."""
    parts, ours = read(data), _is_ours(look.template)
    paragraphs = [*parts[BODY].iter(f"{W}p")]
    texts = [text(paragraph) for paragraph in paragraphs]
    wanted = [each for block in document.blocks for each in said.texts(block, number="")]
    if ours:
        proof.compare(FORM, said.words(texts), said.words(wanted))
    else:
        contained(texts, wanted)
    _check_edges(parts, document, look)
    _check_numbers(_places(parts, paragraphs), document, strictly=ours)
    _check_references(parts[BODY])


def read(data: bytes) -> Parts:
    """Return the parts of the Word file *data* that are read; raises Problems if it is not whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if PART.fullmatch(name)}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise proof.wrong(FORM, f"it is not whole ({error})") from error


def is_text(name: str) -> bool:
    """Return whether the part called *name* holds text."""
    return name not in {STYLES, NUMBERING, RELATIONS}


def text(paragraph: etree._Element) -> str:
    """Return the text of *paragraph*, its fields as they are shown, and nothing that is hidden."""
    runs = (run for run in paragraph.iter(f"{W}r") if run.find(HIDDEN) is None)
    return "".join(
        [(sign.text or "") if sign.tag == f"{W}t" else SIGNS.get(sign.tag, "") for run in runs for sign in run]
    )


def contained(texts: Iterable[str], wanted: Iterable[str]) -> None:
    """Raise Problems unless all *wanted* stand somewhere in *texts*."""
    found = squeezed(texts)
    for each in wanted:
        if squeezed([each]) not in found:
            raise proof.wrong(FORM, f"{proof.shown(each)} is not in it")


def squeezed(texts: Iterable[str]) -> str:
    """Return *texts* without the room between their words."""
    return "".join(said.words(texts))


@lru_cache(maxsize=8)
def _is_ours(house: bytes) -> bool:
    """Return whether *house* shows what a document says in our order."""
    lines = template.lines(read(house)[BODY])
    return tuple(dict.fromkeys(blank for line in lines for blank in BLANK.findall(line))) == OURS


def _check_edges(parts: Parts, document: Document, look: Look) -> None:
    """Raise Problems unless the headers and footers that the text in *parts* refers to say what those of *look* do."""
    house = look.stationery
    first, others = (house.first_header, house.first_footer), (house.header, house.footer)
    wanted = {"first": dict(zip(EDGES, first, strict=True)), "default": dict(zip(EDGES, others, strict=True))}
    targets = {link.get("Id"): f"word/{link.get('Target')}" for link in parts[RELATIONS]}
    for reference in parts[BODY].iter(*EDGES):
        furniture = wanted.get(reference.get(f"{W}type", ""), {}).get(str(reference.tag), Furniture())
        found = squeezed(text(line) for line in parts[targets[reference.get(RELATION)]].iter(f"{W}p"))
        for line in _lines(furniture, document):
            if squeezed([line]) not in found:
                raise proof.wrong(FORM, f"{proof.shown(line)} is not at the edge of its pages")


def _lines(furniture: Furniture, document: Document) -> Iterator[str]:
    """Yield what *furniture* says, word by word and without figures where it counts pages, which Word does anew."""
    counts = any(sign in furniture.source for sign in COUNTED)
    for passage in furniture.filled(document):
        yield from (word for word in passage.text.split() if not word.isdigit()) if counts else (passage.text,)


def _places(parts: Parts, paragraphs: Sequence[etree._Element]) -> list[Place]:
    """Return the places in Word's own lists that *paragraphs* have, by themselves or by their styles in *parts*."""
    levels = _levels(parts[NUMBERING]) if NUMBERING in parts else {}
    styles = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}numPr") for style in parts[STYLES].iter(f"{W}style")}
    places = []
    for paragraph in paragraphs:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        own = paragraph.find(f"{W}pPr/{W}numPr")
        found = own if own is not None else styles.get("" if style is None else style.get(VALUE))
        if found is not None and _place(found) in levels:
            places.append(levels[_place(found)])
    return places


def _place(element: etree._Element) -> tuple[str, str]:
    """Return the list and the level that a ``w:numPr`` names."""
    number, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    return "" if number is None else number.get(VALUE, ""), "0" if level is None else level.get(VALUE, "0")


def _levels(numbering: etree._Element) -> dict[tuple[str, str], Place]:
    """Return the places there are in the lists of *numbering*, by list and level."""
    forms = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
    found: dict[tuple[str, str], Place] = {}
    for number in numbering.iter(f"{W}num"):
        link = number.find(f"{W}abstractNumId")
        form = None if link is None else forms.get(link.get(VALUE))
        for level in () if form is None else form.iter(f"{W}lvl"):
            name, sign, depth = number.get(f"{W}numId", ""), level.find(f"{W}numFmt"), level.get(f"{W}ilvl", "0")
            bullet = sign is not None and sign.get(VALUE) == "bullet"
            found[name, depth] = Place(name, 0 if bullet else int(depth) + 1)
    return found


def _check_numbers(places: Sequence[Place], document: Document, *, strictly: bool) -> None:
    """Raise Problems unless the *places* are those of the clauses of *document*, in one list, and of its bullets."""
    wanted = [level for block in document.blocks for level in _wanted(block)]
    lists = {place.list for place in places if place.level}
    found = [place.level for place in places]
    if found != wanted and (strictly or len(found) < len(wanted)):
        raise proof.wrong(
            FORM, f"{len(found)} of its paragraphs are numbered or in lists as they should, not {len(wanted)}"
        )
    if strictly and len(lists) > 1:
        raise proof.wrong(FORM, "the numbers of its clauses begin anew")


def _wanted(block: Block) -> Iterator[int]:
    """Yield the levels at which the paragraphs of *block* are numbered, 0 for those with a bullet."""
    if isinstance(block, Clause):
        yield block.level
    elif isinstance(block, Bullets):
        yield from (0 for _ in block.items)


def _check_references(body: etree._Element) -> None:
    """Raise Problems if a reference in *body* leads nowhere, where Word would show an error for the number."""
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    for code in body.iter(f"{W}instrText"):
        goal = REFERENCE.match(code.text or "")
        if goal and goal[1] not in marks:
            raise proof.wrong(FORM, f"its reference to {goal[1]} leads nowhere")
