"""The last day to act that a letter names."""

from __future__ import annotations

from datetime import date

from docgen import workday
from docgen.jurisdiction import Jurisdiction
from docgen.plan.job import Limit
from docgen.records.book import after
from docgen.schedule import Rung

LEAST = 5  # working days
LONGEST = 30  # the most a letter leaves, where neither the law nor the schedule asks for more


def of(law: Jurisdiction, least: int, place: tuple[str, str], rung: Rung, day: date, *, last: bool) -> Limit | None:
    """Return the deadline of a letter of *day*, None if it sets none.

    It leaves the days the schedule says, the last letter never less than the *least* that the law wants, and at least
    five working days of the debtor's *place*, a country and a region. It ends on a working day, unless that would be
    later than thirty days or what the law wants.
    """
    days = least if rung.deadline == "law" else max(int(rung.deadline), least if last and rung.deadline else 0)
    if not days:
        return None
    end = after(day, days)
    found = workday.on_or_after(max(end, workday.add(day, LEAST, *place)), *place)
    found = min(found, after(day, max(LONGEST, days)))
    asked = least_of(law) if last and days == least else "as the schedule says"
    return Limit(found, f"Deadline {found}: {days} days, {asked}{moved(place, end, found)}.")


def least_of(law: Jurisdiction) -> str:
    """Return that the law asks for no less, and where it says so."""
    return f"the least under the law of {law.name}{f', {law.notice.act}' if law.notice.act else ''}"


def moved(place: tuple[str, str], end: date, found: date) -> str:
    """Return why the deadline is *found* and not *end*, the last of the days asked for."""
    name = "-".join(filter(None, place))
    open_ = workday.is_open(end, *place)
    if found == end:
        return "" if open_ else f"; {end} is no working day in {name}, but no later day may be set"
    reason = f"to leave {LEAST} working days" if open_ else f"from {end}, which is no working day"
    return f", and on {reason} in {name}"
