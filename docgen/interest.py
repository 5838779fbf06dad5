"""What a late fee comes to on a day: exact arithmetic, one rounding at the end."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from docgen.money import ZERO, Money
from docgen.records.book import Accrual, ContractFee, Payment, Per

YEAR = Decimal(365)
DAYS = {Per.DAY: Decimal(1), Per.WEEK: Decimal(7), Per.MONTH: YEAR / 12, Per.YEAR: YEAR}
ONE = timedelta(1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days charged alike: *first* and *last* are both charged, *base* is what they are charged on, *rate* a year's."""

    first: date
    last: date
    days: int
    base: Money
    rate: Decimal
    interest: Money


@dataclass(frozen=True, slots=True)
class Charge:
    """What is owed for being late: *interest* is rounded, the segments are exact; *days* count from the due date."""

    days: int
    segments: tuple[Segment, ...]
    interest: Money
    fixed: Money

    @property
    def total(self) -> Money:
        """Return interest and fixed sum together."""
        return self.interest + self.fixed


def contract(owed: Money, due: date, day: date, fee: ContractFee, payments: Sequence[Payment] = ()) -> Charge:
    """Return what the agreed *fee* on *owed*, due on *due*, comes to at the end of *day*.

    A day is charged from the one after the due date on. Within the days of grace nothing is owed, after them every
    day is. A payment lowers the base from the day after it was made. A rate per month that accrues daily is twelve
    months to 365 days. The cap is a share of *owed*.
    """
    nothing = Money(ZERO, owed.currency)
    late = max((day - due).days, 0)
    if late <= fee.grace_days or owed.amount <= 0:
        return Charge(late, (), nothing, nothing)
    found = tuple(
        daily(owed, due, day, fee, payments) if fee.accrual is Accrual.DAILY else monthly(owed, due, day, fee, payments)
    )
    exact = sum((segment.interest for segment in found), nothing)
    if fee.cap is not None:
        exact = min(exact, owed * fee.cap, key=lambda money: money.amount)
    return Charge(late, found, exact.rounded(), Money(fee.flat, owed.currency))


def daily(owed: Money, due: date, day: date, fee: ContractFee, payments: Sequence[Payment]) -> Iterator[Segment]:
    """Yield the stretches of days with the same base, with interest for each day."""
    rate = fee.rate * YEAR / DAYS[fee.per]
    cuts = {payment.on for payment in payments if due < payment.on < day}
    ends = sorted(cuts | {day} | (set(months(due, day)) if fee.compound else set()))
    first, grown = due + ONE, Money(ZERO, owed.currency)
    for last in ends:
        base = left(owed, payments, first)
        base = base + grown if fee.compound else base
        days = (last - first).days + 1
        interest = base * (rate * days / YEAR)
        if base:
            yield Segment(first, last, days, base, rate, interest)
        first, grown = last + ONE, grown + interest


def monthly(owed: Money, due: date, day: date, fee: ContractFee, payments: Sequence[Payment]) -> Iterator[Segment]:
    """Yield the months that count, each charged whole on what was owed when it began."""
    rate, grown, first = fee.rate * 12, Money(ZERO, owed.currency), due + ONE
    for last in months(due, day, begun=fee.accrual is Accrual.STARTED):
        base = left(owed, payments, first)
        base = base + grown if fee.compound else base
        interest = base * fee.rate
        if base:
            yield Segment(first, last, (last - first).days + 1, base, rate, interest)
        first, grown = last + ONE, grown + interest


def left(owed: Money, payments: Sequence[Payment], day: date) -> Money:
    """Return what of *owed* is charged on *day*: a payment counts from the day after it was made."""
    paid = sum((payment.amount.amount for payment in payments if payment.on < day), ZERO)
    return Money(max(owed.amount - paid, ZERO), owed.currency)


def months(due: date, day: date, *, begun: bool = False) -> Iterator[date]:
    """Yield the last day of each month since *due* that is over by *day*, or has *begun* by then.

    A month ends on the due date's day of the month, or on the month's last day where it has no such day.
    """
    count, last = 1, due
    while True:
        index = due.year * 12 + due.month - 1 + count
        year, month = index // 12, index % 12 + 1
        end = date(year, month, min(due.day, calendar.monthrange(year, month)[1]))
        if (begun and last >= day) or (not begun and end > day):
            return
        yield end
        last, count = end, count + 1
