"""The room and what to do this year, in dollars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rothwell.answer import Answer
from rothwell.decision.recommendation import recommended
from rothwell.household import Job
from rothwell.lifetime.next_dollar import NextDollar
from rothwell.lifetime.states_in_words import taxes_counted
from rothwell.mega_backdoor.capacity import EmployerCapacity, PersonCapacity
from rothwell.report.blocks import Grid, Section
from rothwell.report.capacity_text import OVER
from rothwell.report.reading import CENT, employers, headline, works
from rothwell.report.words import dollars, in_words, percent, title
from rothwell.tax.marginal_rates import Cliffs

LIMITED_BY = {
    "annual_additions": "the 415(c) limit",
    "compensation": "100% of pay",
    "plan_cap": "the plan's own cap",
    "acp": "the ACP limit",
    "not_allowed": "takes none",
}
PER_PERSON = (
    ("deferral_pre_tax", "Elective deferrals, pre-tax"),
    ("deferral_roth", "Elective deferrals, Roth"),
    ("employer", "Employer puts in"),
    ("after_tax", "After-tax contributions"),
    ("rmd", "Required distributions"),
)
TOGETHER = (
    ("in_plan_conversion", "After-tax money moved to Roth"),
    ("conversion_earnings", "Earnings taxed when it moves"),
    ("conversion", "Conversion, traditional to Roth"),
    ("sold_taxable", "Sold from the taxable account"),
    ("withdrawal_pre_tax", "Taken from tax-deferred accounts"),
    ("withdrawal_roth", "Taken from Roth accounts"),
    ("saved", "Left over, to the taxable account"),
    ("spending", "To live on"),
    ("goals", "Dated goals"),
    ("spending_unmet", "Wanted, but not there"),
    ("payroll_tax", "Payroll tax"),
    ("premiums", "Medicare premiums"),
    ("income_tax", "Expected federal income tax"),
    ("state_tax", "Expected state income tax"),
    ("local_tax", "Expected local income tax"),
)
ALWAYS = ("income_tax",)
NEXT_DOLLAR = (
    ("wages", "Wages (payroll taxes apart)"),
    ("ordinary", "Interest"),
    ("gains", "Long-term gain"),
    ("conversion", "A conversion to Roth"),
)
CLIFFS = {
    "medicare_premiums": "a higher tier of Medicare premiums",
    "premium_tax_credit": "the end of the premium tax credit",
    "savers_credit": "a lower tier of the saver's credit",
    "child_tax_credit": "the next step of the child tax credit",
}
IN_SIGHT = 50_000.0  # dollars: steps farther away are not told


def room_section(answer: Answer) -> Section | None:
    """The room by person and employer, with the law behind each line for the page; nothing where nobody works."""
    if not works(answer):
        return None
    year = answer.capacity.year
    every = list(employers(answer))
    columns = ("Plan", "415(c) limit", "Deferrals", "Catch-up", "Employer", "After-tax room", "Limited by")
    notes = [note for person, employer in every for note in _notes(person, employer)]
    if answer.capacity.projected:
        notes.append(f"Some limits of {year} are projected by their rule, not yet published.")
    grid = Grid(
        f"What can go into each plan in {year}, dollars",
        columns,
        tuple(_room_row(person, employer) for person, employer in every),
        (*notes, *answer.capacity.notes),
        frozenset({6}),
        frozenset(position for position, (_, employer) in enumerate(every) if employer.after_tax_room > CENT),
    )
    return Section("room", f"The room in {year}", (), (grid, *_lines(answer)))


def _room_row(person: PersonCapacity, employer: EmployerCapacity) -> tuple[str, ...]:
    amounts = (
        employer.annual_additions_limit,
        employer.elective_deferrals,
        employer.catch_up,
        employer.employer_contributions,
        employer.after_tax_room,
    )
    limited = LIMITED_BY[employer.limited_by] if employer.lines else "no plan"
    return f"{person.name}, {employer.employer}", *(dollars(one) for one in amounts), limited


def _notes(person: PersonCapacity, employer: EmployerCapacity) -> Iterator[str]:
    place = f"{person.name}, {employer.employer}: "
    if employer.after_tax_so_far > CENT:
        left = dollars(employer.left_this_year)
        yield f"{place}{dollars(employer.after_tax_so_far)} of after-tax money is already in; {left} is left."
    for one in employer.corrections:
        yield f"{place}{dollars(one.amount)} above {OVER[one.limit]}: {one.action} ({one.law})."
    if employer.lines:
        for note in employer.notes:
            yield place + note


def _lines(answer: Answer) -> Iterator[Grid]:
    """The lines behind each room, with their law and source."""
    for person, employer in employers(answer):
        rows = tuple(
            (line.name, dollars(line.value) + (" *" if line.projected else ""), line.law, line.source)
            for line in employer.lines
        )
        if rows:
            yield Grid(
                f"{person.name}, {employer.employer}: line by line",
                ("Line", "Dollars", "Law", "Source"),
                rows,
                ("* Projected by the statute's own rule.",) if any(line.projected for line in employer.lines) else (),
                words=frozenset({2, 3}),
                only_page=True,
            )


def year_section(answer: Answer) -> Section:
    """The first year's flows of the strategy to follow."""
    main = headline(answer)
    name = recommended(main)
    position = [one.strategy.name for one in main.results].index(name)
    flows = main.first_year[position]
    year = answer.start_year
    lead = f"Follow '{title(name, main)}': {in_words(main.results[position].strategy, year, works(answer))}."
    apart = list(_rows_by_person(answer, flows))
    people = tuple(person.name for person in answer.household.people) if apart else ()
    people = people if len(people) > 1 else ()
    rows = [(words, *(cells if people else ()), total) for words, cells, total in apart]
    rows += [(words, *("" for _ in people), amount) for words, amount in _rows_together(flows)]
    columns = ("", *people, "Together" if people else "Dollars")
    grid = Grid(f"The whole year {year}, dollars", columns, tuple(rows), tuple(_year_notes(answer, flows)))
    next_dollar = _next_dollar(main.next_dollars[position], year, taxes_counted(answer.household, year))
    return Section("year", f"What to do in {year}", (lead,), (grid, next_dollar))


def _next_dollar(one: NextDollar, year: int, counted: str) -> Grid:
    """What more income would cost in the first year, and the steps ahead."""
    rows = [(words, percent(getattr(one.rates, name), 1)) for name, words in NEXT_DOLLAR]
    rows.append((f"The next {dollars(one.converted)} converted, Medicare premiums with it", percent(one.all_in, 1)))
    caption = f"What the next dollar costs in {year}, {counted}"
    return Grid(caption, ("One more dollar of", "Tax"), tuple(rows), tuple(_steps_ahead(one.cliffs)))


def _steps_ahead(cliffs: Cliffs) -> Iterator[str]:
    """The cliffs that are near, and what it costs to cross them."""
    for kind, cliff in cliffs._asdict().items():
        if cliff.distance < 1.0:
            yield f"Income stands at {CLIFFS[kind]}: the next dollar costs {dollars(cliff.cost)}."
        elif cliff.distance < IN_SIGHT:
            ahead = dollars(cliff.distance)
            yield f"{ahead} more income leads to {CLIFFS[kind]}; crossing it costs {dollars(cliff.cost)}."


def _rows_by_person(answer: Answer, flows: Any) -> Iterator[tuple[str, tuple[str, ...], str]]:
    people = len(answer.household.people)
    for field, words in PER_PERSON:
        amounts = flows[field][:people]
        if amounts.max(initial=0.0) > CENT:
            yield words, tuple(dollars(one) if one > CENT else "" for one in amounts), dollars(amounts.sum())


def _rows_together(flows: Any) -> Iterator[tuple[str, str]]:
    for field, words in TOGETHER:
        amount = float(flows[field])
        if amount > CENT or field in ALWAYS:
            yield words, dollars(amount)
    yield "Federal bracket of the next dollar", bracket(flows)


def bracket(flows: Any) -> str:
    """The bracket into which the next dollar of ordinary income of a year would fall."""
    return percent(float(flows["marginal_rate"])) if flows["ordinary_taxable_income"] > CENT else "none"


def _year_notes(answer: Answer, flows: Any) -> Iterator[str]:
    """What stands beside the numbers of the year."""
    used = float(flows["after_tax"].sum())
    room = float(flows["after_tax_room"])
    if CENT < used < room - 1.0:
        yield (
            f"Cash allows {dollars(used)} of the room of {dollars(room)}: living costs, goals and the cash floor come "
            "first."
        )
    if used > CENT:
        yield from _conversion_notes(answer)
    yield "Dividends of the taxable account stay in it and are in the tax."
    if answer.household.businesses:
        yield "Self-employment tax is in the income tax, the deduction of IRC 199A is taken off."


def _conversion_notes(answer: Answer) -> Iterator[str]:
    """How the household's own plan moves after-tax money, where it is not at every paycheck."""
    main = headline(answer)
    for job in answer.household.jobs_and_businesses:
        employer = job.employer if isinstance(job, Job) else job.name
        if job.plan is None or not job.plan.after_tax_contributions or job.plan.conversion == "every_paycheck":
            continue
        if job.plan.conversion != "none":
            how_often = job.plan.conversion.replace("_", "-")
            yield (
                f"The {employer} plan converts {how_often}: '{title('mega_in_plan', main)}' assumes "
                f"every paycheck, '{title('mega_yearly', main)}' once a year; its earnings until then are taxed."
            )
        elif job.plan.in_service_rollover:
            yield (
                f"The {employer} plan converts nothing itself: roll the after-tax money to a Roth IRA and its "
                "earnings to a traditional IRA (Notice 2014-54); the numbers assume that this is done at every "
                "paycheck."
            )
