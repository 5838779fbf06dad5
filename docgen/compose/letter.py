"""Composes a letter with its enclosures, or a call sheet."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose import article, blanks, calculation, claim, invoice
from docgen.compose import desk as at
from docgen.compose.claim import Claim
from docgen.compose.desk import Desk
from docgen.compose.fill import Values
from docgen.compose.text import Part, Template
from docgen.compose.texts import LETTERS
from docgen.document import (
    Address,
    Block,
    Break,
    Closing,
    Document,
    Paragraph,
    Role,
    Run,
    Title,
)
from docgen.plan import Job
from docgen.problem import Mark, stop
from docgen.schedule import Channel, Encloses

ABREAST = 4  # numbers that a footer has room for


def compose(desk: Desk, job: Job, number: str = "") -> Document:
    """Return the letter or the call sheet of *job*, dated on the desk's day; the post's *number* if it is known."""
    template = desk.texts.find(LETTERS, job.client.language, job.document, law=job.client.law)
    claims = claim.of(desk, job.invoices)
    filled = blanks.values(desk, job, claims, template)
    if job.call:
        return sheet(desk, job, template, filled)
    return letter(desk, job, template, filled, claims, number)


def sheet(desk: Desk, job: Job, template: Template, filled: Values) -> Document:
    """Return a call sheet: a page for whoever telephones, with neither address nor closing."""
    date = Paragraph((Run(at.date_line(desk, desk.language(job.client))),), Role.DATE)
    blocks = (date, *at.blocks(template, filled, Title))
    return at.document(desk, job.client, title(template, filled), job.subject, blocks, desk.day, filled)


def letter(desk: Desk, job: Job, template: Template, filled: Values, claims: Sequence[Claim], number: str) -> Document:
    """Return a letter with its enclosures; the last paragraph of its text is the closing."""
    client, tongue = job.client, desk.language(job.client)
    body, closing = parted(template)
    service = tongue.label("service.certified", client.law) if job.rung.channel is Channel.CERTIFIED else ""
    name = desk.book.business.name
    signatory = desk.book.business.signatory or name
    found: list[Block] = [
        Address(at.address(desk, client), at.sender(desk), service),
        *([article.block(number, tongue)] if number else []),
        Paragraph((Run(at.date_line(desk, tongue)),), Role.DATE),
        *at.blocks(body, filled, Role.SUBJECT),
        Closing(filled.words(closing.paragraphs[0]), *((name, "") if signatory in name else (signatory, name))),
    ]
    sheet = calculation.blocks(desk, claims)
    enclosed = job.invoices if job.rung.encloses is Encloses.INVOICE else ()
    if enclosed:
        numbers = tongue.list(bill.number for bill in enclosed)
        name = ("enclosed_calculation" if sheet else "enclosed") + ("_several" if len(enclosed) > 1 else "")
        label = tongue.label(name, client.law, numbers=numbers)
        found.append(Paragraph((Run(label),), Role.NOTE))
    found += sheet
    for bill in enclosed:
        _, project, _ = desk.book.invoices[bill.number]
        found += [Break(), *invoice.enclosed(desk, client, project, bill)]
    return at.document(desk, client, title(body, filled), known_as(desk, job), tuple(found), desk.day, filled)


def known_as(desk: Desk, job: Job) -> str:
    """Return what each sheet of the letter of *job* is known by: its invoices, and which letter about them it is."""
    before = [row for row in desk.book.letters(job.client, desk.day) if set(job.subjects) & set(row.subjects)]
    count = sum(row.on < desk.day and row.channel != Channel.PHONE for row in before) + 1
    return f"{shortened(job.subjects)}{at.DOT}{desk.language(job.client).label('letter', number=str(count))}"


def shortened(numbers: Sequence[str]) -> str:
    """Return *numbers* one after the other, of many only the first and the last."""
    return ", ".join(numbers) if len(numbers) <= ABREAST else f"{numbers[0]} … {numbers[-1]}"


def parted(template: Template) -> tuple[Template, Template]:
    """Return a letter's text without its last paragraph, and that; raises Problems if there is no more than one."""
    if len(template.paragraphs) < 2 or template.paragraphs[-1].part is not Part.PROSE:  # noqa: PLR2004 - body and closing
        raise stop("a letter needs a text and, as its last paragraph, a closing", Mark(template.name))
    return Template(template.name, template.paragraphs[:-1]), Template(template.name, template.paragraphs[-1:])


def title(template: Template, filled: Values) -> str:
    """Return the letter's subject; raises Problems if its text has none."""
    for paragraph in template.paragraphs:
        if paragraph.part is Part.TITLE:
            return filled.words(paragraph)
    raise stop("a letter's text needs a line that begins with `# `, its subject", Mark(template.name))
