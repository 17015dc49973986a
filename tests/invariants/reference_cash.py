"""A year's cash in plain Python: what is raised, the return that it causes, and the smallest amount that is enough.

Nothing here is quick. Amounts are found from below or by halving, so that no cleverness can hide a mistake.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from rothwell.provision import plainly
from rothwell.tax.facts import Facts
from rothwell.tax.federal import ordinary_taxable_income
from rothwell.tax.income import income_of, self_employment_of
from rothwell.tax.ira_basis import form_8606_part_1
from tests.invariants.reference_accounts import Owner
from tests.invariants.reference_states import taxes
from tests.invariants.reference_year import (
    ADJUSTED_GROSS,
    NOTHING,
    ORDINARY,
    PEOPLE,
    TAXABLE,
    Pot,
    Trial,
    Year,
)

CLOSE = 1e-8  # dollars
HALVES = 200  # of an interval: more than a number has digits
GRID = 50  # places at which a step of the credit is looked for
CREEPS = 3000  # steps from below


def pots_of(year: Year) -> list[Pot]:
    """Money before 59 1/2, or before the five years of the Roth IRAs are over, in the order in which it is used."""
    found: dict[tuple[int, int, int], Pot] = {}

    def pot(kind: str, word: str, begun: int = 0, part: int = 0) -> Pot:
        return found.setdefault((_ORDER.index(kind), begun, part), Pot(word, [0.0, 0.0], [False, False]))

    for who, one in enumerate(year.estate.owners):
        young = not year.accessible[who]
        if not year.alive[who]:
            continue
        if not year.roth_open[who]:
            barred = False
            for kind, begun, part, dollars in one.roth_ira_pots(year.calendar):
                bears = young and ((begun > 0 and part == 0) or kind == "earnings")
                barred = barred or kind == "earnings" or (bears and dollars > 0.0)
                if barred:
                    _put(pot(kind, "earnings" if kind == "earnings" else "roth", begun, part), who, dollars, bears)
                else:
                    _put(pot("free", "roth"), who, dollars, bears=False)
        if young:
            free = one.former if one.former_free else 0.0
            _put(pot("former", "former"), who, free, False)
            _put(pot("pre-tax", "pre-tax"), who, one.ira + one.former - free, True)
    return [found[place] for place in sorted(found)]


_ORDER = (
    "free", "former", "rolled, old", "rolled", "contributions", "conversions, old", "conversions", "pre-tax",
    "earnings",
)  # fmt: skip


def _put(pot: Pot, who: int, dollars: float, bears: bool) -> None:
    pot.dollars[who] += dollars
    pot.bears[who] = bears


def tried(year: Year, raised: float) -> Trial:
    """The whole year with so much cash raised."""
    trial = _spread(year, raised)
    paying = year.pays_on if year.pays_on is not None else year.estate.taxable.value - trial.sold
    trial.dividends, trial.interest = year.dividend_yield * paying, year.interest_yield * paying
    taxable = year.estate.taxable
    gain = taxable.gain_of_sale(trial.sold)
    trial.turnover_gain = year.turnover * max(0.0, taxable.value - taxable.basis - gain)
    short = year.short_term_share * trial.turnover_gain
    deferrals = sum(year.unmatched_pre_tax) + sum(year.unmatched_roth)
    cut = trial.taken["deferrals"] / deferrals if deferrals > 0.0 else 0.0
    after_tax = sum(year.after_tax) - trial.taken["after-tax contributions"]
    early_pre_tax = sum(trial.early_of(("former", "pre-tax"), who) for who in PEOPLE)
    earnings = sum(trial.early_of(("earnings",), who) for who in PEOPLE)
    withdrawn = sum(year.rmd(who) for who in PEOPLE) + trial.taken["pre-tax"] + early_pre_tax + trial.taken["hsa"]
    subject = sum(share * pot.dollars[who] for pot, share in trial.early for who in PEOPLE if pot.bears[who])
    trial.facts = year.facts._replace(
        wages1=year.facts.wages1 + cut * (sum(year.unmatched_pre_tax) - sum(year.owner_pre_tax)),
        self_employed_plan1=year.facts.self_employed_plan1 - cut * year.owner_pre_tax[0],
        self_employed_plan2=year.facts.self_employed_plan2 - cut * year.owner_pre_tax[1],
        taxable_interest=trial.interest + year.investment_income,
        ordinary_dividends=trial.dividends,
        qualified_dividends=year.qualified_share * trial.dividends,
        st_gain=short,
        lt_gain=gain + trial.turnover_gain - short,
        ira_distributions=withdrawn
        + earnings
        + year.converted_earnings
        + year.waiting_gain * after_tax
        + sum(year.backdoor),
        early_ira1=subject,
    )
    gross = trial.facts
    trial.facts = _with_conversion(year, trial, gross, 0.0)
    if year.fill[0] != NOTHING:
        _convert_up_to_level(year, trial, gross)
    if year.harvest_level > 0.0:
        _harvest(year, trial)
    trial.pots_left = after_withdrawals(year, trial)
    taxes(year, trial)
    tax = trial.form.total_tax + trial.state_tax + trial.local_tax
    trial.left = year.cash + raised + trial.dividends + trial.interest - tax
    return trial


def _spread(year: Year, raised: float) -> Trial:
    """Spread an amount over the sources in their order; a strategy may take tax-deferred money before and beside."""
    rooms = dict(year.rooms)
    taken, left = dict.fromkeys(rooms, 0.0), raised
    taken["pre-tax"] = min(left, year.pre_tax_first)
    left -= taken["pre-tax"]
    beside = min(year.pre_tax_beside * left, rooms["pre-tax"] - taken["pre-tax"])
    taken["pre-tax"] += beside
    left -= beside
    for name, room in rooms.items():
        more = min(left, room - taken[name])
        taken[name] += more
        left -= more
    early, left = [], taken["early"]
    for pot in year.pots:
        whole = sum(pot.dollars)
        if left > 0.0 and whole > 0.0:
            early.append((pot, min(1.0, left / whole)))
            left -= min(left, whole)
    return Trial(raised, taken, early, year.facts)


def after_withdrawals(year: Year, trial: Trial) -> list[tuple[float, float, float]]:
    """What is left of each person's plan, former plan and traditional IRA before a conversion."""
    room = sum(year.free_pre_tax(who) for who in PEOPLE)
    share = trial.taken["pre-tax"] / room if room > 0.0 else 0.0
    found = []
    for who, one in enumerate(year.estate.owners):
        of_plans = one.former + (one.plan if year.rmd_of_present[who] else 0.0)
        required = year.rmd_plan[who] / of_plans if of_plans > 0.0 else 0.0
        kept = 1.0 - (share if year.accessible[who] else 0.0)
        plan = kept * one.plan * (1.0 - (required if year.rmd_of_present[who] else 0.0))
        former = kept * one.former * (1.0 - required)
        ira = kept * (one.ira - year.rmd_ira[who])
        free = former if one.former_free else 0.0
        early, bearing = trial.early_of(("pre-tax",), who), ira + former - free
        gone = early / bearing if bearing > 0.0 else 0.0
        former -= trial.early_of(("former",), who) + gone * (former - free)
        found.append((plan, former, ira - gone * ira))
    return found


def _with_conversion(year: Year, trial: Trial, gross: Facts, conversion: float) -> Facts:
    """The return's facts with a conversion, less what Form 8606 leaves untaxed, which is written into the trial."""
    facts = gross._replace(ira_distributions=gross.ira_distributions + conversion)
    if not year.has_basis:
        return facts
    left = after_withdrawals(year, trial)
    weighed = sum(weight * sum(pots) for weight, pots in zip(trial.weights, left, strict=True))
    for who, one in enumerate(year.estate.owners):
        trial.nontaxable[who], trial.untaxed_conversion[who] = 0.0, 0.0
        if one.ira_basis + year.backdoor[who] > 0.0:
            ira = left[who][-1]
            moved = ira * trial.weights[who] * conversion / weighed if weighed > 0.0 else 0.0
            converted, year_end = moved + year.backdoor[who], (ira - moved) * year.ira_growth[who]
            of = (year.backdoor[who], one.ira_basis, year_end, one.ira - ira, converted)
            form = plainly(form_8606_part_1)(*of)
            trial.nontaxable[who] = form.nontaxable
            trial.untaxed_conversion[who] = converted - form.taxable_conversion
    return facts._replace(ira_distributions=facts.ira_distributions - sum(trial.nontaxable))


def _convert_up_to_level(year: Year, trial: Trial, gross: Facts) -> None:
    """The largest conversion that keeps income at or below the level of the year, as far as money is there."""
    measure, level = year.fill
    most = _most_to_convert(year, trial)

    def fits(conversion: float) -> bool:
        facts = _with_conversion(year, trial, gross, conversion)
        within = income(measure, facts, year) <= level
        if year.taxable_income_limit < math.inf:
            within = within and income(TAXABLE, facts, year) <= year.taxable_income_limit
        return within

    trial.conversion = largest(fits, most)
    trial.facts = _with_conversion(year, trial, gross, trial.conversion)


def _most_to_convert(year: Year, trial: Trial) -> float:
    """All that may be converted: of somebody not yet 60 only so much that taxable money could pay the highest tax."""
    owners = year.estate.owners
    old = sum(year.free_pre_tax(who) for who in PEOPLE)
    below = [who for who in PEOPLE if year.alive[who] and not year.accessible[who]]
    young = sum(owners[who].pre_tax - year.rmd(who) for who in below)
    left = max(0.0, year.estate.taxable.value - year.floor) - trial.sold
    highest = max(year.law.rate_schedule.rate)
    payable = max(0.0, left) / highest if highest > 0.0 else math.inf
    share = min(1.0, payable / young) if young > 0.0 else 0.0
    trial.weights = [1.0 if year.accessible[who] else (share if who in below else 0.0) for who in PEOPLE]
    early = sum(trial.early_of(("former", "pre-tax"), who) for who in PEOPLE)
    return max(0.0, old - trial.taken["pre-tax"]) + max(0.0, min(share * young, young - early))


def _harvest(year: Year, trial: Trial) -> None:
    """The gain that, realized and bought back, brings taxable income to the level, as far as there is gain."""
    taxable, facts = year.estate.taxable, trial.facts
    unrealized = taxable.value - taxable.basis - facts.lt_gain - facts.st_gain

    def fits(gain: float) -> bool:
        return income(TAXABLE, facts._replace(lt_gain=facts.lt_gain + gain), year) <= year.harvest_level

    trial.harvested = largest(fits, max(0.0, unrealized))
    trial.facts = facts._replace(lt_gain=facts.lt_gain + trial.harvested)


def income(measure: str, facts: Facts, year: Year) -> float:
    """An income of the return; taxable income may be negative."""
    level = 0.0
    if measure != ADJUSTED_GROSS:
        level = plainly(ordinary_taxable_income)(facts, year.parts, year.status, year.law)
    if measure != ORDINARY:
        schedule_se = plainly(self_employment_of)(facts, year.parts, year.law)
        found = plainly(income_of)(facts, year.parts, schedule_se, year.status, year.law)
        level = found.agi if measure == ADJUSTED_GROSS else level + found.preferential
    return float(level)


def largest(fits: Callable[[float], bool], most: float) -> float:
    """The largest amount up to `most` that fits, by halving; 0 where nothing does."""
    if most <= 0.0 or not fits(0.0):
        return 0.0
    if fits(most):
        return most
    low, high = 0.0, most
    for _ in range(HALVES):
        middle = (low + high) / 2.0
        if high - low <= CLOSE or middle in (low, high):
            break
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def smallest_enough(year: Year) -> Trial:
    """The year with the smallest cash raised that leaves none missing, or with everything raised.

    The premium tax credit begins and ends at incomes where cash jumps. Income may rise or fall with what is raised (a
    sale at a loss, a conversion that ends with the money that pays its tax), so the way up is cut at all such places.
    """
    found = _from_below(year, 0.0, year.most)
    if year.parts.premiums and found.raised > 0.0:
        for begin, end in _pieces(year, found.raised):
            first = _from_below(year, begin, end)
            if first.left >= -CLOSE:
                return first
    return found


def _from_below(year: Year, begin: float, end: float) -> Trial:
    """The smallest between two amounts that is enough, or the larger of them.

    A dollar raised leaves at most a dollar after its tax, so raising what is missing passes no answer. Where it does,
    the step is halved.
    """
    before = tried(year, begin)
    for _ in range(CREEPS):
        if before.left >= -CLOSE or before.raised >= end:
            return before
        now = tried(year, min(end, before.raised - before.left))
        if now.left > CLOSE:
            return _halved(year, before, now)
        before = now
    raise AssertionError("the smallest withdrawal was not found")


def _pieces(year: Year, most: float) -> list[tuple[float, float]]:
    """Up to an amount, pieces within which the premium tax credit has no step: where it begins, its second tier and
    its end (IRC 36B(b)(3)(A), (c)(1)(A))."""

    def tier(raised: float) -> int:
        return _tier_of_credit(year, tried(year, raised))

    ends = [0.0]
    for _, room in year.rooms:
        ends.append(ends[-1] + room)
    points = sorted({most * part / GRID for part in range(GRID + 1)} | {end for end in ends if end < most})
    pieces, begin = [], 0.0
    tiers = [tier(point) for point in points]
    for place in range(1, len(points)):
        low, high, below = points[place - 1], points[place], tiers[place - 1]
        if tiers[place] != below:
            while high - low > CLOSE and (low + high) / 2.0 not in (low, high):
                middle = (low + high) / 2.0
                low, high = (middle, high) if tier(middle) == below else (low, middle)
            pieces.append((begin, low))
            begin = high
    return [*pieces, (begin, most)]


def _tier_of_credit(year: Year, trial: Trial) -> int:
    """The tier of the premium tax credit in which the income of a year is."""
    law, facts, form = year.law.premium_tax_credit, year.facts, trial.form
    spouse = 1.0 if facts.age2 > 0.0 else 0.0
    line = law.poverty_line_one + law.poverty_line_each_more * (spouse + facts.n_children_u17 + facts.n_older_children)
    ratio = (form.agi + facts.ss1 + facts.ss2 - form.taxable_ss) / line  # 36B(d)(2)(B)
    return sum(ratio >= one for one in (1.0, *law.poverty_ratio)) + (ratio > law.income_limit)


def _halved(year: Year, low: Trial, high: Trial) -> Trial:
    """The smallest between too little and enough."""
    for _ in range(HALVES):
        middle = (low.raised + high.raised) / 2.0
        if high.raised - low.raised <= CLOSE or high.left <= CLOSE or middle in (low.raised, high.raised):
            break
        now = tried(year, middle)
        low, high = (now, high) if now.left < 0.0 else (low, now)
    return high


def carry_out(year: Year, trial: Trial) -> None:
    """Take the year's sales, distributions and withdrawals out of the accounts, and move its conversion."""
    estate = year.estate
    left = after_withdrawals(year, trial)
    estate.taxable.sell(trial.sold)
    estate.taxable.realize(trial.turnover_gain)
    estate.taxable.realize(trial.harvested)
    room = dict(year.rooms)["roth"]
    weighed = sum(weight * sum(pots) for weight, pots in zip(trial.weights, left, strict=True))
    for who, one in enumerate(estate.owners):
        share = min(1.0, trial.taken["roth"] / room) if room > 0.0 else 0.0
        _take_roth(year, trial, one, who, share)
        converted = trial.weights[who] * trial.conversion / weighed if weighed > 0.0 else 0.0
        moved = converted * sum(left[who])
        one.plan, one.former, one.ira = (max(0.0, (1.0 - converted) * pot) for pot in left[who])
        untaxed = min(moved, trial.untaxed_conversion[who])
        one.convert(moved - untaxed, untaxed, year.calendar)
        one.ira_basis = max(0.0, one.ira_basis + year.backdoor[who] - trial.nontaxable[who])
    if trial.taken["hsa"] > 0.0:
        share = min(1.0, trial.taken["hsa"] / year.hsa_room)
        for who, one in enumerate(estate.owners):
            if year.alive[who] and year.ages[who] >= year.law.irmaa.eligible_age:
                one.hsa -= share * one.hsa


def _take_roth(year: Year, trial: Trial, one: Owner, who: int, share: float) -> None:
    """Qualified Roth money pro rata, and what came early."""
    from_ira = share * one.roth_ira if year.roth_open[who] else 0.0
    from_plan = share * one.roth_plan if year.plan_open[who] else 0.0
    one.take_roth_ira(from_ira + trial.early_of(("roth", "earnings"), who), year.calendar)
    one.take_roth_plan(from_plan)
