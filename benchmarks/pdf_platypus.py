"""The same documents in platypus, reportlab's own typesetting: plain and untagged, in the fonts of the house."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from docgen import document as model
from docgen.document import Block, Document, Inlines, Run
from docgen.look import Look
from docgen.look.fonts import Face, face
from docgen.look.style import Style

MM = 72 / 25.4
SIDES: Mapping[str, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}
Styles = Callable[[str], ParagraphStyle]


def writer(look: Look) -> Callable[[Document], bytes]:
    """Return what writes documents that look about as *look* says; fonts are registered and styles are made once."""
    names = {cut: _registered(data) for cut, data in look.fonts["Docgen Sans"].items()}
    for cut, name in names.items():
        bold, italic = cut in {Face.BOLD, Face.BOLD_ITALIC}, cut in {Face.ITALIC, Face.BOLD_ITALIC}
        addMapping(names[Face.REGULAR], 1 if bold else 0, 1 if italic else 0, name)

    @cache
    def style(name: str) -> ParagraphStyle:
        return _style(name, look.styles[name], names)

    return partial(_write, look=look, style=style)


def _registered(data: bytes) -> str:
    """Return the name of the font in the file *data*."""
    name = hashlib.sha256(data).hexdigest()
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(data)))
    return name


def _style(name: str, style: Style, names: dict[Face, str]) -> ParagraphStyle:
    """Return *style* as platypus has it."""
    return ParagraphStyle(
        name,
        fontName=names[face(bold=style.bold, italic=style.italic)],
        fontSize=style.size,
        leading=style.leading,
        textColor=HexColor(style.color),
        spaceBefore=style.before,
        spaceAfter=style.after,
        leftIndent=style.left,
        firstLineIndent=max(style.first, 0),
        bulletIndent=style.left + min(style.first, 0),
        bulletFontName=names[Face.REGULAR],
        bulletFontSize=style.size,
        alignment=SIDES[style.align],
        keepWithNext=style.keep_next,
    )


def _write(document: Document, look: Look, style: Styles) -> bytes:
    """Return *document* as a file."""
    file = io.BytesIO()
    size = document.paper.width * MM, document.paper.height * MM
    frame = Frame(look.left, look.bottom, look.measure, size[1] - look.top - look.bottom, 0, 0, 0, 0)
    made = BaseDocTemplate(
        file, pagesize=size, title=document.title, author=document.author, initialFontName=style("Normal").fontName
    )
    made.addPageTemplates(
        PageTemplate(frames=[frame], onPage=partial(_edges, document=document, look=look, style=style))
    )
    made.build(
        [flowable for block in document.blocks for flowable in _flowables(block, look, style)], canvasmaker=Counted
    )
    return file.getvalue()


class Counted(Canvas):
    """Pages that say how many there are: each is kept until the last is known."""

    def __init__(self, *args: object, **options: object) -> None:
        """Begin without pages."""
        super().__init__(*args, **options)  # type: ignore[arg-type] # handed on as they came
        self._kept: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page."""
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined] # reportlab has no types for it

    def save(self) -> None:
        """Write the number of pages on each and save them all."""
        for kept in self._kept:
            self.__dict__.update(kept)
            draw = getattr(self, "counted", None)
            if draw:
                draw(len(self._kept))
            super().showPage()
        super().save()


def _edges(canvas: Canvas, made: BaseDocTemplate, *, document: Document, look: Look, style: Styles) -> None:
    """Draw letterhead and footer of *document* on the page of *made* that *canvas* has begun."""
    if made.page == 1:
        y = document.paper.height * MM - look.header
        for number, line in enumerate(document.letterhead):
            looks = style("Letterhead" if number else "Letterhead Name")
            y -= looks.leading
            canvas.setFont(looks.fontName, looks.fontSize)
            canvas.drawString(look.left, y, line)
    looks, page = style("Footer"), made.page

    def counted(pages: int) -> None:
        canvas.setFont(looks.fontName, looks.fontSize)
        canvas.drawString(look.left, look.footer, document.footer)
        text = document.page_of.format(page=page, pages=pages)
        canvas.drawRightString(look.left + look.measure, look.footer, text)

    canvas.counted = counted  # type: ignore[attr-defined] # reportlab has no types for it


def _flowables(block: Block, look: Look, style: Styles) -> Iterator[Flowable]:  # noqa: C901, PLR0912 - a case each
    """Yield what shows *block*."""
    match block:
        case model.Title():
            yield Paragraph(escape(block.text), style("Title"))
            if block.subtitle:
                yield Paragraph(escape(block.subtitle), style("Subtitle"))
        case model.Heading():
            yield Paragraph(escape(block.text), style("Heading 1"))
        case model.Paragraph():
            yield Paragraph(_marked(block.inlines), style(block.role.value))
        case model.Clause():
            summary = f" {escape(block.summary)}" if block.summary else ""
            yield Paragraph(_marked(block.inlines) + summary, style(f"Clause {block.level}"), bulletText=block.number)
        case model.Bullets():
            for item in block.items:
                yield Paragraph(_marked(item), style("List Bullet"), bulletText="•")
        case model.Facts():
            labels = [Paragraph(escape(fact.label), style("Fact Label")) for fact in block.items]
            values = [Paragraph(escape(fact.value), style("Fact Value")) for fact in block.items]
            yield Table([labels, values], [look.measure / len(labels)] * len(labels))
        case model.Pairs():
            rows = [
                [Paragraph(escape(label), style("Pair Label")), Paragraph(escape(value), style("Pair Value"))]
                for label, value in block.rows
            ]
            yield Table(rows, [38 * MM, look.measure - 38 * MM])
        case model.Table():
            yield _table(block, look, style)
        case model.Address():
            yield Spacer(1, 20 * MM)
            yield from _lines((block.service, block.sender, *block.lines), style("Address"))
            yield Spacer(1, 20 * MM)
        case model.Signatures():
            yield _signatures(block, look, style)
        case model.Closing():
            name = _lines((block.name, block.role), style("Signature Name"))
            yield KeepTogether([*_lines((block.words,), style("Closing")), Spacer(1, 12 * MM), *name])
        case model.Lines():
            for _ in range(block.count):
                yield Spacer(1, 8 * MM)
                yield HRFlowable(width="100%")
        case model.Break():
            yield PageBreak()


def _marked(inlines: Inlines) -> str:
    """Return *inlines* in platypus's markup."""
    found = []
    for inline in inlines:
        text = escape(inline.text).replace("\n", "<br/>")
        if isinstance(inline, Run):
            text = f"<b>{text}</b>" if inline.bold else text
            text = f"<i>{text}</i>" if inline.italic else text
        found.append(text)
    return "".join(found)


def _lines(texts: Iterable[str], style: ParagraphStyle) -> list[Flowable]:
    """Return *texts*, those that are not empty, as lines."""
    return [Paragraph(escape(text), style) for text in texts if text]


def _table(block: model.Table, look: Look, style: Styles) -> Table:
    """Return *block* with its head on each page; sums are strings, as they are never broken into lines."""
    shares = sum(column.share for column in block.columns)
    left = [column.align is model.Align.LEFT for column in block.columns]
    cell, head = style("Table Cell"), style("Table Head")
    rows: list[list[object]] = [[Paragraph(escape(column.head), head) for column in block.columns]]
    rows += [
        [Paragraph(escape(text), cell) if words else text for text, words in zip(row, left, strict=True)]
        for row in block.rows
    ]
    empty = [""] * (len(block.columns) - 2)
    rows += [[total.label, *empty, total.amount] for total in block.totals]
    looks = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), cell.fontName, cell.fontSize, cell.leading),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, head.textColor),
        ]
    )
    for number, words in enumerate(left):
        looks.add("ALIGN", (number, 0), (number, -1), "LEFT" if words else "RIGHT")
    widths = [column.share / shares * look.measure for column in block.columns]
    return Table(rows, widths, repeatRows=1, style=looks)


def _signatures(block: model.Signatures, look: Look, style: Styles) -> Table:
    """Return the places to sign side by side."""
    cells = [
        [
            Spacer(1, 15 * MM),
            HRFlowable(width="100%"),
            *_lines((one.name, one.role, *one.fields), style("Signature Name")),
        ]
        for one in block.signatories
    ]
    return Table([cells], [look.measure / len(cells)] * len(cells))
