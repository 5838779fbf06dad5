"""What a house's tables need once they are filled: their place and widths, and which rows stay together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from docx.shared import Mm, Pt, Twips

from docgen.document import Address, Block, Code, Facts, Pairs, Paper, Signatures, Table
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.docx import code, grid, piece
from docgen.write.docx.code import Album
from docgen.write.docx.grid import Grid
from docgen.write.docx.heads import HAIR
from docgen.write.docx.piece import Piece
from docgen.write.docx.plate import Plate

TABULAR = (Address, Facts, Pairs, Signatures, Table)

ABOVE_WINDOW = Mm(12)  # room for the service and the sender
BELOW = {Table: Pt(12), Facts: Pt(14), Pairs: Pt(8)}
PAIR = 2  # columns: a label and its value
LABELS = Mm(38)  # the width of the labels of pairs
GUTTER = Mm(8)  # between facts and between signatures; the cells of the house have it on their right
ABREAST = 2  # signatories
SIGNED = 4  # paragraphs that stay with signatures: what is said of them, its heading, the end of what is agreed
SHARE_ABOVE = 0.8  # of a line of exact height stands above the baseline


def finish(pieces: list[Piece], blocks: Sequence[Block], paper: Paper, look: Look, plate: Plate) -> Album:
    """Give each table among *pieces* what belongs to its block among *blocks*, and room to what follows it.

    They were made of *plate*. Returns the pictures that are shown.
    """
    tabular = [block for block in blocks if isinstance(block, TABULAR)]
    grids = [grid.opened(each) for each in pieces if each.known.is_table]
    if len(grids) != len(tabular):
        message = f"its loop over the blocks makes {len(grids)} tables where {len(tabular)} are wanted"
        raise stop(f"{message}; restore the original file", Mark(look.name))
    album = Album()
    for found, block in zip(grids, tabular, strict=True):
        place = pieces.index(found.piece)
        if isinstance(block, Address):
            _place(found, paper, look)
            _part(pieces, place)
        else:
            if isinstance(block, Pairs) and block.code:
                found.fit(PAIR)
                code.add(found, block.code, look.ids, album)
            found.widths = _widths(block, Pt(look.measure))
            _keep(pieces, place, found, block, plate.rule)
            _room_below(pieces, place, BELOW.get(type(block), Pt(0)), look)
        if isinstance(block, Facts):
            _stress(found, block, look)
    for found in grids:
        found.fit(len(found.widths))
        if found.columns > len(found.widths):
            message = f"a table of its has {found.columns} columns where {len(found.widths)} are wanted"
            raise stop(f"{message}; restore the original file", Mark(look.name))
        found.set(plate.space)
    return album


def _place(found: Grid, paper: Paper, look: Look) -> None:
    """Place the address *grid*: its second row begins with the window, and text with the end of that row.

    It is as wide as the text, so that no text comes to stand beside it.
    """
    left, window_right = Pt(look.left), Mm(paper.window_left + paper.window_width)
    right = max(Pt(look.left + look.measure), window_right)
    top = min(Pt(look.top), Mm(paper.window_top) - ABOVE_WINDOW)
    found.place, found.widths = (left, top), [right - left]
    found.left, found.right = max(Mm(paper.window_left) - left, 0), right - window_right
    above, window = found.rows
    above.height = Mm(paper.window_top) - top
    window.height = Mm(paper.window_height + paper.below)


def _widths(block: Facts | Pairs | Signatures | Table, width: int) -> list[int]:
    """Return the widths of the columns of *block*, *width* together."""
    match block:
        case Table():
            return _parts(width, *(column.share for column in block.columns))
        case Pairs():
            return [LABELS, width - LABELS] if block.code is None else _beside(block.code, width)
        case Facts():
            return _columns(width, [fact.share for fact in block.items])
        case Signatures():
            return _columns(width, [1.0] * ABREAST)[-len(block.signatories) :]


def _beside(shown: Code, width: int) -> list[int]:
    """Return the widths of labels, values and the code beside them, whose margin is all that stands out of *width*."""
    values = width - LABELS - code.dark(shown) - GUTTER // 2  # and half the gutter is theirs
    return [LABELS, values, width + code.margin(shown) - LABELS - values]


@lru_cache
def _parts(width: int, *shares: float) -> list[int]:
    """Return *width* parted by *shares*, in whole twips."""
    edges = [round(edge / sum(shares) * width / Twips(1)) for edge in accumulate(shares, initial=0.0)]
    return [Twips(right - left) for left, right in pairwise(edges)]


def _columns(width: int, shares: Sequence[float]) -> list[int]:
    """Return the widths of columns whose texts have *shares* of *width*, each but the last with its gutter."""
    *others, last = _parts(width - GUTTER * (len(shares) - 1), *shares)
    return [*(other + GUTTER for other in others), last]


def _keep(pieces: list[Piece], place: int, found: Grid, block: Facts | Pairs | Signatures | Table, rule: str) -> None:
    """Keep together the rows of the table *found* at this *place* that *block* wants on one page."""
    bound, above = found.rows[:-1], 1
    match block:
        case Table():
            last = len(block.rows)  # the head is row 0
            found.caption = block.caption
            bound = found.rows[last:-1]
            found.rows[last].borders = rule  # as totals may follow it
        case Signatures():
            _rule(found)
            above = SIGNED
        case Facts():
            above = 0
    for row in bound:
        row.keep = True
    for before in pieces[max(place - above, 0) : place]:
        before.keep = True


def _rule(found: Grid) -> None:
    """Draw the lines to write a date on in *found* as far as the texts beside them reach."""
    for row in found.rows:
        for number, cell in enumerate(row.cells):
            gutter = 0 if number == len(found.widths) - 1 else GUTTER
            cell.tab = Twips(round(found.widths[number] / Twips(1))) - gutter


def _stress(found: Grid, facts: Facts, look: Look) -> None:
    """Make the values of *facts* bold that are to be, and put them on the baseline of the strongest."""
    leadings = [look.styles["Fact Value Strong" if fact.strong else "Fact Value"].leading for fact in facts.items]
    for cell, fact, leading in zip(found.rows[0].cells, facts.items, leadings, strict=True):
        cell.bold = fact.bold
        if leading < max(leadings):
            cell.before = Pt((max(leadings) - leading) * SHARE_ABOVE)


def _room_below(pieces: list[Piece], place: int, room: int, look: Look) -> None:
    """Leave *room* below the table at this *place*: above the paragraph that follows, or else in one put there."""
    if _part(pieces, place, room):
        return
    follows = pieces[place + 1]
    if not (follows.begins_page or follows.section):
        style = next((name for name, one in look.ids.items() if one == follows.known.style), "Normal")
        follows.before = room + Pt(look.styles[style].before)


def _part(pieces: list[Piece], place: int, room: int = 0) -> bool:
    """Part the table at this *place* by *room* from what follows where only a paragraph can; return whether it was."""
    follows = pieces[place + 1 : place + 2]
    if not follows:
        pieces.append(piece.hair())
    elif follows[0].known.is_table:
        pieces.insert(place + 1, piece.hair(max(room - HAIR, 0)))
    return not follows or follows[0].known.is_table
