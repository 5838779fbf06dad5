"""The heads of paragraphs, tables, rows and cells: a start tag and the properties that follow it, as XML.

What a head is to say besides is worked out once; after that it is looked up.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any, TypeAlias

from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Length, Pt, Twips
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat
from docx.text.run import Run
from lxml import etree

from docgen.frozen import NamedTuple

Element: TypeAlias = Any  # python-docx makes the classes of its elements as it runs

END = "<?e?>"  # where a head ends
BREAK = "<?k?>"  # before the head of a paragraph that is nothing but a page break
SIZE = 4096  # heads that are kept
AFTER_MARGINS = ("w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
AFTER_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", *AFTER_MARGINS)
HAIR = Pt(1)  # the height of a paragraph that is there because Word wants one
SIDES = ("top", "start", "left", "bottom", "end", "right", "insideH", "insideV", "tl2br", "tr2bl")
SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')


class Form(NamedTuple):
    """What a paragraph is to be besides what it is: lengths in EMU, *section* the XML of one that ends with it."""

    keep: bool = False  # on the page of what follows
    turns: bool = False  # to a new page
    before: int | None = None
    section: str = ""
    tab: int | None = None  # where each of its tab stops is


class Fit(NamedTuple):
    """How a cell fits its row: lengths in EMU, *borders* the XML of those it has besides its own."""

    width: int
    span: int
    left: int | None = None
    right: int | None = None
    borders: str = ""


class Known(NamedTuple):
    """What a head says: whether it is a table's, of one that stands on the page and not in the text, or a page break's.

    *style* is the id of a paragraph's style, *turns* is whether it begins a page.
    """

    is_table: bool = False
    floats: bool = False
    is_break: bool = False
    style: str = ""
    turns: bool = False


@lru_cache(maxsize=SIZE)
def known(space: str, head: str) -> Known:
    """Return what the *head* of a paragraph or a table says; *space* declares its namespaces."""
    if head.startswith("<w:tbl"):
        return Known(is_table=True, floats="<w:tblpPr" in head)
    element = _element(space, head.removeprefix(BREAK), "w:p")
    turns = bool(form(element).page_break_before)
    return Known(is_break=head.startswith(BREAK), style=element.style or "", turns=turns)


@lru_cache(maxsize=SIZE)
def paragraph(space: str, head: str, wanted: Form) -> str:
    """Return the *head* of a paragraph that is to be as *wanted*."""
    element = _element(space, head, "w:p")
    if wanted.keep:
        form(element).keep_with_next = True
    if wanted.turns:
        form(element).page_break_before = True
    if wanted.before is not None:
        form(element).space_before = Length(wanted.before)
    if wanted.section:
        element.set_sectPr(_element(space, wanted.section, ""))
    if wanted.tab is not None:
        for stop in element.iterfind(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"):
            stop.set(qn("w:pos"), str(wanted.tab // Twips(1)))
    return _head(element)


@lru_cache(maxsize=SIZE)
def hair(before: int = 0) -> str:
    """Return the head of an empty paragraph that takes next to no room besides *before* above it."""
    element: Element = OxmlElement("w:p")
    form(element).space_before = Length(before)
    form(element).line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form(element).line_spacing = HAIR
    properties = etree.tostring(element.pPr, encoding="unicode")
    return "<w:p>" + re.sub(' xmlns:[^" ]*="[^"]*"', "", properties)


@lru_cache(maxsize=SIZE)
def table(space: str, head: str, widths: tuple[int, ...], place: tuple[int, int] | None = None) -> str:
    """Return the *head* of a table with columns of *widths*, at its *place* from the left and the top of the page."""
    element = _element(space, head, "w:tbl")
    properties = element.tblPr
    if place is not None:
        position = properties.find(qn("w:tblpPr"))
        for side, length in zip("XY", place, strict=True):
            position.set(qn(f"w:tblp{side}"), str(length // Twips(1)))
    whole = properties.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths) // Twips(1)))
    for caption in properties.findall(qn("w:tblCaption")):
        properties.remove(caption)
    for column in list(element.tblGrid):
        element.tblGrid.remove(column)
    for width in widths:
        element.tblGrid.add_gridCol().w = Length(width)
    return _head(element)


@lru_cache(maxsize=SIZE)
def row(space: str, head: str, free: int, height: int | None = None) -> str:
    """Return the *head* of a row of some *height*, whose last *free* columns have no cell."""
    element = _element(space, head, "w:tr")
    if free:  # or LibreOffice stretches the cells there are
        element.get_or_add_trPr().insert(0, OxmlElement("w:gridAfter", {qn("w:val"): str(free)}))
    if height is not None:
        element.trHeight_val = Length(height)
    return _head(element)


@lru_cache(maxsize=SIZE)
def cell(space: str, head: str, fit: Fit) -> str:
    """Return the *head* of a cell that is to *fit*."""
    element = _element(space, head, "w:tc")
    properties = element.get_or_add_tcPr()
    if fit.span != element.grid_span:
        element.grid_span = fit.span
    element.width = Length(fit.width)
    if properties.gridSpan is not None:  # docxtpl puts it where Word wants the width
        properties.find(qn("w:tcW")).addnext(properties.gridSpan)
    for side, margin in (("left", fit.left), ("right", fit.right)):
        if margin is not None:
            _set_margin(properties, side, margin)
    if fit.borders:
        _add_borders(properties, _element(space, fit.borders, ""))
    return _head(element)


@lru_cache(maxsize=SIZE)
def bold(space: str, head: str) -> str:
    """Return the *head* of a run that is to be bold."""
    element = _element(space, head, "w:r")
    Run(element, None).bold = True  # type: ignore[arg-type] # it has no parent
    return _head(element)


def span(head: str) -> int:
    """Return how many columns the cell spans whose *head* it is."""
    found = SPAN.search(head) if "w:gridSpan" in head else None
    return int(found[1]) if found else 1


def form(element: Element) -> ParagraphFormat:
    """Return the format of the ``w:p`` *element*."""
    found: ParagraphFormat = Paragraph(element, element.getparent()).paragraph_format
    return found


def _set_margin(properties: Element, side: str, margin: int) -> None:
    """Set the room that the cell of *properties* leaves at *side* of its text."""
    margins = properties.find(qn("w:tcMar"))
    if margins is None:
        margins = OxmlElement("w:tcMar")
        properties.insert_element_before(margins, *AFTER_MARGINS)
    element = margins.find(qn(f"w:{side}"))
    if element is None:
        element = OxmlElement(f"w:{side}", {qn("w:type"): "dxa"})
        margins.append(element)
    element.set(qn("w:w"), str(margin // Twips(1)))


def _add_borders(properties: Element, borders: Element) -> None:
    """Give the cell of *properties* the *borders* it is to have besides its own."""
    own = properties.find(qn("w:tcBorders"))
    if own is None:
        properties.insert_element_before(deepcopy(borders), *AFTER_BORDERS)
        return
    wanted = {each.tag: each for each in (*own, *deepcopy(borders))}
    own[:] = sorted(wanted.values(), key=lambda border: SIDES.index(etree.QName(border).localname))


def _element(space: str, head: str, name: str) -> Element:
    """Return the element called *name* whose *head* it is, or that is whole if it has no *name*."""
    close = f"{END}</{name}>" if name else ""
    return parse_xml(f"<x {space}>{head}{close}</x>")[0]


def _head(element: Element) -> str:
    """Return the head of *element*, which was made of one."""
    text = etree.tostring(element.getparent(), encoding="unicode")
    return text[text.index(">") + 1 : text.rindex(END)]
