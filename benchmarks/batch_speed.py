"""Makes overdue letters with their invoices enclosed for 10 to 10,000 clients, and 1,000 beside platypus.

    python benchmarks/batch_speed.py [--most 10000]

Each run is a process of its own, timed by the clock from its start to its end: reading, planning, composing,
writing, reading back and putting to disk. platypus writes the same documents, composed before, in one process, tagged
and checked by nobody. Memory is the peak of the largest process of a run.
"""

from __future__ import annotations

import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import NamedTuple

import subjects

from docgen.cli import workspace
from docgen.orders import letters as orders
from docgen.plan import State

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
OVERDUE = (("issued: 2026-11-16", "issued: 2026-10-05"), ("signed: 2026-11-02", "signed: 2026-09-28"))
SIZES = (10, 100, 1_000, 10_000)
HELD, TURNS = 1_000, 3  # letters that platypus writes as well, and how often
PLATYPUS = """
import pickle, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/benchmarks"]
import pdf_platypus
from docgen import look
write = pdf_platypus.writer(look.read(Path(sys.argv[1], "letters", "house.docx").read_bytes(), "letters"))
out = Path(sys.argv[3])
for number, document in enumerate(pickle.loads(Path(sys.argv[2]).read_bytes())):
    (out / f"{number}.pdf").write_bytes(write(document))
"""


class Run(NamedTuple):
    """How long a process took by the clock and of the processors, in seconds, and its peak in MB."""

    wall: float
    work: float
    memory: int


def run(*command: str) -> Run:
    """Return what running Python with *command* took; it and those it starts have no terminal."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command[:6])} failed")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss >> 10)


def home_of(folder: Path, count: int) -> Path:
    """Return a workspace in *folder* with so many clients, each of whom has an invoice long overdue."""
    home = folder / str(count)
    home.mkdir()
    text = subjects.facts(count)
    for old, new in OVERDUE:
        text = text.replace(old, new)
    (home / "clients.yaml").write_text(text, encoding="utf-8")
    return home


def documents(home: Path) -> bytes:
    """Return the letters that are due in *home*, composed and pickled."""
    work = workspace.open_(home, TODAY)
    due = [job for job in work.plan(work.book.clients) if job.state is State.DUE]
    table = work.desk()
    return pickle.dumps([orders.letter_of(table, job).compose() for job in due])


def letters(home: Path, *options: str) -> Run:
    """Return what making the letters of *home* took."""
    return run("-m", "docgen", "--home", str(home), "--today", str(TODAY), "letters", *options)


def main() -> None:
    """Measure and print a line for each run."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="clients, at most")
    most = parser.parse_args().most
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (size for size in SIZES if size <= most):
            home = home_of(folder, size)
            out = folder / f"out-{size}"
            told(size, "all cores", letters(home, "--out", str(out)))
            told(size, "again, nothing changed", letters(home, "--out", str(out)))
            if size == HELD:
                ours = letters(home, "--out", f"{folder}/one", "--jobs", "1")
                told(size, "one process", ours)
                (folder / "documents").write_bytes(documents(home))
                (folder / "platypus").mkdir()
                beside(home, folder)


def beside(home: Path, folder: Path) -> None:
    """Print how long the letters of *home* take on all cores and by platypus, in turns, as neighbours come and go."""
    peer = ("-c", PLATYPUS, str(ROOT), f"{folder}/documents", f"{folder}/platypus")
    turns = [(letters(home, "--out", f"{folder}/turn-{turn}"), run(*peer)) for turn in range(TURNS)]
    for what, runs in zip(("all cores, in turns", "platypus, in turns"), zip(*turns, strict=True), strict=True):
        wall = statistics.median(each.wall for each in runs)
        print(f"{HELD:6} letters, {what:24}{wall:7.2f} s")  # noqa: T201 - the result
    ratio = statistics.median(other.wall / mine.wall for mine, other in turns)
    print(f"{HELD:6} letters, platypus takes {ratio:.2f} times as long")  # noqa: T201 - the result


def told(size: int, what: str, found: Run) -> None:
    """Print what was *found*."""
    times = f"{found.wall:7.2f} s, {found.work:7.2f} s of the processors, {found.memory:4} MB"
    print(f"{size:6} letters, {what:24}{times}", flush=True)  # noqa: T201 - the result


if __name__ == "__main__":
    main()
