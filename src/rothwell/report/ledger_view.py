"""One future line by line: as CSV files, and as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rothwell.answer import Answer
from rothwell.decision.chosen_path import PathYear, StrategyOfPath
from rothwell.lifetime.ledger import JOINT_OWNER
from rothwell.report.answer_csv import Cell, csv_text
from rothwell.report.blocks import Grid, Section
from rothwell.report.measures_json import money, rate
from rothwell.report.reading import headline
from rothwell.report.words import title

FLOWS_FILE, ACCOUNTS_FILE = "ledger.csv", "ledger_accounts.csv"
NOT_DOLLARS = ("price_level", "marginal_rate", "state_rate", "after_tax_share_cut", "deferral_share_cut")
COUNTS = ("year", "regime", "status")
PLACE = ("landscape", "strategy", "path", "law")
ACCOUNTS = (
    "landscape", "strategy", "path", "year", "account", "owner", "opening", "in", "out", "growth", "closing",
)  # fmt: skip
THOUSAND = 1_000.0
NOTHING = "–"


def ledger_files(answer: Answer) -> Mapping[str, str]:
    """The text of the two files of a ledger by name; none without a ledger."""
    if not answer.ledger:
        return {}
    names = tuple(answer.ledger[0].strategies[0].years[0].flows)
    header = (*PLACE, *names)
    return {
        FLOWS_FILE: csv_text(header, _flow_rows(answer)),
        ACCOUNTS_FILE: csv_text(ACCOUNTS, _account_rows(answer)),
    }


def _flow_rows(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    for path in answer.ledger:
        for one in path.strategies:
            for year in one.years:
                place = (path.landscape.name, one.strategy.name, path.number, year.law)
                yield (*place, *(_cell(name, value) for name, value in year.flows.items()))


def _cell(name: str, value: float) -> Cell:
    if name in COUNTS or name.startswith(("alive ", "age ")):
        return int(value)
    return rate(value) if name in NOT_DOLLARS else money(value)


def _account_rows(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    """In cents; growth takes what the rounding of the others leaves, so that each row adds up to the cent."""
    for path in answer.ledger:
        for one in path.strategies:
            for row in one.accounts:
                opening, closing = money(row.opening), money(row.closing)
                came_in, went_out = money(row.came_in), money(row.went_out)
                growth = money(closing - opening - came_in + went_out)
                place = (path.landscape.name, one.strategy.name, path.number, row.year, row.account, row.owner)
                yield (*place, opening, came_in, went_out, growth, closing)


Columns = tuple[tuple[str, tuple[str, ...]], ...]
COLUMNS: Columns = (
    ("Income", ("pay", "benefits", "pension")),
    ("Put in", ("deferral_pre_tax", "deferral_roth", "after_tax")),
    ("Taken", ("rmd", "withdrawal_pre_tax", "withdrawal_roth", "sold_taxable")),
    ("Converted", ("conversion",)),
    ("Taxes", ("income_tax", "state_tax", "local_tax", "payroll_tax", "premiums")),
    ("Spent", ("spending", "goals")),
)
BALANCES: Columns = (
    ("Growth", ("growth",)),
    ("Taxable", ("end_taxable",)),
    ("Deferred", ("end_pre_tax", "end_after_tax")),
    ("Roth", ("end_roth",)),
)


def ledger_section(answer: Answer, name: str) -> Section:
    """One strategy on the chosen path, a row for each year, and its accounts over the whole life."""
    landscape = headline(answer).landscape.name
    path = next(one for one in answer.ledger if one.landscape.name == landscape)
    one = path.of(name)
    lead = (
        f"Future number {path.number} of {answer.paths:,} (the first is 0), under '{landscape}', strategy "
        f"'{title(name, headline(answer))}'. Thousands of dollars of each year. 'Income' is pay, benefits and pensions;"
        " 'Put in' are deferrals and after-tax contributions; 'Taken' is what comes out of every account; 'Taxes' are "
        "income tax, federal and of the state, payroll tax and Medicare premiums."
    )
    grids = (
        _years_grid("What came and went", COLUMNS, answer, one),
        _years_grid("Growth, and what is there at the end of each year", BALANCES, answer, one),
        _accounts_grid(one),
    )
    note = f"--csv DIR writes every flow of every strategy to {FLOWS_FILE} and every account to {ACCOUNTS_FILE}."
    return Section("ledger", "One future, line by line", (lead,), grids, points=(note,))


def _years_grid(caption: str, columns: Columns, answer: Answer, one: StrategyOfPath) -> Grid:
    people = [person.name for person in answer.household.people]
    rows = tuple(_year_row(year, columns, people) for year in one.years)
    return Grid(caption, ("Year", "Law", *(words for words, _ in columns)), rows, words=frozenset({1}))


def _year_row(year: PathYear, columns: Columns, people: list[str]) -> tuple[str, ...]:
    def total(names: tuple[str, ...]) -> float:
        every = (name for flow in names for name in (flow, *(f"{flow} ({person})" for person in people)))
        return sum(year.flows.get(name, 0.0) for name in every)

    return (str(year.year), year.law, *(_thousands(total(names)) for _, names in columns))


def _thousands(amount: float) -> str:
    whole = round(amount / THOUSAND)
    return f"{whole:,}" if whole else NOTHING


def _accounts_grid(one: StrategyOfPath) -> Grid:
    """Each account over the whole life; an account that nothing ever was in is left out."""
    rows = []
    for account, owner in dict.fromkeys((row.account, row.owner) for row in one.accounts):
        years = [row for row in one.accounts if (row.account, row.owner) == (account, owner)]
        amounts = (
            years[0].opening,
            sum(row.came_in for row in years),
            sum(row.went_out for row in years),
            sum(row.growth for row in years),
            years[-1].closing,
        )
        if any(amounts):
            name = account.replace("_", " ")
            rows.append((name if owner == JOINT_OWNER else f"{name}, {owner}", *(_thousands(one) for one in amounts)))
    columns = ("Account", "At first", "In", "Out", "Growth", "At last")
    return Grid("The accounts over the whole life: at first + in - out + growth = at last", columns, tuple(rows))
