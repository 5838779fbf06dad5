"""The plan on one page: what to do today, what waits for what, what is held, what comes, what was taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from docgen import report
from docgen.frozen import dataclass
from docgen.plan import Job, State
from docgen.records.book import after
from docgen.report import words
from docgen.report.outlook import Outlook
from docgen.report.page import Page, Row, Table, Tone

COMING = timedelta(30)
COURT = "court"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows; *when* says what the days in them are, *until* what their deadlines are."""

    title: str
    rows: tuple[Row, ...]
    when: str
    until: str = ""

    @property
    def head(self) -> Row:
        """Return the row that names the columns."""
        names = ("What", "For", "About", self.when, self.until, "How")
        return Row(names, (Tone.WHY,) * len(names))


def overview(seen: Outlook, page: Page) -> Iterator[str]:
    """Yield what a person wants to know of all clients in the morning."""
    sections = [today(seen), waiting(seen), held(seen), coming(seen)]
    table = Table(page, [row for one in sections for row in one.rows], [one.head for one in sections])
    yield from page.text(sections[0].title, tone=Tone.HEADING)
    if not sections[0].rows:
        yield from page.text("Nothing is due today.")
        yield ""
    for number, section in enumerate(sections):
        if section.rows:
            yield from page.text(section.title, tone=Tone.HEADING) if number else ()
            yield from (line for row in (section.head, *section.rows) for line in table.lines(row))
            yield ""
    yield from listing(page, "Taken away lately", [f"{one.client.id}/{one.project.id}: {one.why}" for one in seen.over])
    yield from listing(page, "Review the rate", late_payers(seen))
    yield from page.text(rest(seen))


def today(seen: Outlook) -> Section:
    """Return what is to be done today: calls first, then letters, the longest due first, then what goes to court."""
    due = [job for job in seen.jobs if job.state is State.DUE]
    rows = [row(seen, job, job.why) for job in sorted(due, key=lambda job: (not job.call, job.on))]
    rows += [to_court(job) for job in seen.jobs if job.court]
    return Section(f"To do today, {words.long(seen.day)}", tuple(rows), "Due since", "Deadline")


def waiting(seen: Outlook) -> Section:
    """Return what waits for more than its day, the first of each ladder that waits for the same."""
    rows = []
    for first, *others in alike(seen, (job for job in seen.jobs if job.state is State.WAITING and job.blocked)):
        also = words.also(others, ("does", "do"))
        rows.append(row(seen, first, f"waits for {first.blocked}{also and f'; {also}'}", first.why))
    return Section("Waiting", tuple(rows), "Earliest")


def held(seen: Outlook) -> Section:
    """Return what the owner holds, the first of each ladder."""
    rows = []
    for first, *others in alike(seen, (job for job in seen.jobs if job.state is State.HELD)):
        also = words.also(others, ("is", "are")).capitalize()
        rows.append(row(seen, first, f"{first.why}{also and f' {also}.'}", tone=Tone.HELD))
    return Section("Held", tuple(rows), "Its day")


def coming(seen: Outlook) -> Section:
    """Return what comes in the next thirty days, by its day."""
    jobs = [job for job in ahead(seen) if job.on <= seen.day + COMING]
    rows = [row(seen, job, job.why) for job in sorted(jobs, key=lambda job: (job.on, job.client.id))]
    return Section("Coming in the next 30 days", tuple(rows), "Comes")


def ahead(seen: Outlook) -> Iterator[Job]:
    """Yield what waits for nothing but its day, or for what comes before it."""
    return (job for job in seen.jobs if job.state is State.WAITING and not job.blocked)


def alike(seen: Outlook, jobs: Iterable[Job]) -> list[list[Job]]:
    """Return *jobs* by the ladder they are on and what they wait for, each of these in the ladder's order."""
    found: dict[tuple[str, str, str, str], list[Job]] = {}
    for job in jobs:
        found.setdefault((job.client.id, job.subject, seen.ladder(job), job.blocked), []).append(job)
    return list(found.values())


def row(seen: Outlook, job: Job, *below: str, tone: Tone = Tone.PLAIN) -> Row:
    """Return the row of *job*."""
    limit = job.deadline
    until = limit.isoformat() if limit else ""
    texts = (job.document, job.client.id, words.about(job), job.on.isoformat(), until, words.how(job))
    return Row(texts, (tone, tone, tone, tone, words.urgency(job, seen.day), tone), below)


def to_court(job: Job) -> Row:
    """Return the row of a last letter whose deadline passed for nothing."""
    passed = job.deadline or job.on
    texts = (COURT, job.client.id, words.about(job), f"{after(passed, 1)}", f"{passed}")
    return Row(texts, (Tone.ALARM,) * len(texts), (job.why, words.evidence(job)))


def late_payers(seen: Outlook) -> list[str]:
    """Return what to think of before a contract with who paid late."""
    told = [report.late_payer(client, project, seen.day) for client in seen.clients for project in client.projects]
    return [text for text in told if text]


def listing(page: Page, title: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield a heading and *texts* below it; nothing if there are none."""
    if texts:
        yield from page.text(title, tone=Tone.HEADING)
        for text in texts:
            yield from page.text(text, lead="  ")
        yield ""


def rest(seen: Outlook) -> str:
    """Return how much the overview leaves out; a letter about several invoices was posted once."""
    later = sum(job.on > seen.day + COMING for job in ahead(seen))
    posted = {(job.client.id, job.document, job.on) for job in seen.jobs if job.state is State.POSTED}
    return f"Later than 30 days: {later}; posted so far: {len(posted)}. `docgen plan CLIENT` shows all of one client."
