"""The last day to act that a letter names."""

from __future__ import annotations

from datetime import date

from docgen import workday
from docgen.jurisdiction import Jurisdiction
from docgen.plan.job import Limit
from docgen.records.book import Client, after
from docgen.schedule import Rung

LEAST = 5  # working days
LONGEST = 30  # the most a letter leaves, where neither the law nor the schedule asks for more


def of(law: Jurisdiction, client: Client, rung: Rung, day: date, *, last: bool) -> Limit | None:
    """Return the deadline of a letter of *day*, None if it sets none.

    It leaves the days the schedule says, the last letter never less than the law wants, and at least five working
    days of the debtor's country. It ends on a working day, unless that would be later than thirty days or what the
    law wants.
    """
    least = law.notice.least(client)
    days = least if rung.deadline == "law" else max(int(rung.deadline), least if last and rung.deadline else 0)
    if not days:
        return None
    end, where = after(day, days), (client.country, client.region)
    found = workday.on_or_after(max(end, workday.add(day, LEAST, *where)), *where)
    found = min(found, after(day, max(LONGEST, days)))
    asked = least_of(law) if last and days == least else "as the schedule says"
    return Limit(found, f"Deadline {found}: {days} days, {asked}{moved(client, end, found)}.")


def least_of(law: Jurisdiction) -> str:
    """Return that the law asks for no less, and where it says so."""
    return f"the least under the law of {law.name}{f', {law.notice.act}' if law.notice.act else ''}"


def moved(client: Client, end: date, found: date) -> str:
    """Return why the deadline is *found* and not *end*, the last of the days asked for."""
    place = "-".join(part for part in (client.country, client.region) if part)
    open_ = workday.is_open(end, client.country, client.region)
    if found == end:
        return "" if open_ else f"; {end} is no working day in {place}, but no later day may be set"
    reason = f"to leave {LEAST} working days" if open_ else f"from {end}, which is no working day"
    return f", and on {reason} in {place}"
