"""The print pack: letters.pdf, the posting list, and the list as it comes back from the counter."""

from __future__ import annotations

import csv
import io
import subprocess
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import page as validation
import pikepdf  # noqa: TID251 - reads what the PDF writer made
import pypdf
import pytest
import words_pdf
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image

from docgen.cli import main
from docgen.post import listing, service
from docgen.problem import Problems
from docgen.proof import merged
from docgen.write.pdf import batch, bundle

Acme = Callable[..., Path]
TODAY = "2026-11-23"
CERTIFIED = "hekla/2026-028-final-notice"


def run(home: Path, *words: str, today: str = TODAY) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", today, *words], catch_exceptions=False)


def printed(home: Path, *words: str) -> Path:
    """Make the pack; return its folder."""
    ran = run(home, "print", *words)
    assert ran.exit_code == 0, ran.output
    return home / "out/print"


def table(path: Path) -> list[dict[str, str]]:
    """Return the lines of a list as a spreadsheet reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(path: Path, rows: list[dict[str, str]], separator: str = ",") -> None:
    """Write *rows* as a spreadsheet does."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


def register(home: Path) -> bytes:
    """Return the register."""
    return (home / "register.csv").read_bytes()


def test_every_letter_due_begins_on_a_sheet_of_its_own(example: Path) -> None:
    """In posting order, bookmarked, with blank backs, as large as it is and on both sides; call sheets are none."""
    folder = printed(example)
    rows = table(folder / "posting-list.csv")
    made = pypdf.PdfReader(folder / "letters.pdf", strict=True)
    starts = [made.get_destination_page_number(mark) or 0 for mark in made.outline]  # type: ignore[arg-type]
    pages = [int(row["pages"]) for row in rows]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 12)]
    assert starts == [sum(2 * ((one + 1) // 2) for one in pages[:index]) for index in range(len(pages))]
    assert len(made.pages) == 2 * sum(int(row["sheets"]) for row in rows)
    for start, count, row in zip(starts, pages, rows, strict=True):
        alone = pypdf.PdfReader(example / f"out/{row['id']}.pdf")
        own = [made.pages[start + index].extract_text() for index in range(count)]
        assert own == [one.extract_text() for one in alone.pages]
        assert count % 2 == 0 or not made.pages[start + count].extract_text()
    preferences = str(made.root_object["/ViewerPreferences"])
    assert "'/PrintScaling': '/None', '/Duplex': '/DuplexFlipLongEdge'" in preferences
    assert [row["service"] for row in rows] == ["certified"] + ["mail"] * 4 + ["email"] * 6


def test_the_same_letters_give_the_same_pack_and_a_second_run_writes_nothing(example: Path) -> None:
    """The list, the pack and the letters themselves."""
    folder = printed(example)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert "0 of 14 files written" in run(example, "print").stdout
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


@pytest.mark.parametrize(("language", "title"), [("en", "Posting list"), ("es", "Relación de envíos"), ("is", "Skrá")])
def test_the_posting_list_is_in_the_language_of_the_business(example: Path, language: str, title: str) -> None:
    """A document like any other, PDF/A and PDF/UA; what goes by e-mail stands apart."""
    path = example / "clients.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n  language: en ", f"\n  language: {language} ", 1), encoding="utf-8")
    made = (printed(example) / "posting-list.pdf").read_bytes()
    words = " ".join(words_pdf.words(made))
    assert title in words
    assert "105 Reykjavík" in words
    for profile in ("3a", "ua1"):
        assert not validation.validate_pdf_bytes(made, profile=profile).failures


def test_a_business_in_the_united_states_has_the_fields_of_the_firm_mailing_book(acme: Acme) -> None:
    """Sender, numbered lines, article numbers, postage and fee, pieces listed and received, the postmaster."""
    home = acme()
    run(home, "print", today="2026-09-01")
    words = " ".join(words_pdf.words((home / "out/print/posting-list.pdf").read_bytes()))
    fields = ("Sender", "Article number", "Postage", "Fee", "Return receipt fee")
    for field in (*fields, "Pieces listed", "Pieces received", "Postmaster"):
        assert field in words


def test_what_goes_by_e_mail_can_be_left_out_and_nothing_due_makes_nothing(example: Path) -> None:
    """The numbers are those of the list as it is."""
    assert len(table(printed(example, "--by-post") / "posting-list.csv")) == 5
    assert "No letter is due" in run(example, "print", "lark").stdout


def test_a_mistake_in_one_letter_leaves_nothing_half_made(example: Path) -> None:
    """Also where others were made before it."""
    (example / "letters/en/second-notice.md").unlink()
    ran = run(example, "print")
    assert (ran.exit_code, (example / "out").exists()) == (1, False)
    assert "second-notice.md: there is no such text" in ran.stderr


def test_a_burofax_that_correos_would_not_take_is_refused() -> None:
    """More than a hundred pages, or fifteen megabytes."""
    limit = service.limit("es", "certified")
    assert limit is not None
    assert (limit.exceeded(100, 15_000_000), limit.name) == ("", "burofax")
    assert "101 pages" in limit.exceeded(101, 1)
    assert "15,000,001 bytes" in limit.exceeded(1, 15_000_001)


def test_a_filled_in_list_records_the_whole_run_once(example: Path) -> None:
    """Each letter with its number and its very file; a second time there is nothing left to do."""
    path = printed(example) / "posting-list.csv"
    rows = table(path)
    rows[0]["article_number"] = "RR 47312 4829 IS"
    fill(path, rows, ";")
    ran = run(example, "posted", "--from", str(path))
    assert ran.exit_code == 0, ran.output
    assert "11 of 11 letters recorded, 0 were recorded already." in ran.stdout
    lines = register(example).decode().splitlines()
    assert next(line for line in lines if "RR473124829IS" in line).startswith(f"{TODAY},hekla,yearbook,2026-028")
    assert len(list((example / "posted").rglob(f"*/{TODAY}-*.pdf"))) == 11
    before = register(example)
    assert "0 of 11 letters recorded, 11 were recorded already." in run(example, "posted", "--from", str(path)).stdout
    assert register(example) == before
    assert "is recorded already, in register.csv" not in ran.stderr


def wrong(rows: list[dict[str, str]], kind: str) -> list[dict[str, str]]:
    """Return *rows* with a mistake of that *kind*."""
    first, second, *rest = ({**row} for row in rows)
    if kind == "missing":
        return [first, *rest]
    if kind == "doubled":
        return [first, first, second, *rest]
    first |= {
        "another day": {"run": listing.run(11, date(2026, 11, 20))},
        "mistyped": {"article_number": "RR473124892IS"},
        "rounded": {"article_number": "9,4073E+21"},
        "unknown": {"id": "hekla/2026-028-finale"},
        "changed": {"sha256": "0" * 64},
        "service": {"service": "pigeon"},
        "same number": {"article_number": "RR473124829IS"},
    }[kind]
    if kind == "same number":
        second["article_number"] = "RR473124829IS"
    return [first, second, *rest]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("missing", "number 2 is missing; put the line back"),
        ("doubled", f"the letter {CERTIFIED} is there already, in"),
        ("another day", "the line is of another list, 11 pieces of 2026-11-20"),
        ("mistyped", "its check digit, position 11, is 2, and the digits before it give"),
        ("rounded", "a spreadsheet has rounded the article number to 9,4073E+21"),
        ("unknown", "did you mean"),
        ("changed", "has changed since the list was printed"),
        ("service", "`service` is 'pigeon', and would be one of email, mail, certified"),
        ("same number", "the article number RR473124829IS is there already"),
    ],
)
def test_a_list_filled_in_wrongly_records_nothing(example: Path, kind: str, message: str) -> None:
    """Each mistake is named with its line."""
    path = printed(example) / "posting-list.csv"
    fill(path, wrong(table(path), kind))
    before = register(example)
    ran = run(example, "posted", "--from", str(path))
    assert ran.exit_code == 1
    assert message in ran.stderr
    assert (register(example), (example / "posted").exists()) == (before, False)


def test_a_list_of_another_day_is_refused(example: Path) -> None:
    """It can be recorded for its own day."""
    path = printed(example) / "posting-list.csv"
    ran = run(example, "posted", "--from", str(path), today="2026-11-24")
    assert "the list is of 2026-11-23, and what is recorded is of 2026-11-24; say --on 2026-11-23" in ran.stderr
    assert run(example, "posted", "--from", str(path), "--on", TODAY, today="2026-11-24").exit_code == 0


def test_a_number_recorded_otherwise_is_a_mistake(example: Path) -> None:
    """The register is not changed behind the owner's back."""
    path = printed(example) / "posting-list.csv"
    rows = table(path)
    run(example, "posted", "--from", str(path))
    rows[0]["article_number"] = "RR473124829IS"
    fill(path, rows)
    before = register(example)
    ran = run(example, "posted", "--from", str(path))
    assert "is recorded already, with no number in register.csv" in ran.stderr
    assert register(example) == before


def test_a_blank_file_of_nothing_is_still_a_file() -> None:
    """What is written piece by piece is whole also with no pieces or one."""
    made = b"".join(batch.write([], "Nothing", "Ada"))
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 0


KNOWN = [(CERTIFIED, "RR 473 124 829 IS"), ("montoya/identity-stop-work", "9400111206206406260787")]


def known(home: Path, *lines: tuple[str, str], columns: str = "id,article_number") -> str:
    """Write a list of numbers known before printing; return its path."""
    path = home / "numbers.csv"
    path.write_text("\n".join((columns, *map(",".join, lines))) + "\n", encoding="utf-8")
    return str(path)


def test_a_number_known_before_printing_is_on_the_letter_and_on_the_list(example: Path) -> None:
    """In groups to compare, with bars whose alternate text says the same; the list needs no filling in."""
    folder = printed(example, "--numbers", known(example, *KNOWN))
    rows = table(folder / "posting-list.csv")
    assert [row["article_number"] for row in rows[:2]] == ["RR473124829IS", "9400111206206406260787"]
    assert not any(row["article_number"] for row in rows[2:])
    for stem, shown in (CERTIFIED, "RR 473 124 829 IS"), (KNOWN[1][0], "9400 1112 0620 6406 2607 87"):
        made = (example / f"out/{stem}.pdf").read_bytes()
        assert shown in " ".join(words_pdf.words(made))
        assert [shown in each for each in alternates(made)] == [True]
        for profile in ("3a", "ua1"):
            assert not validation.validate_pdf_bytes(made, profile=profile).failures
    assert "RR 473 124 829 IS" in pypdf.PdfReader(folder / "letters.pdf").pages[0].extract_text()
    again = printed(example, "--numbers", str(folder / "posting-list.csv"))
    assert table(again / "posting-list.csv") == rows
    ran = run(example, "posted", "--from", str(folder / "posting-list.csv"))
    assert (ran.exit_code, "is not what would be made" in ran.stderr) == (0, False)
    assert b"RR473124829IS" in register(example)


def alternates(content: bytes) -> list[str]:
    """Return the alternate texts in a PDF."""
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        return [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]


@pytest.mark.debian
def test_the_bars_on_the_page_are_read_by_a_scanner(example: Path) -> None:
    """As an office prints: 300 dots to an inch."""
    printed(example, "--numbers", known(example, *KNOWN))
    for stem, number in (CERTIFIED, "RR473124829IS"), KNOWN[1]:
        command = ["pdftoppm", "-r", "300", "-l", "1", "-gray", str(example / f"out/{stem}.pdf")]
        page = Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
        (found,) = zxingcpp.read_barcodes(page)
        assert found.bytes.decode() == number


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([("hekla/2026-028-finale", "RR473124829IS")], "there is no letter `hekla/2026-028-finale`; did you mean"),
        ([(CERTIFIED, "RR473124892IS")], "its check digit, position 11, is 2"),
        ([KNOWN[0], KNOWN[0]], f"the letter {CERTIFIED} is there already, in"),
        ([KNOWN[0], (KNOWN[1][0], KNOWN[0][1])], "the article number RR473124829IS is there already, in"),
        (
            [("pereda/catalog-reconnect", "RR473124829IS")],
            "pereda/catalog-reconnect goes by e-mail, and the post gives it no number",
        ),
    ],
)
def test_a_wrong_list_of_numbers_prints_nothing(example: Path, lines: list[tuple[str, str]], message: str) -> None:
    """Each mistake is named with its line."""
    ran = run(example, "print", "--numbers", known(example, *lines))
    assert (ran.exit_code, (example / "out").exists()) == (1, False)
    assert message in ran.stderr


def test_a_list_of_numbers_without_its_columns_is_refused(example: Path) -> None:
    """The message names what is missing."""
    ran = run(example, "print", "--numbers", known(example, KNOWN[0], columns="letter,tracking"))
    assert "the first line has no id, article_number; a number is given to a letter by these two" in ran.stderr


@pytest.mark.parametrize(("language", "letter"), [("en", "Letter 3"), ("es", "Carta 3"), ("is", "Bréf 3")])
def test_each_sheet_says_which_letter_about_which_invoice_it_is_of(example: Path, language: str, letter: str) -> None:
    """With the pages counted through its enclosures, so that loose sheets find each other."""
    path = example / "clients.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\n  hekla:")
    end = text.index("\n    language: ", start)
    path.write_text(f"{text[:end]}\n    language: {language}{text[text.index(chr(10), end + 1) :]}", encoding="utf-8")
    printed(example)
    pages = pypdf.PdfReader(example / f"out/{CERTIFIED}.pdf").pages
    assert len(pages) > 2
    assert all(f"Ada Reyes Molina · 2026-028 · {letter}" in page.extract_text() for page in pages)


def test_the_memory_stays_flat(example: Path) -> None:
    """A letter more needs a small part of its size: the places of its objects."""
    printed(example, "hekla")
    content = (example / f"out/{CERTIFIED}.pdf").read_bytes()
    peaks = []
    for count in (10, 60):
        tracemalloc.start()
        for _ in batch.write((batch.Piece(str(n), content) for n in range(count)), "Many", "Ada"):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 50 < len(content) / 5


def test_a_letter_too_long_for_a_burofax_is_not_printed(example: Path) -> None:
    """The message names the letter, how long it is, and how long it may be."""
    schedule, text = example / "letters/schedule.yaml", example / "letters/es/first-notice.md"
    notice = "{document: first-notice, after: 30, from: due, deadline: 14, encloses: invoice"
    schedule.write_text(schedule.read_text().replace(notice, f"{notice}, channel: certified"))
    title, rest = text.read_text(encoding="utf-8").split("\n\n", 1)
    text.write_text("\n\n".join((title, *["{lines.30}"] * 150, rest)), encoding="utf-8")
    ran = run(example, "print", "vidal")
    assert (ran.exit_code, (example / "out").exists()) == (1, False)
    assert "vidal/2026-036-first-notice: has 1" in ran.stderr
    assert "pages, and a burofax takes 100 at most" in ran.stderr


@pytest.mark.parametrize(
    ("answer", "code"), [("echo request id is Office-7", 0), ("echo no such printer >&2; exit 1", 1)]
)
def test_the_pack_is_handed_to_a_printer_only_if_one_is_named(
    example: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """Both sides, turned over the long edge, unscaled; what the printer says is passed on."""
    programs = example / "programs"
    programs.mkdir()
    lp = programs / "lp"
    lp.write_text(f'#!/bin/sh\necho "$@" > {example}/asked\n{answer}\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")
    printed(example, "hekla")
    assert not (example / "asked").exists()
    ran = run(example, "print", "hekla", "--printer", "Office")
    assert ran.exit_code == code
    asked = (example / "asked").read_text()
    assert asked.startswith("-d Office -o sides=two-sided-long-edge -o print-scaling=none")
    assert asked.strip().endswith("out/print/letters.pdf")
    assert ("Office-7" if not code else "`lp` says: no such printer") in ran.output


def test_a_character_that_cannot_be_printed_is_found_where_it_was_typed(acme: Acme) -> None:
    """As with every other command."""
    home = acme(("Wile Coyote", "Wile \N{WOLF FACE} Coyote"))
    ran = run(home, "print", today="2026-09-01")
    assert (ran.exit_code, (home / "out").exists()) == (1, False)
    assert "clients.yaml:38:19: `contact`" in ran.stderr
    assert "U+1F43A" in ran.stderr


def test_the_first_label_is_of_a_sheet_of_labels(example: Path) -> None:
    """Without one it says nothing."""
    ran = run(example, "print", "--start", "3")
    assert (ran.exit_code, (example / "out").exists()) == (2, False)
    assert "say --labels as well" in ran.stderr


# Read back as a whole


def merged_of(home: Path) -> tuple[list[merged.Part], list[batch.Piece]]:
    """Return three letters as parts, and as pieces to be put together."""
    assert run(home, "letters", "vidal", "hekla", "harrow").exit_code == 0
    made = [(path.stem, path.read_bytes()) for path in sorted((home / "out").rglob("*notice.pdf"))]
    return [merged.part(*one) for one in made], [batch.Piece(*one) for one in made]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ((0, 1), "its page 9 is not what"),
        ((0, 1, 2, 2), "pages where"),
        ((0, 2, 1), "is not what"),
        ((1, 2), "its page 1 is not what"),
        ((0, 0, 1, 2), "is not what"),
        ((), "its page 1 is not what"),
    ],
    ids=["the last lost", "one twice", "another order", "the first lost", "the first twice", "none"],
)
def test_a_part_that_was_lost_doubled_or_moved_is_an_error(order: tuple[int, ...], said: str, example: Path) -> None:
    """As whole files are read back, so is what is put together of them."""
    parts, pieces = merged_of(example)
    whole = io.BytesIO(b"".join(batch.write(pieces, "t", "a")))
    merged.check(whole, "letters.pdf", parts, duplex=True)
    damaged = io.BytesIO(b"".join(batch.write([pieces[number] for number in order], "t", "a")))
    with pytest.raises(Problems, match=rf"letters\.pdf: was read back, and .*{said}"):
        merged.check(damaged, "letters.pdf", parts, duplex=True)


def test_a_word_or_a_font_that_is_another_is_an_error(example: Path) -> None:
    """And what cannot be read at all."""
    parts, pieces = merged_of(example)
    data = b"".join(batch.write(pieces, "t", "a"))
    with pytest.raises(Problems, match="it cannot be read"):
        merged.check(io.BytesIO(data[: len(data) // 2].replace(b"obj", b"")), "letters.pdf", parts, duplex=True)
    for change in ("Contents", "ToUnicode"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[2].obj
            font = page.Resources.Font[min(page.Resources.Font.keys())]
            stream = page.Contents if change == "Contents" else font.ToUnicode
            stream.write(stream.read_bytes().replace(b"<00", b"<01", 1))
            file = io.BytesIO()
            pdf.save(file)
        with pytest.raises(Problems, match="is not what"):
            merged.check(file, "letters.pdf", parts, duplex=True)


@pytest.mark.parametrize("command", [("print",), ("evidence", "2026-032")])
def test_what_is_put_together_wrongly_is_no_file(
    command: tuple[str, ...], example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, and the error names it."""
    for module in (batch, bundle):
        write = module.write
        monkeypatch.setattr(module, "write", lambda pieces, *rest, whole=write: whole([*pieces][1:], *rest))
    before = sorted(example.rglob("*"))
    ran = run(example, *command)
    assert ran.exit_code == 1
    assert "was read back, and its page 1 is not what" in ran.stderr
    assert sorted(example.rglob("*")) == before
