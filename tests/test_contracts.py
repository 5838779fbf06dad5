"""Every contract that can come about holds together: each choice of words, under each law, for each kind of client."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdf
import pytest
import reading

from docgen import look
from docgen.cli import workspace
from docgen.compose import contract, text
from docgen.compose.desk import Desk
from docgen.compose.fill import Values
from docgen.compose.text import Part, Template
from docgen.document import Clause, Document, Ref
from docgen.problem import Problems
from docgen.records.book import (
    Client,
    ContractFee,
    Deposit,
    Event,
    Kind,
    Project,
    Rights,
    Spoken,
    Statutory,
    Terms,
    What,
)
from docgen.write import pdf
from docgen.write import text as plain

HOME = Path(__file__).parent.parent
LOOK = look.read((HOME / "contracts/house.docx").read_bytes(), "house.docx")
TODAY = date(2026, 11, 23)
LAWS = ("us", "uk", "es", "is", "de")
TERMS = {"Contractor", "Client", "Project", "Deliverables", "Fee", "Deposit"}
DEFINED = re.compile(r"[“«„]([^\W\d_]\w+)[”»“]")
NUMBERED_BY_HAND = re.compile(r"\b(clauses?|cláusulas?|grein\w*)\s+\d", re.IGNORECASE)
MOST_PAGES = 5
EASE, EASE_OF_ALL = 50, 70  # of one text, and of all together; what the law wants in so many words is the hardest
LIX, LIX_OF_ALL = 52, 42


def names(language: str) -> set[str]:
    """Return the names of the contract's texts in *language*."""
    return {path.stem for path in (HOME / "contracts" / language).glob("*.md")}


SPOKEN = [language for language in ("en", "es", "is") if names(language) == names("en")]


@cache
def templates(language: str) -> dict[str, Template]:
    """Return the contract's texts in *language* by name."""
    folder = HOME / "contracts" / language
    return {path.stem: text.read(path.read_bytes(), path.name) for path in sorted(folder.glob("*.md"))}


@pytest.fixture
def desk(acme: Callable[..., Path]) -> Desk:
    """Return a desk with one client, to whom a project with three deliverables is offered."""
    two, three = "[Design system, Ten page templates]", "[Design system, Ten page templates, Handover to developers]"
    nif = ("tax_id: 12-3456789", "tax_id: 54362315K")
    home = acme((two, three), ("country: US                      # ISO 3166", "country: ES"), nif)
    return workspace.open_(home, TODAY).desk()


FULL = Terms(
    kill_fee=Decimal("0.25"),
    deposit=Deposit(Decimal("0.5"), Decimal("0.5")),
    reactivation_fee=Decimal("0.1"),
    revision_hours=6,
    late_fee=ContractFee(rate=Decimal("0.015")),
)
BARE = replace(FULL, kill_fee=Decimal(0), reactivation_fee=Decimal(0), revision_hours=0, portfolio=False)


def cases(desk: Desk, language: str) -> Iterator[tuple[Client, Project]]:
    """Yield the client with the project for each combination of what chooses the words."""
    (client,) = desk.book.clients
    (signed,) = client.projects
    offered = replace(signed, id="offered", history=(), invoices=())
    before = replace(signed, history=(Event(date(2026, 1, 5), What.SIGNED),))
    shares = [(share, repeat) for share in ("0", "0.5", "1") for repeat in (False, True)]
    fees = (FULL.late_fee, *Statutory)
    for law, kind, ip, (share, repeat), fee, terms in itertools.product(LAWS, Kind, Rights, shares, fees, (FULL, BARE)):
        deposit = Deposit(Decimal(share), Decimal(share))
        project = replace(offered, terms=replace(terms, ip=ip, deposit=deposit, late_fee=fee))
        projects = (before, project) if repeat else (project,)
        yield replace(client, law=law, kind=kind, language=language, projects=projects), project


@pytest.mark.parametrize("language", SPOKEN)
def test_every_contract_holds_together_and_every_text_is_used(desk: Desk, language: str) -> None:
    """References meet their clauses, terms are defined once before they are used, no text is there for nothing."""
    for client, project in cases(desk, language):
        document = contract.compose(desk, client, project)
        numbers = {block.id: block.number.rstrip(".") for block in document.blocks if isinstance(block, Clause)}
        assert all(numbers[ref.clause] == ref.text for ref in refs(document))
        words = plain.write(document, LOOK).decode()
        found = DEFINED.findall(words)
        assert len(found) == len(set(found)), (client.law, found)
        if language == "en":
            assert set(found) == {term for term in TERMS if re.search(rf"\b{term}\b", words)}
            assert all(len(re.findall(rf"\b{term}\b", words)) > 1 for term in found)
    read = {path for path, template in desk.texts.known.items() if template}
    assert read == {f"contracts/{language}/{name}.md" for name in names(language)}


def refs(document: Document) -> Iterator[Ref]:
    """Yield the references of *document*."""
    for block in document.blocks:
        yield from (inline for inline in getattr(block, "inlines", ()) if isinstance(inline, Ref))


@pytest.mark.parametrize("language", SPOKEN)
def test_the_longest_contracts_take_five_pages_at_the_most(desk: Desk, language: str) -> None:
    """With every clause there is and three deliverables, under each law, for each kind of client."""
    for client, project in cases(desk, language):
        if project.terms == replace(FULL, ip=project.terms.ip) and len(client.projects) == 1:
            made = pdf.write(contract.compose(desk, client, project), LOOK)
            assert len(pypdf.PdfReader(io.BytesIO(made)).pages) <= MOST_PAGES, (client.law, client.kind)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_of_a_contract_is_well_made(language: str) -> None:
    """Its sum stands under its title, a sum in words after its figure, and no clause's number is typed by hand."""
    for name, template in templates(language).items():
        parts = [paragraph.part for paragraph in template.paragraphs]
        if name not in ("opening", "signatures"):
            assert parts[:2] == [Part.TITLE, Part.NOTE], name
            assert parts.count(Part.NOTE) == 1, name
        assert not NUMBERED_BY_HAND.search(prose(template)), name
        blanks = template.blanks
        for before, blank in itertools.pairwise(("", *blanks)):
            assert not blank.endswith("_in_words") or blank == f"{before}_in_words", name


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_of_a_contract_says_what_it_does_which_law_it_answers_to_and_what_it_uses(language: str) -> None:
    """In the comment it begins with."""
    for name, template in templates(language).items():
        begins = (HOME / f"contracts/{language}/{name}.md").read_text(encoding="utf-8").split("\n")[0]
        note = re.fullmatch(r"<!-- (?P<what>.+?\.) Law: (?P<law>.+)\. Uses: (?P<uses>.+)\. -->", begins)
        assert note, name
        assert set(note["uses"].split(", ")) == (set(template.blanks) or {"none"}), name


@pytest.mark.parametrize("language", SPOKEN)
def test_the_texts_are_plain(language: str, record_property: Callable[[str, object], None]) -> None:
    """English by Flesch's reading ease, the others by LIX; `make test` writes the figures to out/tests.xml."""
    easy = language == "en"
    measure = reading.ease if easy else reading.lix
    texts = {name: prose(template) for name, template in templates(language).items()}
    figures = {name: round(measure(words)) for name, words in texts.items()}
    for name, figure in figures.items():
        record_property(f"{'reading ease' if easy else 'LIX'} of {language}/{name}", figure)
    whole = measure("\n".join(texts.values()))
    assert {name for name, figure in figures.items() if (figure < EASE if easy else figure > LIX)} == set()
    assert whole > EASE_OF_ALL if easy else whole < LIX_OF_ALL


def prose(template: Template) -> str:
    """Return the words of *template*, a paragraph a line, each blank as one short word."""
    return "\n".join(
        "".join("ten" if piece.blank else piece.text for piece in paragraph.pieces).rstrip(".;:") + "."
        for paragraph in template.paragraphs
    )


@pytest.mark.parametrize("rate", ["0%", "21%", "5.5%"])
def test_a_consumer_is_told_the_total_price(acme: Callable[..., Path], rate: str) -> None:
    """The parts of the Fee are the totals of the invoices that ask for them, to the cent; a business has net sums."""
    taxed = ("  tax: 0%", f"  tax: {rate}"), ("fee: 8000.00", "fee: 4999.99")
    for kind in ("business", "consumer"):
        desk = workspace.open_(acme(*taxed, ("kind: business", f"kind: {kind}")), TODAY).desk()
        (client,) = desk.book.clients
        (project,) = client.projects
        assert project.fee
        asked = [bill.gross if kind == "consumer" else bill.net for bill in project.invoices[:2]]
        found = contract.values(desk, client, project, project.fee).found
        told = [asked[0] + asked[1], *asked]
        names = ("project.fee", "project.deposit", "project.balance")
        assert [found[name] for name in names] == [desk.language(client).money(sum_) for sum_ in told]


@pytest.mark.parametrize(
    ("own", "foot"), [("", "From a template, not legal advice"), ("none", ""), ("Terms of 2026", "Terms of 2026")]
)
def test_the_footer_says_that_a_contract_is_a_template(desk: Desk, own: str, foot: str) -> None:
    """Or what the business wants instead, which may be nothing."""
    business = replace(desk.book.business, contract_footer=Spoken((("", own),)))
    known = replace(desk, book=replace(desk.book, business=business))
    (client,) = known.book.clients
    made = contract.compose(known, client, client.projects[0])
    assert made.footer == " \N{MIDDLE DOT} ".join(part for part in ("Studio Lumen", "Website redesign", foot) if part)


def test_what_sums_a_clause_up_stands_below_its_title() -> None:
    """Anywhere else it would be taken for what is agreed."""
    sheet = contract.Sheet(Values({}, {}))
    sheet.clause(1, "fee", text.read(b"# Fee\n\nPaid.\n\n> Money.\n", "fee.md"))
    with pytest.raises(Problems, match=r"fee\.md: what sums a clause up .* stands below its title"):
        sheet.done()
