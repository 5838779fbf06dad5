"""A class that is made quickly is what the standard library would have made of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from docgen.frozen import Kept, complete, dataclass, replace

OPTIONS: list[dict[str, bool]] = [{"slots": True}, {"slots": True, "eq": False}, {"slots": True, "order": True}, {}]


def thing(make: Callable[..., Any], **options: bool) -> Any:  # noqa: ANN401 - a class that no reader of types knows
    """Return a class made by *make*."""

    @make(frozen=True, **options)
    class Thing:
        """A thing."""

        name: str
        parts: tuple[str, ...] = ()
        known: dict[str, int] = dataclasses.field(default_factory=dict, compare=False)
        place: int = dataclasses.field(default=0, repr=False, compare=False)

        def __str__(self) -> str:
            """Return its name."""
            return self.name

    return Thing


@dataclass(frozen=True, slots=True)
class Sent:
    """What can be sent, as it has a place in a module."""

    name: str
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What keeps a value that follows from its fields."""

    parts: tuple[int, ...] = ()

    @Kept
    def total(self) -> int:
        """Return the sum."""
        return sum(self.parts)


@pytest.mark.parametrize("options", OPTIONS)
def test_it_is_made_shown_and_compared_alike(options: dict[str, bool]) -> None:
    """By what fields, and by which defaults."""
    ours, theirs = thing(dataclass, **options), thing(dataclasses.dataclass, **options)
    for made in (("a",), ("a", ("b",)), ("a", (), {"c": 1}, 5)):
        one, other = ours(*made), theirs(*made)
        assert (repr(one).split(".")[-1], str(one)) == (repr(other).split(".")[-1], str(other))
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert (one == ours("a")) == (other == theirs("a"))
        assert (hash(one) == hash(ours("a"))) == (hash(other) == hash(theirs("a")))
        assert one != other
    assert ours(name="a").known is not ours(name="a").known
    assert dataclasses.replace(ours("a"), parts=("z",)).parts == ("z",)
    assert (ours.__match_args__, hasattr(ours("a"), "__dict__")) == (
        theirs.__match_args__,
        hasattr(theirs("a"), "__dict__"),
    )


def test_it_is_sorted_alike() -> None:
    """By its fields, and not beside another kind of thing."""
    ours, theirs = thing(dataclass, slots=True, order=True), thing(dataclasses.dataclass, slots=True, order=True)
    for one, other in (("a", "b"), ("b", "a"), ("a", "a")):
        found = [
            (made(one) < made(other), made(one) <= made(other), made(one) > made(other), made(one) >= made(other))
            for made in (ours, theirs)
        ]
        assert found[0] == found[1]
    with pytest.raises(TypeError, match="not supported between"):
        _ = ours("a") < theirs("a")


@pytest.mark.parametrize("make", [dataclass, dataclasses.dataclass])
def test_nothing_changes_it(make: Callable[..., Any]) -> None:
    """No field, and nothing beside the fields; and it is not made without what it needs."""
    made = thing(make, slots=True)("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        made.other = 1
    with pytest.raises(TypeError, match=r"__init__\(\) missing 1 required positional argument: 'name'"):
        thing(make)()
    with pytest.raises(TypeError, match=r"__init__\(\) got an unexpected keyword argument"):
        thing(make)("a", size=1)


def test_it_can_be_sent_and_copied() -> None:
    """As the parcels for other processes are."""
    one = Sent("a", (1, 2))
    assert pickle.loads(pickle.dumps(one)) == one == copy.copy(one)  # noqa: S301 - it was pickled here
    assert {one: 1}[Sent("a", (1, 2))] == 1


@pytest.mark.parametrize("options", [{"slots": True}, {}])
def test_another_is_made_of_it_and_what_nobody_has_seen_is_completed(options: dict[str, bool]) -> None:
    """One with other values is as dataclasses makes it, and the first stays as it was."""
    one = thing(dataclass, **options)("a", ("b",), {"c": 1}, 5)
    other = replace(one, parts=("z",))
    assert dataclasses.asdict(other) == dataclasses.asdict(dataclasses.replace(one, parts=("z",)))
    complete(other, name="b")
    assert (other.name, one.name, one.parts) == ("b", "a", ("b",))


def test_a_kept_value_is_worked_out_once_and_is_none_of_the_fields() -> None:
    """It is neither compared nor sent to another with other fields."""
    one = Counted((1, 2))
    assert (one.total, vars(one)["total"], Counted.total.__doc__) == (3, 3, "Return the sum.")
    assert one == Counted((1, 2))
    assert replace(one, parts=(5,)).total == 5
