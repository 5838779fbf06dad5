"""Says in plain words what the plan holds and what a run made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from docgen.plan import Job, State
from docgen.records.book import Client

COMING = timedelta(30)


def data(job: Job) -> dict[str, str | None]:
    """Return *job* as plan --json prints it."""
    return {
        "client": job.client.id,
        "project": job.project.id,
        "subject": job.subject,
        "document": job.document,
        "state": job.state.value,
        "date": job.on.isoformat(),
        "deadline": job.deadline.isoformat() if job.deadline else None,
        "why": job.why,
    }


def plan(jobs: Sequence[Job], day: date) -> Iterator[str]:
    """Yield the plan for a person: what to do on *day*, what waits, what is held, and what was posted."""
    due = [job for job in jobs if job.state is State.DUE]
    held = [job for job in jobs if job.state is State.HELD]
    waiting = [job for job in jobs if job.state is State.WAITING]
    coming = sorted((job for job in waiting if job.on <= day + COMING), key=lambda job: (job.on, job.client.id))
    later = [job for job in waiting if job.on > day + COMING]
    posted = [job for job in jobs if job.state is State.POSTED]
    yield from section(f"To do today, {day}", due)
    yield from section("Held", held)
    yield from section("Coming in the next 30 days", coming)
    yield from section("Later", later)
    yield from section("Posted", posted)
    if not jobs:
        yield "Nothing is due, and nothing waits."


def section(title: str, jobs: Sequence[Job]) -> Iterator[str]:
    """Yield a heading and a paragraph for each of *jobs*; nothing if there are none."""
    if not jobs:
        return
    yield title
    for job in jobs:
        by = f"  deadline {job.deadline}" if job.deadline else ""
        yield f"  {job.on}  {job.client.id}  {job.document} ({job.subject}){by}"
        yield f"      {job.why}"
    yield ""


def run(client: Client, jobs: Sequence[Job], made: Sequence[str], day: date) -> str:
    """Return the line about one client after a run: what was made and why, and when something falls due next."""
    due = [job for job in jobs if job.state is State.DUE]
    held = [job for job in jobs if job.state is State.HELD]
    coming = sorted((job for job in jobs if job.state is State.WAITING and job.on > day), key=lambda job: job.on)
    said = [f"{job.document} ({job.subject}): {job.why}{limit(job)}" for job in due]
    said += [f"nothing made for {job.subject}: {job.why}" for job in held]
    said += [f"Also made: {', '.join(made)}."] if made else []
    said = said or ["nothing is due."]
    follows = f" Next: {coming[0].document} on {coming[0].on}." if coming else " Next: nothing is foreseen."
    return f"{client.id}: {' '.join(said)}{follows}"


def limit(job: Job) -> str:
    """Return the deadline a letter sets, as an end to its reason."""
    return f" Deadline {job.deadline}." if job.deadline else ""
