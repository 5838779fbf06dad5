"""Several PDFs as one, bookmarked, with a foot on each page that counts them through; the pages stay as they are.

It is PDF/A-3b as long as each of them is PDF/A-3; the structure for readers' software is left out.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Array, AttachedFileSpec, Name, OutlineItem, Pdf

from docgen.document import Box, Document
from docgen.frozen import dataclass
from docgen.write.pdf import finish, plain, xmp
from docgen.write.pdf.batch import KEPT, Piece
from docgen.write.pdf.page import MM
from docgen.write.pdf.plain import Sheet, Words

FOOT, SIZE = 7.0, 7.5  # millimetres above the lower edge, points
SIDE = 25.0
FORM = Name.DocgenFoot
ARCHIVED = "3"  # what the level of a PDF/A-3 begins with


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the bundle as it is, byte by byte."""

    name: str
    content: bytes
    about: str


def write(pieces: Sequence[Piece], document: Document, foot: str, attached: Sequence[Attached] = ()) -> bytes:
    """Return *pieces* as one file that says it is *document*; *foot* has ``{page}`` and ``{pages}`` for the numbers."""
    lasting = True
    with Pdf.new() as pdf:
        starts: list[tuple[str, int]] = []
        for piece in pieces:
            starts.append((piece.name, len(pdf.pages)))
            with Pdf.open(io.BytesIO(piece.content)) as one:
                lasting = lasting and one.open_metadata().pdfa_status.startswith(ARCHIVED)
                _strip(one)
                pdf.pages.extend(one.pages)
        _number(pdf, foot)
        with pdf.open_outline() as outline:
            outline.root.extend(OutlineItem(name, page) for name, page in starts)
        finish.describe(pdf, document, xmp.LASTING if lasting else xmp.NONE)
        pdf.Root.PageMode = Name.UseOutlines
        _attach(pdf, document, attached)
        return finish.saved(pdf)


def _strip(pdf: Pdf) -> None:
    """Take from the pages of *pdf* what leads elsewhere: links, fields, and their places in a structure."""
    for page in pdf.pages:
        for key in [Name(key) for key in page.obj.keys() if key not in {*KEPT, Name.Type, Name.Parent}]:  # noqa: SIM118 - no dict
            del page.obj[key]


def _attach(pdf: Pdf, document: Document, attached: Sequence[Attached]) -> None:
    """Put the files *attached* into *pdf*, as PDF/A-3 wants it."""
    date = f"D:{document.date:%Y%m%d}000000+00'00'"
    places = []
    for one in attached:
        form = "application/pdf" if one.name.endswith(".pdf") else "application/octet-stream"
        dates = {"creation_date": date, "mod_date": date}
        spec = AttachedFileSpec(pdf, one.content, description=one.about, filename=one.name, mime_type=form, **dates)
        spec.obj.AFRelationship = Name.Source
        pdf.attachments[one.name] = spec
        places.append(spec.obj)
    if places:
        pdf.Root.AF = Array(places)


def _number(pdf: Pdf, foot: str) -> None:
    """Put *foot* below what stands on each page of *pdf*."""
    count = len(pdf.pages)
    sheets = []
    for number, page in enumerate(pdf.pages, start=1):
        width, height = (float(side) / MM for side in list(page.mediabox)[2:])
        text = foot.replace("{pages}", str(count)).replace("{page}", str(number))
        sheets.append(Sheet(width, height, (Words(Box(SIDE, height - FOOT, width - SIDE, 5), (text,), text, SIZE),)))
    with Pdf.open(io.BytesIO(plain.write(sheets, foot))) as stamps:
        finish.tidy(stamps)
        for page, stamp in zip(pdf.pages, stamps.pages, strict=True):
            page.add_resource(pdf.copy_foreign(stamp.as_form_xobject()), Name.XObject, FORM)
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q q %s Do Q" % FORM.unparse())
