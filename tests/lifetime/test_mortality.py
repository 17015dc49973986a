"""Lives by the period life table: exact chances, drawn years, either dying first, what a survivor files and keeps."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from rothwell.decision.measures import worth
from rothwell.household import Household
from rothwell.law import HEAD, JOINT, SINGLE, SURVIVING
from rothwell.law.lives import SEXES, death_probabilities
from rothwell.lifetime.household_arrays import years_of_plan
from rothwell.lifetime.lives_in_words import assumptions_about_lives
from rothwell.lifetime.mortality import last_years, survival, year_of_death
from rothwell.lifetime.scenario import Outcome, RunOptions
from tests.lifetime.runs import (
    KEEP_ALL,
    QUIET,
    START,
    account,
    drawn_market,
    flat_law,
    household,
    one_law,
    simulate,
    single,
)

TWO = '[household]\nfiling_status = "mfj"\nstate = "FL"\nstart_year = 2026\nprior_magi = { 2024 = 0, 2025 = 0 }\n'
TABLE = '[mortality]\nkind = "table"\n'
STANDARD_ERRORS = 4.0
PATHS = 200_000


def person(name: str, born: int, sex: str | None = None, more: str = "") -> str:
    """A [[people]] table."""
    of_sex = f'sex = "{sex}"\n' if sex else ""
    return f'[[people]]\nname = "{name}"\nbirth_date = {born}-06-15\n{of_sex}{more}'


def couple_by_chance(multiplier: float | None = None) -> Household:
    """Two retired people of 66 and 62 who live by the table."""
    line = "" if multiplier is None else f"multiplier = {multiplier}\n"
    people = person("Ann", 1960, "female") + person("Ben", 1964, "male")
    return household(TWO + people + account("roth_ira", 800_000) + QUIET + TABLE + line)


def of_the_file(sex: str, age: int) -> float:
    """A chance of death as it stands in the file, read apart."""
    text = resources.files("rothwell.law").joinpath("tables/period_life.csv").read_text(encoding="utf-8")
    header, *rows = (line.split(",") for line in text.splitlines())
    return float(rows[age][header.index(sex)])


def test_the_life_table_gives_the_life_expectancies_of_its_year() -> None:
    # SSA, period life table 2022: 17.48 and 20.12 years at 65, with half a year for the year of death.
    for sex, expected in (("male", 17.48), ("female", 20.12)):
        chances = np.cumprod(1.0 - death_probabilities(sex)[65:])
        assert chances.sum() + 0.5 == pytest.approx(expected, abs=0.006)
    assert SEXES == ("female", "male")


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize("multiplier", [1.0, 0.5, 3.0])
def test_survival_is_that_of_the_table(sex: str, multiplier: float) -> None:
    years = 110 - 40 + 1
    chances, alive = survival(sex, 40, multiplier, years), 1.0
    for year in range(years - 1):
        alive *= 1.0 - min(1.0, multiplier * of_the_file(sex, 40 + year))
        assert abs(chances[year] - alive) <= 1e-12, (sex, year)
    assert chances[-1] == 0.0


def test_the_drawn_year_is_where_survival_passes_the_number() -> None:
    chances = survival("male", 65, 1.0, 46)
    for year, chance in enumerate(chances[:-1]):
        numbers = np.array([np.nextafter(chance, 1.0), chance, np.nextafter(chance, 0.0)])
        drawn = year_of_death(chances, numbers)
        assert drawn[0] == year, year  # just above: dies in that year
        assert drawn[1] == year
        assert drawn[2] > year or chance == chances[year + 1]  # just below: lives on
    assert year_of_death(chances, np.array([0.0, 1.0 - 1e-16])).tolist() == [int((chances > 0.0).sum()), 0]


def test_sampled_lives_have_the_moments_of_the_table() -> None:
    one = couple_by_chance()
    lives = last_years(one, START, PATHS, 7)
    years = years_of_plan(one, START)
    for place, (sex, age) in enumerate((("female", 66), ("male", 62))):
        chances = survival(sex, age, 1.0, 110 - age + 1)
        lived = (lives[:, place, None] > np.arange(years)).mean(axis=0)  # through the year, and into the next
        exact = np.zeros(years)
        exact[: chances.size] = chances
        error = np.sqrt(exact * (1.0 - exact) / PATHS)
        assert (np.abs(lived - exact) <= STANDARD_ERRORS * error + 1e-9).all()
        mean = chances.sum()
        squares = (chances * (2 * np.arange(chances.size) + 1)).sum()
        deviation = np.sqrt(squares - mean**2)
        assert abs(lives[:, place].mean() - mean) <= STANDARD_ERRORS * deviation / np.sqrt(PATHS)
    together = np.corrcoef(lives[:, 0], lives[:, 1])[0, 1]
    assert abs(together) <= STANDARD_ERRORS / np.sqrt(PATHS)
    first = (lives[:, 0] < lives[:, 1]).mean()
    assert 0.2 < first < 0.8  # either dies first


def test_lives_depend_on_seed_and_path_alone() -> None:
    one = couple_by_chance()
    many = last_years(one, START, 500, 3)
    assert (last_years(one, START, 20, 3) == many[:20]).all()
    assert (last_years(one, START, 500, 4) != many).any()
    healthy = last_years(couple_by_chance(0.5), START, 500, 3)
    assert (healthy >= many).all()  # the same numbers, lower chances of death
    assert (healthy > many).any()
    with pytest.raises(ValueError, match="seed"):
        last_years(one, START, 10)


def test_fixed_lives_end_with_the_planning_age() -> None:
    one = household(TWO + person("Ann", 1960, more="planning_age = 90\n") + person("Ben", 1964) + QUIET)
    assert last_years(one, START, 3).tolist() == [[1960 + 90 - START, 1964 + 95 - START]] * 3
    alone = household(single() + "prior_magi = { 2024 = 0, 2025 = 0 }\n" + person("Ann", 1960) + QUIET)
    assert last_years(alone, START, 2).tolist() == [[1960 + 95 - START, -1]] * 2


def lived(one: Household, *ends: tuple[int, int]) -> Outcome:
    """A run in which the two people die at the end of given years, one pair for each path."""
    paths, years = len(ends), years_of_plan(one, START)
    deaths = np.array(ends) - START
    options = RunOptions(threads=1, flows_kept=KEEP_ALL, last_year=deaths)
    return simulate(one, flat_law(0.0), market=drawn_market(one, paths), laws=one_law(paths, years), options=options)


def test_either_may_die_first_and_the_other_takes_over_everything() -> None:
    benefit = "[people.social_security]\nclaiming_age = 67\nannual_benefit = {}\n"
    people = person("Ann", 1956, "female", benefit.format(40_000)) + person("Ben", 1957, "male", benefit.format(25_000))
    money = account("traditional_ira", 300_000) + account("roth_ira", 200_000, "Ben")
    spending = '[spending]\nrule = "flat"\nflat_amount = 0\n'
    flows = lived(household(TWO + people + money + spending + QUIET + TABLE), (2031, 2045), (2045, 2031)).flows[0]
    for path, survivor in ((0, 1), (1, 0)):
        after = flows[path][2032 - START :][: 2045 - 2031]
        assert flows[path]["alive"][2031 - START].tolist() == [1.0, 1.0]
        assert (after["alive"][:, survivor] == 1.0).all()
        assert (after["alive"][:, 1 - survivor] == 0.0).all()
        assert after["benefits"] == pytest.approx(40_000.0)  # the larger, whoever dies
        assert after["end_roth"].min() >= 200_000 - 1e-6
        assert after["rmd"][:, 1 - survivor].max() == 0.0
        assert after["rmd"][:, survivor].min() > 0.0
        assert (after["status"] == SINGLE).all()
    last = flows["price_level"][:, 2046 - START :]
    assert last.max(initial=0.0) == 0.0  # nobody is left


def test_a_survivor_with_a_child_keeps_the_joint_rates_for_two_years_and_is_head_of_household_then() -> None:
    # IRC 2(a)(1)(A), 2(b): a child of 9 in 2027 is under 19 through 2036 - 1.
    child = '[[children]]\nname = "Cleo"\nbirth_date = 2018-05-05\n'
    people = person("Ann", 1980, "female") + person("Ben", 1980, "male")
    one = household(TWO + people + child + account("taxable", 900_000, "joint") + QUIET + TABLE)
    flows = lived(one, (2027, 2045), (2045, 2035)).flows[0]
    early, late = flows["status"].astype(int)
    assert early[: 2028 - START].tolist() == [JOINT, JOINT]
    assert early[2028 - START : 2030 - START].tolist() == [SURVIVING, SURVIVING]
    heads = [HEAD] * (2037 - 2030)
    assert early[2030 - START : 2037 - START].tolist() == heads
    assert (early[2037 - START : 2046 - START] == SINGLE).all()
    assert late[2036 - START : 2038 - START].tolist() == [SURVIVING, SINGLE]


def test_a_plan_reaches_to_the_end_of_the_table_and_no_rule_sees_the_death() -> None:
    one = couple_by_chance()
    assert years_of_plan(one, START) == 1964 + 110 - START + 1
    flows = lived(one, (2080, 2080), (2030, 2080), (2080, 2030)).flows[0]
    same = flows[:, : 2031 - START]
    for name in ("spending", "end_roth", "income_tax"):
        assert (same[name] == same[name][:1]).all(), name


def test_the_certainty_equivalent_counts_the_years_that_are_lived() -> None:
    """By hand over the paths: E[sum beta^t n_t u(c_t / e_t) + b u(W / b)] = (E[sum beta^t n_t] + b) u(x)."""
    one = couple_by_chance()
    years = years_of_plan(one, START)
    options = RunOptions(threads=1, seed=5)
    outcome = simulate(one, flat_law(0.0), market=drawn_market(one, 40), laws=one_law(40, years), options=options)
    beliefs = one.beliefs
    lives = last_years(one, START, 40, 5)

    def utility(consumption: float) -> float:
        return float(max(consumption, beliefs.consumption_floor) ** (1 - beliefs.risk_aversion))

    total = count = 0.0
    for path in range(40):
        for year in range(int(lives[path].max()) + 1):
            living = int((lives[path] >= year).sum())
            adults = beliefs.equivalence if living == 2 else 1.0
            count += living
            total += living * utility(outcome.spending[0, path, year] / adults)
        count += beliefs.bequest_years
        total += beliefs.bequest_years * utility(outcome.estate[0, path] / beliefs.bequest_years)
    by_hand = (total / count) ** (1 / (1 - beliefs.risk_aversion))
    assert worth(outcome, beliefs).certainty_equivalent[0] == pytest.approx(by_hand, rel=1e-9)


def test_work_that_ends_with_a_life_lets_the_counted_years_begin_earlier() -> None:
    job = '[[jobs]]\nperson = "Ann"\nemployer = "Acme"\npay = 90_000\n'
    people = person("Ann", 1970, "female", "retirement_age = 65\n") + person("Ben", 1970, "male")
    living = "[spending]\nliving_cost = 20_000\n"
    one = household(TWO + people + job + living + account("roth_ira", 500_000) + QUIET + TABLE)
    outcome = lived(one, (2028, 2050), (2050, 2028), (2050, 2050))
    first = [int(np.argmax(row > 0.0)) + START for row in outcome.counted]
    assert first == [2029, 2035, 2035]
    assert (outcome.counted[0, 2029 - START :][:5] == 1.0).all()


def test_a_living_cost_that_a_survivor_cannot_pay_is_a_result_and_no_slip_of_the_file() -> None:
    job = '[[jobs]]\nperson = "{}"\nemployer = "Acme"\npay = {}\n'
    people = "".join(person(name, 1970, "female", "retirement_age = 65\n") for name in ("Ann", "Ben"))
    text = TWO + people + job.format("Ann", 100_000) + job.format("Ben", 60_000)
    one = household(text + "[spending]\nliving_cost = 110_000\n" + QUIET + TABLE)
    outcome = lived(one, (2027, 2050))
    flows = outcome.flows[0, 0]
    assert flows["spending_unmet"][: 2028 - START].max() == 0.0
    short = flows["spending_unmet"][2028 - START : 2035 - START]  # Ben works on, until savings are gone
    assert short.max() > 0.0
    assert flows["spending"][2034 - START] < 110_000


def test_what_a_plan_takes_for_granted_about_lives_is_said() -> None:
    fixed = household(TWO + person("Ann", 1960) + person("Ben", 1964) + QUIET)
    assert list(assumptions_about_lives(fixed, START)) == [
        "No benefit of Social Security but that of a survivor is counted for Ann and Ben: the file gives none."
    ]
    said = list(assumptions_about_lives(couple_by_chance(0.5), START))
    assert "each chance of death times 0.5" in said[1]
    ann, ben = survival("female", 66, 0.5, 45), survival("male", 62, 0.5, 49)
    year = 1964 + 95 - START  # Ben, the younger, is 95
    chance = 1.0 - (1.0 - ann[year]) * (1.0 - ben[year])
    assert said[2].endswith(f"the chance that somebody lives longer is {chance:.0%}.")
    at_62 = person("Ann", 1966, more="[people.social_security]\nclaiming_age = 62\npia = 2_000\n")
    (words,) = assumptions_about_lives(household(single() + at_62 + QUIET), START)
    assert "begins a month after that of age 62" in words
    few = "[people.social_security]\nclaiming_age = 67\nearnings = { 2024 = 50_000, 2025 = 50_000 }\n"
    (words,) = assumptions_about_lives(household(single() + person("Ann", 1966, more=few) + QUIET), START)
    assert words == "Ann has no own benefit: the earnings make fewer than 10 full years of coverage."
