"""Social Security of a household over the years: spouse, survivor, work, earnings; worked by hand, month by month."""

from __future__ import annotations

import numpy as np
import pytest

from rothwell.lifetime.household_arrays import household_arrays
from rothwell.lifetime.records import HouseholdArrays
from rothwell.tax.primary_insurance import amount_of_earnings
from tests.lifetime.runs import QUIET, START, account, drawn_market, flat_law, household, simulate, single

TWO = '[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = 2026\n'
MAGI = "prior_magi = { 2024 = 0, 2025 = 0 }\n"
OF_2026, OF_2027 = 24_480, 25_560  # what may be earned, SSA


def person(name: str, born: str, benefit: str, more: str = "") -> str:
    """A [[people]] table with a benefit."""
    head = f'[[people]]\nname = "{name}"\nbirth_date = {born}\nplanning_age = 95\n{more}'
    return head + (f"[people.social_security]\n{benefit}\n" if benefit else "")


def job(name: str, pay: float) -> str:
    """A [[jobs]] table without a plan."""
    return f'[[jobs]]\nperson = "{name}"\nemployer = "Acme"\npay = {pay}\n'


def arrays(*tables: str, facts: str = TWO, market: str = QUIET) -> HouseholdArrays:
    """The household as the year loop reads it, in a market in which nothing moves."""
    living = "[spending]\nliving_cost = 10_000\n" if any("[[jobs]]" in one for one in tables) else ""
    return household_arrays(household(facts + MAGI + "".join(tables) + living + market), START)


def of(year: int) -> int:
    """The place of a year in a table."""
    return year - START


def dead_after(year: int) -> int:
    """The place of the tables of one whose spouse died at the end of a year."""
    return year - START + 1


ANN = "claiming_age = 67\npia = 3_000"  # born 2 June 1964: full age in June 2031
BEN = "claiming_age = {age}\npia = {pia}"  # born 2 June 1966: full age in June 2033


def test_a_benefit_is_paid_in_the_month_after_its_month_from_the_claim_on() -> None:
    one = arrays(person("Ann", "1964-06-02", ANN), facts=single())
    assert one.benefits_together[: of(2031)].max() == 0.0
    assert one.benefits_together[of(2031)] == pytest.approx(6 * 3_000)  # of June to November, paid July to December
    assert one.benefits_together[of(2032) :].tolist() == pytest.approx([36_000.0] * 28)
    later = arrays(person("Ann", "1964-06-02", ANN + "\nclaiming_months = 5"), facts=single())
    assert later.benefits_together[of(2031)] == pytest.approx(3_000)  # of November, before any credit counts
    assert later.benefits_together[of(2032)] == pytest.approx(3_000 + 11 * 3_000 * (1 + 5 * 2 / 300), rel=1e-3)
    assert later.benefits_together[of(2033)] == pytest.approx(12 * 3_000 * (1 + 5 * 2 / 300))


def test_credits_of_the_year_of_the_claim_count_from_the_next_january_and_at_70_at_once() -> None:
    # 42 USC 402(w)(3), 20 CFR 404.313(d): claimed at 68 and 3 months, September 2032; 7 of 15 months before 2032.
    some = arrays(person("Ann", "1964-06-02", "claiming_age = 68\nclaiming_months = 3\npia = 3_000"), facts=single())
    assert some.benefits_together[of(2032)] == pytest.approx(3 * 3_000 * (1 + 7 * 2 / 300))
    assert some.benefits_together[of(2033)] == pytest.approx(3_000 * (1 + 7 * 2 / 300) + 11 * 3_000 * 1.1)
    last = arrays(person("Ann", "1964-06-02", "claiming_age = 70\npia = 3_000"), facts=single())
    assert last.benefits_together[of(2034)] == pytest.approx(6 * 3_000 * 1.24)


def test_a_benefit_follows_from_the_statement_or_the_claim() -> None:
    for age, share in ((62, 0.70), (65, 1 - 24 * 5 / 900), (67, 1.0), (70, 1.24)):
        stated = arrays(person("Ann", "1964-06-02", f"claiming_age = {age}\npia = 2_500"), facts=single())
        claimed = f"claiming_age = {age}\nannual_benefit = {12 * 2_500 * share}"
        given = arrays(person("Ann", "1964-06-02", claimed), facts=single())
        assert stated.benefits_together[-1] == pytest.approx(12 * 2_500 * share)
        assert stated.benefits_together == pytest.approx(given.benefits_together)


@pytest.mark.parametrize(
    ("age", "pia", "own", "added"),
    [
        (67, 0, 0.0, 1_500.0),  # half of 3,000
        (67, 500, 500.0, 1_000.0),  # its excess over the own amount, 42 USC 402(k)(3)(A)
        (65, 500, 500 * (1 - 24 * 5 / 900), 1_000 * (1 - 24 * 25 / 3_600)),  # each part with its reduction, 402(q)(3)
        (62, 500, 350.0, 1_000 * (1 - 24 * 25 / 3_600)),  # the spouse's part begins with Ann's claim, at 65 of Ben
        (70, 500, 620.0, 880.0),  # a benefit with credits is deducted whole; the spouse's part earns none
        (67, 1_600, 1_600.0, 0.0),
    ],
)
def test_a_spouse_adds_half_of_the_workers_amount(age: int, pia: int, own: float, added: float) -> None:
    ben = BEN.format(age=age, pia=pia)
    one = arrays(person("Ann", "1964-06-02", ANN), person("Ben", "1966-06-02", ben))
    assert one.benefits_together[-1] == pytest.approx(12 * (3_000 + own + added))
    other = arrays(person("Ben", "1966-06-02", ben), person("Ann", "1964-06-02", ANN))
    assert one.benefits_together == pytest.approx(other.benefits_together)
    alone = arrays(person("Ann", "1964-06-02", ANN), person("Ben", "1966-06-02", ""))
    assert alone.benefits_together[-1] == pytest.approx(36_000)  # without a claim nothing is added


def test_the_spouses_part_begins_with_the_later_of_both_claims() -> None:
    one = arrays(person("Ann", "1964-06-02", ANN), person("Ben", "1966-06-02", BEN.format(age=62, pia=500)))
    assert one.benefits_together[of(2029)] == pytest.approx(12 * 350)
    months_before, months_after = 6, 6  # of 2031: Ann claims in June
    added = 1_000 * (1 - 24 * 25 / 3_600)
    assert one.benefits_together[of(2031)] == pytest.approx(12 * 350 + months_after * (3_000 + added))
    assert months_before + months_after == 12


@pytest.mark.parametrize(
    ("ann", "died", "survivor", "monthly", "first"),
    [
        ("claiming_age = 62\npia = 3_000", 2040, "", 2_475.0, 2041),  # 82.5 percent, above the 2,100 that Ann had
        ("claiming_age = 64\npia = 3_000", 2040, "", 2_475.0, 2041),
        ("claiming_age = 66\npia = 3_000", 2040, "", 2_800.0, 2041),  # what Ann had, above 82.5 percent
        ("claiming_age = 67\npia = 3_000", 2040, "", 3_000.0, 2041),
        ("claiming_age = 70\npia = 3_000", 2040, "", 3_720.0, 2041),  # with all credits
        ("claiming_age = 70\npia = 3_000", 2033, "", 3_600.0, 2034),  # 30 months of credit until death
        ("claiming_age = 70\npia = 3_000", 2029, "", 3_000.0, 2034),  # at Ben's full age, June 2033
        ("claiming_age = 70\npia = 3_000", 2029, "survivor_claiming_age = 60", 3_000 * (1 - 0.285 * 42 / 84), 2030),
        ("claiming_age = 62\npia = 3_000", 2029, "survivor_claiming_age = 60", 2_475.0, 2030),  # the limit is lower
        ("claiming_age = 62\npia = 3_000", 2028, "survivor_claiming_age = 60", 3_000 * (1 - 0.285 * 54 / 84), 2029),
    ],
)
def test_a_survivor_has_what_the_law_leaves_of_the_other_benefit(
    ann: str, died: int, survivor: str, monthly: float, first: int
) -> None:
    ben = BEN.format(age=70, pia=500) + "\n" + survivor
    one = arrays(person("Ann", "1964-06-02", ann), person("Ben", "1966-06-02", ben))
    alone = one.benefits_alone[1, dead_after(died)]
    assert alone[of(first) :].tolist() == pytest.approx([12 * monthly] * len(alone[of(first) :]))
    assert alone[of(first) - 1] < 12 * monthly or first == died + 1
    own = one.benefits_alone[0, dead_after(2036)]  # Ann keeps her own, the larger
    assert own[-1] == pytest.approx(one.benefits_alone[0, 0, -1])


def test_a_survivor_without_a_benefit_of_the_own_has_the_others() -> None:
    one = arrays(person("Ann", "1964-06-02", ANN), person("Ben", "1966-06-02", ""))
    assert one.benefits_alone[1, dead_after(2040), of(2041)] == pytest.approx(36_000)
    assert one.benefits_alone[0, dead_after(2040), of(2041)] == pytest.approx(36_000)
    assert one.benefits_alone[1, dead_after(2027), of(2028)] == 0.0  # from full retirement age on


WORKS = "retirement_age = 66\n"  # last year of work 2029


def test_work_before_full_retirement_age_withholds_and_gives_back() -> None:
    # 2,000 at 67, 1,400 at 62 (June 2026). Half of 60,000 less 24,480 or 25,560 is above the benefits of 43 months.
    ann = person("Ann", "1964-06-02", "claiming_age = 62\npia = 2_000", WORKS)
    paid = arrays(ann, job("Ann", 60_000), facts=single()).benefits_together
    assert paid[: of(2030)].max() == 0.0
    assert paid[of(2030)] == pytest.approx(11 * 1_400)  # the benefit of December 2029 is withheld
    again = 2_000 * (1 - 17 * 5 / 900)  # 60 months early less 43, 42 USC 402(q)(7)
    assert paid[of(2031)] == pytest.approx(6 * 1_400 + 6 * again)
    assert paid[of(2032) :].tolist() == pytest.approx([12 * again] * 28)


def test_a_little_work_withholds_half_of_what_is_above_the_exempt_amount() -> None:
    ann = person("Ann", "1964-06-02", "claiming_age = 62\npia = 2_000", WORKS)
    paid = arrays(ann, job("Ann", 30_000), facts=single()).benefits_together
    charges = [(30_000 - OF_2026) / 2] + [(30_000 - OF_2027) / 2] * 3  # 2,760 and thrice 2,220
    assert paid[of(2026) : of(2030)].sum() == pytest.approx(1_400 * (6 + 12 + 12 + 12) - sum(charges))
    months = 2 + 2 + 2 + 2  # a month withheld in part counts whole, POMS RS 00615.482
    assert paid[-1] == pytest.approx(12 * 2_000 * (1 - (36 * 5 / 900 + (24 - months) * 5 / 1_200)))


def test_in_the_year_of_full_age_only_the_months_before_count_by_a_third() -> None:
    # Born November 1964: five months of 2031 and the rest; full age in November 2031, ten months before it.
    ann = person("Ann", "1964-11-02", "claiming_age = 66\nclaiming_months = 6\npia = 2_000", "retirement_age = 68\n")
    paid = arrays(ann, job("Ann", 90_000), facts=single()).benefits_together
    exempt = 67_920  # of 2027; nothing grows
    charge = (90_000 * 10 / 12 - exempt) / 3  # 2,360
    reduced = 2_000 * (1 - 6 * 5 / 900)
    withheld_months = 2
    again = 2_000 * (1 - (6 - withheld_months) * 5 / 900)
    assert paid[of(2031)] == pytest.approx(6 * reduced - charge + again)  # May to October, then November
    assert paid[of(2032)] == pytest.approx(12 * again)
    free = arrays(person("Ann", "1964-11-02", ANN, "retirement_age = 68\n"), job("Ann", 90_000), facts=single())
    assert free.benefits_together[of(2031)] == pytest.approx(3_000)  # of November, paid in December
    assert free.benefits_together[of(2032)] == pytest.approx(36_000)


def test_a_workers_earnings_withhold_the_spouses_part_as_well() -> None:
    # 42 USC 403(b)(1)(B): Ann's work is charged to 2,100 of hers and to Ben's excess alike, month by month.
    ann = person("Ann", "1964-06-02", "claiming_age = 62\npia = 3_000", WORKS)
    ben = person("Ben", "1960-06-02", BEN.format(age=66, pia=0))
    paid = arrays(ann, ben, job("Ann", 30_000)).benefits_together
    added = 1_500 * (1 - 12 * 25 / 3_600)  # Ben was 66 when Ann claimed
    charge = (30_000 - OF_2026) / 2  # 2,760, less than a month of both
    assert paid[of(2026)] == pytest.approx(6 * (2_100 + added) - charge)
    more = 1_500 * (1 - 10 * 25 / 3_600)  # from June 2027, Ben's full age: a month of 2026 and one of 2027 given back
    assert paid[of(2028)] == pytest.approx(12 * (2_100 + more) - (30_000 - OF_2027) / 2)


HISTORY = "\n[people.social_security.earnings]\n" + "".join(f"{year} = 50_000\n" for year in range(2005, 2026))


def test_future_earnings_of_the_jobs_enter_the_average() -> None:
    ann = person("Ann", "1980-06-15", "claiming_age = 67" + HISTORY, "retirement_age = 62\n")
    one = household(single() + MAGI + ann + job("Ann", 90_000) + "[spending]\nliving_cost = 10_000\n" + QUIET)
    earned = dict.fromkeys(range(2005, 2026), 50000.0) | dict.fromkeys(range(2026, 2042), 90000.0)
    amount, eligible = amount_of_earnings(one.people[0].birth_date, earned, None, START, one.market.growth)
    assert eligible == 2042
    assert household_arrays(one, START).benefits_together[-1] == pytest.approx(12 * amount)
    idle = ann.replace("retirement_age = 62\n", "")
    less = household(single() + MAGI + idle + QUIET)
    of_history = dict.fromkeys(range(2005, 2026), 50000.0)
    amount, _ = amount_of_earnings(less.people[0].birth_date, of_history, None, START, less.market.growth)
    assert household_arrays(less, START).benefits_together[-1] == pytest.approx(12 * amount)


def test_an_amount_of_the_future_is_carried_back_to_the_start_year_by_prices() -> None:
    # Wages grow one percent faster than prices: 16 years of it to the year of 60 raise the real benefit by that much.
    idle = person("Ann", "1980-06-15", "claiming_age = 67" + HISTORY)
    still = arrays(idle, facts=single()).benefits_together[-1]
    market = QUIET.replace("inflation = 0.0", "inflation = 0.02", 1)
    market = market.replace("wage_growth_over_inflation = 0.0", "wage_growth_over_inflation = 0.01")
    growing = arrays(idle, facts=single(), market=market).benefits_together[-1]
    wages = 1.03**15 / 1.02**16  # the index of 2025 is known; prices of 2042 are those of 16 years
    assert growing == pytest.approx(still * wages, rel=1e-3)


def test_one_who_dies_young_leaves_an_amount_of_the_years_lived() -> None:
    ann = person("Ann", "1980-06-15", "claiming_age = 67" + HISTORY)
    one = household(TWO + MAGI + ann + person("Ben", "1962-06-15", "") + QUIET)
    earned = dict.fromkeys(range(2005, 2026), 50000.0)
    amount, eligible = amount_of_earnings(one.people[0].birth_date, earned, 2031, START, one.market.growth)
    assert eligible == 2031
    assert household_arrays(one, START).benefits_alone[1, dead_after(2031), of(2032)] == pytest.approx(12 * amount)


def test_benefits_follow_the_prices_of_the_path() -> None:
    text = single() + MAGI + person("Ann", "1956-06-02", "claiming_age = 67\nannual_benefit = 30_000")
    text += account("roth_ira", 500_000) + '[market]\nkind = "lognormal"\ninflation_deviation = 0.03\n'
    one = household(text)
    flows = simulate(one, flat_law(0.0), market=drawn_market(one, 8)).flows[0]
    real = flows["benefits"] / np.where(flows["price_level"] > 0.0, flows["price_level"], 1.0)
    assert real == pytest.approx(np.full(real.shape, 30_000.0))
    assert flows["price_level"][:, -1].std() > 0.1
