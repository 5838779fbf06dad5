"""Reads terms: the house's, and what a client or a project says otherwise, whose forms have the terms' keys too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from docgen.frozen import replace
from docgen.records import typed
from docgen.records.book import Accrual, ContractFee, Deposit, Per, Rights, Spoken, Statutory, Terms
from docgen.records.entry import Entry, Form
from docgen.records.typed import Most
from docgen.source import Map, Text

Reading: TypeAlias = Callable[[Entry, Terms, str], Any]  # the value of a term that is there, as against other terms
# How each term is read; the string is the currency.
READ: dict[str, Reading] = {
    "payment_days": lambda entry, base, _: entry.whole("payment_days", base.payment_days),
    "deposit": lambda entry, base, _: deposit(entry, base.deposit),
    "late_fee": lambda entry, base, currency: late_fee(entry, base.late_fee, currency),
    "kill_fee": lambda entry, base, _: entry.share("kill_fee", base.kill_fee),
    "silence_days": lambda entry, base, _: entry.whole("silence_days", base.silence_days),
    "abandon_days": lambda entry, base, _: entry.whole("abandon_days", base.abandon_days),
    "ip": lambda entry, base, _: entry.choice("ip", Rights, base.ip),
    "portfolio": lambda entry, base, _: entry.yes("portfolio", default=base.portfolio),
    "revisions": lambda entry, base, _: entry.whole("revisions", base.revisions),
    "revision_hours": lambda entry, *_: entry.whole("revision_hours"),
    "acceptance_days": lambda entry, base, _: entry.whole("acceptance_days", base.acceptance_days),
    "dispute_days": lambda entry, base, _: entry.whole("dispute_days", base.dispute_days),
    "reactivation_fee": lambda entry, base, _: entry.share("reactivation_fee", base.reactivation_fee),
    "tax": lambda entry, base, _: entry.share("tax", base.tax),
    "tax_note": lambda entry, base, _: spoken(entry, "tax_note", base.tax_note),
    "withholding": lambda entry, base, _: entry.share("withholding", base.withholding),
    "without": lambda entry, base, _: entry.items("without") or base.without,
}
TERMS: Form = dict.fromkeys(READ)  # which are asked for, as they need more than their value
SAID = frozenset(READ) | {"terms"}
FEE = re.compile(r"(?P<rate>\S+?\s?%) per (?P<per>\w+)")


def read(entry: Entry | None, base: Terms, currency: str) -> Terms:
    """Return *base* with what *entry*, which says nothing but terms, says otherwise."""
    if entry is None:
        return base
    entry.form = TERMS
    found = said(entry, base, currency)
    entry.finish()
    return found


def said(entry: Entry, base: Terms, currency: str) -> Terms:
    """Return *base* with each term that *entry* says; no other is looked at, which would cost most."""
    values = {name: read(entry, base, currency) for name, read in READ.items() if name in entry.node}
    if "revisions" in values:  # said nearer to the project, rounds take the place of hours said before
        values.setdefault("revision_hours", 0)
    found = replace(base, **values)
    judge(entry, found)
    return found


def override(entry: Entry, base: Terms, currency: str) -> Terms:
    """Return *base* with what a client or a project says otherwise, under `terms` or right among its keys."""
    if SAID.isdisjoint(entry.node):
        return base
    nested = entry.entry("terms", "the terms")
    for name in READ if nested else ():
        if nested and name in nested.node and name in entry.node:
            nested.report(name, f"`{name}` stands both under `terms` and beside it")
    return said(entry, read(nested, base, currency), currency)


def judge(entry: Entry, found: Terms) -> None:
    """Report what *entry* says among *found* that does not go together, or leaves no time."""
    if "revisions" in entry.node and "revision_hours" in entry.node:
        entry.report("revision_hours", "revisions are counted in rounds or in hours: leave one of the two keys out")
    if entry.node.get("dispute_days") and found.dispute_days > found.payment_days:
        most = f"the {found.payment_days} days for payment"
        entry.report("dispute_days", f"{found.dispute_days} days to dispute an invoice are more than {most}")
    if entry.node.get("acceptance_days") == "0":
        entry.report("acceptance_days", "0 days leave no time to look at the work; five or more are usual")


def deposit(entry: Entry, base: Deposit) -> Deposit:
    """Return the deposit, given as one share or as shares for first-time and repeat clients."""
    if not entry.has("deposit"):
        return base
    if isinstance(entry.node["deposit"], Text):
        share = entry.share("deposit", base.first)
        return Deposit(share, share)
    shares = entry.entry("deposit", "the deposit")
    if shares is None:
        return base
    found = Deposit(shares.share("first", base.first), shares.share("repeat", base.repeat))
    shares.finish()
    return found


def late_fee(entry: Entry, base: ContractFee | Statutory, currency: str) -> ContractFee | Statutory:
    """Return the late fee, given as a phrase or as a mapping."""
    if not entry.has("late_fee"):
        return base
    if isinstance(entry.node["late_fee"], Text):
        return entry.parsed("late_fee", base, phrase, needed=True)
    fee = entry.entry("late_fee", "the late fee")
    if fee is None:
        return base
    found = ContractFee(
        rate=fee.share("rate"),
        per=fee.choice("per", Per, Per.MONTH),
        accrual=fee.choice("accrual", Accrual, Accrual.DAILY),
        grace_days=fee.whole("grace_days"),
        flat=fee.money("flat", currency).amount,
        cap=fee.share("cap") if "cap" in fee.node and fee.has("cap") else None,
        compound=fee.yes("compound", default=False),
    )
    fee.has("cap")
    fee.finish()
    if fee.clean and not found.rate and not found.flat:
        fee.report(None, "the late fee is nothing: give a `rate` or a `flat` sum, or write late_fee: none")
    if fee.clean and found.accrual is not Accrual.DAILY and found.per is not Per.MONTH:
        fee.report("accrual", f"a fee per {found.per} accrues daily; only one per month can be started or complete")
    return found


def phrase(text: Text) -> ContractFee | Statutory:
    """Return the late fee said in a short phrase; raises ValueError if it says something else."""
    if text in ("statutory", "none"):
        return Statutory(text)
    found = FEE.fullmatch(text)
    if not found or found["per"] not in tuple(Per):
        raise ValueError(f"{text!r} is not understood; write 1.5% per month, statutory, none, or a mapping")
    rate = typed.share(Text(found["rate"]))
    if not rate:
        raise ValueError("0% is no late fee; write none")
    return ContractFee(rate=rate, per=Per(found["per"]))


def spoken(entry: Entry, name: str, default: Spoken = Spoken()) -> Spoken:  # noqa: B008 - it is frozen
    """Return a text given once for all languages, or as a mapping with one for each."""
    if not entry.has(name):
        return default
    if not isinstance(entry.node[name], Map):
        return Spoken((("", entry.text(name, most=Most.PASSAGE)),))
    texts = entry.entry(name, f"`{name}`")
    if texts is None:
        return default
    return Spoken(tuple((str(key), texts.text(key, most=Most.PASSAGE)) for key in texts.node))
