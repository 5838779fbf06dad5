"""What a filled house needs page by page: what begins a page, and what stays on one."""

from __future__ import annotations

from collections.abc import Mapping

from docx.shared import Mm

from docgen.write.docx import piece
from docgen.write.docx.heads import HAIR
from docgen.write.docx.piece import Piece

BELOW_LETTERHEAD = Mm(10)
NEVER_ALONE = ("Closing", "Note")  # on a page
LISTED = ("List Bullet", "Clause 3", "Writing Line")  # what introduces these stays with the first of them


def finish(pieces: list[Piece], ids: Mapping[str, str], section: str) -> None:
    """Part *pieces* into pages and sections, and keep together what stands on one page.

    *ids* are those of the styles, *section* is the XML that ends a section.
    """
    place = 0
    while place < len(pieces):
        if pieces[place].known.is_break:
            _turn(pieces, place, section)
        place += 1
    if not pieces:
        pieces.append(piece.hair(BELOW_LETTERHEAD - HAIR))
    elif not pieces[0].known.floats:
        _lower(pieces)
    never_alone, listed = {ids[name] for name in NEVER_ALONE}, {ids[name] for name in LISTED}
    before = None
    for each in pieces:
        style = each.known.style
        if before and (style in never_alone or (style in listed and style != before.known.style)):
            before.keep = True
        before = each
    if len(pieces) > 1 and not pieces[-1].known.is_table:
        pieces[-2].keep = True


def _lower(pieces: list[Piece]) -> None:
    """Set the first of *pieces*, which is the first below the letterhead, apart from it."""
    if pieces[0].known.is_table:
        pieces.insert(0, piece.hair(BELOW_LETTERHEAD - HAIR))
    else:
        pieces[0].before = BELOW_LETTERHEAD


def _turn(pieces: list[Piece], place: int, section: str) -> None:
    """Have what follows the page break at this *place* begin a page, and take the break itself away."""
    del pieces[place]
    if place == len(pieces):
        return
    if pieces[place].known.floats:
        pieces.insert(place, piece.hair())  # without it LibreOffice misses the end of the section
        _end_section(pieces, place, section)
    else:
        pieces[place].turns = True


def _end_section(pieces: list[Piece], place: int, section: str) -> None:
    """End the *section* before this *place*, so that the next page has the letterhead again.

    LibreOffice takes the address for part of the text if a section ends with the first paragraph after a table.
    """
    while any(each.known.is_table for each in pieces[max(place - 2, 0) : place]):
        pieces.insert(place, piece.hair())
        place += 1
    if place:
        pieces[place - 1].section = section
