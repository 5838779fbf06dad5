"""An agreed late fee in words."""

from __future__ import annotations

from docgen.language import Language
from docgen.money import Money
from docgen.records.book import ContractFee


def words(fee: ContractFee, currency: str, tongue: Language) -> str:
    """Return the agreed late fee in words that match its arithmetic."""
    found = []
    if fee.rate:
        found.append(tongue.label(f"fee.{fee.per}.{fee.accrual}", rate=tongue.percent(fee.rate)))
    if fee.compound:
        found.append(tongue.label("fee.compound"))
    if fee.cap is not None:
        found.append(tongue.label("fee.cap", share=tongue.percent(fee.cap)))
    if fee.flat:
        found.append(tongue.label("fee.flat", sum=tongue.money(Money(fee.flat, currency))))
    if fee.grace_days:
        found.append(tongue.label("fee.grace", days=tongue.days(fee.grace_days)))
    return "; ".join(found)
