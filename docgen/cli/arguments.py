"""What may be typed on the command line: dates, names, amounts, payments."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.money import Money
from docgen.problem import Mark, meant, stop
from docgen.records import typed
from docgen.records.book import Payment
from docgen.source import Text


def place_and_day(ctx: click.Context, home: Path | None, today: date | None) -> tuple[Path, date]:
    """Return the workspace and the day: as said to the command, or before it, or else this folder and the clock's."""
    above = ctx.find_root().params
    return home or above["home"] or Path(), today or above["today"] or clock()


def clock() -> date:
    """Return the day by the clock."""
    return date.today()  # noqa: DTZ011 - the day in the owner's own calendar


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pick(what: str, name: str, known: Iterable[str]) -> str:
    """Return *name* if it is *known*; fails as wrong usage if not."""
    names = list(known)
    if name not in names:
        near = meant(name, names)
        raise click.UsageError(f"there is no {what} `{name}`{f'; did you mean `{near}`?' if near else ''}")
    return name


def money_of(value: str, currency: str) -> Money:
    """Return an amount typed on the command line; fails as wrong usage, or as a mistake if it is none at all."""
    try:
        found = typed.amount(Text(value), currency)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if found.amount <= 0:
        raise stop(f"an amount of {found} bears nothing; give one that is more than zero", Mark(value))
    return found


def paid_of(value: str, currency: str) -> Payment:
    """Return a payment typed as DATE:AMOUNT."""
    day, _, amount = value.partition(":")
    try:
        return Payment(typed.day(Text(day)), money_of(amount, currency))
    except ValueError as error:
        raise click.UsageError(f"--paid {value}: {error}; write it as 2026-08-02:1000.00") from None


def parsed(parse: Callable[[Text], Any], option: str) -> Callable[..., Any]:
    """Return a callback that reads an option with one of the readers of the file's values."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> Any:
        try:
            return None if value is None else parse(Text(value))
        except ValueError as error:
            raise click.BadParameter(f"{option}: {error}") from None

    return read
