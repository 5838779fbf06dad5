"""All there is to say about a client: the terms, the facts and where they stand, every ladder rung by rung."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen import report
from docgen.frozen import dataclass
from docgen.plan import Job, State
from docgen.records.book import Client, Prefers, Project
from docgen.report import facts, words
from docgen.report.facts import Fact
from docgen.report.outlook import Outlook
from docgen.report.page import Page, Row, Table, Tone
from docgen.schedule import OVERDUE, Rung

INDENT = 4  # of a ladder's rows
HEADS = ("What", "State", "Day", "Deadline", "How")


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder that was, is or will be climbed for a *subject*, its rows in its order."""

    name: str
    subject: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """Return what it is climbed for."""
        return f"Ladder `{self.name}`, {'invoice' if self.name == OVERDUE else 'project'} {self.subject}"


def explain(seen: Outlook, page: Page) -> Iterator[str]:
    """Yield everything about each client."""
    for number, client in enumerate(seen.clients):
        if number:
            yield ""
        yield from page.text(head(client), tone=Tone.HEADING)
        yield from hold(page, client.hold, 0)
        if not client.projects:
            yield from page.text("Nothing was agreed, said or invoiced yet: the client has no projects.")
        yield from told(page, facts.of_client(seen.view, client), 0)
        for project in client.projects:
            yield ""
            yield from of_project(seen, page, client, project)


def head(client: Client) -> str:
    """Return who the client is, and how one writes to them."""
    place = "-".join(part for part in (client.country, client.region) if part)
    return (
        f"{client.id}: {client.name}, {client.kind}, country {place}, language {client.language}, law {client.law}, "
        f"prefers {client.prefers}"
    )


def hold(page: Page, reason: str, indent: int) -> Iterator[str]:
    """Yield why letters are held, nothing if they are not."""
    if reason:
        yield from page.text(f"Held: {reason}", indent, Tone.HELD)


def of_project(seen: Outlook, page: Page, client: Client, project: Project) -> Iterator[str]:
    """Yield a project: where it stands, its terms, its facts, its ladders."""
    stage = project.stage(seen.day)
    yield from page.text(f"{client.id}/{project.id}: {project.title} ({stage})", tone=Tone.HEADING)
    yield from hold(page, project.hold, 2)
    yield from page.text(facts.terms(client, project, seen.day), 2)
    yield from page.text(report.late_payer(client, project, seen.day), 2, Tone.ALARM)
    known = facts.of_project(seen.view, client, project)
    yield from told(page, known, 2)
    if not known:
        yield from page.text("Nothing happened yet.", 2)
    for one in seen.over:
        if one.client is client and one.project is project:
            yield from page.text(one.why, 2)
    yield from ladders(seen, page, client, project)


def told(page: Page, known: Sequence[Fact], indent: int) -> Iterator[str]:
    """Yield *known*, each with its day and the place where it stands."""
    if not known:
        return
    yield from page.text("Facts", indent, Tone.HEADING)
    wide = max(len(fact.place) for fact in known)
    for fact in known:
        yield from page.text(fact.text, indent, lead=f"  {fact.on}  {fact.place:<{wide}}  ")


def ladders(seen: Outlook, page: Page, client: Client, project: Project) -> Iterator[str]:
    """Yield each ladder of *project* that has a document, one below the other in the same columns."""
    mine = [job for job in seen.jobs if job.client is client]
    subjects = [project.id, *(bill.number for bill in project.invoices)]
    found = list(climbed(seen, page, client, mine, subjects))
    heading = Row(HEADS, (Tone.WHY,) * len(HEADS))
    table = Table(page, [row for one in found for row in one.rows], [heading], indent=INDENT)
    for one in found:
        yield from page.text(one.title, 2, Tone.HEADING)
        yield from (line for row in (heading, *one.rows) for line in table.lines(row))


def climbed(
    seen: Outlook, page: Page, client: Client, jobs: Sequence[Job], subjects: Sequence[str]
) -> Iterator[Ladder]:
    """Yield the ladders on which *jobs* about *subjects* are."""
    for subject in subjects:
        for name, rungs in seen.view.schedule.ladders.items():
            mine = [job for job in jobs if subject in job.subjects and seen.ladder(job) == name]
            if mine:
                yield Ladder(name, subject, tuple(climb(seen, page, client, rungs, mine)))


def climb(seen: Outlook, page: Page, client: Client, rungs: Sequence[Rung], jobs: Sequence[Job]) -> Iterator[Row]:
    """Yield a row for each of *jobs* in the order of *rungs*, and one for each rung that has none."""
    height = max((index for index, rung in enumerate(rungs) if posted(rung, jobs)), default=-1)
    for index, rung in enumerate(rungs):
        mine = [job for job in jobs if job.document in rung.names]
        yield from (row(seen, page, job) for job in mine)
        if not mine:
            yield missing(client, rung, below=index < height)


def posted(rung: Rung, jobs: Sequence[Job]) -> bool:
    """Return whether *rung* was posted."""
    return any(job.state is State.POSTED and job.document in rung.names for job in jobs)


def missing(client: Client, rung: Rung, *, below: bool) -> Row:
    """Return the row of a rung without a document: lapsed, or *below* what was posted, or not needed any more."""
    name = rung.call if rung.call and client.prefers is not Prefers.EMAIL else rung.document
    return Row((name, "lapsed" if rung.optional else "passed over" if below else "not needed"))


def row(seen: Outlook, page: Page, job: Job) -> Row:
    """Return the row of a document, with all the reasons for what is not posted."""
    tone = Tone.HELD if job.state is State.HELD else Tone.PLAIN
    cells = (job.document, job.state.value, f"{job.on}", f"{job.deadline or ''}", words.how(job))
    below = page.below(*reasons(job), indent=INDENT)
    return Row(cells, (tone, tone, tone, words.urgency(job, seen.day), tone), below)


def reasons(job: Job) -> Iterator[str]:
    """Yield why *job* stands as it does; of what was posted only why its deadline is that day."""
    if len(job.subjects) > 1:
        yield f"One letter about {words.listed(job.subjects)}."
    if job.state is not State.POSTED or job.court:
        yield job.why
    elif job.limit:
        yield job.limit.why
    if job.court:
        yield words.evidence(job)
