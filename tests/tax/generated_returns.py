"""Random lawful returns that land on thresholds of the law: a cent below, at it, a cent above; every field in use."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.law.figures import JOINT, SEPARATE_APART, STATUSES, figures
from rothwell.tax.facts import Facts
from rothwell.tax.many_returns import compute
from rothwell.tax.returns import SECTIONS
from tests.tax.build import law

Floats = NDArray[np.float64]
Columns = dict[str, Floats]

SEED = 20_260_101
FLAGS = (*("blind1", "blind2", "spouse_without_income", "spouse_itemizes", "sstb1", "sstb2", "covered1", "covered2"),)
COUNTS = ("n_children_u17", "n_older_children", "n_other_dependents", "household_size")
AGES = ("age1", "age2", "spouse_age", "left_job_at1", "left_job_at2")
DOLLARS = tuple(name for name in Facts._fields if name not in (*FLAGS, *COUNTS, *AGES))
OR_LOSSES = ("st_gain", "lt_gain", "self_employment1", "self_employment2", "other_income")
OF_SPOUSE = tuple(name for name in Facts._fields if name.endswith("2"))
ONLY_SEPARATE = ("spouse_age", "spouse_without_income", "spouse_itemizes")
PARTS = (  # a part, the whole that it cannot exceed
    ("qualified_dividends", "ordinary_dividends"),
    ("reit_dividends", "ordinary_dividends"),
    ("private_activity_interest", "tax_exempt_interest"),
)
BIRTHDAYS = (
    17.0,
    18.0,
    24.0,
    25.0,
    49.0,
    50.0,
    54.0,
    55.0,
    59.0,
    59.5,
    *range(60, 67),
    69.0,
    70.0,
    70.5,
    72.0,
    73.0,
    75.0,
)
SHARES_PRESENT = (0.03, 0.15, 0.5, 0.5)  # of a return's fields that are not zero: some returns are lean, most are full
CENT = 0.01
MOST_LOSS = 120_000.0  # of one business: two stay within IRC 461(l), beyond which a return is refused
SMALLEST, LARGEST, HUGE = 1.0, (20_000.0, 150_000.0, 2e6), 1e9  # the largest amounts differ by return
OF_HUGE = 0.003  # of the amounts
ON_A_THRESHOLD = 0.35  # of the amounts that are not zero
LANDED = 0.3  # of the returns are moved until their adjusted gross income or taxable income meets a threshold
ROOM = 0.1  # of a business's profit: most of its plan contributions and premiums of health insurance


class Returns(NamedTuple):
    """Returns as columns of Facts, with their filing status."""

    columns: Columns
    status: NDArray[np.int64]

    def __len__(self) -> int:
        return self.status.size

    def some(self, rows: Any) -> Returns:
        """The returns at some places, or those for which something is true."""
        return Returns({name: values[rows] for name, values in self.columns.items()}, self.status[rows])

    def change(self, **columns: Any) -> Returns:
        """The same returns with other columns."""
        every = {name: np.broadcast_to(np.asarray(new, float), self.status.shape) for name, new in columns.items()}
        return Returns(self.columns | every, self.status)

    def add(self, dollars: float, *names: str) -> Returns:
        """The same returns with more dollars in some columns."""
        return self.change(**{name: self.columns[name] + dollars for name in names})


@cache
def figures_read() -> tuple[str, ...]:
    """The figures of the law in the sections that a return reads."""
    return tuple(name for name in figures() if name.partition(".")[0] in SECTIONS)


@cache
def thresholds(year: int) -> tuple[Floats, ...]:
    """The dollars of the law of a year by filing status, without zeros."""
    found = []
    for status in range(len(STATUSES)):
        of_status = []
        for name in figures_read():
            section, _, field = name.partition(".")
            one = figures()[name]
            value = np.atleast_1d(law(year)[section][field])
            if one.unit.startswith("USD"):
                of_status += list(np.ravel(value[status] if one.by_status else value))
        amounts = np.unique(of_status)
        found.append(amounts[np.isfinite(amounts) & (amounts > 0.0)])
    return tuple(found)


@cache
def generated_returns(count: int, year: int, seed: int = SEED) -> Returns:
    """Random lawful returns under the law of a year."""
    random = np.random.default_rng(seed)
    status = random.integers(len(STATUSES), size=count)
    share, largest = random.choice(SHARES_PRESENT, count), random.choice(LARGEST, count)
    columns = {name: _amounts(random, share, largest, status, year) for name in DOLLARS}
    for name in OR_LOSSES:
        columns[name] *= np.where(random.random(count) < 0.3, -1.0, 1.0)
    for name in ("self_employment1", "self_employment2"):
        columns[name] = np.maximum(columns[name], -MOST_LOSS)
    for name in FLAGS:
        columns[name] = (random.random(count) < share) * 1.0
    for name in COUNTS:
        columns[name] = random.integers(1, 6, count) * (random.random(count) < share)
    _people(columns, random)
    returns = Returns(columns, status)
    _make_lawful(returns, random)
    return _landed(returns, random, year)


def _amounts(
    random: np.random.Generator, share: Floats, largest: Floats, status: NDArray[np.int64], year: int
) -> Floats:
    """Dollars: none, anything from a dollar to the largest, a threshold of the law to the cent, or a huge amount."""
    count = status.size
    amount = np.round(np.exp(random.random(count) * np.log(largest / SMALLEST)) * SMALLEST, 2)
    threshold = _thresholds_of(random, status, year)
    amount = np.where((random.random(count) < ON_A_THRESHOLD) & (threshold < largest), threshold, amount)
    amount = np.where(random.random(count) < OF_HUGE, HUGE * random.random(count), amount)
    return amount * (random.random(count) < share)


def _thresholds_of(random: np.random.Generator, status: NDArray[np.int64], year: int) -> Floats:
    """A threshold of the law of each return's status, a cent below it, at it or a cent above it."""
    found = np.zeros(status.size)
    for number, of_status in enumerate(thresholds(year)):
        found[status == number] = random.choice(of_status, int((status == number).sum()))
    return found + random.choice([-CENT, 0.0, CENT], status.size)


def _people(columns: Columns, random: np.random.Generator) -> None:
    """Ages: any, or at a birthday that matters."""
    count = len(columns["wages1"])
    for name in ("age1", "age2", "spouse_age"):
        anything = np.floor(random.uniform(18.0, 100.0, count))
        columns[name] = np.where(random.random(count) < 0.5, random.choice(BIRTHDAYS, count), anything)
    columns["age2"] *= random.random(count) < 0.9
    for name in ("left_job_at1", "left_job_at2"):
        columns[name] = random.choice([0.0, 54.0, 55.0, 60.0], count)


def _make_lawful(returns: Returns, random: np.random.Generator) -> None:
    """What belongs together: a spouse on a joint return, parts within their wholes, pay before deferrals."""
    columns, status = returns
    for name in OF_SPOUSE:
        columns[name] *= status == JOINT
    for name in ONLY_SEPARATE:
        columns[name] *= status >= SEPARATE_APART
    for part, whole in PARTS:
        columns[part] = np.minimum(columns[part], columns[whole])
    columns["reit_dividends"] = np.minimum(
        columns["reit_dividends"], columns["ordinary_dividends"] - columns["qualified_dividends"]
    )
    for person in ("1", "2"):
        more = np.maximum(columns["medicare_wages" + person] - columns["wages" + person], 0.0)
        deferred = more * (random.random(len(returns)) < 0.2)
        columns["medicare_wages" + person] = columns["wages" + person] + deferred
        profit = np.maximum(columns["self_employment" + person], 0.0)
        for expense in ("self_employed_plan", "self_employed_health"):
            columns[expense + person] = np.minimum(columns[expense + person], np.round(ROOM * profit, 2))
    left = columns["ira_distributions"].copy()
    for person in ("1", "2"):
        columns["qcd" + person] = np.minimum(columns["qcd" + person], left)
        left -= columns["qcd" + person]


def _landed(returns: Returns, random: np.random.Generator, year: int) -> Returns:
    """Some returns with as much more other income as leads from their income to a threshold."""
    found = compute(returns.columns, returns.status, law(year), ("agi", "taxable_income"), threads=1)
    aim = _thresholds_of(random, returns.status, year)
    of_income = np.where(random.random(len(returns)) < 0.5, found["agi"], found["taxable_income"])
    lands = (random.random(len(returns)) < LANDED) & (aim > of_income)
    return returns.change(other_income=returns.columns["other_income"] + lands * (aim - of_income))
