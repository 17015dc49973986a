"""Deductions from adjusted gross income that need no itemizing."""

from __future__ import annotations

import math

from rothwell.provision import provision

SAME = 1e-9  # taxes that differ by no more than this share differ by the arithmetic alone


@provision
def people_of_age(age1, age2, age):  # type: ignore[no-untyped-def]
    """How many of filer and spouse have attained an age by the end of the year (0 stands for no spouse).

    Law:    IRC 63(f)(1), 151(d)(5)(C).
    Units:  people; that the day before the birthday counts (Reg. 1.151-1(c)(2)) is left to the input.
    Tests:  test_standard_deduction_at_64_and_65.
    """
    return (1.0 if age1 >= age else 0.0) + (1.0 if age2 >= age else 0.0)


@provision
def standard_deduction(facts, status, law):  # type: ignore[no-untyped-def]
    """The standard deduction with the additional amounts for age and blindness (Form 1040, line 12e).

    Law:    IRC 63(c)(2), (c)(3), (c)(6)(A), (f).
    Form:   Standard Deduction Worksheet, Form 1040 instructions (2025).
    Units:  dollars of the year; `law` is the section of the standard deduction.
    Not modeled: dependents' limit of IRC 63(c)(5), net disaster loss, a separate filer's blind spouse.
    Tests:  test_standard_deduction_at_64_and_65, test_official_form_1040_examples.
    """
    line_1 = law.basic[status]  # 63(c)(2)
    of_age = people_of_age(facts.age1, facts.age2, law.additional_age)  # 63(f)(1)(A), (B)
    spouse_of_age = 1.0 if facts.spouse_age >= law.additional_age else 0.0  # 63(f)(1)(B), a separate filer's
    times = of_age + spouse_of_age * facts.spouse_without_income + facts.blind1 + facts.blind2  # 63(f)(1), (2)
    line_2 = law.additional[status] * times  # 63(c)(3), (f)
    line_4 = 0.0 if facts.spouse_itemizes > 0.0 else line_1 + line_2  # none if the spouse itemizes, 63(c)(6)(A)
    return line_4


@provision
def senior_deduction(age1, age2, agi, status, law):  # type: ignore[no-untyped-def]
    """The deduction for people of 65 and over (Schedule 1-A, Part V).

    Law:    IRC 151(d)(5)(C), P.L. 119-21 section 70103; years 2025 to 2028.
    Form:   Schedule 1-A (Form 1040) (2025), lines 31 to 37.
    Units:  dollars of the year; MAGI is AGI here.
    Not modeled: the excluded foreign income of IRC 911, 931, 933 in MAGI.
    Tests:  test_senior_deduction_edges, test_official_form_1040_examples.
    """
    people = people_of_age(age1, age2, law.age)  # 151(d)(5)(C)(ii)
    line_33 = max(0.0, agi - law.magi_start[status])  # 151(d)(5)(C)(iii)
    line_34 = law.rate * line_33  # 151(d)(5)(C)(iii)
    line_35 = max(0.0, law.amount[status] - line_34)  # for each person, 151(d)(5)(C)(i)
    line_37 = people * line_35  # lines 36a and 36b
    return line_37


@provision
def personal_exemptions(people, agi, status, law):  # type: ignore[no-untyped-def]
    """Personal exemptions, which are zero in current law and return in some possible laws.

    Law:    IRC 151(a)-(d); 151(d)(5) makes the amount zero from 2018.
    Form:   Form 1040 instructions (2017), Deduction for Exemptions Worksheet.
    Units:  dollars of the year; `people` are filer, spouse and dependents.
    Tests:  test_exemptions_of_2017_phase_out.
    """
    line_4 = law.amount * people  # 151(d)(1)
    line_7 = max(0.0, agi - law.phase_out_start[status])  # 151(d)(3)(A)
    line_8 = math.ceil(line_7 / law.phase_out_step[status])  # "or fraction thereof", 151(d)(3)(B)
    share_lost = min(1.0, law.phase_out_rate * line_8)  # 151(d)(3)(A)
    line_9 = line_4 * (1.0 - share_lost)  # 151(a)
    return line_9


@provision
def is_smaller(tax, than):  # type: ignore[no-untyped-def]
    """Whether one way of deducting makes a tax smaller than another does, by more than the noise of the arithmetic.

    Law:    IRC 63(e): itemizing is an election.
    Units:  dollars of the year; below zero where refundable credits are larger than the tax.
    Tests:  test_deductions_that_save_nothing_are_not_taken.
    """
    saved = than - tax
    return saved > SAME * max(than, -than)
