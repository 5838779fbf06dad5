"""Where in the owner's files a character stands that no document can show."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from docgen import reach, source
from docgen.problem import Mark, Problem, Problems
from docgen.shelf import Shelf
from docgen.source import Map, Node, Source, Text

RECORDS = ("clients.yaml", "register.csv")
TEXTS = ("contracts", "letters", "languages", "jurisdictions")
SUFFIXES = {".yaml", ".csv", ".md"}
MOST = 5  # places named
COMMENT = re.compile("<!--.*?-->", re.DOTALL)


def traced(shelf: Shelf, problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems*, those about a character at the places in the workspace where it stands, once for all."""
    found: list[Problem] = []
    of_character: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.character:
            of_character.setdefault(problem.character, []).append(problem)
        else:
            found.append(problem)
    placed: list[Problem] = []
    for character, same in of_character.items():
        places = list(islice(_places(shelf, character), MOST))
        if places:
            placed.append(_placed(places, same))
        else:
            found += same
    return [*found, *_by_line(placed)]


def _by_line(placed: list[Problem]) -> Iterator[Problem]:
    """Yield the first of the problems on each line, with how many characters more are wrong on it."""
    for _, group in groupby(sorted(placed), key=lambda problem: (problem.mark.file, problem.mark.line)):
        first, *rest = group
        count = f"are {len(rest)} more characters" if len(rest) > 1 else "is one more character"
        more = f"; so {count} on this line" if rest else ""
        yield replace(first, message=first.message + more)


def _placed(places: list[tuple[Mark, str]], same: list[Problem]) -> Problem:
    """Return the first of *same*, problems with one character, at the first of *places*, and the others named in it."""
    (mark, field), *others = places
    documents = sorted({problem.mark.file for problem in same})
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    also = f"; it also stands at {', '.join(str(place) for place, _ in others)}" if others else ""
    where = f"`{field}`: " if field else ""
    return replace(same[0], mark=mark, message=f"{where}{same[0].message} (in {documents[0]}{more}){also}")


def _places(shelf: Shelf, character: str) -> Iterator[tuple[Mark, str]]:
    """Yield where *character* stands in the files of the workspace, and in which field, records first."""
    for path in _files(shelf):
        name = path.relative_to(shelf.home).as_posix()
        with suppress(Problems, OSError):  # a file that cannot be read is none that a document was made from
            data = reach.read(shelf.home, name) or b""
            if name.endswith(".yaml"):
                found = source.read(data, name)
                yield from _values(found, found.root, character, "")
            else:
                yield from _lines(name, source.decode(data, name), character)


def _files(shelf: Shelf) -> Iterator[Path]:
    """Yield the owner's files that words are taken from."""
    texts = (path for folder in TEXTS for path in sorted((shelf.home / folder).rglob("*")))
    yield from (path for path in (*(shelf.home / name for name in RECORDS), *texts) if path.suffix in SUFFIXES)


def _values(found: Source, node: Node, character: str, field: str) -> Iterator[tuple[Mark, str]]:
    """Yield where *character* stands in *node*, which is the *field* of that name."""
    if isinstance(node, Text):
        if character in node:
            yield _within(found, node, character), field
    elif isinstance(node, Map):
        for key, value in node.placed():
            yield from _values(found, key, character, str(key))
            yield from _values(found, value, character, str(key))
    else:
        for item in node:
            yield from _values(found, item, character, field)


def _within(found: Source, text: Text, character: str) -> Mark:
    """Return the place of *character* in *text*, that of the text itself where the file writes it another way."""
    for line in range(text.line, len(found.lines) + 1):
        column = found.lines[line - 1].find(character, text.column - 1 if line == text.line else 0)
        if column >= 0:
            return found.at(line, column + 1)
    return found.mark(text)


def _lines(name: str, text: str, character: str) -> Iterator[tuple[Mark, str]]:
    """Yield where *character* stands in a register, and in which column, or in a text outside of its comments."""
    lines = text.splitlines()
    bare = COMMENT.sub(lambda note: re.sub(r"\S", " ", note[0]), text) if name.endswith(".md") else text
    for number, line in enumerate(bare.splitlines(), 1):
        if character in line:
            before = line.index(character)
            field = _column(lines[0], line[:before]) if name.endswith(".csv") else ""
            yield Mark(name, number, before + 1, lines[number - 1]), field


def _column(head: str, before: str) -> str:
    """Return the column of a register with the line *head* in which what comes after *before* stands."""
    names, cells = (next(csv.reader([line], delimiter=";" if ";" in head else ",")) for line in (head, before))
    return names[len(cells) - 1] if len(cells) <= len(names) else ""
