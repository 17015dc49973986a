"""The federal return and that of a state together: each may rest on the other."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision, seldom
from rothwell.tax.facts import Parts
from rothwell.tax.federal import return_of_income
from rothwell.tax.form_lines import Form1040
from rothwell.tax.income import income_of, self_employment_of
from rothwell.tax.itemized_deductions import state_and_local_tax_limit
from rothwell.tax.state import state_return
from rothwell.tax.state_facts import FederalFigures
from rothwell.tax.state_gains import gains_and_large_incomes

NO_STATE, GAINS_ALONE, STATE_FIRST, STATE_ASKS = range(4)
"""How the two returns go together: no state's tax; one on gains and large incomes alone, without a return of its own;
the state's return and then the federal one; the same twice, where the state asks the federal tax."""
ONCE, TWICE = range(1, 3)  # turns of the two returns: counts, not law


NEXT_DOLLARS = 100.0  # a step that looks past where the return stands, not law


class BothReturns(NamedTuple):
    """The federal return, and what the state and its places take, in dollars of the year."""

    federal: Form1040
    state_tax: float
    local_tax: float
    state_income: float
    state_taxable_income: float


@provision
def both_returns(facts, parts, turns, status, law):  # type: ignore[no-untyped-def]
    """The federal return with the year's state and local income tax deducted, and the state's return.

    A state that deducts federal tax is worked twice: the federal tax of the first turn stands in the second. That is
    exact where the standard deduction is taken on the federal return; there the state waits for the second turn.

    Law:    IRC 164(a)(3), (b)(6): tax paid in the year is deducted; each state's own.
    Units:  dollars of the year; `turns` as above; `facts` of both returns, `law` the federal law with the state's in
            `law.state`; `facts.state_income_tax_paid` is written.
    Not modeled: tax of a year that is paid in the next; a refund of tax that was deducted.
    Tests:  test_state_tax_is_deducted_where_that_is_more_than_the_standard_deduction.
    """
    schedule_se = self_employment_of(facts, parts, law)
    income = income_of(facts, parts, schedule_se, status, law)
    state_tax, local_tax, state_income, taxable_income = 0.0, 0.0, 0.0, 0.0
    federal_tax, itemizes = 0.0, 0.0
    facts.state_income_tax_paid = 0.0
    if turns == GAINS_ALONE:
        state_tax = gains_and_large_incomes(facts, facts, income.agi, status, law.state)
    by_schedule_a = True  # nothing is known yet
    federal_first = turns == STATE_ASKS and not _may_itemize(
        facts, income.agi, _most_of_state(facts, income.agi, status, law), status, law
    )
    for turn in range(TWICE if turns == STATE_ASKS else ONCE):
        if turns >= STATE_FIRST and (turn > 0 or not federal_first):
            figures = FederalFigures(
                agi=income.agi,
                taxable_benefits=income.taxable_benefits,
                taxable_ira=0.0,  # what Form 8606 leaves untaxed is taken off before
                itemizes=itemizes,
                income_tax=federal_tax,
                earned_income=income.earned,
                earned_income_credit=0.0,
            )
            returned = _state_return(facts, figures, status, law)
            state_tax, local_tax = returned.tax, returned.local_tax
            state_income, taxable_income = returned.income, returned.taxable_income
            if parts.itemized:
                facts.state_income_tax_paid = max(0.0, state_tax + local_tax)
        of_form = _parts_of_form(facts, income.agi, parts, status, law)
        if turn == 0 or by_schedule_a or of_form.itemized:  # else the state's tax changes nothing there
            form = return_of_income(facts, of_form, (income, schedule_se), 0.0, status, law)
        by_schedule_a = of_form.itemized
        federal_tax, itemizes = form.income_tax, form.itemizes
    return BothReturns(form, state_tax, local_tax, state_income, taxable_income)


@provision
def _parts_of_form(facts, agi, parts, status, law):  # type: ignore[no-untyped-def]
    """The parts of the federal return: Schedule A is passed over where it cannot be more than the standard deduction.

    Law:    IRC 63(b), (e).
    """
    possible = _may_itemize(facts, agi, facts.state_income_tax_paid, status, law)
    return Parts(
        parts.business, parts.benefits, parts.dependents, parts.earnings, parts.itemized and possible, parts.iras,
        parts.early, parts.savings, parts.premiums, parts.carryovers, parts.exemptions, parts.tax_table, parts.elderly,
        parts.earners,
    )  # fmt: skip


@seldom
def taxes_of_both(facts, parts, turns, status, law):  # type: ignore[no-untyped-def]
    """Federal, state and local income tax together, and federal ordinary taxable income, negative where deductions are
    left over.

    Law:    IRC 1; each state's own.
    Units:  dollars of the year, as in `both_returns`.
    """
    both = both_returns(facts, parts, turns, status, law)
    form = both.federal
    left = form.agi - form.deduction - form.senior_deduction  # of a return without taxable income
    taxable = form.taxable_income if form.taxable_income > 0.0 else min(0.0, left)
    return form.total_tax + both.state_tax + both.local_tax, taxable - form.preferential_income


@seldom
def taxes_of_state(facts, parts, turns, status, law):  # type: ignore[no-untyped-def]
    """State and local income tax alone.

    Law:    each state's own.
    Units:  dollars of the year, as in `both_returns`.
    """
    both = both_returns(facts, parts, turns, status, law)
    return both.state_tax + both.local_tax


@provision
def _may_itemize(facts, agi, state_tax, status, law):  # type: ignore[no-untyped-def]
    """Whether Schedule A can be more than the standard deduction with so much state and local tax.

    Law:    IRC 63(b), (c)(6)(A), (e), 164(b)(6).
    """
    gifts = facts.charity_cash + facts.charity_appreciated
    within = state_and_local_tax_limit(agi, status, law.state_and_local_tax)
    taxes = min(state_tax + facts.real_estate_tax, within)
    most = facts.medical_expenses + facts.mortgage_interest + taxes + gifts + facts.estate_tax_on_income
    return gifts + facts.spouse_itemizes > 0.0 or most > law.standard_deduction.basic[status]


@provision
def _most_of_state(facts, agi, status, law):  # type: ignore[no-untyped-def]
    """State and local tax if all federal income were taxed at the highest rate: more than the state can ask.

    Law:    each state's own.
    """
    rates = law.state.brackets.rate
    return (rates[status, rates.shape[1] - 1] + facts.local_rate) * max(0.0, agi)


@seldom
def state_rate_of_conversion(facts, parts, turns, taxes, status, law):  # type: ignore[no-untyped-def]
    """State and local tax on the next dollars of a conversion by the filer, as a fraction of them.

    Law:    each state's own.
    Units:  `taxes` are the federal tax of the year, which stays, and that of the state and its places, in dollars;
            `facts` as `both_returns` left them.
    Tests:  test_the_states_rate_is_that_of_the_next_conversion.
    """
    federal_tax, before = taxes
    if turns == STATE_ASKS:  # what was asked in the year's own return was the tax of a turn before
        before = state_tax_of(facts, parts, turns, federal_tax, status, law)
    facts.ira_distributions += NEXT_DOLLARS
    facts.ira_converted1 += NEXT_DOLLARS
    after = state_tax_of(facts, parts, turns, federal_tax, status, law)
    facts.ira_distributions -= NEXT_DOLLARS
    facts.ira_converted1 -= NEXT_DOLLARS
    return (after - before) / NEXT_DOLLARS


@seldom
def state_tax_of(facts, parts, turns, federal_tax, status, law):  # type: ignore[no-untyped-def]
    """State and local tax of the facts.

    Law:    each state's own.
    Units:  dollars of the year; `federal_tax` stays what it is.
    """
    income = income_of(facts, parts, self_employment_of(facts, parts, law), status, law)
    if turns == GAINS_ALONE:
        return gains_and_large_incomes(facts, facts, income.agi, status, law.state)
    figures = FederalFigures(income.agi, income.taxable_benefits, 0.0, 0.0, federal_tax, income.earned, 0.0)
    returned = _state_return(facts, figures, status, law)
    return returned.tax + returned.local_tax


@seldom
def _state_return(facts, figures, status, law):  # type: ignore[no-untyped-def]
    """The state's return, called rather than inlined.

    Law:    each state's own.
    """
    return state_return(facts, facts, figures, status, law, law.state)
