"""Plant a sample of faults one by one, and say which of them the fast tests do not find.

`_build/mutation/SEED.csv` gets a row a mutant, so that a run that was stopped goes on where it was.
Without the folder everything is measured and tried anew.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from bench.mutation import covering, planting, swap, trial

FOLDER = Path("_build/mutation")
MODULES = ("ledger", "counting", "loops", "quantities", "measures")
LEAST_KILLED = 0.85
_EMPTY = pd.DataFrame(columns=["mutant", "killed_by", "tests"])
_FEW = 25
"""So many tests are tried before all the others."""


def main() -> int:
    """1 if fewer than `LEAST_KILLED` of the mutants are found."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="how many mutants")
    parser.add_argument("--seed", type=int, default=7, help="which ones")
    parser.add_argument(
        "--survivors", action="store_true", help="try those again that survived, on today's tests"
    )
    given = parser.parse_args()
    table = FOLDER / f"{given.seed}.csv"
    if given.survivors or not covering.is_measured(FOLDER):
        covering.measure([f"tightrope.{name}" for name in MODULES], FOLDER)
    known = pd.read_csv(table, keep_default_na=False) if table.exists() else _EMPTY
    if given.survivors:
        known = known[known.killed_by.ne("")]
    mutants = list(planting.drawn(_paths(), given.sample, given.seed))
    known = known[known.mutant.isin(set(map(str, mutants)))]
    known.to_csv(table, index=False)
    _Trials([one for one in mutants if str(one) not in set(known.mutant)], table).all()
    return _reported(pd.read_csv(table, keep_default_na=False))


def _paths() -> list[Path]:
    src = Path("src/tightrope")
    return [
        path
        for name in MODULES
        for path in (sorted((src / name).glob("*.py")) or [src / f"{name}.py"])
    ]


class _Trials:
    """Tries mutants one by one; each is written down at once."""

    def __init__(self, mutants: list[planting.Mutant], table: Path) -> None:
        cover = covering.Covering(FOLDER)
        self._table, self._seconds = table, cover.seconds
        self._left = {str(mutant): mutant for mutant in mutants}
        # Now, because a forked process cannot read the measurement.
        self._tests = {
            name: cover.tests(mutant.path, mutant.line) for name, mutant in self._left.items()
        }

    def all(self) -> None:
        """First what can be swapped into a running process: it costs a tenth."""
        trial.warm()
        child = os.fork()
        if not child:
            session = trial.Session(covering.FAST)
            modules = {_module(mutant.path): None for mutant in self._left.values()}
            session.run(list(modules), lambda: self._swapped(session))
            os._exit(0)
        os.waitpid(child, 0)
        done = set(pd.read_csv(self._table, keep_default_na=False).mutant)
        afresh: dict[str, Callable[..., str]] = {}
        for name, mutant in self._left.items():
            if name not in done:
                afresh[name] = partial(trial.afresh, _module(mutant.path), mutant.code)
        self._in_turn(afresh)

    def _swapped(self, session: trial.Session) -> None:
        swapped: dict[str, Callable[..., str]] = {}
        for name, mutant in self._left.items():
            path = mutant.path.resolve()
            before = compile(path.read_bytes(), str(path), "exec")
            functions = swap.changed(before, compile(mutant.code, str(path), "exec"))
            if functions and session.can_swap(functions):
                swapped[name] = partial(session.swapped, functions)
        self._in_turn(swapped)

    def _in_turn(self, runs: Mapping[str, Callable[..., str]]) -> None:
        """Each with a few tests, which find most, and then those that are left with the others."""
        left = [name for name, run in runs.items() if not self._found(name, run, slice(_FEW))]
        for name in left:
            if not self._found(name, runs[name], slice(_FEW, None)):
                self._write(name, "")

    def _found(self, name: str, run: Callable[..., str], some: slice) -> bool:
        tests = self._tests[name][some]
        seconds = sum(self._seconds.get(test, 0.0) for test in tests)
        killed = run(tests, seconds, FOLDER / "last.log") if tests else ""
        if killed:
            self._write(name, killed)
        return bool(killed)

    def _write(self, name: str, killed: str) -> None:
        tests = len(self._tests[name])
        row = pd.DataFrame([(name, killed, tests)], columns=_EMPTY.columns)
        row.to_csv(self._table, mode="a", header=False, index=False)
        said = f"killed by {killed}" if killed else "SURVIVED"
        print(f"{said} ({tests} tests) {name}", file=sys.__stderr__, flush=True)


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__")


def _reported(found: pd.DataFrame) -> int:
    alive = found.mutant[found.killed_by.eq("")]
    share = 1 - len(alive) / max(len(found), 1)
    print("", *alive, f"{len(found)} mutants, {len(alive)} survived: {share:.1%} killed", sep="\n")
    return int(share < LEAST_KILLED)


if __name__ == "__main__":
    sys.exit(main())
