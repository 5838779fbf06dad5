"""An agreed late fee, to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen import interest, jurisdiction
from docgen.money import Money
from docgen.records.book import Accrual, ContractFee, Payment, Per

DUE = date(2026, 1, 1)
FEE = ContractFee(rate=Decimal("0.015"))


def usd(amount: str | int) -> Money:
    """Return an amount in dollars."""
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("accrual", "owed"), [(Accrual.DAILY, "53.26"), (Accrual.STARTED, "72.00"), (Accrual.COMPLETE, "36.00")]
)
def test_the_same_fee_differs_by_how_it_accrues(accrual: Accrual, owed: str) -> None:
    """2,400 dollars at 1.5 % a month, 45 days late: the three readings of the same words."""
    fee = ContractFee(rate=Decimal("0.015"), accrual=accrual)
    assert interest.contract(usd(2400), DUE, DUE + timedelta(45), fee).interest == usd(owed)


@pytest.mark.parametrize(("days", "charged"), [(0, 0), (5, 0), (6, 6)])
def test_days_of_grace_cost_nothing_and_count_in_full_once_they_are_over(days: int, charged: int) -> None:
    """The day after the grace every day since the due date is charged."""
    fee = ContractFee(rate=Decimal("0.01"), per=Per.DAY, grace_days=5)
    assert interest.contract(usd(100), DUE, DUE + timedelta(days), fee).interest == usd(charged)


def test_a_payment_lowers_the_base_from_the_day_after_it() -> None:
    """Ten days on 100, then ten on 40; what had accrued stays owed."""
    fee = ContractFee(rate=Decimal("0.01"), per=Per.DAY)
    charge = interest.contract(usd(100), DUE, DUE + timedelta(20), fee, [Payment(DUE + timedelta(10), usd(60))])
    assert [[s.days, s.base, s.interest] for s in charge.segments] == [[10, 100, 10], [10, 40, 4]]


def test_a_cap_and_a_flat_sum_are_what_they_say() -> None:
    """The cap is a share of the invoice and does not touch the flat sum."""
    fee = ContractFee(rate=Decimal("0.01"), per=Per.DAY, cap=Decimal("0.25"), flat=Decimal(25))
    charge = interest.contract(usd(100), DUE, DUE + timedelta(60), fee)
    assert (charge.interest, charge.fixed, charge.total) == (usd(25), usd(25), usd(50))


def test_a_month_ends_on_the_same_day_or_the_months_last() -> None:
    """Due on 31 January: months end on 28 February, 31 March and 30 April."""
    ends = list(interest.months(date(2026, 1, 31), date(2026, 4, 30)))
    assert ends == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@given(some.integers(1, 10_000_000), some.integers(0, 800), some.sampled_from(Accrual), some.booleans())
def test_one_more_day_never_costs_less(cents: int, days: int, accrual: Accrual, compound: bool) -> None:  # noqa: FBT001
    """Whatever the sum, the day and the way it accrues."""
    fee = ContractFee(rate=Decimal("0.015"), accrual=accrual, compound=compound)
    owed = Money(Decimal(cents) / 100, "USD")
    today, tomorrow = (interest.contract(owed, DUE, DUE + timedelta(n), fee).total for n in (days, days + 1))
    assert not tomorrow < today


@given(some.integers(1, 10_000_000), some.integers(2, 800), some.data())
def test_a_period_split_at_any_day_comes_to_the_same_exact_sum(cents: int, days: int, data: some.DataObject) -> None:
    """Simple interest, whatever the count of days."""
    owed, cut = Money(Decimal(cents) / 100, "USD"), data.draw(some.integers(1, days - 1))
    rule = interest.Rule(((date.min, Fraction("0.1")),), data.draw(some.sampled_from(jurisdiction.Basis)))
    whole = interest.run(owed, DUE, DUE + timedelta(days), rule).exact
    first, second = (DUE, DUE + timedelta(cut)), (DUE + timedelta(cut), DUE + timedelta(days))
    assert sum(interest.run(owed, begin, end, rule).exact for begin, end in (first, second)) == whole


@given(some.integers(1, 10_000_000), some.integers(1, 400), some.integers(1, 400))
def test_a_payment_never_raises_the_sum(cents: int, days: int, when: int) -> None:
    """Half is paid on any day: the fee is at most what it would have been without."""
    owed = Money(Decimal(cents) / 100, "USD")
    paid = [Payment(DUE + timedelta(when), Money(owed.amount / 2, "USD"))]
    with_, without = (interest.contract(owed, DUE, DUE + timedelta(days), FEE, rows).interest for rows in (paid, []))
    assert not without < with_
