"""Which answer shows that a key of the household file matters: the household and its people."""

from __future__ import annotations

from tests.household.changes import Changes, Row
from tests.household.rows_in_common import DIES, LIVES, PAYMENTS, adder, day

ROWS: list[Row] = []
row = adder(ROWS)

# [household]
ALONE = {**PAYMENTS, "children[0].birth_date": day("2016-01-05")}
row("household.name", "couple", "plan", "Somebody", "Somebody else")
row("household.filing_status", "engineer", "payments", "single", "mfs", "hoh", "qss", given=ALONE)
row("household.filing_status", "couple", "capacity forms", "mfj", "mfs")
row("household.state", "retired", "life", "FL", "CA", given=DIES)
row("household.community_property", "retired", "life", 0.0, 0.5, 1.0, given=DIES)
row("household.start_year", "couple", "capacity life", 2026, 2027)
row("household.prior_magi", "retired", "life", {2024: 100_000, 2025: 290_000}, {2024: 310_000, 2025: 290_000})
row("household.expected_magi", "early", "capacity", 100_000, 400_000)

# [[people]]
row(
    "people[1].name",
    "couple",
    "capacity plan",
    *(
        {"people[1].name": name, "jobs[1].person": name, "accounts[1].owner": name, "accounts[3].owner": name}
        for name in ("Maria", "Mary")
    ),
)
row("people[0].birth_date", "couple", "capacity access life", day("1985-04-10"), day("1975-04-10"))
row("people[0].retirement_age", "couple", "life", 60, 63)
row("people[1].planning_age", "retired", "life", 95, 90)
row("people[0].sex", "retired", "life", "female", "male", given=LIVES)
row("people[0].plan_on_leaving", "couple", "life", "roll_over", "keep")
row("people[0].social_security.claiming_age", "retired", "life", 70, 68)
row("people[1].social_security.claiming_months", "retired", "life", 0, 6)
row("people[0].social_security.annual_benefit", "retired", "life", 52_000, 40_000)
NO_BENEFIT = {"people[0].social_security.annual_benefit": None}
row("people[0].social_security.pia", "retired", "life", 2_000, 3_000, given=NO_BENEFIT)
row(
    "people[0].social_security.earnings",
    "early",
    "life",
    *(dict.fromkeys(range(2015, 2026), amount) for amount in (20_000, 60_000)),
    given=NO_BENEFIT,
)
row("people[1].social_security.survivor_claiming_age", "couple", "life", 60, 65, given={"people[0].planning_age": 62})
PENSION = {"people[0].pension": {"annual_amount": 20_000, "start_age": 68, "cost_of_living": True}}
row("people[0].pension.annual_amount", "retired", "life", 20_000, 30_000, given=PENSION)
row("people[0].pension.start_age", "retired", "life", 68, 72, given=PENSION)
row("people[0].pension.cost_of_living", "retired", "life", False, True, given=PENSION)
row("people[0].pension.survivor_share", "retired", "life", 0.0, 0.5, given={**PENSION, **DIES})

# [people.ira] and [people.hsa]
row("people[0].ira.every_year", "early", "life", "none", "backdoor")
row("people[0].ira.traditional_contributions", "early", "capacity checklist", 0, 3_000)
row("people[0].ira.roth_contributions", "early", "capacity forms", 0, 3_000)
IRA: Changes = {"accounts[5]": {"kind": "traditional_ira", "owner": "Sam", "balance": 30_000}}
row("people[0].ira.converted", "early", "capacity forms", 0, 3_000, given=IRA)
row("people[0].ira.distributions", "early", "capacity forms", 0, 3_000, given=IRA)
row("people[0].ira.basis_of_earlier_years", "early", "capacity forms", 0, 5_000, given=IRA)
row("people[0].ira.year_end_value", "early", "capacity forms", 10_000, 40_000, given=IRA)
row("people[0].ira.traditional_excess_before", "early", "capacity forms", 0, 2_000, given=IRA)
row("people[0].ira.roth_excess_before", "early", "capacity forms", 0, 2_000)
row("people[0].ira.covered_at_work", "early", "capacity", False, True)
row("people[0].ira.plan_takes_rollovers", "early", "capacity checklist", False, True, None, given=IRA)
row("people[0].hsa.coverage[0].kind", "early", "capacity life", "self_only", "family")
row("people[0].hsa.coverage[0].first_month", "early", "capacity", 1, 4)
row("people[0].hsa.coverage[0].last_month", "early", "capacity", 12, 9)
row("people[0].hsa.every_year", "early", "life", False, True)
row("people[0].hsa.employer_contributions", "early", "capacity forms", 0, 900)
row("people[0].hsa.payroll_contributions", "early", "capacity forms", 0, 900)
row("people[0].hsa.own_contributions", "early", "capacity", 0, 900)
TWO_HSAS: Changes = {f"people[{place}].hsa": {"coverage": [{"kind": "family"}], "every_year": True} for place in (0, 1)}
row("people[0].hsa.share_of_family_limit", "couple", "capacity life", 0.3, 0.6, given=TWO_HSAS)

# [[children]]
row("children[0].name", "couple", "plan", "Ella", "Emma")
row("children[0].birth_date", "couple", "life", day("2018-06-15"), day("2012-06-15"))
row("children[0].dependent_until", "family", "life", 19, 23)
