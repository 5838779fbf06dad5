"""The command `init`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen import dispatch


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Write a workspace with a fictional business into FOLDER."""
    for path in dispatch.init(folder):
        click.echo(f"wrote {path}")
    click.echo("Edit clients.yaml, then run `docgen check` and `docgen letters`.")
