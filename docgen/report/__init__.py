"""Says in plain words what the plan holds and what a run made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from docgen.plan import Job, State
from docgen.records.book import Client, Project, Stage


def data(job: Job) -> dict[str, str | None]:
    """Return *job* as plan --json prints it."""
    return {
        "client": job.client.id,
        "project": job.project.id,
        "subject": job.subject,
        "document": job.document,
        "state": job.state,
        "date": job.on.isoformat(),
        "deadline": job.deadline.isoformat() if job.deadline else None,
        "why": job.why,
    }


def objects(jobs: Sequence[Job]) -> list[str]:
    """Return each of *jobs* as plan --json prints it in a list."""
    told = list(map(data, jobs))
    encode = json.JSONEncoder(ensure_ascii=False, separators=("\n", ": ")).encode  # in C, all values of all at once
    values = iter(encode([value for one in told for value in one.values()])[1:-1].split("\n"))
    keys = list(told[0]) if told else []
    form = "  {\n" + ",\n".join([f'    "{key}": %s' for key in keys]) + "\n  }"
    return [form % each for each in zip(*[values] * len(keys), strict=True)]


def listing(parts: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the list that has the objects of all *parts*."""
    found = chain.from_iterable(parts)
    last = next(found, "")
    yield "[" if last else "[]"
    for each in found:
        yield f"{last},"
        last = each
    if last:
        yield last
        yield "]"


def run(client: Client, jobs: Sequence[Job], made: Sequence[str], day: date) -> str:
    """Return the line about one client after a run: what was made and why, and when something falls due next."""
    due = [job for job in jobs if job.state is State.DUE]
    held = [job for job in jobs if job.state is State.HELD]
    coming = sorted((job for job in jobs if job.state is State.WAITING and job.on > day), key=lambda job: job.on)
    said = [f"{job.document} ({job.subject}): {job.why}" for job in due]
    said += [f"nothing made for {job.subject}: {job.why}" for job in held]
    said += [f"Also made: {', '.join(made)}."] if made else []
    said = list(dict.fromkeys(said)) or ["nothing is due."]
    follows = f" Next: {coming[0].document} on {coming[0].on}." if coming else " Next: nothing is foreseen."
    return f"{client.id}: {' '.join(said)}{follows}"


def late_payer(client: Client, project: Project, day: date) -> str:
    """Return the warning before a contract with who once paid late; empty if there is no cause, or no contract left."""
    notice = client.late_payer(project, day)
    if notice is None or project.stage(day) is not Stage.NEGOTIATING:
        return ""
    terms = (
        "the project says its own deposit" if project.own_deposit else "the contract asks for the whole fee in advance"
    )
    return f"{client.id}/{project.id}: review the rate: a final notice was needed on {notice}; {terms}."
