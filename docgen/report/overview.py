"""The plan on one page: what to do today, what waits for what, what is held, what comes, what was taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from docgen import report
from docgen.frozen import NamedTuple
from docgen.plan import Job, State
from docgen.records.book import after
from docgen.report import words
from docgen.report.outlook import Outlook
from docgen.report.page import Page, Row, Table, Tone

T = TypeVar("T")
COMING = timedelta(30)
COURT = "court"


class Section(NamedTuple):
    """Rows with what they are put in order by, under a *title*; *when* says what their days are, *until* deadlines."""

    title: str
    rows: list[tuple[Any, Row]]
    when: str
    until: str = ""

    @property
    def head(self) -> Row:
        """Return the row that names the columns."""
        names = ("What", "For", "About", self.when, self.until, "How")
        return Row(names, (Tone.WHY,) * len(names))


class Overview(NamedTuple):
    """What a person wants to know of some clients in the morning.

    *over* is what lately ended, with what it is put in order by, *payers* what to think of before the next contract;
    *later* is how many documents come later than that, *posted* how many went out.
    """

    sections: list[Section]
    over: list[tuple[int, str]]
    payers: list[str]
    later: int
    posted: int


def overview(seen: Outlook, page: Page) -> Overview:
    """Return the overview of the clients *seen*, for a *page*."""
    sections = [section(seen, page) for section in (today, waiting, held, coming)]
    over = [(-one.on.toordinal(), f"{one.client.id}/{one.project.id}: {one.why}") for one in seen.over]
    later = sum(job.on > seen.day + COMING for job in ahead(seen))
    posted = {(job.client.id, job.document, job.on) for job in seen.jobs if job.state is State.POSTED}
    return Overview(sections, over, late_payers(seen), later, len(posted))


def told(parts: Sequence[Overview], page: Page) -> Iterator[str]:
    """Yield what the overviews in *parts*, of some clients each, say together."""
    sections = [together(section) for section in zip(*(part.sections for part in parts), strict=True)]
    table = Table(page, [row for one in sections for _, row in one.rows], [one.head for one in sections])
    yield from page.text(sections[0].title, tone=Tone.HEADING)
    if not sections[0].rows:
        yield from page.text("Nothing is due today.")
        yield ""
    for number, section in enumerate(sections):
        if section.rows:
            yield from page.text(section.title, tone=Tone.HEADING) if number else ()
            yield from (line for row in (section.head, *(row for _, row in section.rows)) for line in table.lines(row))
            yield ""
    over = inorder(part.over for part in parts)
    yield from listing(page, "Taken away lately", [text for _, text in over])
    yield from listing(page, "Review the rate", [text for part in parts for text in part.payers])
    later, posted = sum(part.later for part in parts), sum(part.posted for part in parts)
    yield from page.text(
        f"Later than 30 days: {later}; posted so far: {posted}. `docgen plan CLIENT` shows all of one client."
    )


def together(sections: Sequence[Section]) -> Section:
    """Return *sections* as one."""
    return sections[0]._replace(rows=inorder(section.rows for section in sections))


def inorder(parts: Iterable[Sequence[tuple[Any, T]]]) -> list[tuple[Any, T]]:
    """Return all of *parts* by what is first in each; where that is the same, as they stand."""
    return sorted(chain.from_iterable(parts), key=itemgetter(0))


def today(seen: Outlook, page: Page) -> Section:
    """Return what is to be done today: calls first, then letters, the longest due first, then what goes to court."""
    due = [job for job in seen.jobs if job.state is State.DUE]
    rows = [((1 if job.call else 2, job.on), row(seen, page, job, job.why)) for job in due]
    rows += [((3, date.min), to_court(page, job)) for job in seen.jobs if job.court]
    return Section(f"To do today, {words.long(seen.day)}", rows, "Due since", "Deadline")


def waiting(seen: Outlook, page: Page) -> Section:
    """Return what waits for more than its day, the first of each ladder that waits for the same."""
    rows = []
    for first, *others in alike(seen, (job for job in seen.jobs if job.state is State.WAITING and job.blocked)):
        also = words.also(others, ("does", "do"))
        rows.append(((), row(seen, page, first, f"waits for {first.blocked}{also and f'; {also}'}", first.why)))
    return Section("Waiting", rows, "Earliest")


def held(seen: Outlook, page: Page) -> Section:
    """Return what the owner holds, the first of each ladder."""
    rows = []
    for first, *others in alike(seen, (job for job in seen.jobs if job.state is State.HELD)):
        also = words.also(others, ("is", "are")).capitalize()
        rows.append(((), row(seen, page, first, f"{first.why}{also and f' {also}.'}", tone=Tone.HELD)))
    return Section("Held", rows, "Its day")


def coming(seen: Outlook, page: Page) -> Section:
    """Return what comes in the next thirty days, by its day."""
    jobs = [job for job in ahead(seen) if job.on <= seen.day + COMING]
    rows = [((job.on, job.client.id), row(seen, page, job, job.why)) for job in jobs]
    return Section("Coming in the next 30 days", rows, "Comes")


def ahead(seen: Outlook) -> Iterator[Job]:
    """Yield what waits for nothing but its day, or for what comes before it."""
    return (job for job in seen.jobs if job.state is State.WAITING and not job.blocked)


def alike(seen: Outlook, jobs: Iterable[Job]) -> list[list[Job]]:
    """Return *jobs* by the ladder they are on and what they wait for, each of these in the ladder's order."""
    found: dict[tuple[str, str, str, str], list[Job]] = {}
    for job in jobs:
        found.setdefault((job.client.id, job.subject, seen.ladder(job), job.blocked), []).append(job)
    return list(found.values())


def row(seen: Outlook, page: Page, job: Job, *below: str, tone: Tone = Tone.PLAIN) -> Row:
    """Return the row of *job*."""
    limit = job.deadline
    until = limit.isoformat() if limit else ""
    texts = (job.document, job.client.id, words.about(job), job.on.isoformat(), until, words.how(job))
    return Row(texts, (tone, tone, tone, tone, words.urgency(job, seen.day), tone), page.below(*below))


def to_court(page: Page, job: Job) -> Row:
    """Return the row of a last letter whose deadline passed for nothing."""
    passed = job.deadline or job.on
    texts = (COURT, job.client.id, words.about(job), f"{after(passed, 1)}", f"{passed}")
    return Row(texts, (Tone.ALARM,) * len(texts), page.below(job.why, words.evidence(job)))


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
