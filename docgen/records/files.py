"""The owner's files as they lie there."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from docgen import reach
from docgen.frozen import dataclass
from docgen.problem import Mark, stop

FILE = "clients.yaml"
REGISTER = "register.csv"
CLIENTS = "clients"  # the mapping of all of them in that of facts


@dataclass(frozen=True)
class Files:
    """The owner's files in *home*, each read once, when it is asked for; raises Problems if that cannot be done."""

    home: Path

    @cached_property
    def facts(self) -> bytes:
        """Return the content of clients.yaml."""
        return content(self.home, FILE)

    @cached_property
    def register(self) -> bytes | None:
        """Return the content of register.csv, None if there is none."""
        return content(self.home, REGISTER) if (self.home / REGISTER).exists() else None


def content(home: Path, name: str) -> bytes:
    """Return the bytes of the file called *name* in *home*; raises Problems if they cannot be read."""
    found = reach.read(home, name)
    if found is None:
        hint = "`docgen init` makes a workspace, --home names another folder"
        raise stop(f"there is no such file; {hint}", Mark(name))
    return found
