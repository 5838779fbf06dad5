"""The code that a banking app reads off an invoice: a SEPA credit transfer by EPC069-12, version 002."""

from __future__ import annotations

from decimal import Decimal

from docgen.compose import qr
from docgen.document import Code
from docgen.language import Language
from docgen.money import Money
from docgen.records.book import Business

EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
OTHERS = "AD AL CH GB GI MC MD ME MK SM VA"  # in SEPA; a bank there is found by its BIC
LEAST, MOST = Decimal("0.01"), Decimal("999999999.99")
LONGEST_NAME, LONGEST = 70, 331  # characters of the name, bytes of it all
UTF_8 = "1"


def code(business: Business, sum_: Money, reference: str, tongue: Language) -> Code | None:
    """Return the code that asks for *sum_*, None where no transfer in SEPA can be asked for."""
    data = payload(business, sum_, reference)
    if not data:
        return None
    named = {"amount": tongue.money(sum_), "name": holder(business), "iban": iban(business), "reference": reference}
    return Code(qr.modules(data), qr.QUIET, tongue.label("code.label"), tongue.label("code.alt", **named))


def payload(business: Business, sum_: Money, reference: str) -> bytes:
    """Return what the code says, a line each; nothing where a bank could not carry it out."""
    bic, name, account = bare(dict(business.pay_to).get("bic", "")), holder(business), iban(business)
    country = account[:2]
    reachable = country in EEA.split() or (country in OTHERS.split() and bic)
    amount = sum_.rounded().amount
    if not reachable or sum_.currency != "EUR" or not LEAST <= amount <= MOST or len(name) > LONGEST_NAME:
        return b""
    purpose = structured = ""
    parts = ("BCD", "002", UTF_8, "SCT", bic, name, account, f"EUR{amount}", purpose, structured, reference)
    data = "\n".join(parts).encode()
    return data if len(data) <= LONGEST else b""


def holder(business: Business) -> str:
    """Return whose account it is."""
    return dict(business.pay_to).get("holder") or business.name


def iban(business: Business) -> str:
    """Return the IBAN as banks exchange it, empty if there is none."""
    return bare(dict(business.pay_to).get("iban", ""))


def bare(number: str) -> str:
    """Return the *number* of an account or a bank without what parts its groups."""
    return "".join(sign for sign in number if sign.isalnum()).upper()
