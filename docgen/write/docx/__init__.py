"""The writer of Word files: docxtpl fills the house, whose own styles, numbering and fields do the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from docx.shared import Mm, Pt
from jinja2 import TemplateError

from docgen.document import (
    Address,
    Align,
    Block,
    Break,
    Bullets,
    Clause,
    Closing,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Lines,
    Pairs,
    Paragraph,
    Signatory,
    Signatures,
    Table,
    Title,
)
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.docx import file, filled, page, piece, plate, runs, table
from docgen.write.docx.piece import Piece
from docgen.write.docx.plate import Plate
from docgen.write.docx.tags import Values

END = "</w:body></w:document>"
TABULAR = (Facts, Pairs, Signatures)
NOTHING = (Facts(()), Pairs(()), Signatures(()))  # what would be a table without a cell


def write(document: Document, look: Look) -> bytes:
    """Return *document* as a Word file that looks as the house of *look* does."""
    blocks = tuple(arranged(document.blocks))
    values = _about(document)
    try:
        house = plate.of(look)
        pieces = _pieces(house, values, blocks, look)
        right = Mm(document.paper.width) - Pt(look.left + look.measure)
        section = plate.section(house, document.paper, right)
        page.finish(pieces, look.ids, section)
        album = table.finish(pieces, blocks, document.paper, look, house)
        text = "".join([*(each.xml(house.space) for each in pieces), section, END])
        return file.bound(house, document, text, values, album)
    except TemplateError as error:
        raise stop(f"it cannot be filled ({error}); restore the original file", Mark(look.name)) from error


def arranged(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield *blocks* as they are shown: an address begins a page, and what is empty is left out."""
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Address) and not isinstance(before, Break | None):
            yield Break()
        if not (isinstance(block, TABULAR) and block in NOTHING):
            yield block
            before = block


def _pieces(house: Plate, values: Values, blocks: Sequence[Block], look: Look) -> list[Piece]:
    """Return the pieces that *house*, which is that of *look*, makes of *blocks* and of the other *values*."""
    if not house.text.apart:
        return piece.parted(house.text.filled({**values, "blocks": shown(blocks, look)}), house.space)
    numbers, face = _numbers(blocks), runs.summary_face(look)
    keys = [_key(block, numbers, face) for block in blocks]
    return filled.pieces(house, values, blocks, keys, lambda block: [*_values(block, numbers, face)])


def _key(block: Block, numbers: Mapping[str, int], face: str) -> filled.Key | None:
    """Return all on which it depends what a house makes of *block*, if that is a paragraph."""
    if isinstance(block, Clause):
        goals = runs.goals(block.inlines, numbers)
        return block.level, block.inlines, goals, numbers.get(block.id), block.summary, face
    if isinstance(block, Paragraph):
        return block.role, block.inlines, runs.goals(block.inlines, numbers)
    return None


def context(document: Document, blocks: Sequence[Block], look: Look) -> Values:
    """Return all that the house of *look* can show of *document*, whose *blocks* are arranged."""
    return {**_about(document), "blocks": shown(blocks, look)}


def _about(document: Document) -> Values:
    """Return what a house can show of *document* besides its blocks."""
    return {
        "title": document.title,
        "letterhead": document.letterhead,
        "footer": document.footer,
        "page_of": runs.page_of(document.page_of),
        "sender": document.author,
    }


def shown(blocks: Sequence[Block], look: Look) -> list[Values]:
    """Return what the loop of the house of *look* shows of *blocks*."""
    numbers, face = _numbers(blocks), runs.summary_face(look)
    return [values for block in blocks for values in _values(block, numbers, face)]


def _numbers(blocks: Iterable[Block]) -> dict[str, int]:
    """Return the numbers of the bookmarks of the clauses among *blocks* that can be referred to, by their ids."""
    names = [block.id for block in blocks if isinstance(block, Clause) and block.id]
    return {name: number for number, name in enumerate(names, start=1)}


def _values(  # noqa: C901, PLR0912 - one case a kind
    block: Block, numbers: Mapping[str, int], face: str
) -> Iterator[Values]:
    """Yield what the loop of a house shows of *block*: once or, for a title and its subtitle, twice.

    *numbers* are those of the bookmarks, by the clauses' ids; what sums a clause up has its own *face*.
    """
    match block:
        case Title():
            yield from _title(block)
        case Heading():
            yield {"kind": "Heading 1", "text": runs.plain(block.text)}
        case Paragraph():
            yield {"kind": block.role.value, "text": runs.runs(block.inlines, numbers)}
        case Clause():
            yield {"kind": f"Clause {block.level}", "text": runs.marked(block, numbers, face)}
        case Bullets():
            yield {"kind": "Bullets", "texts": [runs.runs(item, numbers) for item in block.items]}
        case Facts():
            yield {"kind": "Facts", "facts": [_fact(fact) for fact in block.items]}
        case Pairs():
            yield {"kind": "Pairs", "rows": block.rows}
        case Table():
            yield _table(block)
        case Address():
            yield {"kind": "Address", "lines": block.lines, "sender": block.sender, "service": block.service}
        case Signatures():
            yield {"kind": "Signatures", "rows": [*_abreast(block.signatories)]}
        case Closing():
            yield {"kind": "Ending", "words": block.words, "name": block.name, "role": block.role}
        case Lines():
            yield {"kind": "Lines", "count": block.count}
        case Break():
            yield {"kind": "Break"}
        case _:
            assert_never(block)


def _title(title: Title) -> Iterator[Values]:
    """Yield what a house shows of *title*, with the line under it if there is one."""
    yield {"kind": "Title", "text": runs.plain(title.text)}
    if title.subtitle:
        yield {"kind": "Subtitle", "text": runs.plain(title.subtitle)}


def _fact(fact: Fact) -> Values:
    """Return what a house shows of *fact*."""
    return {"label": fact.label, "value": fact.value, "strong": fact.strong, "bold": fact.bold, "share": fact.share}


def _table(table: Table) -> Values:
    """Return what a house shows of *table*."""
    return {
        "kind": "Table",
        "heads": _cells(table.columns, [column.head for column in table.columns]),
        "rows": [_cells(table.columns, row) for row in table.rows],
        "totals": [{"label": each.label, "amount": each.amount, "strong": each.strong} for each in table.totals],
        "span": max(len(table.columns) - 1, 1),
    }


def _cells(columns: Sequence[Column], texts: Sequence[str]) -> list[Values]:
    """Return *texts* as the cells of a row, each with the side of its column."""
    pairs = zip(columns, texts, strict=True)
    return [{"text": text, "right": column.align is Align.RIGHT} for column, text in pairs]


def _abreast(signatories: Sequence[Signatory]) -> Iterator[list[Values]]:
    """Yield the places to sign, row by row."""
    for start in range(0, len(signatories), table.ABREAST):
        row = signatories[start : start + table.ABREAST]
        yield [{"party": each.party, "name": each.name, "fields": [*_fields(each)]} for each in row]


def _fields(signatory: Signatory) -> Iterator[Values]:
    """Yield what stands below a name: what the person signs as, then labels with a line to write on."""
    if signatory.role:
        yield {"text": signatory.role, "blank": False}
    for label in signatory.fields:
        yield {"text": label, "blank": True}
