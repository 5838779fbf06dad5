"""An amount in a currency."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from docgen.frozen import dataclass

ZERO = Decimal(0)


@cache
def digits(currency: str) -> int:
    """Return how many decimals *currency* has, by the CLDR's table (none for ISK, two for EUR, three for KWD)."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - reading the CLDR takes a while

    return get_currency_precision(currency)


@cache
def step(currency: str) -> Decimal:
    """Return the smallest amount of *currency*."""
    return Decimal(1).scaleb(-digits(currency))


def half_up(amount: Decimal, currency: str) -> Decimal:
    """Return *amount* rounded half up to the decimals of *currency*."""
    return amount.quantize(step(currency), ROUND_HALF_UP)


@cache
def known(currency: str) -> bool:
    """Return whether *currency* is an ISO 4217 code."""
    from babel.numbers import is_currency  # noqa: PLC0415 - reading the CLDR takes a while

    return len(currency) == 3 and is_currency(currency)  # noqa: PLR2004 - the length of every code


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; two of different currencies never meet in one sum."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        """Return the sum; raises ValueError if the currencies differ."""
        return Money(self.amount + self.same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Return the difference; raises ValueError if the currencies differ."""
        return Money(self.amount - self.same(other).amount, self.currency)

    def __neg__(self) -> Money:
        """Return the amount with the other sign."""
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal) -> Money:
        """Return the exact product."""
        return Money(self.amount * factor, self.currency)

    def share(self, factor: Decimal) -> Money:
        """Return the product rounded half up to the currency's own decimals."""
        return Money(half_up(self.amount * factor, self.currency), self.currency)

    def __lt__(self, other: Money) -> bool:
        """Return whether this is less; raises ValueError if the currencies differ."""
        return self.amount < self.same(other).amount

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.amount)

    def __str__(self) -> str:
        """Return the amount for a message of the program: ``4,000.00 EUR``."""
        return f"{half_up(self.amount, self.currency):,f} {self.currency}"

    def same(self, other: Money) -> Money:
        """Return *other*; raises ValueError if its currency is not this one."""
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other

    def rounded(self) -> Money:
        """Return the amount rounded half up to the currency's own decimals."""
        return Money(half_up(self.amount, self.currency), self.currency)


def total(amounts: list[Money], currency: str) -> Money:
    """Return the sum of *amounts*, zero in *currency* if there are none."""
    none = Money(ZERO, currency)
    return Money(sum([none.same(one).amount for one in amounts], ZERO), currency) if amounts else none
