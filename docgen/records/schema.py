"""Builds the Book from what stands in clients.yaml, noting every mistake on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from docgen.money import ZERO, Money, total
from docgen.problem import Mark, Problem
from docgen.records import entry as typed
from docgen.records.book import (
    ALL,
    Accrual,
    Bill,
    Business,
    Client,
    ContractFee,
    Deposit,
    Event,
    Invoice,
    Kind,
    Line,
    Payment,
    Per,
    Prefers,
    Project,
    Rights,
    Spoken,
    Statutory,
    Terms,
    What,
    after,
)
from docgen.records.entry import Entry
from docgen.source import Map, Source, Text

TERMS = (
    "payment_days", "deposit", "late_fee", "kill_fee", "silence_days", "abandon_days", "ip",
    "portfolio", "revisions", "tax", "tax_note", "withholding", "without",
)  # fmt: skip
FEE = re.compile(r"(?P<rate>\S+?\s?%) per (?P<per>\w+)")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named in the file because there is a file for it: languages and laws."""

    languages: tuple[str, ...]
    laws: tuple[str, ...]

    def language(self, text: Text) -> str:
        """Return *text*; raises ValueError if there is no such language."""
        return one_of(text, self.languages)

    def law(self, text: Text) -> str:
        """Return *text*; raises ValueError if there is no such law."""
        return one_of(text, self.laws)


def one_of(text: Text, names: tuple[str, ...]) -> str:
    """Return *text*; raises ValueError if it is none of *names*."""
    if text not in names:
        raise ValueError(f"{text!r} is not one of {', '.join(names)}")
    return str(text)


def build(source: Source, known: Known) -> tuple[Business, tuple[Client, ...]]:
    """Return the business and its clients as far as they could be read; what is wrong is noted in *source*."""
    top = Entry(source, source.root, "the file")
    mine = top.entry("business", "the business")
    if mine is None:
        top.report(None, "the file has no `business`")
        mine = Entry(Source(source.name, []), Map(), "the business")
    firm = business(mine, known)
    house = terms(top.entry("terms", "the terms"), Terms(), firm.currency, finish=True)
    clients = tuple(client(key, entry, firm, house, known) for key, entry in top.each("clients", "the client"))
    if not top.has("clients"):
        top.report(None, "the file has no `clients`")
    top.finish()
    twins(source, [(c.id, c.mark) for c in clients], "client")
    numbers(source, clients)
    return firm, clients


def business(entry: Entry, known: Known) -> Business:
    """Return who writes."""
    found = Business(
        name=entry.text("name", needed=True),
        signatory=entry.text("signatory"),
        address=entry.lines("address", needed=True),
        country=entry.parsed("country", "", typed.country, needed=True),
        language=entry.parsed("language", "en", known.language, needed=True),
        currency=entry.currency("currency", "EUR", needed=True),
        law=entry.parsed("law", "", known.law, needed=True),
        email=entry.text("email"),
        phone=entry.text("phone"),
        website=entry.text("website"),
        tax_id=entry.text("tax_id"),
        paper=entry.text("paper"),
        place=entry.text("place"),
        governing_law=spoken(entry, "governing_law"),
        courts=spoken(entry, "courts"),
        pay_to=pay_to(entry),
        mark=entry.mark(),
    )
    entry.finish()
    return found


def spoken(entry: Entry, name: str, default: Spoken = Spoken()) -> Spoken:  # noqa: B008 - it is frozen
    """Return a text given once for all languages, or as a mapping with one for each."""
    if not entry.has(name):
        return default
    if not isinstance(entry.node[name], Map):
        return Spoken((("", entry.text(name)),))
    texts = entry.entry(name, f"`{name}`")
    return default if texts is None else Spoken(tuple((key, texts.text(key)) for key in texts.node))


def pay_to(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return where to pay, as keys and values in the owner's order."""
    way = entry.entry("pay_to", "`pay_to`")
    return () if way is None else tuple((str(key), way.text(key)) for key in way.node)


def terms(entry: Entry | None, base: Terms, currency: str, *, finish: bool = False) -> Terms:
    """Return *base* with what *entry* says otherwise."""
    if entry is None:
        return base
    found = replace(
        base,
        payment_days=entry.whole("payment_days", base.payment_days),
        deposit=deposit(entry, base.deposit),
        late_fee=late_fee(entry, base.late_fee, currency),
        kill_fee=entry.share("kill_fee", base.kill_fee),
        silence_days=entry.whole("silence_days", base.silence_days),
        abandon_days=entry.whole("abandon_days", base.abandon_days),
        ip=entry.choice("ip", Rights, base.ip),
        portfolio=entry.yes("portfolio", default=base.portfolio),
        revisions=entry.whole("revisions", base.revisions),
        tax=entry.share("tax", base.tax),
        tax_note=spoken(entry, "tax_note", base.tax_note),
        withholding=entry.share("withholding", base.withholding),
        without=entry.items("without") or base.without,
        given=base.given | {name for name in TERMS if name in entry.node},
    )
    if finish:
        entry.finish()
    return found


def override(entry: Entry, base: Terms, currency: str) -> Terms:
    """Return *base* with what a client or a project says otherwise, under `terms` or right among its keys."""
    nested = entry.entry("terms", "the terms")
    for name in TERMS:
        if nested and name in nested.node and name in entry.node:
            nested.report(name, f"`{name}` stands both under `terms` and beside it")
    return terms(entry, terms(nested, base, currency, finish=True), currency)


def deposit(entry: Entry, base: Deposit) -> Deposit:
    """Return the deposit, given as one share or as shares for first-time and repeat clients."""
    if not entry.has("deposit"):
        return base
    if isinstance(entry.node["deposit"], Text):
        share = entry.share("deposit", base.first)
        return Deposit(share, share)
    shares = entry.entry("deposit", "the deposit")
    if shares is None:
        return base
    found = Deposit(shares.share("first", base.first), shares.share("repeat", base.repeat))
    shares.finish()
    return found


def late_fee(entry: Entry, base: ContractFee | Statutory, currency: str) -> ContractFee | Statutory:
    """Return the late fee, given as a phrase or as a mapping."""
    if not entry.has("late_fee"):
        return base
    if isinstance(entry.node["late_fee"], Text):
        return entry.parsed("late_fee", base, phrase, needed=True)
    fee = entry.entry("late_fee", "the late fee")
    if fee is None:
        return base
    found = ContractFee(
        rate=fee.share("rate"),
        per=fee.choice("per", Per, Per.MONTH),
        accrual=fee.choice("accrual", Accrual, Accrual.DAILY),
        grace_days=fee.whole("grace_days"),
        flat=fee.money("flat", currency).amount,
        cap=fee.share("cap") if "cap" in fee.node and fee.has("cap") else None,
        compound=fee.yes("compound", default=False),
    )
    fee.has("cap")
    fee.finish()
    if fee.clean and not found.rate and not found.flat:
        fee.report(None, "the late fee is nothing: give a `rate` or a `flat` sum, or write late_fee: none")
    if fee.clean and found.accrual is not Accrual.DAILY and found.per is not Per.MONTH:
        fee.report("accrual", f"a fee per {found.per} accrues daily; only one per month can be started or complete")
    return found


def phrase(text: Text) -> ContractFee | Statutory:
    """Return the late fee said in a short phrase; raises ValueError if it says something else."""
    if text in ("statutory", "none"):
        return Statutory(text)
    found = FEE.fullmatch(text)
    if not found or found["per"] not in tuple(Per):
        raise ValueError(f"{text!r} is not understood; write 1.5% per month, statutory, none, or a mapping")
    rate = typed.share(Text(found["rate"]))
    if not rate:
        raise ValueError("0% is no late fee; write none")
    return ContractFee(rate=rate, per=Per(found["per"]))


def client(key: Text, entry: Entry, firm: Business, house: Terms, known: Known) -> Client:
    """Return a client with its projects."""
    currency = entry.currency("currency", firm.currency)
    mine = override(entry, house, currency)
    given = replace(mine, given=frozenset())
    found = Client(
        id=entry.value(key, "", typed.name, "client"),
        name=entry.text("name", needed=True),
        kind=entry.choice("kind", Kind, Kind.BUSINESS),
        address=entry.lines("address", needed=True),
        country=entry.parsed("country", "", typed.country, needed=True),
        language=entry.parsed("language", firm.language, known.language, needed=False),
        law=entry.parsed("law", firm.law, known.law, needed=False),
        governing_law=spoken(entry, "governing_law", firm.governing_law),
        courts=spoken(entry, "courts", firm.courts),
        contact=entry.text("contact"),
        greeting=entry.text("greeting"),
        email=entry.text("email"),
        phone=entry.text("phone"),
        tax_id=entry.text("tax_id"),
        prefers=entry.choice("prefers", Prefers, Prefers.EMAIL),
        hold=entry.text("hold"),
        mark=entry.source.mark(key),
    )
    projects = tuple(entry.each("projects", "the project"))
    entry.finish()
    drafts = [draft(name, node, given, currency) for name, node in projects]
    done = replace(found, projects=tuple(drafts))
    twins(entry.source, [(p.id, p.mark) for p in drafts], "project")
    bills = [invoices(node, project, done) for (_, node), project in zip(projects, drafts, strict=True)]
    for _, node in projects:
        node.finish()
    return replace(found, projects=tuple(replace(p, invoices=b) for p, b in zip(drafts, bills, strict=True)))


def draft(key: Text, entry: Entry, mine: Terms, currency: str) -> Project:
    """Return a project without its invoices, which need to know whether the client is a repeat client."""
    code = entry.currency("currency", currency)
    found = Project(
        id=entry.value(key, "", typed.name, "project"),
        title=entry.text("title", needed=True),
        deliverables=entry.items("deliverables"),
        fee=fee(entry, code),
        terms=override(entry, mine, code),
        currency=code,
        work_done=entry.share("work_done"),
        history=history(entry),
        hold=entry.text("hold"),
        mark=entry.source.mark(key),
    )
    if found.terms.abandon_days < found.terms.silence_days:
        entry.report("abandon_days", "`abandon_days` comes before `silence_days`; work stops first")
    return found


def fee(entry: Entry, code: str) -> Money | None:
    """Return the fee, None if none was agreed yet; one of zero or less is reported."""
    if not entry.has("fee"):
        return None
    found = entry.money("fee", code)
    if entry.clean and found.amount <= 0:
        entry.report("fee", f"a fee of {found.amount} is none; leave the key out until a fee is agreed")
    return found


def history(entry: Entry) -> tuple[Event, ...]:
    """Return what happened, in the order of the dates, `signed` among it."""
    events: list[Event] = []
    for item in entry.list("history", "an event"):
        on, what = item.date("date", needed=True), item.choice("event", What, What.WROTE)
        item.scalar("event", needed=True)
        about = item.text("about")
        item.text("note")
        item.finish()
        if item.clean and on:
            if events and on < events[-1].on:
                item.report("date", f"{on} stands after {events[-1].on}; put what happened in the order of its dates")
            events.append(Event(on, what, about))
    signed = entry.date("signed")
    if signed and not any(event.what is What.SIGNED for event in events):
        events.append(Event(signed, What.SIGNED))
    return tuple(sorted(events, key=lambda event: event.on))


def invoices(entry: Entry, project: Project, client: Client) -> tuple[Invoice, ...]:
    """Return the project's invoices, those that follow from the project worked out in their order."""
    found: list[Invoice] = []
    for key, item in entry.each("invoices", "the invoice"):
        found.append(invoice(key, item, project, client, found))
        item.finish()
    return tuple(found)


def invoice(key: Text, entry: Entry, project: Project, client: Client, before: list[Invoice]) -> Invoice:
    """Return an invoice; *before* are the project's earlier ones."""
    kind = entry.choice("kind", Bill, Bill.LINES)
    issued = entry.date("issued", needed=True) or date.min
    due = entry.date("due") or after(issued, 0 if kind is Bill.CREDIT else project.terms.payment_days)
    if entry.clean and due < issued:
        entry.report("due", f"due on {due}, before it was issued on {issued}")
    found = Invoice(
        number=entry.value(key, "", typed.name, "invoice"),
        kind=kind,
        issued=issued,
        due=due,
        currency=project.currency,
        lines=(),
        withholding=entry.share("withholding", project.terms.withholding),
        credits=entry.text("credits", needed=kind is Bill.CREDIT),
        hold=entry.text("hold"),
        mark=entry.source.mark(key),
    )
    found = replace(found, lines=tuple(lines(entry, found, project, client, before)))
    if entry.clean and kind is not Bill.CREDIT and found.payable.amount <= 0:
        entry.report(key, f"invoice {key} asks for {found.payable}, which is nothing")
    return replace(found, payments=tuple(payments(entry, found)))


def lines(entry: Entry, bill: Invoice, project: Project, client: Client, before: list[Invoice]) -> Iterator[Line]:
    """Yield the lines of *bill*: typed ones, or the one that follows from the project."""
    typed_lines = list(entry.list("lines", "a line"))
    if bill.kind in (Bill.LINES, Bill.CREDIT):
        sign = -1 if bill.kind is Bill.CREDIT else 1
        yield from (line(item, bill.currency, project.terms.tax, sign) for item in typed_lines)
        if not typed_lines:
            yield from credited(entry, bill, before)
        return
    if typed_lines:
        entry.report("lines", f"the lines of a {bill.kind} invoice follow from the project; leave `lines` out")
    if project.fee is None:
        entry.report(None, f"a {bill.kind} invoice needs the project's `fee`")
        return
    if project.fee.amount <= 0:  # which was reported where it stands
        entry.clean = False
        return
    share, sum_ = derived(bill.kind, project, project.fee, client, before)
    if entry.clean and sum_.amount <= 0:
        entry.report(None, f"nothing is left for a {bill.kind} invoice: the fee of {project.fee} is invoiced already")
    yield Line("", Decimal(1), "", sum_, project.terms.tax, share)


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


def derived(kind: Bill, project: Project, fee: Money, client: Client, before: list[Invoice]) -> tuple[Decimal, Money]:
    """Return the share of the fee and the sum, before tax, that an invoice of *kind* asks for.

    A kill fee is work done so far and not yet invoiced, plus `kill_fee` of what is not earned.
    """
    deposits = total([bill.net for bill in before if bill.kind is Bill.DEPOSIT], fee.currency)
    if kind is Bill.DEPOSIT:
        rate = project.terms.deposit.repeat if client.repeat(project) else project.terms.deposit.first
        return rate, (fee * rate).rounded()
    if kind is Bill.BALANCE:
        return ALL, fee - deposits
    earned = max((fee * project.work_done).rounded(), deposits, key=lambda money: money.amount)
    return project.terms.kill_fee, earned - deposits + ((fee - earned) * project.terms.kill_fee).rounded()


def line(entry: Entry, currency: str, tax: Decimal, sign: int) -> Line:
    """Return a typed line; *sign* is -1 on a credit note."""
    found = Line(
        item=entry.text("item", needed=True),
        quantity=entry.parsed("quantity", Decimal(1), quantity, needed=False) * sign,
        unit=entry.text("unit"),
        price=entry.parsed("price", Money(ZERO, currency), lambda text: typed.price(text, currency), needed=True),
        tax=entry.share("tax", tax),
    )
    entry.finish()
    return found


def quantity(text: Text) -> Decimal:
    """Return how many; raises ValueError for none, or where thousands and decimals cannot be told apart."""
    found = typed.price(text, "EUR").amount
    if found <= 0:
        raise ValueError(f"{text} is not more than nothing")
    return found


def payments(entry: Entry, bill: Invoice) -> Iterator[Payment]:
    """Yield what came in for *bill*."""
    for item in entry.list("payments", "a payment"):
        on, sum_ = item.date("date", needed=True), item.money("amount", bill.currency, needed=True)
        item.text("note")
        item.finish()
        if not item.clean or on is None:
            continue
        if sum_.amount <= 0:
            item.report("amount", f"a payment of {sum_} is none")
        elif entry.clean and bill.payable < sum_:
            item.report("amount", f"a payment of {sum_} is larger than invoice {bill.number} of {bill.payable}")
        if entry.clean and on < bill.issued:
            item.report("date", f"paid on {on}, before the invoice was issued on {bill.issued}")
        yield Payment(on, sum_)


def twins(source: Source, names: list[tuple[str, Mark]], what: str) -> None:
    """Report names that a file system may not tell apart."""
    seen: dict[str, str] = {}
    for name, mark in names:
        first = seen.setdefault(name.casefold(), name)
        if first != name:
            source.problems.append(Problem(mark, f"the {what} `{name}` and `{first}` would share their files"))


def numbers(source: Source, clients: tuple[Client, ...]) -> None:
    """Report an invoice number that is used twice."""
    seen: dict[str, Invoice] = {}
    for bill in (bill for c in clients for p in c.projects for bill in p.invoices):
        first = seen.setdefault(bill.number.casefold(), bill)
        if first is not bill and bill.number:
            message = f"invoice number {bill.number} is used twice; the first is on line {first.mark.line}"
            source.problems.append(Problem(bill.mark, message))
