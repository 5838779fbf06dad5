"""Where documents go: what is kept of a run, all of it or none; how files come to disk is a matter of `disk`."""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field
from functools import partial
from itertools import accumulate, starmap
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from docgen import disk, reach
from docgen.disk import READ_ONLY, File, Folders, Part
from docgen.frozen import dataclass
from docgen.problem import Mark, Problem, Problems, stop
from docgen.shelf import EXAMPLE

if TYPE_CHECKING:
    from typing_extensions import Buffer

PIECE = 1 << 16  # bytes that are read at a time
REGISTER = "register.csv"
FACTS = "clients.yaml"
WORKSPACE = (FACTS, REGISTER, "contracts", "letters")
PROGRAM = "docgen"

Pieces: TypeAlias = Callable[[], Iterable[bytes]]  # the content of a file, piece by piece, as often as it is asked for


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its path below the folder of what is made, and its content."""

    path: str
    content: bytes


def publish(out: Path, made: Iterable[Made], who: str = PROGRAM, settled: Iterable[str] = ()) -> list[Path]:
    """Write what of *made* is new or changed into *out* for *who*, as it comes; return the paths written.

    All of it is on disk beside its place before the first file is renamed, so that a file appears under its name whole
    or not at all. One that is the same already is left alone; the paths that are *settled* are known to be.
    Raises Problems, nothing written, if that cannot be done or *made* ends in them.
    """
    return written(out, map(whole, made), who, settled)


def whole(made: Made) -> tuple[str, Pieces]:
    """Return the path of what was *made*, and its content as the only piece."""
    return made.path, partial(iter, (made.content,))


def written(out: Path, files: Iterable[tuple[str, Pieces]], who: str, settled: Iterable[str] = ()) -> list[Path]:
    """Write what of *files*, each a path and its content, is new or changed, as `publish` does."""
    with ExitStack() as stack:
        place = Place(out, who, stack)
        folders = dict.fromkeys(["", *(path.rpartition("/")[0] for path in settled)])
        place.tidy(reach.unlinked(out, folder) for folder in folders)
        parts = stack.enter_context(disk.beside(place.new(files)))
        place.folders.settle()
        disk.move(parts)
    return [Path(part.place) for part in parts]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder *out* as long as *who* writes there: locked from the first change on, until *stack* ends."""

    out: Path
    who: str
    stack: ExitStack
    open: set[str] = field(default_factory=set)
    folders: Folders = field(default_factory=Folders)

    def new(self, files: Iterable[tuple[str, Pieces]]) -> Iterator[File]:
        """Return which of *files* are not in their places as they are."""
        return filter(None, starmap(self.changed, files))  # which hold none of them while the next is made

    def changed(self, name: str, pieces: Pieces) -> File | None:
        """Return the file called *name* that has these *pieces*, None if it is in its place as it is."""
        path = reach.unlinked(self.out, name)
        self.tidy([path.parent])
        if disk.same(path, pieces()):
            return None
        self.enter(path.parent)
        return None if disk.same(path, pieces()) else File(path, pieces())  # by now, as another may have been at it

    def tidy(self, folders: Iterable[Path]) -> None:
        """Clear *folders* of what a run that was ended left in them."""
        for folder in folders:
            if str(folder) not in self.open and disk.left(folder):
                self.enter(folder)

    def enter(self, folder: Path) -> None:
        """Make *folder* ready to be written to, the first time."""
        if not self.open:
            self.stack.enter_context(disk.folder(self.out))
            self.stack.enter_context(disk.alone(self.out, self.who))
            self.stack.enter_context(self.folders)
        for each in (self.out, folder):
            if str(each) not in self.open:
                self.open.add(str(each))
                ready(each, self.folders)


@dataclass(frozen=True, slots=True)
class Stage:
    """Files on their way into *out*: kept piece by piece in one file called *room* until all of them are made."""

    out: Path
    room: BinaryIO
    who: str
    kept: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # where the pieces begin, and their lengths

    @property
    def paths(self) -> list[str]:
        """Return what the files are called, in the order they came."""
        return list(self.kept)

    def add(self, path: str, content: bytes) -> None:
        """Keep *content* for the file called *path* below the folder of what is made."""
        self.stream(path, [content])

    def stream(self, path: str, chunks: Iterable[bytes]) -> None:
        """Keep *chunks* for the file called *path*, one after the other; raises Problems if there is no room."""
        places = self.kept.setdefault(path, [])
        for chunk in chunks:  # which may put other files on the stage as they come
            with disk.blaming(self.out / path):
                places.append((self.room.seek(0, os.SEEK_END), self.room.write(chunk)))

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Give the file called *path* as it is kept, to be read; raises Problems if the system refuses any of it."""
        kept = Kept(self.room, self.kept[path])
        try:
            yield cast("BinaryIO", io.BufferedReader(kept, PIECE))
        except Problems:
            if kept.refused:  # of which whoever reads may make something else
                with disk.blaming(self.out / path):
                    raise kept.refused from None
            raise

    def publish(self) -> list[Path]:
        """Write what is new or changed, all of it or nothing; return the paths written."""
        return written(self.out, ((path, partial(self._pieces, path)) for path in self.kept), self.who)

    def _pieces(self, path: str) -> Iterator[bytes]:
        """Yield the content of the file called *path*, piece by piece."""
        for start, length in self.kept[path]:
            with disk.blaming(self.out / path):
                self.room.seek(start)
                piece = self.room.read(length)
            yield piece


class Kept(io.RawIOBase):
    """A file whose pieces lie in a *room* among those of others, at *places*; *refused* is what the system said."""

    def __init__(self, room: BinaryIO, places: Sequence[tuple[int, int]]) -> None:
        """Begin to read where the first piece does."""
        self._room, self._places, self._here = room, places, 0
        self.refused: OSError | None = None
        self._ends = list(accumulate(length for _, length in places))

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to *offset*, counted from the beginning, from here or from the end; return where that is."""
        self._here = offset + (0, self._here, (self._ends or [0])[-1])[whence]
        return self._here

    def readinto(self, buffer: Buffer) -> int:
        """Fill *buffer* with what comes next of the piece here; return how much that is."""
        view, number = memoryview(buffer), bisect_right(self._ends, self._here)
        if number == len(self._ends):
            return 0
        (start, length), rest = self._places[number], self._ends[number] - self._here
        try:
            self._room.seek(start + length - rest)
            found = self._room.read(min(rest, len(view)))
        except OSError as error:
            self.refused = error
            raise
        view[: len(found)] = found
        self._here += len(found)
        return len(found)


@contextmanager
def stage(out: Path, who: str = PROGRAM) -> Iterator[Stage]:
    """Give room for files that are too large to hold, on their way into *out*; what is not published is forgotten."""
    with disk.folder(out), disk.room(out) as room:
        yield Stage(out, room, who)


def ready(folder: Path, folders: Folders) -> None:
    """Make *folder*, as one of *folders*, and clear it of what a run that was ended left."""
    folders.make(folder)
    disk.clear(folder)


def clashes(home: Path, kept: Sequence[Made]) -> Iterator[Problem]:
    """Yield each file of *kept* in whose place another is kept in *home* already."""
    for one in kept:
        path = home / one.path
        if os.path.lexists(path) and not disk.holds(path, one.content):
            message = "another file is kept here already; if it is not the one that was posted, move it away"
            yield Problem(Mark(one.path), message)


def record(home: Path, head: str, lines: str, kept: Sequence[Made] = ()) -> None:
    """Keep the files *kept* in *home*, then add *lines* to its register, which begins with *head* if it is new.

    Only who is `disk.alone` in *home* may. The files come first: one without a line does no harm. The register is
    written anew and renamed, so that a line is there whole or not at all. Raises Problems, all as it was, if not.
    """
    for name in (REGISTER, *(one.path for one in kept)):
        reach.unlinked(home, name)
    if wrong := [*clashes(home, kept)]:
        raise Problems(wrong)
    register = home / REGISTER
    files = [
        File(home / one.path, (one.content,), READ_ONLY) for one in kept if not disk.holds(home / one.path, one.content)
    ]
    files.append(File(register, (grown(register, head, lines),)))
    with ExitStack() as stack:
        folders = stack.enter_context(Folders())
        for folder in sorted({file.path.parent for file in files}):
            ready(folder, folders)
        *others, line = stack.enter_context(disk.beside(files))
        folders.settle()
        stack.enter_context(undone(others, line))
        disk.move(others)
        disk.move([line])


@contextmanager
def undone(parts: Sequence[Part], last: Part) -> Iterator[None]:
    """Delete what is in place of *parts* if what follows fails before the *last* part is."""
    try:
        yield
    except BaseException:
        if os.path.lexists(last.beside):
            disk.drop(part.place for part in parts if not os.path.lexists(part.beside))
        raise


def grown(register: Path, head: str, lines: str) -> bytes:
    """Return the content of *register* with *lines* after it, or after *head* if there is none; what was there stays.

    Raises Problems if its owner has it written by nobody.
    """
    with disk.blaming(register):
        if not register.exists():
            return f"{head}{lines}".encode()
        if not os.access(register, os.W_OK):
            raise stop("cannot be written: it is read-only", Mark(REGISTER))
        before = register.read_bytes()
    gap = b"" if before.endswith((b"\n", b"\r")) or not before else b"\n"
    return before + gap + lines.encode()


def init(folder: Path) -> list[Path]:
    """Write the example workspace into *folder*; raises Problems, nothing written, if any of it is there already.

    The facts come last: where they are missing, or more is left, the rest is of a run that was ended, which goes on.
    """
    made = sorted(example(), key=lambda one: one.path == FACTS)
    known = {folder / one.path: one.content for one in made}
    done = os.path.lexists(folder / FACTS) and not disk.left(folder)
    there = [name for name in WORKSPACE if (name == FACTS and done) or strange(folder / name, known)]
    if there:
        message = "is there already; `docgen init` writes into a folder that has none of a workspace's files"
        raise Problems(Problem(Mark(str(folder / name)), message) for name in there)
    publish(folder, made, f"{PROGRAM} init")
    return [folder / name for name in WORKSPACE]


def example() -> Iterator[Made]:
    """Yield the files of the example workspace."""
    for name in WORKSPACE:
        for path in inside(EXAMPLE / name):
            one = path.relative_to(EXAMPLE).as_posix()
            yield Made(one, reach.read(EXAMPLE, one, str(path)) or b"")


def strange(path: Path, known: dict[Path, bytes]) -> bool:
    """Return whether there is anything at *path* or below it that is none of the *known* files."""
    return any(each not in known or not disk.holds(each, known[each]) for each in inside(path))


def inside(path: Path) -> list[Path]:
    """Return the file at *path*, or all below it that are no folders and were not left by a run that was ended."""
    found = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path] if os.path.lexists(path) else []
    return sorted(each for each in found if each.is_symlink() or not (each.is_dir() or disk.LEFT.fullmatch(each.name)))
