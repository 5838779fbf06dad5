"""A linter for contracts, made by people who check those of others, finds nothing in ours."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import contract_lint_cli as linter
import pytest
from test_contracts import LOOK, SPOKEN, TODAY, cases

from docgen.cli import workspace
from docgen.compose import contract
from docgen.compose.desk import Desk
from docgen.document import Clause, Document
from docgen.write import docx, text

EVERY, EVERY_FILE = 7, 91  # of 1080 cases; prime to the number of each choice, so that all choices have their turn
RULES = {rule.id for rule in linter.RULES}
ANY_LANGUAGE = {"placeholder", "numbering", "duplicate-heading"}  # the other rules read English
NO_TERMS = (
    "(Studio Lumen|Ada Reyes|Acme Robotics|Wile Coyote|Harbour Street)",  # who the parties are, and where
    r"\w+ (the|to)( Client| Contractor)?",  # how sentences begin
)


@pytest.fixture
def desk(acme: Callable[..., Path]) -> Desk:
    """Return a desk whose parties have their number behind the street; `77 Desert Road` would read as clause 77."""
    home = acme(("12 Harbour Street", "Harbour Street 12"), ("77 Desert Road", "Desert Road 77"))
    return workspace.open_(home, TODAY).desk()


def contracts(desk: Desk, language: str, every: int) -> Iterator[Document]:
    """Yield one in *every* of the contracts that can come about."""
    for client, project in itertools.islice(cases(desk, language), 0, None, every):
        yield contract.compose(desk, client, project)


def found(prose: str, numbering: object = None, rules: set[str] = RULES) -> list[str]:
    """Return what the linter says of a contract, each with the line it is about."""
    settings = {rule.id: linter.RuleSetting(rule.id in rules, rule.severity) for rule in linter.RULES}
    ignore = [f"capitalized term '{words}' is used" for words in NO_TERMS]
    analysis = linter.analyze(prose, "text", numbering)
    return [f"{one.message}: {one.excerpt}" for one in linter.lint(analysis, linter.Config(settings, ignore, []))]


@pytest.mark.parametrize("language", SPOKEN)
def test_the_linter_finds_nothing_in_the_text(desk: Desk, language: str) -> None:
    """In English with all its rules, those that are off unless asked for too."""
    rules = RULES if language == "en" else ANY_LANGUAGE
    for document in contracts(desk, language, EVERY):
        assert found(text.write(document, LOOK).decode(), rules=rules) == []


def test_the_linter_finds_nothing_in_the_word_file(desk: Desk, tmp_path: Path) -> None:
    """There it counts the clauses itself, from Word's own numbering, and counts them as we do."""
    for document in contracts(desk, "en", EVERY_FILE):
        (tmp_path / "contract.docx").write_bytes(docx.write(document, LOOK))
        prose, _, numbering = linter.read_document(str(tmp_path / "contract.docx"))
        assert found(prose, numbering) == []
        clauses = [block for block in document.blocks if isinstance(block, Clause)]
        assert numbering.resolved
        said = {" ".join(line.split()) for line in prose.split("\n")}
        assert {" ".join(" ".join(text.lines(clause)).split()) for clause in clauses} <= said


def test_the_linter_is_awake(desk: Desk) -> None:
    """It finds a reference to a clause that is not there, a blank left open, a clause left out."""
    prose = text.write(next(contracts(desk, "en", EVERY)), LOOK).decode()
    for right, wrong, said in (
        ("under clause\N{NO-BREAK SPACE}8", "under clause 88", "Clause 88"),
        ("Wile Coyote", "[Client Name]", "[Client Name]"),
        ("\n8. Changes", "\nChanges", "jumps from 7 to 9"),
    ):
        assert right in prose
        assert said in "\n".join(found(prose.replace(right, wrong)))
