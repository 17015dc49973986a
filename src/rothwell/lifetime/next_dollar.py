"""What the next dollar costs in the first year of a plan: rates by source, the cost of converting more, cliffs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

from rothwell.household import Household
from rothwell.law.state_timeline import follows_federal_choice
from rothwell.law.states import law_of_state
from rothwell.lifetime.household_arrays import children_of_year
from rothwell.lifetime.residences import facts_of_home, law_of, turns_of
from rothwell.lifetime.state_year import write_persons
from rothwell.provision import plain_record, plainly
from rothwell.tax.both_returns import NO_STATE, STATE_FIRST, both_returns
from rothwell.tax.facts import Facts, parts_of
from rothwell.tax.federal import best_return
from rothwell.tax.marginal_rates import ONE_MORE_DOLLAR, Cliffs, MarginalRates, income_related_premiums, next_cliffs
from rothwell.tax.state_facts import StateFacts

CENT = 0.01  # dollars: the step of a difference, not law
CONVERSION = MarginalRates._fields.index("conversion")
CONVERTED = tuple(float(place == CONVERSION) for place in range(len(MarginalRates._fields)))
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


def both_returns_of_year(flows: Any, household: Household) -> dict[str, float]:
    """The facts of the year's federal and state returns, the distributions split by kind and person."""
    found = {**return_of_year(flows, household)._asdict(), **StateFacts()._asdict()}
    of_plans = float(flows["plan_paid"].sum() + flows["plan_converted"].sum())
    in_plans = of_plans > 0.0 or flows["ira_paid"].any() or flows["ira_converted"].any()
    if in_plans:  # the kernel has split them, for a state
        hsa = float(flows["withdrawal_hsa"])
        found["ira_distributions"] -= of_plans + hsa
        found["pension"] += of_plans
        found["other_income"] += hsa
    both = SimpleNamespace(**found)
    plainly(write_persons)(flows, both)
    return vars(both)


class TaxesOfYear:
    """Federal, state and local tax of a year under changed facts, worked out by plain Python."""

    def __init__(self, flows: Any, household: Household, law: Any) -> None:
        home = household.home_of(int(flows["year"]))
        state = law_of(home)
        self.turns = turns_of(state)
        self.itemizes = state is not None and self.turns >= STATE_FIRST and not follows_federal_choice(state)
        self.status = int(flows["status"])
        self.facts = {**both_returns_of_year(flows, household), **facts_of_home(home)}
        self.law = law
        if state is not None and self.turns != NO_STATE:
            own = law_of_state(state, int(flows["year"]), household.market.growth)
            self.law = SimpleNamespace(**plain_record(law)._asdict(), state=plain_record(own.record))
        parts = plainly(parts_of)(self.federal(), law)
        self.parts = parts._replace(earnings=True)  # the first dollar of wages counts too

    def federal(self, **changed: float) -> Facts:
        """The facts of the federal return."""
        return Facts(**{name: changed.get(name, self.facts[name]) for name in Facts._fields})

    def moved(self, dollars: float, direction: int) -> dict[str, float]:
        """The facts that more income of one kind changes."""
        return {
            name: self.facts[name] + dollars * slopes[direction]
            for name, slopes in (*ONE_MORE_DOLLAR._asdict().items(), ("ira_converted1", CONVERTED))
            if slopes[direction] != 0.0
        }

    def of(self, **changed: float) -> tuple[Any, float]:
        """The federal return, and what state and place take, with some facts changed."""
        if self.turns == NO_STATE:
            return plainly(best_return)(self.federal(**changed), self.parts, self.status, self.law), 0.0
        parts = self.parts._replace(itemized=self.itemizes)
        facts = SimpleNamespace(**{**self.facts, **changed})
        both = plainly(both_returns)(facts, parts, self.turns, self.status, self.law)
        return both.federal, both.state_tax + both.local_tax


def next_dollar(flows: Any, household: Household, law: Any, converted: float) -> NextDollar:
    """What more income would cost in the year of these flows, under a federal law record: state tax is in it.

    The rates are those of `tax_and_marginal_rates`, found here from two taxes a cent apart, just beyond where the
    return stands: a step of a credit at that very place is no rate, and one return is not worth a compilation.
    """
    year = TaxesOfYear(flows, household, law)
    premiums = plainly(income_related_premiums)

    def cost(more: float) -> float:
        form, of_state = year.of(**year.moved(more, CONVERSION))
        return float(form.total_tax + of_state + premiums(form, year.federal(), year.status, law))

    def tax_with(direction: int, dollars: float) -> float:
        form, of_state = year.of(**year.moved(dollars, direction))
        return float(form.total_tax + of_state)

    rates = [
        round((tax_with(direction, CENT + CENT) - tax_with(direction, CENT)) / CENT, RATE_DIGITS) + 0.0
        for direction in range(len(MarginalRates._fields))
    ]
    now, _ = year.of()
    return NextDollar(
        rates=MarginalRates(*rates),
        all_in=(cost(converted) - cost(0.0)) / converted,
        converted=converted,
        cliffs=plainly(next_cliffs)(now, year.federal(), year.status, law),
    )
