"""Numbers of accounts, banks and taxpayers: a mistyped one is refused, a kind that is not known never is."""

from __future__ import annotations

import pytest

from docgen.records import identifier
from docgen.source import Text


@pytest.mark.parametrize(
    "number", ["ES9121000418450200051332", "es91 2100 0418 4502 0005 1332", "GB33-BUKB20201555555555"]
)
def test_an_iban_may_be_typed_in_any_groups(number: str) -> None:
    """It is kept as it was typed."""
    assert identifier.iban(Text(number)) == number


@pytest.mark.parametrize("number", ["BTURESVV", "bturesvvxxx", "ABNA NL 2A"])
def test_a_bic_may_be_short_or_long(number: str) -> None:
    """With or without a branch."""
    assert identifier.bic(Text(number)) == number


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("54362315K", "ES"),
        ("54.362.315-K", "ES"),
        ("X-5253868-R", "ES"),
        ("ES B46410775", "ES"),
        ("450215-1200", "IS"),
        ("450215 1200", "IS"),
        ("12345", "IS"),
        ("GB 123 4567 82", "GB"),
        ("123456782", "GB"),
        ("136695976", "DE"),
        ("DE136695976-00001", "DE"),
        ("IE1234567FA", "IE"),
        ("FR 40 303 265 045", "FR"),
        ("EL 094259216", "GR"),
        ("CHE-107.787.577 IVA", "CH"),
        ("12-3456789", "US"),
    ],
)
def test_a_tax_number_is_known_in_its_usual_spellings(number: str, country: str) -> None:
    """With and without its prefix, in groups or not; it is kept as it was typed."""
    assert identifier.tax_id(Text(number), country) == number


@pytest.mark.parametrize(
    ("number", "country"),
    [("DE136695976", "US"), ("GB123456782", "ES"), ("ESB46410775", "IS"), ("IE1234567FA", "DE")],
)
def test_anyone_may_have_the_vat_number_of_another_country(number: str, country: str) -> None:
    """Its prefix says which."""
    assert identifier.tax_id(Text(number), country) == number


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("12/345/67890", "DE"),
        ("HRB 12345", "DE"),
        ("303 265 045", "FR"),
        ("SC123456", "GB"),
        ("1234567890", "GB"),
        ("RSSMRA80A01F205X", "IT"),
        ("ITLDRA80A01F205X", "IT"),
        ("123-45-6789", "US"),
        ("TX 32012345678", "US"),
        ("XAXX010101000", "MX"),
        ("whatever", "BR"),
    ],
)
def test_a_number_of_a_kind_that_is_not_known_is_taken(number: str, country: str) -> None:
    """Tax offices give out more kinds than anyone can list."""
    assert identifier.tax_id(Text(number), country) == number


@pytest.mark.parametrize(
    ("number", "country", "said"),
    [
        ("54362315L", "ES", "NIF: its check digit"),
        ("B4641077", "ES", "NIF: it has too few"),
        ("450215-1210", "IS", "kennitala: its check digit"),
        ("451315-1200", "IS", "kennitala: a part of it"),
        ("123456783", "GB", "VAT number of GB: its check digit"),
        ("136695977", "DE", "VAT number of DE: its check digit"),
        ("DE13669597", "DE", "VAT number of DE: it has too few"),
        ("IE1234567FB", "IE", "VAT number of IE: its check digit"),
        ("DE136695977", "US", "VAT number of DE: its check digit"),
        ("12-34567890", "US", "EIN: it has"),
    ],
)
def test_a_mistyped_tax_number_is_refused_by_its_kind(number: str, country: str, said: str) -> None:
    """The message says what was found and what does not fit."""
    with pytest.raises(ValueError, match=f"^'{number}' cannot be an? {said}"):
        identifier.tax_id(Text(number), country)
