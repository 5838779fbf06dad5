"""The calculator, by its command: published examples, options, and what it says of wrong input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen.cli import main

LAWS = Path(__file__).parent / "laws"


def run(words: str, *more: str) -> Result:
    """Run ``docgen interest``; a phrase of several words is one of *more*."""
    return CliRunner().invoke(main, ["interest", *words.split(), *more])


def asked(words: str, *more: str) -> dict[str, Any]:
    """Return what ``docgen interest --json`` prints."""
    ran = run(words, *more, "--json")
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


MONTHLY = ("--late-fee", "1.5% per month")
SIX = ("--late-fee", "6% per year")
EXAMPLES = [
    # what is asked, interest, fixed sum
    ("1210.00 --due 2025-05-15 --today 2025-09-30 --rule es", (), "47.96", "40.00"),
    ("999.99 --due 2026-03-31 --today 2026-06-29 --rule uk", (), "28.97", "40.00"),
    ("1000.00 --due 2026-03-31 --today 2026-06-29 --rule uk", (), "28.97", "70.00"),
    ("250000 --due 2025-04-10 --today 2025-05-20 --rule is", (), "4583", "6700"),
    ("250000 --due 2025-04-10 --today 2025-05-20 --rule is --client-kind consumer", (), "4306", "0"),
    ("2400.00 --due 2026-01-01 --today 2026-02-15", MONTHLY, "53.26", "0.00"),
    ("2400.00 --due 2026-01-01 --today 2026-02-15 --accrual started", MONTHLY, "72.00", "0.00"),
    ("2400.00 --due 2026-01-01 --today 2026-02-15 --accrual complete --flat 25.00", MONTHLY, "36.00", "25.00"),
    # GOV.UK's own example, 8.5 % for 50 days, both ways of rounding
    ("1000.00 --currency GBP --due 2016-01-01 --today 2016-02-20 --rule uk", (), "11.64", "70.00"),
    ("1000.00 --currency GBP --due 2016-01-01 --today 2016-02-20 --rule uk --round-daily", (), "11.50", "70.00"),
    # anleiter.de, act/365, and p-konto.de, 30/360
    ("1000.00 --due 2026-01-01 --today 2026-01-26", ("--late-fee", "5.12% per year"), "3.51", "0.00"),
    ("10000.00 --due 2026-01-01 --today 2026-08-01 --day-count 30/360", SIX, "350.00", "0.00"),
    # Spain over the day on which eight points took the place of seven: 36 days at 8 %, 54 at 7.75 %, 36 at 8.75 %
    ("1000.00 --due 2012-11-25 --today 2013-03-31 --rule es", (), "27.99", "0.00"),
    # nothing before the due date is over, nothing by a consumer in the United Kingdom
    ("1000.00 --due 2026-03-31 --today 2026-03-31 --rule uk", (), "0.00", "0.00"),
    ("1000.00 --due 2027-03-31 --today 2026-06-29 --rule uk", (), "0.00", "0.00"),
    ("1000.00 --due 2026-03-31 --today 2026-06-29 --rule uk --client-kind consumer", (), "0.00", "0.00"),
    # a leap year counted by its own days: 366 days of 2024 are one year
    ("1000.00 --due 2023-12-31 --today 2024-12-31 --day-count act/act", SIX, "60.00", "0.00"),
    ("1000.00 --due 2023-12-31 --today 2024-12-31", SIX, "60.16", "0.00"),
    # the cap, and the days of grace
    ("1000.00 --due 2024-01-01 --today 2026-01-01 --cap 25%", MONTHLY, "250.00", "0.00"),
    ("1000.00 --due 2026-01-01 --today 2026-01-06 --grace 5", MONTHLY, "0.00", "0.00"),
    # a currency without decimals and one with three
    ("250000 --currency ISK --due 2026-01-01 --today 2026-02-15", MONTHLY, "5548", "0"),
    ("100.000 --currency KWD --due 2026-01-01 --today 2026-02-15", MONTHLY, "2.219", "0.000"),
]


@pytest.mark.parametrize(("words", "more", "interest", "fixed"), EXAMPLES)
def test_an_example_comes_out_to_the_cent(words: str, more: tuple[str, ...], interest: str, fixed: str) -> None:
    """Published examples where they are right, and cases worked out by hand."""
    found = asked(words, *more)
    assert (found["interest"], found["fixed"]) == (interest, fixed)


def test_a_part_payment_splits_the_period_and_the_sums_add_up() -> None:
    """From the day after the payment the base is what is left."""
    found = asked("1000.00 --due 2026-01-01 --today 2026-01-31 --paid 2026-01-11:600.00", "--late-fee", "1% per day")
    assert [(s["from"], s["to"], s["days"], s["base"], s["rate"], s["interest"]) for s in found["segments"]] == [
        ("2026-01-02", "2026-01-11", 10, "1000.00", "365", "100.00"),
        ("2026-01-12", "2026-01-31", 20, "400.00", "365", "80.00"),
    ]
    assert (found["days"], found["interest"], found["paid"], found["total"]) == (30, "180.00", "600.00", "580.00")
    assert found["per_day"] == "4.00"


def test_one_rate_for_life_in_the_united_kingdom_and_a_split_in_spain() -> None:
    """The same debt over a change of the half-year."""
    britain = asked("1000.00 --due 2025-05-15 --today 2025-09-30 --rule uk")
    spain = asked("1000.00 --due 2025-05-15 --today 2025-09-30 --rule es")
    assert [s["rate"] for s in britain["segments"]] == ["12.75"]
    assert [s["rate"] for s in spain["segments"]] == ["11.15", "10.15"]


def test_a_country_is_added_by_a_file() -> None:
    """Two more countries stand in the tests' own folder, and no code knows of them."""
    home = ("--home", str(LAWS))
    france = asked("1000.00 --due 2025-05-15 --today 2025-09-30 --rule fr", *home)
    netherlands = asked("1000.00 --due 2024-07-31 --today 2025-09-30 --rule nl", *home)
    assert ([s["rate"] for s in france["segments"]], france["fixed"]) == (["13.15", "12.15"], "40.00")
    assert [s["base"] for s in netherlands["segments"]] == ["1000.00", "1000.00", "1000.00", "1115.26"]


def test_a_workspace_adds_a_rate_and_the_newer_source_wins(tmp_path: Path) -> None:
    """The rest of the law stays the package's."""
    (tmp_path / "jurisdictions").mkdir()
    rates = (
        "interest:\n  rates:\n"
        "    - {from: 2027-01-01, rate: 3.00%, source: BOE, verified: true, checked: 2027-01-02}\n"
        "    - {from: 2026-07-01, rate: 9.99%, source: hearsay, verified: false, checked: 2020-01-01}\n"
        "  known_until: 2027-06-30\n"
    )
    (tmp_path / "jurisdictions/es.yaml").write_text(rates, encoding="utf-8")
    found = asked("1000.00 --due 2026-11-30 --today 2027-01-31 --rule es", "--home", str(tmp_path))
    assert [s["rate"] for s in found["segments"]] == ["10.4", "11"]


@pytest.mark.parametrize(("words", "code", "message"), [
    ("100.00 --due 2026-12-01 --today 2027-02-01 --rule es", 1, "the reference rate of 2027-01-01 is not known"),
    ("100.00 --due 2026-01-01 --rule usa", 2, "there is no law `usa`; did you mean `us`?"),
    ("100.00 --due 2026-01-01", 2, "say by which rule"),
    ("100.00 --due 2026-01-01 --rule es --cap 25%", 2, "--cap belongs to an agreed fee"),
    ("1,000.00 --due 2026-01-01 --rule es", 2, "is not a plain number"),
    ("1.000 --due 2026-01-01 --rule es", 2, "can be read as 1000 or as 1.00 EUR"),
    ("0 --due 2026-01-01 --rule es", 1, "bears nothing; give one that is more than zero"),
    ("100.00 --due 2026-01-01 --rule es --paid soon", 2, "write it as 2026-08-02:1000.00"),
    ("100.00 --due 2026-01-01 --rule es --currency EURO", 2, "is not the code of a currency"),
])  # fmt: skip
def test_wrong_input_is_one_clear_sentence(words: str, code: int, message: str) -> None:
    """A rate that is not known is never guessed."""
    ran = run(words)
    assert (ran.exit_code, ran.stdout) == (code, "")
    assert message in ran.stderr


def test_who_asks_for_data_is_told_beside_it_why_nothing_is_owed() -> None:
    """A consumer owes nothing under the British act: zero as data, and the reason in words."""
    ran = run("1000.00 --due 2026-03-31 --today 2026-06-29 --rule uk --client-kind consumer --json")
    assert json.loads(ran.stdout)["total"] == "1000.00"
    assert "nothing is owed by a consumer client" in ran.stderr


def test_a_person_is_told_the_rule_and_its_source() -> None:
    """The table, the act, and that not everything was checked."""
    found = run("1210.00 --due 2025-05-15 --today 2025-09-30 --rule es").stdout
    assert "Ley 3/2004" in found
    assert "not checked against the official text" in found
    assert "each further day                    0.34 EUR" in found
