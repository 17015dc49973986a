"""Which answer shows that a key of the household file matters: markets, beliefs, strategies and payments."""

from __future__ import annotations

from tests.household.changes import Changes, Row
from tests.household.rows_in_common import GUARDED, LIVES, MIXES, PAYMENTS, adder, day

ROWS: list[Row] = []
row = adder(ROWS)

# [market], [[mixes]] and [taxable_account]
row("market.kind", "couple", "life", "lognormal", "fixed", "bootstrap", "historical", given=MIXES)
row("market.mean_return", "couple", "life plan", 0.06, 0.05)
row("market.deviation", "couple", "life", 0.12, 0.1)
row("market.inflation", "couple", "life", 0.025, 0.03)
row("market.inflation_deviation", "couple", "life", 0.01, 0.02)
for asset, mean in (("stocks", 0.07), ("bonds", 0.035), ("cash", 0.025)):
    assumed: Changes = {**MIXES, f"market.{asset}": {"mean_return": mean, "deviation": 0.1}}
    row(f"market.{asset}.mean_return", "couple", "life", mean, mean + 0.01, given=assumed)
    row(f"market.{asset}.deviation", "couple", "life", 0.1, 0.05, given=assumed)
for pair in ("stocks_bonds", "stocks_cash", "stocks_inflation", "bonds_cash", "bonds_inflation", "cash_inflation"):
    row(f"market.correlations.{pair}", "couple", "life", 0.1, 0.2, given=MIXES)
row("market.block_years", "couple", "life", 5, 3, given={**MIXES, "market.kind": "bootstrap"})
row("market.historical_start", "couple", "life", 1950, 1966, given={**MIXES, "market.kind": "historical"})
row("market.dividend_yield", "couple", "life", 0.016, 0.02)
row("market.interest_yield", "couple", "life", 0.0, 0.01)
row("market.bond_yield", "couple", "life", 0.04, 0.03, given=MIXES)
row("market.wage_growth_over_inflation", "couple", "life", 0.01, 0.02)
row("market.medical_growth_over_inflation", "couple", "life", 0.02, 0.03)
row("market.chained_cpi_gap", "couple", "life", 0.0025, 0.004)
row("market.plan_fee", "couple", "life", 0.001, 0.002)
row("market.taxable_fee", "couple", "life", 0.0005, 0.001)
row("market.ira_fee", "couple", "life", 0.0005, 0.001)
row("market.spending_timing", "couple", "life", "start", "end")
row("mixes[0].name", "couple", "plan", "savings", "all I have", given=MIXES)
row(
    "mixes[0].stocks",
    "couple",
    "life",
    {"mixes[0].stocks": 0.6},
    {"mixes[0].stocks": 0.5, "mixes[0].bonds": 0.4},
    given=MIXES,
)
row(
    "mixes[0].bonds",
    "couple",
    "life",
    {"mixes[0].bonds": 0.3},
    {"mixes[0].bonds": 0.4, "mixes[0].cash": 0.0},
    given=MIXES,
)
row(
    "mixes[0].cash",
    "couple",
    "life",
    {"mixes[0].cash": 0.1},
    {"mixes[0].cash": 0.2, "mixes[0].stocks": 0.5},
    given=MIXES,
)
GLIDE = "mixes[0].glide[0]"
GLIDES: Changes = {**MIXES, GLIDE: {"year": 2050, "stocks": 0.2, "bonds": 0.5, "cash": 0.3}}
row(f"{GLIDE}.year", "couple", "life", 2050, 2040, given=GLIDES)
row(f"{GLIDE}.age", "couple", "life", 60, 70, given={**GLIDES, f"{GLIDE}.year": None})
row(
    f"{GLIDE}.stocks",
    "couple",
    "life",
    {f"{GLIDE}.stocks": 0.2},
    {f"{GLIDE}.stocks": 0.5, f"{GLIDE}.cash": 0.0},
    given=GLIDES,
)
row(
    f"{GLIDE}.bonds",
    "couple",
    "life",
    {f"{GLIDE}.bonds": 0.5},
    {f"{GLIDE}.bonds": 0.8, f"{GLIDE}.cash": 0.0},
    given=GLIDES,
)
row(
    f"{GLIDE}.cash",
    "couple",
    "life",
    {f"{GLIDE}.cash": 0.3},
    {f"{GLIDE}.cash": 0.5, f"{GLIDE}.stocks": 0.0},
    given=GLIDES,
)
row("taxable_account.basis_method", "retired", "life", "average", "highest_first")
row("taxable_account.qualified_share", "couple", "life", 1.0, 0.8)
row("taxable_account.turnover", "couple", "life", 0.0, 0.1)
row("taxable_account.short_term_share", "couple", "life", 0.0, 0.3, given={"taxable_account.turnover": 0.1})
row("taxable_account.short_term_loss_carryover", "couple", "life", 0, 20_000)
row("taxable_account.long_term_loss_carryover", "couple", "life", 0, 20_000)

# [beliefs], [mortality] and [landscape]
row("beliefs.risk_aversion", "couple", "life", 3, 1)
row("beliefs.discount", "couple", "life", 1.0, 0.97)
row("beliefs.equivalence", "couple", "life", 1.6, 1.4)
row("beliefs.consumption_floor", "couple", "life", 20_000, 30_000)
row("beliefs.bequest_years", "couple", "life", 5, 10)
row("beliefs.heirs_tax_rate", "couple", "life", 0.24, 0.35, given={"beliefs.amortize_to_age": 110})
RICH: Changes = {
    "household.state": "IL",
    "household.state_estate_tax": {"exclusion": 100_000, "rate": 0.1},
    "people[0].planning_age": 75,
    "people[1].planning_age": 75,
}
MOVED: Changes = {
    "residence": [{"state": "IL", "year": 2028, "state_estate_tax": {"exclusion": 100_000, "rate": 0.1}}],
    "people[0].planning_age": 75,
    "people[1].planning_age": 75,
}
for place, given in (("household", RICH), ("residence[0]", MOVED)):
    row(f"{place}.state_estate_tax.exclusion", "retired", "life", 100_000, 200_000, given=given)
    row(f"{place}.state_estate_tax.rate", "retired", "life", 0.1, 0.2, given=given)
HEIR = "heirs[0]"
DIE_EARLY: Changes = {"people[0].planning_age": 75, "people[1].planning_age": 75}
EVE: Changes = {HEIR: {"name": "Eve"}, **DIE_EARLY}
TWO: Changes = {"heirs": [{"name": "Eve", "income": 20_000}, {"name": "Bob", "income": 400_000}], **DIE_EARLY}
FRIEND: Changes = {HEIR: {"name": "Eve", "relation": "other"}, **DIE_EARLY}
row(f"{HEIR}.name", "retired", "plan", "Eve", "Ann", given=EVE)
row(f"{HEIR}.relation", "retired", "plan", "child", "charity", "estate", given=EVE)
YOUNG: Changes = {HEIR: {"name": "Eve", "draw": "last", "birth_date": day("2020-05-01")}}
SOON: Changes = {"people[0].planning_age": 68, "people[1].planning_age": 68}
row(f"{HEIR}.relation", "retired", "life", "child", "other", given={**YOUNG, **SOON})
IN_PENNSYLVANIA: Changes = {**EVE, "household.state": "PA"}
row(f"{HEIR}.relation", "retired", "life", "child", "sibling", "niece_nephew", given=IN_PENNSYLVANIA)
row(f"{HEIR}.relation", "retired", "life", "child", "grandchild", given={**YOUNG, **SOON})
GRANDCHILD: Changes = {HEIR: {**YOUNG[HEIR], "relation": "grandchild", "draw": "level"}, **SOON}
row(f"{HEIR}.parents_rate", "retired", "life", 0.24, 0.35, given=GRANDCHILD)
row(f"{HEIR}.in_trust", "retired", "life", False, True, given=EVE)
row("household.taxable_gifts", "retired", "life", 0, 90_000_000, given=EVE)
LATE: Changes = {
    "household.taxable_gifts": 30_000_000,
    "household.unused_exclusion": 1_000,
    "people[0].planning_age": 75,
}
row("household.unused_exclusion", "solo", "life", 1_000, 14_000_000, given=LATE)
row(f"{HEIR}.birth_date", "retired", "life", day("1955-05-01"), day("1990-05-01"), given=FRIEND)
row(f"{HEIR}.disabled", "retired", "life", False, True, given={HEIR: {"name": "Eve", "draw": "last"}, **DIE_EARLY})
row(f"{HEIR}.share", "retired", "life", 0.2, 0.8, given=TWO)
row(f"{HEIR}.traditional_share", "retired", "life", 0.2, 0.8, given=TWO)
row(f"{HEIR}.roth_share", "retired", "plan", 0.2, 0.8, given=TWO)
row(f"{HEIR}.taxable_share", "retired", "plan", 0.2, 0.8, given=TWO)
row(f"{HEIR}.income", "retired", "life", 20_000, 200_000, given=EVE)
row(f"{HEIR}.filing_status", "retired", "life", "single", "mfj", "hoh", given=EVE)
row(f"{HEIR}.state", "retired", "life", None, "CA", "NY", given=EVE)
row(f"{HEIR}.draw", "retired", "life", "level", "fill", "last", given=EVE)
row(f"{HEIR}.draw", "retired", "life", "best", "last", given=EVE)

row("beliefs.real_discount_for_spending", "couple", "life", 0.025, 0.03)
row("beliefs.deferred_weight", "couple", "life", 0.75, 0.85)
row("beliefs.amortize_to_age", "couple", "life", 95, 100)
row("mortality.kind", "retired", "life", "fixed", "table", given={"people[0].sex": "male", "people[1].sex": "female"})
row("mortality.multiplier", "retired", "life", 1.0, 0.8, given=LIVES)
row("landscape.names", "couple", "plan", ["current-law"], ["pessimist"])

# [[strategies]]
OWN = "strategies[0]"
MINE: Changes = {OWN: {"name": "Mine", "after_tax_share": 0.5}}
CONVERTS: Changes = {OWN: {"name": "Mine", "rate_before_claiming": 0.2}}
row(f"{OWN}.name", "couple", "plan", "Mine", "My own", given=MINE)
row(f"{OWN}.roth_deferrals", "couple", "life", 0.0, 0.5, given=MINE)
CAREER: Changes = {OWN: {"name": "Mine", "late_career_age": 50, "late_roth_deferrals": 0.5}}
row(f"{OWN}.late_career_age", "couple", "life", 50, 55, given=CAREER)
row(f"{OWN}.late_roth_deferrals", "couple", "life", 0.5, 1.0, given=CAREER)
row(f"{OWN}.after_tax_share", "couple", "life", 0.5, 1.0, given=MINE)
row(f"{OWN}.conversion_waits", "couple", "life", 0.0, 0.5, given=MINE)
row(f"{OWN}.fill_bracket", "retired", "life", 0.12, 0.22, 0.24, given={OWN: {"name": "Mine"}})
LATER: Changes = {"people[1].social_security.claiming_age": 70, OWN: {"name": "Mine"}}
row(f"{OWN}.rate_before_claiming", "retired", "life", 0.0, 0.26, given=LATER)
row(f"{OWN}.rate_after_claiming", "retired", "life", 0.0, 0.26, given=CONVERTS)
row(f"{OWN}.rate_after_rmds", "retired", "life", 0.0, 0.26, given=CONVERTS)
row(f"{OWN}.gain_harvest", "retired", "life", 0.0, 0.9, given=LATER)
row(f"{OWN}.deferred_first", "retired", "life", None, 0.12, 0.22, given=LATER)
row(f"{OWN}.deferred_share", "retired", "life", 0.0, 0.4, given=LATER)
row(f"{OWN}.spend_to_age", "retired", "life", 95, 100, given=LATER)
row(f"{OWN}.spend_at_rate", "retired", "life", 0.025, 0.03, given=LATER)
row(f"{OWN}.deferred_weight", "retired", "life", 0.75, 0.85, given=LATER)
row(f"{OWN}.guardrail_width", "retired", "life", 0.2, 0.1, given={**LATER, **GUARDED})

# [payments]
row("payments.as_of", "engineer", "payments", day("2026-10-31"), day("2026-08-31"), given=PAYMENTS)
row("payments.prior_year_tax", "engineer", "payments", 60_000, 50_000, given=PAYMENTS)
row("payments.prior_year_agi", "engineer", "payments", 260_000, 120_000, given=PAYMENTS)
row("payments.withheld_so_far", "engineer", "payments", 20_000, 25_000, given=PAYMENTS)
row("payments.withholding_to_come", "engineer", "payments", 3_000, 4_000, given=PAYMENTS)
row("payments.expected_tax", "engineer", "payments", None, 70_000, given=PAYMENTS)
PAID: Changes = {**PAYMENTS, "payments.estimates": [{"date": day("2026-06-15"), "amount": 1_500}]}
row("payments.estimates[0].date", "engineer", "payments", day("2026-06-15"), day("2026-09-20"), given=PAID)
row("payments.estimates[0].amount", "engineer", "payments", 1_500, 2_500, given=PAID)
ITEM: Changes = {
    **PAYMENTS,
    "payments.income": [{"name": "Extra", "kind": "vest", "date": day("2026-11-20"), "amount": 20_000}],
}
row("payments.income[0].name", "engineer", "payments", "Extra", "More", given=ITEM)
row("payments.income[0].kind", "engineer", "payments", "vest", "bonus", "conversion", "gain", "other", given=ITEM)
row("payments.income[0].date", "engineer", "payments", day("2026-11-20"), day("2026-08-20"), given=ITEM)
row("payments.income[0].amount", "engineer", "payments", 20_000, 30_000, given=ITEM)
TWO_JOBS: Changes = {
    **PAYMENTS,
    "jobs[0].pay": 2_500_000,
    "jobs[1]": {"person": "Priya", "employer": "Second", "pay": 1_500_000},
    "payments.income": [
        {"name": name, "kind": "bonus", "date": day("2026-11-20"), "amount": 800_000, "employer": "Bayline Systems"}
        for name in ("First", "Further")
    ],
}
row("payments.income[0].employer", "engineer", "payments", "Bayline Systems", "Second", given=TWO_JOBS)
row("payments.income[0].withheld", "engineer", "payments", None, 2_000, given=ITEM)
