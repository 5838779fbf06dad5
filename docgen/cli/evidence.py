"""The command `evidence`: everything about an unpaid invoice as one PDF, for a court or a lawyer."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import click

from docgen import dispatch, reach
from docgen.cli.arguments import pick
from docgen.cli.sent import KEPT
from docgen.cli.workspace import Workspace, reading
from docgen.compose import evidence
from docgen.compose.desk import Desk
from docgen.compose.evidence import Exhibit, Letter
from docgen.compose.texts import LETTERS
from docgen.dispatch import Made
from docgen.frozen import dataclass
from docgen.language import Language
from docgen.orders.contracts import contract_of
from docgen.orders.invoices import invoice_of
from docgen.press import Order, Press
from docgen.problem import Mark, Problem, Problems
from docgen.proof import merged
from docgen.records import intake
from docgen.records.register import Row
from docgen.write.pdf import batch, bundle
from docgen.write.pdf.batch import Piece
from docgen.write.pdf.bundle import Attached


@click.command("evidence")
@click.argument("number")
@click.option("--out", type=click.Path(path_type=Path), help="Where to put it; `out` in the workspace by default.")
@reading
def command(work: Workspace, number: str, *, out: Path | None) -> None:
    """Make one PDF about the invoice NUMBER: contract, invoice, every letter as posted, payments, what is owed today.

    A letter whose kept file is missing or was changed is a mistake.
    """
    client, _, _ = work.book.invoices[pick("invoice", number, work.book.invoices)]
    gathered = Gathering(work, work.desk(), Press(work.shelf, ("pdf",)), number)
    made = Made(f"{client.id}/{number}-evidence.pdf", gathered.content())
    folder = work.output(out)
    written = dispatch.publish(folder, [made], "docgen evidence")
    click.echo(f"{'made' if written else 'unchanged'} {folder / made.path}: {batch.pages(made.content)} pages")


@dataclass(frozen=True, slots=True)
class Gathering:
    """The papers about the invoice called *number*."""

    work: Workspace
    desk: Desk
    press: Press
    number: str

    @property
    def tongue(self) -> Language:
        """Return the language of the index."""
        return self.desk.tongue(self.desk.book.business.language)

    def content(self) -> bytes:
        """Return the whole file; the index is made twice, as it has its own length to reckon with."""
        posted = self.posted()
        papers = self.papers(posted)
        length = batch.pages(self.index(papers, posted, 1))
        pieces = [Piece(self.tongue.label("evidence.index"), self.index(papers, posted, length + 1))]
        pieces += [Piece(exhibit.name, content) for exhibit, content in papers]
        foot = self.tongue.label("evidence.foot", number=self.number, page="{page}", pages="{pages}")
        about = evidence.index(self.desk, self.number, (), posted)
        made = bundle.write(pieces, about, foot, [self.attached(letter) for letter in posted if letter.row.sha256])
        parts = [merged.part(piece.name, piece.content) for piece in pieces]
        merged.check(io.BytesIO(made), f"{self.number}-evidence", parts, duplex=False)
        return made

    def attached(self, letter: Letter) -> Attached:
        """Return the very file of *letter*."""
        file = kept(letter.row, self.work.shelf.home)
        return Attached(file.name, content(file, self.work.shelf.home), letter.title)

    def index(self, papers: Sequence[tuple[Exhibit, bytes]], posted: Sequence[Letter], first: int) -> bytes:
        """Return the index of *papers*, the first of which begins on the page *first*."""
        exhibits, page = [], first
        for exhibit, content in papers:
            exhibits.append(Exhibit(exhibit.name, exhibit.on, page))
            page += batch.pages(content)
        compose = functools.partial(evidence.index, self.desk, self.number, exhibits, posted)
        return self.made(Order(LETTERS, f"{self.number}-evidence", compose))

    def papers(self, posted: Sequence[Letter]) -> list[tuple[Exhibit, bytes]]:
        """Return the papers in their order: contract, invoice, letters, calculation."""
        client, project, bill = self.desk.book.invoices[self.number]
        label, day = self.tongue.label, self.desk.day
        found: list[tuple[Exhibit, bytes]] = []
        if project.fee is not None:
            signed = project.agreed(day) or bill.issued
            contract = self.made(contract_of(self.desk, client, project))
            found.append((Exhibit(label("evidence.contract"), signed, 0), contract))
        copy = self.made(invoice_of(self.desk, self.number, copy=True))
        found.append((Exhibit(label("evidence.invoice", number=self.number), bill.issued, 0), copy))
        for letter in posted:
            if letter.row.sha256:
                name = label("evidence.letter", document=letter.title)
                home = self.work.shelf.home
                found.append((Exhibit(name, letter.row.on, 0), content(printed_of(letter.row, home), home)))
        order = Order(LETTERS, self.number, functools.partial(evidence.reckoning, self.desk, self.number))
        return [*found, (Exhibit(label("evidence.calculation"), day, 0), self.made(order))]

    def made(self, order: Order) -> bytes:
        """Return the PDF of *order*."""
        (made,) = self.press.make([order])
        return made.content

    def posted(self) -> list[Letter]:
        """Return the letters posted by the day about it; raises Problems if a file is not whole."""
        client, project, _ = self.desk.book.invoices[self.number]
        register, _ = intake.posted(self.work.shelf.home)
        about = {self.number, project.id}
        rows = [row for row in register.letters if row.client == client.id and about & set(row.subjects)]
        rows = [row for row in rows if row.on <= self.desk.day]
        home = self.work.shelf.home
        wrong = [problem for row in rows if row.sha256 for problem in changed(row, home)]
        if wrong:
            raise Problems(wrong)
        return [Letter(row, called(row, home)) for row in rows]


def printed_of(row: Row, home: Path) -> Path:
    """Return where the pages of the letter of *row* are kept."""
    return home / KEPT / row.client / f"{row.on}-{row.subjects[0]}-{row.document}.pdf"


def kept(row: Row, home: Path) -> Path:
    """Return where the file of the letter of *row* is kept: a Word file, if one was posted, beside its pages."""
    printed = printed_of(row, home)
    word = printed.with_suffix(".docx")
    return word if word.is_file() else printed


def content(file: Path, home: Path) -> bytes:
    """Return what is in *file* below *home*; raises Problems if that cannot be read."""
    return reach.read(home, str(file.relative_to(home))) or b""


def called(row: Row, home: Path) -> str:
    """Return what the letter of *row* is called by itself, or else by the register."""
    return (batch.title(content(printed_of(row, home), home)) if row.sha256 else "") or row.document


def changed(row: Row, home: Path) -> list[Problem]:
    """Return what is wrong with the kept file of *row*: it is not there, or not what was posted, or cannot be read."""
    printed, file = printed_of(row, home), kept(row, home)
    name = Mark(str(file.relative_to(home)))
    if not file.is_file():
        return [Problem(name, f"is missing, and {row.mark} says that it was posted; put it back from a copy")]
    if not printed.is_file():
        return [Problem(name, f"is a Word file; put the PDF that was printed from it beside it, as {printed.name}")]
    found = hashlib.sha256(content(file, home)).hexdigest()
    if found != row.sha256:
        return [
            Problem(name, f"has changed since it was posted: its SHA-256 is {found}, and {row.mark} has {row.sha256}")
        ]
    if not batch.readable(content(printed, home)):
        return [Problem(Mark(str(printed.relative_to(home))), "is no PDF that can be read, so it cannot be put in")]
    return []
