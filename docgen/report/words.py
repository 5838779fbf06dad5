"""How a document of the plan, a day and a row of things are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.plan import Job
from docgen.report.page import Tone
from docgen.schedule import WEEKDAYS, Channel

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
HOW = {
    Channel.EMAIL: "e-mail",
    Channel.MAIL: "post",
    Channel.CERTIFIED: "certified post",
    Channel.PHONE: "telephone",
}
SOON = 7  # days before a deadline that it is marked


def long(day: date) -> str:
    """Return *day* as in Monday 23 November 2026, whatever the system's language."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(names: Sequence[str]) -> str:
    """Return *names* as in one, two and three."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def also(jobs: Sequence[Job], verbs: tuple[str, str]) -> str:
    """Return that what is said goes for *jobs* too, with the verb for one of them or for several; empty for none."""
    one, several = verbs
    names = [f"the {job.document}" for job in jobs]
    return f"so {several if len(names) > 1 else one} {listed(names)}" if names else ""


def about(job: Job) -> str:
    """Return what *job* is about: a project or an invoice, and how many more."""
    more = len(job.invoices) - 1
    return f"{job.subject} +{more}" if more > 0 else job.subject


def how(job: Job) -> str:
    """Return the way by which *job* reaches the client."""
    return HOW[job.rung.channel]


def evidence(job: Job) -> str:
    """Return where the evidence is for a *job* that is to be taken to court."""
    client = job.client.id
    return f"Evidence: `docgen statement {client}` makes the account; what was posted is kept in `posted/{client}/`."


def urgency(job: Job, day: date) -> Tone:
    """Return how the deadline of *job* is marked: one that is near, or that was for nothing, as an alarm."""
    near = job.deadline is not None and 0 <= (job.deadline - day).days <= SOON
    return Tone.ALARM if near or job.court else Tone.PLAIN
