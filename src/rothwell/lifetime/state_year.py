"""What the state's return of a simulated year asks beyond the federal one: whose money it is, and of which kind."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.lifetime.accounts import PEOPLE
from rothwell.lifetime.early_access import EARNINGS, KINDS, PRE_TAX, ROLLED, SEPARATED_PLAN, early_taken
from rothwell.provision import provision, seldom
from rothwell.tax.state_basis import state_basis_recovered

HALF = 0.5  # of what a couple holds jointly


class Taken(NamedTuple):
    """Tax-deferred money of one person in a year, dollars: what is paid out of plans and IRAs, earnings of Roth IRAs
    among it, and what is left there for a conversion."""

    plan: float
    ira: float
    plan_left: float
    ira_left: float


@provision
def open_state_facts(facts, home):  # type: ignore[no-untyped-def]
    """What no strategy changes in the state's return of the year."""
    facts.local_rate, facts.new_york_city = home.local_rate, home.new_york_city


@seldom
def set_state_facts(y, state, facts, rule, early, law):  # type: ignore[no-untyped-def]
    """Split the year's distributions and conversions by person and kind, as the states ask.

    On the federal return they are one sum, which stays what it was.

    Law:    each state's own, where pensions and IRAs, or two spouses, are not treated alike.
    Units:  dollars of the year, what is federally taxable of them.
    Tests:  test_a_state_sees_whose_money_it_is_and_of_which_kind.
    """
    of_plans = 0.0
    if facts.ira_distributions == 0.0 and y.ira_nontaxable[0] + y.ira_nontaxable[1] == 0.0:
        _pay_nothing(y)
    else:
        drawn = y.free_pre_tax / y.room_pre_tax if y.room_pre_tax > 0.0 else 0.0  # of what is accessible
        first, second = _taken(y, state, early, drawn, 0), _taken(y, state, early, drawn, 1)
        convertible = y.convertible[0] * (first.plan_left + first.ira_left)
        convertible += y.convertible[1] * (second.plan_left + second.ira_left)
        share = min(1.0, y.conversion / convertible) if y.conversion > 0.0 and convertible > 0.0 else 0.0
        _split(y, share, first, 0)
        _split(y, share, second, 1)
        of_plans = first.plan + y.plan_converted[0] + second.plan + y.plan_converted[1]
        if y.early_raised > 0.0:
            _split_early(y, early)
        if rule.has_state_basis:
            _recover(y, state, 0, y.convertible[0] * share, first, law.state)
            _recover(y, state, 1, y.convertible[1] * share, second, law.state)
    facts.state_basis_recovered = y.state_basis_recovered[0] + y.state_basis_recovered[1]
    facts.ira_distributions -= of_plans + y.withdrawal_hsa
    facts.pension = y.pension + of_plans
    facts.other_income = y.incomes_ordinary + y.withdrawal_hsa
    write_persons(y, facts)


@provision
def _pay_nothing(y):  # type: ignore[no-untyped-def]
    """Nothing that is federally taxable comes out of plans and IRAs."""
    for person in range(PEOPLE):
        y.plan_paid[person] = y.plan_converted[person] = y.ira_paid[person] = y.ira_converted[person] = 0.0
        y.early_paid[person] = y.state_basis_recovered[person] = 0.0


@provision
def _split(y, share, taken, person):  # type: ignore[no-untyped-def]
    """A person's part of what is paid out and converted; `share` of what can be converted is."""
    converted = y.convertible[person] * share
    y.plan_paid[person] = taken.plan
    y.plan_converted[person] = converted * taken.plan_left
    if y.conversion_earnings > 0.0:
        after_tax = y.after_tax[0] + y.after_tax[1] + y.in_plan_taxable[0] + y.in_plan_taxable[1]
        of_person = y.after_tax[person] + y.in_plan_taxable[person]
        part = of_person / after_tax if after_tax > 0.0 else (1.0 if person == 0 else 0.0)
        y.plan_converted[person] += part * y.conversion_earnings
    untaxed = y.conversion_untaxed[person]
    y.ira_paid[person] = taken.ira - (y.ira_nontaxable[person] - untaxed)
    y.ira_converted[person] = converted * taken.ira_left + y.backdoor[person] - untaxed
    y.early_paid[person] = 0.0


@provision
def _split_early(y, early):  # type: ignore[no-untyped-def]
    """What each takes before 59 1/2."""
    for person in range(PEOPLE):
        if y.accessible[person] <= 0.0:
            y.early_paid[person] = early_taken(early, person, y.early_raised, ROLLED, KINDS)


@provision
def _recover(y, state, person, converted, taken, law):  # type: ignore[no-untyped-def]
    """What the state leaves untaxed of a person's distributions because it has taxed it before.

    Law:    each state's own, see `state_basis_recovered`.
    """
    paid = y.plan_paid[person] + y.ira_paid[person]
    counted = paid + (1.0 - law.income.conversions_spared) * converted * (taken.plan_left + taken.ira_left)
    year_end = (1.0 - converted) * (taken.plan_left + taken.ira_left) * y.ira_growth[person]
    y.state_basis_recovered[person] = state_basis_recovered(
        state.state_basis[person], counted, year_end, law.state_basis
    )


@provision
def carry_state_basis(y, state, rule, law):  # type: ignore[no-untyped-def]
    """A person's basis in the state after the year: less what has come out, and the deferrals that the state taxes.

    Law:    72 P.S. 7303(a)(1), 61 Pa. Code 101.6(f); N.J.S.A. 54A:5-1(j); M.G.L. c. 62, section 2(a)(2)(F).
    Units:  dollars of the year.
    Not modeled: what of the basis goes with a conversion in Pennsylvania; that a plan is not an IRA: all tax-deferred
            money of a person is one.
    Tests:  test_deferrals_taxed_in_pennsylvania_come_back_first.
    """
    taxed = law.state.income.deferrals_taxed
    for person in range(PEOPLE):
        if rule.has_state_basis:
            state.state_basis[person] = max(0.0, state.state_basis[person] - y.state_basis_recovered[person])
        state.state_basis[person] += taxed * y.deferral_pre_tax[person]  # less what was cut


@provision
def write_persons(y, facts):  # type: ignore[no-untyped-def]
    """Whose money the year's distributions, conversions and investment income are; a survivor's are all the filer's.

    Law:    each state's own.
    Units:  dollars of the year.
    Not modeled: investment income that one spouse owns alone; each has half.
    """
    couple = 1.0 if y.alive[0] + y.alive[1] == PEOPLE else 0.0
    facts.plan_converted2, facts.ira_converted2 = couple * y.plan_converted[1], couple * y.ira_converted[1]
    facts.plan_converted1 = y.plan_converted[0] + y.plan_converted[1] - facts.plan_converted2
    facts.ira_converted1 = y.ira_converted[0] + y.ira_converted[1] - facts.ira_converted2
    facts.pension2 = couple * (y.pension_second + y.plan_paid[1] + y.plan_converted[1])
    facts.ira_distributions2 = couple * (y.ira_paid[1] + y.ira_converted[1])
    early = y.early_paid[0] + y.early_paid[1]
    facts.early_ira2 = couple * y.early_subject * y.early_paid[1] / early if early > 0.0 else 0.0
    facts.early_ira1 = y.early_subject - facts.early_ira2
    investment = facts.taxable_interest + facts.ordinary_dividends + max(0.0, facts.st_gain + facts.lt_gain)
    facts.investment_income2 = couple * HALF * investment


@provision
def _taken(y, state, early, drawn, person):  # type: ignore[no-untyped-def]
    """What the year takes out of one person's tax-deferred money, and what is left: as `moves.move_money` does it."""
    share = y.accessible[person] * drawn
    ira = state.traditional_ira[person]
    plans = state.pre_tax_plan[person] + state.former_plan[person]
    from_plans = y.rmd_plan[person] + share * (plans - y.rmd_plan[person])
    of_iras = y.rmd[person] - y.rmd_plan[person]
    from_iras = of_iras + share * (ira - of_iras)
    earnings = 0.0
    if y.early_raised > 0.0:
        bearing = (1.0 - state.former_free[person]) * state.former_plan[person]
        of_ira = ira / (bearing + ira) if ira > 0.0 else 0.0
        pre_tax = early_taken(early, person, y.early_raised, PRE_TAX, PRE_TAX + 1)
        from_plans += early_taken(early, person, y.early_raised, SEPARATED_PLAN, SEPARATED_PLAN + 1)
        from_plans += (1.0 - of_ira) * pre_tax
        from_iras += of_ira * pre_tax
        earnings = early_taken(early, person, y.early_raised, EARNINGS, KINDS)
    return Taken(from_plans, from_iras + earnings, plans - from_plans, ira - from_iras)
