"""Dataclasses that nothing changes, of which a command makes a hundred before it does anything.

The standard library writes and compiles seven methods for each, most of which are never called. Here it keeps the
fields, and the methods are written when they are first called; they do what the library's do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

Writer: TypeAlias = Callable[[type, dict[str, Any]], str]  # of the code of a method, and what that needs

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - to a reader of types there is no difference
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """Return what makes a class a dataclass with these options; one that is not *frozen* is left to the library."""
        if not frozen:
            return partial(dataclasses.dataclass, slots=slots, eq=eq, order=order)
        methods = {**MAKING, **(COMPARING if eq else {}), **(SORTING if order else {})}
        return partial(_frozen, slots=slots, methods=methods)


def _frozen(cls: type, *, slots: bool, methods: dict[str, Writer]) -> type:
    """Return *cls*, with *slots* for its fields if they are wanted, and *methods* that are written later."""
    own = {*vars(cls)}
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    made.__setattr__, made.__delattr__ = _keep, _keep
    methods = {**methods, **(SENDING if slots else {})}
    for name, write in methods.items():
        if name not in own:
            setattr(made, name, _later(made, name, write))
    return made  # type: ignore[no-any-return]


def _later(cls: type, name: str, write: Writer) -> Callable[..., Any]:
    """Return a method of *cls* called *name* that has itself replaced by what is written, and then does the same."""

    def method(self: object, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the method takes
        known: dict[str, Any] = {"keep": object.__setattr__}
        exec(write(cls, known), known)  # noqa: S102 - it is made of the names of fields
        written = known[name]
        written.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, written)
        return written(self, *args, **options)

    return method


def _init(cls: type, known: dict[str, Any]) -> str:
    """Return the code that sets the fields of *cls* one after the other; what it needs for that is put in *known*."""
    takes, lines = ["self"], []
    for field in dataclasses.fields(cls):
        name, said = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known |= {f"new_{name}": field.default_factory, "MISSING": dataclasses.MISSING}
            said = f"new_{name}() if {name} is MISSING else {name}"
            takes.append(f"{name}=MISSING")
        elif field.default is not dataclasses.MISSING:
            known[f"usual_{name}"] = field.default
            takes.append(f"{name}=usual_{name}")
        else:
            takes.append(name)
        lines.append(f"keep(self, {name!r}, {said})")
    lines += ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    return f"def __init__({', '.join(takes)}):\n  " + "\n  ".join([*lines, "return"])


def _repr(cls: type, _: dict[str, Any]) -> str:
    """Return the code that writes an object of *cls* as the call that makes it."""
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in dataclasses.fields(cls) if field.repr)
    return f"def __repr__(self):\n  return f'{cls.__qualname__}({shown})'"


def _comparison(name: str, sign: str) -> Writer:
    """Return what writes the method called *name*, which holds two objects of a class against each other by *sign*."""

    def write(cls: type, _: dict[str, Any]) -> str:
        found = f"{_compared(cls, 'self')} {sign} {_compared(cls, 'other')}"
        return f"def {name}(self, other):\n  return {found} if other.__class__ is self.__class__ else NotImplemented"

    return write


def _hash(cls: type, _: dict[str, Any]) -> str:
    """Return the code that hashes an object of *cls* by its fields."""
    return f"def __hash__(self):\n  return hash({_compared(cls, 'self')})"


def _compared(cls: type, name: str) -> str:
    """Return the code of a tuple of those fields of *cls* that are compared, of the object called *name*."""
    return f"({''.join(f'{name}.{field.name}, ' for field in dataclasses.fields(cls) if field.compare)})"


def _keep(self: object, name: str, *_: object) -> NoReturn:
    """Raise FrozenInstanceError: *name* is not set, and not deleted."""
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} cannot be changed")


def _values(cls: type, _: dict[str, Any]) -> str:
    """Return the code that gives the values of all fields of an object of *cls*, to be sent."""
    return f"def __getstate__(self):\n  return [{', '.join(f'self.{field.name}' for field in dataclasses.fields(cls))}]"


def _restore(cls: type, _: dict[str, Any]) -> str:
    """Return the code that sets the fields of an object of *cls* to values that were sent."""
    names = [field.name for field in dataclasses.fields(cls)]
    lines = [f"{''.join(f'{name}, ' for name in names)} = values", *(f"keep(self, {name!r}, {name})" for name in names)]
    return "def __setstate__(self, values):\n  " + "\n  ".join(lines if names else ["return"])


MAKING: dict[str, Writer] = {"__init__": _init, "__repr__": _repr}
COMPARING: dict[str, Writer] = {"__eq__": _comparison("__eq__", "=="), "__hash__": _hash}
SENDING: dict[str, Writer] = {"__getstate__": _values, "__setstate__": _restore}
SIGNS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
SORTING = {name: _comparison(name, sign) for name, sign in SIGNS.items()}
