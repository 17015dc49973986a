"""Official worked examples, form line by form line, and how many there are.

The `source` of a row says how far it can be trusted: the paper of an authority that prints the figure; "by hand" and
the law that it was worked from; or "elsewhere" and who published it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest

from rothwell.provision import explain
from rothwell.tax.alternative_minimum import tentative_minimum_tax
from rothwell.tax.capital_gains import capital_gain_or_loss
from rothwell.tax.early_distributions import early_distribution_tax
from rothwell.tax.earned_income_credit import earned_income_credit
from rothwell.tax.facts import ALL_PARTS, Facts
from rothwell.tax.income import self_employment_of
from rothwell.tax.ira_basis import form_8606_part_1, form_8606_part_3
from rothwell.tax.ira_contributions import ira_deductions, reduced_limit, roth_ira_limit
from rothwell.tax.itemized_deductions import charitable_gifts
from rothwell.tax.premium_tax_credit import premium_tax_credit
from rothwell.tax.qualified_business_income import qualified_business_income_deduction
from rothwell.tax.rate_schedule import marginal_rate_of_schedule, tax_by_rate_schedule
from rothwell.tax.return_file import STATUS_NAMES
from rothwell.tax.social_security_benefits import taxable_benefits
from tests.tax.build import form, law, worksheet
from tests.tax.test_qualified_business_income import law_of_2018

CENT = 0.01
TESTS = Path(__file__).resolve().parents[1]
WORKSHEETS = TESTS / "worksheets"
PAPERS = (
    "42 USC ",
    "SSA, ",
    "CMS, ",
    "Form 1040 instructions (",
    "IRS ",
    "IRS, ",
    "Pub. ",
    "Reg. ",
    "Rev. Proc. ",
    "Tax Computation Worksheet, ",
)
UNOFFICIAL = ("by hand, ", "by hand: ", "elsewhere: ")
PRINTED_TABLES = (  # figures of a table that an authority prints, beside examples that it works
    *("earned_income_credit", "medicare_premiums", "rate_schedules", "standard_deduction", "tax_computation"),
    "tax_table",
)
LEAST_OFFICIAL = 150  # rows
LEAST_WORKED = 100  # of them, rows of worked examples
LAW_OF_2014 = SimpleNamespace(  # IRC 36B(b)(3)(A)(i) as enacted; poverty guidelines of 2012, 77 FR 4034
    poverty_ratio=np.array([0.0, 1.33, 1.5, 2.0, 2.5, 3.0]),
    initial_percentage=np.array([0.02, 0.03, 0.04, 0.063, 0.0805, 0.095]),
    final_percentage=np.array([0.02, 0.04, 0.063, 0.0805, 0.095, 0.095]),
    income_limit=4.0,
    poverty_line_one=11_170.0,
    poverty_line_each_more=3_960.0,
    repayment_ratio=np.array([2.0, 3.0, 4.0]),
    repayment_limit=np.array([[300.0, 750.0, 1_250.0], *[[600.0, 1_500.0, 2_500.0]] * 5]),
)


class Given(dict[str, float]):
    """The facts of an example; what is not named is 0."""

    def __missing__(self, name: str) -> float:
        return 0.0

    def of(self, *names: str) -> list[float]:
        """The amounts of these names, in their order."""
        return [self[name] for name in names]

    def facts(self) -> Facts:
        """Those that are facts of a return."""
        return Facts(**{name: amount for name, amount in self.items() if name in Facts._fields})


class Example(NamedTuple):
    """What a rule is given."""

    given: Given
    status: int
    year: int


def of_2018(year: int) -> Any:
    """The law of a year; the regulations under IRC 199A work their examples with that of 2018."""
    return law_of_2018() if year < 2019 else law(year)


def eitc(one: Example) -> tuple[Any, ...]:
    """By the printed table, and without investment income."""
    family = Facts(age1=40.0, n_children_u17=one.given["children"])
    section = law(one.year).earned_income_credit
    return earned_income_credit, family, *one.given.of("agi", "earned_income"), 0.0, 1.0, one.status, section


def premiums(one: Example) -> tuple[Any, ...]:
    """With the percentages and the poverty line of the regulation's year."""
    return premium_tax_credit, one.given.facts(), *one.given.of("magi", "people"), one.status, LAW_OF_2014


def business(one: Example) -> tuple[Any, ...]:
    """Two businesses, of which an example mostly has one."""
    amounts = one.given.of("qbi1", "qbi2", "taxable_income", "net_capital_gain")
    return qualified_business_income_deduction, one.given.facts(), *amounts, one.status, of_2018(one.year)


RULES: dict[str, Callable[[Example], tuple[Any, ...]]] = {  # a rule and its arguments, from the facts of an example
    "taxable_benefits": lambda one: (
        taxable_benefits,
        *one.given.of("benefits", "other_income", "exempt_interest", "adjustments"),
        one.status,
        law(one.year).benefit_taxation,
    ),
    "form_8606_part_1": lambda one: (
        form_8606_part_1,
        *one.given.of("nondeductible", "basis", "year_end_value", "withdrawals", "conversions"),
    ),
    "form_8606_part_3": lambda one: (
        form_8606_part_3,
        *one.given.of("distributions", "first_home", "contributions", "conversions"),
        law(one.year).early_distribution,
    ),
    "reduced_limit": lambda one: (
        reduced_limit,
        *one.given.of("limit", "magi", "start", "width"),
        law(one.year).ira_deduction,
    ),
    "roth_ira_limit": lambda one: (
        roth_ira_limit,
        *one.given.of("magi", "age", "compensation", "traditional"),
        one.status,
        law(one.year),
    ),
    "ira_deductions": lambda one: (
        ira_deductions,
        one.given.facts(),
        *one.given.of("magi", "compensation1", "compensation2"),
        one.status,
        law(one.year),
    ),
    "self_employment_of": lambda one: (self_employment_of, one.given.facts(), ALL_PARTS, law(one.year)),
    "early_distribution_tax": lambda one: (
        early_distribution_tax,
        one.given.facts(),
        law(one.year).early_distribution,
    ),
    "capital_gain_or_loss": lambda one: (
        capital_gain_or_loss,
        *one.given.of("short_term_gain", "long_term_gain"),
        one.status,
        law(one.year).capital_gains,
    ),
    "charitable_gifts": lambda one: (
        charitable_gifts,
        *one.given.of("cash", "appreciated", "agi"),
        law(one.year).itemized_deductions,
    ),
    "tentative_minimum_tax": lambda one: (
        tentative_minimum_tax,
        *one.given.of("amti", "preferential_income", "taxable_income"),
        one.status,
        law(one.year),
    ),
    "earned_income_credit": eitc,
    "premium_tax_credit": premiums,
    "qualified_business_income_deduction": business,
}


def lines_of(rule: str, one: Example) -> dict[str, float]:
    """The lines of a rule by name, its own before those of the rules that it uses; or of the whole return."""
    if rule == "form_1040":
        computed = form(one.year, one.status, **one.given)
        return {name: float(getattr(computed, name)) for name in computed._fields}
    result, sheets = explain(*RULES[rule](one))
    lines = {line.name: line.value for sheet in reversed(sheets) for line in sheet.lines}
    return lines if isinstance(result, tuple) else lines | {"result": float(result)}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a worksheet as they are written."""
    with (WORKSHEETS / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def every_row() -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of each worksheet, with the worksheet's name."""
    for path in sorted(WORKSHEETS.glob("*.csv")):
        yield from ((path.stem, row) for row in rows_of(path.stem))


def half_a_unit(printed: str) -> float:
    """Half of the last place that is printed: an official figure is as exact as that."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


@pytest.mark.parametrize("row", rows_of("form_lines"), ids=lambda row: f"{row['id']}, {row['line']}")
def test_lines_of_forms_are_as_printed(row: dict[str, str]) -> None:
    given = Given({name: float(amount) for name, _, amount in (one.partition("=") for one in row["given"].split(";"))})
    found = lines_of(row["rule"], Example(given, STATUS_NAMES[row["filing_status"]], int(row["year"])))
    assert found[row["line"]] == pytest.approx(float(row["value"]), abs=half_a_unit(row["value"])), row["source"]


@pytest.mark.parametrize("row", worksheet("rate_schedules"), ids=lambda row: str(row["id"]))
def test_tax_at_the_start_of_every_bracket_is_as_printed(row: dict[str, Any]) -> None:
    schedule = law(int(row["year"])).rate_schedule
    found = tax_by_rate_schedule(row["over"], row["filing_status"], schedule)
    assert found == pytest.approx(row["tax"], abs=CENT), row["source"]
    assert marginal_rate_of_schedule(row["over"] + 1.0, row["filing_status"], schedule) == row["rate"]


def test_every_source_is_official_or_says_that_it_is_not() -> None:
    for name, row in every_row():
        assert row["source"].startswith((*PAPERS, *UNOFFICIAL)), f"{name}: {row['source']}"


def test_there_are_150_official_rows_and_most_are_worked_examples() -> None:
    official = [name for name, row in every_row() if row["source"].startswith(PAPERS)]
    assert len(official) >= LEAST_OFFICIAL
    assert len([name for name in official if name not in PRINTED_TABLES]) >= LEAST_WORKED


def test_no_row_stands_twice() -> None:
    rows = [(name, *row.values()) for name, row in every_row()]
    assert len(set(rows)) == len(rows)
    keys = [(row["id"], row["line"], row["given"]) for row in rows_of("form_lines")]
    assert len(set(keys)) == len(keys)


def test_every_worksheet_is_read_by_a_test() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    for path in WORKSHEETS.glob("*.csv"):
        assert any(f'("{path.stem}")' in text or f'"{path.name}"' in text for text in texts), path.name
