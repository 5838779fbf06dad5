"""A command about one client of many reads that client alone, and says and makes what it would have read in full."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import papers
import pytest
from click.testing import CliRunner, Result

from docgen import docket, index
from docgen.cli import anew, main, workspace
from docgen.cli.workspace import Place, Subject
from docgen.problem import Problems
from docgen.records import intake
from docgen.records.book import Book
from docgen.records.files import Files
from docgen.shelf import Shelf

TODAY = ("--today", "2026-11-23")
TIMES = 10  # how often the clients of the example stand in the file
EXAMPLE = Path(__file__).parent.parent
NUMBER = re.compile(r"\b(R?20\d\d-\d{3})\b")
FACTS = (EXAMPLE / "clients.yaml").read_text(encoding="utf-8")
HEAD, CLIENTS = FACTS.split("clients:\n")


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), *TODAY, *words], catch_exceptions=False)


def times(text: str, key: str) -> str:
    """Return *text* so many times, with other names for what the pattern *key* finds and for invoices each time."""
    copies = [re.sub(key, rf"\g<0>-{n}", NUMBER.sub(rf"\1-{n}", text), flags=re.MULTILINE) for n in range(1, TIMES)]
    return "".join([text, *copies])


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a workspace with the clients of the example many times over."""
    home = tmp_path / "many"
    home.mkdir()
    (home / "clients.yaml").write_text(f"{HEAD}clients:\n{times(CLIENTS, r'^  [a-z]+')}", encoding="utf-8")
    head, lines = (EXAMPLE / "register.csv").read_text(encoding="utf-8").split("\n", 1)
    (home / "register.csv").write_text(f"{head}\n{times(lines, r'^[0-9-]+,[a-z]+')}", encoding="utf-8")
    return home


def opened(home: Path, *names: str, out: Path | None = None, day: date = papers.TODAY) -> Book:
    """Return what is read in *home* for a command about these *names*."""
    return Place(home, day, day, Subject(names=names, out=out)).read().book


def whole(book: Book) -> list[Any]:
    """Return all of *book*, the places in the files too, each with the text of its line."""
    parts: list[Any] = pickle.loads(pickle.dumps([book.business, *book.clients, *book.posted]))  # noqa: S301 - ours
    return list(map(dataclasses.asdict, parts))


def test_what_is_read_of_a_client_is_what_the_whole_file_says_of_it(many: Path) -> None:
    """Every value and every place, of each client of the example alone, of two, and by an invoice's number."""
    full = opened(many)
    run(many, "invoice", "vidal")
    for client in full.clients[:17]:
        book = opened(many, client.id)
        assert [one.id for one in book.clients] == [client.id]
        assert whole(book) == whole(full.about([client.id]))
    assert whole(opened(many, "vidal-3", "2026-042")) == whole(full.about(["vidal-3", "sorrel"]))
    assert whole(opened(many)) == whole(full)


def test_what_was_read_is_known_in_another_folder_too(many: Path, tmp_path: Path) -> None:
    """Of the workspace's own, and of that which a command was told."""
    other, third = tmp_path / "other", tmp_path / "third"
    run(many, "invoice", "vidal", "--out", str(other))
    assert len(opened(many, "vidal").clients) > 1
    assert len(opened(many, "vidal", out=other).clients) == 1
    run(many, "invoice", "vidal")
    assert len(opened(many, "vidal", out=third).clients) == 1
    run(many, "invoice", "vidal", "--out", str(third))
    assert not (third / index.FILE).exists()


COMMANDS = [
    ("invoice", "2026-036-2", "vidal"), ("invoice", "vidal", "2026-36"), ("contract", "hekla/yearbook"),
    ("contract", "hekla/none"), ("contract", "2026-042"), ("statement", "vidal"), ("letters", "harrow", "hekla-2"),
    ("letters", "harrow", "nobody"), ("plan", "harrow"), ("plan", "2026-042"), ("print", "hekla"), ("evidence", "vida"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_says_and_makes_the_same_with_and_without_an_index(many: Path, words: tuple[str, ...]) -> None:
    """What it prints, what it calls wrong, and each file."""
    fresh = run(many, *words)
    before = made(many)
    shutil.rmtree(many / "out", ignore_errors=True)
    run(many, "invoice", "brisa")
    shutil.rmtree(many / "out/brisa")
    (many / "out/.docgen.made").unlink()
    again = run(many, *words)
    assert (again.exit_code, again.stdout, again.stderr) == (fresh.exit_code, fresh.stdout, fresh.stderr)
    assert made(many) == before


def made(home: Path) -> dict[str, bytes]:
    """Return the files in the output, the index left out."""
    files = [path for path in sorted((home / "out").rglob("*")) if path.is_file() and path.name != index.FILE]
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what writes *new* for *old* in the file called *name*, which is the example's if there is none."""

    def change(home: Path) -> None:
        if "/" in name and not (home / name.split("/", maxsplit=1)[0]).exists():
            folder = name.split("/", maxsplit=1)[0]
            shutil.copytree(EXAMPLE / ("docgen" if folder == "jurisdictions" else "") / folder, home / folder)
        text = (home / name).read_text(encoding="utf-8")
        assert old in text
        (home / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


CHANGES = [
    replaced("clients.yaml", "name: Harrow", "nme: Harrow"),
    replaced("clients.yaml", "  vidal:", "  vidal-x:"),
    replaced("clients.yaml", "2026-036-7", "2026-036"),
    replaced("clients.yaml", "payment_days", "payment_dayz"),
    replaced("clients.yaml", "  name: Ada", "  name: Ida"),
    replaced("clients.yaml", "deliverables", "\tdeliverables"),
    replaced("register.csv", "\n", "\n2026-10-01,nobody,x,2026-001,first-notice,mail,,,,\n"),
    replaced("register.csv", "\n", "\n2026-10-28,vidal,labels,2026-036,payment,,,,100.00,\n"),
    replaced("jurisdictions/es.yaml", "name:", "nam:"),
    replaced("letters/schedule.yaml", "overdue: 14", "overdue: x"),
    lambda home: (home / "register.csv").unlink(),
    lambda home: (home / "languages").mkdir(),
    lambda home: (home / "letters").mkdir(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_read(many: Path, change: Callable[[Path], None]) -> None:
    """A value or a mistake, in the client or in another, in the register, a law, the ladders."""
    run(many, "invoice", "vidal")
    change(many)
    warm = run(many, "invoice", "vidal", "--format", "text")
    text = made(many)
    shutil.rmtree(many / "out")
    cold = run(many, "invoice", "vidal", "--format", "text")
    assert (warm.exit_code, warm.stderr) == (cold.exit_code, cold.stderr)
    assert {name: text[name] for name in made(many) if name.endswith(".text")} == {
        name: data for name, data in made(many).items() if name.endswith(".text")
    }


def test_on_an_earlier_day_all_is_read_for_facts_that_come_later(many: Path) -> None:
    """On the day of the last fact the index holds, on the day before it does not."""
    run(many, "invoice", "vidal")
    last = date.fromisoformat(json.loads((many / "out" / index.FILE).read_bytes().split(b"\n")[1])["last"])
    assert len(opened(many, "vidal", day=last).clients) == 1
    with pytest.raises(Problems, match="a fact is noted once it is one"):
        opened(many, "vidal", day=last.replace(day=last.day - 1))


def nonsense(content: bytes) -> list[bytes]:
    """Return files that an index is not, most of them like *content*."""
    sealed, head, rest = content.split(b"\n", 2)
    said = json.loads(head)
    moved = {name: [start + 1, end + 1] for name, (start, end) in said["places"].items()}
    changed = [
        said | {"places": said["places"] | {"vidal": said["places"]["hekla"]}},
        said | {"places": moved},
        said | {"places": {}},
        said | {"invoices": said["invoices"] | {"2026-036": "hekla"}},
        said | {"last": "1900-01-01"},
        [said],
    ]
    heads = [json.dumps(each).encode() for each in changed]
    others = [rest[:-1], rest[1:], rest.replace(b"Harrow", b"Narrow"), b""]
    return [
        *(b"\n".join([sealed, each, rest]) for each in heads),
        *(b"\n".join([sealed, head, each]) for each in others),
        *(b"", b"{}", b"\0", sealed, sealed[:-1] + b"\n" + head + b"\n" + rest, content[:-9]),
    ]


def test_an_index_that_makes_no_sense_is_none(many: Path) -> None:
    """Whatever it says, all is read, and written anew."""
    run(many, "invoice", "vidal")
    file = many / "out" / index.FILE
    content = file.read_bytes()
    for other in nonsense(content):
        file.write_bytes(other)
        assert Place(many, date.max, date.max).kept(key(many)) is None
    assert len(opened(many, "vidal").clients) > TIMES
    run(many, "invoice", "vidal")
    assert file.read_bytes() == content


def key(home: Path) -> str:
    """Return the key of all that is read in *home*."""
    return index.key(Files(home), docket.inputs(Shelf(home)))


class Calls:
    """What has a command run where it is read without care."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what writes a file."""
        return Path.touch, (Path("called"),)


@pytest.mark.parametrize(
    "value", [Calls(), (Calls(), ()), os.getcwd, {"a": 1}, 7, "a", (), (1, 2, 3), Decimal, [b"\0"]]
)
def test_nothing_but_values_of_a_book_are_taken_from_an_index(
    many: Path, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    """Whoever may write to that folder, and knows the key, has nothing run by it; all is read."""
    monkeypatch.chdir(many)
    (many / "out").mkdir()
    data = pickle.dumps(value)
    said = {"places": {"": (0, len(data)), "vidal": (0, len(data))}, "invoices": {}, "last": "2026-01-01"}
    body = json.dumps(said).encode() + b"\n" + data
    (many / "out" / index.FILE).write_bytes(index.seal([body], key(many)) + b"\n" + body)
    found = index.read(many / "out", key(many))
    assert found
    assert found.book(["vidal"]) is None
    assert len(opened(many, "vidal").clients) > TIMES
    assert not (many / "called").exists()


def test_all_that_is_read_comes_from_an_index(example: Path) -> None:
    """Of few clients too, and then the files are the same as before; `check` reads what lies there all the same."""
    run(example, "letters")
    before, full = made(example), opened(example)
    content = (example / "out" / index.FILE).read_bytes()
    shutil.rmtree(example / "out")
    (example / "out").mkdir()
    (example / "out" / index.FILE).write_bytes(content)
    kept = Place(example, date.max, date.max).kept(key(example))
    found = kept.book(kept.clients) if kept else None
    assert found
    assert whole(found) == whole(full)
    run(example, "letters")
    assert made(example) == before
    assert Place(example, papers.TODAY, papers.TODAY, anew=True).read().key


ODD = [
    lambda text: text.replace("    name: Harrow", '    name: "Har\n row"\n    #name: Harrow', 1),
    lambda text: text.replace("    address: |\n", "    address: |+\n", 3),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff---\n" + text + "\n...\n",
    lambda text: text.replace("  vidal:", "  'vidal':", 1),
    lambda text: text.replace("  vidal:", "  ? vidal\n  :", 1),
    lambda text: text.replace("\n", "\r"),
]


@pytest.mark.parametrize("write", ODD)
def test_however_the_file_is_written_a_client_is_read_the_same(many: Path, write: Callable[[str], str]) -> None:
    """Texts over several lines, other line ends, marks of the beginning and the end."""
    file = many / "clients.yaml"
    file.write_bytes(write(file.read_text(encoding="utf-8")).encode())
    full = opened(many)
    assert run(many, "invoice", "brisa-2").exit_code == 0
    for client in (full.clients[0], full.clients[-1], *(full.known[name] for name in ("vidal", "harrow", "hekla"))):
        book = opened(many, client.id)
        assert len(book.clients) == 1
        assert whole(book) == whole(full.about([client.id]))


@pytest.mark.parametrize("order", ["clients business terms", "business clients terms", "terms clients business"])
def test_what_stands_behind_the_clients_goes_for_each(many: Path, order: str) -> None:
    """The business, and the terms of the house."""
    file = many / "clients.yaml"
    before = opened(many)
    head, clients = file.read_text(encoding="utf-8").split("clients:\n")
    business, terms = re.split("^terms:", head, flags=re.MULTILINE)
    parts = {"business": business, "terms": f"terms:{terms}", "clients": f"clients:\n{clients}\n"}
    file.write_text("".join(parts[name] for name in order.split()), encoding="utf-8")
    assert opened(many) == before
    assert run(many, "invoice", "brisa").exit_code == 0
    assert whole(opened(many, "tern")) == whole(opened(many).about(["tern"]))
    assert len(opened(many, "thorne-2").clients) == 1


MISTAKES = [
    [("    name: Harrow", "    nme: Harrow")],
    [("    name: Cobalt", "    nme: Cobalt"), ("    name: Harrow", "    nme: Harrow")],
    [("  address:", "  addres:"), ("    name: Harrow", "    nme: Harrow")],
    [("    name: Harrow", "    name: Harrow\n    name: Twice"), ("fee:", "fees:")],
    [("payment_days", "payment_dayz"), ("clients:", "more: x\nclients:")],
    [("    name: Harrow", "    name: &x Harrow"), ("    name: Thorne", "   name: Thorne")],
]


@pytest.mark.parametrize("mistakes", MISTAKES)
def test_every_mistake_is_named_wherever_the_first_stands(many: Path, mistakes: list[tuple[str, str]]) -> None:
    """As if no client had been read before the whole file was."""
    file = many / "clients.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in mistakes:
        assert old in text
        text = text.replace(old, new, 1)
    head, clients = text.split("clients:\n")
    said = []
    for order in (f"{head}clients:\n{clients}", f"clients:\n{clients}{head}"):
        file.write_text(order, encoding="utf-8")
        wrong = run(many, "plan").stderr
        said.append(
            sorted(re.findall(r"^clients\.yaml:\d+:(\d+: .*)$", re.sub(r"on line \d+", "", wrong), re.MULTILINE))
        )
    assert said[0] == said[1]
    assert len(said[0]) >= 1


@pytest.mark.parametrize("words", [["plan"], ["plan", "--json"]])
@pytest.mark.parametrize(
    "changes", [[], [("    law: is\n", "    law: xx\n")], [("    name: Harrow", "    nme: Harrow")]]
)
def test_a_plan_says_the_same_in_parts(
    many: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], changes: list[tuple[str, str]]
) -> None:
    """Of the file as a whole, of its pieces by several processes and by one, and of what is kept, some at once."""
    file = many / "clients.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    jurisdiction = many / "jurisdictions"
    jurisdiction.mkdir()
    (jurisdiction / "xx.yaml").write_text("name: no law\n", encoding="utf-8")
    told = [said(many, words)]
    if not changes:
        monkeypatch.setattr(intake, "read", None)  # nobody has to read it as a whole
    for jobs in (1, 2):
        monkeypatch.setattr(anew, "PIECE", 2_000)
        monkeypatch.setattr(workspace, "cores", lambda jobs=jobs: jobs)
        told.append(said(many, words))
    run(many, "invoice", "brisa")
    monkeypatch.setattr(workspace, "MANY", 3)
    told.append(said(many, words))
    assert told == told[:1] * len(told)
    assert (told[0][0] == 0) == (not changes)


def said(home: Path, words: list[str]) -> tuple[int, str, str]:
    """Return what a command ends with and says."""
    ran = run(home, *words)
    return ran.exit_code, ran.stdout, ran.stderr
