"""The letters that were posted, as a person names them: which of the plan's each is, and its exact file."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docgen import dispatch
from docgen.cli.workspace import Workspace
from docgen.dispatch import Made
from docgen.frozen import dataclass
from docgen.plan import Job, State
from docgen.problem import Mark, Problem, Problems, meant, stop
from docgen.records import intake
from docgen.records.book import Posted

FORMS = (".pdf", ".docx")
KEPT = "posted"  # the folder of the files that were posted


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was *named*: its client, the name of its file less the format, and the file if it is there."""

    named: str
    client: str
    stem: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter of the plan that was posted, and its exact file."""

    job: Job
    file: Path
    content: bytes

    @property
    def id(self) -> str:
        """Return what it is called on the command line."""
        return named(self.job)[0]

    def kept(self, on: date) -> Made:
        """Return the file that is kept of it, posted on a day."""
        client, stem = self.id.split("/")
        return Made(f"{KEPT}/{client}/{on}-{stem}{self.file.suffix.lower()}", self.content)


def named(job: Job) -> list[str]:
    """Return what *job* may be called: by its subject, then by each other invoice it is about."""
    return [f"{job.client.id}/{subject}-{job.document}" for subject in job.subjects]


def letter(name: str, home: Path, out: Path) -> Letter:
    """Return the letter called *name*: by the path of its file, or as CLIENT/SUBJECT-DOCUMENT, made in *out*."""
    path, bases = Path(name), [Path(), home]
    if len(path.parts) == 2:  # noqa: PLR2004 - a client, and a letter
        bases = [*bases, out] if path.suffix.lower() in FORMS else [out]
    file = first([base / path for base in bases])
    whole = file.absolute() if file else path
    client, last = (unicodedata.normalize("NFC", part) for part in (whole.parent.name, whole.name))
    form = Path(last).suffix
    return Letter(name, client, last.removesuffix(form) if form.lower() in FORMS else last, file)


def first(paths: Sequence[Path]) -> Path | None:
    """Return the first file there is of *paths*, each as it stands or as a PDF or Word file of that name."""
    every = [one.parent / f"{one.name}{form}" for one in paths for form in ("", *FORMS)]
    return next((path for path in every if path.suffix.lower() in FORMS and path.is_file()), None)


def every(work: Workspace, on: date, out: Path) -> list[Letter]:
    """Return all letters that are due on a day, as made in *out*; a call sheet is none."""
    jobs = [job for job in work.plan(work.book.clients, on) if job.state is State.DUE and not job.call]
    return [letter(named(job)[0], work.shelf.home, out) for job in jobs]


def find(work: Workspace, on: date, letters: Sequence[Letter]) -> list[Sent]:
    """Return the letters of the plan that *letters* are; raises Problems with all that speaks against any of them."""
    known = {client.id: client for client in work.book.clients}
    jobs = work.plan([known[name] for name in sorted({one.client for one in letters}) if name in known], on)
    found: list[Sent] = []
    problems: list[Problem] = []
    for one in letters:
        try:
            found += once(one, sent(one, due(work, on, jobs, one)), found)
        except Problems as wrong:
            problems += wrong.problems
    problems += dispatch.clashes(work.shelf.home, [one.kept(on) for one in found])
    if problems:
        raise Problems(problems)
    return found


def once(letter: Letter, sent: Sent, before: Sequence[Sent]) -> list[Sent]:
    """Return *sent*, none if it is among those *before*; raises Problems if that was another file."""
    same = next((one for one in before if one.id == sent.id), None)
    if same and same.content != sent.content:
        raise stop(f"is the same letter as {same.file}; name the file that was posted", Mark(letter.named))
    return [] if same else [sent]


def sent(letter: Letter, job: Job) -> Sent:
    """Return *letter*, which is *job*, with its file; raises Problems if that cannot be read."""
    mark = Mark(letter.named)
    if letter.file is None:
        hint = f"make it with `docgen letters {letter.client}`, or name the file that was posted"
        raise stop(f"there is no such file; {hint}", mark)
    try:
        return Sent(job, letter.file, letter.file.read_bytes())
    except OSError as error:
        raise stop(f"cannot be read: {error.strerror}", Mark(str(letter.file))) from None


def due(work: Workspace, on: date, jobs: Sequence[Job], letter: Letter) -> Job:
    """Return which of *jobs* the *letter* is; raises Problems that say why if it is not due on that day."""
    mark, name = Mark(letter.named), f"{letter.client}/{letter.stem}"
    clients = [client.id for client in work.book.clients]
    if letter.client not in clients:
        wrong = intake.unknown("client", letter.client, clients) if letter.client else "its client is missing"
        raise stop(f"{ended(wrong)} A letter is called CLIENT/SUBJECT-DOCUMENT, as its file is", mark)
    mine = [job for job in jobs if job.client.id == letter.client]
    same = [job for job in mine if name in named(job)]
    job = next((job for job in same if job.state is State.DUE), None)
    if job is None:
        raise stop(reason(same, on) if same else unknown(name, mine, on), mark)
    if name != named(job)[0]:
        raise stop(f"goes out in one letter with others: name `{named(job)[0]}`", mark)
    row = afterwards(work, job, on)
    if row:
        raise stop(f"was posted already on {row.on}, says {row.mark}", mark)
    return job


def reason(jobs: Sequence[Job], on: date) -> str:
    """Return why a letter is not due that stands in the plan as *jobs*."""
    job = next((job for job in jobs if job.state is not State.POSTED), jobs[-1])
    posted = job.state is State.POSTED
    return f"was posted already on {job.on}" if posted else f"is not due on {on}, but {job.state}: {job.why}"


def unknown(name: str, jobs: Sequence[Job], on: date) -> str:
    """Return the message for a letter called *name* that is none of *jobs*, with what is due in its place."""
    others = [named(job)[0] for job in jobs if job.state is State.DUE]
    near = others if meant(name, others) else [one for job in jobs for one in named(job)]
    return f"{ended(intake.unknown('letter', name, near))} Due on {on}: {', '.join(others) or 'nothing'}"


def ended(sentence: str) -> str:
    """Return *sentence* with a full stop, unless it is a question."""
    return sentence if sentence.endswith("?") else f"{sentence}."


def afterwards(work: Workspace, job: Job, on: date) -> Posted | None:
    """Return the line that says that *job* was posted after the day *on*, in the same silence if it is about one."""
    for row in work.book.mail.get(job.client.id, ()):
        about = row.document in job.rung.names and set(row.subjects) & set(job.subjects)
        silence = job.project.unanswered(on) == job.project.unanswered(row.on)
        if row.on > on and about and (job.invoices or silence):
            return row
    return None
