"""Reads invoices and works out the lines of those that follow from the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from sys import intern

from docgen.frozen import complete
from docgen.money import ZERO, Money, total
from docgen.problem import Problem
from docgen.records import typed
from docgen.records.book import ALL, Bill, Client, Invoice, Line, Payment, Project, after, ending
from docgen.records.entry import Entry, Form
from docgen.records.register import Register, Row
from docgen.records.typed import Most
from docgen.source import Text

ONE = Decimal(1)
INVOICE: Form = {
    "kind": typed.among(Bill),
    "issued": typed.day,
    "due": typed.day,
    "withholding": typed.share,
    "credits": typed.line,
    "hold": typed.line,
    "lines": None,
    "payments": None,
}


def read(entry: Entry, project: Project, client: Client, lines: Register) -> tuple[Invoice, ...]:
    """Return the project's invoices, those that follow from the project worked out in their order.

    What *lines* of the register say came in counts like what stands in the file.
    """
    found: list[Invoice] = []
    for key, item in entry.each("invoices", "the invoice"):
        bill = invoice(key, item, project, client, found)
        came = [*payments(item, bill)]
        item.finish()
        rows = lines.paid.get((client.id, bill.number)) if lines.paid else None
        if rows:
            came += recorded(item, bill, rows)
        if came:
            complete(bill, payments=tuple(sorted(came, key=attrgetter("on"))))  # no sum hangs on them
        found.append(bill)
    return tuple(found)


def invoice(key: Text, entry: Entry, project: Project, client: Client, before: list[Invoice]) -> Invoice:
    """Return an invoice without its payments; *before* are the project's earlier ones."""
    said = {"kind": Bill.LINES, "issued": date.min, **entry.fill(INVOICE, ("issued",))}
    kind, issued = said["kind"], said["issued"]
    due = said.pop("due", None) or after(issued, 0 if kind is Bill.CREDIT else project.terms.payment_days)
    if entry.clean and due < issued:
        entry.report("due", f"due on {due}, before it was issued on {issued}")
    found = Invoice(
        number=entry.value(key, "", typed.name, "invoice"),
        due=due,
        currency=project.currency,
        lines=(),
        mark=entry.source.mark(key),
        **{"withholding": project.terms.withholding, **said},
    )
    if kind is Bill.CREDIT:
        entry.need("credits")
    complete(found, lines=lines(entry, found, project, client, before))
    if entry.clean and kind is not Bill.CREDIT and found.payable.amount <= 0:
        entry.report(key, f"invoice {key} asks for {found.payable}, which is nothing")
    return found


def lines(entry: Entry, bill: Invoice, project: Project, client: Client, before: list[Invoice]) -> tuple[Line, ...]:
    """Return the lines of *bill*: typed ones, or the one that follows from the project."""
    typed_lines = entry.list("lines", "a line")
    if bill.kind is Bill.LINES or bill.kind is Bill.CREDIT:
        sign = -1 if bill.kind is Bill.CREDIT else 1
        found = [line(item, bill.currency, project.terms.tax, sign) for item in typed_lines]
        return tuple(found or credited(entry, bill, before))
    if typed_lines:
        entry.report("lines", f"the lines of a {bill.kind} invoice follow from the project; leave `lines` out")
    if project.fee is None:
        entry.report(None, f"a {bill.kind} invoice needs the project's `fee`")
        return ()
    if project.fee.amount <= 0:  # which was reported where it stands
        entry.clean = False
        return ()
    share, sum_ = derived(bill, project, project.fee, client, before)
    if entry.clean and sum_.amount <= 0:
        reason = f"the fee of {project.fee} is invoiced already" if not sum_ else f"{-sum_} goes back, by a credit note"
        entry.report(None, f"nothing is left for a {bill.kind} invoice: {reason}")
    return (Line("", ONE, "", sum_, project.terms.tax, share, bill.kind),)


def credited(entry: Entry, bill: Invoice, before: list[Invoice]) -> Iterator[Line]:
    """Yield the lines of the whole invoice that *bill* takes back."""
    if bill.kind is not Bill.CREDIT:
        entry.report(None, f"{entry.what} has no `lines`, and no `kind` from which they would follow")
        return
    origin = next((other for other in before if other.number == bill.credits), None)
    if origin is None and bill.credits:
        entry.report("credits", f"invoice {bill.credits} does not stand before this credit note in the project")
    if origin is not None and origin.kind is Bill.CREDIT:
        entry.report("credits", f"{bill.credits} is a credit note itself")
    elif origin is not None:
        yield from (replace(one, quantity=-one.quantity) for one in origin.lines)


def derived(
    bill: Invoice, project: Project, fee: Money, client: Client, before: list[Invoice]
) -> tuple[Decimal, Money]:
    """Return the share of the fee and the sum, before tax, that *bill* asks for."""
    if bill.kind is Bill.DEPOSIT:
        share = client.deposit(project, bill.issued)
        return share, fee.share(share)
    if bill.kind is Bill.BALANCE:
        return ALL, fee - total([one.net for one in before if one.kind is Bill.DEPOSIT], fee.currency)
    ended = ending(client, project, fee, before)
    return project.terms.kill_fee_share, ended.due


def line(entry: Entry, currency: str, tax: Decimal, sign: int) -> Line:
    """Return a typed line; *sign* is -1 on a credit note."""
    said = entry.fill(form_of_line(currency), ("item", "price"))
    entry.finish()
    price = said["price"] if "price" in said else Money(ZERO, currency)
    count, unit = said.get("quantity", ONE), intern(said.get("unit", ""))  # which are the same on most lines
    return Line(said.get("item", ""), count if sign > 0 else -count, unit, price, said.get("tax", tax))


@cache
def form_of_line(currency: str) -> Form:
    """Return what a line may say of an invoice in *currency*."""
    return {
        "item": typed.at_most(Most.PASSAGE),
        "quantity": quantity,
        "unit": typed.at_most(Most.LABEL),
        "price": lambda text: typed.price(text, currency),
        "tax": typed.share,
    }


@cache
def form_of_payment(currency: str) -> Form:
    """Return what a payment may say of an invoice in *currency*."""
    return {"date": typed.day, "amount": lambda text: typed.amount(text, currency), "note": typed.at_most(Most.NOTE)}


def quantity(text: Text) -> Decimal:
    """Return how many; raises ValueError for none, or where thousands and decimals cannot be told apart."""
    found = typed.price(text, "EUR").amount
    if found <= 0:
        raise ValueError(f"{text} is not more than nothing")
    return found


def payments(entry: Entry, bill: Invoice) -> Iterator[Payment]:
    """Yield what came in for *bill*."""
    for item in entry.list("payments", "a payment"):
        said = item.fill(form_of_payment(bill.currency), ("date", "amount"))
        item.finish()
        if not item.clean:
            continue
        on, sum_ = said["date"], said["amount"]
        if sum_.amount <= 0:
            item.report("amount", f"a payment of {sum_} is none")
        if entry.clean and on < bill.issued:
            item.report("date", f"paid on {on}, before the invoice was issued on {bill.issued}")
        yield Payment(on, sum_, item.mark("amount"))


def recorded(entry: Entry, bill: Invoice, rows: Sequence[Row]) -> Iterator[Payment]:
    """Yield what the register says came in for *bill*."""
    if len(rows) > Most.ITEMS:
        most = f"{len(rows):,} payments of invoice {bill.number}; {int(Most.ITEMS)} are the most"
        entry.source.add(Problem(rows[Most.ITEMS].mark, most))
        return
    for row in rows:
        try:
            sum_ = typed.amount(Text(row.amount), bill.currency)
        except ValueError as error:
            entry.source.add(Problem(row.mark, f"`amount`: {error}"))
            continue
        if sum_.amount <= 0:
            entry.source.add(Problem(row.mark, f"a payment of {sum_} is none"))
        if row.on < bill.issued:
            message = f"paid on {row.on}, before invoice {bill.number} was issued on {bill.issued}"
            entry.source.add(Problem(row.mark, message))
        yield Payment(row.on, sum_, row.mark)
