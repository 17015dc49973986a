"""The whole answer for one household, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from rothwell.decision.all_measures import Measures, measure, units_of_measures
from rothwell.decision.bequests import LeftTo, left_to_each
from rothwell.decision.chosen_path import ChosenPath, chosen_path
from rothwell.decision.comparison import Comparison, compare, completed, live, work_units
from rothwell.decision.recommendation import how_open
from rothwell.decision.study import SECONDARY_PATHS, Study, study
from rothwell.errors import InputError
from rothwell.household import Household, require_plannable
from rothwell.law import figure, figures, law_for
from rothwell.law.landscape import Landscape, load_landscape
from rothwell.lifetime.household_arrays import years_of_plan
from rothwell.lifetime.lives_in_words import assumptions_about_lives
from rothwell.lifetime.market_words import MarketUsed, market_used
from rothwell.lifetime.states_in_words import (
    assumptions_about_states,
    not_modeled_of_states,
    projected_of_states,
)
from rothwell.mega_backdoor.capacity import Capacity, capacity_of
from rothwell.mega_backdoor.checklist import Checklist, checklist_of
from rothwell.mega_backdoor.roth_of_household import designated_roth_of, plan_money, roth_iras_of
from rothwell.provision import not_modeled

DEFAULT_PATHS = 10_000
DEFAULT_SEED = 1
MOST_BESIDE = 16  # threads that begin runs; how many simulate at a time is a setting
FEWEST_WITH_CHANCE = 2  # futures, from which a standard error can be told


@dataclass(frozen=True, slots=True)
class Answer:
    """Room, checklist, strategies under each landscape, what is assumed, projected and not modeled.

    `assumptions` are those that the household's file leaves to us or that the question asked brings in: sentences that
    a reader must see beside the answer. `market` says which market the futures go through.
    """

    household: Household
    start_year: int
    paths: int
    seed: int
    capacity: Capacity
    checklist: Checklist
    comparisons: tuple[Comparison, ...]
    market: MarketUsed
    measures: Measures
    assumptions: tuple[str, ...]
    projected: tuple[str, ...]
    not_modeled: tuple[str, ...]
    not_modeled_of_states: tuple[str, ...] = ()
    ledger: tuple[ChosenPath, ...] = ()
    left_to_each: tuple[LeftTo, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How an answer is computed; `landscapes` empty means those of the household's file; `ledger` is the number of a
    path whose every flow is kept; `all_measures` asks for those that take long too."""

    paths: int = DEFAULT_PATHS
    seed: int = DEFAULT_SEED
    landscapes: tuple[str, ...] = ()
    threads: int | None = None
    start_year: int | None = None
    ledger: int | None = None
    all_measures: bool = False


BEYOND_THE_PROVISIONS = (
    "The tax of a state on income of a nonresident, part of a year in a state, and its credits for what another state "
    "takes; local income tax other than New York City's and rates that the file gives; what the page of each state "
    "names.",
    "Itemized deductions other than state and local income tax, and credits other than the child and premium tax "
    "credits over the years; advance payments of the premium tax credit, which is taken to come within the year.",
    "Loss harvesting and the holding period of lots in the taxable account; gains are harvested at 0% only by a "
    "strategy that says so: brokerage is a little worse here than at its best, which favors the mega backdoor (more so "
    "at average basis, which is the default).",
    "Equal periodic payments and the other exceptions to the 10% tax, but for the rule of 55; 457(b) money, which "
    "never bears that tax, is treated like other plan money.",
    "Direct contributions to Roth IRAs and deducted ones to traditional IRAs over the years; health costs out of a "
    "health savings account before 65.",
    "Of what heirs inherit: gifts made from now on, elections of a state for the spouse, the deduction for estate tax "
    "on inherited income (IRC 691(c)) on a state's return, state tax of a trust, the parents' rate on what a "
    "student of 18 to 23 draws (IRC 1(g)), the heirs' Medicare premiums, "
    "the generation-skipping tax, and growth that stays untaxed in their hands.",
    "Social Security other than a worker's, a spouse's and a survivor's benefit: of children, of divorced spouses, for "
    "disability.",
    "Life insurance, and a living cost that changes when one of two dies.",
    "How the averages of the ACP test change over the years: what it leaves in the first year stays a share of pay.",
    "Changes of the law other than those of the landscapes: frozen brackets, new taxes, payroll taxes, limits on "
    "contributions.",
    "Premiums that rise with age; Medicaid, insurance for long-term care, and premiums deducted by the self-employed.",
    "Where spouses move: what was community property before stays so by law, but here the state of the year decides, "
    "unless `community_property` is given.",
)


def plan(household: Household, settings: Settings, progress: Callable[[int, int], None] | None = None) -> Answer:
    """The answer for a household; `progress` is called with paths done and paths in all.

    Raises InputError where the household cannot be planned.
    """
    require_plannable(household)
    start_year = settings.start_year or household.start_year
    _check_year(household, start_year)
    landscapes = _landscapes(household, settings)
    _check_paths(household, settings, landscapes)
    one = study(household, start_year, settings.paths, settings.seed, settings.threads)
    main = max(landscapes, key=how_open)
    total = sum(work_units(_futures_of(one, landscape is main), landscape) for landscape in landscapes)
    total += units_of_measures(settings.paths, len(main.regimes), settings.all_measures)
    done = 0

    turn = Lock()

    def advance(paths: int) -> None:
        nonlocal done
        with turn:
            done += paths
            if progress is not None:
                progress(min(done, total), total)

    several = 1 if settings.threads == 1 else len(landscapes)
    with ThreadPoolExecutor(several) as pool, _pool_beside(settings) as beside:  # numbers wait while paths run
        one = replace(one, progress=advance, pool=beside)
        others = [each for each in landscapes if each is not main]
        comparing = [pool.submit(compare, _futures_of(one, False), each) for each in others]
        lived = live(one, main)
        comparing.insert(landscapes.index(main), pool.submit(completed, lived))
        words = one.beside(not_modeled)
        measures = measure(lived, settings.all_measures)
        comparisons = tuple(one.result() for one in comparing)
    capacity, market = capacity_of(household, start_year), market_used(household, settings.paths)
    return Answer(
        household=household,
        start_year=start_year,
        paths=settings.paths,
        seed=settings.seed,
        capacity=capacity,
        checklist=checklist_of(household, capacity),
        comparisons=comparisons,
        measures=measures,
        market=market,
        assumptions=(*market.warnings, *_assumptions(household, start_year), *_of_landscapes(landscapes)),
        projected=(*_projected(comparisons, start_year), *projected_of_states(household, start_year)),
        not_modeled=(*BEYOND_THE_PROVISIONS, *words()),
        not_modeled_of_states=tuple(not_modeled_of_states(household, start_year)),
        left_to_each=left_to_each(household, start_year),
        ledger=() if settings.ledger is None else tuple(chosen_path(one, each, settings.ledger) for each in landscapes),
    )


@contextmanager
def _pool_beside(settings: Settings) -> Iterator[Executor | None]:
    """Threads for work beside other work; none where one thread is all. A fault ends what has not begun."""
    if settings.threads == 1:
        yield None
        return
    with ThreadPoolExecutor(MOST_BESIDE) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _futures_of(one: Study, headline: bool) -> Study:
    """All futures for the landscape that the headline speaks of, the first SECONDARY_PATHS for the others."""
    return one if headline else one.first(SECONDARY_PATHS)


def _check_year(household: Household, start_year: int) -> None:
    """Refuse a first year whose law is not held, or in which nobody of the household is planned to live."""
    law_for(start_year)
    if years_of_plan(household, start_year) < 1:
        last = household.last_year
        raise InputError("nobody is planned to live then", field="year", found=start_year, allowed=f"up to {last}")


def _check_paths(household: Household, settings: Settings, landscapes: list[Landscape]) -> None:
    """Refuse a single future where returns or laws are drawn by chance, which says nothing of how sure the answer is,
    and a ledger of a path that is not among the futures."""
    paths = settings.paths
    drawn = household.market.is_drawn_by_chance or household.mortality.kind != "fixed"
    chance = drawn or not all(one.is_certain for one in landscapes)
    if chance and paths < FEWEST_WITH_CHANCE:
        words = f"one future has no standard error; ask for at least {FEWEST_WITH_CHANCE}"
        raise InputError(words, field="--paths", found=paths)
    if settings.ledger is not None and not 0 <= settings.ledger < paths:
        allowed = f"0 to {paths - 1:,}; more with --paths"
        raise InputError("is not the number of a future", field="--ledger", found=settings.ledger, allowed=allowed)


def _landscapes(household: Household, settings: Settings) -> list[Landscape]:
    """Those asked for, each once, or those of the household's file, whose paths begin at its folder."""
    if settings.landscapes:
        return [load_landscape(name) for name in dict.fromkeys(settings.landscapes)]
    folder = Path(household.source.file).parent if household.source.file else None
    return [load_landscape(name, folder) for name in household.landscape.names]


def _assumptions(household: Household, start_year: int) -> Iterator[str]:
    """In sentences: what the file does not say and the answer takes for granted."""
    if start_year != household.start_year:
        of_file = household.start_year
        yield f"Balances, pay and costs of the file, which are those of {of_file}, are taken as those of {start_year}."
    yield from assumptions_about_lives(household, start_year)
    yield from assumptions_about_states(household, start_year)
    yield from _roth_ledgers(household, start_year)
    catch_up_age = float(figure("catch_up.age").value(start_year).value)
    for job in household.jobs_now:
        person = household.person_named(job.person)
        works = household.last_year_of_work(job) >= start_year
        if job.plan and works and job.prior_year_wages is None and person.age_in(start_year) >= catch_up_age:
            yield (
                f"This year's pay of {person.name} at {job.employer} is taken as last year's wages (`prior_year_wages` "
                "is not given): they decide whether catch-up contributions must be Roth."
            )


def _of_landscapes(landscapes: list[Landscape]) -> Iterator[str]:
    """In sentences: what a landscape leaves out by its own choice."""
    for one in landscapes:
        if one.mean_preserving:
            yield (
                f"Under '{one.name}' each statutory rate is on average that of current law; brackets and deductions "
                "are not balanced, and one-way shocks are off."
            )


def _roth_ledgers(household: Household, start_year: int) -> Iterator[str]:
    """How Roth money is read where the file leaves open what decides over its tax."""
    age = float(figure("early_distribution.age").value(start_year).value)
    years = int(figure("roth_five_years.years").value(start_year).value)
    for person in household.people:
        stops = person.retirement_age if person.retirement_age is not None else person.age_in(start_year)
        if stops < age:
            notes = list(roth_iras_of(household, person.name)[1])
            for money in plan_money(household, person.name, "roth_plan"):
                notes += designated_roth_of(household, person.name, money)[1]
            yield from (words for words in notes if "first_roth_year" not in words)
        own = [one for one in household.accounts_of(person.name) if one.kind in ("roth_ira", "roth_plan")]
        unknown = [one for one in own if one.balance > 0.0 and one.first_roth_year is None and not one.conversions]
        if unknown and person.age_in(start_year + years) > age:
            why = "`first_roth_year` is not given"
            yield f"The five years of the Roth money of {person.name} are taken as over: {why}."


def _projected(comparisons: tuple[Comparison, ...], start_year: int) -> tuple[str, ...]:
    """In words: which figures of the start year are projected, and from when indexed figures are."""
    of_start = sorted({name for one in comparisons for name in one.projected})
    published = max(figures()["rate_schedule.bracket_top"].values)
    later = (
        f"Every indexed figure of the law after {max(published, start_year)} follows its statutory rule under each "
        "path's own prices."
    )
    return (*(f"{name} of {start_year} is computed by its rule, not yet published." for name in of_start), later)
