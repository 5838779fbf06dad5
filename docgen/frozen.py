"""Dataclasses and named tuples, of which a command makes more than a hundred before it does anything.

The standard library writes and compiles seven methods for each dataclass, most of which are never called, and reads
the type of each field of a named tuple. Here it keeps the fields, and a method is written when it is first called, that
which sets the fields once more than a FEW objects are made; they do what the library's do.
"""

from __future__ import annotations

import dataclasses
from collections import namedtuple
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar, overload

T = TypeVar("T")
Writer: TypeAlias = Callable[[type, dict[str, Any]], str]  # of the code of a method, and what that needs

FEW = 3  # objects that are made before the method that makes them is written
FIELDS, KIND = "__dataclass_fields__", vars(dataclasses)["_FIELD"]  # by which the library knows fields
LEFT = {"__dict__", "__weakref__"}  # what each class has of its own
OWN = {"__module__", "__qualname__", "__annotations__", "__classcell__"}  # what a named tuple has itself

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - to a reader of types there is no difference
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - nor here
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """Return what makes a class a dataclass with these options."""
        methods = {**MAKING, **(COMPARING if eq else {}), **(SORTING if order else {})}
        return partial(_made, frozen=frozen, slots=slots, methods=methods)

    class Tuples(type):
        """The class of `NamedTuple`, of which a class with fields is a named tuple."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            """Return the named tuple called *name* with the fields and methods of *space*."""
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = list(space["__annotations__"])
            usual = [space.pop(field) for field in fields if field in space]
            made = namedtuple(name, fields, defaults=usual, module=space["__module__"])  # noqa: PYI024 - it is typed
            for key in space.keys() - OWN:
                setattr(made, key, space[key])
            return made

    class NamedTuple(metaclass=Tuples):
        """A tuple whose fields have names."""


def _made(cls: type, *, frozen: bool, slots: bool, methods: dict[str, Writer]) -> type:
    """Return *cls* made anew with its fields, with *slots* for them if they are wanted, and *methods* written later.

    What stands in a class from the beginning is cheaper than what is set on it, one after the other.
    """
    before = [vars(kind).get(FIELDS, {}) for kind in reversed(cls.__mro__[1:])]
    own = {name: _field(cls, name) for name in vars(cls).get("__annotations__", ())}
    fields = {name: field for each in (*before, own) for name, field in each.items()}
    space: dict[str, Any] = {name: value for name, value in vars(cls).items() if name not in LEFT and name not in own}
    given = {*space}
    space |= {FIELDS: fields, "__match_args__": tuple(fields)}
    if slots:
        space["__slots__"] = tuple(own)
    else:
        space |= {name: field.default for name, field in own.items() if field.default is not dataclasses.MISSING}
    if frozen:
        space |= {"__setattr__": _keep, "__delattr__": _keep}
    for name, write in methods.items():
        if name == "__hash__" and not frozen:
            space[name] = None
        elif name not in given:
            space[name] = _first(lambda: made) if name == "__init__" else _later(lambda: made, name, write)
    made = type(cls)(cls.__name__, cls.__bases__, space)
    return made


def _field(cls: type, name: str) -> dataclasses.Field[Any]:
    """Return the field of *cls* called *name*, as the library has it."""
    usual = vars(cls).get(name, dataclasses.MISSING)
    found: Any = usual if isinstance(usual, dataclasses.Field) else dataclasses.field(default=usual)
    found.name, found.type, found.kw_only = name, vars(cls)["__annotations__"][name], False
    found._field_type = KIND  # noqa: SLF001 - `dataclasses.fields` goes by it, and a test holds what it returns
    return found  # type: ignore[no-any-return]


def _first(made: Callable[[], type]) -> Callable[..., None]:
    """Return the method that sets the fields of the first FEW objects of the class *made*, and then is written."""
    written, number = _later(made, "__init__", _init), count(1)

    def method(self: object, *args: Any, **options: Any) -> None:  # noqa: ANN401 - whatever the fields take
        if next(number) > FEW or not _fits(self, args, options):
            written(self, *args, **options)

    return method


def _fits(self: Any, args: tuple[Any, ...], options: dict[str, Any]) -> bool:  # noqa: ANN401 - any of our classes
    """Return whether *args* and *options* are what the fields take, which then are set."""
    names = self.__match_args__
    given = dict(zip(names, args, strict=False))
    if len(args) > len(names) or given.keys() & options:
        return False
    given |= options
    for name in names:
        if name not in given:
            field = getattr(self, FIELDS)[name]
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                return False
            new = field.default_factory
            given[name] = field.default if new is dataclasses.MISSING else new()
    if len(given) > len(names):
        return False
    for name, value in given.items():
        object.__setattr__(self, name, value)
    if hasattr(self, "__post_init__"):
        self.__post_init__()
    return True


class Kept(Generic[T]):
    """A property that is worked out once, when it is first asked for, like one of functools but without its lock."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        """Keep what *work* returns, under its name."""
        self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, one: None, kind: type) -> Kept[T]: ...
    @overload
    def __get__(self, one: object, kind: type) -> T: ...
    def __get__(self, one: Any, kind: type) -> Any:
        """Return the value for *one*, which is found in its dictionary from then on."""
        if one is None:
            return self
        found = one.__dict__[self.name] = self.work(one)
        return found


def replace(one: T, **values: Any) -> T:  # noqa: ANN401 - whatever its fields are
    """Return *one* with other *values* for some of its fields, as dataclasses would but in a third of the time."""
    kind: Any = type(one)
    return kind(**{name: getattr(one, name) for name in kind.__match_args__} | values)  # type: ignore[no-any-return]


def complete(one: object, **values: Any) -> None:  # noqa: ANN401 - whatever its fields are
    """Set fields of *one*, which nobody has seen yet, to *values* that follow from it."""
    for name, value in values.items():
        object.__setattr__(one, name, value)


def _later(made: Callable[[], type], name: str, write: Writer) -> Callable[..., Any]:
    """Return a method of the class *made*, called *name*, that is replaced by what is written when it is called."""

    def method(self: object, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the method takes
        cls = made()
        known: dict[str, Any] = {}
        exec(write(cls, known), known)  # noqa: S102 - it is made of the names of fields
        written = known[name]
        written.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, written)
        return written(self, *args, **options)

    return method


def _init(cls: type, known: dict[str, Any]) -> str:
    """Return the code that sets the fields of *cls* one after the other; what it needs for that is put in *known*.

    A slot is set by its own descriptor, and what has none in the object's dictionary: to ask `object.__setattr__` for
    each would take twice as long.
    """
    slots = "__slots__" in vars(cls)
    takes, lines = ["self"], [] if slots else ["fields = self.__dict__"]
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
        if slots:
            known[f"set_{name}"] = getattr(cls, name).__set__
        lines.append(f"set_{name}(self, {said})" if slots else f"fields[{name!r}] = {said}")
    lines += ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    return f"def __init__({', '.join(takes)}):\n  " + "\n  ".join([*lines, "return"])


def _repr(cls: type, _: dict[str, Any]) -> str:
    """Return the code that writes an object of *cls* as the call that makes it."""
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in dataclasses.fields(cls) if field.repr)
    return f"def __repr__(self):\n  return f'{cls.__qualname__}({shown})'"


def _reduce(cls: type, known: dict[str, Any]) -> str:
    """Return the code that says how to make an object of *cls* again, elsewhere; what was worked out is left out."""
    known["cls"] = cls
    values = "".join(f"self.{field.name}, " for field in dataclasses.fields(cls))
    return f"def __reduce__(self):\n  return cls, ({values})"


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


MAKING: dict[str, Writer] = {"__init__": _init, "__repr__": _repr, "__reduce__": _reduce}
COMPARING: dict[str, Writer] = {"__eq__": _comparison("__eq__", "=="), "__hash__": _hash}
SIGNS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
SORTING = {name: _comparison(name, sign) for name, sign in SIGNS.items()}
