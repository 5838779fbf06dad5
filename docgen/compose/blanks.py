"""The blanks of a letter or a call sheet."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose import claim, contract, ending, sheet
from docgen.compose import desk as at
from docgen.compose.claim import Claim
from docgen.compose.desk import Desk
from docgen.compose.fill import Value, Values
from docgen.compose.text import Template
from docgen.compose.texts import LETTERS
from docgen.document import Block
from docgen.plan import Job
from docgen.records.book import Client, Project, What, after

REACTIVATION = "reactivation.note"


def values(desk: Desk, job: Job, claims: Sequence[Claim], template: Template) -> Values:
    """Return what the blanks of *template*, the text of *job*, stand for."""
    client, project = job.client, job.project
    tongue, message = desk.language(client), project.unanswered(desk.day)
    days = {
        "letter.date": desk.day,
        "letter.deadline": job.deadline,
        "project.agreed": project.agreed(desk.day),
        "project.declined": project.happened(What.DECLINED, desk.day),
        "project.delivered": project.happened(What.DELIVERED, desk.day),
        "message.date": message.on if message else None,
        "message.abandoned": after(message.on, project.terms.abandon_days) if message else None,
    }
    more: dict[str, Value] = {
        **{name: tongue.date(day) if day else "" for name, day in days.items()},
        "project.title": project.title,
        "message.about": (message.about or project.title) if message else "",
        **contract.references(desk, client, project),
        **sheet.values(desk, client, project),
    }
    marks = {"project": project.mark, "message": project.mark, "invoice": project.mark, "clause": project.mark}
    base = at.people(desk.book.business, client, tongue)
    filled = Values({**base.found, **more}, {**base.marks, **marks})
    if ending.ACCOUNT in template.blanks:
        filled = filled.plus(ending.values(desk, client, project, filled))
    if REACTIVATION in template.blanks:
        filled = filled.plus({REACTIVATION: reactivation(desk, client, project, filled)})
    return filled.plus(claim.values(desk, claims, filled)) if claims else filled


def reactivation(desk: Desk, client: Client, project: Project, filled: Values) -> tuple[Block, ...]:
    """Return what the contract asks for before stopped work goes on, nothing where it has no clause for it."""
    share, tongue = project.terms.reactivation_share, desk.language(client)
    if not share or project.fee is None:
        return ()
    more: dict[str, Value] = {
        "project.reactivation_fee": tongue.percent(share),
        "project.reactivation": tongue.money((project.fee * share).rounded()),
    }
    return at.part(desk, client, LETTERS, "reactivation", "", filled.plus(more))
