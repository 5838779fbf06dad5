"""What `docgen check` says of terms that would not hold: each with its reason and its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import main

SIGNED = "        signed: 2026-05-04\n"
CONSUMER = ("kind: business ", "kind: consumer ")
ABROAD = ("  country: US                      # ISO", "  country: ES                      # ISO")
NIF = ("tax_id: 12-3456789", "tax_id: 54362315K")


def law(code: str) -> tuple[str, str]:
    """Return the change that puts the contract under another law."""
    return "  law: us  ", f"  law: {code}  "


def terms(key: str, old: str, new: str) -> tuple[str, str]:
    """Return the change of a term."""
    return f"  {key}: {old} ", f"  {key}: {new} "


FIRST = ("deposit: {first: 50%,", "deposit: {first: 60%,")
KILL = terms("kill_fee", "25%", "60%")
CASES = {
    "more than 50% of a consumer's fee: Large advance": [law("uk"), CONSUMER, FIRST],
    "more than 50% of a consumer's fee: A consumer may ask back": [law("es"), CONSUMER, FIRST],
    "more than 50% of a consumer's fee: An unfair term": [law("is"), CONSUMER, FIRST],
    "`without` leaves out the clause by which the deposit": [
        law("uk"), CONSUMER, (SIGNED, f"{SIGNED}        without: [deposit]\n"),
    ],
    "is a penalty, and cannot be claimed (Cavendish": [law("uk"), KILL],
    "a judge may lower it (CC arts. 1152 and 1154)": [law("es"), KILL],
    "Liquidated damages": [KILL],
    "may not show it with the client's name": [
        terms("ip", "assign", "license"), ("portfolio: true", "portfolio: false"),
    ],
    "17 USC 101 and 204(a)": [(SIGNED, f"{SIGNED}        without: [rights]\n")],
    "`abandon_days` leaves 6 days": [terms("abandon_days", "60", "20")],
    "`revisions` is 0": [("revisions: 2", "revisions: 0")],
    "who can only be sued at home": [CONSUMER, ABROAD, NIF],
    "`late_fee` is agreed with a consumer": [law("uk"), CONSUMER],
    "a consumer owes nothing under Ley 3/2004": [
        law("es"), CONSUMER, terms("late_fee", "1.5% per month", "statutory"),
    ],
    "the right to withdraw, and its form, before the contract is signed (SI 2013/3134": [
        law("uk"), CONSUMER, (SIGNED, ""),
    ],
    "Freelance Isn't Free Act asks for what the contract lacks: the clause `invoices`": [
        ("    prefers: email", "    region: NY\n    prefers: email"),
        (SIGNED, f"{SIGNED}        without: [invoices]\n"),
    ],
    "California's Freelance Worker Protection Act asks for what the contract lacks: `deliverables`": [
        ("  language: en                     #", "  region: CA\n  language: en                     #"),
        ("        deliverables: [Design system, Ten page templates]\n", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("words", CASES)
def test_what_is_risky_is_said_with_its_reason(words: str, acme: Callable[..., Path]) -> None:
    """A warning, and the same terms without the risk are not warned of."""
    home = acme(*CASES[words])
    assert words in warnings(home)
    assert words not in warnings(acme())


def warnings(home: Path) -> str:
    """Return what `docgen check` warns of in *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "check", "--today", "2026-09-01"]).stderr


def test_a_contract_explains_its_clauses(acme: Callable[..., Path]) -> None:
    """Number, clause, file and reason; what was left out and why; and nothing is written."""
    home = acme(("        fee: 8000.00\n", "        fee: 8000.00\n        without: [portfolio]\n"), KILL)
    ran = CliRunner().invoke(main, ["--home", str(home), "contract", "acme/website", "--explain"])
    lines = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert lines[0] == "acme/website: 21 clauses under the law `us`, in `en`"
    assert (
        "4 deposit deposit.first.md first: `deposit` is 50%, the client did not sign before, `kind` is business"
        in lines
    )
    assert "13 kill-fee kill-fee.md business: `kill_fee` is 60%, `kind` is business" in lines
    assert "15 rights rights.assign.us.md assign: `ip` is assign; the law is us" in lines
    assert lines[-3:] == [
        "– reactivation left out: `reactivation_fee` is 0%",
        "– portfolio left out: `without` names it",
        "– withdrawal left out: `kind` is business",
    ]
    assert not (home / "out").exists()
