"""The command `interest`: the late-fee calculator."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen import calculator, jurisdiction
from docgen.cli.arguments import money_of, paid_of, parsed, pick, place_and_day
from docgen.cli.day import Day
from docgen.jurisdiction import Basis
from docgen.money import ZERO, known
from docgen.records import terms, typed
from docgen.records.book import Accrual, ContractFee, Kind
from docgen.shelf import Shelf


@click.command("interest")
@click.argument("amount")
@click.option("--due", type=Day(), required=True, help="The day it was due.")
@click.option("--today", type=Day(), help="The day to compute to, in place of the clock.")
@click.option("--home", type=click.Path(path_type=Path), help="A workspace with rates of its own.")
@click.option("--currency", help="By default the currency of the law's country.")
@click.option("--rule", help="A law, such as es or uk, or `contract`.")
@click.option("--client-kind", "kind", type=click.Choice([kind.value for kind in Kind]), default="business")
@click.option("--paid", "payments", multiple=True, help="A part payment, DATE:AMOUNT; may be given again.")
@click.option("--late-fee", "fee", callback=parsed(terms.phrase, "--late-fee"), help="As in `1.5% per month`.")
@click.option("--accrual", type=click.Choice([accrual.value for accrual in Accrual]))
@click.option("--grace", type=click.IntRange(0, 9999), default=0, help="Days that cost nothing.")
@click.option("--flat", help="A sum on top, once.")
@click.option("--cap", callback=parsed(typed.share, "--cap"), help="The most the fee may come to, a share of the debt.")
@click.option("--compound", is_flag=True, help="The fee joins the debt every month.")
@click.option("--day-count", "basis", type=click.Choice([basis.value for basis in Basis]))
@click.option("--round-daily", is_flag=True, help="Round the sum of a day first.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
@click.pass_context
def compute(ctx: click.Context, /, amount: str, due: date, *, as_json: bool, **options: Any) -> None:
    """Compute what AMOUNT bears for being late, by law or by agreement."""
    where, day = place_and_day(ctx, options["home"], options["today"])
    question = asked(Shelf(where), amount, due, day, options)
    found = calculator.answer(question)
    if not as_json:
        click.echo("\n".join(calculator.lines(found)))
        return
    click.echo(json.dumps(calculator.data(found), indent=2))
    if not found.charge.total:  # nothing but data goes where data is read
        click.echo("\n".join(calculator.rule(question, found.charge)), err=True)


def asked(shelf: Shelf, amount: str, due: date, day: date, options: dict[str, Any]) -> calculator.Question:
    """Return what the options of `interest` ask."""
    agreed = options["fee"] if isinstance(options["fee"], ContractFee) else None
    flat, rule = options["flat"], options["rule"] or ("contract" if agreed or options["flat"] else None)
    if rule is None:
        raise click.UsageError("say by which rule: --rule with a law such as es, or --late-fee with what was agreed")
    if rule == "contract" and not agreed and not flat:
        raise click.UsageError("--rule contract needs --late-fee or --flat: what was agreed")
    if rule != "contract":
        only = [name for name in ("fee", "accrual", "grace", "flat", "cap", "compound") if options[name]]
        if only:
            names = ", ".join("--late-fee" if name == "fee" else f"--{name}" for name in only)
            raise click.UsageError(f"{names} belongs to an agreed fee; leave it out, or leave --rule {rule} out")
    laws = shelf.names(jurisdiction.FOLDER)
    law = None if rule == "contract" else jurisdiction.read(shelf, pick("law", rule, laws))
    currency = options["currency"] or (law.currency if law else "EUR")
    if not known(currency):
        raise click.UsageError(f"{currency!r} is not the code of a currency, such as EUR or USD")
    accrual = Accrual(options["accrual"]) if options["accrual"] else None
    fee = None
    if law is None:
        base = replace(agreed or ContractFee(), compound=options["compound"])
        sum_ = money_of(flat, currency).amount if flat else ZERO
        fee = calculator.fee(base, accrual, options["grace"], sum_, options["cap"])
    payments = tuple(sorted((paid_of(one, currency) for one in options["payments"]), key=lambda payment: payment.on))
    return calculator.Question(
        owed=money_of(amount, currency),
        due=due,
        day=day,
        kind=Kind(options["kind"]),
        payments=payments,
        law=law,
        fee=fee,
        basis=Basis(options["basis"]) if options["basis"] else None,
        round_daily=options["round_daily"],
    )
