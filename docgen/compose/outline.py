"""The order of a contract's clauses, as the business keeps it in contracts/outline.yaml."""

from __future__ import annotations

from datetime import date

from docgen.frozen import dataclass
from docgen.problem import Problem, Problems, meant
from docgen.records.book import ALL, Client, Kind, Project
from docgen.records.entry import Entry
from docgen.shelf import Shelf
from docgen.source import List, Map, Node, Text

FILE = "contracts/outline.yaml"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the outline: a clause, and the choice that picks its words, if there is one."""

    clause: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The order of a contract: the text it opens with, its clauses, and the text under which the parties sign."""

    opening: str
    clauses: tuple[Item, ...]
    closing: str

    def chosen(self, client: Client, project: Project, day: date) -> tuple[Item, ...]:
        """Return the clauses of *project*'s contract, each with what its choice came to; those left out are not there.

        Raises Problems where the terms leave out a clause that the outline does not have.
        """
        names = [item.clause for item in self.clauses]
        unknown = [name for name in project.terms.without if name not in names]
        if unknown:
            raise Problems(Problem(project.mark, missing(name, names)) for name in unknown)
        found = choices(client, project, day)
        picked = [Item(item.clause, found[item.choice] if item.choice else "") for item in self.clauses]
        return tuple(item for item in picked if item.choice != NONE and item.clause not in project.terms.without)

    def numbers(self, client: Client, project: Project, day: date) -> dict[str, str]:
        """Return the number of each clause in *project*'s contract."""
        return {item.clause: str(number) for number, item in enumerate(self.chosen(client, project, day), 1)}


def choices(client: Client, project: Project, day: date) -> dict[str, str]:
    """Return what each choice of the outline comes to on *day*; ``none`` leaves the clause out."""
    terms = project.terms
    share = client.deposit(project, day)
    consumer = client.kind is Kind.CONSUMER
    usual = "consumer" if consumer else "repeat" if client.repeat(project, day) else "first"
    return {
        "deposit": NONE if not share else "upfront" if share == ALL else usual,
        "late_fee": terms.late_fee_kind,
        "kill_fee": NONE if not terms.kill_fee else "consumer" if consumer else "business",
        "revisions": "time" if terms.revision_hours else "count",
        "reactivation_fee": "some" if terms.reactivation_fee else NONE,
        "ip": terms.ip.value,
        "portfolio": "yes" if terms.portfolio else NONE,
        "kind": client.kind.value,
        "consumer": "yes" if consumer else NONE,
    }


CHOICES = (
    "deposit", "late_fee", "kill_fee", "revisions", "reactivation_fee", "ip", "portfolio", "kind", "consumer",
)  # fmt: skip


def missing(name: str, names: list[str]) -> str:
    """Return the message for a clause that is left out but not in the outline."""
    near = meant(name, names)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(names)}"
    return f"`without` names `{name}`, which is no clause of {FILE}; {hint}"


def read(shelf: Shelf) -> Outline:
    """Return the outline; raises Problems with everything that is wrong in its file."""
    source = shelf.yaml(FILE)
    top = Entry(source, source.root, "the outline")
    opening, closing = top.text("opening", needed=True), top.text("closing", needed=True)
    nodes = top.raw("clauses", needed=True)
    clauses = tuple(item(top, node) for node in nodes) if isinstance(nodes, List) else ()
    for index, one in enumerate(clauses):
        if any(other.clause == one.clause for other in clauses[:index]):
            top.report("clauses", f"the clause `{one.clause}` stands twice")
    top.finish()
    if source.problems:
        raise Problems(source.problems)
    return Outline(opening, clauses, closing)


def item(top: Entry, node: Node) -> Item:
    """Return one line of the outline."""
    if isinstance(node, Text):
        return Item(str(node))
    if isinstance(node, Map) and len(node) == 1:
        clause, choice = next(iter(node.items()))
        if choice in CHOICES:
            return Item(clause, str(choice))
    top.report(node, f"a line is a clause's name, or `name: choice` with one of {', '.join(CHOICES)}")
    return Item("")
