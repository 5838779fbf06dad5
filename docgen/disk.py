"""Files put to disk: each is written beside its place and put to disk, and renamed once all of them are.

Every call that changes the disk is a line of its own here, so that tests can end the program at each of them. A file
has the permissions that the owner's umask leaves it, or those of the file in whose place it comes.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import UTC, datetime
from itertools import chain, takewhile
from pathlib import Path
from typing import BinaryIO, Self

from docgen import lock, reach
from docgen.frozen import dataclass
from docgen.problem import Mark, Problems, stop

LOCK = ".docgen.lock"
BESIDE = ".docgen-{}"  # the name of a file that is not in its place yet
LEFT = re.compile(rf"\.docgen-\w+|{re.escape(LOCK)}")
PATIENCE = 10.0  # seconds for which a command waits until another is done
WRITABLE, READ_ONLY = 0o666, 0o444
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
UNABLE = {errno.EINVAL, errno.ENOTSUP}  # what a file system answers that cannot put a folder to disk


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: its place, its content piece by piece, and its permissions, less the umask."""

    path: Path
    content: Iterable[bytes]
    mode: int = WRITABLE


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is whole and on disk beside its *place*, where its *number* is its name.

    Of ten thousand letters there are as many at a time, and a path takes four times the room of its text.
    """

    place: str
    number: int

    @property
    def folder(self) -> str:
        """Return the folder it is in."""
        return os.path.dirname(self.place) or os.curdir

    @property
    def beside(self) -> str:
        """Return where it is."""
        return os.path.join(self.folder, BESIDE.format(self.number))


@contextmanager
def blaming(path: Path | str) -> Iterator[None]:
    """Raise Problems that name *path* for what the system refuses meanwhile."""
    try:
        yield
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror or error}", Mark(str(path))) from None


def holds(path: Path, content: bytes) -> bool:
    """Return whether the file at *path* is there and has this very *content*."""
    return same(path, [content])


def same(path: Path, pieces: Iterable[bytes]) -> bool:
    """Return whether the file at *path* is there and has the very content of *pieces*, one after the other."""
    with blaming(path):
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)


@contextmanager
def room(path: Path) -> Iterator[BinaryIO]:
    """Give a file in the folder *path* that has no name, so that nothing is left of it however the program ends."""
    from tempfile import TemporaryFile  # noqa: PLC0415 - only what is too large to hold needs it

    with blaming(path):
        file = TemporaryFile(dir=path, prefix=BESIDE.format(""))  # noqa: SIM115 - what it cannot flush is not wanted
    try:
        yield file
    finally:
        with suppress(OSError):
            file.close()


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders as they are *made*, and those *changed* by that; the made ones go again if what follows fails."""

    made: list[str] = field(default_factory=list)
    changed: dict[Path, None] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Begin with none."""
        return self

    def __exit__(self, wrong: type[BaseException] | None, *_: object) -> None:
        """Delete them, the last first, if anything went wrong."""
        for each in reversed(self.made if wrong else ()):
            with suppress(OSError):
                os.rmdir(each)

    def make(self, path: Path) -> None:
        """Make the folder *path* and those above it that are missing."""
        with blaming(path):
            missing = list(takewhile(lambda each: not each.is_dir(), chain([path], path.parents)))
        for each in reversed(missing):
            with blaming(each):
                if _made(each):
                    self.made.append(str(each))
            self.changed[each.parent] = None

    def settle(self) -> None:
        """Put to disk that they are there."""
        for each in self.changed:
            with blaming(each):
                settle(each)


@contextmanager
def folder(path: Path) -> Iterator[None]:
    """Make the folder *path* and those above it that are missing; they go again if what follows fails."""
    with Folders() as found:
        found.make(path)
        found.settle()
        yield


def _made(path: Path) -> bool:
    """Make the folder *path*; return whether it was, and not by another meanwhile."""
    try:
        os.mkdir(path)
    except FileExistsError:
        if not path.is_dir():
            raise stop(
                "is a file where a folder is wanted; move it away, or name another folder", Mark(str(path))
            ) from None
        return False
    return True


def left(path: Path) -> list[Path]:
    """Return what a run that was ended has left in the folder *path*."""
    with blaming(path), suppress(FileNotFoundError, NotADirectoryError):
        return [path / name for name in sorted(os.listdir(path)) if LEFT.fullmatch(name)]
    return []


def clear(path: Path) -> None:
    """Delete what a run that was ended has left in the folder *path*; only whoever holds its lock may."""
    for each in left(path):
        if each.name != LOCK:
            with blaming(each):
                os.unlink(each)


@contextmanager
def beside(files: Iterable[File]) -> Iterator[list[Part]]:
    """Write each of *files* beside its place, all of them before any is moved; those not moved in the end go again."""
    parts: list[Part] = []
    try:
        for number, file in enumerate(files):
            part = Part(str(file.path), number)
            with blaming(file.path):
                _refuse_folder(file.path)
                parts.append(part)
                _write(part.beside, file)
        yield parts
    except BaseException:
        drop(part.beside for part in parts)
        raise


def _refuse_folder(path: Path) -> None:
    """Raise OSError if a folder is in the place of the file *path*."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _write(path: str, file: File) -> None:
    """Write *file* to *path*, which is new, and put it to disk."""
    handle = os.open(path, NEW, file.mode)
    try:
        for piece in file.content:
            rest = memoryview(piece)
            while rest:  # more than once only where the disk is full, and then to learn so
                rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if file.mode == WRITABLE and file.path.is_file() and not file.path.is_symlink():
        os.chmod(path, os.stat(file.path).st_mode & 0o7777)


def move(parts: Sequence[Part]) -> None:
    """Put *parts* in their places, one after the other, and their folders to disk.

    Raises Problems that say how many are in place if that ends before all are.
    """
    done = 0
    try:
        for part in parts:
            with blaming(part.place):
                os.replace(part.beside, part.place)
            done += 1
        for path in sorted({part.folder for part in parts}):
            with blaming(path):
                settle(path)
    except Problems as wrong:
        written = f"{done} of {len(parts)} files were written" if done else wrong.done
        raise Problems(wrong.problems, written) from None


def drop(paths: Iterable[str]) -> None:
    """Delete the files at *paths*, as far as the system lets go of them."""
    for path in paths:
        with suppress(OSError):
            os.unlink(path)


def settle(path: Path | str) -> None:
    """Put the entries of the folder *path* to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNABLE:
            raise
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path, who: str, patience: float = PATIENCE) -> Iterator[None]:
    """Let *who* alone write in the folder *path* meanwhile; the lock falls open if its holder ends in a crash.

    Raises Problems that say who else does, after waiting *patience* seconds for that to end.
    """
    file = reach.unlinked(path, LOCK)
    with blaming(path):
        handle = lock.take(file, patience)
    if handle is None:
        message = f"is being written by {holder(file)}; nothing was done here, run this again once that has ended"
        raise stop(message, Mark(str(path)))
    try:
        with blaming(file):
            file.write_text(f"{who}, process {os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        try:
            with suppress(OSError):  # while it is held: who waits for it then makes a new one
                os.unlink(file)
        finally:
            lock.release(handle)


def holder(file: Path) -> str:
    """Return who holds the lock *file* and since when, as far as that can be read."""
    with suppress(OSError):
        since = datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone()
        who = file.read_text(encoding="utf-8").strip()
        return f"{who or 'another command'}, since {since:%Y-%m-%d %H:%M:%S}"
    return "another command"
