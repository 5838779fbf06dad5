"""Sets the same papers of 200 clients by docgen, platypus, Typst and WeasyPrint, in turns, and prints how long it took.

    python benchmarks/pdf_speed.py [--clients 200] [--seconds 20]

What is measured is the time of the processor from a finished document to the bytes of its PDF; docgen's is tagged,
archival, checked for characters that no glyph shows and read back, the others' are plain. A peer that is slow sets
fewer papers.
"""

from __future__ import annotations

import importlib
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path

import subjects

from docgen import look
from docgen.document import Document
from docgen.look import Look
from docgen.proof import pdf as proof
from docgen.write import pdf

ROOT = Path(__file__).parent.parent
PEERS = ("pdf_platypus", "pdf_typst", "pdf_weasyprint")


def writers(houses: dict[str, Look]) -> dict[str, Callable[[subjects.Paper], bytes]]:
    """Return what writes papers by the names of the writers; those that are not installed are named and left out."""
    found: dict[str, Callable[[subjects.Paper], bytes]] = {
        "docgen": lambda paper: _proven(paper, houses[paper.house]),
    }
    for name in PEERS:
        try:
            peer = importlib.import_module(name)
        except ImportError as error:
            print(f"{name} is left out: {error}")  # noqa: T201 - the result
            continue
        made = {house: peer.writer(looks) for house, looks in houses.items()}
        found[name.removeprefix("pdf_")] = partial(_set, made)
    return found


def _set(made: dict[str, Callable[[Document], bytes]], paper: subjects.Paper) -> bytes:
    """Return the PDF of *paper* by what writes for its house."""
    return made[paper.house](paper.document)


def _proven(paper: subjects.Paper, house: Look) -> bytes:
    """Return the PDF of *paper* as *house* looks, read back."""
    made = pdf.write(paper.document, house)
    proof.check(made, paper.document, house)
    return made


def measure(
    found: list[subjects.Paper], write: dict[str, Callable[[subjects.Paper], bytes]], seconds: float
) -> dict[tuple[str, str], list[float]]:
    """Return how long each writer took for each paper; each stops after its share of *seconds*."""
    spent: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in write for kind in subjects.PAPERS}
    for paper in found:
        for name, one in write.items():
            if sum(spent[name, paper.kind]) < seconds / len(subjects.PAPERS):
                start = time.process_time()
                one(paper)
                spent[name, paper.kind].append(time.process_time() - start)
    return spent


def main() -> None:
    """Measure and print a table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    houses = {name: look.read((ROOT / name / "house.docx").read_bytes(), name) for name in ("letters", "contracts")}
    found, write = list(subjects.papers(options.clients)), writers(houses)
    spent = measure(found, write, options.seconds)
    print(f"{'':12}" + "".join(f"{kind:>34}" for kind in subjects.PAPERS))  # noqa: T201 - the result
    for name in write:
        cells = []
        for kind in subjects.PAPERS:
            first, *times = spent[name, kind]
            middle, ours = statistics.median(times), statistics.median(spent["docgen", kind][1:])
            cells.append(f"{1 / middle:8.0f}/s {middle / ours:5.1f}x first {first * 1000:5.0f} ms")
        print(f"{name:12}" + "".join(f"{cell:>34}" for cell in cells))  # noqa: T201 - the result


if __name__ == "__main__":
    main()
