"""The same documents in WeasyPrint: HTML and a style sheet, in the fonts of the house."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import partial
from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from docgen import document as model
from docgen.document import Block, Document, Inlines, Run
from docgen.look import Look
from docgen.look.fonts import Face
from docgen.look.style import Style

MM = 72 / 25.4
CUTS = {
    Face.REGULAR: "",
    Face.BOLD: "font-weight: bold",
    Face.ITALIC: "font-style: italic",
    Face.BOLD_ITALIC: "font-weight: bold; font-style: italic",
}


def writer(look: Look) -> Callable[[Document], bytes]:
    """Return what writes documents that look about as *look* says; fonts and styles are read once."""
    fonts = FontConfiguration()
    faces = (_face(cut, data) for cut, data in look.fonts["Docgen Sans"].items())
    rules = (_rule(name, style) for name, style in look.styles.items())
    plain = "p { margin: 0 } table { width: 100%; border-collapse: collapse } td, th { text-align: left; padding: 0 }"
    sheet = CSS(string="\n".join((plain, *faces, *rules)), font_config=fonts)
    return partial(_write, look=look, sheet=sheet, fonts=fonts)


def _face(cut: Face, data: bytes) -> str:
    """Return the rule for the font in the file *data*."""
    source = base64.b64encode(data).decode()
    return f"@font-face {{ font-family: House; {CUTS[cut]}; src: url(data:font/ttf;base64,{source}) }}"


def _class(name: str) -> str:
    """Return the class for the style called *name*."""
    return name.lower().replace(" ", "-")


def _rule(name: str, style: Style) -> str:
    """Return *style* as a rule."""
    return (
        f".{_class(name)} {{ font: {'bold' if style.bold else 'normal'} {style.size}pt/{style.leading}pt House;"
        f" font-style: {'italic' if style.italic else 'normal'}; color: {style.color}; text-align: {style.align};"
        f" margin: {style.before}pt 0 {style.after}pt {style.left}pt; text-indent: {style.first}pt;"
        f" break-after: {'avoid' if style.keep_next else 'auto'} }}"
    )


def _write(document: Document, look: Look, sheet: CSS, fonts: FontConfiguration) -> bytes:
    """Return *document* as a file."""
    width, height = document.paper.width, document.paper.height
    right = width * MM - look.left - look.measure
    footer = look.styles["Footer"]
    page, pages = document.page_of.replace("{page}", '" counter(page) "').split("{pages}", 1)
    edge = f"font: {footer.size}pt House; color: {footer.color}"
    paper = (
        f"@page {{ size: {width}mm {height}mm; margin: {look.top}pt {right}pt {look.bottom}pt {look.left}pt;"
        f' @bottom-left {{ content: "{document.footer}"; {edge} }}'
        f' @bottom-right {{ content: "{page}" counter(pages) "{pages}"; {edge} }} }}'
    )
    head = _lines(document.letterhead, "Letterhead")
    body = "".join(map(_shown, document.blocks))
    title = f"<title>{escape(document.title)}</title><style>{paper}</style>"
    text = f"<html lang={document.language}>{title}{head}{body}</html>"
    made: bytes = HTML(string=text).write_pdf(stylesheets=[sheet], font_config=fonts)
    return made


def _shown(block: Block) -> str:  # noqa: C901, PLR0911, PLR0912 - a case each
    """Return *block* in HTML."""
    match block:
        case model.Title():
            return f'<h1 class="title">{escape(block.text)}</h1>{_p(escape(block.subtitle), "Subtitle")}'
        case model.Heading():
            return f'<h2 class="heading-1">{escape(block.text)}</h2>'
        case model.Paragraph():
            return _p(_marked(block.inlines), block.role.value)
        case model.Clause():
            summary = f" {escape(block.summary)}" if block.summary else ""
            return _p(f"{block.number}\N{EM SPACE}{_marked(block.inlines)}{summary}", f"Clause {block.level}")
        case model.Bullets():
            return "".join(_p(f"•\N{EM SPACE}{_marked(item)}", "List Bullet") for item in block.items)
        case model.Facts():
            labels = _row([_p(escape(fact.label), "Fact Label") for fact in block.items])
            return f"<table>{labels}{_row([_p(escape(fact.value), 'Fact Value') for fact in block.items])}</table>"
        case model.Pairs():
            pairs = ([_p(escape(label), "Pair Label"), _p(escape(value), "Pair Value")] for label, value in block.rows)
            return f"<table>{''.join(map(_row, pairs))}</table>"
        case model.Table():
            return _table(block)
        case model.Address():
            lines = _lines((block.service, block.sender, *block.lines), "Address")
            return f'<div style="margin: 40mm 0 20mm">{lines}</div>'
        case model.Signatures():
            places = ["<hr>" + _lines((one.name, one.role, *one.fields), "Signature Name") for one in block.signatories]
            return f'<table style="margin-top: 15mm">{_row(places)}</table>'
        case model.Closing():
            return _p(escape(block.words), "Closing") + "<br><br>" + _lines((block.name, block.role), "Signature Name")
        case model.Lines():
            return '<hr style="margin-top: 8mm">' * block.count
        case model.Break():
            return '<div style="break-after: page"></div>'


def _p(text: str, style: str) -> str:
    """Return *text*, which is HTML, as a paragraph of *style*."""
    return f'<p class="{_class(style)}">{text}</p>' if text else ""


def _lines(texts: Iterable[str], style: str) -> str:
    """Return *texts* as lines."""
    return "".join(_p(escape(text), style) for text in texts)


def _row(cells: Iterable[str]) -> str:
    """Return *cells* as a row."""
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _table(block: model.Table) -> str:
    """Return *block* with its head on each page."""
    rows = "".join(
        _row([_p(escape(text), f"Table {_kind(at, block)}") for at, text in enumerate(row)]) for row in block.rows
    )
    head = _row([_p(escape(column.head), "Table Head") for column in block.columns])
    totals = "".join(
        f'<tr><td colspan="{len(block.columns) - 1}">{_p(escape(total.label), "Table Total")}</td>'
        f"<td>{_p(escape(total.amount), 'Table Total Number')}</td></tr>"
        for total in block.totals
    )
    return f"<table><thead>{head}</thead>{rows}{totals}</table>"


def _kind(at: int, block: model.Table) -> str:
    """Return what the column *at* of *block* holds."""
    return "Cell" if block.columns[at].align is model.Align.LEFT else "Number"


def _marked(inlines: Inlines) -> str:
    """Return *inlines* in HTML."""
    found = []
    for inline in inlines:
        text = escape(inline.text).replace("\n", "<br>")
        if isinstance(inline, Run):
            text = f"<b>{text}</b>" if inline.bold else text
            text = f"<i>{text}</i>" if inline.italic else text
        found.append(text)
    return "".join(found)
