"""Composes a contract: the clauses of the outline, each in the words that the terms and the law ask for."""

from __future__ import annotations

from docgen.compose import desk as at
from docgen.compose import fees, outline
from docgen.compose.desk import Desk
from docgen.compose.fill import Value, Values
from docgen.compose.text import Part, Template
from docgen.compose.texts import CONTRACTS
from docgen.document import (
    Align,
    Block,
    Clause,
    Column,
    Document,
    Ref,
    Run,
    Signatory,
    Signatures,
    Table,
    Title,
    Total,
)
from docgen.frozen import replace
from docgen.language import Language
from docgen.money import Money
from docgen.problem import Mark, Problem, Problems, stop
from docgen.records.book import Client, ContractFee, Kind, Project

DASH = "\N{EN DASH}"


def compose(desk: Desk, client: Client, project: Project) -> Document:
    """Return the contract of *project*; raises Problems with everything that it lacks."""
    if project.fee is None:
        raise stop(f"the project `{project.id}` has no `fee`, which its contract prints", project.mark)
    plan = desk.outline
    filled = values(desk, client, project, project.fee)
    opening = desk.texts.find(CONTRACTS, client.language, plan.opening, law=client.law)
    closing = desk.texts.find(CONTRACTS, client.language, plan.closing, law=client.law)
    title = next((filled.words(p) for p in opening.paragraphs if p.part is Part.TITLE), "")
    if not title:
        raise stop("the text a contract opens with needs a line that begins with `# `, its title", Mark(opening.name))
    chosen = [(item.clause, text(desk, client, item)) for item in plan.chosen(client, project, desk.day)]
    sheet = Sheet(filled)
    sheet.plain(opening)
    for number, (clause, template) in enumerate(chosen, 1):
        sheet.clause(number, clause, template)
    sheet.plain(closing)
    on = project.agreed(desk.day) or desk.day
    made = at.document(desk, client, title, project.title, sheet.done(), on, filled)
    return replace(made, footer=at.DOT.join(part for part in (made.footer, footer(desk, client)) if part))


def footer(desk: Desk, client: Client) -> str:
    """Return what a contract's footer says besides names: that it is a template, or what the business wants instead."""
    own = desk.book.business.contract_footer.of(client.language)
    return "" if own == "none" else own or desk.language(client).label("contract.footer")


def text(desk: Desk, client: Client, item: outline.Item) -> Template:
    """Return the words of a clause."""
    return desk.texts.find(CONTRACTS, client.language, item.clause, item.choice, client.law)


class Sheet:
    """A contract being written; what is wrong with one clause does not hide what is wrong with the next."""

    def __init__(self, filled: Values) -> None:
        """Begin with nothing written."""
        self.filled = filled
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []

    def plain(self, template: Template) -> None:
        """Add a text whose paragraphs are not numbered."""
        try:
            self.blocks += at.blocks(template, self.filled, Title)
        except Problems as wrong:
            self.problems += wrong.problems

    def clause(self, number: int, name: str, template: Template) -> None:
        """Add the clause called *name*, with the numbers of its paragraphs and lists."""
        if template.paragraphs[0].part is not Part.TITLE:
            self.problems.append(Problem(Mark(template.name, 1, 1), "a clause begins with `# ` and its title"))
        second = third = 0
        for paragraph in template.paragraphs:
            try:
                piece = paragraph.block
                whole = self.filled.blocks(piece) if piece else None
                inlines = () if whole is not None else self.filled.inlines(paragraph)
            except Problems as wrong:
                self.problems += wrong.problems
                continue
            if whole is not None:
                for block in whole:
                    third += isinstance(block, Clause)
                    listed = f"{number}.{second}.{third}"
                    self.blocks.append(replace(block, number=listed) if isinstance(block, Clause) else block)
            elif paragraph.part is Part.TITLE:
                self.blocks.append(Clause(1, f"{number}.", inlines, name))
            elif paragraph.part is Part.ITEM:
                third += 1
                self.blocks.append(Clause(3, f"{number}.{second}.{third}", inlines))
            elif paragraph.part is Part.NOTE:
                self.sum_up(template, self.filled.words(paragraph))
            else:
                second, third = second + 1, 0
                self.blocks.append(Clause(2, f"{number}.{second}", inlines))

    def sum_up(self, template: Template, words: str) -> None:
        """Let *words* follow the title that *template* has just begun with."""
        title = self.blocks[-1]
        if isinstance(title, Clause) and title.level == 1:
            self.blocks[-1] = replace(title, summary=words)
        else:
            self.problems.append(Problem(Mark(template.name), "what sums a clause up (`> `) stands below its title"))

    def done(self) -> tuple[Block, ...]:
        """Return what was written; raises Problems with everything that was wrong."""
        if self.problems:
            raise Problems(self.problems)
        return tuple(self.blocks)


def references(desk: Desk, client: Client, project: Project) -> dict[str, str]:
    """Return the blanks for the numbers of the contract's clauses; one that is left out has none."""
    plan = desk.outline
    numbers = plan.numbers(client, project, desk.day)
    return {f"clause.{item.clause}": numbers.get(item.clause, "") for item in plan.clauses}


def values(desk: Desk, client: Client, project: Project, fee: Money) -> Values:
    """Return the blanks of a contract."""
    tongue = desk.language(client)
    business, terms = desk.book.business, project.terms
    share = client.deposit(project, desk.day)
    deposit = (fee * share).rounded()
    balance = fee - deposit
    if client.kind is Kind.CONSUMER:  # who is told total prices (Directive 2011/83/EU, arts. 5 and 6)
        deposit, balance = (part + (part * terms.tax).rounded() for part in (deposit, balance))
        fee = deposit + balance
    agreed = project.agreed(desk.day) or desk.day
    late = terms.late_fee
    base = at.people(business, client, tongue)
    refs = references(desk, client, project)
    found: dict[str, Value] = {
        **{name: Ref(name.removeprefix("clause."), number) if number else "" for name, number in refs.items()},
        "contract.date": tongue.date(agreed),
        "contract.parties": (parties(desk, client, tongue),),
        "contract.schedule": (schedule(tongue, fee, deposit, tongue.percent(share)),),
        "contract.signatures": (signatures(desk, client, tongue),),
        "contract.governing_law": client.governing_law.of(client.language),
        "contract.courts": client.courts.of(client.language),
        "late_fee.terms": fees.words(late, project.currency, tongue) if isinstance(late, ContractFee) else "",
        "project.title": project.title,
        "project.deliverables": tuple(Clause(3, "", (Run(item),)) for item in project.deliverables) or "",
        "project.fee": tongue.money(fee),
        "project.fee_in_words": tongue.words(fee),
        "project.deposit": tongue.money(deposit),
        "project.deposit_in_words": tongue.words(deposit),
        "project.deposit_share": tongue.percent(share),
        "project.balance": tongue.money(balance),
        "project.balance_in_words": tongue.words(balance),
        "project.kill_fee": tongue.percent(terms.kill_fee),
        "project.payment_days": tongue.days(terms.payment_days),
        "project.silence_days": tongue.days(terms.silence_days),
        "project.abandon_days": tongue.days(terms.abandon_days),
        "project.acceptance_days": tongue.days(terms.acceptance_days),
        "project.dispute_days": tongue.days(min(terms.dispute_days, terms.payment_days)),
        "project.reactivation_fee": tongue.percent(terms.reactivation_fee),
        "project.revisions": str(terms.revisions),
        "project.revision_hours": tongue.hours(terms.revision_hours),
    }
    marks = {"project": project.mark, "contract": business.mark, "clause": project.mark}
    return Values({**base.found, **found}, {**base.marks, **marks})


def parties(desk: Desk, client: Client, tongue: Language) -> Table:
    """Return who the parties are and how to reach them; raises Problems where a telephone number is missing."""
    business = desk.book.business
    missing = [(who, mark) for who, phone, mark in [
        ("the business", business.phone, business.mark), (f"the client `{client.id}`", client.phone, client.mark),
    ] if not phone]  # fmt: skip
    if missing:
        raise Problems(Problem(mark, f"{who} has no `phone`, which a contract gives") for who, mark in missing)
    rows = [
        ("party.name", business.name, client.name),
        ("party.tax_id", *(tax_id(tongue, who.country, who.tax_id) for who in (business, client))),
        ("party.address", *("\n".join((*who.address, tongue.territory(who.country))) for who in (business, client))),
        ("party.contact", business.signatory or business.name, client.contact or client.name),
        ("party.phone", business.phone, client.phone),
        ("party.email", business.email, client.email),
    ]
    columns = (
        Column(tongue.label("party"), Align.LEFT, 24, "label"),
        Column(tongue.label("party.business"), Align.LEFT, 36, "business"),
        Column(tongue.label("party.client"), Align.LEFT, 36, "client"),
    )
    return Table(columns, tuple((tongue.label(name), a or DASH, b or DASH) for name, a, b in rows if a or b))


def tax_id(tongue: Language, country: str, number: str) -> str:
    """Return a tax number with the name it has in its country."""
    return f"{tongue.label('tax_id', country.lower())} {number}" if number else ""


def schedule(tongue: Language, fee: Money, deposit: Money, share: str) -> Table:
    """Return what of the fee is paid when."""
    name = tongue.label("schedule.deposit", share=share) if deposit != fee else tongue.label("schedule.upfront")
    rows = [(name, tongue.label("schedule.before"), tongue.money(deposit))]
    rows.append((tongue.label("schedule.balance"), tongue.label("schedule.delivery"), tongue.money(fee - deposit)))
    paid = tuple(row for row, sum_ in zip(rows, (deposit, fee - deposit), strict=True) if sum_)
    columns = (
        Column(tongue.label("schedule.payment"), Align.LEFT, 30, "payment"),
        Column(tongue.label("schedule.when"), Align.LEFT, 40, "when"),
        Column(tongue.label("column.amount"), Align.RIGHT, 18, "amount"),
    )
    return Table(columns, paid, (Total(tongue.label("schedule.fee"), tongue.money(fee), strong=True),))


def signatures(desk: Desk, client: Client, tongue: Language) -> Signatures:
    """Return where the parties sign."""
    business = desk.book.business
    blanks = (tongue.label("sign.date"), tongue.label("sign.place"))
    return Signatures(
        (
            Signatory(tongue.label("party.business"), business.signatory or business.name, business.name, blanks),
            Signatory(tongue.label("party.client"), client.contact or client.name, client.name, blanks),
        )
    )
