"""How documents look: what house.docx says about paper, styles, numbers, fonts and stationery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from docgen.frozen import dataclass
from docgen.look import ready
from docgen.look.fonts import Face
from docgen.look.stationery import Stationery
from docgen.look.style import Level, Style, TableRules
from docgen.problem import Problem


@dataclass(frozen=True, slots=True)
class Look:
    """All that house.docx, called *name* by its owner, says about looks.

    Lengths are in points, *header* and *footer* from the paper's edge. *ids* are Word's for the *styles*; *remarks*
    are what an owner should know of.
    """

    name: str
    template: bytes
    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float
    styles: Mapping[str, Style]
    ids: Mapping[str, str]
    levels: Mapping[str, Level]
    fonts: Mapping[str, Mapping[Face, bytes]]
    table: TableRules
    stationery: Stationery
    remarks: tuple[Problem, ...]

    @property
    def measure(self) -> float:
        """Return the width of the text."""
        return self.width - self.left - self.right


def read(data: bytes, name: str) -> Look:
    """Return the look that the Word file *data*, known to the owner as *name*, asks for.

    Raises Problems with what is wrong with it, and where it could do more than be looked at. What a house that comes
    with docgen says was worked out before; reading any other takes what is loaded here.
    """
    found = ready.find(data)
    if found:
        return Look(name, data, **found)
    fully: Callable[[bytes, str], Look] = import_module("docgen.look.reading").read
    return fully(data, name)
