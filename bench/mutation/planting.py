"""All single faults that can be planted in a module, except in texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

_OF_TEXTS = {mutators.operator_string, mutators.operator_dict_arguments}
"""Not used: most strings here are columns, whose loss any test finds, and the others are prose."""
_METHODS = {
    "eq": "ne",
    "ne": "eq",
    "gt": "ge",
    "ge": "gt",
    "lt": "le",
    "le": "lt",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "fmin": "fmax",
    "fmax": "fmin",
    "minimum": "maximum",
    "maximum": "minimum",
    "isna": "notna",
    "notna": "isna",
    "where": "mask",
    "mask": "where",
    "add": "sub",
    "sub": "add",
}


def _other_method(node: cst.Call) -> Iterable[cst.Call]:
    """How a frame compares, in place of an operator: `a.gt(0)` becomes `a.ge(0)`."""
    if not isinstance(node.func, cst.Attribute):
        return
    is_numpys = getattr(node.func.value, "value", "") == "np" and node.func.attr.value == "where"
    if node.func.attr.value in _METHODS and not is_numpys:
        other = cst.Name(_METHODS[node.func.attr.value])
        yield node.with_changes(func=node.func.with_changes(attr=other))


_OPERATORS = [
    *(pair for pair in mutators.mutation_operators if pair[1] not in _OF_TEXTS),
    (cst.Call, _other_method),
]


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: where it is, what stood there and what stands there now."""

    path: Path
    line: int
    fault: str
    before: str
    after: str
    code: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.fault}: {self.before} -> {self.after}"


@dataclass(frozen=True)
class _Place:
    """Where an operator can plant a fault: a node of a module, and what it can become."""

    path: Path
    module: cst.Module
    line: int
    node: cst.CSTNode
    operator: Callable[[cst.CSTNode], Iterable[cst.CSTNode]]


def drawn(paths: Sequence[Path], sample: int, seed: int) -> Iterator[Mutant]:
    """Mutants of these modules, drawn by chance, no place twice; the same for the same seed.

    The place is drawn first: a call of six arguments weighs no more than a comparison.
    """
    random_ = random.Random(seed)
    places = [place for path in paths for place in _places(path)]
    random_.shuffle(places)
    found = (_planted(place, random_) for place in places)
    return islice((mutant for mutant in found if mutant), sample)


def _planted(place: _Place, random_: random.Random) -> Mutant | None:
    """One of the faults that the place allows; None if it leaves no program."""
    others = [
        other for other in place.operator(place.node) if _guards(other) == _guards(place.node)
    ]
    if not others:
        return None
    other = random_.choice(others)
    code = place.module.deep_replace(place.node, other).code
    try:
        compile(code, str(place.path), "exec")
    except SyntaxError:
        return None
    fault = place.operator.__name__.strip("_").removeprefix("operator_")
    before, after = (_shown(place.module, node) for node in (place.node, other))
    return Mutant(place.path, place.line, fault, before, after, code)


def _guards(node: cst.CSTNode) -> list[str]:
    """What a call says of lengths that must be equal; none of it is dropped."""
    arguments = node.args if isinstance(node, cst.Call) else ()
    return [
        getattr(one.value, "value", "")
        for one in arguments
        if one.keyword and one.keyword.value == "strict"
    ]


def _places(path: Path) -> list[_Place]:
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    visitor = _Surveyor()
    wrapper.visit(visitor)
    return [_Place(path, wrapper.module, *found) for found in visitor.found]


def _shown(module: cst.Module, node: cst.CSTNode) -> str:
    return " ".join(module.code_for_node(node).split())


class _Surveyor(cst.CSTVisitor):
    """Walks a module and keeps the line, the node and the operator of each place."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, cst.CSTNode, Callable[..., Iterable[cst.CSTNode]]]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_apart(node):
            return False
        position = self.get_metadata(PositionProvider, node, None)
        if position:
            self.found += [
                (position.start.line, node, operator)
                for kind, operator in _OPERATORS
                if isinstance(node, kind) and any(True for _ in operator(node))
            ]
        return True


def _is_apart(node: cst.CSTNode) -> bool:
    """What no fault is planted in: types, imports, messages, and what a quantity says of itself.

    Nor in `zip(strict=)`: it guards lengths that are equal by what stands above it.
    """
    if isinstance(node, cst.Assign):
        return isinstance(node.value, cst.BaseString)
    if isinstance(node, cst.Arg) and node.keyword:
        return node.keyword.value == "strict"
    if isinstance(node, cst.Call):
        return getattr(node.func, "value", "") in ("Bridge", "TypeVar")
    if isinstance(node, cst.AnnAssign):
        return isinstance(node.annotation.annotation, cst.Name) and (
            node.annotation.annotation.value == "TypeAlias"
        )
    return isinstance(
        node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom | cst.Raise
    )
