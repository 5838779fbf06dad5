"""The print pack: the letters that are due as one file to print, and the list that goes to the counter with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docgen import paper, trace
from docgen.compose import desk as at
from docgen.compose import posting
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.dispatch import Stage
from docgen.orders.letters import letter_of, stem
from docgen.plan import Job
from docgen.post import address as postal
from docgen.post import listing, service
from docgen.post.listing import Piece
from docgen.press import Order, Press
from docgen.problem import Mark, Problem, Problems
from docgen.proof import merged
from docgen.proof.merged import Part
from docgen.schedule import Channel
from docgen.write.pdf import batch

FOLDER = "print"
LETTERS_FILE, LIST_FILE = f"{FOLDER}/letters.pdf", f"{FOLDER}/{listing.FILE}"
FIRST = (Channel.CERTIFIED, Channel.MAIL, Channel.EMAIL)  # the order in which they are posted


def ordered(jobs: Sequence[Job], country: str) -> list[Job]:
    """Return *jobs* in the order of posting: by service, then what stays in *country* before what goes abroad."""
    return sorted(
        jobs, key=lambda job: (FIRST.index(job.rung.channel), job.client.country != country, job.client.country)
    )


@dataclass(slots=True)
class Pack:
    """The pack of *jobs* in the making: each letter is made once, put into the files, and let go."""

    desk: Desk
    press: Press
    jobs: Sequence[Job]
    numbers: Mapping[str, str] = field(default_factory=dict)  # of the post, by letter, as far as they are known
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)  # of letters.pdf

    def make(self, stage: Stage) -> None:
        """Put the whole pack on *stage*; raises Problems with what is wrong with any letter."""
        business = self.desk.book.business
        title = f"{business.name}, {self.desk.day}"
        stage.stream(LETTERS_FILE, batch.write(self.letters(stage), title, business.name))
        if self.problems:
            raise Problems(trace.traced(self.press.shelf, self.problems))
        with stage.opened(LETTERS_FILE) as file:
            merged.check(file, LETTERS_FILE, self.parts, duplex=True)
        stage.stream(LIST_FILE, listing.write(self.pieces))
        clients = [job.client for job in self.jobs]
        order = Order(LETTERS, f"{FOLDER}/posting-list", lambda: posting.compose(self.desk, self.pieces, clients))
        for made in self.press.make([order]):
            stage.add(made.path, made.content)

    def letters(self, stage: Stage) -> Iterator[batch.Piece]:
        """Yield the letters, each put on *stage* as a file of its own and noted on the list."""
        for number, job in enumerate(self.jobs, start=1):
            order = letter_of(self.desk, job, self.numbers.get(stem(job), ""))
            try:
                (made,) = self.press.files(order)
                piece = self.piece(number, job, order, made.content)
            except Problems as wrong:
                self.problems += wrong.problems
                continue
            stage.add(made.path, made.content)
            self.pieces.append(piece)
            self.parts.append(merged.part(order.stem, made.content))
            yield batch.Piece(f"{number}  {job.client.name}: {order.stem}", made.content)

    def piece(self, number: int, job: Job, order: Order, content: bytes) -> Piece:
        """Return the line of the list for the letter of *job*; raises Problems if the post would not take it."""
        client, pages = job.client, batch.pages(content)
        if job.rung.channel is not Channel.EMAIL and postal.without_postcode(client.address, client.country):
            message = f"the address of `{client.id}` has no postcode as {client.country} has them"
            raise Problems([Problem(client.mark, message)])
        limit = service.limit(job.client.law, job.rung.channel)
        wrong = limit.exceeded(pages, len(content)) if limit else ""
        if wrong:
            raise Problems([Problem(Mark(order.stem), wrong)])
        sheet, sheets = self.desk.paper, service.sheets(pages)
        cover = paper.folded(sheet.name, sheet.envelope)
        tongue = self.desk.tongue(self.desk.book.business.language)
        return Piece(
            number=number,
            id=order.stem,
            addressee=", ".join(at.address(self.desk, job.client)),
            country=job.client.country,
            service=job.rung.channel.value,
            article_number=self.numbers.get(order.stem, ""),
            enclosures=posting.enclosures(self.desk, job, tongue),
            pages=pages,
            sheets=sheets,
            grams=service.grams(sheets, sheet.width * sheet.height, cover.grams),
            run=listing.run(len(self.jobs), self.desk.day),
            sha256=hashlib.sha256(content).hexdigest(),
        )
