"""The posting list that comes back from the counter: which letters it has, and which were recorded before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docgen import dispatch
from docgen.cli import sent
from docgen.cli.sent import Sent
from docgen.cli.workspace import Workspace
from docgen.orders.letters import stem
from docgen.plan import Job
from docgen.post import listing
from docgen.post.listing import Filled
from docgen.problem import Mark, Problem, Problems, stop
from docgen.records import intake
from docgen.records.register import Row
from docgen.schedule import Channel

CHANNELS = [channel.value for channel in Channel if channel is not Channel.PHONE]


def read(path: Path, on: date) -> list[Filled]:
    """Return the lines of the list at *path*, posted on a day; raises Problems with all that is wrong in it."""
    found = listing.read(content(path), str(path), on)
    wrong = [one for one in found if one.service not in CHANNELS]
    if wrong:
        names = ", ".join(CHANNELS)
        raise Problems(Problem(one.mark, f"`service` is {one.service!r}, and would be one of {names}") for one in wrong)
    return found


def content(path: Path) -> bytes:
    """Return the bytes of the list at *path*; raises Problems if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise stop(f"cannot be read: {error.strerror}", Mark(str(path))) from None


def numbers(work: Workspace, path: Path, jobs: Sequence[Job]) -> dict[str, str]:
    """Return the numbers that the list at *path* has for the letters of *jobs*; raises Problems with all it has wrong.

    No letter by e-mail has one, and no number goes on two letters.
    """
    found = listing.given(content(path), str(path))
    due = {stem(job): job for job in jobs}
    used = {row.tracking: row for row in intake.posted(work.shelf.home)[0].letters if row.tracking}
    wrong: list[Problem] = []
    for one in found:
        if one.id not in due:
            message = f"{sent.ended(intake.unknown('letter', one.id, due))} Only what is printed now can have a number"
            wrong.append(Problem(one.mark, message))
        elif due[one.id].rung.channel is Channel.EMAIL:
            wrong.append(Problem(one.mark, f"{one.id} goes by e-mail, and the post gives it no number"))
        if one.article in used:
            where = used[one.article].mark
            wrong.append(Problem(one.mark, f"the article number {one.article} is recorded already, in {where}"))
    if wrong:
        raise Problems(wrong)
    return {one.id: one.article for one in found}


def find(
    work: Workspace, on: date, lines: Sequence[Filled], out: Path
) -> tuple[list[Filled], list[tuple[Sent, Filled]]]:
    """Return which of *lines* are recorded already, and the letters that the others are, as made in *out*.

    Raises Problems with all that speaks against any of them.
    """
    register, _ = intake.posted(work.shelf.home)
    done: list[Filled] = []
    new: list[tuple[Sent, Filled]] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            if recorded(line, register.letters, on):
                done.append(line)
            else:
                new.append((same(line, letter(work, on, line, out)), line))
        except Problems as wrong:
            problems += wrong.problems
    problems += dispatch.clashes(work.shelf.home, [one.kept(on) for one, _ in new])
    if problems:
        raise Problems(problems)
    return done, new


def letter(work: Workspace, on: date, line: Filled, out: Path) -> Sent:
    """Return the letter of the plan that *line* is; raises Problems at the line if it is none that is due."""
    try:
        (found,) = sent.find(work, on, [sent.letter(line.id, work.shelf.home, out)])
    except Problems as wrong:
        raise Problems(Problem(line.mark, f"{line.id}: {one.message}") for one in wrong.problems) from None
    return found


def same(line: Filled, found: Sent) -> Sent:
    """Return *found*; raises Problems if its file is not the one that was printed."""
    if hashlib.sha256(found.content).hexdigest() != line.sha256:
        message = f"{found.file} has changed since the list was printed; {listing.AGAIN}, or put the printed file back"
        raise stop(message, line.mark)
    return found


def recorded(line: Filled, rows: Sequence[Row], on: date) -> bool:
    """Return whether *line* is in the register as it is; raises Problems if it, or its number, is there otherwise."""
    for row in rows:
        mine = row.on == on and row.sha256 == line.sha256 and id_of(row) == line.id
        if mine and row.tracking == line.article:
            return True
        if mine:
            numbers = f"{row.tracking or 'no number'} in {row.mark}, and with {line.article or 'none'} here"
            raise stop(f"{line.id} is recorded already, with {numbers}; mend the wrong one by hand", line.mark)
        if line.article and row.tracking == line.article:
            raise stop(f"the article number {line.article} is recorded already, in {row.mark}", line.mark)
    return False


def id_of(row: Row) -> str:
    """Return what the letter of *row* is called."""
    return f"{row.client}/{row.subjects[0]}-{row.document}"
