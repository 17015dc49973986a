"""What must hold between the values of a household file, and what this release cannot plan.

Each check yields problems with the path of the field to change. Checks see a draft of the parts that are good by
themselves, so that a slip in one account does not hide a slip in a person above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rothwell.errors import nearest_name
from rothwell.household.accounts import JOINT, Account
from rothwell.household.business import Business, slips_between
from rothwell.household.deferred_compensation import is_457b, work_of
from rothwell.household.flow_checks import FlowTables, problems_of_flows
from rothwell.household.heirs import Heir, problems_of_heirs
from rothwell.household.job_checks import problems_of_a_job
from rothwell.household.jobs import Job
from rothwell.household.market import Market, Mix
from rothwell.household.market_checks import problems_of_account_mixes, problems_of_markets
from rothwell.household.models import (
    Child,
    Facts,
    Goal,
    Household,
    LandscapeChoice,
    Person,
    Spending,
)
from rothwell.household.mortality import Mortality, problems_of_mortality
from rothwell.household.outside_checks import problems_of_hsas, problems_of_payments
from rothwell.household.outside_plans import Payments
from rothwell.household.own_strategies import OwnStrategy, problems_of_strategies
from rothwell.household.problem import Problem
from rothwell.household.roth_checks import roth_problems
from rothwell.household.social_security import problems_of_claims
from rothwell.household.source import shown
from rothwell.household.toml_lines import Path
from rothwell.household.working_lives import begins_after, problems_of_working_lives
from rothwell.law import figure

M = TypeVar("M", bound=BaseModel)

PERSONS = {"single": (1,), "mfj": (2,), "mfs": (1, 2), "hoh": (1,), "qss": (1,)}
"""How many persons a household of each filing status may list."""

STATUS_WORDS = {
    "single": "single",
    "mfj": "married filing jointly",
    "mfs": "married filing separately",
    "hoh": "head of household",
    "qss": "qualifying surviving spouse",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a household that are good by themselves, by their place in the file."""

    today: date
    facts: Facts | None
    spending: Spending | None
    landscape: LandscapeChoice | None
    payments: Payments | None
    market: Market | None
    mixes: Mapping[int, Mix]
    mortality: Mortality | None
    people: Mapping[int, Person]
    children: Mapping[int, Child]
    jobs: Mapping[int, Job]
    businesses: Mapping[int, Business]
    accounts: Mapping[int, Account]
    goals: Mapping[int, Goal]
    strategies: Mapping[int, OwnStrategy]
    heirs: Mapping[int, Heir]
    flows: FlowTables
    people_listed: int
    mixes_listed: int
    heirs_listed: int
    names: tuple[str, ...]  # of all people, also of those with a problem elsewhere
    workers: frozenset[str]  # the persons of all jobs and businesses, also of those with a problem elsewhere

    @classmethod
    def of(cls, raw: Mapping[str, Any], today: date) -> Draft:
        """The good parts of what the parser read."""
        people = _tables(raw, "people")
        return cls(
            today,
            _good(Facts, raw.get("household")),
            _good(Spending, raw.get("spending", {})),
            _good(LandscapeChoice, raw.get("landscape", {})),
            _good(Payments, raw.get("payments")),
            _good(Market, raw.get("market", {})),
            _good_parts(Mix, raw, "mixes"),
            _good(Mortality, raw.get("mortality", {})),
            _good_parts(Person, raw, "people"),
            _good_parts(Child, raw, "children"),
            _good_parts(Job, raw, "jobs"),
            _good_parts(Business, raw, "businesses"),
            _good_parts(Account, raw, "accounts"),
            _good_parts(Goal, raw, "goals"),
            _good_parts(OwnStrategy, raw, "strategies"),
            _good_parts(Heir, raw, "heirs"),
            FlowTables.of(raw),
            len(people),
            len(_tables(raw, "mixes")),
            len(_tables(raw, "heirs")),
            tuple(_texts(people, "name")),
            frozenset(_texts((*_tables(raw, "jobs"), *_tables(raw, "businesses")), "person")),
        )

    @property
    def start_year(self) -> int | None:
        """The first year of the plan, None when the file does not say it in a usable way."""
        return self.facts.start_year if self.facts else None


def problems_between(draft: Draft) -> Iterator[Problem]:
    """All problems between values, in no particular order."""
    yield from _facts(draft)
    yield from _unused_exclusion(draft)
    yield from _generations(draft)
    yield from _births(draft)
    yield from problems_of_working_lives(draft)
    yield from problems_of_claims(draft.people, draft.start_year)
    yield from problems_of_mortality(draft.mortality, draft.people)
    for index, job in draft.jobs.items():
        yield from _job(draft, index, job)
    yield from _businesses(draft)
    for index, account in draft.accounts.items():
        yield from _account(draft, index, account)
    yield from roth_problems(draft.accounts, draft.people, draft.start_year)
    yield from problems_of_hsas(draft.people)
    yield from problems_of_payments(draft.payments, draft.start_year)
    yield from problems_of_strategies(draft.strategies, draft.start_year)
    yield from problems_of_markets(draft.market, draft.mixes, draft.mixes_listed, draft.people.get(0), draft.start_year)
    yield from problems_of_account_mixes(draft.accounts, draft.mixes, draft.mixes_listed)
    yield from _spending(draft)
    yield from _goals(draft)
    yield from problems_of_heirs(draft.heirs, draft.heirs_listed, draft.start_year)
    yield from problems_of_flows(draft)
    yield from _duplicates(draft)


def require_plannable(household: Household) -> None:
    """Refuse by name what this release cannot plan over a lifetime; raises InputError for the first such field."""
    source = household.source
    problems = sorted(_not_plannable(household), key=lambda problem: source.line(problem.path) or 0)
    for problem in problems:
        raise source.error(problem.path, problem.message, found=problem.found, allowed=problem.allowed)


def _not_plannable(household: Household) -> Iterator[Problem]:
    status = household.household.filing_status
    if status in ("mfs", "qss"):
        yield Problem(
            ("household", "filing_status"),
            f"is not planned by this release: {STATUS_WORDS[status]}",
            status,
            "single, mfj or hoh",
        )
    if household.spending.living_cost is None and (household.jobs or household.businesses):
        allowed = "dollars a year, without taxes and saving"
        yield Problem(("spending", "living_cost"), "is required while somebody works", None, allowed)
    yield from _prior_magi(household)
    if "accounts" not in household.model_fields_set:  # accounts = [] says that there are none
        yield Problem(("accounts",), "is required for a plan", None, "[[accounts]], or accounts = [] for none")


def _facts(draft: Draft) -> Iterator[Problem]:
    facts = draft.facts
    if facts is None:
        return
    first = figure("rate_schedule.bracket_top").first_year
    if facts.start_year is not None and facts.start_year < first:
        path = ("household", "start_year")
        yield Problem(path, "is before the first year whose law is held", facts.start_year, f"{first} or later")
    allowed_persons = PERSONS[facts.filing_status]
    if draft.people_listed and draft.people_listed not in allowed_persons:
        counts = " or ".join(str(count) for count in allowed_persons)
        yield Problem(
            ("household", "filing_status"),
            f"{STATUS_WORDS[facts.filing_status]} needs {counts} [[people]], and the file lists {draft.people_listed}",
            facts.filing_status,
            "mfj for two people; single or hoh for one",
        )


def _unused_exclusion(draft: Draft) -> Iterator[Problem]:
    """A couple's exclusions are worked out: only who is alone brings one of a spouse who died before."""
    if draft.facts is not None and draft.facts.unused_exclusion > 0.0 and draft.people_listed > 1:
        message = "is of a spouse who died before the start, and the file lists two people"
        yield Problem(("household", "unused_exclusion"), message, draft.facts.unused_exclusion, "0, or one person")
    elif draft.facts is not None and draft.facts.unused_exclusion > 0.0 and draft.start_year is not None:
        known = figure("estate_tax.basic_exclusion")
        most = float(known.value(max(draft.start_year, known.first_year)).value)
        if draft.facts.unused_exclusion > most:
            message = "is more than the exclusion of the start year, IRC 2010(c)(4)(A)"
            yield Problem(("household", "unused_exclusion"), message, draft.facts.unused_exclusion, f"0 to {most:,.0f}")


def _generations(draft: Draft) -> Iterator[Problem]:
    """A child of the household is born after one of its people."""
    births = [person.birth_date for person in draft.people.values()]
    for index, heir in draft.heirs.items():
        younger = heir.relation in ("child", "grandchild")
        if younger and births and heir.birth_date is not None and heir.birth_date <= min(births):
            message = f"is not after the birth of a parent, and the heir is a {heir.relation}"
            allowed = f"after {min(births)}, or another relation"
            yield Problem(("heirs", index, "birth_date"), message, heir.birth_date, allowed)


def _births(draft: Draft) -> Iterator[Problem]:
    listed: list[tuple[Path, Person | Child]] = [(("people", index), one) for index, one in draft.people.items()]
    listed += [(("children", index), one) for index, one in draft.children.items()]
    for path, one in listed:
        field = (*path, "birth_date")
        if one.birth_date > draft.today:
            yield Problem(field, "is in the future", one.birth_date, f"up to today, {draft.today.isoformat()}")
        elif draft.start_year is not None and one.birth_date.year > draft.start_year:
            yield Problem(field, "is after the start year of the plan", one.birth_date, f"up to {draft.start_year}")
    for index, person in draft.people.items():
        if draft.start_year is None or not person.birth_date.year <= draft.start_year:
            continue
        age = person.age_in(draft.start_year)
        if person.planning_age <= age:
            field = ("people", index, "planning_age")
            message = f"is not above the age at the end of {draft.start_year}, {age}"
            yield Problem(field, message, person.planning_age, f"{age + 1} to 120")


def _prior_magi(household: Household) -> Iterator[Problem]:
    """Medicare premiums of a year rest on the MAGI of two years before (42 USC 1395r(i)(4)(B))."""
    for year in (household.start_year, household.start_year + 1):
        eligible = _age_of_law("irmaa.eligible_age", year)
        on_medicare = [one.name for one in household.people if one.age_in(year) >= eligible]
        if on_medicare and year - 2 not in household.household.prior_magi:
            yield Problem(
                ("household", "prior_magi"),
                f"needs the modified adjusted gross income of {year - 2}: it sets the Medicare premium of "
                f"{on_medicare[0]} in {year}",
                None,
                f"for example prior_magi = {{ {year - 2} = 95_000 }}",
            )
            return


def _job(draft: Draft, index: int, job: Job) -> Iterator[Problem]:
    path: Path = ("jobs", index)
    if job.person not in draft.names:
        yield Problem((*path, "person"), _unknown_person(job.person, draft), job.person, _listed(draft.names))
    yield from problems_of_a_job(path, job, draft.start_year)


def _businesses(draft: Draft) -> Iterator[Problem]:
    employers = [(job.person, job.employer) for job in draft.jobs.values()]
    for index, slip in slips_between(draft.businesses, employers):
        yield Problem(("businesses", index, *slip.field), slip.message, slip.found, slip.allowed)
    for index, business in draft.businesses.items():
        if business.person not in draft.names:
            words, allowed = _unknown_person(business.person, draft), _listed(draft.names)
            yield Problem(("businesses", index, "person"), words, business.person, allowed)


def _account(draft: Draft, index: int, account: Account) -> Iterator[Problem]:
    path: Path = ("accounts", index)
    if account.owner == JOINT:
        if account.kind != "taxable":
            message = f"of a {account.kind} account must be one person"
            yield Problem((*path, "owner"), message, JOINT, _listed(draft.names))
        elif draft.people_listed == 1:
            yield Problem((*path, "owner"), "joint needs two people", JOINT, _listed(draft.names))
    elif account.owner not in draft.names:
        allowed = _listed((*draft.names, JOINT) if account.kind == "taxable" else draft.names)
        yield Problem((*path, "owner"), _unknown_person(account.owner, draft), account.owner, allowed)
    if account.basis is None:
        if account.kind in ("taxable", "after_tax_plan"):
            meaning = "its cost basis" if account.kind == "taxable" else "the contributions in it"
            allowed = f"dollars, 0 to {account.balance:,.0f}"
            yield Problem((*path, "basis"), f"is required for a {account.kind} account: {meaning}", None, allowed)
    elif account.kind in ("pre_tax_plan", "hsa") and account.basis > 0:
        yield Problem((*path, "basis"), f"does not exist in a {account.kind} account", account.basis, "no basis")
    elif account.basis > account.balance and account.kind != "taxable":
        allowed = f"0 to {account.balance:,.0f} dollars (an account at a loss is not modeled: give its balance)"
        yield Problem((*path, "basis"), "is more than the balance of the account", account.basis, allowed)
    if account.left_in is not None and account.kind != "pre_tax_plan":
        yield Problem((*path, "left_in"), f"is given for a {account.kind} account", account.left_in, "pre_tax_plan")
    elif account.left_in is not None and draft.start_year is not None and account.left_in > draft.start_year:
        message = "is after the start year: the plan over a life knows when work ends"
        yield Problem((*path, "left_in"), message, account.left_in, f"up to {draft.start_year}")
    if account.employer is not None and not account.kind.endswith("_plan"):
        message = f"is given for a {account.kind} account"
        yield Problem((*path, "employer"), message, account.employer, "an employer only for accounts in a plan")


def _spending(draft: Draft) -> Iterator[Problem]:
    spending = draft.spending
    if spending is None:
        return
    if spending.rule == "flat" and spending.flat_amount is None:
        path = ("spending", "flat_amount")
        yield Problem(path, 'is required for the rule "flat"', None, "dollars of the start year a year")
    if spending.rule != "flat" and spending.flat_amount is not None:
        message = f'is given, but the rule is "{spending.rule}"'
        yield Problem(("spending", "flat_amount"), message, spending.flat_amount, 'rule = "flat", or no flat_amount')


def _goals(draft: Draft) -> Iterator[Problem]:
    if draft.start_year is None or len(draft.people) < draft.people_listed or not draft.people:
        return
    last = max(person.last_year for person in draft.people.values())
    for index, goal in draft.goals.items():
        if not draft.start_year <= goal.year <= last:
            message = "is outside the years of the plan"
            yield Problem(("goals", index, "year"), message, goal.year, f"{draft.start_year} to {last}")


def _duplicates(draft: Draft) -> Iterator[Problem]:
    named: list[tuple[Path, object]] = [(("people", index, "name"), one.name) for index, one in draft.people.items()]
    named += [(("children", index, "name"), one.name) for index, one in draft.children.items() if one.name]
    yield from _repeated(named, "is the name of somebody listed before")
    for index, person in draft.people.items():
        if person.name == JOINT:
            path: Path = ("people", index, "name")
            yield Problem(path, "cannot be a name: it is the word for joint ownership", JOINT, "another name")
    goals: list[tuple[Path, object]] = [(("goals", index, "name"), one.name) for index, one in draft.goals.items()]
    yield from _repeated(goals, "is the name of a goal listed before")
    begun = {index: one for index, one in draft.jobs.items() if not begins_after(one, draft.start_year)}
    jobs = [(("jobs", index, "employer"), (*work_of(one), is_457b(one))) for index, one in begun.items()]
    for problem in _repeated(jobs, "is listed before as an employer of the same person"):
        yield Problem(problem.path, problem.message, problem.found[1], problem.allowed)  # type: ignore[index]
    yield from _second_plans(draft)
    if draft.landscape:
        listed = [(("landscape", "names", index), name) for index, name in enumerate(draft.landscape.names)]
        yield from _repeated(listed, "is listed before")


def _second_plans(draft: Draft) -> Iterator[Problem]:
    """A 457(b) plan beside another plan of the same employer belongs to the same pay."""
    paid = {work_of(job): job for job in draft.jobs.values() if not is_457b(job)}
    for index, job in draft.jobs.items():
        first = paid.get(work_of(job), job)
        if is_457b(job) and first.pay != job.pay:
            message = f"must be that of the other plan of {job.employer}: it is the same pay"
            yield Problem(("jobs", index, "pay"), message, shown(job.pay), f"{first.pay:,.0f} dollars")


def _repeated(named: Iterable[tuple[Path, object]], message: str) -> Iterator[Problem]:
    seen = set()
    for path, name in named:
        if name in seen:
            yield Problem(path, message, name, "each name once")
        seen.add(name)


def _unknown_person(name: str, draft: Draft) -> str:
    near = nearest_name(name, draft.names)
    return "is not one of the people" + (f' (did you mean "{near}"?)' if near else "")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _age_of_law(name: str, year: int) -> int:
    """An age that the law sets, in a year."""
    age = figure(name)
    return int(age.value(max(year, age.first_year)).value)


def _tables(raw: Mapping[str, Any], name: str) -> list[Any]:
    value = raw.get(name, [])
    return value if isinstance(value, list) else []


def _texts(tables: Iterable[Any], key: str) -> Iterator[str]:
    for table in tables:
        if isinstance(table, dict) and isinstance(table.get(key), str):
            yield table[key].strip()


def _good(model: type[M], value: Any) -> M | None:
    try:
        return model.model_validate(value)
    except ValidationError:
        return None


def _good_parts(model: type[M], raw: Mapping[str, Any], name: str) -> dict[int, M]:
    found = ((index, _good(model, value)) for index, value in enumerate(_tables(raw, name)))
    return {index: part for index, part in found if part is not None}
