"""The taxable account: what is sold, at which basis, which gains are realized, and losses that are carried on.

The account is held at average basis, or in lots of which those with the highest basis are sold first. All shares are of
one fund, so a lot keeps its fraction of the account while the account grows:

lot_share   the fraction of the account that is in the lot
lot_rate    dollars of basis for each fraction of the account: a lot has the basis lot_share x lot_rate, and is at a
            loss where its rate is above the value of the account; lots stand in the order of falling rates

A purchase or a sale scales the fractions of the others. There is a lot for each year of saving; where they become too
many, the two with the lowest basis, which are sold last, become one. Dust makes no lot: it joins those that are there.
"""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.capital_gains import capital_loss_carried
from rothwell.tax.federal import ordinary_taxable_income

LOTS = 20  # kept at most, in each account
SMALLEST_LOT = 1e-12  # a fraction of the account: a lot below it is gone
DUST = 2e-3  # dollars: what the least accurate search for the year's cash leaves, 1e-3 at a cliff, and its growth
SHORT, LONG = 0, 1  # the places of a carry-over


@provision
def gain_of_sale(state, sold):  # type: ignore[no-untyped-def]
    """The gain, or below zero the loss, of a sale of so many dollars.

    Law:    IRC 1001(a), 1011, 1012(a), (d); Reg. 1.1012-1(c)(1) (identified lots), (e) (average basis).
    Units:  dollars of the year.
    Not modeled: the holding period (every sale for cash is long-term); wash sales, IRC 1091.
    Tests:  test_lots_sold_highest_basis_first_are_those_of_a_ledger_by_hand, test_average_basis_is_sold_pro_rata.
    """
    if state.taxable <= 0.0:
        return 0.0
    if state.by_lot <= 0.0:
        gain_share = 1.0 - state.taxable_basis / state.taxable
        return sold * gain_share
    left, basis = sold / state.taxable, 0.0
    for lot in range(int(state.lots)):
        part = min(left, state.lot_share[lot])
        basis += part * state.lot_rate[lot]
        left -= part
    return sold - basis


@provision
def gains_of_turnover(state, sale_gain, turnover):  # type: ignore[no-untyped-def]
    """Gains that a fund pays out or its owner realizes without taking cash: a part of what is unrealized after sales.

    Units:  dollars of the year; never below zero.
    Not modeled: losses realized by turnover, loss harvesting.
    """
    return turnover * max(0.0, state.taxable - state.taxable_basis - sale_gain)


@provision
def sell(state, amount):  # type: ignore[no-untyped-def]
    """Sell taxable holdings for cash."""
    if amount > 0.0 and state.taxable > 0.0:
        share = min(1.0, amount / state.taxable)
        if state.by_lot > 0.0:
            _sell_lots(state, share)
        else:
            state.taxable_basis -= share * state.taxable_basis
        state.taxable -= share * state.taxable


@provision
def _sell_lots(state, share):  # type: ignore[no-untyped-def]
    """Take a fraction of the account out of its lots, those with the highest basis first."""
    left, kept, basis = share, 0, 0.0
    remains = 1.0 - share
    for lot in range(int(state.lots)):
        part = min(left, state.lot_share[lot])
        left -= part
        rest = state.lot_share[lot] - part
        if rest > SMALLEST_LOT and remains > SMALLEST_LOT:
            basis += rest * state.lot_rate[lot]
            state.lot_share[kept] = rest / remains
            state.lot_rate[kept] = state.lot_rate[lot] * remains
            kept += 1
    state.lots = kept
    state.taxable_basis = basis


@provision
def buy(state, amount, basis):  # type: ignore[no-untyped-def]
    """Add money, of a given basis, to the taxable account.

    Tests:  test_dust_makes_no_lot.
    """
    if state.by_lot > 0.0 and amount > 0.0:
        if state.taxable <= DUST:  # what the account held is worth nothing
            state.lots, state.lot_share[0], state.lot_rate[0] = 1.0, 1.0, basis
            state.taxable_basis = 0.0
        elif amount <= DUST:
            for lot in range(int(state.lots)):
                state.lot_rate[lot] += basis
        else:
            _add_lot(state, amount, basis)
    state.taxable += amount
    state.taxable_basis += basis


@provision
def _add_lot(state, amount, basis):  # type: ignore[no-untyped-def]
    """Put a lot in its place among the others."""
    if state.lots >= LOTS:
        _merge_lowest(state)
    whole = state.taxable + amount
    before = state.taxable / whole
    share = amount / whole
    rate = basis / share
    place = int(state.lots)
    for lot in range(int(state.lots)):
        state.lot_share[lot] *= before
        state.lot_rate[lot] /= before
    while place > 0 and state.lot_rate[place - 1] < rate:
        state.lot_share[place] = state.lot_share[place - 1]
        state.lot_rate[place] = state.lot_rate[place - 1]
        place -= 1
    state.lot_share[place] = share
    state.lot_rate[place] = rate
    state.lots += 1.0


@provision
def _merge_lowest(state):  # type: ignore[no-untyped-def]
    """Make one lot of the two with the lowest basis."""
    last = int(state.lots) - 1
    share = state.lot_share[last - 1] + state.lot_share[last]
    basis = state.lot_share[last - 1] * state.lot_rate[last - 1] + state.lot_share[last] * state.lot_rate[last]
    state.lot_share[last - 1] = share
    state.lot_rate[last - 1] = basis / share
    state.lots = last


@provision
def gains_to_realize(state):  # type: ignore[no-untyped-def]
    """The unrealized gains of the account, its losses aside; dollars of the year."""
    if state.by_lot <= 0.0:
        return max(0.0, state.taxable - state.taxable_basis)
    total = 0.0
    for lot in range(int(state.lots)):
        total += state.lot_share[lot] * max(0.0, state.taxable - state.lot_rate[lot])
    return total


@provision
def realize_gains(state, amount):  # type: ignore[no-untyped-def]
    """Sell at a gain and buy back at once, up to an amount of gain; returns the gain, which is for the year's return.

    Of every lot at a gain the same part is sold, and what is bought back stays with it.

    Law:    IRC 1001(a), 1012(a); 1091 bars losses alone.
    Tests:  test_realized_gains_become_basis.
    """
    most = gains_to_realize(state)
    gain = max(0.0, min(amount, most))
    if gain > 0.0:
        part = gain / most
        if state.by_lot > 0.0:
            for lot in range(int(state.lots)):
                state.lot_rate[lot] += part * max(0.0, state.taxable - state.lot_rate[lot])
        state.taxable_basis += gain
    return gain


@provision
def step_up(state, share):  # type: ignore[no-untyped-def]
    """Part of every lot gets its value at death as its new basis, up or down.

    Law:    IRC 1014(a), (b)(6).
    Tests:  test_a_step_up_resets_every_lot.
    """
    if state.by_lot > 0.0:
        for lot in range(int(state.lots)):
            state.lot_rate[lot] += share * (state.taxable - state.lot_rate[lot])
    state.taxable_basis += share * (state.taxable - state.taxable_basis)


@provision
def carry_losses_in(y, state, facts):  # type: ignore[no-untyped-def]
    """Capital losses of earlier years go into the year's return.

    Law:    IRC 1212(b).
    Tests:  test_losses_are_used_up_to_the_limit_and_the_rest_is_carried.
    """
    y.loss_carryover[SHORT] = state.loss_carryover[SHORT]
    y.loss_carryover[LONG] = state.loss_carryover[LONG]
    facts.st_loss_carryover = y.loss_carryover[SHORT]
    facts.lt_loss_carryover = y.loss_carryover[LONG]


@provision
def carry_losses_on(y, state, facts, parts, law):  # type: ignore[no-untyped-def]
    """What the year's return leaves of capital losses goes to the next year.

    Law:    IRC 1212(b).
    Form:   Capital Loss Carryover Worksheet, Schedule D instructions (2025).
    Tests:  test_losses_are_used_up_to_the_limit_and_the_rest_is_carried.
    """
    short = y.short_term_gain - y.loss_carryover[SHORT]  # Schedule D, line 7
    long = y.gain_realized - y.loss_carryover[LONG]  # line 15
    state.loss_carryover[SHORT] = 0.0
    state.loss_carryover[LONG] = 0.0
    if short + long < 0.0:
        status = int(y.status)
        income = ordinary_taxable_income(facts, parts, status, law) + facts.qualified_dividends  # there is no net gain
        carried = capital_loss_carried(short, long, income, status, law.capital_gains)
        state.loss_carryover[SHORT] = carried.short_term
        state.loss_carryover[LONG] = carried.long_term


@provision
def lose_losses(state, share):  # type: ignore[no-untyped-def]
    """The capital losses of somebody who died end with the last return: of a joint account, a share of them.

    Law:    Rev. Rul. 74-175; Pub. 559 (2025), "Deductions" of the final return.
    Tests:  test_half_of_a_couples_losses_ends_with_the_first_death.
    """
    state.loss_carryover[SHORT] -= share * state.loss_carryover[SHORT]
    state.loss_carryover[LONG] -= share * state.loss_carryover[LONG]
