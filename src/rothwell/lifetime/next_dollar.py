"""What the next dollar costs in the first year of a plan: rates by source, the cost of converting more, cliffs."""

from __future__ import annotations

from typing import Any, NamedTuple

from rothwell.household import Household
from rothwell.lifetime.household_arrays import children_of_year
from rothwell.provision import plainly
from rothwell.tax.facts import Facts, parts_of
from rothwell.tax.federal import best_return
from rothwell.tax.marginal_rates import ONE_MORE_DOLLAR, Cliffs, MarginalRates, income_related_premiums, next_cliffs

CENT = 0.01  # dollars: the step of a difference, not law
RATE_DIGITS = 6  # what a difference of two taxes leaves of a rate


class NextDollar(NamedTuple):
    """What more income would cost in a year.

    rates       tax on one more dollar, by its source
    all_in      share of the next `converted` dollars that goes to tax and to the Medicare premiums of two years later
    cliffs      the next cliff of each kind
    """

    rates: MarginalRates
    all_in: float
    converted: float
    cliffs: Cliffs


def return_of_year(flows: Any, household: Household) -> Facts:
    """The facts of a year's federal return, from the flows of a record of year_record.YEAR."""
    year = int(flows["year"])
    alive = [float(age) for age, lives in zip(flows["age"], flows["alive"], strict=True) if lives > 0.0]
    taken = float(flows["rmd"].sum() + flows["withdrawal_pre_tax"])
    taken += float(flows["withdrawal_hsa"] + flows["roth_earnings"] - flows["ira_nontaxable"].sum())
    converted = float(flows["conversion"] + flows["conversion_earnings"] + flows["backdoor"].sum())
    wages = flows["pay"] - flows["owner_pay"]
    young, older = children_of_year(household, year)
    plan = flows["business"] - flows["owner_pay"] + flows["owner_deferral"]
    return Facts(
        **_businesses_of(flows, household),
        self_employment1=float(flows["business"][0]),
        self_employment2=float(flows["business"][1]),
        self_employed_plan1=float(plan[0]),
        self_employed_plan2=float(plan[1]),
        age1=alive[0],
        age2=alive[1] if len(alive) > 1 else 0.0,
        n_children_u17=young,
        n_older_children=older,
        other_income=float(flows["incomes_ordinary"]),
        marketplace_premiums=float(flows["marketplace_premiums"]),
        benchmark_premium=float(flows["benchmark_premium"]),
        wages1=float(wages.sum() - flows["deferral_pre_tax"].sum() + flows["owner_deferral"].sum()),
        medicare_wages1=float(wages[0]),
        medicare_wages2=float(wages[1]),
        pension=float(flows["pension"]),
        ss1=float(flows["benefits"]),
        taxable_interest=float(flows["interest"] + flows["incomes_investment"]),
        ordinary_dividends=float(flows["dividends"]),
        qualified_dividends=float(flows["qualified_dividends"]),
        st_gain=float(flows["short_term_gain"]),
        lt_gain=float(flows["gain_realized"]),
        st_loss_carryover=float(flows["loss_carryover"][0]),
        lt_loss_carryover=float(flows["loss_carryover"][1]),
        ira_distributions=taken + converted,
        hsa_deduction=float(flows["hsa_contribution"].sum()),
        early_ira1=float(flows["early_subject"]),
    )


def _businesses_of(flows: Any, household: Household) -> dict[str, float]:
    """What the file says of a business that the deduction of IRC 199A asks for, grown with its profit."""
    found = {}
    for business in household.businesses:
        place = [person.name for person in household.people].index(business.person)
        if flows["business"][place] > 0.0:
            found[f"sstb{place + 1}"] = float(business.specified_service)
            grown = float(flows["business"][place]) / business.net_profit
            found[f"business_wages{place + 1}"] = business.wages_paid * grown
    return found


def next_dollar(flows: Any, household: Household, law: Any, converted: float) -> NextDollar:
    """What more income would cost in the year of these flows, under a law record.

    The rates are those of `tax_and_marginal_rates`, found here from two taxes a cent apart, just beyond where the
    return stands: a step of a credit at that very place is no rate, and one return is not worth a compilation.
    """
    facts, status = return_of_year(flows, household), int(flows["status"])
    parts = plainly(parts_of)(facts, law)._replace(earnings=True)  # the first dollar of wages counts too
    tax, premiums = plainly(best_return), plainly(income_related_premiums)

    def cost(changed: Facts) -> float:
        form = tax(changed, parts, status, law)
        return float(form.total_tax + premiums(form, changed, status, law))

    def tax_with(direction: int, dollars: float) -> float:
        moved = {
            name: getattr(facts, name) + dollars * slopes[direction]
            for name, slopes in ONE_MORE_DOLLAR._asdict().items()
        }
        return float(tax(facts._replace(**moved), parts, status, law).total_tax)

    now = tax(facts, parts, status, law)
    rates = [
        round((tax_with(direction, CENT + CENT) - tax_with(direction, CENT)) / CENT, RATE_DIGITS) + 0.0
        for direction in range(len(MarginalRates._fields))
    ]
    more = facts._replace(ira_distributions=facts.ira_distributions + converted)
    return NextDollar(
        rates=MarginalRates(*rates),
        all_in=(cost(more) - cost(facts)) / converted,
        converted=converted,
        cliffs=plainly(next_cliffs)(now, facts, status, law),
    )
