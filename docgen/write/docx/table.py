"""What a house's tables need once they are filled: their place and widths, and which rows stay together."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import accumulate, islice, pairwise
from typing import TypeAlias

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, Twips
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph

from docgen.document import Address, Block, Code, Facts, Pairs, Paper, Signatures, Table
from docgen.look import Look
from docgen.problem import Mark, stop
from docgen.write.docx import code, page
from docgen.write.docx.page import Element

Tabular: TypeAlias = Address | Facts | Pairs | Signatures | Table

ABOVE_WINDOW = Mm(12)  # room for the service and the sender
BELOW = {Table: Pt(12), Facts: Pt(14), Pairs: Pt(8)}
LABELS = Mm(38)  # the width of the labels of pairs
GUTTER = Mm(8)  # between facts and between signatures; the cells of the house have it on their right
ABREAST = 2  # signatories
SIGNED = 4  # paragraphs that stay with signatures: what is said of them, its heading, the end of what is agreed
SHARE_ABOVE = 0.8  # of a line of exact height stands above the baseline
LAST_RULE = "w:style[w:name/@w:val='Docgen Table']/w:tblStylePr[@w:type='lastRow']/w:tcPr/w:tcBorders"
AFTER_MARGINS = ("w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
AFTER_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", *AFTER_MARGINS)


def finish(word: Word, blocks: Sequence[Block], paper: Paper, look: Look) -> None:
    """Give each table of *word* what belongs to its block among *blocks*, and room to what follows it."""
    tabular = [block for block in blocks if isinstance(block, Tabular)]
    if len(tabular) != len(word.tables):
        found = f"its loop over the blocks makes {len(word.tables)} tables where {len(tabular)} are wanted"
        raise stop(f"{found}; restore the original file", Mark(look.name))
    for grid, block in zip(word.tables, tabular, strict=True):
        if isinstance(block, Address):
            _place(grid, paper, look)
        else:
            if isinstance(block, Pairs) and block.code:
                code.add(grid, block.code)
            _set_widths(grid, _widths(block, Pt(look.measure)))
            _keep(grid, block, word)
            _room_below(grid, BELOW.get(type(block), Pt(0)), look)
        if isinstance(block, Facts):
            _stress(grid, block)
            _level(grid, block, look)


def _place(grid: Grid, paper: Paper, look: Look) -> None:
    """Place the address *grid*: its second row begins with the window, and text with the end of that row.

    It is as wide as the text, so that no text comes to stand beside it.
    """
    left, window_right = Pt(look.left), Mm(paper.window_left + paper.window_width)
    right = max(Pt(look.left + look.measure), window_right)
    position: Element = grid._tbl.tblPr.find(qn("w:tblpPr"))
    position.set(qn("w:tblpX"), str(left // Twips(1)))
    top = min(Pt(look.top), Mm(paper.window_top) - ABOVE_WINDOW)
    position.set(qn("w:tblpY"), str(top // Twips(1)))
    _set_widths(grid, [right - left])
    above, window = grid.rows
    above.height = Length(Mm(paper.window_top) - top)
    window.height = Mm(paper.window_height + paper.below)
    for row in grid.rows:
        _set_margin(row._tr.tc_lst[0], "left", max(Mm(paper.window_left) - left, 0))
        _set_margin(row._tr.tc_lst[0], "right", right - window_right)
    _part(grid)


def _widths(block: Facts | Pairs | Signatures | Table, width: int) -> list[int]:
    """Return the widths of the columns of *block*, *width* together."""
    match block:
        case Table():
            return _parts(width, [column.share for column in block.columns])
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


def _parts(width: int, shares: Sequence[float]) -> list[int]:
    """Return *width* parted by *shares*, in whole twips."""
    edges = [round(edge / sum(shares) * width / Twips(1)) for edge in accumulate(shares, initial=0.0)]
    return [Twips(right - left) for left, right in pairwise(edges)]


def _columns(width: int, shares: Sequence[float]) -> list[int]:
    """Return the widths of columns whose texts have *shares* of *width*, each but the last with its gutter."""
    *others, last = _parts(width - GUTTER * (len(shares) - 1), shares)
    return [*(other + GUTTER for other in others), last]


def _keep(grid: Grid, block: Facts | Pairs | Signatures | Table, word: Word) -> None:
    """Keep together the rows of *grid* that *block* wants on one page."""
    match block:
        case Table():
            page.bind(grid._tbl.getprevious())
            last = len(block.rows)  # the head is row 0
            _describe(grid, block.caption)
            _underline(grid.rows[last], word)
            _bind(grid.rows[last:-1])
        case Signatures():
            _rule(grid)
            _bind(grid.rows[:-1])
            for element in islice(grid._tbl.itersiblings(preceding=True), SIGNED):
                page.bind(element)
        case Pairs():
            page.bind(grid._tbl.getprevious())
            _bind(grid.rows[:-1])
        case Facts():
            _bind(grid.rows[:-1])


def _rule(grid: Grid) -> None:
    """Draw the lines to write a date on in *grid* as far as the texts beside them reach."""
    for row in grid.rows:
        for number, cell in enumerate(row._tr.tc_lst):
            for tab in cell.iter(qn("w:tab")):
                if tab.getparent().tag == qn("w:tabs"):
                    gutter = 0 if number == len(grid.columns) - 1 else GUTTER
                    tab.set(qn("w:pos"), str((grid.columns[number].width - gutter) // Twips(1)))


def _bind(rows: Sequence[_Row]) -> None:
    """Keep each of *rows* on the page of the next one."""
    for row in rows:
        for paragraph in row._tr.iter(qn("w:p")):
            page.form(paragraph).keep_with_next = True


def _describe(grid: Grid, caption: str) -> None:
    """Say to those who cannot see it what *grid* is."""
    if caption:
        grid._tbl.tblPr.append(OxmlElement("w:tblCaption", {qn("w:val"): caption}))


def _underline(row: _Row, word: Word) -> None:
    """Draw below *row* the rule that the house draws below the last row of a table, as totals may follow it."""
    for borders in word.styles.element.xpath(LAST_RULE):
        for cell in row._tr.tc_lst:
            cell.get_or_add_tcPr().insert_element_before(deepcopy(borders), *AFTER_BORDERS)


def _stress(grid: Grid, facts: Facts) -> None:
    """Make the values of *facts* bold that are to be."""
    for cell, fact in zip(grid.rows[0].cells, facts.items, strict=True):
        for run in cell.paragraphs[-1].runs if fact.bold else ():
            run.bold = True


def _level(grid: Grid, facts: Facts, look: Look) -> None:
    """Put the values of *facts* on the baseline of the strongest."""
    leadings = [look.styles["Fact Value Strong" if fact.strong else "Fact Value"].leading for fact in facts.items]
    for cell, leading in zip(grid.rows[0].cells, leadings, strict=True):
        if leading < max(leadings):
            cell.paragraphs[-1].paragraph_format.space_before = Pt((max(leadings) - leading) * SHARE_ABOVE)


def _room_below(grid: Grid, room: Length, look: Look) -> None:
    """Leave *room* below *grid*: above the paragraph that follows, or else in one put there."""
    if _part(grid, room):
        return
    follows: Element = grid._tbl.getnext()
    if not page.form(follows).page_break_before and follows.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        style: Element = Paragraph(follows, grid._parent).style
        page.form(follows).space_before = Length(room + Pt(look.styles.get(style.name, look.styles["Normal"]).before))


def _part(grid: Grid, room: int = 0) -> bool:
    """Part *grid* by *room* from what follows where only a paragraph can do that; return whether it was needed."""
    follows: Element = grid._tbl.getnext()
    if page.is_table(follows):
        follows.addprevious(page.hair(max(room - page.HAIR, 0)))
    elif follows.tag == qn("w:sectPr"):
        follows.addprevious(page.hair())
    return bool(follows.tag != qn("w:p"))


def _set_widths(grid: Grid, widths: Sequence[int]) -> None:
    """Set the columns of *grid* to *widths*, and the text of the outer ones to its edges."""
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Length(width)
    whole: Element = grid._tbl.tblPr.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths) // Twips(1)))
    edges = [*accumulate(widths, initial=0)]
    for row in grid.rows:
        _fit(row, len(widths))
        start = 0
        for cell in row._tr.tc_lst:
            end = start + cell.grid_span
            _set_width(cell, edges[end] - edges[start])
            if start == 0:
                _set_margin(cell, "left", 0)
            if end == len(widths):
                _set_margin(cell, "right", 0)
            start = end
        _leave_free(row, len(widths) - start)


def _fit(row: _Row, count: int) -> None:
    """Let *row* span no more than *count* columns: LibreOffice stretches the last cell over all that a house has."""
    last = row._tr.tc_lst[-1]
    over = sum(cell.grid_span for cell in row._tr.tc_lst) - count
    if over > 0:
        last.get_or_add_tcPr().grid_span = max(last.grid_span - over, 1)


def _leave_free(row: _Row, count: int) -> None:
    """Say that the last *count* columns of *row* have no cell, or LibreOffice stretches those there are."""
    if count:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:gridAfter", {qn("w:val"): str(count)}))


def _set_width(cell: Element, width: int) -> None:
    """Set the *width* of *cell*; docxtpl puts the span of columns where Word wants the width."""
    cell.width = Length(width)
    if cell.tcPr.gridSpan is not None:
        cell.tcPr.find(qn("w:tcW")).addnext(cell.tcPr.gridSpan)


def _set_margin(cell: Element, side: str, margin: int) -> None:
    """Set the room that *cell* leaves at *side* of its text."""
    margins = cell.get_or_add_tcPr().find(qn("w:tcMar"))
    if margins is None:
        margins = OxmlElement("w:tcMar")
        cell.tcPr.insert_element_before(margins, *AFTER_MARGINS)
    element = margins.find(qn(f"w:{side}"))
    if element is None:
        element = OxmlElement(f"w:{side}", {qn("w:type"): "dxa"})
        margins.append(element)
    element.set(qn("w:w"), str(margin // Twips(1)))
