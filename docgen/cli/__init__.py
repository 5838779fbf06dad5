"""The commands: who asked, and when. The only place that reads the clock.

What a command needs is loaded when it is asked for, as drawing and the tables of countries take a while to load.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from docgen.cli import terminal
from docgen.cli.day import Day

if TYPE_CHECKING:
    from datetime import date


class Later(NamedTuple):
    """A command that is loaded when it is asked for: where it is, and the first sentence of what it says of itself."""

    module: str
    attribute: str
    line: str


COMMANDS = {
    "check": Later(
        "checks", "command", "Show every mistake in the workspace, those that only a document would show among them."
    ),
    "contract": Later("contracts", "command", "Make the contract of CLIENT/PROJECT, or of every project of CLIENT."),
    "evidence": Later(
        "evidence",
        "command",
        "Make one PDF about the invoice NUMBER: contract, invoice, every letter as posted, payments, "
        "what is owed today.",
    ),
    "init": Later("start", "command", "Write a workspace with a fictional business into FOLDER."),
    "interest": Later("interest", "compute", "Compute what AMOUNT bears for being late, by law or by agreement."),
    "invoice": Later(
        "invoices", "command", "Make the invoices called NAMES; a client's id stands for all of that client's."
    ),
    "letters": Later("papers", "command", "Make every letter that is due, with its enclosures."),
    "log": Later(
        "record",
        "log",
        "Record that EVENT happened in a project of CLIENT; the project may be left out where there is only one.",
    ),
    "paid": Later("record", "paid", "Record that AMOUNT came in for the invoice NUMBER."),
    "plan": Later(
        "plans", "command", "Show what is due and why, what waits, what is held and what comes next; write nothing."
    ),
    "posted": Later("record", "posted", "Record that LETTERS were posted, and keep their files."),
    "print": Later(
        "printing",
        "command",
        "Make out/print: letters.pdf with every letter due, to print on both sides, and the posting list.",
    ),
    "statement": Later(
        "statements", "command", "Make the statement of CLIENT: invoices, payments, late fees and balance."
    ),
}


class Commands(click.Group):
    """The commands; a mistake in the workspace ends any of them with exit code 1, every mistake shown.

    So does a file that the system refuses, and standard output where nothing can be written any more.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called *cmd_name*, None if there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        found = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{found.module}"), found.attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the name of each command, and what it does as far as there is room, without loading any."""
        room = formatter.width - 6 - max(map(len, COMMANDS))
        lines = [(name, click.Command(name, help=COMMANDS[name].line)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(room)) for name, command in lines])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command that was typed, and see that all it said was written."""
        with terminal.prepared():
            try:
                try:
                    return super().main(*args, **options)
                finally:
                    terminal.finish()
            except OSError as error:
                terminal.complain(f"{terminal.place(error)}: cannot be used: {error.strerror or error}")
                sys.exit(1)
            except (MemoryError, ImportError) as error:
                terminal.complain(
                    f"docgen: {f'a part of it cannot be loaded: {error}' if str(error) else terminal.NO_MEMORY}"
                )
                sys.exit(1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words that were typed; fails as wrong usage for one that no system has as an argument."""
        if strange := [word for word in args if not terminal.typed(word)]:
            raise click.UsageError(f"{strange[0]!r} cannot be an argument", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        from docgen.problem import Problems  # noqa: PLC0415 - who asks for help makes no mistake

        try:
            return super().invoke(ctx)
        except Problems as wrong:
            count = len(wrong.problems)
            terminal.complain(*wrong.problems, f"{count} mistake{'s' if count > 1 else ''}; {wrong.done}.")
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dunning-docgen", prog_name="docgen")
@click.option("--home", type=click.Path(path_type=Path), help="The workspace; this folder by default.")
@click.option("--today", type=Day(), help="The day to work as of, in place of the clock.")
def main(home: Path | None, today: date | None) -> None:
    """Contracts, invoices and dunning letters from one clients.yaml. Nothing is sent or printed by itself."""
