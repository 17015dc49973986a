"""The forms of a person's IRAs for a year: Forms 1099-R and 5498, Form 8606, Form 5329.

Law:    IRC 408(d), (i), (o), 408A(d)(3), 72(t), 4973, 6058; Reg. 1.408-5, 1.408-7.
Form:   Instructions for Forms 1099-R and 5498 (2025); Form 8606 (2025), Parts I and II; Form 5329 (2025), lines 1 to 4,
        16, 17, 24, 25, 48 and 49.
Units:  dollars of the year, of one person. The ordinary backdoor is taken to be done; what else may still go in is not.
Not modeled: distributions of Roth IRAs; recharacterized contributions (Form 5498, box 4); required distributions
        (boxes 11 to 12b); an excess that is taken back in time.
Tests:  test_the_forms_of_the_ordinary_backdoor, test_form_5498_tells_rollovers_from_contributions,
        test_an_early_payment_of_an_ira_is_on_form_5329.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rothwell.household import Household, Person
from rothwell.household.outside_plans import Ira
from rothwell.mega_backdoor.capacity import PersonCapacity
from rothwell.mega_backdoor.due_dates import last_day
from rothwell.mega_backdoor.excess_contributions import HSA, ROTH, TRADITIONAL
from rothwell.mega_backdoor.expected_return import ira_basis, ira_value
from rothwell.mega_backdoor.form_5329 import Received
from rothwell.mega_backdoor.form_5329 import part_1 as part_1_of_5329
from rothwell.mega_backdoor.form_8606 import TraditionalIraYear, part_1_and_2
from rothwell.mega_backdoor.form_line import FormLine, values_of
from rothwell.mega_backdoor.forms import EARLY, EARLY_EXCEPTION, NORMAL, TO_THE_PERSON, Form1099R, form_of_ira
from rothwell.mega_backdoor.job_year import HALF_A_CENT, LawOfYear
from rothwell.mega_backdoor.roth_money import EARNINGS, IRA, Payment, additional_tax

HALF_YEAR = 6  # months of half a year, for an age such as 59 1/2
MONTHS = 12  # of a year
LINES_OF_5329 = {TRADITIONAL: ("16", "17"), ROTH: ("24", "25"), HSA: ("48", "49")}
WORDS_OF_5329 = {TRADITIONAL: "traditional IRAs", ROTH: "Roth IRAs", HSA: "health savings accounts"}


@dataclass(frozen=True, slots=True)
class Form5498:
    """Form 5498 of one kind of IRA, dollars: contributions (1), rollovers (2), converted from other IRAs (3),
    recharacterized (4), value on 31 December (5, None where not known), Roth contributions (10)."""

    kind: str
    box_1: float
    box_2: float
    box_3: float
    box_4: float
    box_5: float | None
    box_10: float


@dataclass(frozen=True, slots=True)
class IraForms:
    """The forms of one person's IRAs; `received` is what lines 4a and 4b of Form 1040 ask for, None where what is
    taxable is not known."""

    form_1099r: tuple[Form1099R, ...]
    form_5498: tuple[Form5498, ...]
    form_8606: tuple[FormLine, ...]
    form_5329: tuple[FormLine, ...]
    received: tuple[Received, ...] | None


def ira_forms(
    household: Household, person: Person, found: PersonCapacity, rolled_over: float, law: LawOfYear
) -> IraForms:
    """The forms of a person; `rolled_over` is plan money that goes to a Roth IRA in the year."""
    now = law.year == household.start_year
    ira = person.ira if now else Ira()
    backdoor = found.ira.backdoor
    converted = backdoor.converted if backdoor is not None else ira.converted
    lines = _form_8606(household, person, found, ira, converted)
    shown = values_of(lines)
    known = "18" in shown or converted + ira.distributions <= HALF_A_CENT
    due = shown["1"] + converted + min(shown["2"], ira.distributions) > HALF_A_CENT  # who files Form 8606
    received = (
        Received(converted, shown.get("18", 0.0), from_ira=True),
        Received(ira.distributions, shown.get("15c", 0.0), from_ira=True),
    )
    return IraForms(
        form_1099r=tuple(_form_1099r(person, converted, ira.distributions, law)),
        form_5498=tuple(_form_5498(household, person, found, ira, (converted, rolled_over))),
        form_8606=lines if due else (),
        form_5329=tuple(_form_5329(person, found, shown.get("15c", 0.0), law)),
        received=tuple(one for one in received if one.amount > HALF_A_CENT) if known else None,
    )


def _form_1099r(person: Person, converted: float, paid: float, law: LawOfYear) -> Iterator[Form1099R]:
    """One for conversions, one for payments; the code of a year in which 59 1/2 is reached hangs on the day."""
    before, after = _age_at(person, law.year, False), _age_at(person, law.year, True)
    limit = float(law.record.early_distribution.age)
    old = NORMAL if before >= limit else None
    young = after < limit
    if converted > HALF_A_CENT:
        yield form_of_ira("roth_ira", converted, EARLY_EXCEPTION if young else old)
    if paid > HALF_A_CENT:
        yield form_of_ira(TO_THE_PERSON, paid, EARLY if young else old)


def _age_at(person: Person, year: int, end: bool) -> float:
    """The age in years and half years at the start or the end of a year."""
    day = last_day(year if end else year - 1)
    born = person.birth_date
    months = MONTHS * (day.year - born.year) + day.month - born.month - (day.day < born.day)
    return months // HALF_YEAR / (MONTHS // HALF_YEAR)


def _form_8606(
    household: Household, person: Person, found: PersonCapacity, ira: Ira, converted: float
) -> tuple[FormLine, ...]:
    """Parts I and II; only what is known where the value of the IRAs is not."""
    backdoor = found.ira.backdoor
    deductible = found.ira.deductible
    not_deducted = max(0.0, ira.traditional_contributions - (deductible or 0.0)) if deductible is not None else 0.0
    nondeductible = backdoor.nondeductible if backdoor is not None else min(not_deducted, found.ira.limit)
    basis = ira_basis(household, person)
    value = backdoor.other_money if backdoor is not None else ira_value(household, person)
    if value is None:
        return (
            FormLine("1", "Nondeductible contributions for the year", nondeductible),
            FormLine("2", "Basis in traditional IRAs of earlier years", basis),
            FormLine("8", "Converted to Roth IRAs", converted),
        )
    year = TraditionalIraYear(
        nondeductible=nondeductible,
        basis=basis,
        year_end_value=value,
        distributions=ira.distributions,
        converted=converted,
    )
    return part_1_and_2(year)


def _form_5498(
    household: Household, person: Person, found: PersonCapacity, ira: Ira, moved: tuple[float, float]
) -> Iterator[Form5498]:
    converted, rolled_over = moved
    backdoor = found.ira.backdoor
    put_in = ira.traditional_contributions + (backdoor.contribution if backdoor is not None else 0.0)
    value = backdoor.other_money if backdoor is not None else ira_value(household, person)
    if put_in + converted + ira.distributions + (value or 0.0) > HALF_A_CENT:
        yield Form5498(TRADITIONAL, put_in, 0.0, 0.0, 0.0, value, 0.0)
    has_roth = any(one.kind == ROTH for one in household.accounts_of(person.name))
    if has_roth or converted + rolled_over + ira.roth_contributions > HALF_A_CENT:
        yield Form5498(ROTH, 0.0, rolled_over, converted, 0.0, None, ira.roth_contributions)


def _form_5329(person: Person, found: PersonCapacity, taxable: float, law: LawOfYear) -> Iterator[FormLine]:
    """The tax on what is paid out too early, and on what is in above a limit."""
    age = _age_at(person, law.year, True)
    early = additional_tax([(EARNINGS, taxable)], Payment(taxable, law.year, age), IRA, 0.0)
    if early.line_1 > HALF_A_CENT:
        yield from part_1_of_5329(law.year, [early])
    for excess in (*found.ira.corrections, *(found.hsa.corrections if found.hsa is not None else ())):
        at_end, tax = LINES_OF_5329[excess.kind]
        words = WORDS_OF_5329[excess.kind]
        yield FormLine(at_end, f"Excess contributions in {words} if none is taken back", excess.amount + excess.earlier)
        yield FormLine(tax, f"Tax on them, to Schedule 2, line 8 ({words})", excess.yearly_tax)
