"""The rules of typography on every page made: every kind of document in every language, and some that are hard to set.

Each test is a rule of the trade with its threshold and gives back all that breaks it, by document and page. What only
an eye can judge is left to the eye.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import made
import papers
import pypdf
import pytest
from made import Made, elements, plain
from pages_pdf import Color, Line, Sheet

from docgen.document import (
    Address,
    Closing,
    Document,
    Facts,
    Heading,
    Pairs,
    Paragraph,
    Role,
    Signatures,
    Table,
    Title,
)
from docgen.write import text

MM = 72 / 25.4
TEXTS = ("contracts", "letters", "docgen/languages")
FULL = 0.75  # of the room is the least that a full line takes


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the records."""
    return tmp_path_factory.mktemp("typography")


@pytest.fixture(scope="session")
def kinds(folder: Path) -> tuple[Made, ...]:
    """Return every kind of document in every language."""
    return made.kinds(folder)


@pytest.fixture(scope="session")
def every(folder: Path) -> tuple[Made, ...]:
    """Return these, and documents that are hard to set."""
    return (*made.kinds(folder), *made.hard(folder))


@pytest.fixture(scope="session")
def lengths(folder: Path) -> tuple[Made, ...]:
    """Return these, and documents of every length."""
    return (*made.kinds(folder), *made.hard(folder), *made.lengths(folder))


# Lines


def test_a_line_of_running_text_is_easy_to_read(every: tuple[Made, ...]) -> None:
    """It is at most 140 mm wide in 11 points, other sizes in proportion, which is less than three alphabets.

    So full lines have 45 to 90 characters; one line in a hundred, all of narrow letters, may have a few more.
    """
    wrong, long, full = [], 0, 0
    for paper in every:
        notes = [line for line in paper.lines if line.tag == "P" and line.size == paper.look.styles["Note"].size]
        for line in (*paper.running, *notes):
            count, width = len(line.text.strip()), line.right - line.x
            full += line.text.endswith(" ")
            long += count > 90
            if count > 95 or width > 140 / 11 * line.size * MM + 1:
                wrong.append((paper.name, line.page, count, round(width / MM), line.text))
            if line.text.endswith(" ") and width > FULL * paper.look.measure and count < 45:
                wrong.append((paper.name, line.page, count, round(width / MM), line.text))
    assert wrong == []
    assert long <= full / 100


def test_lines_have_room_between_them(every: tuple[Made, ...]) -> None:
    """The leading is 120 to 145 per cent of the size."""
    wrong: list[object] = []
    for paper in every:
        for lines in elements(paper.lines):
            steps = {round((b.y - a.y) / a.size, 2) for a, b in pairwise(lines) if a.page == b.page and b.y > a.y}
            wrong += [(paper.name, lines[0].text, step) for step in steps if not 1.2 <= step <= 1.45]
    assert wrong == []


def test_sizes_can_be_read_and_are_few(every: tuple[Made, ...]) -> None:
    """Running text has 10 to 12 points, nothing less than 7.5; a page has at most 5 sizes, 2 families, 2 weights."""
    wrong: list[object] = []
    for paper in every:
        wrong += [(paper.name, paper.body)] if not 10 <= paper.body <= 12 else []
        for number, sheet in enumerate(paper.sheets):
            sizes = {size for line in sheet.lines for size in line.sizes}
            fonts = {font for line in sheet.lines for font in line.fonts}
            families, weights = {font.split("-")[0] for font in fonts}, {"Bold" in font for font in fonts}
            if min(sizes) < 7.5 or len(sizes) > 5 or len(families) > 2 or len(weights) > 2:
                wrong.append((paper.name, number, sorted(sizes), sorted(fonts)))
    assert wrong == []


def test_margins_are_wide(every: tuple[Made, ...]) -> None:
    """25 mm at the left and at the right at least, 20 above and below the text; no line leaves the measure."""
    wrong: list[object] = []
    for paper in every:
        edge = paper.look.left + paper.look.measure + 0.1
        assert paper.look.left >= 25 * MM - 0.1
        for number, sheet in enumerate(paper.sheets):
            assert sheet.width - edge >= 25 * MM - 0.2
            text_below = sheet.height - 20 * MM
            wrong += [(paper.name, number, line.text) for line in sheet.content if line.y > text_below]
            wrong += [
                (paper.name, number, line.text)
                for line in sheet.lines
                if line.x < paper.look.left - 0.1 or line.right > edge
            ]
    assert wrong == []


def test_paragraphs_are_parted_by_room_and_not_by_indents(every: tuple[Made, ...]) -> None:
    """Between paragraphs are 4 to 10 points more than between lines; each line of one begins where the first does."""
    wrong: list[object] = []
    for paper in every:
        leading = paper.look.styles["Body Text"].leading
        running = {id(line) for line in paper.running}
        text_lines = [line for line in paper.lines if line.tag != "Lbl"]
        for above, below in pairwise(text_lines):
            if not ({id(above), id(below)} <= running and above.page == below.page):
                continue
            gap = below.y - above.y - leading
            if above.element == below.element:
                wrong += [(paper.name, below.text)] if abs(below.x - above.x) > 0.5 else []
            elif not 4 - 0.1 <= gap <= 10:
                wrong.append((paper.name, above.page, round(gap, 1), below.text))
    assert wrong == []


# Headings, clauses, emphasis


def test_headings_belong_to_what_follows(every: tuple[Made, ...]) -> None:
    """There are at most three levels; a heading is never last on a page and nearer to what is below than above.

    What is below may be room to write, which is as high as a hand needs. COPY stands above its title as one with it.
    """
    wrong: list[object] = []
    for paper in every:
        assert len({line.tag for line in paper.lines if is_heading(line)}) <= 3
        for sheet in paper.sheets:
            drawn = [stroke.y for stroke in sheet.strokes if stroke.x > 15 * MM]
            for lines in elements(filter(is_heading, sheet.content)):
                line, last = lines[0], lines[-1]
                others = [each for each in sheet.content if each.element != line.element]
                above = [*drawn, *(each.y for each in others if each.text.strip() not in paper.marks)]
                below = [each.y for each in others if each.y > last.y]
                room = [y for y in drawn if y > last.y]
                if not below and not room:
                    wrong.append((paper.name, line.text, "is last"))
                elif below and min(below) < min(room, default=sheet.height):
                    nearest = max((y for y in above if y < line.y), default=0)
                    wrong += [(paper.name, line.text)] if line.y - nearest <= min(below) - last.y else []
    assert wrong == []


def is_heading(line: Line) -> bool:
    """Return whether *line* is of a title or a heading."""
    return re.fullmatch(r"H\d", line.tag) is not None


def test_numbers_hang_and_the_text_of_clauses_has_one_edge(every: tuple[Made, ...]) -> None:
    """Numbers and bullets have room to hang in; the text begins on the same edge, one for each level."""
    wrong: list[object] = []
    for paper in every:
        edges = set()
        for lines in elements(paper.lines):
            if lines[0].tag == "LBody":
                edges |= {round(line.x * 2) / 2 for line in lines}
                wrong += [(paper.name, line.text) for line in lines if abs(line.x - lines[0].x) > 0.5]
        wrong += [(paper.name, sorted(edges))] if len(edges) > 2 else []
        for label, item in pairwise(paper.lines):
            if label.tag == "Lbl" and item.tag == "LBody" and item.x - label.right < 3:
                wrong.append((paper.name, label.text, round(item.x - label.right, 1)))
        for number, title in pairwise(paper.lines):
            if number.element == title.element and number.y == title.y and title.x - number.right < 3:
                wrong.append((paper.name, number.text, title.text))
    assert wrong == []


def test_emphasis_is_bold_or_italic(every: tuple[Made, ...]) -> None:
    """Never both, never underlined, and capitals for no more than a line."""
    wrong: list[object] = []
    for paper in every:
        for lines in elements(paper.lines):
            words = " ".join(line.text for line in lines)
            wrong += [(paper.name, words)] if any("BoldItalic" in font for line in lines for font in line.fonts) else []
            wrong += [(paper.name, words)] if len(lines) > 1 and words.isupper() else []
        for sheet in paper.sheets:
            for stroke in sheet.strokes:
                under = [line for line in sheet.content if 0 < stroke.y - line.y < 3 and abs(line.x - stroke.x) < 1]
                wrong += [(paper.name, line.text) for line in under if stroke.length < line.right - line.x + 10]
    assert wrong == []


# Tables


def test_columns_have_one_edge_and_heads_stand_as_their_columns(every: tuple[Made, ...]) -> None:
    """Words begin and figures end on the edge of their head, give or take 0.3 points."""
    wrong: list[object] = []
    for paper in every:
        columns: dict[tuple[int, int, bool], list[tuple[float, str]]] = defaultdict(list)
        for cell in paper.cells:
            if not (cell.total and cell.column == 0):
                edges = [(line.right if cell.right else line.x, line.text) for line in cell.lines]
                columns[id(cell.table), cell.column, cell.right] += edges
        for edges in columns.values():
            first = edges[0][0]
            wrong += [(paper.name, words, round(edge - first, 2)) for edge, words in edges if abs(edge - first) > 0.3]
    assert wrong == []


def test_columns_do_not_touch(every: tuple[Made, ...]) -> None:
    """There are 8 points at least between what stands side by side."""
    wrong: list[object] = []
    for paper in every:
        rows = groupby(paper.cells, lambda cell: (id(cell.table), cell.row))
        for left, right in (pair for _, cells in rows for pair in pairwise(list(cells))):
            gap = min(line.x for line in right.lines) - max(line.right for line in left.lines)
            if gap < 8 - 0.1:
                wrong.append((paper.name, left.lines[0].text, right.lines[0].text, round(gap, 1)))
    assert wrong == []


def test_no_figure_is_broken(every: tuple[Made, ...]) -> None:
    """A sum, a date or a number in a column of figures has one line, and so have labels and heads."""
    wrong = [
        (paper.name, [line.text for line in cell.lines])
        for paper in every
        for cell in paper.cells
        if len(cell.lines) > 1
        and (cell.right or cell.row == -1 or (isinstance(cell.table, Pairs) and cell.column == 0))
    ]
    assert wrong == []


def test_sums_below_each_other_have_the_same_decimals(every: tuple[Made, ...]) -> None:
    """Their points stand below each other; a unit price may have more than a sum, and is left out."""
    wrong: list[object] = []
    for paper in every:
        columns: dict[int, set[int]] = defaultdict(set)
        for cell in paper.cells:
            words = cell.lines[0].text
            if (
                isinstance(cell.table, Table)
                and cell.right
                and cell.column == len(cell.table.columns) - 1
                and cell.row >= 0
            ):
                columns[id(cell.table)].add(decimals(words))
        wrong += [(paper.name, found) for found in columns.values() if len(found) > 1]
    assert wrong == []


def decimals(sum_: str) -> int:
    """Return how many decimals *sum_* shows."""
    found = re.search(r"[.,](\d{1,2})(?!\d)", sum_)
    return len(found[1]) if found else 0


SIGN, CODE = "[€£$]", r"(?:EUR|USD|GBP|ISK|kr\.)"


def test_sums_are_written_as_their_language_has_them(every: tuple[Made, ...]) -> None:
    """A currency's name is parted from the figure by a no-break space, and so is a sign that follows it.

    English sets a sign before the figure, without a space (CLDR). What is below zero has a minus, not a hyphen.
    """
    glued = re.compile(rf"\d{SIGN}|\d{CODE}|{CODE}[−]?\d")
    loose = re.compile(rf"\d {SIGN}|\d {CODE}|{CODE} [−]?\d|\d %")
    dashed = re.compile(rf"(?<!\w)[-–](?:{SIGN}|{CODE}\s)?\d")
    wrong: list[object] = []
    for paper in every:
        for words in strings(paper.document):
            found = [sign.search(words) for sign in (glued, loose, dashed)]
            wrong += [(paper.name, words)] if any(found) else []
    assert wrong == []


def strings(value: object) -> Iterator[str]:
    """Yield all that is printed of a document or of a part of it; its running text without its faces."""
    match value:
        case Document():
            yield from (*value.letterhead, value.footer, value.title)
            yield from strings(value.blocks)
        case Paragraph(inlines, _):
            yield text.flat(inlines)
        case str():
            yield value
        case tuple() if value and all(hasattr(item, "text") and not hasattr(item, "subtitle") for item in value):
            yield text.flat(value) if not isinstance(value[0], Heading) else value[0].text
        case tuple():
            for item in value:
                yield from strings(item)
        case _ if hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from strings(getattr(value, name))


def test_rules_are_few_thin_and_level(every: tuple[Made, ...]) -> None:
    """Nothing but horizontal lines of 0.25 to 1 point, four at most for each table that stands on a page."""
    wrong: list[object] = []
    for paper in every:
        for number, sheet in enumerate(paper.sheets):
            wrong += [
                (paper.name, number, stroke)
                for stroke in sheet.strokes
                if abs(stroke.rise) > 0.01 or not 0.25 <= stroke.width <= 1
            ]
            rows = [
                cell.lines[0] for cell in paper.cells if isinstance(cell.table, Table) and cell.lines[0].page == number
            ]
            if rows:
                tables = {id(cell.table) for cell in paper.cells if cell.lines[0].page == number}
                top, bottom = min(line.y for line in rows), max(line.y for line in rows)
                inside = [
                    stroke for stroke in sheet.strokes if top - 10 < stroke.y < bottom + 10 and stroke.x > 15 * MM
                ]
                wrong += [(paper.name, number, len(inside))] if len(inside) > 4 * len(tables) else []
    assert wrong == []


def test_the_total_is_what_is_seen_first_in_a_table(every: tuple[Made, ...]) -> None:
    """It is bold and as large as anything in its table, alone in that, and on one baseline with its label.

    Of all sums on its page none is larger unless it is the same: an invoice says what is due twice.
    """
    wrong: list[object] = []
    for paper in every:
        for table in (block for block in paper.document.blocks if isinstance(block, Table) and block.totals):
            mine = [cell for cell in paper.cells if cell.table is table]
            strong = len(table.rows) + next(n for n, one in enumerate(table.totals) if one.strong)
            label, amount = (cell for cell in mine if cell.row == strong)
            others = [line for cell in mine if cell.row not in {strong, -1} for line in cell.lines]
            line = amount.lines[0]
            if label.lines[-1].y != line.y or not line.bold or any(other.bold for other in others):
                wrong.append((paper.name, line.text, "is not what stands out"))
            larger = [other for other in paper.sheets[line.page].content if other.size > line.size]
            sums = [other.text for other in (*larger, *others) if other.size > line.size or other in larger]
            if any(re.search(rf"{SIGN}|\b{CODE}", other) and other.strip() != line.text.strip() for other in sums):
                wrong.append((paper.name, line.text, sums))
    assert wrong == []


def test_each_fact_is_one_line(every: tuple[Made, ...]) -> None:
    """What a reader looks for first is seen at once: neither a label nor a value is broken."""
    wrong: list[object] = []
    for paper in every:
        shown = {line.text.strip() for line in paper.lines}
        facts = [fact for block in paper.document.blocks if isinstance(block, Facts) for fact in block.items]
        wrong += [(paper.name, fact) for fact in facts if not {plain(fact.label), plain(fact.value)} <= shown]
    assert wrong == []


# Color


def test_there_is_one_color_besides_black_and_grey_and_all_can_be_read(every: tuple[Made, ...]) -> None:
    """A page survives a printer without color: the contrast to paper is 4.5 to 1 at least."""
    wrong: list[object] = []
    for paper in every:
        colors = frozenset[Color]().union(*(sheet.colors for sheet in paper.sheets))
        accents = {color for color in colors if max(color) - min(color) > 0.1}
        faint = {color for color in colors if 1.05 / (luminance(color) + 0.05) < 4.5}
        wrong += [(paper.name, accents, faint)] if len(accents) > 1 or faint else []
    assert wrong == []


def luminance(color: Color) -> float:
    """Return the relative luminance of *color* (WCAG 2.2)."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
    red, green, blue = parts if len(parts) == 3 else parts * 3
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Words


ENDS = re.compile(
    r"\b(clauses?|articles?|art\.|no\.|invoice|cláusulas?|artículos?|n\.º|núm\.|factura|gr(ein|\.)|nr\.) $",
    re.IGNORECASE,
)
UNITS = re.compile(r"^(days?|months?|días?|mes(es)?|dag(ar|a|ur)|mánuð\w+|%|€|£|EUR|ISK|GBP|USD|kr\.)(?!\w)")
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember"
)


def test_what_belongs_together_is_on_one_line(every: tuple[Made, ...]) -> None:
    """No line ends inside a date, a telephone or account number, before a unit or after the word for a number."""
    wrong: list[object] = []
    for paper in every:
        whole = {plain(words) for words in bound(paper.document)}
        for lines in elements(paper.lines):
            for above, below in pairwise(lines):
                if above.y == below.y:
                    continue
                broken = above.text + below.text
                place = len(above.text)
                inside = [m for m in DATES.finditer(broken) if m.start() < place < m.end()]
                inside += [
                    m for words in whole for m in re.finditer(re.escape(words), broken) if m.start() < place < m.end()
                ]
                number = ENDS.search(above.text) and re.match(r"\d", below.text)
                unit = re.search(r"(?<![\w.,])\d{1,3}([.,]\d+)? $", above.text) and UNITS.match(below.text)
                if inside or number or unit:
                    wrong.append((paper.name, above.text[-25:], below.text[:15]))
    assert wrong == []


DATES = re.compile(rf"\d{{1,2}}\.? (de )?({MONTHS})( de)? \d{{4}}|({MONTHS}) \d{{1,2}}, \d{{4}}", re.IGNORECASE)
WHOLE = re.compile(r"\+\d[\d\s]+\d|\b[A-Z]{2}\d\d(?:\s\w{4})+(?:\s\w+)?|\b[R]?\d{4}-\d{3}\b")


def bound(document: Document) -> set[str]:
    """Return the telephone, account and invoice numbers of *document*."""
    return {found[0] for words in strings(document) for found in WHOLE.finditer(words)}


QUOTES = {"en": "“”‘’", "es": "«»“”", "is": "„“"}
WRONG = {
    "a straight quotation mark": re.compile(r"[\"']"),
    "two spaces": re.compile(r"(?<=\S)  +(?=\S)"),
    "a hyphen for a dash": re.compile(r"(?<=\s)-(?=\s)"),
    "three points for an ellipsis": re.compile(r"\.\.\."),
    "a space before a mark": re.compile(r"\w\s[,;:.!?](?=\s|$)"),
}


def test_quotation_marks_and_dashes_are_those_of_the_language(every: tuple[Made, ...]) -> None:
    """Nothing is left of the typewriter: neither straight quotation marks nor hyphens for dashes."""
    wrong: list[object] = []
    for paper in every:
        for words in strings(paper.document):
            wrong += [(paper.name, what, words) for what, sign in WRONG.items() if sign.search(words)]
            marks = {sign for sign in words if unicodedata.category(sign) in {"Pi", "Pf"} or sign in "„‚"}
            wrong += [(paper.name, marks, words)] if marks - set(QUOTES[paper.language] + "’") else []
    assert wrong == []


def test_texts_are_typed_as_they_are_to_be_printed() -> None:
    """The same for every text there is, whether the example uses it or not."""
    wrong: list[object] = []
    for path in [file for home in TEXTS for file in (papers.HOME / home).glob("*/*.md")]:
        read = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for row in read.splitlines():
            words = row.removeprefix("- ").removeprefix("> ").replace("**", "").replace("*", "")
            marks = {sign for sign in words if unicodedata.category(sign) in {"Pi", "Pf"} or sign in "„‚"}
            if marks - set(QUOTES[path.parent.name] + "’"):
                wrong.append((path.name, marks))
            wrong += [(path.name, what, words) for what, sign in WRONG.items() if sign.search(words)]
    assert wrong == []


# Pages


def test_pages_break_where_a_reader_can_go_on(lengths: tuple[Made, ...]) -> None:
    """Two lines of a paragraph at least are on each side, a table's head comes again, a total is never alone."""
    wrong: list[object] = []
    for paper in lengths:
        for lines in elements(paper.lines):
            pages = [len({line.y for line in group}) for _, group in groupby(lines, lambda line: line.page)]
            wrong += [(paper.name, lines[0].text, pages)] if len(pages) > 1 and min(pages) < 2 else []
        for table in (block for block in paper.document.blocks if isinstance(block, Table)):
            mine = [cell for cell in paper.cells if cell.table is table]
            rows = {cell.lines[0].page for cell in mine if cell.row >= 0 and not cell.total}
            wrong += [
                (paper.name, cell.lines[0].text, "is alone")
                for cell in mine
                if (cell.total or cell.row == -1) and cell.lines[0].page not in rows
            ]
            first = mine[0].lines[0].page
            heads = [column.head for column in table.columns]
            for page in rows - {first}:
                repeated = [line.text for line in paper.sheets[page].lines if not line.element]
                wrong += [] if set(heads) <= set(repeated) else [(paper.name, page, "has no head")]
        for here, there in pairwise(paper.sheets):
            last = here.content[-1]
            wrong += [(paper.name, last.text, "is last")] if is_heading(last) and not under(here, last) else []
            del there
    assert wrong == []


def under(sheet: Sheet, line: Line) -> bool:
    """Return whether there is room to write below *line*."""
    return any(stroke.y > line.y for stroke in sheet.strokes if stroke.x > 15 * MM)


def test_who_signs_has_text_above(lengths: tuple[Made, ...]) -> None:
    """Closing, room and name are on one page with two lines at least of what is asked or agreed."""
    wrong: list[object] = []
    for paper in lengths:
        for block in paper.document.blocks:
            if not isinstance(block, Closing | Signatures):
                continue
            first = block.words if isinstance(block, Closing) else block.signatories[0].party
            names = [block.name] if isinstance(block, Closing) else [one.name for one in block.signatories]
            end = [line for line in paper.lines if line.text.strip() == plain(first) and line.tag == "P"][-1]
            sheet = paper.sheets[end.page].content
            place = sheet.index(end)
            below = " ".join(line.text.strip() for line in sheet[place:])
            above = [line for line in sheet[:place] if line.size >= 10 and not is_heading(line)]
            if len({line.y for line in above}) < 2 or not all(plain(name) in below for name in names):
                wrong.append((paper.name, end.page, [line.text for line in above], below))
    assert wrong == []


def test_no_page_is_almost_empty(lengths: tuple[Made, ...]) -> None:
    """The last page of a document, and of what comes before an enclosure, has four lines at least.

    Neither what parties fill in nor a page to write on by hand is counted.
    """
    wrong: list[object] = []
    for paper in lengths:
        apart = paper.apart if any(isinstance(block, Signatures) for block in paper.document.blocks) else set()
        for number, sheet in paper.endings:
            lines = {line.y for line in sheet.content if line.text.strip() not in apart}
            if len(lines) < 4 and len(sheet.strokes) < 20:
                wrong.append((paper.name, number, [line.text for line in sheet.content]))
    assert wrong == []


def test_each_page_says_whose_it_is_and_which_of_how_many(every: tuple[Made, ...]) -> None:
    """At its foot, in small."""
    wrong: list[object] = []
    for paper in every:
        for number, sheet in enumerate(paper.sheets, start=1):
            foot = [line for line in sheet.lines if line.y > sheet.height - paper.look.bottom]
            expected_foot = {
                plain(paper.document.footer),
                paper.document.page_of.format(page=number, pages=len(paper.sheets)),
            }
            words = plain(" ".join(line.text.strip() for line in foot))
            if not all(part in words for part in expected_foot) or any(line.size >= paper.body for line in foot):
                wrong.append((paper.name, number, words))
    assert wrong == []


# Letters


def test_an_address_is_in_the_window_and_folds_are_marked(every: tuple[Made, ...]) -> None:
    """Nothing else is in the window; thin marks are at the folds and, longer, at the hole, on the first page alone."""
    wrong: list[object] = []
    for paper in every:
        form = paper.document.paper
        addresses = [block for block in paper.document.blocks if isinstance(block, Address)]
        left, top = form.window_left * MM, form.window_top * MM
        right, bottom = left + form.window_width * MM, top + form.window_height * MM
        shown = []
        for number, sheet in enumerate(paper.sheets):
            inside = [line for line in sheet.content if top < line.y < bottom and line.x < right]
            if sheet.content[0].text.strip() == paper.document.letterhead[0] and addresses:
                shown.append(" ".join(line.text.strip() for line in inside))
                wrong += [
                    (paper.name, line.text)
                    for line in inside
                    if line.x < left - 0.1
                    or line.right > right + 0.1
                    or line.y - line.size < top - 3
                    or line.y + line.size / 4 > bottom
                ]
            marks = [stroke for stroke in sheet.strokes if stroke.x < 15 * MM]
            places = {**dict.fromkeys(form.folds, 2.5), **({form.hole: 4.0} if form.hole else {})}
            wanted = sorted(places.items()) if addresses and number == 0 else []
            assert [(round(mark.y / MM, 1), round(mark.length / MM, 1)) for mark in marks] == wanted
            assert all(mark.width == 0.25 for mark in marks)
        assert shown == [plain(" ".join(block.lines)) for block in addresses]
    assert wrong == []


def test_the_service_asked_for_is_above_the_address(kinds: tuple[Made, ...]) -> None:
    """Where the post reads it, and small."""
    services = 0
    for paper in kinds:
        for block in paper.document.blocks:
            if isinstance(block, Address) and block.service:
                (service,) = [line for line in paper.lines if line.text.strip() == block.service]
                window = paper.document.paper.window_top * MM
                assert window - 12 * MM < service.y < window
                assert 8 <= service.size < 10
                services += 1
    assert services == len(papers.LANGUAGES)


def test_a_subject_is_one_bold_line(kinds: tuple[Made, ...]) -> None:
    """And names the invoices that it is about."""
    wrong: list[object] = []
    for paper in kinds:
        for block in paper.document.blocks:
            if isinstance(block, Paragraph) and block.role is Role.SUBJECT:
                words = plain(text.flat(block.inlines))
                lines = [line for line in paper.lines if line.tag == "H1" and line.text.strip() in words]
                wrong += [(paper.name, words)] if len(lines) != 1 or not lines[0].bold else []
    assert wrong == []


def test_the_letterhead_stays_in_the_background(every: tuple[Made, ...]) -> None:
    """It takes no more than 15 per cent of the height, and but for the name it is smaller than the text."""
    for paper in every:
        for sheet in paper.sheets:
            if sheet.content[0].text.strip() == paper.document.letterhead[0]:
                head = sheet.content[: len(paper.document.letterhead)]
                assert head[-1].y < 0.15 * sheet.height
                assert all(line.size < paper.body for line in head[1:])


def test_there_is_room_to_sign_above_a_printed_name(every: tuple[Made, ...]) -> None:
    """12 to 15 mm of it; in a contract on a line, for both parties side by side."""
    for paper in every:
        for block in paper.document.blocks:
            if isinstance(block, Closing):
                words = next(line for line in paper.lines if line.text.strip() == block.words)
                names = [line for line in paper.sheets[words.page].content if line.text.strip() == block.name]
                name = next(line for line in names if line.y > words.y)
                leading = paper.look.styles["Signature Name"].leading
                assert 12 <= (name.y - words.y - leading) / MM + 0.1 <= 15.2
            elif isinstance(block, Signatures):
                parties = [plain(one.party) for one in block.signatories]
                first, second = [line for line in paper.lines if line.text.strip() in parties and line.tag == "P"][-2:]
                assert first.y == second.y
                strokes = paper.sheets[first.page].strokes
                line = min((stroke for stroke in strokes if stroke.y > first.y), key=lambda stroke: stroke.y)
                assert 12 <= (line.y - first.y) / MM <= 17
                assert line.length > 50 * MM


def test_enclosures_are_named_and_follow(every: tuple[Made, ...]) -> None:
    """Each invoice enclosed is listed at the foot of the letter, and its pages are counted with the letter's."""
    enclosing = 0
    for paper in every:
        addresses = [block for block in paper.document.blocks if isinstance(block, Address)]
        titles = [block.text for block in paper.document.blocks if isinstance(block, Title)]
        notes = [
            text.flat(b.inlines) for b in paper.document.blocks if isinstance(b, Paragraph) and b.role is Role.NOTE
        ]
        numbers = {found[0] for title in titles for found in re.finditer(r"R?\d{4}-\d{3}", title)}
        if len(addresses) > 1:
            assert len(addresses) == 1 + len(numbers)
            assert any(numbers == set(re.findall(r"R?\d{4}-\d{3}", note)) for note in notes)
            enclosing += 1
    assert enclosing >= 12


# Files


def test_a_file_is_whole_and_small(every: tuple[Made, ...]) -> None:
    """Its fonts are in it, it says what it is and whose and in which language, and has less than 200 kB."""
    for paper in every:
        assert len(paper.data) < 200_000
        file = pypdf.PdfReader(io.BytesIO(paper.data))
        fonts = [font.get_object() for page in file.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
        assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
        assert not any("Helvetica" in font["/BaseFont"] for font in fonts)
        said = file.metadata
        assert said is not None
        assert (said.title, said.author, said.producer) == (paper.document.title, paper.document.author, "docgen")
        assert file.trailer["/Root"]["/Lang"] == paper.document.language  # type: ignore[index]


def test_paper_is_that_of_the_country_the_letter_leaves_from(kinds: tuple[Made, ...], folder: Path) -> None:
    """A4 in Spain, letter in the United States, with the same text on the same measure."""
    assert {(round(sheet.width / MM, 1), round(sheet.height / MM, 1)) for one in kinds for sheet in one.sheets} == {
        (210, 297)
    }
    order = papers.orders(folder, (r"^  country: ES", "  country: US"))["first-notice"]
    american = made.make("first-notice", order.compose(), order.house)
    assert {(round(sheet.width / MM, 1), round(sheet.height / MM, 1)) for sheet in american.sheets} == {(215.9, 279.4)}
