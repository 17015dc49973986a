"""The ordinary backdoor: a contribution to a traditional IRA that is not deducted, then converted to a Roth IRA.

All traditional, SEP and SIMPLE IRAs of a person count as one, at their value on 31 December: pre-tax money in any of
them makes a part of the conversion taxable. Rolled into an employer's plan by that day, it no longer does.

Law:    IRC 408(d)(1), (2), (3)(A)(ii), (H), (o), 408A(d)(3); 219(f)(3).
Form:   Form 8606 (2025), Parts I and II.
Units:  dollars of the year, of one person; what is converted is taken to have earned nothing.
Not modeled: the two years in which money of a SIMPLE IRA may not go into a plan (IRC 72(t)(6)); rollovers under way at
        the year's end; contributions for the year made after it (line 4).
Tests:  test_the_ordinary_backdoor_by_hand, test_pre_tax_money_in_any_ira_taxes_the_backdoor,
        test_rolling_pre_tax_money_into_a_plan_makes_the_backdoor_free_of_tax.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rothwell.household import Household, Person
from rothwell.mega_backdoor.due_dates import last_day
from rothwell.mega_backdoor.expected_return import ExpectedReturn, ira_basis, ira_value
from rothwell.mega_backdoor.job_year import HALF_A_CENT
from rothwell.provision import plainly
from rothwell.tax.ira_basis import TraditionalIra, form_8606_part_1
from rothwell.tax.required_minimum import first_distribution_year


@dataclass(frozen=True, slots=True)
class Backdoor:
    """The backdoor of one person's year, dollars, by the lines of Form 8606; None where the IRAs are not known.

    contribution            still to be put in without a deduction
    nondeductible           with what was put in so far without one (line 1)
    basis                   of earlier years (line 2)
    other_money             in all traditional, SEP and SIMPLE IRAs on 31 December, after the conversion (line 6)
    converted               in the whole year, the contribution with it (line 8)
    nontaxable, taxable     parts of it (lines 17 and 18)
    tax                     federal tax on the taxable part
    basis_carried           to later years (line 14)
    roll_into_plan          pre-tax money that, rolled into an employer's plan by `roll_by`, leaves basis alone
    taxable_after_rollover  what is taxable then
    """

    contribution: float
    nondeductible: float
    basis: float
    other_money: float | None
    converted: float
    nontaxable: float | None
    taxable: float | None
    tax: float | None
    basis_carried: float | None
    roll_into_plan: float | None
    roll_by: str
    taxable_after_rollover: float | None


def ordinary_backdoor(
    household: Household, person: Person, contribution: float, not_deducted_so_far: float, expected: ExpectedReturn
) -> Backdoor | None:
    """The backdoor with so much still to contribute; None when nothing goes through it."""
    now = expected.law.year == household.start_year
    converted_so_far = person.ira.converted if now else 0.0
    so_far = not_deducted_so_far if now else 0.0
    if contribution + so_far <= HALF_A_CENT:
        return None
    waiting = max(0.0, so_far - converted_so_far)
    nondeductible, basis = contribution + so_far, ira_basis(household, person)
    converted = converted_so_far + contribution + waiting
    other = ira_value(household, person)
    distributions = person.ira.distributions if now else 0.0
    if other is not None and person.ira.year_end_value is None:
        other = max(0.0, other - waiting)
    by = last_day(expected.law.year).isoformat()
    if other is None:
        unknown = dict.fromkeys(("nontaxable", "taxable", "tax", "basis_carried", "roll_into_plan"))
        return Backdoor(
            contribution=contribution,
            nondeductible=nondeductible,
            basis=basis,
            other_money=None,
            converted=converted,
            **unknown,
            roll_by=by,
            taxable_after_rollover=None,
        )
    found = _form_8606(nondeductible, basis, other, distributions, converted)
    to_roll = min(other, max(0.0, other + distributions + converted - nondeductible - basis))
    after = _form_8606(nondeductible, basis, other - to_roll, distributions, converted)
    taxable = float(found.taxable_conversion)
    return Backdoor(
        contribution=contribution,
        nondeductible=nondeductible,
        basis=basis,
        other_money=other,
        converted=converted,
        nontaxable=converted - taxable,
        taxable=taxable,
        tax=_tax(taxable, expected),
        basis_carried=float(found.basis_carried),
        roll_into_plan=to_roll,
        roll_by=by,
        taxable_after_rollover=float(after.taxable_conversion),
    )


def _form_8606(
    nondeductible: float, basis: float, value: float, distributions: float, converted: float
) -> TraditionalIra:
    found: TraditionalIra = plainly(form_8606_part_1)(nondeductible, basis, value, distributions, converted)
    return found


def _tax(taxable: float, expected: ExpectedReturn) -> float | None:
    """Federal tax on a taxable conversion, on top of all other income but conversions."""
    if not expected.known:
        return None
    if taxable <= HALF_A_CENT:
        return 0.0
    return float(expected.form(taxable).total_tax - expected.form().total_tax)


def backdoor_notes(household: Household, person: Person, backdoor: Backdoor, expected: ExpectedReturn) -> Iterator[str]:
    """What to know before going through the backdoor."""
    year = expected.law.year
    if backdoor.taxable is None:
        yield (
            "Whether the conversion is taxed depends on all the person's traditional, SEP and SIMPLE IRAs: list them "
            "as [[accounts]] (accounts = [] for none), or give people.ira.year_end_value."
        )
    elif (backdoor.roll_into_plan or 0.0) > HALF_A_CENT:
        yield from _roll_notes(household, person, backdoor)
    if not expected.covered[person.name] and (expected.magi_deduction is not None):
        yield (
            "No plan at work covers the person: a traditional contribution may be deductible. For the backdoor it is "
            "designated as not deductible on Form 8606 (IRC 408(o)(2)(B)(ii))."
        )
    if year > first_distribution_year(person.birth_date) - 1:
        yield (
            "Required distributions have begun: what comes out of the IRAs in a year is the required amount first, and "
            "that cannot be converted or rolled over (IRC 408(d)(3)(E))."
        )
    yield (
        f"A conversion counts in the year in which it is made: by {backdoor.roll_by} for {year}. Report the "
        "contribution and the conversion on Form 8606."
    )


def _roll_notes(household: Household, person: Person, backdoor: Backdoor) -> Iterator[str]:
    """The cure of the pro-rata rule, as far as a plan takes the money."""
    amount, by = f"{backdoor.roll_into_plan:,.0f}", backdoor.roll_by
    cure = (
        f"rolling {amount} dollars of pre-tax IRA money into an employer's plan by {by} leaves "
        f"{backdoor.taxable_after_rollover:,.0f} dollars taxable (IRC 408(d)(3)(A)(ii), (H))"
    )
    has_plan = any(job.plan is not None for job in household.jobs_of(person.name))
    if person.ira.plan_takes_rollovers is False:
        yield f"The plan takes no IRA money; in one that does, {cure}."
    elif person.ira.plan_takes_rollovers:
        yield f"The plan takes IRA money: {cure}."
    elif has_plan:
        yield f"If the plan takes IRA money (ask it), {cure}."
    else:
        yield f"In a plan that takes IRA money, {cure}."
