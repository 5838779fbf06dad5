"""The laws: their files are whole, and the late fees that follow from them are those of a second, slower reckoning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import naive_interest
import pytest

from docgen import interest, jurisdiction, source
from docgen.interest import Charge, Rule
from docgen.jurisdiction import Basis
from docgen.money import Money
from docgen.problem import Problems
from docgen.records.book import Kind, Payment
from docgen.shelf import Shelf
from docgen.source import List, Map

ONE = timedelta(1)
FILES = {path.stem: path for path in sorted(naive_interest.FOLDER.glob("*.yaml"))}
LAWS = [law for law in FILES if "interest" in naive_interest.read(law)]

TERMS = {"margin", "rate", "day_count", "first_day", "last_day", "capitalised", "rates", "known_until"}
KEYS: dict[str, set[str]] = {  # what a section must say besides its act and whether that was read
    "interest": TERMS,
    "fixed_sum": {"kinds", "currency", "steps"},
    "payment_terms": {"default", "longest"},
    "contract_fee": set(),
    "final_notice": {"days", "content"},
}
LIMITS = {"warn_over", "refuse_over", "least_share"}  # what a contract_fee may say
ROWS = {
    "rates": {"from", "rate", "source", "verified", "checked"},
    "steps": {"from", "least", "sum"},
    "void": {"term", "message", "act", "verified"},
    "risky": {"term", "message", "act", "verified"},
    "freelance": {"region", "name", "least", "act", "verified"},
}


@pytest.fixture(scope="session")
def laws(tmp_path_factory: pytest.TempPathFactory) -> dict[str, jurisdiction.Jurisdiction]:
    """Return every law by its code."""
    shelf = Shelf(tmp_path_factory.mktemp("laws"))
    return {law: jurisdiction.read(shelf, law) for law in FILES}


def charge(
    law: jurisdiction.Jurisdiction,
    amount: str | Decimal,
    due: date,
    today: date,
    payments: list[tuple[date, Decimal]] | None = None,
    kind: str = "business",
) -> Charge:
    """Return what the program says is owed."""
    made = [Payment(on, Money(paid, law.currency)) for on, paid in payments or []]
    owed = Money(Decimal(amount), law.currency)
    return interest.statutory(owed, due, today, law, Kind(kind), payments=made)


# --- what others have worked out ---


@pytest.mark.parametrize(
    ("law", "amount", "due", "today", "kind", "owed", "fixed"),
    [
        # GOV.UK's guidance: 1,000 pounds, a Bank Rate of 0.5 %, 50 days; its 11.50 comes from a rounded day
        ("uk", "1000", date(2016, 3, 1), date(2016, 4, 20), "business", "11.64", "70"),
        ("uk", "999.99", date(2026, 3, 31), date(2026, 6, 29), "business", "28.97", "40"),
        ("uk", "1000.00", date(2026, 3, 31), date(2026, 6, 29), "business", "28.97", "70"),
        ("es", "1210.00", date(2025, 5, 15), date(2025, 9, 30), "business", "47.96", "40"),
        ("is", "250000", date(2025, 4, 10), date(2025, 5, 20), "consumer", "4306", "0"),
        ("is", "250000", date(2025, 4, 10), date(2025, 5, 20), "business", "4583", "6700"),
    ],
)
def test_the_worked_examples_come_out(  # noqa: PLR0913, PLR0917 - a row of the table
    laws: dict[str, jurisdiction.Jurisdiction],
    law: str,
    amount: str,
    due: date,
    today: date,
    kind: str,
    owed: str,
    fixed: str,
) -> None:
    """Examples of public bodies and of our own hand, to the cent."""
    found = charge(laws[law], amount, due, today, kind=kind)
    assert (found.interest.amount, found.fixed.amount) == (Decimal(owed), Decimal(fixed))


@pytest.mark.parametrize(
    ("amount", "percent", "days", "basis", "owed"),
    [
        ("1000", "5.12", 25, Basis.ACT_365, "3.51"),  # anleiter.de
        ("10000", "6", 210, Basis.THIRTY_360, "350.00"),  # p-konto.de, 210 days of months of thirty
    ],
)
def test_a_rate_on_a_sum_comes_out(amount: str, percent: str, days: int, basis: Basis, owed: str) -> None:
    """Examples with a rate of their own."""
    due = date(2025, 1, 1)
    day = due + days * ONE if basis is Basis.ACT_365 else date(2025, 1 + days // 30, 1)
    rule = Rule(((date.min, Fraction(percent) / 100),), basis)
    assert interest.run(Money(Decimal(amount), "EUR"), due, day, rule).interest == Money(Decimal(owed), "EUR")


def test_a_day_may_be_rounded_first() -> None:
    """GOV.UK's guidance on 1,000 pounds at 8.5 % for 50 days: 23 pence a day are 11.50."""
    rule = Rule(((date.min, Fraction("0.085")),), round_daily=True)
    found = interest.run(Money(Decimal(1000), "GBP"), date(2016, 3, 1), date(2016, 4, 20), rule)
    assert found.interest == Money(Decimal("11.50"), "GBP")


def test_a_spanish_debt_is_split_at_the_half_year(laws: dict[str, jurisdiction.Jurisdiction]) -> None:
    """From 16 May to 30 June at 11.15 %, from 1 July to 30 September at 10.15 %."""
    found = charge(laws["es"], "1210.00", date(2025, 5, 15), date(2025, 9, 30)).segments
    assert [(s.first, s.last, s.days, s.rate) for s in found] == [
        (date(2025, 5, 16), date(2025, 6, 30), 46, Fraction("0.1115")),
        (date(2025, 7, 1), date(2025, 9, 30), 92, Fraction("0.1015")),
    ]
    assert [interest.rounded(s.interest, "EUR").amount for s in found] == [Decimal("17.00"), Decimal("30.96")]


@pytest.mark.parametrize(
    ("amount", "paid", "late", "fixed"),
    [
        ("9999.99", "0", 0, 70),
        ("10000", "0", 0, 100),
        ("10000", "0.01", 0, 70),  # on the due date: the debt that is late is smaller
        ("10000", "0.01", 1, 100),
        ("1000", "1000", 1, 70),
        ("1000", "1000", 0, 0),
        ("0.01", "0", 0, 40),
    ],
)
def test_the_fixed_sum_goes_by_what_is_unpaid_when_interest_starts(
    laws: dict[str, jurisdiction.Jurisdiction], amount: str, paid: str, late: int, fixed: int
) -> None:
    """A payment on the due date counts against the sum, one on the day after does not."""
    due = date(2026, 3, 31)
    payments = [(due + late * ONE, Decimal(paid))]
    assert charge(laws["uk"], amount, due, date(2026, 5, 1), payments).fixed.amount == fixed
    assert naive_interest.owed("uk", Decimal(amount), due, date(2026, 5, 1), payments)[1] == fixed


@pytest.mark.parametrize("law", LAWS)
def test_a_client_of_a_kind_that_the_law_leaves_out_owes_nothing(
    laws: dict[str, jurisdiction.Jurisdiction], law: str
) -> None:
    """A consumer owes interest in Germany and in Iceland only, and a fixed sum nowhere; a public body owes both."""
    due, today = date(2025, 7, 1), date(2025, 9, 1)
    consumer = charge(laws[law], "1000", due, today, kind="consumer")
    assert bool(consumer.interest) is (law in {"de", "is"})
    assert not consumer.fixed
    public = charge(laws[law], "1000", due, today, kind="public")
    assert public.interest
    assert public.fixed


@pytest.mark.parametrize("law", ["uk", "ie"])
def test_a_fixed_rate_outlives_its_half_year(laws: dict[str, jurisdiction.Jurisdiction], law: str) -> None:
    """The half-year in which interest starts decides, however much the rate changes after it."""
    found = charge(laws[law], "1000", date(2023, 12, 31), date(2026, 6, 30)).segments
    assert {s.rate for s in found} == {{"uk": Fraction("0.1325"), "ie": Fraction("0.1250")}[law]}
    before = charge(laws[law], "1000", date(2023, 12, 30), date(2026, 6, 30)).segments
    assert {s.rate for s in before} == {{"uk": Fraction("0.13"), "ie": Fraction("0.12")}[law]}


# --- the second reckoning ---


def cases(law: str) -> Iterator[tuple[Decimal, date, date, list[tuple[date, Decimal]], str]]:
    """Yield a case for each due date of the last ten years that *law* knows: sum, due date, day, payments and kind.

    The numbers only look as if they were drawn: they follow from the date. One case in sixteen is up to 800 days
    late, the others up to 120.
    """
    rules = naive_interest.read(law)["interest"]
    end = date.fromisoformat(rules["known_until"])
    due = max(date.fromisoformat(rules["rates"][0]["from"]), end - 3652 * ONE)
    kinds = sorted(rules["margin"])
    digits = 0 if law == "is" else 2
    while due <= end:
        one, two, three = (due.toordinal() * step % 999_983 for step in (7_919, 104_729, 611_953))
        today = min(due + (one % (120 if due.toordinal() % 16 else 800)) * ONE, end)
        draws = (two, three)[: two % 3]
        days = (today - due).days + 4
        payments = [(due + (draw % days - 2) * ONE, Decimal(one * (draw % 4) // 4).scaleb(-digits)) for draw in draws]
        yield Decimal(2 * one + 1).scaleb(-digits), due, today, payments, kinds[three % len(kinds)]
        due += ONE


@pytest.mark.parametrize("law", LAWS)
def test_every_due_date_comes_out_as_reckoned_day_by_day(laws: dict[str, jurisdiction.Jurisdiction], law: str) -> None:
    """The exact interest, the rounded one and the fixed sum, with up to two part payments."""
    for case in cases(law):
        amount, due, today, payments, kind = case
        exact, fixed = naive_interest.owed(law, amount, due, today, payments, kind)
        found = charge(laws[law], amount, due, today, payments, kind)
        assert (found.exact, found.fixed.amount) == (exact, fixed), case
        assert found.exact == sum(segment.interest for segment in found.segments), case
        unit = 1 if law == "is" else 100
        assert found.interest.amount * unit == (exact * unit + Fraction(1, 2)) // 1, case


@pytest.mark.parametrize("due", [date(2024, 2, 29), date(2023, 8, 31), date(2023, 11, 30), date(2024, 1, 31)])
def test_interest_joins_the_base_every_twelve_months_in_iceland(
    laws: dict[str, jurisdiction.Jurisdiction], due: date
) -> None:
    """Over two years with a leap day and a payment in the second: the days about each joining, and each 17th."""
    payments = [(date(2025, 1, 31), Decimal(100_000))]
    for late in sorted({*range(0, 820, 17), *range(362, 370), *range(728, 736)}):
        day = due + late * ONE
        exact, _ = naive_interest.owed("is", Decimal(987_654), due, day, payments)
        assert charge(laws["is"], "987654", due, day, payments).exact == exact, day


@pytest.mark.parametrize("law", LAWS)
def test_a_day_whose_rate_is_not_known_is_refused(laws: dict[str, jurisdiction.Jurisdiction], law: str) -> None:
    """Both reckonings refuse the day before the table and the one after it, and neither the days at its ends."""
    rules = laws[law].interest
    assert rules is not None
    first, last = rules.rates[0].start, rules.known_until
    shift = 0 * ONE if rules.first is jurisdiction.First.ON else ONE
    charge(laws[law], "100", first - shift, first - shift + ONE)
    charge(laws[law], "100", last - shift, last - shift + ONE)
    for due in (first - shift - ONE, last - shift + ONE):
        with pytest.raises(LookupError):
            naive_interest.owed(law, Decimal(100), due, due + ONE, [])
        with pytest.raises(Problems):
            charge(laws[law], "100", due, due + ONE)


@pytest.mark.parametrize("law", LAWS)
def test_a_debt_that_was_paid_needs_no_rate_after_that(laws: dict[str, jurisdiction.Jurisdiction], law: str) -> None:
    """What was paid within the table can be reckoned on any later day, while no interest bears interest."""
    rules = laws[law].interest
    assert rules is not None
    due, today = rules.known_until - 60 * ONE, rules.known_until + 90 * ONE
    payments = [(due + 30 * ONE, Decimal(100))]
    exact, _ = naive_interest.owed(law, Decimal(100), due, today, payments)
    assert charge(laws[law], "100", due, today, payments).exact == exact


# --- the files ---


@pytest.mark.parametrize("law", FILES)
def test_every_law_says_what_it_must_and_nothing_unknown(law: str) -> None:
    """Each section has its rule, its source and whether it was read there."""
    root = source.read(FILES[law].read_bytes(), law).root
    assert (
        {"name", "currency", "final_notice"} <= set(root) <= {"name", "currency", "void", "risky", "freelance", *KEYS}
    )
    for name in set(root) & set(KEYS):
        section = root[name]
        assert isinstance(section, Map)
        assert set(section) - (LIMITS if name == "contract_fee" else set()) == {"act", "verified"} | KEYS[name]
    for name, section in maps(root):
        if {"act", "source", "verified"} & set(section):
            assert section["verified"] in ("true", "false"), name
            assert section.get("act") or section.get("source"), name


@pytest.mark.parametrize("law", FILES)
def test_every_row_says_what_it_must(law: str) -> None:
    """Rates, steps and void terms have the same keys in every file, and no value is empty."""
    root = source.read(FILES[law].read_bytes(), law).root
    for name, row in maps(root):
        if name in ROWS:
            assert set(row) - {"margin", "over"} == ROWS[name], (name, row)
            assert all(row.values()), (name, row)


@pytest.mark.parametrize("law", LAWS)
def test_rates_follow_each_other_and_end_where_the_table_does(law: str) -> None:
    """No two of a day, and none after the last day known."""
    rules = naive_interest.read(law)["interest"]
    starts = [date.fromisoformat(row["from"]) for row in rules["rates"]]
    assert starts == sorted(set(starts))
    assert starts[-1] < date.fromisoformat(rules["known_until"])
    assert all(date.fromisoformat(row["checked"]) for row in rules["rates"])


def maps(root: Map) -> Iterator[tuple[str, Map]]:
    """Yield every mapping below *root* with the name it stands under."""
    for name, node in root.items():
        for child in node if isinstance(node, List) else [node]:
            if isinstance(child, Map):
                yield name, child
                yield from maps(child)
