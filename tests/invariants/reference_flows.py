"""A year's incomes, costs, spending, growth and new money in plain Python, for the second simulator."""

from __future__ import annotations

import math
from typing import Any

from rothwell.law.indexing import MEDICAL_COSTS, PRICES
from rothwell.mega_backdoor.conversion import converted_earnings
from rothwell.provision import plainly
from rothwell.tax.facts import Facts, Parts
from rothwell.tax.medicare_premiums import medicare_premiums
from tests.invariants.reference_accounts import CRUMB, Estate
from tests.invariants.reference_work import Work
from tests.invariants.reference_year import PEOPLE, Trial, Year

FLAT, GUARDRAILS = 1, 2  # spending rules, by their places in a household's record
NO_MIX = -1


def flows_of(home: Any, care_from: tuple[int, int], levels: Any, year: Year, work: Work) -> dict[str, float]:
    """Pensions, incomes, costs and health of a year, dollars by name."""
    found = dict.fromkeys(
        ("pension", "incomes", "for life", "ordinary", "investment", "costs", "marketplace", "benchmark", "supplement",
         "medical"),
        0.0,
    )  # fmt: skip
    level = levels[year.number]
    for who, one in enumerate(home.people):
        share = 1.0 if year.alive[who] else one.pension_survivor_share
        if year.ages[who] >= one.pension_start:
            year.pensions[who] = float(one.pension * share * (level[PRICES] if one.pension_indexed > 0.0 else 1.0))
            found["pension"] += year.pensions[who]
    for kind, flows in (("incomes", home.incomes), ("costs", home.costs)):
        for one in flows:
            amount = _amount(one, level, year)
            found[kind] += amount
            if kind == "incomes":
                found["for life"] += one.for_life * amount
                found["ordinary"] += one.ordinary * amount
                found["investment"] += one.investment * amount
    if home.health.written > 0.0:
        for who in PEOPLE:
            if year.alive[who]:
                _health(home.health, care_from[who], year, who, work, found, level[MEDICAL_COSTS])
    found["premiums"] = _premiums(year, found)
    return {name: float(value) for name, value in found.items()}


def _amount(one: Any, level: Any, year: Year) -> float:
    """An income or a cost in a year; after a person's death the survivor's share."""
    if not one.first <= year.number <= one.last:
        return 0.0
    share = one.survivor_share if one.person >= 0 and not year.alive[one.person] else 1.0
    return float(one.amount * share * (level[one.index] if one.index >= 0 else 1.0))


def _health(
    health: Any, care_from: int, year: Year, who: int, work: Work, found: dict[str, float], level: float
) -> None:  # fmt: skip
    """Premiums of the exchange until Medicare, what Medicare leaves, out of pocket, long-term care."""
    found["medical"] += health.out_of_pocket * level
    if care_from <= year.number < care_from + health.care_years[who]:
        found["medical"] += health.care[who] * level
    if on_medicare(year, who):
        found["supplement"] += health.on_medicare * level
        return
    dated = health.first[who] >= 0
    begun = year.number >= health.first[who] if dated else not work.held
    if begun and year.number <= health.last[who]:
        found["marketplace"] += health.premium[who] * level
        found["benchmark"] += health.benchmark[who] * level


def on_medicare(year: Year, who: int) -> bool:
    """Whether a person lives and is of the age of Medicare."""
    return year.alive[who] and year.ages[who] >= year.law.irmaa.eligible_age


def _premiums(year: Year, found: dict[str, float]) -> float:
    """All premiums; those of Medicare rest on the return of two years before."""
    law, enrolled = year.law, sum(on_medicare(year, who) for who in PEOPLE)
    premiums = found["marketplace"] + found["supplement"]
    if enrolled:
        estate = year.estate
        monthly = plainly(medicare_premiums)(estate.magi[1], estate.magi_status[1], law.part_b, law.irmaa)
        premiums += enrolled * law.irmaa.months * (monthly.part_b + monthly.part_d_adjustment)
    return float(premiums)


def pay_from_hsa(year: Year, flows: dict[str, float]) -> float:
    """What health savings accounts pay untaxed from 65 on: Medicare premiums and costs of health."""
    owners = [one for who, one in enumerate(year.estate.owners) if on_medicare(year, who)]
    held = sum(one.hsa for one in owners)
    due = flows["premiums"] - flows["marketplace"] - flows["supplement"] + flows["medical"]
    paid = min(held, due)
    for one in owners:
        one.hsa -= one.hsa * paid / held if held > 0.0 else 0.0
    return paid


def spending_of(home: Any, strategy: Any, year: Year, work: Work, flows: dict[str, float]) -> float:
    """The living cost until nobody works any more, then the spending rule."""
    couple, estate, price_level = home.couple, year.estate, flows["price level"]
    if work.working:
        estate.spent_real = 0.0
        return float(couple.living_cost * price_level)
    youngest = min(age for age, lives in zip(year.ages, year.alive, strict=True) if lives)
    years = max(1, int(strategy.spend_to_age - youngest + 1))
    cost = sum((1.0 + strategy.spend_at_rate) ** -ahead for ahead in range(years))
    amortized = flows["benefits"] + flows["pension"] + flows["for life"]
    paid_out = flows["rmd_roth"]  # by a law on large balances: no longer in an account, and not yet in another
    amortized += (estate.wealth(strategy.deferred_weight) + paid_out) / cost
    spending, before = amortized, estate.spent_real * price_level
    if couple.spending_rule == FLAT:
        spending = couple.flat_spending * price_level
    elif couple.spending_rule == GUARDRAILS and before > 0.0:
        spending = before
        if before > (1.0 + strategy.guardrail_width) * amortized:
            spending = max(amortized, before * (1.0 - couple.guardrail_step))
        elif before < (1.0 - strategy.guardrail_width) * amortized:
            spending = min(amortized, before * (1.0 + couple.guardrail_step))
    estate.spent_real = spending / price_level
    return float(spending)


def facts_of(home: Any, year: Year, work: Work, flows: dict[str, float], hsa_in: list[float]) -> Facts:
    """The return's facts that no withdrawal changes."""
    ages = [age for age, lives in zip(year.ages, year.alive, strict=True) if lives]
    losses = year.estate.losses
    together = float(home.arrays.benefits_together[year.number])
    of_second = 0.0
    if all(year.alive) and together > 0.0:
        of_second = flows["benefits"] * float(home.arrays.benefits_second[year.number]) / together
    return Facts(
        age1=ages[0],
        age2=ages[1] if len(ages) > 1 else 0.0,
        n_children_u17=float(home.arrays.children[year.number]),
        n_older_children=float(home.arrays.older_children[year.number]),
        wages1=sum(work.pay) - sum(work.owner_pay) - sum(work.pre_tax) + sum(work.owner_pre_tax),
        medicare_wages1=work.pay[0] - work.owner_pay[0],
        medicare_wages2=work.pay[1] - work.owner_pay[1],
        **_businesses(work),
        other_income=flows["ordinary"],
        pension=flows["pension"],
        ss1=flows["benefits"] - of_second,
        ss2=of_second,
        hsa_deduction=sum(hsa_in),
        st_loss_carryover=losses[0],
        lt_loss_carryover=losses[1],
        marketplace_premiums=flows["marketplace"],
        benchmark_premium=flows["benchmark"],
    )


def _businesses(work: Work) -> dict[str, float]:
    """What the return has of businesses; what they put into plans of their owners is deducted, IRC 404(a)(8)."""
    found = {}
    for who in PEOPLE:
        found[f"self_employment{who + 1}"] = work.profit[who]
        plan = work.profit[who] - work.owner_pay[who] + work.owner_pre_tax[who]
        found[f"self_employed_plan{who + 1}"] = plan
    for one in work.held:
        who = int(one.job.person)
        if one.job.own_business > 0.0 and work.profit[who] > 0.0:
            found[f"sstb{who + 1}"] = one.job.specified_service
            found[f"business_wages{who + 1}"] = one.job.wages_paid * work.profit[who] / one.job.pay
    return found


def parts_of_year(year: Year, work: Work, flows: dict[str, float]) -> Parts:
    """The parts of the return that a life has: no itemizing, no credits of earners and savers."""
    facts = year.facts
    early = sum(
        (0.0 if year.roth_open[who] else one.roth_ira) + (0.0 if year.accessible[who] else one.ira + one.former)
        for who, one in enumerate(year.estate.owners)
    )
    return Parts(
        business=sum(work.profit) > 0.0,
        benefits=flows["benefits"] > 0.0,
        dependents=facts.n_children_u17 + facts.n_older_children > 0.0,
        earnings=False,
        itemized=year.state.law is not None and year.state.home.itemizes > 0.0,
        iras=False,
        early=early > 0.0,
        savings=False,
        premiums=flows["marketplace"] > 0.0,
        carryovers=False,
        exemptions=year.law.personal_exemption.amount > 0.0,
    )


def convert_earlier_money(year: Year, work: Work, after_tax_share: float, floor: float) -> float:
    """After-tax money of earlier years that moves to Roth in the plan; returns its earnings, which are taxed.

    Only what taxable money above the cash floor can pay for is moved.
    """
    taxed = 0.0
    able = max(0.0, year.estate.taxable.value - floor) if year.cash > 0.0 else 0.0
    for one in work.held:
        owner = year.estate.owners[int(one.job.person)]
        moves = one.job.moves_to_roth > 0.0 and after_tax_share > 0.0 and not work.stays
        if moves and able > 0.0 and owner.after_tax > 0.0:
            earnings = plainly(converted_earnings)(owner.after_tax, owner.after_tax_basis)
            share = min(1.0, able / earnings) if earnings > 0.0 else 1.0
            owner.convert_in_plan(share * earnings, share * owner.after_tax_basis, year.calendar)
            owner.roth_plan += share * owner.after_tax
            owner.after_tax -= share * owner.after_tax
            owner.after_tax_basis -= share * owner.after_tax_basis
            taxed += share * earnings
            year.earlier_earnings[int(one.job.person)] += share * earnings
            able -= share * earnings
    return taxed


def growth_of(home: Any, returns: Any, year: Year) -> dict[str, Any]:
    """What a dollar grows to in each kind of account after its fee, and what a taxable one pays out."""
    couple, rates = home.couple, [float(one) for one in returns]
    dividends, interest, cash = (float(one) for one in home.arrays.income_rates[year.number])
    if couple.cash_mix != NO_MIX:
        interest += cash * max(0.0, rates[int(couple.cash_mix)])
    found: dict[str, Any] = {
        "taxable": (1.0 + rates[int(couple.taxable_mix)]) * (1.0 - couple.taxable_fee),
        "dividends": dividends,
        "interest": interest,
    }
    kinds = ("plan", "roth_plan", "after_tax", "ira", "roth_ira", "hsa")
    for place, kind in enumerate(kinds):
        found[kind] = []
        for one in home.people:
            fee = (*one.plan_fee, one.ira_fee, one.roth_ira_fee, one.hsa_fee)[place]
            found[kind].append((1.0 + rates[int(one.mix[place])]) * (1.0 - fee))
    return found


def grow(estate: Estate, growth: dict[str, Any]) -> None:
    """A year's return; dividends and interest of the taxable account are paid out."""
    estate.taxable.grow(max(0.0, growth["taxable"] - growth["dividends"] - growth["interest"]))
    for who, one in enumerate(estate.owners):
        one.former *= growth["plan"][who]
        for kind in ("plan", "roth_plan", "after_tax", "ira", "roth_ira", "hsa"):
            setattr(one, kind, getattr(one, kind) * growth[kind][who])


def invest(year: Year, work: Work, trial: Trial, growth: dict[str, Any], others: tuple[list[float], bool]) -> None:
    """Contributions with half a year's return, and what is left of the cash."""
    hsa_in, at_start = others
    if year.jobs:
        deferrals = sum(year.unmatched_pre_tax) + sum(year.unmatched_roth)
        cut = trial.taken["deferrals"] / deferrals if deferrals > 0.0 else 0.0
        planned = sum(year.after_tax)
        kept = 1.0 - trial.taken["after-tax contributions"] / planned if planned > 0.0 else 0.0
        for who, one in enumerate(year.estate.owners):
            half = {
                kind: math.sqrt(growth[kind][who]) for kind in ("plan", "roth_plan", "after_tax", "roth_ira", "hsa")
            }
            after_tax = kept * year.after_tax[who]
            roth = work.roth[who] - cut * year.unmatched_roth[who]
            pre_tax = work.pre_tax[who] - cut * year.unmatched_pre_tax[who]
            one.plan += half["plan"] * (pre_tax + work.employer[who])
            one.roth_plan += half["roth_plan"] * roth
            one.plan_contributions += roth
            if roth > CRUMB:
                one.first_plan_year = one.first_plan_year or year.calendar
            if work.stays:
                one.after_tax += half["after_tax"] * after_tax
                one.after_tax_basis += after_tax
            else:
                one.roth_plan += half["roth_plan"] * after_tax
                one.convert_in_plan(year.waiting_gain * after_tax, after_tax, year.calendar)
            converted = year.backdoor[who]
            untaxed = min(converted, trial.untaxed_conversion[who])
            one.convert(converted - untaxed, untaxed, year.calendar)
            one.roth_ira += converted * (half["roth_ira"] - 1.0)
            one.hsa += hsa_in[who] * half["hsa"]
    saved = max(0.0, trial.left)
    new = max(0.0, saved - trial.dividends - trial.interest)  # what the account paid out came at the year's end
    whole_year = growth["taxable"] if at_start else 1.0
    factor = math.sqrt(growth["taxable"]) if year.jobs else whole_year
    year.estate.taxable.buy(saved + new * (factor - 1.0), saved)
