"""What a referee rebuilt from the frozen rows in `fixtures/refereed`, without this project's code.

`REFEREE` holds each value as it was written, and the row of the report that it stands in: "1 a1"
is row a1 of the table of rebuilt numbers, "3 E1" the first of the errors, whose right value the
report names or leaves to be derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FROZEN = Path(__file__).parent / "fixtures" / "refereed"


@dataclass(frozen=True)
class Rebuilt:
    """A number as it was written: its last digit says how exact it is."""

    written: str
    row: str

    @property
    def value(self) -> float:
        return float(self.written.replace(",", ""))

    @property
    def half_a_digit(self) -> float:
        """Half a unit of the last digit: what rounding can hide."""
        return 0.5 / 10 ** len(self.written.partition(".")[2])

    def agrees(self, amount: float) -> bool:
        """Whether an amount in the unit of the number would be written like this."""
        return abs(amount - self.value) <= self.half_a_digit + 1e-9


REFEREE = {
    # USD billion, unless the name ends in percent.
    "binding_out.low": Rebuilt("760.19", "1 a1"),
    "binding_out.stated_else_low": Rebuilt("768.7", "1 a1"),
    "binding_out_without_loans.low": Rebuilt("759.2", "1 a1"),
    "paid_out.low": Rebuilt("14.79", "1 a2"),
    "paid_out.stated": Rebuilt("23.32", "1 a2"),
    "paid_out.high": Rebuilt("26.56", "1 a2"),
    "announced_in.low": Rebuilt("227.7", "1 a3"),
    "announced_in.high": Rebuilt("345.0", "1 a3"),
    "paid_in.stated": Rebuilt("135.92", "1 a4"),
    "paid_in.stated_else_low": Rebuilt("140.92", "1 a4"),
    "paid_in_softbank.stated": Rebuilt("73.2", "1 a5"),
    "round_trip_with_loans.low": Rebuilt("81.72", "1 a6"),
    "round_trip_with_loans.high": Rebuilt("228.14", "1 a6"),
    "round_trip.low": Rebuilt("63.72", "1 a6"),
    "round_trip.high": Rebuilt("210.14", "1 a6"),
    "nvidia_letter.stated": Rebuilt("100", "1 a7"),
    "nvidia_letter_binding.stated": Rebuilt("0", "1 a7"),
    "paid_in_suppliers.stated_else_low": Rebuilt("62.72", "1 ex. 1"),
    "paid_in_suppliers.percent": Rebuilt("44.5", "1 ex. 1"),
    "returnable.low": Rebuilt("93.82", "1 c"),
    "returnable.high": Rebuilt("210.14", "1 c"),
    "returnable_without_amazon.low": Rebuilt("43.82", "1 c"),
    "circulating.low": Rebuilt("245.44", "1 c"),
    "web_gross.low": Rebuilt("1,555.63", "1 c"),
    "circulation_index.low.percent": Rebuilt("15.78", "1 c"),
    "circulation_index.high.percent": Rebuilt("18.85", "1 c"),
    "excess.low.percent": Rebuilt("41.40", "1 c"),
    "circulating_without_chips.low": Rebuilt("127.79", "1 c"),
    "circulation_index_without_chips.low.percent": Rebuilt("9.00", "1 c"),
    "round_trip_binding.low": Rebuilt("63.72", "1 c"),
    "round_trip_binding.high": Rebuilt("95.04", "1 c"),
    "returnable_binding.low": Rebuilt("93.82", "1 c"),
    "returnable_binding.high": Rebuilt("125.14", "1 c"),
    "round_trip_paid.low": Rebuilt("11.90", "1 c"),
    "returnable_paid.low": Rebuilt("12.25", "1 c"),
    # What is right where the report found an error.
    "paid_in.low": Rebuilt("141", "3 E1"),
    "paid_in.high": Rebuilt("172", "3 E1"),
    "round_trip_of_loans.low": Rebuilt("18.0", "3 E2"),
    "round_trip_of_open_ends.high": Rebuilt("30.1", "3 E2"),
    "paid_out_without_loans.low": Rebuilt("13.8", "3 E4"),
    "paid_out_without_loans.high": Rebuilt("25.6", "3 E4"),
    "binding_out_all_on_delivery.low": Rebuilt("1,160", "3 E5"),
    "binding_out_all_on_delivery.high": Rebuilt("1,190", "3 E5"),
    "binding_out_none_on_delivery.low": Rebuilt("403", "3 E5"),
    "binding_out_none_on_delivery.high": Rebuilt("418", "3 E5"),
    "coreweave_2025_03_binding.low": Rebuilt("11.2", "3 E6"),
    "announced_in_with_the_rest_of_the_round.low": Rebuilt("237", "3 E7"),
    "inflow_of_the_web.low": Rebuilt("214.0", "3 E7"),
    "inflow_binding_first_gigawatt.low": Rebuilt("175", "3 E8"),
    "inflow_binding_first_gigawatt.high": Rebuilt("208", "3 E8"),
    "round_trip_binding_first_gigawatt.high": Rebuilt("87.1", "3 E8"),
    "returnable_binding_first_gigawatt.high": Rebuilt("117.2", "3 E8"),
    "gap.linear": Rebuilt("95.66", "3 E3"),
    # Free cash flow of the plan of February 2026, carried to the sum of that of July in five years.
    "gap.trough-deepened": Rebuilt("135", "4 W2"),
    "gap.shifted-alike": Rebuilt("115", "4 W2"),
    "gap.in-proportion": Rebuilt("157", "4 W2"),
    "opening_cash.high": Rebuilt("62", "3 E12"),
    "coreweave_needs_strict.2028": Rebuilt("6.0", "3 E10"),
    "coreweave_needs_strict.2028.percent": Rebuilt("136", "3 E10"),
}


@dataclass(frozen=True)
class Lost:
    """A row of the referee's table of losses, "5": 20,000 base runs, Oracle and CoreWeave, 2027 to
    2030, at the strict end with machines. Percent of runs that are short, and USD billion."""

    order: str
    round_: str
    oracle: str
    coreweave: str
    mean: str
    p95: str
    p99: str


LOST = (
    Lost("all alike", "certain", "30", "63", "6.7", "36", "54"),
    Lost("all alike", "half", "37", "68", "9.1", "44", "63"),
    Lost("contracts first", "certain", "3", "9", "0.5", "1", "19"),
    Lost("contracts first", "half", "4", "11", "0.8", "1", "28"),
)
