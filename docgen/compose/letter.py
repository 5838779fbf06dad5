"""Composes a letter with its enclosures."""

from __future__ import annotations

from docgen.compose import contract, fees, invoice
from docgen.compose import desk as at
from docgen.compose.desk import Desk
from docgen.compose.fill import Value, Values
from docgen.compose.text import Part, Template
from docgen.compose.texts import LETTERS
from docgen.document import (
    Address,
    Align,
    Block,
    Break,
    Closing,
    Column,
    Document,
    Paragraph,
    Role,
    Run,
    Table,
    Total,
)
from docgen.language import Language
from docgen.money import Money, total
from docgen.plan import Job
from docgen.problem import Mark, stop
from docgen.records.book import Accrual, ContractFee, Invoice, Project, after
from docgen.schedule import Channel, Encloses


def compose(desk: Desk, job: Job) -> Document:
    """Return the letter of *job*, dated on the desk's day; its last paragraph is the closing."""
    client, tongue = job.client, desk.language(job.client)
    template = desk.texts.find(LETTERS, client.language, job.document, law=client.law)
    body, closing = parted(template)
    filled = values(desk, job)
    service = tongue.label("service.certified", client.law) if job.rung.channel is Channel.CERTIFIED else ""
    name = desk.book.business.name
    signatory = desk.book.business.signatory or name
    found: list[Block] = [
        Address(at.address(desk, client), at.sender(desk.book.business), service),
        Paragraph((Run(date_line(desk, tongue)),), Role.DATE),
        *at.blocks(body, filled, Role.SUBJECT),
        Closing(filled.words(closing.paragraphs[0]), *((name, "") if signatory in name else (signatory, name))),
    ]
    enclosed = job.invoices if job.rung.encloses is Encloses.INVOICE else ()
    if enclosed:
        numbers = tongue.list(bill.number for bill in enclosed)
        found.append(Paragraph((Run(tongue.label("enclosed", client.law, numbers=numbers)),), Role.NOTE))
    for bill in enclosed:
        _, project, _ = desk.book.invoices[bill.number]
        found += [Break(), *invoice.blocks(desk, client, project, bill, copy=True)]
    return at.document(desk, client, title(body, filled), job.subject, tuple(found), desk.day)


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


def date_line(desk: Desk, tongue: Language) -> str:
    """Return the date, after the place where the business names one."""
    place = desk.book.business.place
    return tongue.label("place_date", place=place, date=tongue.date(desk.day)) if place else tongue.date(desk.day)


def values(desk: Desk, job: Job) -> Values:
    """Return the blanks of a letter."""
    tongue = desk.language(job.client)
    message = job.project.unanswered(desk.day)
    agreed = job.project.agreed(desk.day)
    more: dict[str, Value] = {
        "letter.date": tongue.date(desk.day),
        "letter.deadline": tongue.date(job.deadline) if job.deadline else "",
        "project.title": job.project.title,
        "project.agreed": tongue.date(agreed) if agreed else "",
        "message.date": tongue.date(message.on) if message else "",
        "message.about": (message.about or job.project.title) if message else "",
        "message.abandoned": tongue.date(after(message.on, job.project.terms.abandon_days)) if message else "",
    }
    marks = {"project": job.project.mark, "message": job.project.mark, "invoice": job.project.mark}
    base = at.people(desk.book.business, job.client, tongue)
    filled = Values(
        {**base.found, **more, **contract.references(desk, job.client, job.project)}, {**base.marks, **marks}
    )
    return filled.plus(claim(desk, job, filled)) if job.invoices else filled


def claim(desk: Desk, job: Job, filled: Values) -> dict[str, Value]:
    """Return the blanks about what is owed on the letter's invoices."""
    tongue = desk.language(job.client)
    currency = job.invoices[0].currency
    charges = [fees.charge(desk.book, project(desk, bill), bill, desk.day) for bill in job.invoices]
    balances = [desk.book.balance(bill, desk.day) for bill in job.invoices]
    owed = total(balances + [charge.total for charge in charges], currency)
    daily = total([fees.per_day(desk.book, project(desk, bill), bill, desk.day) for bill in job.invoices], currency)
    rows = [row for bill in job.invoices for row in account(desk, bill, tongue)]
    sums = (Total(tongue.label("claim.total", date=tongue.date(desk.day)), tongue.money(owed), strong=True),)
    wide = max(len(tongue.money(owed)), *(len(cell) for _, cell in rows)) + 6.0
    columns = (
        Column(tongue.label("column.claim"), Align.LEFT, 88 - wide),
        Column(tongue.label("column.amount"), Align.RIGHT, wide),
    )
    numbers = [bill.number for bill in job.invoices]
    more: dict[str, Value] = {
        "claim.numbers": tongue.list(numbers),
        "claim.total": tongue.money(owed),
        "claim.principal": tongue.money(total(balances, currency)),
        "claim.table": (Table(columns, tuple(rows), sums, tongue.label("claim.table")),),
        "claim.per_day": tongue.money(daily),
    }
    further = at.part(desk, job.client, LETTERS, "claim-fee", growth(job, daily), filled.plus(more))
    return {
        **more,
        "claim.fee": further,
        "claim.pay_to": invoice.pay_to(desk.book.business, ", ".join(numbers), tongue),
    }


def project(desk: Desk, bill: Invoice) -> Project:
    """Return the project *bill* belongs to."""
    return desk.book.invoices[bill.number][1]


def growth(job: Job, daily: Money) -> str:
    """Return how the claim grows from here: by a sum a day, by the month, under the law, or not at all."""
    fee = job.project.terms.late_fee
    if not isinstance(fee, ContractFee):
        return fee.value
    if fee.rate and fee.accrual is not Accrual.DAILY:
        return "monthly"
    return "contract" if daily else "none"


def account(desk: Desk, bill: Invoice, tongue: Language) -> list[tuple[str, str]]:
    """Return how the sum owed on one invoice came about, a row each."""
    label = tongue.label(
        "claim.invoice", number=bill.number, issued=tongue.date(bill.issued), due=tongue.date(bill.due)
    )
    rows = [(label, tongue.money(bill.payable))]
    rows += [(row.label, row.amount) for row in invoice.payments(desk, bill, tongue)]
    charge = fees.charge(desk.book, project(desk, bill), bill, desk.day)
    fee = project(desk, bill).terms.late_fee
    if charge.interest and isinstance(fee, ContractFee):
        rate = tongue.label(f"rate.{fee.per}", rate=tongue.percent(fee.rate))
        rows.append((tongue.label("claim.interest", rate=rate, days=str(charge.days)), tongue.money(charge.interest)))
    if charge.fixed:
        rows.append((tongue.label("claim.fixed"), tongue.money(charge.fixed)))
    return rows
