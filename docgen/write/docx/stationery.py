"""What the headers and footers of a house need: pictures shown whole and described, page numbers at the edge."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as Word
from docx.enum.text import WD_LINE_SPACING
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from docgen.look.headers import EDGE
from docgen.write.docx import heads
from docgen.write.docx.heads import Element

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
RIGHT = {"right", "end"}
SENDER = "docgen-sender"  # in the place of who sends a document


def finish(word: Word, measure: float) -> None:
    """Mend the headers and footers of *word*, whose text has the width *measure*.

    Pictures without a description are those of the sender.
    """
    for part in parts(word):
        for drawing in [*part.element.iter(qn("wp:inline")), *part.element.iter(qn("wp:anchor"))]:
            _describe(drawing.find(qn("wp:docPr")))
        for paragraph in part.element.iter(qn("w:p")):
            drawings = [*paragraph.iter(qn("wp:inline"))]
            if drawings:
                _show_whole(paragraph, drawings)
            _to_edge(paragraph, measure)
    for style in word.styles.element.iter(qn("w:style")):
        _to_edge(style, measure)


def parts(word: Word) -> Iterator[XmlPart]:
    """Yield the headers and footers of *word*."""
    for relation in word.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part


def _describe(properties: Element) -> None:
    """Say whose picture it is in *properties*, unless they say more, or that it is there for its looks alone."""
    decorative = next(properties.iter(DECORATIVE), None)
    if (decorative is None or decorative.get("val") not in {"1", "true"}) and not properties.get("descr"):
        properties.set("descr", properties.get("title") or SENDER)


def _show_whole(paragraph: Element, drawings: list[Element]) -> None:
    """Let the line of *drawings* in *paragraph* be as high as they are, where a style fixes the height of lines.

    Word puts no room beside what stands in a line, whatever the file says; LibreOffice does.
    """
    for drawing in drawings:
        for side in ("distL", "distR"):
            drawing.set(side, "0")
    heads.form(paragraph).line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    heads.form(paragraph).line_spacing = Pt(1)


def _to_edge(element: Element, measure: float) -> None:
    """Move a tab stop at the right edge of *element*, a paragraph or a style, to the edge of a text of *measure*."""
    for stop in element.iterfind(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"):
        if stop.get(qn("w:val")) in RIGHT and Twips(int(stop.get(qn("w:pos")))).pt >= EDGE * measure:
            stop.set(qn("w:pos"), str(round(measure * 20)))
