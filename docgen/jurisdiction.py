"""A law: what of it the plan, the letters and the late fees go by; all of it is jurisdictions/<code>.yaml.

A workspace may have a file of the same name with only what it adds or corrects; of two rates for the same day the one
checked later wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from docgen.frozen import dataclass
from docgen.money import ZERO, Money
from docgen.problem import Mark, Problems, stop
from docgen.records import terms, typed
from docgen.records.book import Client, ContractFee, Kind
from docgen.records.entry import Entry
from docgen.records.typed import Most
from docgen.shelf import Shelf
from docgen.source import Text

FOLDER = "jurisdictions"


class Basis(StrEnum):
    """How days are counted against a year; act/act takes each calendar year's own length, 30/360 is 30E/360."""

    ACT_365 = "act/365"
    ACT_ACT = "act/act"
    THIRTY_360 = "30/360"


class Changes(StrEnum):
    """Whether a debt keeps the rate of its first day, or follows the table."""

    FIXED = "fixed"
    SPLIT = "split"


class First(StrEnum):
    """The first day charged: the one after the due date, or the due date itself."""

    AFTER = "after"
    ON = "on"


class Last(StrEnum):
    """Whether the day of the payment or of the claim is charged."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Capitalised(StrEnum):
    """When interest joins the sum that bears it."""

    NEVER = "never"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Rate:
    """A reference rate from a day on, as a fraction, with where it was found and when that was checked.

    *margin* is what was added to it then, where that is not what is added now.
    """

    start: date
    rate: Decimal
    source: str
    verified: bool
    checked: date
    margin: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """Statutory interest; *margin* is added to the reference rate, and a kind of client without one owes none."""

    act: str
    verified: bool
    margin: Mapping[Kind, Decimal]
    changes: Changes
    basis: Basis
    first: First
    last: Last
    capitalised: Capitalised
    rates: tuple[Rate, ...]
    known_until: date

    def yearly(self, rate: Rate, kind: Kind) -> Decimal:
        """Return a year's interest under *rate* for a client of *kind*, who must have a margin."""
        return rate.rate + (self.margin[kind] if rate.margin is None else rate.margin)

    def reference(self, day: date) -> Rate | None:
        """Return the reference rate of *day*, None before the first and after the last day known."""
        found = [rate for rate in self.rates if rate.start <= day]
        return found[-1] if found and day <= self.known_until else None


@dataclass(frozen=True, slots=True)
class Step:
    """A fixed sum for debts of at least *least*, due on *start* or later."""

    start: date
    least: Decimal
    sum: Decimal


@dataclass(frozen=True, slots=True)
class FixedSum:
    """The sum for the cost of recovery, once an invoice."""

    act: str
    verified: bool
    kinds: tuple[Kind, ...]
    currency: str
    steps: tuple[Step, ...]

    def of(self, debt: Decimal, due: date) -> Money:
        """Return the sum for a *debt* that was due on *due*, zero if the law had none then."""
        found = [step for step in self.steps if step.start <= due and step.least <= debt]
        return Money(max(found, key=lambda step: (step.least, step.start)).sum if found else ZERO, self.currency)


@dataclass(frozen=True, slots=True)
class Risk:
    """Why a term is risky, with its source, where its share is more than *over*."""

    reason: str
    over: Decimal


@dataclass(frozen=True, slots=True)
class Freelance:
    """A law on freelance work of a *region*, which asks for a written contract from a fee of *least* on."""

    region: str
    name: str
    least: Decimal
    act: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be agreed: the longest payment terms in days by kind of client, and bounds of a late fee.

    *warn_over* and *refuse_over* are late fees, *least_share* is the least share of the statutory rate that an agreed
    one may be. *void* has, for a term that is void beyond its limit, the sentence for a person with its source; *risky*
    the same for one that a court may cut down.
    """

    longest: Mapping[Kind, int]
    terms_act: str
    warn_over: ContractFee | None
    refuse_over: ContractFee | None
    least_share: Decimal
    fee_act: str
    void: Mapping[str, str]
    risky: Mapping[str, Risk]
    freelance: tuple[Freelance, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The least days that a final notice leaves, by kind of client; *sole_trader* for a business that is a person."""

    days: Mapping[Kind, int]
    sole_trader: int
    act: str

    def least(self, client: Client) -> int:
        """Return the least days that a final notice leaves *client*."""
        trader = client.sole_trader and client.kind is Kind.BUSINESS
        return self.sole_trader if trader else self.days[client.kind]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A law."""

    code: str
    name: str
    currency: str
    interest: Interest | None
    fixed_sum: FixedSum | None
    notice: Notice
    limits: Limits
    file: str

    def unverified(self, first: date, last: date) -> bool:
        """Return whether anything of the interest from *first* to *last* was not read in an official text."""
        if self.interest is None:
            return False
        used = [self.interest.reference(first)]
        if self.interest.changes is Changes.SPLIT:
            used += [rate for rate in self.interest.rates if first < rate.start <= last]
        fixed = self.fixed_sum is not None and not self.fixed_sum.verified
        return fixed or not self.interest.verified or any(rate is None or not rate.verified for rate in used)


class Laws(dict[str, Jurisdiction]):
    """The laws a workspace goes by, each read when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        """Read from *shelf*."""
        super().__init__()
        self.shelf = shelf

    def __missing__(self, code: str) -> Jurisdiction:
        """Return the law called *code*; raises Problems if it is not whole."""
        return self.setdefault(code, read(self.shelf, code))


def read(shelf: Shelf, code: str) -> Jurisdiction:
    """Return the law called *code*, the workspace's own word on it first; raises Problems if it is not whole."""
    entries = [Entry(source, source.root, f"the law `{code}`") for source in shelf.every(FOLDER, code)]
    first = entries[0]
    found = Jurisdiction(
        code=code,
        name=said(entries, "name").text("name", needed=True),
        currency=said(entries, "currency").text("currency", needed=True),
        interest=interest(entries),
        fixed_sum=fixed_sum(said(entries, "fixed_sum").entry("fixed_sum", "`fixed_sum`")),
        notice=notice(said(entries, "final_notice").entry("final_notice", "`final_notice`")),
        limits=limits(entries),
        file=first.source.name,
    )
    problems = [problem for entry in entries for problem in entry.source.problems]
    if problems:
        raise Problems(problems)
    return found


def said(entries: list[Entry], name: str) -> Entry:
    """Return the first of *entries* that says anything of *name*, the last if none does."""
    return next((entry for entry in entries if name in entry.node), entries[-1])


def notice(entry: Entry | None) -> Notice:
    """Return how long a final notice waits; raises Problems if that is not said."""
    days = entry.entry("days", "`days`") if entry else None
    if entry is None or days is None:
        raise stop("a law needs a `final_notice` with `days` for business, consumer and public", Mark(FOLDER))
    least = {kind: days.parsed(kind.value, 0, typed.whole, needed=True) for kind in Kind}
    return Notice(least, days.whole("sole_trader", least[Kind.BUSINESS]), entry.text("act"))


def limits(entries: list[Entry]) -> Limits:
    """Return what may be agreed under the law."""
    days = said(entries, "payment_terms").entry("payment_terms", "`payment_terms`")
    longest = days.entry("longest", "`longest`") if days else None
    fee = said(entries, "contract_fee").entry("contract_fee", "`contract_fee`")
    return Limits(
        longest={kind: longest.whole(kind.value) for kind in Kind if longest and kind.value in longest.node},
        terms_act=days.text("act") if days else "",
        warn_over=fee.parsed("warn_over", None, agreed, needed=False) if fee else None,
        refuse_over=fee.parsed("refuse_over", None, agreed, needed=False) if fee else None,
        least_share=fee.share("least_share") if fee else ZERO,
        fee_act=fee.text("act") if fee else "",
        void={one.text("term", needed=True): reason(one) for one in said(entries, "void").list("void", "a void term")},
        risky={
            one.text("term", needed=True): Risk(reason(one), one.share("over"))
            for one in said(entries, "risky").list("risky", "a risky term")
        },
        freelance=tuple(
            Freelance(
                region=one.text("region", needed=True),
                name=one.text("name", needed=True),
                least=one.money("least", said(entries, "currency").text("currency"), needed=True).amount,
                act=one.text("act", most=Most.PASSAGE, needed=True),
            )
            for one in said(entries, "freelance").list("freelance", "a law on freelance work")
        ),
    )


def reason(entry: Entry) -> str:
    """Return the sentence for a person, with its source."""
    message, act = (entry.text(name, most=Most.PASSAGE, needed=True) for name in ("message", "act"))
    return f"{message.rstrip('.')} ({act})"


def agreed(text: Text) -> ContractFee | None:
    """Return a late fee given as a phrase; raises ValueError for anything else."""
    fee = terms.phrase(text)
    return fee if isinstance(fee, ContractFee) else None


def interest(entries: list[Entry]) -> Interest | None:
    """Return the law's interest, the rates of all *entries* together; None if it has none."""
    parts = [part for part in (entry.entry("interest", "`interest`") for entry in entries) if part]
    if not parts:
        return None
    margin = said(parts, "margin").entry("margin", "`margin`")
    return Interest(
        act=said(parts, "act").text("act", needed=True),
        verified=said(parts, "verified").yes("verified", default=False),
        margin={} if margin is None else {kind: margin.share(kind.value) for kind in Kind if kind.value in margin.node},
        changes=said(parts, "rate").choice("rate", Changes, Changes.SPLIT),
        basis=said(parts, "day_count").choice("day_count", Basis, Basis.ACT_365),
        first=said(parts, "first_day").choice("first_day", First, First.AFTER),
        last=said(parts, "last_day").choice("last_day", Last, Last.INCLUDED),
        capitalised=said(parts, "capitalised").choice("capitalised", Capitalised, Capitalised.NEVER),
        rates=rates(parts),
        known_until=max(part.date("known_until") or date.min for part in parts),
    )


def rates(parts: list[Entry]) -> tuple[Rate, ...]:
    """Return the rates of all *parts* in their order; of two for one day, the one checked later."""
    found: dict[date, Rate] = {}
    for part in reversed(parts):
        for entry in part.list("rates", "a rate"):
            one = rate(entry)
            if one.start not in found or found[one.start].checked <= one.checked:
                found[one.start] = one
    return tuple(found[start] for start in sorted(found))


def rate(entry: Entry) -> Rate:
    """Return one reference rate; it may be below zero."""
    found = Rate(
        start=entry.date("from", needed=True) or date.min,
        rate=entry.parsed("rate", ZERO, reference, needed=True),
        source=entry.text("source", most=Most.PASSAGE, needed=True),
        verified=entry.yes("verified", default=False),
        checked=entry.date("checked", needed=True) or date.min,
        margin=entry.share("margin") if entry.has("margin") else None,
    )
    entry.finish()
    return found


def reference(text: Text) -> Decimal:
    """Return a percentage that may be negative as a fraction; raises ValueError for anything else."""
    sign, bare = (-1, Text(text[1:])) if text.startswith("-") else (1, text)
    return typed.share(bare) * sign


def fixed_sum(entry: Entry | None) -> FixedSum | None:
    """Return the law's fixed sum, None if it has none."""
    if entry is None:
        return None
    currency = entry.currency("currency", "EUR", needed=True)
    return FixedSum(
        act=entry.text("act", most=Most.PASSAGE, needed=True),
        verified=entry.yes("verified", default=False),
        kinds=tuple(Kind(kind) for kind in entry.items("kinds", needed=True)),
        currency=currency,
        steps=tuple(step(one, currency) for one in entry.list("steps", "a step")),
    )


def step(entry: Entry, currency: str) -> Step:
    """Return one step of a fixed sum."""
    found = Step(
        start=entry.date("from", needed=True) or date.min,
        least=entry.money("least", currency, needed=True).amount,
        sum=entry.money("sum", currency, needed=True).amount,
    )
    entry.finish()
    return found
