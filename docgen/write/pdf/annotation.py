"""What a PDF does: links that lead to clauses, and fields to sign in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.document import Clause, Document
from docgen.write.pdf.objects import File, number, references, string
from docgen.write.pdf.page import Area, Field, Link, Node, Page
from docgen.write.pdf.places import Place

PRINTED = 4  # the flag of an annotation that comes out on paper too (ISO 32000-1, 12.5.3)


def add(
    file: File, document: Document, pages: Sequence[Page], sheets: Sequence[int], places: Mapping[Node, Place]
) -> dict[Area, int]:
    """Return the numbers of annotations that are added to *file* for the areas of its *pages*, called *sheets*."""
    titles = _titles(document)
    goals: dict[str, str] = {}
    for node, place in places.items():
        goals.setdefault(node.anchor, place.destination(sheets))
    made: dict[Area, int] = {}
    fields = 0
    for page, sheet in zip(pages, sheets, strict=True):
        for area in page.items:
            if not isinstance(area, Area):
                continue
            pinned = f"/F {PRINTED}/Rect{_box(area, page)}/P {sheet} 0 R/StructParent {len(pages) + len(made)}"
            if isinstance(area, Field):
                fields += 1
                entries = _field(file, area, f"signature-{fields}")
            elif isinstance(area, Link):
                entries = _link(titles[area.clause], goals[area.clause])
            made[area] = file.add(f"<</Type/Annot{entries}{pinned}>>")
    return made


def form(annotations: Mapping[Area, int]) -> str:
    """Return the catalog's entry for the fields among *annotations*, empty if there are none."""
    fields = [number for area, number in annotations.items() if isinstance(area, Field)]
    return f"/AcroForm<</Fields{references(fields)}>>" if fields else ""


def _titles(document: Document) -> dict[str, str]:
    """Return what each clause of *document* is called, by its id: its number, and the title above it."""
    found: dict[str, str] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Clause):
            if block.level == 1:
                title = "".join([inline.text for inline in block.inlines])
            found[block.id] = f"{block.number} {title}"
    return found


def _link(title: str, destination: str) -> str:
    """Return a link without a frame to the clause called *title*."""
    return f"/Subtype/Link/Border[0 0 0]/Contents{string(title)}/Dest{destination}"


def _field(file: File, area: Field, name: str) -> str:
    """Return the field called *name*, in which nothing is seen before it is signed."""
    seen = file.stream(b"", f"/Type/XObject/Subtype/Form/BBox[0 0 {number(area.width)} {number(area.height)}]")
    return f"/Subtype/Widget/FT/Sig/T{string(name)}/TU{string(area.name)}/AP<</N {seen} 0 R>>"


def _box(area: Area, page: Page) -> str:
    """Return the corners of *area* as PDF counts them, from below."""
    top = page.height - area.y
    return f"[{area.x:.2f} {top - area.height:.2f} {area.x + area.width:.2f} {top:.2f}]"
