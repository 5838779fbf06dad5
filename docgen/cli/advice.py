"""Warnings of what is risky in terms."""

from __future__ import annotations

from collections.abc import Iterable

import click

from docgen import review
from docgen.cli.workspace import Workspace
from docgen.problem import Problems
from docgen.records.book import Client, Project


def advise(work: Workspace, agreed: Iterable[tuple[Client, Project]]) -> None:
    """Warn of what is risky in the terms of each project; raises Problems with all that is void."""
    laws, day, business = work.laws, work.day, work.book.business
    findings = [
        finding
        for client, project in agreed
        for finding in review.review(laws[client.law], business, client, project, day)
    ]
    for finding in findings:
        if not finding.void:
            click.echo(f"warning: {finding.problem}", err=True)
    if void := [finding.problem for finding in findings if finding.void]:
        raise Problems(void)
