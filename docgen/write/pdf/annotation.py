"""What a PDF does: links that lead to clauses, and fields to sign in."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen.document import Clause, Document
from docgen.write.pdf import places
from docgen.write.pdf.page import Area, Field, Link, Page

PRINTED = 4  # the flag of an annotation that comes out on paper too (ISO 32000-1, 12.5.3)


def add(pdf: Pdf, document: Document, pages: Sequence[Page]) -> dict[Area, Object]:
    """Add to *pdf* an annotation for each area of its *pages*, and return them by their areas."""
    goals = places.anchors(pages)
    titles = _titles(document)
    made: dict[Area, Object] = {}
    fields = Array()
    for page, sheet in zip(pages, pdf.pages, strict=True):
        for area in page.items:
            match area:
                case Link():
                    made[area] = pdf.make_indirect(_link(titles[area.clause], goals[area.clause].destination(pdf)))
                case Field():
                    made[area] = pdf.make_indirect(_field(pdf, area, f"signature-{len(fields) + 1}"))
                    fields.append(made[area])
                case _:
                    continue
            _pin(made[area], _box(area, page), sheet.obj)
    if len(fields):
        pdf.Root.AcroForm = Dictionary(Fields=fields)
    return made


def _titles(document: Document) -> dict[str, str]:
    """Return what each clause of *document* is called, by its id: its number, and the title above it."""
    found: dict[str, str] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Clause):
            if block.level == 1:
                title = "".join(inline.text for inline in block.inlines)
            found[block.id] = f"{block.number} {title}"
    return found


def _link(title: str, destination: Array) -> Dictionary:
    """Return a link without a frame to the clause called *title*."""
    return Dictionary(Subtype=Name.Link, Border=Array([0, 0, 0]), Contents=String(title), Dest=destination)


def _field(pdf: Pdf, area: Field, name: str) -> Dictionary:
    """Return the field called *name*, in which nothing is seen before it is signed."""
    box = Array([0, 0, round(area.width, 2), round(area.height, 2)])
    seen = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=box)
    return Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String(name), TU=String(area.name), AP=Dictionary(N=seen))


def _box(area: Area, page: Page) -> Array:
    """Return the corners of *area* as PDF counts them, from below."""
    top = page.height - area.y
    return Array([round(value, 2) for value in (area.x, top - area.height, area.x + area.width, top)])


def _pin(annotation: Object, box: Array, sheet: Object) -> None:
    """Put *annotation* at *box* on the page *sheet*, whose annotations follow one another as they are read."""
    annotation.Type = Name.Annot
    annotation.F = PRINTED
    annotation.Rect = box
    annotation.P = sheet
    if Name.Annots not in sheet:
        sheet.Annots = Array()
        sheet.Tabs = Name.S
    sheet.Annots.append(annotation)
