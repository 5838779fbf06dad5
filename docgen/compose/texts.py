"""Finds a text in its language: the more specific one wins."""

from __future__ import annotations

from dataclasses import field
from functools import cache

from docgen.compose import text
from docgen.compose.text import Template
from docgen.frozen import dataclass
from docgen.problem import Mark, stop
from docgen.shelf import Shelf

CONTRACTS, LETTERS = "contracts", "letters"


def stems(name: str, choice: str = "", law: str = "") -> list[str]:
    """Return what a text called *name* may be called for *choice* under *law*, the most specific first."""
    chosen = [f"{name}.{choice}.{law}", f"{name}.{choice}"] if choice else []
    return [*chosen, f"{name}.{law}", name]


@cache
def own(folder: str, language: str, name: str, choice: str = "", law: str = "") -> tuple[str, ...]:
    """Return where a Word template of the owner's for the document *name* may be, the one that wins first."""
    names = [f"{stem}.docx" for stem in stems(name, choice, law) if stem != "house"]  # house.docx is how all look
    return tuple(f"{place}/{file}" for place in (f"{folder}/{language}", folder) for file in names)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a workspace, each read once."""

    shelf: Shelf
    known: dict[str, Template | None] = field(default_factory=dict)

    def find(self, folder: str, language: str, name: str, choice: str = "", law: str = "") -> Template:
        """Return the text called *name*: for *choice* under *law*, for *choice*, under *law*, or simply so called.

        Raises Problems if there is none, or if it cannot be read.
        """
        for stem in stems(name, choice, law):
            found = self.read(f"{folder}/{language}/{stem}.md")
            if found:
                return found
        wanted = f"{folder}/{language}/{name}{'.' if choice else ''}{choice}.md"
        raise stop("there is no such text; write it, or copy it from a new workspace of `docgen init`", Mark(wanted))

    def read(self, path: str) -> Template | None:
        """Return the text at *path*, None if there is none."""
        if path not in self.known:
            data = self.shelf.read(path)
            self.known[path] = None if data is None else text.read(data, path)
        return self.known[path]
