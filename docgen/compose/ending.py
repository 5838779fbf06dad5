"""The account of a project that ends early: work done, what was invoiced, and the kill fee."""

from __future__ import annotations

from decimal import Decimal

from docgen.compose import desk as at
from docgen.compose import invoice
from docgen.compose.desk import Desk
from docgen.compose.fill import Value, Values
from docgen.compose.texts import LETTERS
from docgen.document import Align, Column, Table, Total
from docgen.language import Language
from docgen.records import book
from docgen.records.book import Bill, Client, Ending, Invoice, Line, Project

ACCOUNT = "termination.account"


def values(desk: Desk, client: Client, project: Project, filled: Values) -> dict[str, Value]:
    """Return the blanks about what the project comes to and what will be invoiced, empty where no fee was agreed."""
    if project.fee is None:
        return {ACCOUNT: (), "termination.table": (), "termination.total": ""}
    bills = [bill for bill in project.invoices if bill.issued <= desk.day]
    ended = book.ending(client, project, project.fee, bills)
    asked = closing(desk, project, ended)
    tongue = desk.language(client)
    back = asked.payable.amount < 0
    more: dict[str, Value] = {
        "termination.table": (table(desk, tongue, project, ended, bills),),
        "termination.total": tongue.money(-asked.payable if back else asked.payable),
    }
    choice = "refund" if back else "kill-fee" if ended.kill_fee else "work" if asked.payable else "settled"
    return {**more, ACCOUNT: at.part(desk, client, LETTERS, "termination-account", choice, filled.plus(more))}


def closing(desk: Desk, project: Project, ended: Ending) -> Invoice:
    """Return the invoice that the account comes to, with its taxes, as `kind: kill_fee` would make it."""
    terms = project.terms
    line = Line("", Decimal(1), "", ended.due, terms.tax, terms.kill_fee, Bill.KILL_FEE)
    return Invoice("", Bill.KILL_FEE, desk.day, desk.day, project.currency, (line,), terms.withholding)


def table(desk: Desk, tongue: Language, project: Project, ended: Ending, bills: list[Invoice]) -> Table:
    """Return the account, the taxes and what is to be invoiced below it."""
    asked = closing(desk, project, ended)
    worked = project.fee is not None and ended.earned == (project.fee * project.work_done).rounded()
    rows = [(tongue.label("termination.worked" if worked else "termination.earned"), tongue.money(ended.earned))]
    if ended.invoiced:
        numbers = tongue.list(bill.number for bill in bills if bill.kind in book.OF_FEE)
        rows.append((tongue.label("termination.invoiced", numbers=numbers), tongue.money(-ended.invoiced)))
    if ended.kill_fee:
        share, rest = tongue.percent(project.terms.kill_fee), tongue.money(ended.rest)
        rows.append((tongue.label("termination.kill_fee", share=share, rest=rest), tongue.money(ended.kill_fee)))
    sums = invoice.taxes(desk, asked, tongue, gross=bool(asked.withheld) and asked.gross != asked.net)
    back = asked.payable.amount < 0
    what, sum_ = ("returned", -asked.payable) if back else ("total", asked.payable)
    sums.append(Total(tongue.label(f"termination.{what}"), tongue.money(sum_), strong=True))
    wide = max(len(cell) for cell in (*(cell for _, cell in rows), *(one.amount for one in sums))) + 6.0
    columns = (
        Column(tongue.label("column.item"), Align.LEFT, invoice.LINE - wide, "label"),
        Column(tongue.label("column.amount"), Align.RIGHT, wide, "amount"),
    )
    return Table(columns, tuple(rows), tuple(sums))
