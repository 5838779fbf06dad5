"""Write docgen/source/ready.txt: what the YAML files say that come with docgen, so that no command has to parse them.

Run it with `make sources`; the result is kept in the repository, and a test holds it against them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen.press import HOUSES
from docgen.ready import digest, lines
from docgen.shelf import EXAMPLE, PACKAGE
from docgen.source import Lines, Source, builder, ready


def made() -> bytes:
    """Return what each of the files says, by its hash."""
    return lines({digest(file.read_bytes()): read(file) for file in files()})


def files() -> list[Path]:
    """Return the data files of the package, and those of the example that are no owner's facts."""
    return sorted([*PACKAGE.rglob("*.yaml"), *(file for house in HOUSES for file in (EXAMPLE / house).rglob("*.yaml"))])


def read(file: Path) -> Any:  # noqa: ANN401 - what JSON can say
    """Return what *file* says, as it is kept."""
    data = file.read_bytes()
    source = Source(file.name, Lines(data))
    root = builder.built(source, data)
    if root is None or source.problems:
        raise ValueError(f"{file} is not whole: {source.problems}")
    return ready.said(root)


if __name__ == "__main__":
    ready.FILE.write_bytes(made())
