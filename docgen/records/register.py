"""Reads register.csv: what was really posted, said or paid, a line each."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from docgen import source
from docgen.problem import Mark, Problem
from docgen.records.book import Posted

COLUMNS = (
    "date", "client", "project", "subject", "document", "channel", "tracking", "sha256", "amount", "note",
)  # fmt: skip


def read(data: bytes, name: str) -> tuple[tuple[Posted, ...], list[Problem]]:
    """Return the documents posted, in the order of the file, and what is wrong with it."""
    rows = csv.reader(io.StringIO(source.decode(data, name), newline=""))
    head = next(rows, [])
    if tuple(head) != COLUMNS:
        return (), [Problem(Mark(name, 1, 1), f"the first line must be {','.join(COLUMNS)}")]
    found: list[Posted] = []
    problems: list[Problem] = []
    for cells in rows:
        if any(cells):
            row(cells, Mark(name, rows.line_num, 1), found, problems)
    return tuple(sorted(found, key=lambda posted: posted.on)), problems


def row(cells: list[str], mark: Mark, found: list[Posted], problems: list[Problem]) -> None:
    """Add one line to *found*, or what is wrong with it to *problems*."""
    if len(cells) != len(COLUMNS):
        message = f"the line has {len(cells)} cells where {len(COLUMNS)} belong"
        problems.append(Problem(mark, message))
        return
    line = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    try:
        on = date.fromisoformat(line["date"])
    except ValueError:
        problems.append(Problem(mark, f"{line['date']!r} is not a date; write it as 2026-11-21"))
        return
    for column in ("client", "subject", "document"):
        if not line[column]:
            problems.append(Problem(mark, f"the line has no {column}"))
            return
    subjects = tuple(re.split(r"[\s;]+", line["subject"]))
    posted = Posted(on, line["client"], line["project"], subjects, line["document"], line["channel"], line["tracking"])
    found.append(posted)
