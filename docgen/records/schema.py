"""Builds the Book from what stands in clients.yaml, noting every mistake on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from docgen import workday
from docgen.frozen import complete, dataclass
from docgen.money import Money
from docgen.problem import Problem
from docgen.records import bills, identifier, terms, typed
from docgen.records.book import (
    Business,
    Client,
    Event,
    Invoice,
    Kind,
    Prefers,
    Project,
    Terms,
    What,
)
from docgen.records.entry import Entry, Form
from docgen.records.files import CLIENTS
from docgen.records.register import Register, Row
from docgen.records.typed import Most
from docgen.source import Lines, Map, Source, Text


@dataclass(frozen=True, slots=True)
class Known:
    """What may be named because there is a file for it: languages, laws, documents; and which is the final notice."""

    languages: tuple[str, ...]
    laws: tuple[str, ...]
    documents: frozenset[str] = frozenset()
    final_notice: str = ""

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


def reader(top: Entry, known: Known, lines: Register) -> Reader:
    """Return what clients are read with."""
    mine = top.entry("business", "the business")
    if mine is None:
        top.report(None, "the file has no `business`")
        mine = Entry(Source(top.source.name, Lines(b"")), Map(), "the business")
    firm = business(mine, known)
    house = terms.read(top.entry("terms", "the terms"), Terms(), firm.currency)
    usual = CLIENT_USUALLY | {
        "currency": firm.currency,
        "language": firm.language,
        "law": firm.law,
        "governing_law": firm.governing_law,
        "courts": firm.courts,
    }
    return Reader(firm, house, lines, form_of_client(known), usual, known.final_notice)


def build(source: Source, known: Known, lines: Register) -> tuple[Business, tuple[Client, ...]]:
    """Return the business and its clients as far as they could be read; what is wrong is noted in *source*.

    What *lines* of the register say was said and paid counts like what stands in the file.
    """
    top = Entry(source, source.root, "the file")
    read = reader(top, known, lines)
    clients = tuple([read.client(key, entry) for key, entry in top.each(CLIENTS, "the client", many=True)])
    if not top.has(CLIENTS):
        top.report(None, "the file has no `clients`")
    top.finish()
    twins(source, clients, "client")
    numbers(source, clients)
    return read.firm, clients


def business(entry: Entry, known: Known) -> Business:
    """Return who writes."""
    country = entry.parsed("country", "", typed.country, needed=True)
    found = Business(
        name=entry.text("name", most=Most.NAME, needed=True),
        signatory=entry.text("signatory", most=Most.NAME),
        address=entry.lines("address", needed=True),
        country=country,
        language=entry.parsed("language", "en", known.language, needed=True),
        currency=entry.currency("currency", "EUR", needed=True),
        law=entry.parsed("law", "", known.law, needed=True),
        email=entry.text("email"),
        phone=entry.text("phone", most=Most.LABEL),
        website=entry.text("website"),
        tax_id=tax_id(entry, country),
        paper=entry.text("paper", most=Most.LABEL),
        envelope=entry.text("envelope", most=Most.LABEL),
        place=entry.text("place", most=Most.LABEL),
        region=entry.parsed("region", "", lambda text: region(text, country), needed=False),
        governing_law=terms.spoken(entry, "governing_law"),
        courts=terms.spoken(entry, "courts"),
        contract_footer=terms.spoken(entry, "contract_footer"),
        pay_to=pay_to(entry),
        mark=entry.mark(),
    )
    entry.finish()
    return found


def pay_to(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return where to pay, as keys and values in the owner's order."""
    way = entry.entry("pay_to", "`pay_to`")
    if way is None:
        return ()
    checks = {"iban": identifier.iban, "bic": identifier.bic}
    return tuple(
        (way.value(key, "", lambda text: typed.line(text, Most.LABEL), "a key of pay_to"), said)
        for key, _ in way.node.placed()
        for said in [way.parsed(key, "", checks.get(key, typed.line), needed=False)]
    )


def tax_id(entry: Entry, country: str) -> str:
    """Return by which number the tax office of *country* knows the party, empty if none is given."""
    return entry.parsed("tax_id", "", lambda text: identifier.tax_id(text, country), needed=False)


EVENT: Form = {"date": typed.day, "event": typed.among(What), "about": typed.line, "note": typed.at_most(Most.NOTE)}
PROJECT: Form = {
    "currency": typed.currency,
    "title": typed.line,
    **dict.fromkeys(("deliverables", "fee", "terms")),
    **terms.TERMS,
    "work_done": typed.share,
    "history": None,
    "signed": typed.day,
    "hold": typed.line,
    "invoices": None,
}
CLIENT_NEEDS = ("country", "name", "address")
CLIENT_USUALLY = {"country": "", "name": "", "kind": Kind.BUSINESS, "address": ()}
SELDOM = frozenset({"governing_law", "courts", "tax_id", "region", "contacts"})


def form_of_client(known: Known) -> Form:
    """Return what a client may say where what is *known* may be named."""
    return {
        "currency": typed.currency,
        "terms": None,
        **terms.TERMS,
        "country": typed.country,
        "name": typed.at_most(Most.NAME),
        "kind": typed.among(Kind),
        "address": typed.several,
        "language": known.language,
        "law": known.law,
        **dict.fromkeys(("governing_law", "courts")),
        "contact": typed.at_most(Most.NAME),
        "greeting": typed.line,
        "email": typed.line,
        "phone": typed.at_most(Most.LABEL),
        **dict.fromkeys(("tax_id", "region")),
        "sole_trader": typed.yes,
        "contacts": None,
        "prefers": typed.among(Prefers),
        "hold": typed.line,
        "projects": None,
    }


@dataclass(frozen=True, slots=True)
class Reader:
    """What a client is read with: the business, the house's terms, the lines of the register, and the *form* it has.

    *usual* is so where a client says nothing else, and *final_notice* the name of that letter.
    """

    firm: Business
    house: Terms
    lines: Register
    form: Form
    usual: Mapping[str, Any]
    final_notice: str

    def client(self, key: Text, entry: Entry) -> Client:
        """Return a client with its projects."""
        said = {**self.usual, **entry.fill(self.form, CLIENT_NEEDS)}
        if not SELDOM.isdisjoint(entry.node):
            said |= self.seldom(entry, said["country"])
        currency = said.pop("currency")
        mine = terms.override(entry, self.house, currency)
        found = Client(
            id=entry.value(key, "", typed.name, "client"),
            final_notices=tuple([row.on for row in self.lines.sent.get((key, self.final_notice), ())]),
            mark=entry.source.mark(key),
            **said,
        )
        projects = tuple(entry.each("projects", "the project"))
        entry.finish()
        drafts = [self.draft(found, name, node, mine, currency) for name, node in projects]
        complete(found, projects=tuple(drafts))
        if len(drafts) > 1:
            twins(entry.source, drafts, "project")
        for (_, node), project in zip(projects, drafts, strict=True):
            complete(project, invoices=bills.read(node, project, found, self.lines))
            node.finish()
        return found

    def seldom(self, entry: Entry, country: str) -> dict[str, Any]:
        """Return what few clients say, one who is in *country*."""
        return {
            "governing_law": terms.spoken(entry, "governing_law", self.firm.governing_law),
            "courts": terms.spoken(entry, "courts", self.firm.courts),
            "tax_id": tax_id(entry, country),
            "region": entry.parsed("region", "", lambda text: region(text, country), needed=False),
            "contacts": entry.items("contacts"),
        }

    def draft(self, client: Client, key: Text, entry: Entry, mine: Terms, currency: str) -> Project:
        """Return a project without its invoices, which need to know whether the client is a repeat client."""
        said = {"title": "", "currency": currency, **entry.fill(PROJECT, ("title",))}
        signed, code = said.pop("signed", None), said["currency"]
        found = Project(
            id=entry.value(key, "", typed.name, "project"),
            deliverables=entry.items("deliverables"),
            fee=fee(entry, code),
            terms=terms.override(entry, mine, code),
            own_deposit=own(entry, "deposit"),
            history=history(entry, signed, self.lines.happened.get((client.id, key), ())),
            mark=entry.source.mark(key),
            **said,
        )
        if found.terms.abandon_days < found.terms.silence_days:
            entry.report("abandon_days", "`abandon_days` comes before `silence_days`; work stops first")
        return found


def region(text: Text, country: str) -> str:
    """Return a part of *country* that has holidays of its own; raises ValueError if there is none so called."""
    return str(text) if workday.has_region(country, text) else one_of(text, workday.regions(country))


def own(entry: Entry, name: str) -> bool:
    """Return whether the project itself says the term *name*, right among its keys or under `terms`."""
    nested = entry.node.get("terms")
    return name in entry.node or (isinstance(nested, Map) and name in nested)


def fee(entry: Entry, code: str) -> Money | None:
    """Return the fee, None if none was agreed yet; one of zero or less is reported."""
    if not entry.has("fee"):
        return None
    found = entry.money("fee", code)
    if entry.clean and found.amount <= 0:
        entry.report("fee", f"a fee of {found.amount} is none; leave the key out until a fee is agreed")
    return found


def history(entry: Entry, signed: date | None, rows: Sequence[Row]) -> tuple[Event, ...]:
    """Return what happened, in the order of the dates, that it was *signed* and what *rows* of the register say too."""
    events: list[Event] = []
    for item in entry.list("history", "an event"):
        said = item.fill(EVENT, ("date", "event"))
        item.finish()
        if item.clean:
            on = said["date"]
            if events and on < events[-1].on:
                item.report("date", f"{on} stands after {events[-1].on}; put what happened in the order of its dates")
            events.append(Event(on, said["event"], said.get("about", ""), item.mark("date")))
    events += [row.event for row in rows]
    if signed:
        others = [event for event in events if event.what is What.SIGNED and event.on != signed]
        for other in others[:1]:
            entry.report("signed", f"signed on {signed} here, and on {other.on} in {other.mark}; one of them is wrong")
        events.insert(0, Event(signed, What.SIGNED, mark=entry.mark("signed")))
    return tuple(sorted(events, key=attrgetter("on")))


def twins(source: Source, named: Sequence[Client] | Sequence[Project], what: str) -> None:
    """Report those *named*, each *what* is said, whose files a file system may not tell apart."""
    if len({one.id.casefold() for one in named}) == len(named):
        return
    seen: dict[str, str] = {}
    for one in named:
        first = seen.setdefault(one.id.casefold(), one.id)
        if first != one.id:
            source.add(Problem(one.mark, f"the {what} `{one.id}` and `{first}` would share their files"))


def numbers(source: Source, clients: tuple[Client, ...]) -> None:
    """Report an invoice number that is used twice."""
    bills = [bill for client in clients for project in client.projects for bill in project.invoices]
    if len({bill.number.casefold() for bill in bills}) == len(bills):
        return
    seen: dict[str, Invoice] = {}
    for bill in bills:
        first = seen.setdefault(bill.number.casefold(), bill)
        if first is not bill and bill.number:
            message = f"invoice number {bill.number} is used twice; the first is on line {first.mark.line}"
            source.add(Problem(bill.mark, message))
