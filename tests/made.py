"""Documents made into pages, to be held against the rules: every kind, and some that are hard to set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

import papers
from pages_pdf import Line, Sheet, sheets

from docgen import look
from docgen.document import (
    Align,
    Block,
    Break,
    Clause,
    Closing,
    Document,
    Heading,
    Pairs,
    Paragraph,
    Ref,
    Role,
    Run,
    Signatures,
    Table,
    Title,
)
from docgen.look import Look
from docgen.write import pdf, text


@dataclass(frozen=True)
class Cell:
    """A cell as it is set: its *table* among those of the document, its *row* (-1 for the head), its column."""

    table: Table | Pairs
    row: int
    column: int
    right: bool
    lines: tuple[Line, ...]

    @property
    def total(self) -> bool:
        """Return whether the cell is below the rows of its table."""
        return self.row >= len(self.table.rows)


@dataclass(frozen=True)
class Made:
    """A document and the pages it was made into."""

    name: str
    language: str
    document: Document = field(repr=False)
    look: Look = field(repr=False)
    data: bytes = field(repr=False)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the pages."""
        return sheets(self.data)

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines that are read, page after page."""
        return [line for sheet in self.sheets for line in sheet.content]

    @property
    def body(self) -> float:
        """Return the size of running text."""
        return self.look.styles["Body Text"].size

    @property
    def running(self) -> list[Line]:
        """Return the lines of running text."""
        apart = self.apart
        body = [line for line in self.lines if line.tag in {"P", "LBody"} and line.sizes == {self.body}]
        return [line for line in body if line.text.strip() not in apart]

    @property
    def apart(self) -> set[str]:
        """Return the texts that look like paragraphs and are none: the date, the closing, who signs."""
        found: set[str] = set()
        for block in self.document.blocks:
            match block:
                case Closing():
                    found |= {block.words, block.name, block.role}
                case Signatures():
                    for one in block.signatories:
                        found |= {one.party, one.name, one.role, *one.fields}
                case Paragraph(inlines, Role.DATE):
                    found.add(plain(text.flat(inlines)))
        return found

    @property
    def marks(self) -> set[str]:
        """Return what stands above a title as one with it."""
        paragraphs = [block for block in self.document.blocks if isinstance(block, Paragraph)]
        return {text.flat(block.inlines) for block in paragraphs if block.role is Role.MARK}

    @cached_property
    def cells(self) -> list[Cell]:
        """Return the cells of all tables that are not empty, in their order."""
        set_ = [list(lines) for lines in elements(self.lines) if lines[0].tag in {"TH", "TD"}]
        known = [cell for table in self.document.blocks if isinstance(table, Table | Pairs) for cell in expected(table)]
        return [
            Cell(table, row, column, right, tuple(lines))
            for (table, row, column, right), lines in zip(known, set_, strict=True)
        ]

    @property
    def endings(self) -> list[tuple[int, Sheet]]:
        """Return the last page of the document and of each part that ends before an enclosure."""
        starts = {self.document.letterhead[0]} | {
            block.text for block in self.document.blocks if isinstance(block, Title | Heading)
        }
        last = len(self.sheets) - 1
        return [
            (number, sheet)
            for number, sheet in enumerate(self.sheets)
            if number == last or self.sheets[number + 1].content[0].text.strip() in starts
        ]


def plain(words: str) -> str:
    """Return *words* as they are read back from a page."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def elements(lines: Iterable[Line]) -> list[list[Line]]:
    """Return *lines* by the element they belong to."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.element].append(line)
    return list(found.values())


def expected(block: Table | Pairs) -> Iterator[tuple[Table | Pairs, int, int, bool]]:
    """Yield row, column and side of each cell of *block* that is not empty."""
    if isinstance(block, Pairs):
        yield from ((block, row, column, False) for row, cells in enumerate(block.rows) for column in range(len(cells)))
        return
    rows = (tuple(column.head for column in block.columns), *block.rows)
    for number, row in enumerate(rows, start=-1):
        for column, cell in enumerate(row):
            if cell.strip():
                yield block, number, column, block.columns[column].align is Align.RIGHT
    for number, _ in enumerate(block.totals, start=len(block.rows)):
        yield block, number, 0, True
        yield block, number, len(block.columns) - 1, True


# The documents

ITEMS = "[" + ", ".join(f"Entrega {number} de la guía de Tjörnes" for number in range(1, 301)) + "]"
LINES = "\n".join(
    f"              - {{item: Sesión {number} de fotografía de producto y retoque, price: {number * 7}.50}}"
    for number in range(1, 90)
)
BILLS = "\n".join(
    f"          2026-{number}: {{issued: 2026-10-05, lines: [{{item: Etiqueta, price: {number}.00}}]}}"
    for number in range(101, 111)
)
LONG = "Sociedad para el fomento de las artes gráficas y de los oficios del libro " * 3
HARD = {
    "long-list": (
        "contract",
        ((r"^(        title: Göngukort af Tjörnesi\n        deliverables: )\[.*\]", rf"\g<1>{ITEMS}"),),
    ),
    "long-invoice": (
        "invoice-lines",
        ((r"^(              - {item: Foto.*280.00}\n)(?=          R)", rf"\1{LINES}\n"),),
    ),
    "long-names": (
        "first-notice",
        (
            (r"name: Bodegas Vidal, S.L.", f"name: {LONG[:200]}"),
            (r"title: Etiquetas de la cosecha 2026", f"title: {LONG[:200]}"),
        ),
    ),
    "long-names-contract": (
        "contract",
        ((r"name: Kría ferðir ehf.", f"name: {LONG[:200]}"), (r"title: Göngukort af Tjörnesi", f"title: {LONG[:200]}")),
    ),
    "long-claim": ("first-notice", ((r"^(          2026-037:)", rf"{BILLS}\n\1"),)),
}
LONGEST = 30  # lines that a letter is made longer by, till its second page is begun
MOST_ROWS = 45  # of a table, till its third page is begun
LAST = 30  # blocks of a contract are enough to see how it ends
SENTENCE = "Una frase que llena su renglón casi del todo, como las demás de esta carta. "


@cache
def house(name: str) -> Look:
    """Return how the house in the folder *name* looks."""
    path = papers.HOME / name / "house.docx"
    return look.read(path.read_bytes(), str(path))


def make(name: str, document: Document, folder: str, language: str = "") -> Made:
    """Return *document* made into the pages of the house in *folder*."""
    return Made(name, language, document, house(folder), pdf.write(document, house(folder)))


@cache
def kinds(folder: Path) -> tuple[Made, ...]:
    """Return every kind of document in every language."""
    return tuple(
        make(f"{kind} {language}", document, name, language)
        for language in papers.LANGUAGES
        for kind, (name, document) in papers.every(language, folder).items()
    )


@cache
def hard(folder: Path) -> tuple[Made, ...]:
    """Return the documents that are hard to set, in every language."""
    found = []
    for language in papers.LANGUAGES:
        for name, (kind, changes) in HARD.items():
            order = papers.orders(folder, (r"^    language: \w+", f"    language: {language}"), *changes)[kind]
            found.append(make(f"{name} {language}", order.compose(), order.house, language))
    return tuple(found)


@cache
def lengths(folder: Path) -> tuple[Made, ...]:
    """Return letters, invoices, statements and contracts of every length from one page to the next."""
    english, spanish, icelandic = (papers.every(language, folder) for language in papers.LANGUAGES)
    contract = icelandic["contract"][1]
    contract = replace(contract, blocks=tuple(map(alone, contract.blocks[-LAST:])))
    found = []
    for count in range(LONGEST):
        letter = with_blocks(english["stop-work"][1], 1, *[prose("One more line.")] * count)
        found.append(make(f"{count} paragraphs", letter, "letters"))
        notice = with_blocks(spanish["second-notice"][1], 2, prose(SENTENCE * (count + 1)))
        found.append(make(f"{count} lines", notice, "letters"))
        clauses = [Clause(2, f"18.{number}", (Run("Enn ein lína."),)) for number in range(4, 4 + count)]
        found.append(make(f"{count} clauses", with_blocks(contract, 3, *clauses), "contracts"))
    for count in range(1, MOST_ROWS):
        found.append(make(f"{count} lines billed", with_rows(spanish["invoice-lines"][1], count), "letters"))
        found.append(make(f"{count} entries", with_rows(english["statement"][1], count), "letters"))
    return tuple(found)


def alone(block: Block) -> Block:
    """Return *block* with its references as mere numbers, for where the clauses they name are left out."""
    if not isinstance(block, Clause):
        return block
    inlines = tuple(Run(one.text) if isinstance(one, Ref) else one for one in block.inlines)
    return replace(block, inlines=inlines)


def with_blocks(document: Document, place: int, *more: Block) -> Document:
    """Return *document* up to its first enclosure, with *more* before its block number *place* from the end."""
    blocks = list(document.blocks)
    end = next((number for number, block in enumerate(blocks) if isinstance(block, Break)), len(blocks))
    at = end - place
    return replace(document, blocks=(*blocks[:at], *more, *blocks[at:end]))


def with_rows(document: Document, count: int) -> Document:
    """Return *document* with *count* rows in its first table, of those it has."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    rows = tuple(table.rows[number % len(table.rows)] for number in range(count))
    blocks = tuple(replace(block, rows=rows) if block is table else block for block in document.blocks)
    return replace(document, blocks=blocks)


def prose(words: str) -> Paragraph:
    """Return *words* as a paragraph."""
    return Paragraph((Run(words),))
