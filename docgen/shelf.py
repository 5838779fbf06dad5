"""Where texts and data are found: the workspace's own first, then what the package brings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from docgen import reach, source
from docgen.frozen import dataclass
from docgen.problem import Mark, Problems, stop
from docgen.source import Source

DATA, TEXT = ".yaml", ".md"
PACKAGE = Path(__file__).parent
# An installed package carries the example workspace; in a checkout it is the repository itself.
EXAMPLE = PACKAGE / "workspace" if (PACKAGE / "workspace").is_dir() else PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files that a workspace at *home* goes by."""

    home: Path

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names of the data files in *folder*, the workspace's and the package's."""
        found = [name for root in (self.home, PACKAGE) for name in reach.listed(f"{root}/{folder}")]
        return tuple(sorted({name.removesuffix(DATA) for name in found if name.endswith(DATA)}))

    def data(self, folder: str, name: str) -> Source:
        """Return the data file *name* of *folder*; raises Problems if it is missing or not whole."""
        return opened(self.roots(folder, name)[0], f"{folder}/{name}.yaml")

    def every(self, folder: str, name: str) -> list[Source]:
        """Return all data files called *name* in *folder*, the workspace's first; raises Problems if there is none."""
        return [opened(root, f"{folder}/{name}.yaml") for root in self.roots(folder, name)]

    def roots(self, folder: str, name: str) -> list[Path]:
        """Return where there is a data file *name* of *folder*, the workspace first; raises Problems if nowhere."""
        path = f"{folder}/{name}.yaml"
        found = [root for root in (self.home, PACKAGE) if (root / path).is_file()]
        if not found:
            raise stop(f"there is no such file; there are {', '.join(self.names(folder))}", Mark(path))
        return found

    def read(self, path: str) -> bytes | None:
        """Return the file at *path* in contracts/ or letters/, None if there is none."""
        return reach.read(self.root(path), path)

    def has(self, path: str) -> bool:
        """Return whether there is a file at *path* in contracts/ or letters/."""
        return (self.root(path) / path).is_file()

    def stems(self, folder: str) -> frozenset[str]:
        """Return the names of all texts in *folder*, what follows a point in them left out."""
        root = f"{self.root(folder)}/{folder}"
        found = [name for language in reach.listed(root) for name in reach.listed(f"{root}/{language}")]
        return frozenset(name.partition(".")[0] for name in found if name.endswith(TEXT))

    def root(self, path: str) -> Path:
        """Return where the folder that *path* begins with is: a folder the workspace has is the workspace's in all."""
        return self.home if (self.home / path.split("/", 1)[0]).is_dir() else EXAMPLE

    def yaml(self, path: str) -> Source:
        """Return the data file at *path* in contracts/ or letters/; raises Problems if it is missing or not whole."""
        data = self.read(path)
        if data is None:
            raise stop("there is no such file; `docgen init` writes one in a new folder", Mark(path))
        return whole(source.read(data, path))


@cache
def packaged(path: str) -> dict[str, Any]:
    """Return what the data file at *path* holds, which the package brings and no workspace has of its own."""
    return dict(opened(PACKAGE, path).root)


def opened(root: Path, path: str) -> Source:
    """Return the data in the file at *path* in *root*; raises Problems if it is gone or anything in it was refused."""
    data = reach.read(root, path)
    if data is None:
        raise stop("there is no such file", Mark(path))
    return whole(source.read(data, path))


def whole(found: Source) -> Source:
    """Return *found*; raises Problems if anything in it was refused."""
    if found.problems:
        raise Problems(found.problems)
    return found
