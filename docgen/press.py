"""Makes files of documents: each composed, then written in every format asked for; a format is a module of write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import write
from docgen.dispatch import Made
from docgen.document import Document
from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, stop
from docgen.shelf import EXAMPLE, Shelf

if TYPE_CHECKING:
    from docgen.look import Look

HOUSES, HOUSE = ("contracts", "letters"), "house.docx"  # the folders that hold a house, and what it is called
WORD = "docx"  # the format that a template of the owner's is filled for


@dataclass(frozen=True, slots=True)
class Order:
    """A document to be made: *house* is the folder whose house.docx it looks like, *stem* its path less the format.

    *own* are the places where the owner may have put a Word template for it, the one that wins first. What is made
    elsewhere, or not again, has as *compose* a partial of a function, a desk, and what else that is given.
    """

    house: str
    stem: str
    compose: Callable[[], Document]
    own: tuple[str, ...] = ()

    @property
    def client(self) -> str:
        """Return the id of the client it is for."""
        return self.stem.partition("/")[0]

    @property
    def asked(self) -> partial[Document]:
        """Return what composes it, with all that is given to it, the desk first."""
        if not isinstance(self.compose, partial):
            raise TypeError(f"{self.stem}: what composes it says nothing of what it is given")
        return self.compose


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order: all of its files, or else what is wrong with it."""

    files: tuple[Made, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """Makes documents in *formats*; each house is read once, and the owner's templates are looked for once.

    On *trial* nothing of what is made is kept, and a Word file is made only where the owner has a template for it.
    """

    shelf: Shelf
    formats: tuple[str, ...]
    trial: bool = False
    looks: dict[str, Look] = field(default_factory=dict)
    found: dict[tuple[str, ...], str] = field(default_factory=dict)

    def make(self, orders: Sequence[Order]) -> list[Made]:
        """Return the files of *orders*, all of them finished; raises Problems with what is wrong with any."""
        return list(gathered(self.shelf, orders, map(self.tried, orders)))

    def tried(self, order: Order) -> Outcome:
        """Return what comes of *order*."""
        try:
            files = tuple(self.files(order))
        except Problems as wrong:
            return Outcome(problems=wrong.problems)
        return Outcome(() if self.trial else files)

    def files(self, order: Order) -> list[Made]:
        """Return the files of one document."""
        document, house = order.compose(), self.look(order.house)
        try:
            return [
                Made(f"{order.stem}.{form}", self.written(order, form, document, house)) for form in self.forms(order)
            ]
        except Problems as wrong:
            # A writer knows the document it was given, and the person who mends it knows its path.
            named = {problem: problem.mark.file in {*order.own, house.name} for problem in wrong.problems}
            raise Problems(
                problem if its else replace(problem, mark=Mark(order.stem)) for problem, its in named.items()
            ) from None

    def forms(self, order: Order) -> Sequence[str]:
        """Return the formats in which *order* is made."""
        return [form for form in self.formats if not self.trial or form != WORD or self.own(order)]

    def written(self, order: Order, form: str, document: Document, house: Look) -> bytes:
        """Return *document* in the format *form*, read back; as Word by a template of the owner's, if there is one."""
        own = self.own(order) if form == WORD else ""
        if not own:
            made = writer(form)(document, house)
            checker(form)(made, document, house)
            return made
        fill: Callable[[Document, bytes, str], bytes] = import_module("docgen.write.docx.own").write
        template = self.shelf.read(own) or b""
        made = fill(document, template, own)
        checker("own")(made, document, template)
        return made

    def own(self, order: Order) -> str:
        """Return the path of the owner's Word template for *order*, empty if there is none."""
        if order.own not in self.found:
            self.found[order.own] = next((path for path in order.own if self.shelf.has(path)), "")
        return self.found[order.own]

    def remarks(self) -> tuple[Problem, ...]:
        """Return what is odd in the houses; raises Problems with all that is wrong with any."""
        found: list[Problem] = []
        wrong: list[Problem] = []
        for house in HOUSES:
            try:
                found += self.look(house).remarks
            except Problems as problems:
                wrong += problems.problems
        if wrong:
            raise Problems(wrong)
        return tuple(found)

    def look(self, house: str) -> Look:
        """Return how *house* looks: the workspace's house.docx, or the package's where it has none."""
        if house not in self.looks:
            path = f"{house}/{HOUSE}"
            data = self.shelf.read(path)
            data = Shelf(EXAMPLE).read(path) if data is None else data
            if data is None:
                raise stop("there is no such file; copy it from a new workspace of `docgen init`", Mark(path))
            from docgen import look  # noqa: PLC0415 - a run that makes nothing looks at no house

            self.looks[house] = look.read(data, path)
        return self.looks[house]


def gathered(shelf: Shelf, orders: Iterable[Order], outcomes: Iterable[Outcome]) -> Iterator[Made]:
    """Yield the files of *outcomes* as they come, to be kept only if all of them do.

    Raises Problems in the end with what is wrong with any of them, or among *orders*, and no files after the first.
    """
    problems = [*twins(orders)]
    for outcome in outcomes:
        problems += outcome.problems
        if not problems:
            yield from outcome.files
    if problems:
        from docgen import trace  # noqa: PLC0415 - most documents can be made

        raise Problems(trace.traced(shelf, problems))


def twins(orders: Iterable[Order]) -> Iterator[Problem]:
    """Yield each of *orders* that would share its file with another."""
    stems: dict[str, Order] = {}
    for order in orders:
        if (twin := stems.setdefault(order.stem.casefold(), order)) is not order:
            yield Problem(Mark(order.stem), f"would share its file with {twin.stem}")


def formats() -> tuple[str, ...]:
    """Return the formats there are: the modules of docgen.write."""
    there = [path for folder in write.__path__ for path in Path(folder).iterdir() if not path.name.startswith("_")]
    return tuple(sorted(path.stem for path in there if path.suffix == ".py" or (path / "__init__.py").is_file()))


def writer(name: str) -> Callable[[Document, Look], bytes]:
    """Return the function that writes a document in the format called *name*."""
    found: Callable[[Document, Look], bytes] = import_module(f"docgen.write.{name}").write
    return found


def checker(name: str) -> Callable[[bytes, Document, Any], None]:
    """Return the function that reads a file of the format called *name* back and compares it with its document."""
    found: Callable[[bytes, Document, Any], None] = import_module(f"docgen.proof.{name}").check
    return found
