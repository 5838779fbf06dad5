"""What is so: the business, its clients, and all that was agreed, said, invoiced and paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from docgen.frozen import Kept, dataclass
from docgen.money import ZERO, Money, total
from docgen.problem import Mark

ALL = Decimal(1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text of the owner's that is printed as it is: one for every language, or one for each."""

    texts: tuple[tuple[str, str], ...] = ()

    def of(self, language: str) -> str:
        """Return the text in *language*, empty if there is none."""
        texts = dict(self.texts)
        return texts.get(language, texts.get("", ""))


class Kind(StrEnum):
    """What a client is before the law."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    PUBLIC = "public"


class Prefers(StrEnum):
    """How a client likes to be spoken to."""

    EMAIL = "email"
    PHONE = "phone"
    MEETING = "meeting"


class Rights(StrEnum):
    """What happens to the rights on full payment."""

    ASSIGN = "assign"
    LICENSE = "license"


class Stage(StrEnum):
    """Where a project stands; it follows from the facts and is never typed."""

    NEGOTIATING = "negotiating"
    DECLINED = "declined"
    ACTIVE = "active"
    DELIVERED = "delivered"


class What(StrEnum):
    """What can be said to have happened."""

    WROTE = "wrote"
    REPLIED = "replied"
    CALLED = "called"
    MET = "met"
    SIGNED = "signed"
    DELIVERED = "delivered"
    RECEIVED = "received"
    DECLINED = "declined"
    FINISHED = "finished"


ANSWERS = frozenset({What.REPLIED, What.RECEIVED, What.SIGNED, What.DECLINED, What.FINISHED})


class Bill(StrEnum):
    """What an invoice asks money for."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    LINES = "lines"
    KILL_FEE = "kill_fee"
    CREDIT = "credit"


OF_FEE = frozenset({Bill.DEPOSIT, Bill.BALANCE})  # invoices that ask for a part of the fee


class Per(StrEnum):
    """The period a late fee's rate is for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Accrual(StrEnum):
    """How a late fee grows: with each day, each month begun, or each whole month."""

    DAILY = "daily"
    STARTED = "started"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class ContractFee:
    """A late fee that was agreed; shares are fractions (0.015 is 1.5 %), *flat* is in the invoice's currency."""

    rate: Decimal = ZERO
    per: Per = Per.MONTH
    accrual: Accrual = Accrual.DAILY
    grace_days: int = 0
    flat: Decimal = ZERO
    cap: Decimal | None = None
    compound: bool = False


class Statutory(StrEnum):
    """A late fee that was not agreed in figures: what the law gives, or none at all."""

    LAW = "statutory"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deposit:
    """The share of the fee that is paid before work starts, by a first-time and by a repeat client."""

    first: Decimal
    repeat: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a project after house, client and project have had their say; shares are fractions."""

    payment_days: int = 14
    deposit: Deposit = Deposit(Decimal("0.5"), Decimal("0.3"))
    late_fee: ContractFee | Statutory = Statutory.NONE
    kill_fee: Decimal = Decimal("0.25")
    silence_days: int = 14
    abandon_days: int = 60
    ip: Rights = Rights.ASSIGN
    portfolio: bool = True
    revisions: int = 2
    revision_hours: int = 0
    acceptance_days: int = 10
    dispute_days: int = 10
    reactivation_fee: Decimal = ZERO
    tax: Decimal = ZERO
    tax_note: Spoken = Spoken()
    withholding: Decimal = ZERO
    without: tuple[str, ...] = ()

    @property
    def kill_fee_share(self) -> Decimal:
        """Return the kill fee, nothing where its clause is left out of the contract."""
        return ZERO if "kill-fee" in self.without else self.kill_fee

    @property
    def reactivation_share(self) -> Decimal:
        """Return the reactivation fee, nothing where its clause is left out of the contract."""
        return ZERO if "reactivation" in self.without else self.reactivation_fee

    @property
    def late_fee_kind(self) -> str:
        """Return which late fee there is: contract, statutory or none."""
        return "contract" if isinstance(self.late_fee, ContractFee) else self.late_fee.value


@dataclass(frozen=True, slots=True)
class Business:
    """Who writes."""

    name: str
    signatory: str
    address: tuple[str, ...]
    country: str
    language: str
    currency: str
    law: str
    email: str = ""
    phone: str = ""
    website: str = ""
    tax_id: str = ""
    paper: str = ""
    envelope: str = ""
    place: str = ""
    region: str = ""
    governing_law: Spoken = Spoken()
    courts: Spoken = Spoken()
    contract_footer: Spoken = Spoken()
    pay_to: tuple[tuple[str, str], ...] = ()
    mark: Mark = field(default=Mark(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """What was said or done, and when."""

    on: date
    what: What
    about: str = ""
    mark: Mark = field(default=Mark(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice; *price* is exact, for one *unit* and before tax.

    A line that follows from the project has no *item*: its words depend on what it *follows* from, and *share* is the
    share of the fee it asks for.
    """

    item: str
    quantity: Decimal
    unit: str
    price: Money
    tax: Decimal
    share: Decimal = ZERO
    follows: Bill = Bill.LINES

    @property
    def net(self) -> Money:
        """Return quantity times price, rounded half up to the currency."""
        return self.price.share(self.quantity)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in."""

    on: date
    amount: Money
    mark: Mark = field(default=Mark(""), compare=False, repr=False)


@dataclass(frozen=True)
class Invoice:
    """An invoice or credit note with its lines worked out; the sums of a credit note are negative."""

    number: str
    kind: Bill
    issued: date
    due: date
    currency: str
    lines: tuple[Line, ...]
    withholding: Decimal
    payments: tuple[Payment, ...] = ()
    credits: str = ""
    hold: str = ""
    mark: Mark = field(default=Mark(""), compare=False, repr=False)

    @Kept
    def net(self) -> Money:
        """Return the sum of the lines before tax."""
        return self.lines[0].net if len(self.lines) == 1 else total([line.net for line in self.lines], self.currency)

    @Kept
    def taxes(self) -> tuple[tuple[Decimal, Money, Money], ...]:
        """Return rate, taxable amount and tax for each rate on the lines; a tax is rounded once, half up."""
        rates = sorted({line.tax for line in self.lines}, reverse=True)
        if len(rates) == 1:
            return ((rates[0], self.net, self.net.share(rates[0])),)
        bases = [(rate, total([line.net for line in self.lines if line.tax == rate], self.currency)) for rate in rates]
        return tuple((rate, base, base.share(rate)) for rate, base in bases)

    @Kept
    def gross(self) -> Money:
        """Return the invoice's total with tax, before anything is withheld."""
        taxed = [line for line in self.lines if line.tax]
        return self.net + total([tax for _, _, tax in self.taxes], self.currency) if taxed else self.net

    @Kept
    def withheld(self) -> Money:
        """Return what the client withholds from the net sum and pays to the tax office for us, half up."""
        return self.net.share(self.withholding)

    @Kept
    def payable(self) -> Money:
        """Return what is to be paid to us: the total less what is withheld."""
        return self.gross - self.withheld if self.withholding else self.gross

    def paid(self, day: date) -> Money:
        """Return what had come in by the end of *day*."""
        return total([payment.amount for payment in self.payments if payment.on <= day], self.currency)


@dataclass(frozen=True, slots=True)
class Project:
    """A piece of work for a client; *history* is in the order of its dates, the signing of the contract among them.

    *own_deposit* says that the deposit was agreed for this very project.
    """

    id: str
    title: str
    deliverables: tuple[str, ...]
    fee: Money | None
    terms: Terms
    currency: str
    own_deposit: bool = False
    work_done: Decimal = ZERO
    history: tuple[Event, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    hold: str = ""
    mark: Mark = field(default=Mark(""), compare=False, repr=False)

    def stage(self, day: date) -> Stage:
        """Return where the project stands at the end of *day*."""
        return stage(self.last(day))

    def last(self, day: date) -> dict[What, date]:
        """Return the last time of all that happened by the end of *day*."""
        return {event.what: event.on for event in self.history if event.on <= day}

    def agreed(self, day: date) -> date | None:
        """Return the day the contract was signed, if that was by *day*."""
        return self.happened(What.SIGNED, day)

    def happened(self, what: What, day: date) -> date | None:
        """Return the last time *what* happened by the end of *day*."""
        return self.last(day).get(what)

    def since(self, what: What, day: date) -> tuple[Event, ...]:
        """Return what happened after the last time of *what*, by the end of *day*; all of it if that never was."""
        events = [event for event in self.history if event.on <= day]
        last = max((index for index, event in enumerate(events) if event.what is what), default=-1)
        return tuple(events[last + 1 :])

    def unanswered(self, day: date) -> Event | None:
        """Return our first message since the client last let us hear, None if none waits for an answer."""
        waiting: Event | None = None
        for event in self.history:
            if event.on > day:
                break
            if event.what in ANSWERS or event.what is What.DELIVERED:
                waiting = None
            elif event.what is What.WROTE and waiting is None:
                waiting = event
        return waiting


@dataclass(frozen=True, slots=True)
class Client:
    """Whom the business works for.

    *region* is a subdivision of the country as in ISO 3166-2, for its holidays. *contacts* are further ways to reach
    the client. *final_notices* are the days on which a final notice was posted, oldest first.
    """

    id: str
    name: str
    kind: Kind
    address: tuple[str, ...]
    country: str
    language: str
    law: str
    governing_law: Spoken
    courts: Spoken
    contact: str = ""
    greeting: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    region: str = ""
    sole_trader: bool = False
    contacts: tuple[str, ...] = ()
    prefers: Prefers = Prefers.EMAIL
    final_notices: tuple[date, ...] = ()
    projects: tuple[Project, ...] = ()
    hold: str = ""
    mark: Mark = field(default=Mark(""), compare=False, repr=False)

    def repeat(self, project: Project, day: date) -> bool:
        """Return whether the client had signed with us before *project*, as seen on *day*."""
        signed = [on for one in self.projects if one.id != project.id and (on := one.agreed(day))]
        mine = project.agreed(day) if signed else None
        return any(mine is None or on < mine for on in signed)

    def late_payer(self, project: Project, day: date) -> date | None:
        """Return when a final notice had to be posted before *project* was agreed, or by *day* if it is not yet."""
        until = min(project.agreed(date.max) or day, day) if self.final_notices else day
        return next((on for on in reversed(self.final_notices) if on <= until), None)

    def deposit(self, project: Project, day: date) -> Decimal:
        """Return the share of the fee that is the deposit of *project* as seen on *day*: all of it of a late payer.

        What was agreed for the project itself goes before that.
        """
        deposit = project.terms.deposit
        if self.late_payer(project, day) and not project.own_deposit:
            return ALL
        return deposit.repeat if self.repeat(project, day) else deposit.first


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of register.csv: a document that went out; *subjects* may be several invoices."""

    on: date
    client: str
    project: str
    subjects: tuple[str, ...]
    document: str
    channel: str = ""
    tracking: str = ""
    mark: Mark = field(default=Mark(""), compare=False, repr=False)


def inorder(rows: Iterable[Posted]) -> tuple[Posted, ...]:
    """Return *rows* as they were posted, those of a day as they stand in the register."""
    return tuple(sorted(rows, key=lambda row: (row.on, row.mark.line)))


@dataclass(frozen=True)
class Book:
    """Everything that was read."""

    business: Business
    clients: tuple[Client, ...]
    posted: tuple[Posted, ...] = ()

    @cached_property
    def invoices(self) -> dict[str, tuple[Client, Project, Invoice]]:
        """Return every invoice by its number, with the client and the project it belongs to."""
        return {i.number: (c, p, i) for c in self.clients for p in c.projects for i in p.invoices}

    @cached_property
    def credited(self) -> dict[str, tuple[Invoice, ...]]:
        """Return the credit notes of each invoice that has any."""
        notes: dict[str, tuple[Invoice, ...]] = {}
        for _, _, invoice in self.invoices.values():
            if invoice.credits:
                notes[invoice.credits] = (*notes.get(invoice.credits, ()), invoice)
        return notes

    def credit(self, invoice: Invoice, day: date) -> Money:
        """Return what credit notes issued by *day* take off *invoice*, as a positive sum."""
        notes = [note for note in self.credited.get(invoice.number, ()) if note.issued <= day]
        return -total([note.payable for note in notes], invoice.currency)

    def balance(self, invoice: Invoice, day: date) -> Money:
        """Return what is still owed on *invoice* at the end of *day*, late fees left out."""
        owed = invoice.payable - invoice.paid(day) if invoice.payments else invoice.payable
        return owed - self.credit(invoice, day) if invoice.number in self.credited else owed

    def settled(self, invoice: Invoice, day: date) -> date | None:
        """Return the day *invoice* was paid or credited in full, None if it was not by *day*."""
        if not invoice.payments and invoice.number not in self.credited:
            return None
        days = [payment.on for payment in invoice.payments]
        days += [note.issued for note in self.credited.get(invoice.number, ())]
        return next((on for on in sorted(days) if on <= day and self.balance(invoice, on).amount <= 0), None)

    @cached_property
    def mail(self) -> dict[str, tuple[Posted, ...]]:
        """Return what was posted to each client that anything was posted to, oldest first."""
        rows: dict[str, list[Posted]] = {}
        for row in self.posted:
            rows.setdefault(row.client, []).append(row)
        return {client: tuple(mine) for client, mine in rows.items()}

    @cached_property
    def known(self) -> dict[str, Client]:
        """Return every client by its id."""
        return {client.id: client for client in self.clients}

    def about(self, clients: Iterable[str]) -> Book:
        """Return the book of these *clients* alone, which is all that a document of theirs follows from."""
        names = dict.fromkeys(clients)
        rows = inorder(row for name in names for row in self.mail.get(name, ()))
        return Book(self.business, tuple(self.known[name] for name in names), rows)

    def letters(self, client: Client, day: date) -> tuple[Posted, ...]:
        """Return what was posted to *client* by the end of *day*, oldest first."""
        rows = self.mail.get(client.id)
        return tuple([row for row in rows if row.on <= day]) if rows else ()


@dataclass(frozen=True, slots=True)
class Ending:
    """What a project comes to that ends early, before tax.

    *earned* is what of the fee is, by work done or as time that a deposit reserved; *invoiced* what of it was invoiced;
    *kill_fee* is due on the *rest* of the fee.
    """

    earned: Money
    invoiced: Money
    rest: Money
    kill_fee: Money

    @property
    def due(self) -> Money:
        """Return what is to be invoiced now, before tax; below zero it goes back."""
        return self.earned - self.invoiced + self.kill_fee


def ending(client: Client, project: Project, fee: Money, bills: Sequence[Invoice]) -> Ending:
    """Return what *project* comes to if it ends with *bills* invoiced; the kill fee is rounded half up.

    A deposit is earned as time reserved; to a consumer, and where it is the whole fee, what is not worked goes back.
    """
    invoiced = total([bill.net for bill in bills if bill.kind in OF_FEE], fee.currency)
    deposits = total([bill.net for bill in bills if bill.kind is Bill.DEPOSIT], fee.currency)
    worked = fee.share(project.work_done)
    returned = client.kind is Kind.CONSUMER or deposits == fee
    earned = worked if returned else max(worked, invoiced, key=lambda money: money.amount)
    rest = fee - earned
    return Ending(earned, invoiced, rest, rest.share(project.terms.kill_fee_share))


def stage(last: Mapping[What, date]) -> Stage:
    """Return where a project stands in which all this happened, each for the *last* time on some day."""
    if What.DECLINED in last:
        return Stage.DECLINED
    if What.DELIVERED in last or What.FINISHED in last:
        return Stage.DELIVERED
    return Stage.ACTIVE if What.SIGNED in last else Stage.NEGOTIATING


def after(day: date, days: int) -> date:
    """Return the date *days* days after *day*, the last date there is where that is beyond the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max
