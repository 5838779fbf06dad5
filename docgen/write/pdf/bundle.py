"""Several PDFs as one, bookmarked, with a foot on each page that counts them through; the pages stay as they are."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Dictionary, Name, OutlineItem, Pdf, String

from docgen.document import Box
from docgen.write.pdf import plain
from docgen.write.pdf.batch import Piece
from docgen.write.pdf.plain import Sheet, Words

FOOT, SIZE = 7.0, 7.5  # millimetres above the lower edge, points
SIDE = 25.0
MM = 72 / 25.4
FORM = Name.DocgenFoot


def write(pieces: Sequence[Piece], title: str, author: str, foot: str) -> bytes:
    """Return *pieces* as one file called *title*; *foot* has ``{page}`` and ``{pages}`` for the numbers."""
    with Pdf.new() as pdf:
        starts: list[tuple[str, int]] = []
        for piece in pieces:
            starts.append((piece.name, len(pdf.pages)))
            with Pdf.open(io.BytesIO(piece.content)) as one:
                pdf.pages.extend(one.pages)
        _number(pdf, foot)
        with pdf.open_outline() as outline:
            outline.root.extend(OutlineItem(name, page) for name, page in starts)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        names = {"Title": title, "Author": author, "Creator": "docgen", "Producer": "docgen"}
        pdf.trailer.Info = pdf.make_indirect(Dictionary({f"/{key}": String(name) for key, name in names.items()}))
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True)
        return file.getvalue()


def _number(pdf: Pdf, foot: str) -> None:
    """Put *foot* below what stands on each page of *pdf*, which loses its place in a structure that is not here."""
    count = len(pdf.pages)
    sheets = []
    for number, page in enumerate(pdf.pages, start=1):
        if Name.StructParents in page.obj:
            del page.obj.StructParents
        width, height = (float(side) / MM for side in list(page.mediabox)[2:])
        text = foot.replace("{pages}", str(count)).replace("{page}", str(number))
        sheets.append(Sheet(width, height, (Words(Box(SIDE, height - FOOT, width - SIDE, 5), (text,), text, SIZE),)))
    with Pdf.open(io.BytesIO(plain.write(sheets, foot))) as stamps:
        for page, stamp in zip(pdf.pages, stamps.pages, strict=True):
            page.add_resource(pdf.copy_foreign(stamp.as_form_xobject()), Name.XObject, FORM)
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q q %s Do Q" % FORM.unparse())
