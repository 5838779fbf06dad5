"""Where documents go: the only place that writes files."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from docgen.problem import Mark, Problem, Problems, stop
from docgen.shelf import EXAMPLE

REGISTER = "register.csv"
WORKSPACE = ("clients.yaml", REGISTER, "contracts", "letters")
LOCK = ".register.lock"
PATIENCE = 10.0  # seconds for which a command waits until another is done with the register
CHUNK = 1 << 16
WRITABLE, READ_ONLY = 0o644, 0o444


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its path below the folder of what is made, and its content."""

    path: str
    content: bytes


def publish(out: Path, made: list[Made]) -> list[Path]:
    """Write what is new or changed into *out*; return the paths written.

    A file appears under its name whole or not at all: it is written beside it first and then renamed. One that is
    the same already is left alone. Raises Problems if a file cannot be written.
    """
    return [out / one.path for one in made if put(out / one.path, one.content)]


@dataclass(frozen=True, slots=True)
class Stage:
    """Files on their way into *out*: kept in *folder*, however large, until all of them are made."""

    out: Path
    folder: Path
    paths: list[str] = field(default_factory=list)

    def add(self, path: str, content: bytes) -> None:
        """Keep *content* for the file called *path* below the folder of what is made."""
        self.stream(path, [content])

    def stream(self, path: str, chunks: Iterable[bytes]) -> None:
        """Keep *chunks* for the file called *path*, one after the other; raises Problems if there is no room."""
        try:
            with (self.folder / str(len(self.paths))).open("xb") as file:
                self.paths.append(path)
                file.writelines(chunks)
        except OSError as error:
            raise stop(f"cannot be written: {error.strerror}", Mark(path)) from None

    def publish(self) -> list[Path]:
        """Write what is new or changed, each file whole or not at all; return the paths written."""
        return [self.out / path for number, path in enumerate(self.paths) if self._moved(self.out / path, number)]

    def _moved(self, path: Path, number: int) -> bool:
        """Write the file *number* to *path* if it is not there already; return whether it was written."""
        kept = self.folder / str(number)
        try:
            if path.is_file() and not path.is_symlink() and filecmp.cmp(kept, path, shallow=False):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            with kept.open("rb") as file:
                replace(path, iter(lambda: file.read(CHUNK), b""), WRITABLE)
        except OSError as error:
            raise stop(f"cannot be written: {error.strerror}", Mark(str(path))) from None
        return True


@contextmanager
def stage(out: Path) -> Iterator[Stage]:
    """Give room for files that are too large to hold, on their way into *out*; what is not published is forgotten."""
    with TemporaryDirectory(prefix="docgen-") as folder:
        yield Stage(out, Path(folder))


def put(path: Path, content: bytes, mode: int = WRITABLE) -> bool:
    """Write *content* to *path* if it is not there already; return whether it was written."""
    try:
        if holds(path, content):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, [content], mode)
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror}", Mark(str(path))) from None
    return True


def holds(path: Path, content: bytes) -> bool:
    """Return whether the file at *path* is there and has this very *content*."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def replace(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Write *chunks* beside *path* and rename them there, each step put to disk before the next."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    try:
        beside.chmod(mode)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Put the entries of *folder* to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(home: Path, who: str, patience: float = PATIENCE) -> Iterator[None]:
    """Let *who* alone write the register in *home* meanwhile, also if it ends in a crash.

    Raises Problems that say who else does, after waiting *patience* seconds for that to end.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - most commands write no register, and it takes a while

    path = home / LOCK
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(timeout=patience)
        path.write_text(f"{who}, process {os.getpid()}\n", encoding="utf-8")
    except Timeout:
        message = f"is being written by {holder(path)}; nothing was done here, run this again once that has ended"
        raise stop(message, Mark(REGISTER)) from None
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror}", Mark(str(path))) from None
    try:
        yield
    finally:
        lock.release()


def holder(path: Path) -> str:
    """Return who holds the lock at *path*, as far as that can be read."""
    with suppress(OSError):
        return path.read_text(encoding="utf-8").strip() or "another command"
    return "another command"


def clashes(home: Path, kept: Sequence[Made]) -> Iterator[Problem]:
    """Yield each file of *kept* in whose place another is kept in *home* already."""
    for one in kept:
        path = home / one.path
        if os.path.lexists(path) and not holds(path, one.content):
            message = "another file is kept here already; if it is not the one that was posted, move it away"
            yield Problem(Mark(one.path), message)


def record(home: Path, head: str, lines: str, kept: Sequence[Made] = ()) -> None:
    """Keep the files *kept* in *home*, then add *lines* to its register, which begins with *head* if it is new.

    The files come first: one without a line does no harm. Raises Problems, all as it was, if that cannot be done.
    """
    new = [home / one.path for one in kept if not (home / one.path).exists()]
    try:
        for one in kept:
            put(home / one.path, one.content, READ_ONLY)
        append(home / REGISTER, head, lines)
    except Problems:
        for path in new:
            discard(path, home)
        raise


def discard(path: Path, home: Path) -> None:
    """Delete the file at *path*, and the folders between it and *home* that have nothing else in them."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        for folder in path.relative_to(home).parents[:-1]:
            (home / folder).rmdir()


def append(path: Path, head: str, lines: str) -> None:
    """Add *lines* to the file at *path*, which is made with *head* if there is none; what was there is left alone."""
    if not path.exists():
        put(path, f"{head}{lines}".encode())
        return
    try:
        extend(path, lines.encode())
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror}", Mark(REGISTER)) from None


def extend(path: Path, content: bytes) -> None:
    """Add *content* at the end of the file at *path*, on a line of its own, and put it to disk, whole or not at all."""
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        rest = content if file.read(1) in (b"\n", b"\r", b"") else b"\n" + content
        try:
            while rest:  # a second time only where the disk is full, and then to learn so
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def init(folder: Path) -> list[Path]:
    """Write the example workspace into *folder*; raises Problems, nothing written, if any of it is there already."""
    there = [name for name in WORKSPACE if (folder / name).exists()]
    if there:
        message = "is there already; `docgen init` writes into a folder that has none of a workspace's files"
        raise Problems(Problem(Mark(str(folder / name)), message) for name in there)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in WORKSPACE:
            copy = shutil.copytree if (EXAMPLE / name).is_dir() else shutil.copyfile
            copy(EXAMPLE / name, folder / name)
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror}", Mark(str(error.filename or folder))) from None
    return [folder / name for name in WORKSPACE]
