"""The additional tax on early distributions."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def early_distribution_tax(facts, law):  # type: ignore[no-untyped-def]
    """The 10% additional tax on distributions before 59 1/2 (Form 5329, line 4).

    Law:    IRC 72(t)(1), (2)(A)(v), (3)(A).
    Form:   Form 5329 (2025), Part I.
    Units:  dollars of the year; taxable amounts paid before 59 1/2, by person and kind of account; `law` the section.
    Not modeled: 25% of SIMPLE IRAs; each exception by its own limits (they are given as one amount).
    Tests:  test_official_early_distribution_examples, test_the_rule_of_55_is_for_plans_alone.
    """
    line_3 = early_distributions_subject(facts, law)  # subject to the additional tax, 72(t)(1)
    line_4 = law.rate * line_3  # 72(t)(1)
    return line_4


@provision
def early_distributions_subject(facts, law):  # type: ignore[no-untyped-def]
    """What of both persons' early distributions is subject to the additional tax (Form 5329, line 3).

    Law:    IRC 72(t)(1), (2)(A)(v), (3)(A).
    Units:  dollars of the year; `law` the section of early distributions.
    """
    first = _subject(facts.early_ira1, facts.early_plan1, facts.left_job_at1, facts.early_exception1, law)  # filer
    second = _subject(facts.early_ira2, facts.early_plan2, facts.left_job_at2, facts.early_exception2, law)  # spouse
    return first + second


@provision
def _subject(from_iras, from_plans, left_job_at, excepted, law):  # type: ignore[no-untyped-def]
    """What of one person's early distributions is subject to the additional tax (Form 5329, line 3).

    Law:    IRC 72(t)(2)(A)(v), (3)(A).
    """
    line_1 = from_iras + from_plans  # 72(t)(1)
    separated = from_plans if left_job_at >= law.separation_age else 0.0  # plans alone, 72(t)(2)(A)(v), (3)(A)
    line_2 = min(line_1, separated + excepted)  # 72(t)(2)
    line_3 = line_1 - line_2  # 72(t)(1)
    return line_3


@provision
def early_amount_subject(age, taxable, from_plan, separation_age, public_safety, law):  # type: ignore[no-untyped-def]
    """The part of a taxable distribution that bears the additional tax, by the age on the day.

    Law:    IRC 72(t)(1), (2)(A)(i), (v), (3)(A), (10).
    Units:  dollars; `age` in years on the day of payment, 59.5 for 59 1/2; `from_plan`, `public_safety` 1 for yes;
            `separation_age` attained in the year of leaving this plan's employer, 0 if still there.
    Not modeled: the other exceptions of 72(t)(2).
    Tests:  test_age_on_the_day_decides.
    """
    least = law.separation_age_public_safety if public_safety > 0.0 else law.separation_age  # 72(t)(10)
    separated = 1.0 if from_plan > 0.0 and separation_age >= least else 0.0  # 72(t)(2)(A)(v)
    old = 1.0 if age >= law.age else 0.0  # 72(t)(2)(A)(i)
    subject = taxable * (1.0 - max(old, separated))  # 72(t)(1)
    return subject


@provision
def early_amount_tax(subject, excepted, law):  # type: ignore[no-untyped-def]
    """The additional tax on what is subject to it, after the exceptions (Form 5329, lines 3 and 4).

    Law:    IRC 72(t)(1), (2).
    Form:   Form 5329 (2025), lines 1 to 4.
    Units:  dollars; `subject` from `early_amount_subject`; `excepted` by the exceptions that the person claims.
    Not modeled: 25% of SIMPLE IRAs.
    Tests:  test_exceptions_reduce_the_additional_tax.
    """
    line_2 = min(subject, excepted)  # 72(t)(2)
    line_3 = subject - line_2  # 72(t)(1)
    line_4 = law.rate * line_3  # 72(t)(1)
    return line_4
