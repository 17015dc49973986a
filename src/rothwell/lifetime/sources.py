"""The sources of a year's cash, their rooms and their order: a strategy may draw tax-deferred money earlier."""

from __future__ import annotations

from rothwell.lifetime.accounts import PEOPLE, pre_tax_balance
from rothwell.lifetime.early_access import early_total, scan_early, spread_over_kinds
from rothwell.mega_backdoor.roth_rules import five_years_are_over, is_qualified
from rothwell.provision import provision


@provision
def measure_access(y, age):  # type: ignore[no-untyped-def]
    """Who is past 59 1/2.

    Law:    IRC 72(t)(2)(A)(i).
    Units:  1 yes, 0 no; `age` the section of early distributions; `early_access` has the convention for the year of
            59 1/2.
    Tests:  test_the_year_of_59_and_a_half.
    """
    for person in range(PEOPLE):
        y.accessible[person] = y.alive[person] if y.age[person] >= age.age else 0.0


@provision
def measure_roth_access(y, state, law):  # type: ignore[no-untyped-def]
    """Whose Roth money is qualified.

    Law:    IRC 408A(d)(2), 402A(d)(2).
    Units:  1 yes, 0 no.
    Tests:  test_the_five_years_of_a_roth_ira_hold_after_59_and_a_half.
    """
    age, years = law.early_distribution, law.roth_five_years
    for person in range(PEOPLE):
        ira = five_years_are_over(state.first_roth_year[person], y.year, years.years)
        plan = five_years_are_over(state.first_plan_year[person], y.year, years.plan_years)
        y.roth_open[person] = y.alive[person] * is_qualified(ira, y.age[person], 0.0, age)
        y.roth_plan_open[person] = y.alive[person] * is_qualified(plan, y.age[person], 0.0, age)


@provision
def measure_rooms(y, state, cash_floor):  # type: ignore[no-untyped-def]
    """What each source of cash can give this year, in dollars before tax.

    Law:    IRC 401(k)(2)(B)(i): before 59 1/2 the plan of a present employer gives nothing.
    Not modeled: a designated Roth account whose five years are not over, in the plan of a present employer: it waits.
    """
    y.cash_floor = cash_floor * y.price_level
    y.room_taxable[0] = max(0.0, state.taxable - y.cash_floor)
    y.room_taxable[1] = state.taxable - y.room_taxable[0]
    pre_tax, roth = 0.0, 0.0
    for person in range(PEOPLE):
        if y.rmd[person] > 0.0:
            _fit_required(y, state, person)
        pre_tax += y.accessible[person] * (pre_tax_balance(state, person) - y.rmd[person])
        roth += y.roth_open[person] * state.roth_ira[person]
        roth += y.roth_plan_open[person] * state.roth_plan[person]
    y.room_pre_tax, y.room_roth = pre_tax, roth
    y.room_early = early_total(y, state)


@provision
def _fit_required(y, state, person):  # type: ignore[no-untyped-def]
    """What is required is at most what the year's fall has left in each kind of account.

    Law:    Reg. 1.401(a)(9)-5(a)(2): never more than the account.
    """
    plans = state.former_plan[person] + y.rmd_of_present[person] * state.pre_tax_plan[person]
    of_plans = min(y.rmd_plan[person], plans)
    of_iras = min(y.rmd[person] - y.rmd_plan[person], state.traditional_ira[person])
    beyond = y.rmd[person] - of_plans - of_iras
    y.rmd[person] -= beyond
    y.rmd_plan[person] = of_plans
    y.cash_fixed -= beyond


@provision
def total_room(y):  # type: ignore[no-untyped-def]
    """All cash that could be raised this year, in dollars before tax."""
    cuts = 0.0
    for person in range(PEOPLE):
        cuts += y.after_tax[person] + y.unmatched_pre_tax[person] + y.unmatched_roth[person]
    taxable = y.room_taxable[0] + y.room_taxable[1]
    return taxable + cuts + y.room_pre_tax + y.room_roth + y.room_early + y.room_hsa


@provision
def spread_over_sources(y, raised, state, early, place):  # type: ignore[no-untyped-def]
    """Spread an amount of cash to raise over the sources, in their order; returns the cut of pre-tax deferrals."""
    after_tax = y.after_tax[0] + y.after_tax[1]
    pre_tax = y.unmatched_pre_tax[0] + y.unmatched_pre_tax[1]
    deferrals = pre_tax + y.unmatched_roth[0] + y.unmatched_roth[1]
    left = raised
    first_of_pre_tax = min(left, y.pre_tax_first)  # a strategy that draws tax-deferred money before taxable money
    left -= first_of_pre_tax
    beside = min(y.pre_tax_beside * left, y.room_pre_tax - first_of_pre_tax)
    left -= beside
    first = min(left, y.room_taxable[0])
    left -= first
    cut = min(left, after_tax)
    left -= cut
    deferral_cut = min(left, deferrals)
    left -= deferral_cut
    second = min(left, y.room_taxable[1])
    left -= second
    y.sold_taxable = first + second
    y.after_tax_share_cut = cut / after_tax if after_tax > 0.0 else 0.0
    y.deferral_share_cut = deferral_cut / deferrals if deferrals > 0.0 else 0.0
    last_of_pre_tax = min(left, y.room_pre_tax - first_of_pre_tax - beside)
    left -= last_of_pre_tax
    y.free_pre_tax = first_of_pre_tax + beside + last_of_pre_tax
    y.free_roth = left if y.room_early + y.room_hsa == 0.0 else min(left, y.room_roth)
    left -= y.free_roth
    y.early_raised = left if y.room_hsa == 0.0 else min(left, y.room_early)
    y.withdrawal_hsa = left - y.early_raised
    y.withdrawal_pre_tax = y.free_pre_tax
    y.withdrawal_roth = y.free_roth
    y.roth_earnings = 0.0
    y.early_subject = 0.0
    if y.early_raised > 0.0:
        if early.scanned == 0.0:
            scan_early(y, state, early, place)
        spread_over_kinds(y, early, y.early_raised)
    return y.deferral_share_cut * pre_tax
