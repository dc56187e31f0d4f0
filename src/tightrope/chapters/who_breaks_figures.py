"""The figures of what stands in the books of the focal party's partners."""

from __future__ import annotations

import pandas as pd

from tightrope import units
from tightrope.chapters import who_breaks_books as books
from tightrope.chapters.who_breaks import Case
from tightrope.charts import theme
from tightrope.charts.break_even import percent
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.marks import Fill
from tightrope.charts.table import Table
from tightrope.partners import from_focal, newest_stock


def orders(case: Case, lanes: pd.DataFrame) -> Table | None:
    """How much of its suppliers' orders and revenue is the focal party's; None where none is."""
    if lanes.empty:
        return None
    cells = lanes.assign(
        text=[
            f"{percent(row.low, row.high)}: {row.note.split(' (')[0]}" for row in lanes.itertuples()
        ],
    ).pivot_table(index="party", columns="reading", values="text", aggfunc="first", sort=False)
    cells = cells.reindex(columns=["backlog", "revenue"]).astype("object").fillna("not known")
    shown = cells.rename_axis(columns=None).reset_index()
    return Table(
        shown.assign(party=shown.party.map(case.book.party_name)),
        f"{_orders_title(case, lanes)}; {case.as_known}",
        {
            "party": "Supplier",
            "backlog": f"{case.name}’s share of its backlog",
            "revenue": f"Due in {case.year}, of its revenue in a year",
        },
    )


def _orders_title(case: Case, lanes: pd.DataFrame) -> str:
    name = case.name
    shares = lanes[lanes.reading.eq("backlog")].set_index("party")
    most = sorted(shares.index[shares.low.gt(50)])
    perhaps = shares[shares.mid.between(33, 75) & ~shares.index.isin(most)]
    if len(most) < 2 or perhaps.empty:
        return f"How much of its suppliers’ orders is {name}’s"
    next_to = str(perhaps.mid.idxmax())
    return (
        f"{name} is most of what {case.listing(most)} have on order, and at "
        f"{case.book.party_name(next_to)} perhaps {perhaps.note[next_to]}"
    )


def who_said(case: Case) -> str:
    """Whether one supplier alone has stated a share, and its newest one is our arithmetic."""
    metric = f"backlog_share_{case.focal}"
    figures = case.book.financials
    stated = figures[figures.metric.eq(metric) & figures.nature.eq("actual")]
    if stated.party_id.nunique() != 1:
        return ""
    newest = newest_stock(case.book, metric, list(stated.party_id)).iloc[0]
    if newest.confidence != "derived":
        return ""
    month = f"{pd.Timestamp(stated.period.iloc[-1]):%B %Y}"
    return (
        f"Only {case.book.party_name(stated.party_id.iloc[0])} has stated a share, for {month}; "
        "its newest one is our reckoning from the growth of the rest."
    )


def sides(case: Case, table: pd.DataFrame, on_debt: str, on_guarantees: str) -> Figure | None:
    """The kinds of sums of `who_breaks.sides`, a bar each; two sentences go into the note."""
    if table.empty:
        return None
    name = case.name
    fills = {
        books.PROMISED: (f"Promised by {name}", Fill(theme.OUT_OF_OPENAI, "binding")),
        books.SHARES: (f"Shares of {name}, paid", Fill(theme.INTO_OPENAI)),
        books.DEBT: ("Debt", Fill(theme.BORROWED)),
        books.LEASES: ("Leases not begun", Fill(theme.BORROWED, "binding")),
        books.GUARANTEE: ("Guarantee, at most", Fill(theme.ONWARD, "conditional")),
        books.EQUITY: ("Own book equity", Fill(theme.ONWARD)),
    }
    series = {kind: words for kind, (words, _) in fills.items()}
    bars = table.assign(group=table.party.map(case.book.party_name), series=table.kind.map(series))
    frame = bars[["group", "series", "amount"]].rename(columns={"amount": "amount_usd_bn"})
    beyond = books.beyond_equity(table)
    return Figure(
        id="who-breaks-sides",
        title=f"{case.listing(beyond)} have been promised several times their equity, and owe "
        "more than it"
        if len(beyond) > 1
        else f"What {name} has promised is on no partner’s balance sheet; the debt is",
        subtitle=f"Sums of six kinds, never to be added; what {name} has promised is no asset, "
        f"USD billion, {case.as_known}",
        description=f"Bars for each partner. {in_words(bars)}",
        draw=lambda width: grouped_bars(bars, width, dict(fills.values())),
        frame=frame,
        labels={"group": "Partner", "series": "Kind", "amount_usd_bn": "Amount"},
        rows=list(dict.fromkeys(row for rows in table.rows for row in rows)),
        book=case.book,
        note="The newest figure of each kind; their days differ by up to a year. Equity counts the "
        "shares that the partner has sold since the day of its figure, not its profits since. "
        f"{on_debt} Debt and leases also serve other customers. {on_guarantees} Where a kind is "
        f"missing, the partner has none or we found none. What {name} has promised is what "
        "contracts with a sum oblige it still to pay; what was paid for shares is as stated, and "
        f"the text has its range.{_unpaid(case)}",
    )


def in_words(bars: pd.DataFrame) -> str:
    """Grouped bars in words; `bars` have group, series and amount."""
    groups = []
    for group, rows in bars.groupby("group", sort=False):
        told = (f"{row.series.lower()} {units.usd_bn(row.amount)}" for row in rows.itertuples())
        groups.append(f"{group}: {', '.join(told)}.")
    return " ".join(groups)


def _unpaid(case: Case) -> str:
    """What partners still had to get for what was delivered, in words; "" for none."""
    name = case.name
    return "".join(
        f" {name} owed {case.book.party_name(str(party))} {units.usd_bn(figure.value)} for what "
        f"was delivered besides, on {units.day(figure.period)}."
        for party, figure in newest_stock(
            case.book, from_focal(case.book, "receivable", case.focal)
        ).iterrows()
    )


def debts(case: Case, table: pd.DataFrame) -> Table | None:
    """What partners have borrowed, of `who_breaks.borrowed`: each loan, and what is paid out."""
    if table.empty:
        return None
    shown = pd.DataFrame(
        {
            "name": table["name"],
            "total": [
                units.usd_bn_range(low, high)
                for low, high in zip(table.low, table.high, strict=True)
            ],
            "drawn": [_drawn(paid) for paid in table.paid],
        }
    )
    return Table(
        shown,
        f"{_debts_title(case)}; loans for or beside their deals, {case.as_known}",
        {"name": "Loan", "total": "Sum", "drawn": "Paid out by the lender, at least"},
    )


def _drawn(paid: float) -> str:
    if pd.isna(paid):
        return "not published"
    return units.usd_bn(paid) if paid else "none known"


def _debts_title(case: Case) -> str:
    own = newest_stock(case.book, "debt", [case.focal])
    if own.empty or own.value.iloc[0] != 0:
        return "The partners have borrowed to build and to invest"
    month = f"{pd.Timestamp(own.period.iloc[0]):%B %Y}"
    return f"The partners borrow; {case.name} had no debt in {month}"
