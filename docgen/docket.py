"""The docket: of what each file in the output was made, so that what would be the same is not made again.

What a document is made of is taken coarsely: the whole program, all texts, houses, languages, laws and ladders, the day
and the business go into every mark, and of the book its client alone. A file counts as made if its mark is the one it
would get now and its content is the one it got. The docket may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from docgen import edition, jurisdiction, language, reach
from docgen.compose.desk import Desk
from docgen.dispatch import Made
from docgen.frozen import dataclass
from docgen.press import HOUSE, HOUSES, Order
from docgen.problem import Mark, Problems
from docgen.shelf import Shelf

FILE = ".docgen.made"
FOLDERS = (*HOUSES, language.FOLDER, jurisdiction.FOLDER)  # what a workspace may have of its own
DEEPEST = 2  # how deep a file may lie in one


@dataclass(frozen=True, slots=True)
class Docket:
    """The mark and the hash of each file that was made into *out*, by its path."""

    out: Path
    made: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: str, mark: str) -> bool:
        """Return whether the file called *path* was made with this *mark* and is as it was then."""
        said, file = self.made.get(path, ""), reach.unlinked(self.out, path)
        if not said.startswith(f"{mark} "):
            return False
        try:
            return file.is_file() and said == entry(mark, file.read_bytes())
        except OSError:
            return False

    def after(self, made: Mapping[str, str]) -> bytes:
        """Return the content of the docket's file after these files were *made*; those that are gone go from it."""
        kept = {path: said for path, said in self.made.items() if path in made or self._there(path)}
        text = json.dumps(kept | dict(made), sort_keys=True, ensure_ascii=False, separators=(",\n", ": "))
        return (f"{{\n{text[1:-1]}\n}}\n" if text != "{}" else "{}\n").encode()

    def _there(self, path: str) -> bool:
        """Return whether the file called *path* is in the folder, whatever the docket may have it called."""
        try:
            return not (path.startswith("/") or ".." in path.split("/")) and (self.out / path).is_file()
        except OSError:  # too long for a name
            return False


def entry(mark: str, content: bytes) -> str:
    """Return what the docket says of a file with this *mark* and *content*."""
    return f"{mark} {hashlib.sha256(content).hexdigest()}"


def read(out: Path) -> Docket:
    """Return the docket of *out*, an empty one if there is none or it makes no sense."""
    try:
        found = json.loads(reach.read(out, FILE) or b"{}")
    except (Problems, ValueError, RecursionError):
        return Docket(out)
    sound = isinstance(found, dict) and all(isinstance(said, str) for said in found.values())
    return Docket(out, found if sound else {})


def noted(out: Path, made: Iterable[Made], marks: Mapping[str, str]) -> Iterator[Made]:
    """Yield what is *made* into *out*, then, if that is anything, the docket with it."""
    new: dict[str, str] = {}
    for one in made:
        yield one
        new[one.path] = entry(marks[one.path.rpartition(".")[0]], one.content)
    if new:
        yield Made(FILE, read(out).after(new))


def marks(desk: Desk, orders: Sequence[Order], inputs: str) -> dict[str, str]:
    """Return the mark of each of *orders* by its stem: the hash of all that it follows from."""
    common = _hash([inputs, str(desk.day), repr(desk.book.business)])
    parts = {client: _hash([common, said(desk, client)]) for client in {order.client for order in orders}}
    return {order.stem: _hash([parts[order.client], named(order)]) for order in orders}


def said(desk: Desk, client: str) -> str:
    """Return all that the book of *desk* says of *client*, but for where that stands in the files."""
    book = desk.book.about([client])
    return repr((book.clients, book.posted))


def named(order: Order) -> str:
    """Return what *order* asks for, its desk left out."""
    make = order.asked
    given = (make.args[1:], sorted(make.keywords.items()))
    return repr((order.house, order.stem, order.own, make.func.__module__, make.func.__qualname__, given))


def inputs(shelf: Shelf) -> str:
    """Return the hash of the program and of all files on *shelf* that any document may be made of."""
    there = [folder for folder in FOLDERS if (shelf.home / folder).is_dir()]  # even one with nothing in it counts
    own = sorted(found for folder in there for found in _files(shelf.home, folder, DEEPEST))
    # A folder of the workspace's that has a house in it takes nothing of ours.
    used = [house for house in HOUSES if not (shelf.home / house / HOUSE).is_file()]
    return _hash([edition.of(*used), *there, *_contents(shelf.home, own)])


def _files(root: Path, folder: str, deepest: int, *, linked: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the paths of the files in *folder* of *root*, and *deepest* folders deep; and whether through links."""
    linked = linked or (root / folder).is_symlink()
    try:
        with os.scandir(f"{root}/{folder}") as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.is_file():
            yield f"{folder}/{entry.name}", linked or entry.is_symlink()
        elif deepest > 1:
            yield from _files(root, f"{folder}/{entry.name}", deepest - 1, linked=linked)


def _contents(root: Path, files: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Yield the name of each of *files* in *root*, and the hash of its content or why it cannot be read."""
    for name, linked in files:
        yield name
        try:
            data = reach.read(root, name) if linked else reach.plain(f"{root}/{name}", Mark(name))
            yield hashlib.sha256(data or b"").hexdigest()
        except (OSError, Problems) as wrong:
            yield str(wrong)


def _hash(parts: Iterable[str]) -> str:
    """Return the hash of *parts*, told apart."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()
