"""A mutant in a process that runs already: other code for the functions in which the fault is."""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType

_IS_FUNCTION = 0x1
"""The flag CO_OPTIMIZED: bodies of functions have it, those of modules and classes do not."""
Key = tuple[str, str, int]
Live = dict[Key, list[FunctionType]]
"""The functions of this process."""


def live() -> Live:
    """All functions that there are, wrapped ones and methods among them."""
    found: Live = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType:
            found[key_of(one.__code__)].append(one)
    return found


def changed(before: CodeType, after: CodeType) -> list[CodeType] | None:
    """The functions whose code differs, as they are after; None if more than functions differ.

    What runs at the import of a module, as a constant or the default of a parameter, cannot be
    swapped.
    """
    if _frame(before) != _frame(after):
        return None
    pairs = zip(_functions(before), _functions(after), strict=True)
    return [new for old, new in pairs if old != new]


def swap(functions: list[CodeType], among: Live) -> None:
    """Give the live functions this code. Raises KeyError if there is none for one of them."""
    for code in functions:
        for function in among[key_of(code)]:
            function.__code__ = code


def called(run: Callable[[], object]) -> set[Key]:
    """The functions that this calls."""
    found: set[Key] = set()
    sys.setprofile(lambda frame, event, _: found.add(key_of(frame.f_code)))
    run()
    sys.setprofile(None)
    return found


def key_of(code: CodeType) -> Key:
    """A function by its file, name and first line."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and the methods of its classes, not what stands inside them."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_flags & _IS_FUNCTION:
                yield one
            else:
                yield from _functions(one)


def _frame(code: CodeType) -> tuple[object, ...]:
    """A module or class without the bodies of its functions, to be compared."""
    inside = []
    for one in code.co_consts:
        if isinstance(one, CodeType):
            inside.append(one.co_name if one.co_flags & _IS_FUNCTION else _frame(one))
        else:
            inside.append(repr(one))
    return code.co_code, code.co_names, tuple(inside)
