"""A character that no document can show is named with the places it stands in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from docgen.cli import main


def check(home: Path, today: str = "2026-09-01") -> tuple[int, str]:
    """Return what `docgen check` says of the workspace in *home*."""
    ran = CliRunner().invoke(main, ["--home", str(home), "--today", today, "check"])
    return ran.exit_code, ran.stderr


def test_greek_polish_and_cyrillic_are_printed(acme: Callable[..., Path]) -> None:
    """Nothing is wrong with the alphabets that the font has."""
    assert check(acme(("Website redesign", "Ιστοσελίδα, żółć, Переработка сайта")))[0] == 0


def test_a_register_is_named_with_its_column(example: Path) -> None:
    """The note of an event is printed in the letter about it."""
    with (example / "register.csv").open("a", encoding="utf-8") as register:
        register.write("2026-11-14,cobalt,website,website,wrote,,,,,the 色 of the logo\n")
    records = example / "clients.yaml"
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("{date: 2026-11-17, event: wrote", "{date: 2026-11-13, event: replied"), "utf-8")
    code, said = check(example, "2026-11-23")
    assert code == 1
    assert said.startswith("register.csv:20:49: `note`: U+8272 (CJK UNIFIED IDEOGRAPH-8272) in ")


def test_a_text_is_named_with_its_line_and_its_comments_are_not(example: Path) -> None:
    """Every place up to five, and each mistake once however many documents have it."""
    text = example / "letters" / "en" / "resend.md"
    words = text.read_text(encoding="utf-8")
    text.write_text(f"<!-- ☃ -->\n{words}".replace("{client.greeting}", "{client.greeting} ☃ ☃"), encoding="utf-8")
    records = example / "clients.yaml"
    records.write_text(records.read_text(encoding="utf-8").replace("Hekla", "Hekla ☃"), encoding="utf-8")
    code, said = check(example, "2026-11-23")
    row = next(number for number, line in enumerate(text.read_text(encoding="utf-8").split("\n"), 1) if "} ☃" in line)
    assert code == 1
    assert said.startswith("clients.yaml:")
    assert f"letters/en/resend.md:{row}:19" in said
    assert "resend.md:1:" not in said


def test_a_character_written_another_way_is_named_where_its_value_begins(acme: Callable[..., Path]) -> None:
    """A quoted value may spell it with a backslash."""
    code, said = check(acme(("title: Website redesign", r'title: "Website \u91cd redesign"')))
    assert code == 1
    assert said.startswith("clients.yaml:49:16: `title`: U+91CD")
