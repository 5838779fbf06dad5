"""What the headers and footers of a filled house need: pictures shown whole and described, page numbers at the edge."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as Word
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from docgen.look import Look
from docgen.look.headers import EDGE
from docgen.write.docx import page
from docgen.write.docx.page import Element

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
RIGHT = {"right", "end"}


def finish(word: Word, sender: str, look: Look) -> None:
    """Mend the headers and footers of *word*, whose pictures without a description are those of the *sender*."""
    for part in _furniture(word):
        for drawing in [*part.iter(qn("wp:inline")), *part.iter(qn("wp:anchor"))]:
            _describe(drawing.find(qn("wp:docPr")), sender)
        for paragraph in part.iter(qn("w:p")):
            drawings = [*paragraph.iter(qn("wp:inline"))]
            if drawings:
                _show_whole(paragraph, drawings)
            _to_edge(paragraph, look)
    for style in word.styles.element.iter(qn("w:style")):
        _to_edge(style, look)
    _number(word)


def _furniture(word: Word) -> Iterator[Element]:
    """Yield the headers and footers of *word*."""
    for relation in word.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part._element


def _number(word: Word) -> None:
    """Give each picture of *word* a number of its own, as the text and its headers each count for themselves."""
    parts = (word.element, *_furniture(word))
    for number, properties in enumerate((each for part in parts for each in part.iter(qn("wp:docPr"))), start=1):
        properties.set("id", str(number))


def _describe(properties: Element, sender: str) -> None:
    """Say whose picture it is in *properties*, unless they say more, or that it is there for its looks alone."""
    decorative = next(properties.iter(DECORATIVE), None)
    if (decorative is None or decorative.get("val") not in {"1", "true"}) and not properties.get("descr"):
        properties.set("descr", properties.get("title") or sender)


def _show_whole(paragraph: Element, drawings: list[Element]) -> None:
    """Let the line of *drawings* in *paragraph* be as high as they are, where a style fixes the height of lines.

    Word puts no room beside what stands in a line, whatever the file says; LibreOffice does.
    """
    for drawing in drawings:
        for side in ("distL", "distR"):
            drawing.set(side, "0")
    page.form(paragraph).line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    page.form(paragraph).line_spacing = Pt(1)


def _to_edge(element: Element, look: Look) -> None:
    """Move a tab stop at the right edge of *element*, a paragraph or a style, to the edge of the text of *look*."""
    edge = look.measure
    for stop in element.iterfind(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"):
        if stop.get(qn("w:val")) in RIGHT and Twips(int(stop.get(qn("w:pos")))).pt >= EDGE * edge:
            stop.set(qn("w:pos"), str(round(edge * 20)))
