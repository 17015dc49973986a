"""What a return needs that is not computed yet: such a return is refused by name, never computed wrongly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rothwell.law.figures import JOINT, SEPARATE_APART
from rothwell.provision import provision
from rothwell.tax.credits import earned_income_credit, may_claim_earned_income_credit

FURTHER_FIELDS = (
    "mortgage_interest",
    "charity_cash",
    "real_estate_tax",
    "state_income_tax_paid",
    "medical_expenses",
    "spouse_age",  # of a separate filer too, whose return has no second person
)
FURTHER = np.dtype((np.record, [(name, "f8") for name in FURTHER_FIELDS]))
HALF_A_CENT = 0.005  # what rounds to no tax at all is none
YOUNGEST_GROWN = 18  # below it the parents' rate may apply, IRC 1(g): a bound of this product


class Needs(NamedTuple):
    """What a return needs that is not computed yet: 1 where needed, else 0."""

    alternative_minimum_tax: float
    itemized_deductions: float
    charitable_deduction: float
    earned_income_credit: float
    qualified_business_income: float
    business_loss: float
    unearned_income_of_a_child: float
    spouse_of_separate_filer: float


WORDS = {
    "alternative_minimum_tax": "the alternative minimum tax (IRC 55)",
    "itemized_deductions": "itemized deductions (IRC 63(d))",
    "charitable_deduction": "the charitable deduction without itemizing (IRC 170(p))",
    "earned_income_credit": "the earned-income credit (IRC 32)",
    "qualified_business_income": "the deduction for qualified business income (IRC 199A)",
    "business_loss": "the limits on a business loss (IRC 172, 461(l))",
    "unearned_income_of_a_child": "the tax on a child's unearned income (IRC 1(g))",
    "spouse_of_separate_filer": "to know whether the spouse of 65 or over has income (IRC 63(f)(1)(B), 151(b))",
}


@provision
def needs_of(form, facts, further, status, law):  # type: ignore[no-untyped-def]
    """What a return needs that its computation (`form`) leaves out.

    Where taxable income is zero no further deduction can matter. Itemizing cannot matter while the five amounts before
    any cap or floor are within the standard deduction: it could lower the minimum tax alone, and a return with one is
    refused for that.

    Law:    IRC 1(g), 32, 55, 63(d), (f)(1)(B), 170(p), 172, 199A, 461(l).
    Units:  dollars of the year; 1 for yes.
    Not modeled: dependents who are no children under 17, of whom the input says nothing.
    Tests:  test_each_need_is_refused_by_name, test_needs_have_words.
    """
    taxable = form.taxable_income > 0.0
    itemized = (
        further.mortgage_interest
        + further.charity_cash
        + further.real_estate_tax
        + further.state_income_tax_paid
        + further.medical_expenses
    )
    itemizes = taxable and itemized > form.deduction  # 63(b), (e)
    gift = min(further.charity_cash, law.charitable_gift.non_itemizer_limit[status])  # 170(p)
    credit = _earned_income_credit(form, facts, status, law)
    profit = facts.self_employment1 > 0.0 or facts.self_employment2 > 0.0  # 199A(c)
    loss = facts.self_employment1 < 0.0 or facts.self_employment2 < 0.0
    child = facts.age1 < YOUNGEST_GROWN and status != JOINT  # 1(g)(2)(A), (C)
    aged_spouse = status >= SEPARATE_APART and further.spouse_age >= law.standard_deduction.additional_age
    return Needs(
        1.0 if form.amt > HALF_A_CENT else 0.0,
        1.0 if itemizes else 0.0,
        1.0 if taxable and gift > 0.0 and not itemizes else 0.0,
        1.0 if credit > 0.0 else 0.0,
        1.0 if taxable and profit else 0.0,
        1.0 if loss else 0.0,
        1.0 if taxable and child and form.agi > form.earned_income else 0.0,
        1.0 if taxable and aged_spouse else 0.0,
    )


@provision
def _earned_income_credit(form, facts, status, law):  # type: ignore[no-untyped-def]
    """The earned-income credit that a return may claim, by its table; a joint filer of unknown age is of age."""
    section = law.earned_income_credit
    joint = 1.0 if status == JOINT else 0.0
    spouse_age = section.minimum_age if status == JOINT and facts.age2 <= 0.0 else facts.age2
    investment = (  # 32(i)(2)
        facts.taxable_interest
        + facts.tax_exempt_interest
        + facts.ordinary_dividends
        + max(0.0, facts.st_gain + facts.lt_gain)
    )
    separate = status >= SEPARATE_APART
    may = may_claim_earned_income_credit(facts.n_children_u17, facts.age1, spouse_age, investment, separate, section)
    return may * earned_income_credit(facts.n_children_u17, form.agi, form.earned_income, joint, section)
