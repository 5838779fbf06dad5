"""Writes papers of 200 clients and reads each back, and prints how much of the time of writing that takes.

    python benchmarks/proof_share.py [--clients 200]

Each paper is written once, as nothing of it was before, and read back at once; times are the processor's, their medians
are shown.
"""

from __future__ import annotations

import statistics
import time
from argparse import ArgumentParser
from pathlib import Path

import subjects

from docgen import look
from docgen.look import Look
from docgen.press import checker, writer

ROOT = Path(__file__).parent.parent
FORMS = ("pdf", "docx")


def spent(paper: subjects.Paper, form: str, house: Look) -> tuple[float, float]:
    """Return how long it takes to write *paper* in a *form* as *house* looks, and to read it back."""
    write, check = writer(form), checker(form)
    start = time.process_time()
    made = write(paper.document, house)
    between = time.process_time()
    check(made, paper.document, house)
    return between - start, time.process_time() - between


def main() -> None:
    """Measure and print a line for each format and kind."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    found = list(subjects.papers(parser.parse_args().clients))
    houses = {name: look.read((ROOT / name / "house.docx").read_bytes(), name) for name in {one.house for one in found}}
    for form in FORMS:
        for kind in subjects.PAPERS:
            times = [spent(paper, form, houses[paper.house]) for paper in found if paper.kind == kind]
            written, read = (statistics.median(each) * 1000 for each in zip(*times, strict=True))
            line = f"{form:5}{kind:10}written in {written:5.2f} ms, read back in {read:5.2f} ms"
            print(f"{line}, {read / written:4.0%} of it")  # noqa: T201 - the result


if __name__ == "__main__":
    main()
