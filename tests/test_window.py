"""What an envelope shows: the address of a letter, folded and put in, at every position it can slide to."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import words_pdf
from click.testing import CliRunner, Result

from docgen.cli import main
from docgen.post import address

Acme = Callable[..., Path]
MM = 72 / 25.4
DAY = ["--today", "2026-09-01"]
NO_TAX_ID = ("  tax_id: 12-3456789\n", "")  # as each country has its own
LETTER = "out/acme/2026-014-first-notice.pdf"
# The envelopes again, as one measures them: their size, the window's left, bottom, width and height, and the folds.
A4_SHEET, US_SHEET = (210.0, 297.0), (215.9, 279.4)
ENVELOPES = {
    "din-5008-a": (A4_SHEET, (220, 110), (20, 15, 90, 45), (87, 192)),
    "din-5008-b": (A4_SHEET, (220, 110), (20, 15, 90, 45), (105, 210)),
    "dl": (A4_SHEET, (220, 110), (20, 18, 90, 35), (99, 198)),
    "c5": (A4_SHEET, (229, 162), (20, 60, 90, 45), (148.5,)),
    "french": (A4_SHEET, (220, 110), (100, 20, 100, 45), (99, 198)),
    "swiss-left": (A4_SHEET, (229, 114), (22, 29, 100, 45), (105, 210)),
    "swiss-right": (A4_SHEET, (229, 114), (117, 20, 100, 45), (105, 210)),
    "us-10": (US_SHEET, (241.3, 104.775), (22.225, 12.7, 114.3, 28.575), (95.25, 187.325)),
    "us-9": (US_SHEET, (225.425, 98.425), (22.225, 12.7, 114.3, 28.575), (95.25, 187.325)),
}
CLEAR = {"us-10": 3.175, "us-9": 3.175}
# What shows at every position of #9 (leecoursey.net) and #10 with two windows (postalmethods.com), in inches.
DOUBLE = {"us-9-double": ((0.5625, 2.2125, 3.625, 0.8), (0.5625, 0.7875, 3.125, 1.0)),
          "us-10-double": ((0.5, 2.042, 3.5, 0.875), (0.5, 0.5, 3.5, 0.792))}  # fmt: skip
ADDRESS = ["Acme Robotics, Inc.", "Wile Coyote", "77 Desert Road", "Tucson, AZ 85701"]


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), *DAY, *words], catch_exceptions=False)


def measured(file: Path) -> dict[str, words_pdf.Shown]:
    """Return the lines on the first page of *file*, with their places and widths in points."""
    found: dict[str, words_pdf.Shown] = {}
    for item in words_pdf.shown(file.read_bytes()):
        if item.page == 0:
            found.setdefault(item.text.strip(), item)
    return found


def lines(file: Path) -> dict[str, tuple[float, float, float]]:
    """Return the lines on the first page of *file*: left, baseline from the top in millimetres, and size in points."""
    found: dict[str, tuple[float, float, float]] = {}
    page = pypdf.PdfReader(file).pages[0]

    def note(text: str, _: object, place: list[float], __: object, size: float) -> None:
        if text.strip():
            found.setdefault(text.strip(), (place[4] / MM, (float(page.mediabox.height) - place[5]) / MM, size))

    page.extract_text(visitor_text=note)
    return found


def positions(name: str) -> list[tuple[float, float, float, float]]:
    """Return what of the sheet the envelope called *name* shows, for the sheet in each of its corners."""
    (width, height), (across, up), (left, bottom, wide, high), folds = ENVELOPES[name]
    panels = [b - a for a, b in zip((0, *folds), (*folds, height), strict=True)]
    clear = CLEAR.get(name, 0)
    found = []
    for x in (0.0, across - width):
        for y in (0.0, up - max(panels)):  # how far the lower edge of the folded sheet is above the envelope's
            low = folds[0] - (bottom - y)  # the first fold is the lower edge
            found.append((left - x + clear, low - high + clear, left + wide - x - clear, low - clear))
    return found


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_address_shows_at_every_position_of_the_sheet(acme: Acme, name: str) -> None:
    """With the return address, unless the envelope carries that itself; nothing else of the letter shows."""
    home = acme(("  country: US    ", f"  envelope: {name}\n  country: US    "))
    assert run(home, "print").exit_code == 0
    found = lines(home / LETTER)
    sender = "Studio Lumen · 12 Harbour Street · Portland, OR 97204"
    wanted = ADDRESS if name.startswith("us") else [sender, *ADDRESS]
    whole = measured(home / LETTER)
    assert (sender in found) == (not name.startswith("us"))
    for left, top, right, bottom in positions(name):
        for text in wanted:
            item = whole[text]
            x, y, width, size = item.x / MM, item.y / MM, item.width / MM, item.size
            assert left - 0.05 <= x
            assert x + width <= right + 0.05
            assert top <= y - 0.7 * size / MM
            assert y + 0.22 * size / MM <= bottom + 0.05
    highest = min(top for _, top, _, _ in positions(name))
    lowest = max(bottom for *_, bottom in positions(name))
    assert [
        text
        for text, (_, y, size) in found.items()
        if highest < y - 0.35 * size / MM and y < lowest and text not in wanted
    ] == []


@pytest.mark.parametrize("name", DOUBLE)
def test_two_windows_show_the_address_and_the_letterhead(acme: Acme, name: str) -> None:
    """The letterhead has the return address on lines of its own there."""
    home = acme(("  country: US    ", f"  envelope: {name}\n  country: US    "))
    assert run(home, "print").exit_code == 0
    found = lines(home / LETTER)
    sender = ["Studio Lumen", "12 Harbour Street", "Portland, OR 97204"]
    for texts, (left, top, width, height) in zip((ADDRESS, sender), DOUBLE[name], strict=True):
        for text in texts:
            x, y, size = found[text]
            assert left * 25.4 <= x <= (left + width) * 25.4 - len(text) * size * 0.55 / MM
            assert top * 25.4 <= y - 0.7 * size / MM
            assert y + 0.22 * size / MM <= (top + height) * 25.4


def test_an_address_too_long_for_the_window_is_a_mistake(acme: Acme) -> None:
    """It says how many lines fit; nothing is made."""
    nine = "".join(f"      Line {number}\n" for number in range(1, 9)) + "      Tucson, AZ 85701\n"
    home = acme(("      77 Desert Road\n      Tucson, AZ 85701\n", nine))
    ran = run(home, "print")
    assert (ran.exit_code, (home / "out").exists()) == (1, False)
    assert "the address has 10 lines with the name, and the window of the envelope us-10 shows 4" in ran.stderr
    home = acme(("77 Desert Road", "The Long Road Past the Old Mill and the Desert Cemetery and Beyond, " * 3))
    assert "the address takes 6 lines, and the window of the envelope us-10 shows 4" in run(home, "print").stderr


def test_an_address_without_a_postcode_is_a_mistake(acme: Acme) -> None:
    """The post would bring it back; a number in the street is none."""
    home = acme(("77 Desert Road", "77001 Desert Road"), ("Tucson, AZ 85701", "Tucson\n      Arizona"))
    ran = run(home, "print")
    assert (ran.exit_code, (home / "out").exists()) == (1, False)
    assert "the address of `acme` has no postcode as US has them" in ran.stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("envelope: us-11", "did you mean us-10?"),
        ("envelope: c5\n  paper: letter", "c5 is not for a sheet of letter; these are: us-10"),
    ],
)
def test_an_envelope_that_is_unknown_or_of_another_sheet_is_a_mistake(acme: Acme, line: str, message: str) -> None:
    """The message says which there are."""
    home = acme(("  country: US    ", f"  {line}\n  country: US    "))
    assert message in run(home, "print").stderr


@pytest.mark.parametrize(("country", "right"), [("FR", True), ("CH", True), ("DE", False), ("IS", False)])
def test_the_envelope_follows_from_the_country(acme: Acme, country: str, *, right: bool) -> None:
    """France and Switzerland have the window on the right."""
    home = acme(("  country: US    ", f"  country: {country}    "), NO_TAX_ID)
    assert run(home, "print").exit_code == 0
    assert (lines(home / LETTER)["77 Desert Road"][0] > 90) == right


def test_the_country_is_in_capitals_abroad(acme: Acme) -> None:
    """In the language of the country the letter leaves from."""
    home = acme(
        ("  country: US    ", "  country: ES    "), ("  language: en       ", "  language: es       "), NO_TAX_ID
    )
    assert run(home, "print").exit_code == 0
    assert "ESTADOS UNIDOS" in lines(home / LETTER)


def test_the_sheet_to_try_shows_what_has_to_be_seen(example: Path) -> None:
    """A page with the frames, and nothing else is made."""
    assert run(example, "print", "--test").exit_code == 0
    assert [path.name for path in (example / "out/print").iterdir()] == ["window-test.pdf"]
    page = pypdf.PdfReader(example / "out/print/window-test.pdf").pages[0]
    assert "din-5008-b" in page.extract_text()
    assert page.get_contents().get_data().count(b" re ") >= 4  # type: ignore[union-attr]


@pytest.mark.parametrize(("sheet", "start", "first", "pages"), [("avery-5160", 30, (9, 2), 2), ("l7160", 1, (0, 0), 1),
                                                                ("herma-4625", 14, (6, 1), 2)])  # fmt: skip
def test_labels_begin_where_the_sheet_was_left(
    example: Path, sheet: str, start: int, first: tuple[int, int], pages: int
) -> None:
    """Eleven letters due; the first address stands on the label that was asked for, whole."""
    ran = CliRunner().invoke(
        main,
        ["--home", str(example), "--today", "2026-11-23", "print", "--labels", sheet, "--start", str(start)],
        catch_exceptions=False,
    )
    assert ran.exit_code == 0, ran.output
    made = pypdf.PdfReader(example / "out/print/labels.pdf")
    down, across = {"avery-5160": (25.4, 69.85), "l7160": (38.1, 66.04), "herma-4625": (42.3, 105)}[sheet]
    origin = {"avery-5160": (4.76, 12.7), "l7160": (7.25, 15.15), "herma-4625": (0, 0.45)}[sheet]
    x, y, _ = lines(example / "out/print/labels.pdf")["Hekla útgáfa ehf."]
    assert len(made.pages) == pages
    assert 0 <= x - origin[0] - first[1] * across < across
    assert 0 <= y - origin[1] - first[0] * down < down
    assert (made.pages[0].mediabox.width > 600) == (sheet == "avery-5160")


def test_a_label_that_is_not_on_the_sheet_is_a_mistake(example: Path) -> None:
    """The message says how many there are."""
    ran = CliRunner().invoke(
        main, ["--home", str(example), "--today", "2026-11-23", "print", "--labels", "l7160", "--start", "22"]
    )
    assert (ran.exit_code, (example / "out").exists()) == (1, False)
    assert "a sheet of l7160 has the labels 1 to 21, and no 22" in ran.stderr


def test_envelopes_are_of_the_size_of_the_business_and_have_both_addresses(acme: Acme) -> None:
    """A page a letter."""
    home = acme()
    ran = run(home, "print", "--envelopes")
    assert ran.exit_code == 0
    made = pypdf.PdfReader(io.BytesIO((home / "out/print/envelopes.pdf").read_bytes()))
    (page,) = made.pages
    assert [round(float(side) / 72, 3) for side in page.mediabox[2:]] == [9.5, 4.125]
    text = page.extract_text()
    assert all(line in text for line in (*ADDRESS, "12 Harbour Street"))
    assert "The window of us-10 shows no return address: have it on the envelope." in ran.stdout


def test_the_words_of_a_letter_are_the_same_in_every_envelope(acme: Acme) -> None:
    """But for the return address, which the envelope may carry."""
    home = acme()
    run(home, "print")
    words = words_pdf.words((home / LETTER).read_bytes())
    assert words[:2] == ["Studio", "Lumen"]


@pytest.mark.parametrize(
    ("country", "typed", "printed"),
    [
        ("ES", "Madrid 28013", "28013 Madrid"),
        ("ES", "Alcalá de Henares, 28801", "28801 Alcalá de Henares"),
        ("ES", "46300 Utiel (Valencia)", "46300 Utiel (Valencia)"),
        ("ES", "Madrid", "Madrid"),
        ("US", "85701 Tucson", "85701 Tucson"),
        ("NO", "Bergen 5003", "5003 Bergen"),
        ("GB", "York YO1 6JB", "York YO1 6JB"),
        ("IS", "105 Reykjavík", "105 Reykjavík"),
        ("IS", "Laugavegur 101", "Laugavegur 101"),
        ("IE", "Dublin 8", "Dublin 8"),
    ],
)
def test_town_and_postcode_stand_in_the_order_of_the_country_they_are_in(
    country: str, typed: str, printed: str
) -> None:
    """The other lines are as they were typed, though they look alike."""
    assert address.ordered(("Storgata 2800", typed, "x"), country) == ("Storgata 2800", printed, "x")


@pytest.mark.parametrize(("town", "code"), [("Bilbao", 0), ("Utiel (Valencia)", 1)])
def test_what_is_sent_by_e_mail_needs_no_postcode(example: Path, town: str, code: int) -> None:
    """The counter never sees it; the letter to Utiel goes by post."""
    path = example / "clients.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"\d{{5}} {re.escape(town)}", town, text), encoding="utf-8")
    ran = CliRunner().invoke(main, ["--home", str(example), "--today", "2026-11-23", "print"])
    assert ran.exit_code == code


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    address: |\n      77 Desert Road\n      Tucson, AZ 85701\n", "", "address"),
        ("    country: US\n    prefers", "    country: Elbonia\n    prefers", "Elbonia"),
    ],
)
def test_a_client_without_an_address_or_of_no_country_is_a_mistake(
    acme: Acme, old: str, new: str, message: str
) -> None:
    """Nothing is made."""
    home = acme((old, new))
    ran = run(home, "print")
    assert (ran.exit_code, (home / "out").exists()) == (1, False)
    assert message in ran.stderr
    assert "clients.yaml:" in ran.stderr
