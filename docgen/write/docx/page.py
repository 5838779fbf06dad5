"""What a filled house needs page by page: its paper, what begins a page, and what stays on one."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, TypeAlias

from docx.document import Document as Word
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

from docgen.document import Paper
from docgen.look import Look

Element: TypeAlias = Any  # python-docx makes the classes of its elements as it runs

BELOW_LETTERHEAD = Mm(10)
NEVER_ALONE = {"Closing", "Note"}  # on a page
LISTED = {"List Bullet", "Clause 3", "Writing Line"}  # what introduces these stays with the first of them
HAIR = Pt(1)  # the height of a paragraph that is there because Word wants one


def finish(word: Word, paper: Paper, look: Look) -> None:
    """Put *word* on *paper*; the text stays as wide as *look* has it."""
    section, body = word.sections[-1], word.element.body
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.right_margin = Length(Mm(paper.width) - Pt(look.left + look.measure))
    if paper.sender:
        section.header_distance = max(Length(Pt(look.header)), Mm(paper.sender.top))
    for element in [each for each in body if _is_break(each)]:
        _turn(element, body)
    if not floats(body[0]):
        _lower(body[0])
    never_alone = {style.style_id for style in word.styles if style.name in NEVER_ALONE}
    listed = {style.style_id for style in word.styles if style.name in LISTED}
    for element in body.iterchildren(qn("w:p")):
        before = element.getprevious()
        begins_list = element.style in listed and (is_table(before) or getattr(before, "style", None) != element.style)
        if element.style in never_alone or begins_list or element.getnext() is body.sectPr:
            bind(before)
    _drop_empty_runs(word)


def form(paragraph: Element) -> ParagraphFormat:
    """Return the format of the ``w:p`` element *paragraph*."""
    found: ParagraphFormat = Paragraph(paragraph, paragraph.getparent()).paragraph_format
    return found


def is_table(element: Element) -> bool:
    """Return whether *element* is there and a table."""
    return element is not None and element.tag == qn("w:tbl")


def floats(element: Element) -> bool:
    """Return whether *element* is a table that stands on the page and not in the text, as an address does."""
    return is_table(element) and element.tblPr.find(qn("w:tblpPr")) is not None


def bind(element: Element) -> None:
    """Keep the end of *element* on the page of what follows: a paragraph's last two lines, a table's last row."""
    if element is None:
        return
    last = element if element.tag == qn("w:p") else element.tr_lst[-1]
    for paragraph in last.iter(qn("w:p")):
        form(paragraph).keep_with_next = True


def hair(before: int = 0) -> Element:
    """Return an empty paragraph that takes next to no room besides *before* above it."""
    element = OxmlElement("w:p")
    form(element).space_before = Length(before)
    form(element).line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form(element).line_spacing = HAIR
    return element


def _lower(first: Element) -> None:
    """Set *first*, the first there is below the letterhead, apart from it."""
    if first.tag == qn("w:p"):
        form(first).space_before = BELOW_LETTERHEAD
    else:
        first.addprevious(hair(BELOW_LETTERHEAD - HAIR))


def _is_break(element: Element) -> bool:
    """Return whether *element* is a paragraph that is nothing but a page break."""
    turns = element.find(f"{qn('w:r')}/{qn('w:br')}[@{qn('w:type')}='page']") is not None
    return turns and not "".join(element.itertext())


def _turn(element: Element, body: Element) -> None:
    """Have what follows the page break *element* of *body* begin a page, and take the paragraph itself away."""
    before, after = element.getprevious(), element.getnext()
    body.remove(element)
    if floats(after):
        _end_section(before, body)
        after.addprevious(hair())  # without it LibreOffice misses the end of the section
    elif after.tag != qn("w:sectPr"):
        form(next(after.iter(qn("w:p")))).page_break_before = True


def _end_section(last: Element, body: Element) -> None:
    """End a section with *last*, so that the next page of *body* has the letterhead again.

    LibreOffice takes the address for part of the text if a section ends with the first paragraph after a table.
    """
    while is_table(last) or is_table(last.getprevious()):
        last.addnext(hair())
        last = last.getnext()
    last.set_sectPr(deepcopy(body.sectPr))


def _drop_empty_runs(word: Word) -> None:
    """Take away the runs that show nothing; docxtpl leaves some around those it puts in."""
    section = word.sections[-1]
    places = (word, section.first_page_header, section.first_page_footer, section.footer)
    runs: list[Element] = [run for place in places for run in place._element.iter(qn("w:r"))]
    for run in runs:
        if all(child.tag == qn("w:rPr") or (child.tag == qn("w:t") and not child.text) for child in run):
            run.getparent().remove(run)
