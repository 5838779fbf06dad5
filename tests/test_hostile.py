"""Whatever is typed is printed as it is or refused with its place; whatever lies in a workspace stays in bounds."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import words_docx
import words_pdf
from click.testing import CliRunner, Result

from docgen import gate, look, source
from docgen.cli import main, workspace
from docgen.cli import papers as commands
from docgen.plan import State
from docgen.press import Press
from docgen.problem import Problems
from docgen.source import builder

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)
TEMPLATE = (HERE / "hostile.yaml").read_text(encoding="utf-8")
FIELDS = re.findall("@([a-z_.]+)@", TEMPLATE)
READ = {"text": lambda data: data.decode().split(), "docx": words_docx.words, "pdf": words_pdf.words}
ZONES = Path("/usr/share/zoneinfo")  # babel asks for the zone of the clock
NAUGHTY = json.loads((HERE / "blns.json").read_text(encoding="utf-8"))

HOSTILE = [
    "<select> &lt; &#95; ]]> <![CDATA[x]]> <!-- x -->",
    "{{7*7}} {% if x %} {# c #} {_{ _{_ {%p x %}",
    "# {page} {pages} {client.name} {project.fee}",
    "> **b** *i* \\* `x` | a | %s ${HOME} ../../etc/passwd",
    "- E\u0301cole x\u0301 \u03bb \u0416 \u2126 \u00bd =1+1 @SUM 'q' \"q\" a\u00a0b",
]


def quoted(text: str) -> str:
    """Return *text* as YAML has it between double quotes, what cannot stand in a file as an escape."""
    signs = {'"': '\\"', "\\": "\\\\"}
    return '"{}"'.format(
        "".join(signs.get(sign, sign if sign.isprintable() else f"\\U{ord(sign):08X}") for sign in text)
    )


def filled(folder: Path, text: str) -> Path:
    """Return *folder* with a workspace in it that has *text* in every field, the field's number behind it."""
    numbers = {name: number for number, name in enumerate(FIELDS)}
    typed = re.sub("@([a-z_.]+)@", lambda blank: quoted(f"{text} Z{numbers[blank[1]]}Q"), TEMPLATE)
    (folder / "clients.yaml").write_text(typed, encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_printed_as_it_is_in_every_field_and_format(text: str, tmp_path: Path) -> None:
    """Signs of XML, Jinja, YAML, our texts and file systems mean nothing; letters are composed (NFC)."""
    work = workspace.open_(filled(tmp_path, text), TODAY)
    table, clients = work.desk(), work.book.clients
    due = [job for job in work.plan(clients) if job.state is State.DUE]
    orders = [*commands.letters_due(table, due), *commands.papers_of(table, clients[0])]
    made = Press(work.shelf, tuple(READ)).make(orders)
    bare = " ".join(unicodedata.normalize("NFC", text).split())
    for form, words in READ.items():
        shown = "\n".join(" ".join(words(one.content)) for one in made if one.path.endswith(f".{form}"))
        missing = [name for number, name in enumerate(FIELDS) if f"{bare} Z{number}Q" not in shown]
        assert not missing, f"{form}: {missing}"


REFUSED = [
    "\0", "\a", "\x1b", "\x7f", "\x85", "\u2028", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufe0f",
    "\ufffd", "\ue000", "\U00100000", "\ufdd0", "\ufffe", "\U0001fffe", "\U000e0041", "\u3164",
]  # fmt: skip


@pytest.mark.parametrize("sign", REFUSED)
def test_what_no_document_shows_is_refused_in_every_field(sign: str, tmp_path: Path) -> None:
    """With the line, the column, the field and the character."""
    with pytest.raises(Problems) as raised:
        workspace.open_(filled(tmp_path, f"a{sign}b"), TODAY)
    problems = raised.value.problems
    assert len(problems) == len(FIELDS)
    assert all(problem.mark.line and problem.mark.column for problem in problems)
    assert all(re.match(rf"`\w+`: U\+{ord(sign):04X} ", problem.message) for problem in problems)


@pytest.mark.parametrize(
    "raw",
    [b"a\0b", b"a\x1bb", b"a\x7fb", "a\x85b".encode(), "a\u2028b".encode(), b"a\xed\xa0\x80b", "a\ufeffb".encode()],
)
def test_what_a_file_can_hardly_hold_is_named_too(raw: bytes) -> None:
    """Where the parser would stop, or take it for the end of a line, the field and the column are said all the same."""
    (problem,) = source.read(b"one: x\ntwo: [y, " + raw + b"]\n", "clients.yaml").problems
    assert (problem.mark.line, problem.mark.column) == (2, 11)
    assert problem.message.startswith("`two`: U+")


def test_what_is_looked_for_only_in_unusual_texts_is_in_no_usual_one() -> None:
    """Letters that pass the gate without a look are none it refuses, and the parser stops at nothing printable."""
    assert not gate.pattern().search("".join(sorted(gate.USUAL)))
    assert not any(map(str.isprintable, re.findall(builder.UNREADABLE, "".join(map(chr, range(1 << 16))))))


@pytest.mark.parametrize("chunk", range(0, len(NAUGHTY), 100))
def test_naughty_strings_pass_the_gate_as_they_are_or_are_named(chunk: int) -> None:
    """The big list of naughty strings: no exception, nothing changed but to NFC."""
    for text in NAUGHTY[chunk : chunk + 100]:
        found = source.read(f"before: x\nfield: {quoted(text)}\nafter: y\n".encode(), "clients.yaml")
        if found.problems:
            assert "`field`: U+" in found.problems[0].message
        else:
            assert found.root == {"before": "x", "field": unicodedata.normalize("NFC", text), "after": "y"}


def test_a_character_without_a_glyph_is_refused_in_word_too(tmp_path: Path) -> None:
    """No format has a box for a character: a font that Word may find elsewhere is no promise."""
    home = filled(tmp_path, "\u6f22")
    ran = run(home, "letters", "--format", "docx")
    assert ran.exit_code == 1
    assert re.search(r"clients\.yaml:2:10: `name`: U\+6F22 \(CJK", ran.stderr)
    assert not (home / "out").exists()


def run(home: Path, *words: str) -> Result:
    """Return what comes of a command on *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", str(TODAY), *words])


ORDERS = ["\x1b[31mred", "\x1b]0;title\x07", "a\rb", "\x9b31m", "\u202eabc", "\u200bx"]


@pytest.mark.parametrize("orders", ORDERS)
@pytest.mark.parametrize(
    "words",
    [["plan", "@"], ["posted", "@"], ["posted", "--from", "@"], ["letters", "vidal", "--out", "@"],
     ["interest", "1", "--late-fee", "@"], ["@"], ["plan", "--@"], ["init", "@/@"]],
)  # fmt: skip
def test_no_word_that_was_typed_is_an_order_to_the_terminal(
    words: list[str], orders: str, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of files, clients and options are shown with the numbers of what is not seen."""
    monkeypatch.chdir(example)
    ran = CliRunner().invoke(main, ["--home", str(example), *(word.replace("@", orders) for word in words)], color=True)
    said = ran.stdout + ran.stderr
    assert isinstance(ran.exception, SystemExit | None)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", said)
    assert re.search(r"\\(x[0-9a-f]{2}|u20|r)", said)


def test_a_name_on_two_lines_is_on_one_where_a_mistake_is_told(example: Path) -> None:
    """Nothing that was typed looks like a mistake of its own."""
    ran = run(example, "posted", "a\nclients.yaml:1:1: gone")
    assert ran.stderr.startswith(r"a\x0aclients.yaml:1:1: gone: its client is missing")


@pytest.mark.parametrize("word", ["a\0b", "\ud800"])
def test_a_word_that_no_system_gives_is_wrong_usage(word: str, example: Path) -> None:
    """A path with it could not be asked for."""
    for words in (["plan", word], ["posted", "--from", word], ["--home", word, "plan"], ["init", word]):
        ran = run(example, *words)
        assert (ran.exit_code, "cannot be an argument" in ran.stderr) == (2, True)


# In bounds

BOMBS = {
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(9999)),
    "lists": "a: " + "[" * (2 << 20),
    "mappings": "{a: " * (1 << 19),
    "value": "business: {name: " + "x" * (2 << 20) + "}",
    "spaces": 'business: {name: "' + " " * (2 << 20) + '"}',
    "keys": "".join(f"k{n}: v\n" for n in range(200_000)),
    "twins": "k: v\n" * 400_000,
    "signs": "k: [" + "\a," * (1 << 20) + "]",
    "marks": 'k: "' + "\u05b0\u05b1\u05c1" * 300_000 + '"',
    "items": "business: {}\nclients: {a: {contacts: [" + "x," * (1 << 19) + "]}}",
    "nothing": "\0" * (2 << 20),
}


@pytest.mark.parametrize("name", BOMBS)
def test_two_mebibytes_of_anything_are_answered_soon(name: str, tmp_path: Path) -> None:
    """With a mistake that can be read, and never with all of them."""
    (tmp_path / "clients.yaml").write_text(BOMBS[name], encoding="utf-8")
    start = time.monotonic()
    ran = run(tmp_path, "check")
    assert time.monotonic() - start < 10
    assert isinstance(ran.exception, SystemExit)
    assert ran.stderr.startswith("clients.yaml:")
    assert len(ran.stderr) < 300_000


def test_a_register_of_mistakes_and_a_text_of_braces_are_answered_soon(example: Path) -> None:
    """What is wrong on a hundred thousand lines is said of the first five hundred."""
    with (example / "register.csv").open("a", encoding="utf-8") as file:
        file.write("x\n" * 200_000)
    assert len(run(example, "plan").stderr) < 100_000
    shutil.copyfile(HERE.parent / "register.csv", example / "register.csv")
    (example / "letters" / "es" / "first-notice.md").write_text("# t\n\n" + "{" * 120_000, encoding="utf-8")
    ran = run(example, "letters", "vidal")
    assert ran.exit_code == 1
    assert len(ran.stderr) < 100_000


@pytest.mark.parametrize("size", [257 << 10, 70 << 20])
def test_a_text_that_is_too_large_is_refused_with_the_limit(size: int, example: Path) -> None:
    """Before it is read, where it is larger than any file may be."""
    with (example / "letters" / "es" / "first-notice.md").open("r+b") as file:
        file.truncate(size)
    ran = run(example, "letters", "vidal")
    assert ran.exit_code == 1
    assert re.search(r"letters/es/first-notice.md: .*(256 KiB|64 MiB) are the most", ran.stderr)


# Templates are data


def changed(name: str, content: bytes = b"", change: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return the example's house with the part *name* put into it, changed, or without it if there is no content."""
    file = io.BytesIO()
    with zipfile.ZipFile(HERE.parent / "letters" / "house.docx") as house, zipfile.ZipFile(file, "w", 8) as made:
        parts = {part: house.read(part) for part in house.namelist()}
        parts[name] = change(parts[name]) if change else content
        parts = {part: data for part, data in parts.items() if data or part != name}
        for part, data in parts.items():
            made.writestr(part, data)
    return file.getvalue()


def begun(words: str) -> bytes:
    """Return the example's house with a paragraph of *words* before all others."""
    paragraph = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()
    return changed("word/document.xml", change=lambda xml: xml.replace(b"<w:body>", paragraph))


LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://x/relationships/{}" Target="http://x.example/y" TargetMode="External"/></Relationships>'
)
HOUSES: dict[str, Callable[[], bytes]] = {
    "larger than 50 MiB": lambda: changed("word/media/x.bin", bytes(51 << 20)),
    "5.0 MiB unpacked; 4 MiB": lambda: begun("x" * (5 << 20)),
    "more than 150,000 elements": lambda: begun("</w:t><w:t>" * 250_000),
    "not readable as XML": lambda: begun("<w:p>" * 999),
    "document type definition": lambda: changed("word/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    "reaches outside of itself": lambda: changed("word/_rels/x.xml.rels", LINK.format("image").encode()),
    "is attached to the template": lambda: changed("word/_rels/x.xml.rels", LINK.format("attachedTemplate").encode()),
    "a program or an embedded file": lambda: changed("word/vbaProject.bin", b"x"),
    "no name of a part": lambda: changed("../../evil.xml", b"<x/>"),
    "two parts of one name": lambda: changed("WORD/document.xml", b"<x/>"),
    "more than 5,000 characters and tags": lambda: begun("{{" * 1900 + "x" * 9999),
    "does more than fill": lambda: begun("{{ title.__class__.__mro__ }}"),
    "is no Word document": lambda: b"",
    "is no Word document that can": lambda: changed("[Content_Types].xml"),
    "refers to word/fontTable.xml": lambda: changed("word/fontTable.xml"),
    "refers to etc/passwd": lambda: changed(
        "word/_rels/document.xml.rels",
        LINK.replace("http://x.example/y", "/etc/passwd").replace("External", "").encode(),
    ),
}


@pytest.mark.parametrize("said", HOUSES)
def test_a_house_that_could_do_more_than_be_filled_is_refused(said: str) -> None:
    """Bombs, entities, links, programs, paths, and what would run."""
    with pytest.raises(Problems, match=f"letters/house.docx: .*{re.escape(said)}"):
        look.read(HOUSES[said](), "letters/house.docx")


@pytest.mark.parametrize(
    "words",
    ["{{ 'a' * 10 ** 10 }}", "{% for i in range(99999) %}{% endfor %}", "{{ title|center(999999999) }}",
     "{% include 'x' %}", "{% for a in blocks %}" * 5 + "{% endfor %}" * 5],
)  # fmt: skip
def test_a_tag_of_a_house_runs_nothing(words: str) -> None:
    """It fills, chooses, repeats and counts lines to write on."""
    with pytest.raises(Problems, match=r"does more than fill|stand in each other"):
        look.read(begun(words), "letters/house.docx")


@pytest.mark.parametrize("place", range(5000, 30000, 5000))
def test_a_house_with_a_byte_changed_is_refused(place: int) -> None:
    """Its parts do not unpack, or are not what was packed."""
    house = bytearray((HERE.parent / "letters" / "house.docx").read_bytes())
    house[place] ^= 0xFF
    with pytest.raises(Problems, match=r"letters/house\.docx: it is no Word document"):
        look.read(bytes(house), "letters/house.docx")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("[Content_Types].xml", b"wordprocessingml.styles+xml", b"none"),
        ("_rels/.rels", b"relationships/officeDocument", b"relationships/none"),
        ("docProps/core.xml", b"coreProperties", b"none"),
        ("word/document.xml", b'w:w="', b'w:w="99999999'),
        ("word/document.xml", b"<w:pgSz", b"<w:none"),
    ],
)
def test_a_house_that_cannot_be_filled_is_named(part: str, old: bytes, new: bytes, example: Path) -> None:
    """Whatever is wrong with what only Word looks at."""
    (example / "letters" / "house.docx").write_bytes(changed(part, change=lambda xml: xml.replace(old, new)))
    ran = run(example, "letters", "vidal", "--format", "docx")
    assert isinstance(ran.exception, SystemExit)
    assert (ran.exit_code, ran.stderr.startswith("letters/house.docx: ")) == (1, True)


# At home


@pytest.mark.parametrize("link", ["out", "out/montoya", "out/vidal/2026-036-first-notice.pdf"])
def test_no_link_is_followed_when_documents_are_written(link: str, example: Path, tmp_path: Path) -> None:
    """Neither the folder nor one in it nor a file; what it leads to is left alone."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (example / link).parent.mkdir(parents=True, exist_ok=True)
    (example / link).symlink_to(elsewhere)
    ran = run(example, "letters", "vidal", "montoya")
    assert ran.exit_code == 1
    assert "is a link, which is not followed" in ran.stderr
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("name", ["posted", "register.csv", ".docgen.lock"])
def test_no_link_is_followed_when_something_is_recorded(name: str, example: Path, tmp_path: Path) -> None:
    """The register, its lock and what is kept stay in the workspace."""
    assert run(example, "letters", "vidal").exit_code == 0
    elsewhere = tmp_path / "elsewhere"
    if (example / name).exists():
        (example / name).rename(elsewhere)
    (example / name).symlink_to(elsewhere)
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    assert run(example, "posted", "vidal/2026-036-first-notice").exit_code == 1
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("clients.yaml", "plan"),
        ("letters/schedule.yaml", "plan"),
        ("letters/es/first-notice.md", "letters"),
        ("letters/house.docx", "letters"),
    ],
)
def test_no_file_outside_is_read(name: str, command: str, example: Path, tmp_path: Path) -> None:
    """A link that leads out of the workspace is a mistake."""
    (example / name).rename(tmp_path / "secret")
    (example / name).symlink_to(tmp_path / "secret")
    ran = run(example, command, "vidal")
    assert ran.exit_code == 1
    assert f"{name}: leads out of the workspace" in ran.stderr


def test_a_link_within_the_workspace_is_read(example: Path) -> None:
    """It leads to what is the owner's."""
    (example / "clients.yaml").rename(example / "all.yaml")
    (example / "clients.yaml").symlink_to("all.yaml")
    assert run(example, "plan").exit_code == 0


def test_a_workspace_may_be_reached_through_a_link(example: Path, tmp_path: Path) -> None:
    """What is named on the command line is the owner's choice."""
    (tmp_path / "link").symlink_to(example)
    assert run(tmp_path / "link", "letters", "vidal").exit_code == 0


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "nul",
        "Com1",
        "aux.txt",
        "COM\u00b9",
        "a.",
        "a ",
        ".a",
        "a/b",
        "a\\b",
        "..",
        "a:b",
        "x" * 65,
        "\u6f22" * 40,
    ],
)
@pytest.mark.parametrize("key", ["  acme:", "      website:", "          2026-021:"])
def test_a_name_that_some_disk_cannot_hold_is_refused(key: str, name: str, acme: Callable[..., Path]) -> None:
    """Of a client, a project and an invoice: Windows' own names, dots and spaces at the end, too long in bytes."""
    indent = " " * (len(key) - len(key.lstrip()))
    ran = run(acme((key, f"{indent}{quoted(name)}:")), "check")
    assert ran.exit_code == 1
    assert re.match(r"clients\.yaml:\d+:\d+: `\w+`: ", ran.stderr)


def test_nothing_else_is_opened_and_nobody_is_called(example: Path) -> None:
    """Making every letter and paper reads the workspace and the program, and writes to the workspace."""
    code = """
import os, sys
seen, met = set(), []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        seen.add(os.path.realpath(arguments[0]))
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "urllib.")):
        met.append(event)
sys.addaudithook(hook)
from docgen.cli import main
try:
    main()
finally:
    print("\\n".join(sorted(seen)), *met, sep="\\n", file=sys.stderr)
"""
    words = [
        sys.executable,
        "-c",
        code,
        "--home",
        str(example),
        "--today",
        str(TODAY),
        "letters",
        "vidal",
        "hekla",
        "--papers",
        "--format",
        "both",
    ]
    ran = subprocess.run(words, cwd=HERE.parent, capture_output=True, text=True, check=True)
    ours = (example, HERE.parent, Path(sys.prefix), Path(sys.base_prefix) / "lib", Path("/dev"), ZONES)
    homes = tuple(str(path.resolve()) for path in ours)
    assert [line for line in ran.stderr.splitlines() if not line.startswith(homes)] == []
