"""Why a contract has the clauses it has: each with its number, the file of its words, and what chose them."""

from __future__ import annotations

from pathlib import PurePosixPath

from docgen.compose import outline
from docgen.compose.desk import Desk
from docgen.compose.outline import Item
from docgen.compose.texts import CONTRACTS
from docgen.records.book import Client, Project
from docgen.report.facts import late_fee, percent

DASH = "\N{EN DASH}"


def contents(desk: Desk, client: Client, project: Project) -> list[str]:
    """Return the outline of *project*'s contract, a line a clause; those left out come last."""
    plan = desk.outline
    picked = plan.chosen(client, project, desk.day)
    values, said = outline.choices(client, project, desk.day), facts(desk, client, project)
    choices = {item.clause: item.choice for item in plan.clauses}
    rows = [(str(number), item.clause, file(desk, client, item)) for number, item in enumerate(picked, 1)]
    wide = max(len(name) for _, name, _ in rows), max(len(name) for _, _, name in rows)
    lines = [f"{client.id}/{project.id}: {len(rows)} clauses under the law `{client.law}`, in `{client.language}`"]
    for number, clause, name in rows:
        why = reason(choices[clause], values, said, client.law if f".{client.law}.md" in name else "")
        lines.append(f"{number:>3}  {clause:<{wide[0]}}  {name:<{wide[1]}}  {why}".rstrip())
    there = {item.clause for item in picked}
    for item in plan.clauses:
        if item.clause not in there:
            why = "`without` names it" if item.clause in project.terms.without else said[item.choice]
            lines.append(f"{DASH:>3}  {item.clause:<{wide[0]}}  left out: {why}")
    return lines


def file(desk: Desk, client: Client, item: Item) -> str:
    """Return the file of a clause's words."""
    found = desk.texts.find(CONTRACTS, client.language, item.clause, item.choice, client.law)
    return PurePosixPath(found.name).name


def reason(choice: str, values: dict[str, str], said: dict[str, str], law: str) -> str:
    """Return why a clause has the words it has; nothing where every contract has the same."""
    found = [f"{values[choice]}: {said[choice]}"] if choice else []
    return "; ".join([*found, f"the law is {law}"] if law else found)


def facts(desk: Desk, client: Client, project: Project) -> dict[str, str]:
    """Return what each choice rests on, in the words of clients.yaml."""
    terms = project.terms
    share, known = percent(client.deposit(project, desk.day)), client.repeat(project, desk.day)
    late = client.late_payer(project, desk.day) and not project.own_deposit
    signed = "signed" if known else "did not sign"
    before = "a final notice was posted to the client" if late else f"the client {signed} before"
    kind = f"`kind` is {client.kind}"
    hours = terms.revision_hours
    return {
        "deposit": f"`deposit` is {share}, {before}, {kind}",
        "late_fee": f"`late_fee` is {late_fee(terms.late_fee)}",
        "kill_fee": f"`kill_fee` is {percent(terms.kill_fee)}, {kind}",
        "revisions": f"`revision_hours` is {hours}" if hours else f"`revisions` is {terms.revisions}",
        "reactivation_fee": f"`reactivation_fee` is {percent(terms.reactivation_fee)}",
        "ip": f"`ip` is {terms.ip}",
        "portfolio": f"`portfolio` is {'true' if terms.portfolio else 'false'}",
        "kind": kind,
        "consumer": kind,
    }
