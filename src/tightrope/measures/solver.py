"""What every use of OR-Tools' maximum flow needs."""

from __future__ import annotations

from ortools.graph.python.max_flow import SimpleMaxFlow


def maximum_flow(solver: SimpleMaxFlow, source: int, sink: int) -> int:
    """Solve and return the flow. Raises RuntimeError should OR-Tools fail to."""
    status = solver.solve(source, sink)
    if status != solver.OPTIMAL:
        raise RuntimeError(f"OR-Tools found no maximum flow: {status.name}")
    return int(solver.optimal_flow())
