"""What is owed for being late on a day: exact fractions, and one rounding at the end."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from docgen import money
from docgen.frozen import dataclass
from docgen.jurisdiction import Basis, Capitalised, Changes, First, Interest, Jurisdiction, Last
from docgen.money import ZERO, Money
from docgen.problem import Mark, stop
from docgen.records.book import Accrual, ContractFee, Kind, Payment, Per

ONE = timedelta(1)
YEAR = 365
DAYS = {Per.DAY: Fraction(1), Per.WEEK: Fraction(7), Per.MONTH: Fraction(YEAR, 12), Per.YEAR: Fraction(YEAR)}


@dataclass(frozen=True, slots=True)
class Rule:
    """How interest runs.

    *rates* are a year's, each from its day on; the first also holds before that. *on_due* charges the due date too,
    *to_today* the day of the claim too. Interest joins the base every *capitalised* months, never if that is 0.
    """

    rates: tuple[tuple[date, Fraction], ...]
    basis: Basis = Basis.ACT_365
    on_due: bool = False
    to_today: bool = True
    capitalised: int = 0
    round_daily: bool = False


@dataclass(frozen=True, slots=True)
class Bent:
    """What a person may want otherwise: another count of days, or each day's sum rounded first."""

    basis: Basis | None = None
    round_daily: bool = False

    def rule(self, rule: Rule) -> Rule:
        """Return *rule* with what is wanted otherwise."""
        return replace(rule, basis=self.basis or rule.basis, round_daily=self.round_daily)


AS_IT_IS = Bent()


@dataclass(frozen=True, slots=True)
class Segment:
    """Days charged alike: *first* and *last* are both charged, *days* as the basis counts them, *rate* a year's."""

    first: date
    last: date
    days: int
    base: Fraction
    rate: Fraction
    interest: Fraction


@dataclass(frozen=True, slots=True)
class Charge:
    """What is owed for being late.

    *exact* is the interest before its one rounding, *interest* after it, *fixed* a sum that does not grow, and
    *per_day* what one more day costs, rounded. *days* are the days charged. *besides* is a fixed sum that is owed
    and never added, as its currency is not the debt's.
    """

    segments: tuple[Segment, ...]
    exact: Fraction
    interest: Money
    fixed: Money
    per_day: Money
    besides: Money | None = None

    @property
    def days(self) -> int:
        """Return the number of days charged."""
        return sum(segment.days for segment in self.segments)

    @property
    def total(self) -> Money:
        """Return interest and fixed sum together."""
        return self.interest + self.fixed


def rounded(exact: Fraction, currency: str) -> Money:
    """Return *exact*, which is not negative, rounded half up to the decimals of *currency*."""
    digits = money.digits(currency)
    return Money(Decimal(int(exact * 10**digits + Fraction(1, 2))).scaleb(-digits), currency)


def decimal(rate: Fraction) -> Decimal:
    """Return *rate* as a decimal, to as many places as one carries."""
    return Decimal(rate.numerator) / Decimal(rate.denominator)


def nothing(currency: str) -> Charge:
    """Return a charge of nothing."""
    zero = Money(ZERO, currency)
    return Charge((), Fraction(0), zero, zero, zero)


def contract(
    owed: Money, due: date, day: date, fee: ContractFee, payments: Sequence[Payment] = (), bent: Bent = AS_IT_IS
) -> Charge:
    """Return what the agreed *fee* on *owed*, due on *due*, comes to at the end of *day*.

    A day is charged from the one after the due date on. Within the days of grace nothing is owed, after them every
    day is. A payment lowers the base from the day after it was made. A rate per month that accrues daily is twelve
    months to 365 days. The cap is a share of *owed* and does not touch the flat sum.
    """
    if (day - due).days <= fee.grace_days or not left(owed, payments, due + timedelta(fee.grace_days)):
        return nothing(owed.currency)
    if fee.accrual is not Accrual.DAILY:
        charge = closed(owed.currency, monthly(owed, due, day, fee, payments))
    else:
        charge = run(owed, due, day, bent.rule(agreed(fee)), payments)
    return replace(capped(charge, owed, fee), fixed=Money(fee.flat, owed.currency))


def statutory(
    owed: Money,
    due: date,
    day: date,
    law: Jurisdiction,
    kind: Kind,
    payments: Sequence[Payment] = (),
    bent: Bent = AS_IT_IS,
) -> Charge:
    """Return what *law* gives on *owed*, due on *due* by a client of *kind*, at the end of *day*.

    Nothing if the law gives none, or none against such a client. The fixed sum runs where interest runs, and only in
    its own currency. Raises Problems where a rate that is needed is not known.
    """
    terms = law.interest
    if terms is None or kind not in terms.margin or not day > due:
        return nothing(owed.currency)
    first = due if terms.first is First.ON else due + ONE
    debt = left(owed, payments, due)
    if not debt:
        return nothing(owed.currency)
    until = day if terms.last is Last.INCLUDED else day - ONE
    if terms.capitalised is Capitalised.NEVER or until < later(first, 12):
        # A debt that was paid bears nothing more, unless interest has joined it, and so needs no rate.
        until = min((one.on for one in payments if not left(owed, payments, one.on)), default=until)
    rule = Rule(
        rates=yearly(law, terms, kind, first, first if terms.changes is Changes.FIXED else until),
        basis=terms.basis,
        on_due=terms.first is First.ON,
        to_today=terms.last is Last.INCLUDED,
        capitalised=12 if terms.capitalised is Capitalised.YEARLY else 0,
    )
    charge, sum_ = run(owed, due, day, bent.rule(rule), payments), recovery(law, kind, debt, due)
    if sum_ is None or sum_.currency == owed.currency:
        return charge if sum_ is None else replace(charge, fixed=sum_)
    return replace(charge, besides=sum_)


def yearly(
    law: Jurisdiction, terms: Interest, kind: Kind, first: date, last: date
) -> tuple[tuple[date, Fraction], ...]:
    """Return a year's rates from *first* to *last*, and that of the day after it where it is known.

    Raises Problems where the table does not reach that far.
    """
    following = last + ONE if last > first else first
    found = [terms.reference(first), *(rate for rate in terms.rates if first < rate.start <= following)]
    unknown = first if found[0] is None else terms.known_until + ONE
    if found[0] is None or last > terms.known_until:
        known = f"from {terms.rates[0].start} to {terms.known_until}"
        hint = f"only those {known}; add it under `interest`, `rates` in {law.file} of the workspace"
        raise stop(f"{law.name}: the reference rate of {unknown} is not known, {hint}", Mark(law.file))
    return tuple((rate.start, Fraction(terms.yearly(rate, kind))) for rate in found if rate)


def recovery(law: Jurisdiction, kind: Kind, debt: Decimal, due: date) -> Money | None:
    """Return the law's fixed sum for a *debt* due on *due* by a client of *kind*, None if it has none."""
    terms = law.fixed_sum
    return terms.of(debt, due) if terms and kind in terms.kinds else None


def agreed(fee: ContractFee) -> Rule:
    """Return how an agreed *fee* runs that accrues daily."""
    rate = Fraction(fee.rate) * YEAR / DAYS[fee.per]
    return Rule(((date.min, rate),), capitalised=1 if fee.compound else 0)


def capped(charge: Charge, owed: Money, fee: ContractFee) -> Charge:
    """Return *charge* with its interest at most the fee's cap."""
    most = Fraction(owed.amount) * Fraction(fee.cap) if fee.cap is not None else charge.exact
    if charge.exact < most or fee.cap is None:
        return charge
    return replace(charge, exact=most, interest=rounded(most, owed.currency), per_day=Money(ZERO, owed.currency))


def run(owed: Money, due: date, day: date, rule: Rule, payments: Sequence[Payment] = ()) -> Charge:
    """Return what *owed*, due on *due*, bears under *rule* by *day*.

    A payment lowers the base from the day after it was made or, where the day of payment is not charged, from its own.
    """
    first = due if rule.on_due else due + ONE
    end = day + ONE if rule.to_today else day
    if end <= first:
        return nothing(owed.currency)
    shift = ONE if rule.to_today else timedelta(0)
    joins = set(anniversaries(first, end + ONE, rule.capitalised)) if rule.capitalised else set[date]()
    cuts = {start for start, _ in rule.rates} | {payment.on + shift for payment in payments} | joins
    edges = [first, *sorted(cut for cut in cuts if first < cut < end), end]
    found: list[Segment] = []
    joined = pending = Fraction(0)
    for begin, until in pairwise(edges):
        base, rate = Fraction(left(owed, payments, begin - shift)) + joined, in_force(rule.rates, begin)
        interest = earned(base, rate, begin, until, rule, owed.currency)
        if base:
            found.append(Segment(begin, until - ONE, count(begin, until, rule.basis), base, rate, interest))
        pending += interest
        if until in joins:
            joined, pending = joined + pending, Fraction(0)
    base = Fraction(left(owed, payments, end - shift)) + joined
    return closed(owed.currency, found, base * in_force(rule.rates, end) / length(end, rule.basis))


def closed(currency: str, segments: Iterable[Segment], per_day: Fraction = Fraction(0)) -> Charge:
    """Return the charge of *segments*, rounded once."""
    found = tuple(segments)
    exact = sum((segment.interest for segment in found), Fraction(0))
    return Charge(found, exact, rounded(exact, currency), Money(ZERO, currency), rounded(per_day, currency))


def earned(base: Fraction, rate: Fraction, begin: date, until: date, rule: Rule, currency: str) -> Fraction:
    """Return what *base* bears from *begin* up to and without *until*, each day rounded first if the rule says so."""
    if rule.round_daily:
        daily = rounded(base * rate / length(begin, rule.basis), currency)
        return Fraction(daily.amount) * count(begin, until, rule.basis)
    return base * rate * years(begin, until, rule.basis)


def in_force(rates: Sequence[tuple[date, Fraction]], day: date) -> Fraction:
    """Return the rate that holds on *day*."""
    found = rates[0][1]
    for start, rate in rates:
        if start <= day:
            found = rate
    return found


def left(owed: Money, payments: Sequence[Payment], day: date) -> Decimal:
    """Return what of *owed* is unpaid at the end of *day*, nothing where too much was paid."""
    return max(owed.amount - sum((payment.amount.amount for payment in payments if payment.on <= day), ZERO), ZERO)


def count(begin: date, until: date, basis: Basis) -> int:
    """Return the days from *begin* up to and without *until*; under 30/360 every month has thirty (30E/360)."""
    if basis is not Basis.THIRTY_360:
        return (until - begin).days
    return thirty(until) - thirty(begin)


def thirty(day: date) -> int:
    """Return the number of *day* where every month has thirty days."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)


def years(begin: date, until: date, basis: Basis) -> Fraction:
    """Return the time from *begin* up to and without *until* in years."""
    if basis is Basis.THIRTY_360:
        return Fraction(count(begin, until, basis), 360)
    if basis is Basis.ACT_365:
        return Fraction((until - begin).days, YEAR)
    edges = [begin, *(date(year, 1, 1) for year in range(begin.year + 1, until.year + 1)), until]
    return sum((Fraction((b - a).days, length(a, basis)) for a, b in pairwise(edges)), Fraction(0))


def length(day: date, basis: Basis) -> int:
    """Return the days that make a year on *day*."""
    if basis is Basis.THIRTY_360:
        return 360
    return 366 if basis is Basis.ACT_ACT and calendar.isleap(day.year) else YEAR


def monthly(owed: Money, due: date, day: date, fee: ContractFee, payments: Sequence[Payment]) -> Iterator[Segment]:
    """Yield the months that count, each charged whole on what was owed when it began."""
    joined, first = Fraction(0), due + ONE
    for last in months(due, day, begun=fee.accrual is Accrual.STARTED):
        base = Fraction(left(owed, payments, first - ONE)) + (joined if fee.compound else 0)
        interest = base * Fraction(fee.rate)
        if base:
            yield Segment(first, last, (last - first).days + 1, base, Fraction(fee.rate) * 12, interest)
        joined, first = joined + interest, last + ONE


def months(due: date, day: date, *, begun: bool = False) -> Iterator[date]:
    """Yield the last day of each month since *due* that is over by *day*, or has *begun* by then."""
    number = 1
    while (later(due, number - 1) < day) if begun else (later(due, number) <= day):
        yield later(due, number)
        number += 1


def anniversaries(first: date, end: date, step: int) -> Iterator[date]:
    """Yield the days every *step* months after *first* that come before *end*."""
    number = step
    while (day := later(first, number)) < end:
        yield day
        number += step


def later(day: date, number: int) -> date:
    """Return the day *number* months after *day*: the same day of the month, or the month's last."""
    index = day.year * 12 + day.month - 1 + number
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
