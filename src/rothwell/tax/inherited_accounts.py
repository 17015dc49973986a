"""What the heirs of a plan or an IRA must take, and by when it must be empty: IRC 401(a)(9)(B), (E), (H)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from typing import Literal

from rothwell.errors import InputError
from rothwell.law.figures import figure
from rothwell.tax.required_minimum import (
    first_age_of_uniform_table,
    first_distribution_year,
    last_age_of_uniform_table,
    single_divisor,
    uniform_divisor,
)

Relation = Literal["spouse", "minor_child", "disabled", "close_in_age", "designated", "none"]
"""Who takes: the spouse, sole beneficiary; the owner's child below the age of majority; somebody disabled or
chronically ill; somebody older, or not more than ten years younger; any other person, or a see-through trust for one;
nobody of these (the estate, a charity, another trust)."""
ELIGIBLE = ("spouse", "minor_child", "disabled", "close_in_age")
APRIL = 4  # of the required beginning date: the calendar, IRC 401(a)(9)(C)(i)


@dataclass(frozen=True, slots=True)
class InheritedAccount:
    """A plan account or IRA after its owner's death.

    roth              a Roth IRA, or a designated Roth account with nothing else in the plan
    beneficiary_born  None where the beneficiary is no person
    within_ten_years  an eligible beneficiary takes the ten-year rule, which needs a death before distributions began;
                      of one who died before the rule came, the five-year rule
    uniform           the spouse is treated as the owner was: the Uniform Lifetime Table from the age where it begins
    beneficiary_died  None while the beneficiary lives
    """

    owner_born: date
    died: date
    relation: Relation
    roth: bool = False
    beneficiary_born: date | None = None
    within_ten_years: bool = False
    uniform: bool = True
    beneficiary_died: date | None = None

    @property
    def of_before(self) -> bool:
        """Whether the owner died before the ten-year rule came: life expectancy rules for every person.

        Law:    P.L. 116-94, section 401(b)(1), (5); Reg. 1.401(a)(9)-1(b)(2)(i), (iii).
        Not modeled: plans of governments and under collective agreements, for which it came later.
        """
        return self.died.year < first_year_of_ten_years()

    @property
    def by_life(self) -> bool:
        """Whether the beneficiary draws over the own life expectancy."""
        person = self.relation in ELIGIBLE or (self.of_before and self.relation == "designated")
        return person and not self.within_ten_years

    def __post_init__(self) -> None:
        if (self.beneficiary_born is None) != (self.relation == "none"):
            message = "a person has a date of birth; an estate or a charity has none"
            raise InputError(
                message, field="beneficiary_born", found=self.beneficiary_born, allowed="a date of a person"
            )

    @property
    def begun(self) -> bool:
        """Whether the owner died on or after the required beginning date.

        Law:    IRC 401(a)(9)(B)(i), (C)(i); 408A(c)(4): Roth accounts require nothing of their owners; Reg. 1.408A-6,
                Q&A-14(b), 1.401(a)(9)-3(a)(2).
        Not modeled: work beyond the applicable age, which puts the date off for the plan of that employer.
        """
        begins = date(first_distribution_year(self.owner_born) + 1, APRIL, 1)
        return not self.roth and self.died >= begins


def relation_by_age(owner_born: date, died: date, born: date, child_of_owner: bool) -> Relation:
    """Which of these a person is who is neither the spouse nor disabled.

    Law:    IRC 401(a)(9)(E)(ii), (iii); Reg. 1.401(a)(9)-4(e)(1), (3), (6): by dates of birth; a child of the owner is
            a minor through the day before the 21st birthday.
    Tests:  test_who_is_an_eligible_beneficiary.
    """
    if child_of_owner and died < _birthday(born, _whole("age_of_majority")):
        return "minor_child"
    return "close_in_age" if born <= _birthday(owner_born, _whole("age_difference")) else "designated"


def last_year(account: InheritedAccount) -> int | None:
    """The year by whose end the account must be empty; None where life expectancy alone rules.

    Law:    IRC 401(a)(9)(B)(ii), (H)(i) to (iii), (I); Reg. 1.401(a)(9)-1(b), -3(b)(4), (c)(2), (3), (5), -5(e).
    Form:   Pub. 590-B (2025), What if you inherit an IRA.
    Units:  calendar year.
    Tests:  test_what_an_heir_must_take_in_a_year.
    """
    ten, died, before = _whole("years"), account.died.year, account.of_before
    chosen = account.within_ten_years and not account.begun
    if account.relation == "none" or (before and chosen):
        five = died + _whole("years_without_designated_beneficiary")
        waived = before and five >= first_year_of_ten_years()  # 2020 is left out, 401(a)(9)(I)(iii)(II)
        return None if account.begun else five + (1 if waived else 0)
    if chosen or (account.relation == "designated" and not before):
        return died + ten
    assert account.beneficiary_born is not None
    ends = []
    if account.beneficiary_died is not None and account.beneficiary_died.year >= first_year_of_ten_years():
        ends.append(account.beneficiary_died.year + ten)
    if account.relation == "minor_child" and not before:
        ends.append(account.beneficiary_born.year + _whole("age_of_majority") + ten)
    return min(ends) if ends else None


def minimum_divisor(account: InheritedAccount, year: int) -> float | None:
    """What the balance of the last 31 December is divided by; None where the year requires nothing yet.

    1 where all must be taken: in the last year, or when no life expectancy is left.

    Law:    IRC 401(a)(9)(B); Reg. 1.401(a)(9)-3(b), (c), (d), -5(d)(1)(ii), (d)(2), (3), (e), (f), (g)(3).
    Form:   Pub. 590-B (2025), Appendix B, Table I.
    Units:  years; `year` a calendar year after that of the death.
    Not modeled: several beneficiaries of an account that is not divided by the end of the year after the death.
    Tests:  test_what_an_heir_must_take_in_a_year.
    """
    if year <= account.died.year:
        message = "the owner's own distribution of the year of death is owed, if any: `year_of_death_minimums`"
        raise InputError(message, field="year", found=year, allowed=f"{account.died.year + 1} on")
    end = last_year(account)
    if end is not None and year >= end:
        return 1.0
    if not account.begun and not account.by_life:
        return None
    if account.relation == "spouse" and not account.begun and year < _first_year_of_spouse(account):
        return None
    left = [] if account.beneficiary_born is None else [_of_beneficiary(account, account.beneficiary_born, year)]
    if account.begun:
        left.append(single_divisor(account.died.year - account.owner_born.year) - (year - account.died.year))
    return max(1.0, *left)


def years_of(account: InheritedAccount) -> tuple[tuple[int, float | None], ...]:
    """The years after the death up to the one in which all must be drawn, each with what its balance is divided by.

    An account that life expectancy alone rules ends when none is left, a spouse's at the end of the table.
    """
    end = last_year(account)
    if end is None and account.relation == "spouse" and account.beneficiary_born is not None:
        end = max(account.died.year + 1, account.beneficiary_born.year + last_age_of_uniform_table())
    found = ((year, minimum_divisor(account, year)) for year in count(account.died.year + 1))
    before = list(takewhile(lambda one: one[1] != 1.0 and (end is None or one[0] < end), found))
    last = end if end is not None else account.died.year + 1 + len(before)
    return (*(one for one in before if one[0] < last), (last, 1.0))


def year_of_death_minimums(
    account: InheritedAccount, owners_divisor: float, balances: Sequence[float], taken: float
) -> tuple[float, ...]:
    """What the beneficiaries must take of the owner's own distribution of the year of death, IRA by IRA of the owner's.

    Law:    Reg. 1.401(a)(9)-5(a)(4), 1.408-8(b)(1)(i), (e)(4)(i): by balances, from whichever IRA the owner has taken
            something; 54.4974-1(g)(3): without a tax until the end of the next year.
    Units:  dollars; `balances` of the 31 December before the death, `owners_divisor` of the year of death, `taken` by
            the owner in it.
    Tests:  test_the_owners_distribution_of_the_year_of_death_is_the_beneficiarys,
            test_published_examples_of_inheritances.
    """
    whole = sum(balances)
    shortfall = max(0.0, whole / owners_divisor - taken) if account.begun else 0.0
    return tuple(shortfall * balance / whole if whole > 0.0 else 0.0 for balance in balances)


def hypothetical_minimums(balance: float, ages: Sequence[int], paid: Sequence[float]) -> tuple[float, ...]:
    """What would have been required of a spouse who had ten years, in each year that a late rollover catches up with.

    Law:    Reg. 1.402(c)-2(j)(4)(ii), (iii); 1.408-8(c)(1)(iii): the sum, less what was paid before the year of the
            rollover, is no rollover.
    Units:  dollars; `balance` of the 31 December before the rollover; the spouse's `ages` in the years from the later
            one in which the spouse and the owner attain the applicable age, and what was `paid` in each.
    Tests:  test_published_examples_of_inheritances.
    """
    found: list[float] = []
    for place, age in enumerate(ages):
        missed = max(0.0, sum(found) - sum(paid[:place]))
        found.append((balance - missed) / uniform_divisor(age))
    return tuple(found)


def _of_beneficiary(account: InheritedAccount, born: date, year: int) -> float:
    """The years that the table leaves a beneficiary: a spouse's anew each year, others' one less each year.

    Law:    Reg. 1.401(a)(9)-5(d)(3)(ii) to (iv), (g)(3)(ii).
    """
    if account.relation != "spouse":
        first = account.died.year + 1
        return single_divisor(first - born.year) - (year - first)
    if account.beneficiary_died is not None and account.beneficiary_died.year < year:
        last = account.beneficiary_died.year
        return single_divisor(last - born.year) - (year - last)
    age = year - born.year
    return uniform_divisor(age) if account.uniform and age >= first_age_of_uniform_table() else single_divisor(age)


def _first_year_of_spouse(account: InheritedAccount) -> int:
    """A sole spouse may wait for the year in which the owner would have reached the applicable age.

    Law:    IRC 401(a)(9)(B)(iv)(I); Reg. 1.401(a)(9)-3(d).
    """
    return max(account.died.year + 1, first_distribution_year(account.owner_born))


def _birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; who was born on 29 February, on 1 March of other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, born.month + 1, 1)


def first_year_of_ten_years() -> int:
    """The first year of deaths to which the ten-year rule applies.

    Law:    P.L. 116-94, section 401(b)(1).
    """
    return min(figure("inherited_account.years").values)


def _whole(name: str) -> int:
    """A figure of the section as a whole number; it goes by the death, and has not changed since 2020."""
    known = figure(f"inherited_account.{name}")
    return int(float(known.values[max(known.values)]))
