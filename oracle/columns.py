"""The columns of the returns and of the results that are compared, and which engine can represent which."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

SHARED = (  # both engines represent these
    *("household_id", "filing_status", "lived_apart", "spouse_itemizes", "age1", "age2", "blind1", "blind2"),
    *("n_children_u17", "n_older_children", "n_other_dependents", "wages1", "wages2"),
    *("self_employment1", "self_employment2", "sstb1", "sstb2", "business_wages1", "business_wages2"),
    *("business_property1", "business_property2", "self_employed_plan1", "self_employed_plan2"),
    *("self_employed_health1", "self_employed_health2", "taxable_interest", "tax_exempt_interest"),
    *("private_activity_interest", "ordinary_dividends", "qualified_dividends", "st_gain", "lt_gain"),
    *("st_loss_carryover", "lt_loss_carryover", "ira_distributions", "pension", "ss1", "ss2"),
    *("hsa_deduction", "other_adjustments", "other_income", "mortgage_interest", "charity_cash"),
    *("charity_appreciated", "real_estate_tax", "state_income_tax_paid", "medical_expenses"),
    "incentive_stock_spread",
)
POLICYENGINE_ONLY = ("reit_dividends", "retirement_savings1", "retirement_savings2")
COLUMNS = (*SHARED, *POLICYENGINE_ONLY)
WORDS = ("household_id", "filing_status")
COUNTS = (
    *("lived_apart", "spouse_itemizes", "age1", "age2", "blind1", "blind2", "sstb1", "sstb2"),
    *("n_children_u17", "n_older_children", "n_other_dependents"),
)
SIGNED = ("self_employment1", "self_employment2", "st_gain", "lt_gain")  # below zero for a loss

RESULTS = (  # of an engine; ours has the same names as far as it prints them
    *("agi", "taxable_ss", "itemizes", "deduction", "senior_deduction", "qbi_deduction", "taxable_income"),
    *("regular_tax", "amt", "niit", "additional_medicare", "self_employment_tax", "child_credit"),
    *("additional_child_credit", "earned_income_credit", "savers_credit", "elderly_credit"),
    *("nonrefundable_credits", "refundable_credits", "income_tax", "total_tax"),
)
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
CENTS = 2

Row = dict[str, Any]


def empty_return() -> Row:
    """A return on which there is nothing."""
    return dict.fromkeys(COLUMNS, 0.0) | {"household_id": "", "filing_status": "single", "age1": 40.0}


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as CSV: whole numbers without a point, dollars with as many places as they need."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _cell(value: Any) -> str:
    if isinstance(value, str) or value is None:
        return value
    rounded = round(float(value), CENTS) + 0.0
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)
