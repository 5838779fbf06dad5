"""Where documents go: the only place that writes files."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from docgen.problem import Mark, Problem, Problems, stop
from docgen.shelf import EXAMPLE

WORKSPACE = ("clients.yaml", "register.csv", "contracts", "letters")


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


def put(path: Path, content: bytes) -> bool:
    """Write *content* to *path* if it is not there already; return whether it was written."""
    try:
        if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, content)
    except OSError as error:
        raise stop(f"cannot be written: {error.strerror}", Mark(str(path))) from None
    return True


def replace(path: Path, content: bytes) -> None:
    """Write *content* beside *path* and rename it there, each step put to disk before the next."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    try:
        beside.chmod(0o644)
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
