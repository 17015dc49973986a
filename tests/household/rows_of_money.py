"""Which answer shows that a key of the household file matters: accounts, spending, incomes, costs and health."""

from __future__ import annotations

from tests.household.changes import Changes, Row
from tests.household.rows_in_common import DIES, GUARDED, MIXES, adder, day

ROWS: list[Row] = []
row = adder(ROWS)

# [[accounts]]
KINDS_OF_ACCOUNT = ("pre_tax_plan", "traditional_ira", "roth_plan", "roth_ira", "hsa")
MORE: Changes = {"accounts[5]": {"kind": "taxable", "owner": "James", "balance": 50_000}}
row("accounts[5].kind", "couple", "life", *KINDS_OF_ACCOUNT, given=MORE)
row("accounts[5].kind", "couple", "life", "taxable", "after_tax_plan", given={**MORE, "accounts[5].basis": 40_000})
row("accounts[5].kind", "couple", "access", *KINDS_OF_ACCOUNT[:4], given=MORE)
row(
    "accounts[5].owner",
    "couple",
    "access life",
    "James",
    "Maria",
    given={**MORE, "accounts[5].kind": "traditional_ira"},
)
row("accounts[0].balance", "couple", "access life", 420_000, 300_000)
row(
    "accounts[2].basis",
    "early",
    "access life",
    None,
    20_000,
    given={"accounts[2].conversions": None, "accounts[2].contributions": None},
)
row("accounts[4].basis", "couple", "life", 180_000, 220_000)
row("accounts[2].contributions", "early", "access life", 13_000, 30_000)
row("accounts[2].first_roth_year", "early", "access", 2019, 2024)
ROTH_ALONE: Changes = {
    "accounts[0].balance": 10_000,
    "accounts[1].balance": 10_000,
    "accounts[2].balance": 900_000,
    "accounts[3].balance": 60_000,
    "accounts[3].basis": 60_000,
}
row("accounts[2].first_roth_year", "retired", "life", 2004, 2025, given=ROTH_ALONE)
row("accounts[2].conversions[0].year", "early", "access", 2024, 2022)
row("accounts[2].conversions[0].taxable", "early", "access life", 0, 5_000)
row("accounts[2].conversions[0].untaxed", "early", "access life", 7_000, 2_000)
LEFT: Changes = {
    "people[0].birth_date": day("1968-05-17"),
    "people[0].retirement_age": None,
    "jobs": [],
    "people[0].ira": None,
    "people[0].hsa": None,
    "accounts[0].left_in": 2024,
    "accounts[4].balance": 1_000,
    "accounts[4].basis": 1_000,
}
row("accounts[0].left_in", "early", "access life", 2024, 2020, given=LEFT)
YOUNG: Changes = {
    **LEFT,
    "people[0].birth_date": day("1985-05-17"),
    "accounts[0].left_in": None,
    "spending": {"rule": "flat", "flat_amount": 60_000},
}
TAXED = {"accounts[2].conversions[0].taxable": 7_000, "accounts[2].conversions[0].untaxed": 0}
row("accounts[2].conversions[0].year", "early", "access life", 2024, 2021, given={**YOUNG, **TAXED})
row("accounts[0].employer", "early", "access life", "Northgate Cloud", "Another")
row("accounts[0].mix", "couple", "life", "savings", "all stocks", given=MIXES)
row("accounts[0].fee", "couple", "life", None, 0.004)

# [spending] and [[goals]]
row("spending.living_cost", "couple", "life", 200_000, 180_000)
row(
    "spending.rule",
    "retired",
    "life",
    {"spending.rule": "amortized"},
    {"spending.rule": "guardrails"},
    {"spending.rule": "flat", "spending.flat_amount": 100_000},
)
row("spending.guardrail_width", "retired", "life", 0.1, 0.2, given=GUARDED)
row("spending.guardrail_step", "retired", "life", 0.1, 0.3, given=GUARDED)
row("spending.flat_amount", "retired", "life", 100_000, 110_000, given={"spending.rule": "flat"})
row("spending.essential", "retired", "life", 70_000, 150_000)
row("spending.cash_floor", "couple", "life", 40_000, 150_000)
GOAL: Changes = {"goals": [{"name": "Roof", "year": 2028, "amount": 60_000}]}
row("goals[0].name", "couple", "plan", "Roof", "Boat", given=GOAL)
row("goals[0].year", "couple", "life", 2028, 2035, given=GOAL)
row("goals[0].amount", "couple", "life", 60_000, 90_000, given=GOAL)

# [[incomes]] and [[costs]]
INCOME: Changes = {"incomes": [{"name": "Annuity", "amount": 20_000, "person": "Robert"}], **DIES}
row("incomes[0].name", "retired", "plan", "Annuity", "Rent", given=INCOME)
row("incomes[0].amount", "retired", "life", 20_000, 30_000, given=INCOME)
row("incomes[0].year", "retired", "life", 2028, 2030, given=INCOME)
row("incomes[0].first_year", "retired", "life", None, 2030, given=INCOME)
row("incomes[0].last_year", "retired", "life", None, 2030, given=INCOME)
RISES = ("prices", "medical_prices", "nothing")
row("incomes[0].rises_with", "retired", "life", *RISES, given=INCOME)
row("incomes[0].person", "retired", "life", "Robert", "Linda", given=INCOME)
row(
    "incomes[0].kind",
    "retired",
    "life",
    "ordinary",
    "investment",
    "untaxed",
    given={**INCOME, "incomes[0].amount": 300_000},
)
row("incomes[0].taxable_share", "retired", "life", 1.0, 0.6, given=INCOME)
row("incomes[0].survivor_share", "retired", "life", 0.0, 0.5, given=INCOME)
COST: Changes = {"costs": [{"name": "Mortgage", "amount": 20_000, "person": "Robert"}], **DIES}
row("costs[0].name", "retired", "plan", "Mortgage", "Loan", given=COST)
row("costs[0].amount", "retired", "life", 20_000, 30_000, given=COST)
row("costs[0].year", "retired", "life", 2028, 2030, given=COST)
row("costs[0].first_year", "retired", "life", None, 2030, given=COST)
row("costs[0].last_year", "retired", "life", None, 2030, given=COST)
row("costs[0].rises_with", "retired", "life", *RISES, given=COST)
row("costs[0].person", "retired", "life", "Robert", "Linda", given=COST)

# [health] and [[residence]]
row("health.out_of_pocket", "retired", "life", 0, 3_000)
row("health.part_d_premium", "retired", "life", 0, 600)
row("health.medigap_premium", "retired", "life", 0, 2_400)
row(
    "health.marketplace[0].person",
    "family",
    "life",
    "Priya",
    "Tom",
    given={"health.marketplace": [{"person": "Priya", "premium": 11_500, "benchmark": 12_000, "first_year": 2041}]},
)
row("health.marketplace[0].premium", "family", "life", 11_500, 9_000)
row(
    "health.marketplace[0].benchmark",
    "early",
    "life",
    9_000,
    12_000,
    given={"health.marketplace": [{"person": "Sam", "premium": 11_000, "benchmark": 9_000}]},
)
row("health.marketplace[0].first_year", "family", "life", 2041, 2043)
row("health.marketplace[0].last_year", "family", "life", None, 2042)
CARE: Changes = {"health.long_term_care": [{"person": "Robert", "annual_cost": 90_000, "start_age": 85}]}
row(
    "health.long_term_care[0].person",
    "retired",
    "life",
    "Robert",
    "Linda",
    given={**CARE, "people[0].planning_age": 86},
)
row("health.long_term_care[0].annual_cost", "retired", "life", 90_000, 60_000, given=CARE)
row("health.long_term_care[0].years", "retired", "life", 3, 5, given=CARE)
row("health.long_term_care[0].start_age", "retired", "life", 85, 80, given=CARE)
row("health.long_term_care[0].chance", "retired", "life", None, 0.05, given=CARE)
MOVE: Changes = {"residence": [{"state": "CA", "year": 2028}], **DIES}
row("residence[0].state", "retired", "life", "CA", "GA", given=MOVE)
HAWAII: Changes = {"household.state": "HI", "household.state_rates": {"income": 0.05}}
row("household.local_rate", "retired", "life", 0.03, 0.02, given={"household.state": "MD"})
row("household.new_york_city", "retired", "life", True, False, given={"household.state": "NY"})
row("household.state_rates.income", "retired", "life", 0.05, 0.06, given=HAWAII)
row("household.state_rates.gains", "retired", "life", None, 0.0, given=HAWAII)
row("household.state_rates.retirement", "retired", "life", None, 0.0, given=HAWAII)
THERE: Changes = {"residence": [{"state": "HI", "year": 2028, "state_rates": {"income": 0.05}}]}
BALTIMORE: Changes = {"residence": [{"state": "MD", "year": 2028, "local_rate": 0.032}]}
CITY: Changes = {"residence": [{"state": "NY", "year": 2028}]}
row("residence[0].local_rate", "retired", "life", 0.032, 0.02, given=BALTIMORE)
row("residence[0].new_york_city", "retired", "life", True, False, given=CITY)
row("residence[0].state_rates.income", "retired", "life", 0.05, 0.06, given=THERE)
row("residence[0].state_rates.gains", "retired", "life", None, 0.0, given=THERE)
row("residence[0].state_rates.retirement", "retired", "life", None, 0.0, given=THERE)
row("accounts[1].state_basis", "retired", "life", None, 50_000, given={"household.state": "MA"})
row("residence[0].year", "retired", "life", 2028, 2040, given=MOVE)
row("residence[0].age", "retired", "life", 70, 80, given={**MOVE, "residence[0].year": None})
