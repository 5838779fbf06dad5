"""Writes the same papers of 200 clients by docgen and by its peers, in turns: `make bench`.

    python benchmarks/peers.py [--clients 200] [--rounds 9]

Each writer works in a process of its own on papers made before, a quarter of a second at a time and one after the
other, so that a machine that is busy is so for all of them. Time is that of the processor, memory the peak of the
process; the first paper is counted from the import of the writer, the median of the rounds is the rate.
"""

from __future__ import annotations

import importlib.util
import json
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
KINDS = {"letter": "letters", "invoice": "letters", "contract": "contracts"}
SPELL = 0.25  # seconds of a turn


@dataclass(frozen=True)
class Peer:
    """A writer: the *module* here that has it, the format it writes, and the package it *needs*.

    It takes documents, or else contexts for a template.
    """

    name: str
    form: str
    module: str
    needs: str = "docgen"
    documents: bool = True


PEERS = (
    Peer("docgen", "docx", "docx_docgen"),
    Peer("docxtpl", "docx", "docx_docxtpl", "docxtpl", documents=False),
)


class Worker:
    """A process in which a peer writes papers of a kind when it is told to."""

    def __init__(self, peer: Peer, kind: str, subjects: Path) -> None:
        """Start *peer*, whose *subjects* of a *kind* lie in a file, and have it write the first."""
        house = ROOT / KINDS[kind] / "house.docx"
        command = [sys.executable, __file__, "--work", peer.module, str(house), str(subjects)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.rates: list[float] = []
        self.first = self._answer()["first"]

    def turn(self) -> None:
        """Have it write for a while, and keep at which rate it did."""
        self._say("go")
        self.rates.append(self._answer()["rate"])

    def end(self) -> float:
        """End it and return the memory it needed, in MB."""
        self._say("end")
        peak = self._answer()["peak"]
        self.process.communicate()
        return float(peak)

    def _say(self, word: str) -> None:
        """Tell it a *word*."""
        assert self.process.stdin is not None  # noqa: S101 - it was opened above
        print(word, file=self.process.stdin, flush=True)

    def _answer(self) -> dict[str, float]:
        """Return what it answers."""
        assert self.process.stdout is not None  # noqa: S101 - it was opened above
        return dict(json.loads(self.process.stdout.readline()))


def work(module: str, house: Path, subjects: Path) -> None:
    """Write papers by the writer of *module* for as long as one is asked for."""
    found = pickle.loads(subjects.read_bytes())  # noqa: S301 - our own
    start = time.process_time()
    write = importlib.import_module(module).writer(house)
    write(found[0])
    print(json.dumps({"first": time.process_time() - start}), flush=True)  # noqa: T201 - the answer
    turns = cycle(found)
    for line in sys.stdin:
        if line.strip() == "end":
            break
        print(json.dumps({"rate": _rate(write, turns)}), flush=True)  # noqa: T201 - the answer
    print(json.dumps({"peak": _peak()}), flush=True)  # noqa: T201 - the answer


def _rate(write: Callable[[Any], bytes], subjects: Iterable[Any]) -> float:
    """Return how many *subjects* are written a second."""
    start = time.process_time()
    for number, subject in enumerate(subjects, start=1):
        write(subject)
        spent = time.process_time() - start
        if spent > SPELL:
            return number / spent
    return 0


def _peak() -> float:
    """Return the most memory this process has had, in MB; where Linux does not say, with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compare(form: str, kind: str, files: dict[bool, Path], rounds: int) -> None:
    """Print how the peers that write *form* did with the papers of a *kind*, which lie in *files*."""
    known = [peer for peer in PEERS if peer.form == form and importlib.util.find_spec(peer.needs)]
    workers = {peer.name: Worker(peer, kind, files[peer.documents]) for peer in known}
    for _ in range(rounds):
        for worker in workers.values():
            worker.turn()
    ours = statistics.median(workers["docgen"].rates)
    for name, worker in workers.items():
        rate, first, peak = statistics.median(worker.rates), worker.first * 1000, worker.end()
        line = f"{form:5}{kind:10}{name:10}{rate:8.0f}/s, docgen{ours / rate:6.1f} times"
        print(f"{line}, first after {first:4.0f} ms, {peak:4.0f} MB")  # noqa: T201 - the result


def main() -> None:
    """Measure and print a line for each peer and kind."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    for peer in PEERS:
        if importlib.util.find_spec(peer.needs) is None:
            print(f"{peer.name} is not installed and left out: pip install -e '.[bench]'")  # noqa: T201 - a result
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = prepare(folder, options.clients)
        for form in dict.fromkeys(peer.form for peer in PEERS):
            for kind in KINDS:
                compare(form, kind, files[kind], options.rounds)


def prepare(folder: Path, clients: int) -> dict[str, dict[bool, Path]]:
    """Return the files in *folder* with documents, and with contexts, by the kind of paper."""
    import docx_docxtpl  # noqa: PLC0415 - a process that measures is to import what it measures alone
    import subjects  # noqa: PLC0415 - as above

    from docgen import look  # noqa: PLC0415 - as above
    from docgen.write import docx  # noqa: PLC0415 - as above

    found = list(subjects.papers(clients))
    files: dict[str, dict[bool, Path]] = {}
    for kind, house in KINDS.items():
        looks = look.read((ROOT / house / "house.docx").read_bytes(), house)
        documents = [paper.document for paper in found if paper.kind == kind]
        contexts = [
            docx_docxtpl.prepared(docx.context(one, tuple(docx.arranged(one.blocks)), looks)) for one in documents
        ]
        files[kind] = {True: folder / f"{kind}-documents", False: folder / f"{kind}-contexts"}
        for documents_wanted, file in files[kind].items():
            file.write_bytes(pickle.dumps(documents if documents_wanted else contexts))
    return files


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
