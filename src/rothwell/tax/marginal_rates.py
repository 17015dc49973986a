"""What the next dollar costs: exact marginal rates, and how far the next cliff is."""

from __future__ import annotations

import math
from typing import NamedTuple

from rothwell.provision import kernel, provision
from rothwell.slopes import along, slopes_of, without_slopes
from rothwell.tax.facts import Parts, parts_of
from rothwell.tax.federal import best_return
from rothwell.tax.medicare_premiums import medicare_premiums
from rothwell.tax.premium_tax_credit import premium_credit_ends


class MarginalRates(NamedTuple):
    """What one more dollar adds to the total tax, benefits that become taxable and credits that are lost included.

    wages        of the filer, Form W-2, boxes 1 and 5 (payroll taxes other than the additional Medicare tax apart)
    ordinary     taxable interest
    gains        long-term gain
    conversion   a conversion, or another taxable distribution, of an IRA
    """

    wages: float
    ordinary: float
    gains: float
    conversion: float


class OneMoreDollar(NamedTuple):
    """By how much each amount moves in each direction of MarginalRates."""

    wages1: tuple[float, float, float, float]
    medicare_wages1: tuple[float, float, float, float]
    taxable_interest: tuple[float, float, float, float]
    lt_gain: tuple[float, float, float, float]
    ira_distributions: tuple[float, float, float, float]


ONE_MORE_DOLLAR = OneMoreDollar(
    wages1=(1.0, 0.0, 0.0, 0.0),
    medicare_wages1=(1.0, 0.0, 0.0, 0.0),
    taxable_interest=(0.0, 1.0, 0.0, 0.0),
    lt_gain=(0.0, 0.0, 1.0, 0.0),
    ira_distributions=(0.0, 0.0, 0.0, 1.0),
)


@provision
def tax_and_marginal_rates(facts, parts, status, law):  # type: ignore[no-untyped-def]
    """The return and its exact marginal rates (Form 1040), from the same provisions.

    At a kink the rate is the one of the next dollar. A cliff (a step of a credit, the end of the premium tax credit)
    has no rate: see `next_cliff`.

    Law:    that of `best_return`.
    Units:  `facts` a named tuple Facts; rates in dollars of tax for a dollar.
    Tests:  test_marginal_rates_are_finite_differences, test_the_rate_at_a_kink_is_that_of_the_next_dollar.
    """
    form = best_return(along(facts, ONE_MORE_DOLLAR), _with_the_first_dollar_earned(parts), status, law)
    slopes = slopes_of(form.total_tax)
    return without_slopes(form), MarginalRates(slopes[0], slopes[1], slopes[2], slopes[3])


@provision
def _with_the_first_dollar_earned(parts):  # type: ignore[no-untyped-def]
    """The parts of a return, with those that one dollar of wages adds to a return without earnings."""
    return Parts(
        business=parts.business,
        benefits=parts.benefits,
        dependents=parts.dependents,
        earnings=True,
        itemized=parts.itemized,
        iras=parts.iras,
        early=parts.early,
        savings=parts.savings,
        premiums=parts.premiums,
        carryovers=parts.carryovers,
        exemptions=parts.exemptions,
        tax_table=parts.tax_table,
        elderly=parts.elderly,
        earners=True,
    )


class Cliff(NamedTuple):
    """The next cliff of one kind above a return's income.

    distance    dollars of modified adjusted gross income up to its edge; infinite where there is none
    cost        dollars that the first dollar beyond costs: tax, credits lost, premiums of a year
    """

    distance: float
    cost: float


class Cliffs(NamedTuple):
    """The next cliff of each kind; what a dollar of income adds to the modified income may be more than a dollar."""

    medicare_premiums: Cliff
    premium_tax_credit: Cliff
    savers_credit: Cliff
    child_tax_credit: Cliff


NO_CLIFF = Cliff(math.inf, 0.0)
NO_CLIFFS = Cliffs(NO_CLIFF, NO_CLIFF, NO_CLIFF, NO_CLIFF)


@provision
def next_cliffs(form, facts, status, law):  # type: ignore[no-untyped-def]
    """How much more income leads to the next cliff of each kind, and what it costs to cross it.

    Law:    42 USC 1395r(i); IRC 36B(c)(1)(A), 25B(b), 24(b)(1).
    Units:  dollars of the year; `form` the return as computed.
    Not modeled: the cliffs of states and of other programs.
    Tests:  test_the_cost_jumps_at_the_next_cliff.
    """
    return Cliffs(
        _medicare_cliff(form, facts, status, law),
        _premium_credit_cliff(form, facts, law.premium_tax_credit),
        _savers_cliff(form, status, law.savers_credit),
        _child_credit_step(form, status, law.child_tax_credit),
    )


@provision
def income_related_premiums(form, facts, status, law):  # type: ignore[no-untyped-def]
    """What a return's income adds to the Medicare premiums of two years later, of everybody who is enrolled by then.

    Law:    42 USC 1395r(i), 1395w-113(a)(7).
    Units:  dollars a year, at the tiers of the return's year.
    Not modeled: changes of tiers and of filing status within the two years, redetermination (SSA-44).
    Tests:  test_the_cost_jumps_at_the_next_cliff.
    """
    magi_irmaa = form.agi + facts.tax_exempt_interest  # 1395r(i)(4)(A)
    a_month = medicare_premiums(magi_irmaa, status, law.part_b, law.irmaa)
    surcharge = a_month.part_b - law.part_b.standard_premium + a_month.part_d_adjustment  # 1395r(i)(1)
    return law.irmaa.months * _enrolled_later(facts, law.irmaa) * surcharge


@provision
def _enrolled_later(facts, law):  # type: ignore[no-untyped-def]
    """How many people of a return will be of the eligible age when its income decides their premiums.

    Law:    42 USC 1395o, 1395r(i)(4)(B).
    """
    age = law.eligible_age - law.lookback_years  # now
    filer = 1.0 if facts.age1 >= age else 0.0  # 1395o
    spouse = 1.0 if facts.age2 >= age else 0.0  # 1395o
    return filer + spouse


@provision
def _medicare_cliff(form, facts, status, law):  # type: ignore[no-untyped-def]
    """The next tier of the income-related Medicare premiums.

    Law:    42 USC 1395r(i)(3), 1395w-113(a)(7).
    """
    section = law.irmaa
    people = _enrolled_later(facts, section)  # whose premiums rise
    magi_irmaa = form.agi + facts.tax_exempt_interest  # 1395r(i)(4)(A)
    paid = income_related_premiums(form, facts, status, law)  # a year, below the cliff
    distance, cost = math.inf, 0.0
    for tier in range(section.part_b_surcharge.size):
        surcharge = section.part_b_surcharge[tier] + section.part_d_surcharge[tier]  # a month
        ahead = section.threshold[status, tier] - magi_irmaa  # dollars to the tier
        nearest = people > 0.0 and ahead >= 0.0 and ahead <= distance
        cost = section.months * people * surcharge - paid if nearest else cost
        distance = ahead if nearest else distance
    return Cliff(distance, cost)


@provision
def _premium_credit_cliff(form, facts, law):  # type: ignore[no-untyped-def]
    """The income at which the premium tax credit ends.

    Law:    IRC 36B(c)(1)(A).
    """
    benefits = facts.ss1 + facts.ss2 - form.taxable_ss  # untaxed, 36B(d)(2)(B)(iii)
    magi_ptc = form.agi + facts.tax_exempt_interest + benefits  # 36B(d)(2)(B)
    spouse = 1.0 if facts.age2 > 0.0 else 0.0  # 36B(d)(1)
    dependents = facts.n_children_u17 + facts.n_older_children + facts.n_other_dependents  # 36B(d)(1)
    people = facts.household_size if facts.household_size > 0.0 else 1.0 + spouse + dependents  # 36B(d)(1)
    end = premium_credit_ends(people, law)  # 36B(c)(1)(A)
    share = law.final_percentage[law.final_percentage.size - 1]  # of income, at the end; 36B(b)(3)(A)
    lost = min(facts.marketplace_premiums, max(0.0, facts.benchmark_premium - share * end))  # the credit at the end
    ahead = end - magi_ptc
    there = lost > 0.0 and ahead >= 0.0
    return Cliff(ahead if there else math.inf, lost if there else 0.0)


@provision
def _savers_cliff(form, status, law):  # type: ignore[no-untyped-def]
    """The next tier of the saver's credit, for a return that has one: at most its credit is lost.

    Law:    IRC 25B(b).
    """
    distance, cost = math.inf, 0.0
    for tier in range(law.rate.size):
        rate = law.rate[tier]
        following = law.rate[tier + 1] if tier + 1 < law.rate.size else 0.0
        ahead = law.income_top[status, tier] - form.agi
        nearer = form.savers_credit > 0.0 and ahead >= 0.0 and ahead < distance
        cost = form.savers_credit * (1.0 - following / rate) if nearer else cost
        distance = ahead if nearer else distance
    return Cliff(distance, cost)


@provision
def _child_credit_step(form, status, law):  # type: ignore[no-untyped-def]
    """The next step by which the child tax credit falls.

    Law:    IRC 24(b)(1), "or fraction thereof".
    """
    over = form.agi - law.phase_out_start[status]  # 24(h)(3)
    steps = math.ceil(max(0.0, over) / law.phase_out_step)  # already lost
    ahead = law.phase_out_start[status] + steps * law.phase_out_step - form.agi
    there = form.child_tax_credit > 0.0
    return Cliff(ahead if there else math.inf, min(law.phase_out_per_step, form.child_tax_credit) if there else 0.0)


class AllIn(NamedTuple):
    """What the next dollars of a conversion cost in all, and the cliffs ahead."""

    all_in_rate: float
    medicare_cliff_distance: float
    medicare_cliff_cost: float
    premium_credit_cliff_distance: float
    premium_credit_cliff_cost: float
    savers_cliff_distance: float
    savers_cliff_cost: float
    child_credit_step_distance: float
    child_credit_step_cost: float


@kernel
def all_in_of_returns(records, status, dollars, law, results):  # type: ignore[no-untyped-def]
    """The fields of AllIn of many returns [return, field]: `records` are of type RETURN.

    The all-in rate counts the tax, with benefits that become taxable and credits that are lost, and the Medicare
    premiums of two years later, on `dollars` more of converted money: cliffs within them included.
    """
    for row in range(status.size):
        facts, of_status = records[row], status[row]
        before, after = 0.0, 0.0
        ahead = NO_CLIFFS
        for more in (dollars, 0.0):  # with the next dollars, then without them
            facts.ira_distributions += more
            form = best_return(facts, parts_of(facts, law), of_status, law)
            facts.ira_distributions -= more
            cost = form.total_tax + income_related_premiums(form, facts, of_status, law)
            before, after = cost, cost if more > 0.0 else after
            ahead = next_cliffs(form, facts, of_status, law)
        found = AllIn(
            (after - before) / dollars,
            ahead.medicare_premiums.distance,
            ahead.medicare_premiums.cost,
            ahead.premium_tax_credit.distance,
            ahead.premium_tax_credit.cost,
            ahead.savers_credit.distance,
            ahead.savers_credit.cost,
            ahead.child_tax_credit.distance,
            ahead.child_tax_credit.cost,
        )
        for column in range(len(found)):
            results[row, column] = found[column]
