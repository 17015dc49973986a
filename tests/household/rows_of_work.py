"""Which answer shows that a key of the household file matters: jobs, plans, pay and businesses."""

from __future__ import annotations

from tests.household.changes import Changes, Row
from tests.household.rows_in_common import EVERY, PAYMENTS, adder, day

ROWS: list[Row] = []
row = adder(ROWS)

# [[jobs]]
BOTH_HIS: Changes = {"people[1].retirement_age": None, "jobs[1].person": "James"}
row(
    "jobs[1].person",
    "couple",
    "capacity forms life",
    {"jobs[1].person": "Maria", "people[1].retirement_age": 60},
    {"jobs[1].person": "James", "people[1].retirement_age": None},
)
row("jobs[0].employer", "couple", "capacity checklist forms", "Cascade Software", "Cascade Labs")
row("jobs[0].pay", "couple", "capacity forms life", 310_000, 330_000)
row("jobs[1].plan_pay", "couple", "capacity life", 165_000, 100_000)
row("jobs[0].start_date", "engineer", "capacity life", None, day("2026-07-01"))
row("jobs[0].end_date", "engineer", "capacity forms life", None, day("2026-07-01"))
row("jobs[0].end_date", "engineer", "life", None, day("2030-07-01"))
AT_50: Changes = {"people[0].birth_date": day("1974-04-10")}
row("jobs[0].prior_year_wages", "couple", "capacity life", 100_000, 176_100, given=AT_50)
row("jobs[0].growth", "couple", "life", 0.0, 0.01)
SMALLER: Changes = {
    "jobs[0].pay": 120_000,
    "jobs[0].prior_year_wages": 100_000,
    "jobs[0].plan.acp_test.nhce_average": 0.02,
}
row("jobs[0].ownership", "couple", "capacity life", 0.0, 0.06, given={**SMALLER, "spending.living_cost": 120_000})
GROUP: Changes = {**BOTH_HIS, "jobs[1].controlled_group": "G"}
row("jobs[0].controlled_group", "couple", "capacity life", "G", "H", given={**GROUP, "jobs[1].plan.nonelective": 0.1})
row("jobs[0].bonuses[0].date", "engineer", "capacity", day("2026-03-13"), day("2026-09-11"))
row("jobs[0].bonuses[0].amount", "engineer", "capacity", 30_000, 60_000)
row("jobs[0].bonuses[0].elections_apply", "engineer", "capacity", False, True)
row("jobs[0].bonuses[0].plan_counts", "engineer", "capacity", False, True, given={"jobs[0].pay": 350_000})
VEST: Changes = {**PAYMENTS, "jobs[0].equity_pay[0].date": day("2026-05-15")}
KINDS = ("rsu", "espp", "iso", "nonqualified_options", "other")
row("jobs[0].equity_pay[0].kind", "engineer", "payments", *KINDS, given=VEST)
row("jobs[0].equity_pay[0].kind", "engineer", "forms", "rsu", "iso", "nonqualified_options")
row("jobs[0].equity_pay[0].kind", "engineer", "forms", "other", "espp", "nonqualified_options")
row("jobs[0].equity_pay[0].amount", "engineer", "capacity life", 160_000, 120_000)
row("jobs[0].equity_pay[0].date", "engineer", "payments", day("2026-05-15"), day("2026-12-15"), given=PAYMENTS)
row("jobs[0].raises[0].year", "family", "life", 2028, 2029)
row("jobs[0].raises[0].growth", "family", "life", 0.04, 0.08)
row("jobs[0].raises[0].pay", "family", "life", 250_000, 400_000, given={"jobs[0].raises[0].growth": None})
row(
    "jobs[0].equity_by_year[0].year",
    "family",
    "life",
    2027,
    2030,
    given={"jobs[0].end_date": day("2031-06-30"), "jobs[1].start_date": day("2032-01-01")},
)
row("jobs[0].equity_by_year[0].amount", "family", "life", 110_000, 50_000)

# [jobs.plan]
PUBLIC: Changes = {"jobs[0].plan": {"kind": "401k", "governmental": True}}
row("jobs[0].plan.kind", "couple", "forms", "401k", "403b", "457b", given=PUBLIC)
row("jobs[0].plan.kind", "couple", "capacity life", "401k", "457b", given=PUBLIC)
row("jobs[0].plan.elective_deferral", "couple", "capacity life", "max", 10_000)
row("jobs[0].plan.deferral_kind", "couple", "forms life", "pre_tax", "roth")
row(
    "jobs[0].plan.roth_deferrals",
    "couple",
    "capacity life",
    False,
    True,
    given={**AT_50, "jobs[0].plan.conversion": "none", "jobs[0].plan.in_service_rollover": True},
)
row(
    "jobs[0].plan.catch_up_60_63",
    "couple",
    "capacity life",
    False,
    True,
    given={"people[0].birth_date": day("1965-04-10"), "people[0].retirement_age": 65},
)
row("jobs[0].plan.after_tax_contributions", "couple", "capacity life", False, True)
row("jobs[0].plan.after_tax_dollar_cap", "couple", "capacity life", 5_000, 10_000)
row("jobs[0].plan.after_tax_pay_cap", "couple", "capacity life", 0.02, 0.04)
row("jobs[0].plan.acp_limit", "couple", "capacity life", 0.05, 0.06)
ACP: Changes = {"jobs[0].plan.acp_test.nhce_average": 0.04}
row("jobs[0].plan.acp_test.nhce_average", "couple", "capacity life", 0.03, 0.05)
row("jobs[0].plan.acp_test.testing", "couple", "capacity", "prior_year", "current_year", given=ACP)
row("jobs[0].plan.acp_test.all_highly_compensated", "couple", "capacity life", False, True, given=ACP)
row("jobs[0].plan.acp_test.refund_chance", "couple", "capacity", 0.2, 1.0, given=ACP)
OTHERS = {**ACP, "jobs[0].plan.acp_test.other_highly_paid": [{"pay": 300_000, "contributions": 9_000}]}
row("jobs[0].plan.acp_test.other_highly_paid[0].pay", "couple", "capacity", 300_000, 200_000, given=OTHERS)
row("jobs[0].plan.acp_test.other_highly_paid[0].contributions", "couple", "capacity", 9_000, 30_000, given=OTHERS)
row("jobs[0].plan.governmental", "couple", "capacity", False, True, given={"jobs[0].plan": {"kind": "457b"}})
row("jobs[0].plan.conversion", "engineer", "checklist forms", *EVERY)
row("jobs[0].plan.conversion", "engineer", "life", "none", "yearly")
row(
    "jobs[0].plan.in_service_rollover",
    "couple",
    "checklist life",
    False,
    True,
    given={"jobs[0].plan.conversion": "none"},
)
row("jobs[0].plan.match[0].rate", "couple", "capacity life", 0.5, 1.0)
row("jobs[0].plan.match[0].up_to", "couple", "capacity life", 0.06, 0.05)
row("jobs[0].plan.match_dollar_cap", "couple", "capacity life", 4_000, 6_000)
row("jobs[0].plan.match_after_tax", "couple", "capacity life", False, True, given={"jobs[0].plan.match[0].up_to": 0.1})
row("jobs[0].plan.true_up", "engineer", "capacity", False, True)
row(
    "jobs[0].plan.at_pay_limit",
    "engineer",
    "capacity",
    "match_stops",
    "all_stops",
    "nothing_stops",
    given={"jobs[0].pay": 700_000, "jobs[0].plan.elective_deferral": 20_000},
)
row("jobs[0].plan.election_step", "engineer", "capacity", "dollars", "1%", "0.5%", "0.1%")
row("jobs[0].plan.nonelective", "couple", "capacity life", 0.02, 0.03)

# [jobs.pay_schedule] and [jobs.year_to_date]
SCHEDULE = "jobs[0].pay_schedule"
row(f"{SCHEDULE}.frequency", "engineer", "capacity", "weekly", "biweekly")
row(
    f"{SCHEDULE}.frequency",
    "engineer",
    "capacity",
    {SCHEDULE + ".frequency": "semimonthly", SCHEDULE + ".days": [15, "last"], SCHEDULE + ".pay_date": None},
    {SCHEDULE + ".frequency": "monthly", SCHEDULE + ".day": "last", SCHEDULE + ".pay_date": None},
    {SCHEDULE + ".frequency": "weekly"},
)
row(f"{SCHEDULE}.pay_date", "engineer", "capacity", day("2026-01-09"), day("2026-01-02"))
row(f"{SCHEDULE}.days", "engineer", "capacity", [15, "last"], [1, 15], given={SCHEDULE: {"frequency": "semimonthly"}})
row(f"{SCHEDULE}.day", "engineer", "capacity", 15, "last", given={SCHEDULE: {"frequency": "monthly"}})
row(
    f"{SCHEDULE}.weekend",
    "engineer",
    "capacity",
    "before",
    "after",
    "same",
    given={SCHEDULE: {"frequency": "monthly", "day": 15}},
)
SO_FAR: Changes = {
    "jobs[0].year_to_date": {"as_of": day("2026-06-26"), "elective_deferrals": 10_000, "employer_contributions": 4_000}
}
TO_DATE = "jobs[0].year_to_date"
row(f"{TO_DATE}.as_of", "engineer", "capacity", day("2026-06-26"), day("2026-08-07"), given=SO_FAR)
row(f"{TO_DATE}.pay", "engineer", "capacity", 110_000, 130_000, given=SO_FAR)
row(f"{TO_DATE}.elective_deferrals", "engineer", "capacity", 10_000, 12_000, given=SO_FAR)
row(f"{TO_DATE}.roth_deferrals", "engineer", "capacity", 0, 5_000, given=SO_FAR)
row(f"{TO_DATE}.employer_contributions", "engineer", "capacity", 4_000, 6_000, given=SO_FAR)
row(f"{TO_DATE}.match", "engineer", "capacity", 3_000, 4_000, given=SO_FAR)
row(f"{TO_DATE}.after_tax", "engineer", "capacity", 0, 4_000, given=SO_FAR)

# [[businesses]]
row(
    "businesses[0].person",
    "couple",
    "capacity life",
    "James",
    "Maria",
    given={"businesses[0].name": "B", "businesses[0].net_profit": 50_000},
)
row("businesses[0].name", "solo", "capacity", "Renata Consulting", "Renata")
row("businesses[0].net_profit", "solo", "capacity life", 180_000, 150_000)
row("businesses[0].growth", "solo", "life", 0.0, 0.01)
row("businesses[0].specified_service", "solo", "life", False, True, given={"businesses[0].net_profit": 320_000})
row(
    "businesses[0].wages_paid",
    "solo",
    "life",
    0,
    100_000,
    given={"businesses[0].net_profit": 320_000, "businesses[0].specified_service": False},
)
BESIDE_A_JOB: Changes = {
    "jobs": [{"person": "Renata", "employer": "Own", "pay": 90_000, "ownership": 0.9, "controlled_group": "G"}],
    "jobs[0].plan": {"after_tax_contributions": True, "conversion": "yearly"},
}
row("businesses[0].controlled_group", "solo", "capacity life", "G", "H", given=BESIDE_A_JOB)
row("businesses[0].plan.elective_deferral", "solo", "capacity life", "max", 10_000)
row("businesses[0].plan.deferral_kind", "solo", "capacity life", "pre_tax", "roth")
row(
    "businesses[0].plan.roth_deferrals",
    "solo",
    "life",
    False,
    True,
    given={"businesses[0].plan.conversion": "none", "businesses[0].plan.in_service_rollover": True},
)
row(
    "businesses[0].plan.catch_up_60_63",
    "solo",
    "capacity life",
    False,
    True,
    given={"people[0].birth_date": day("1965-04-10")},
)
row("businesses[0].plan.profit_sharing", "solo", "capacity life", "max", 20_000)
row(
    "businesses[0].plan.profit_sharing_rate",
    "solo",
    "capacity life",
    0.05,
    0.1,
    given={"businesses[0].plan.profit_sharing": None},
)
row("businesses[0].plan.after_tax_contributions", "solo", "capacity life", False, True)
row("businesses[0].plan.after_tax_dollar_cap", "solo", "capacity life", 5_000, 10_000)
row("businesses[0].plan.conversion", "solo", "checklist", *EVERY)
row("businesses[0].plan.conversion", "solo", "life", "none", "yearly")
row(
    "businesses[0].plan.in_service_rollover",
    "solo",
    "checklist life",
    False,
    True,
    given={"businesses[0].plan.conversion": "none"},
)
row("businesses[0].year_to_date.elective_deferrals", "solo", "capacity", 0, 4_000)
row("businesses[0].year_to_date.profit_sharing", "solo", "capacity", 0, 25_000)
row("businesses[0].year_to_date.after_tax", "solo", "capacity", 0, 4_000)


LATE: Changes = {
    "people[0].birth_date": day("1955-04-10"),
    "people[0].retirement_age": 78,
    "people[0].social_security": None,
    "household.prior_magi": {2024: 300_000, 2025: 300_000},
}
row("jobs[0].ownership", "couple", "life", 0.0, 0.06, given=LATE)  # 401(a)(9)(C)(ii): an owner waits for nothing
row("jobs[0].equity_pay[0].kind", "engineer", "life", "rsu", "iso")
