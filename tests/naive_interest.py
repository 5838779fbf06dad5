"""Statutory interest a second time: day after day with a pencil, and not a line shared with the program."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "docgen" / "jurisdictions"
DAY = timedelta(1)


def owed(
    law: str,
    principal: Fraction | Decimal,
    due: date,
    today: date,
    payments: list[tuple[date, Decimal]],
    kind: str = "business",
) -> tuple[Fraction, Decimal]:
    """Return the exact interest and the fixed sum that a client of *kind* owes under *law* by the end of *today*.

    A day's interest is what is left, in cents, times the rate, in hundredths of a point, times the days that the day
    counts for; all are whole numbers (until interest bears interest), and the sum of them is divided once.
    """
    rules = read(law).get("interest", {})
    if kind not in rules.get("margin", {}):
        return Fraction(0), Decimal(0)
    share = 10_000 * (360 if rules["day_count"] == "30/360" else 365)
    first = day = due if rules["first_day"] == "on" else due + DAY
    debt, paid = cents(principal), [(on, cents(amount)) for on, amount in payments]
    sum_of_days: Any = 0
    joined: Any = 0
    while day < today or (day == today and rules["last_day"] == "included"):
        if rules["capitalised"] == "yearly" and anniversary(first, day):
            joined = Fraction(sum_of_days) / share
        left = debt
        for on, amount in paid:
            if on < day or (on == day and rules["last_day"] == "excluded"):
                left -= amount
        base = max(left, 0) + joined
        if base:
            points = rate(law, kind, first if rules["rate"] == "fixed" else day)
            sum_of_days += base * points * (thirty(day) if rules["day_count"] == "30/360" else 1)
        day += DAY
    late = Fraction(principal) - sum((Fraction(amount) for on, amount in payments if on <= due), Fraction(0))
    return Fraction(sum_of_days) / share / 100, fixed(law, kind, late, due) if day > first else Decimal(0)


def cents(amount: Fraction | Decimal) -> Any:  # noqa: ANN401 - a whole number as an int, for speed
    """Return *amount* in cents."""
    found = Fraction(amount) * 100
    return found.numerator if found.denominator == 1 else found


def anniversary(first: date, day: date) -> bool:
    """Return whether *day* is a year or more after *first*: the same day of the month, or the month's last."""
    if day.year == first.year or day.month != first.month:
        return False
    return day.day == first.day or (day.day < first.day and (day + DAY).month != day.month)


def thirty(day: date) -> int:
    """Return for how many days *day* counts where every month has thirty: none for a 30th that is not the last."""
    after = day + DAY
    here, there = (each.year * 360 + each.month * 30 + (30 if each.day == 31 else each.day) for each in (day, after))
    return there - here


@cache
def rate(law: str, kind: str, day: date) -> int:
    """Return the rate of *day*, margin and all, in hundredths of a point; raises LookupError if it is not known."""
    rules = read(law)["interest"]
    known = [row for row in rules["rates"] if date.fromisoformat(row["from"]) <= day]
    if not known or day > date.fromisoformat(rules["known_until"]):
        raise LookupError(f"{law}: the rate of {day} is not known")
    return hundredths(known[-1]["rate"]) + hundredths(known[-1].get("margin", rules["margin"][kind]))


def hundredths(percent: str) -> int:
    """Return *percent*, as typed, in hundredths of a point."""
    points = Decimal(percent.removesuffix("%")) * 100
    assert points == int(points)
    return int(points)


def fixed(law: str, kind: str, debt: Fraction, due: date) -> Decimal:
    """Return the fixed sum for a *debt* that fell due on *due*."""
    rules = read(law).get("fixed_sum", {"kinds": []})
    if kind not in rules["kinds"] or debt <= 0:
        return Decimal(0)
    found, reached = Decimal(0), Decimal(-1)
    for step in rules["steps"]:
        least = Decimal(step["least"])
        if date.fromisoformat(step["from"]) <= due and least <= debt and least >= reached:
            found, reached = Decimal(step["sum"]), least
    return found


@cache
def read(law: str) -> dict[str, Any]:
    """Return the file of *law*, every value as text."""
    found: dict[str, Any] = yaml.load((FOLDER / f"{law}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return found
