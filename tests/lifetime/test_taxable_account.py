"""The taxable account: lots against a ledger by hand, average basis, turnover, losses carried on, step-up, income."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from rothwell.lifetime.accounts import PEOPLE, STATE, inherit
from rothwell.lifetime.taxable_account import (
    DUST,
    LOTS,
    buy,
    gain_of_sale,
    gains_to_realize,
    realize_gains,
    sell,
    step_up,
)
from rothwell.provision import plainly
from tests.lifetime.runs import CENT, QUIET, account, fixed_market, flat_law, household, person, simulate, single

BUY, SELL, GAIN = plainly(buy), plainly(sell), plainly(gain_of_sale)
TO_REALIZE, REALIZE, STEP_UP = plainly(gains_to_realize), plainly(realize_gains), plainly(step_up)
LOTS_OF_ANN = '[taxable_account]\nbasis_method = "highest_first"\n'
NO_TAX = flat_law(0.0)
SPEND = '[spending]\nrule = "flat"\nflat_amount = {}\n'


def empty(by_lot: bool = True) -> Any:
    """An empty taxable account."""
    state: Any = np.zeros(1, STATE)[0]
    state.by_lot = float(by_lot)
    return state


@dataclass
class Lot:
    """Shares of the fund, and what was paid for them."""

    shares: float
    basis: float


class LedgerByHand:
    """The lots of a fund in shares at a price: what a broker's statement shows. Reg. 1.1012-1(c)."""

    def __init__(self) -> None:
        self.price, self.lots = 1.0, list[Lot]()

    def buy(self, dollars: float) -> None:
        """A new lot at today's price."""
        self.lots.append(Lot(dollars / self.price, dollars))

    def sell(self, dollars: float) -> float:
        """Sell the lots with the highest basis per share first; returns the gain."""
        gain = 0.0
        while dollars > 1e-9 and self.lots:
            lot = max(self.lots, key=lambda one: one.basis / one.shares)
            shares = min(lot.shares, dollars / self.price)
            basis = lot.basis * shares / lot.shares
            gain += shares * self.price - basis
            dollars -= shares * self.price
            lot.shares -= shares
            lot.basis -= basis
            if lot.shares <= 1e-12:
                self.lots.remove(lot)
        return gain

    @property
    def value(self) -> float:
        """What all shares are worth."""
        return sum(lot.shares for lot in self.lots) * self.price


def test_lots_sold_highest_basis_first_are_those_of_a_ledger_by_hand() -> None:
    generator = np.random.default_rng(5)
    checked = losses = 0
    for _ in range(200):
        state, hand = empty(), LedgerByHand()
        for _ in range(LOTS - 1):  # no two lots must be made one
            dollars = float(generator.uniform(1_000, 50_000))
            BUY(state, dollars, dollars)
            hand.buy(dollars)
            growth = float(np.exp(generator.normal(0.05, 0.2)))
            state.taxable *= growth
            hand.price *= growth
            sold = float(generator.uniform(0.0, 1.2)) * hand.value * float(generator.random() < 0.6)
            sold = min(sold, hand.value)
            for part in (0.1, 0.5, 1.0):  # as the solver asks: without a sale
                assert GAIN(state, part * sold) == pytest.approx(_gain_if_sold(hand, part * sold), abs=1e-6)
            gain = GAIN(state, sold)
            SELL(state, sold)
            assert gain == pytest.approx(hand.sell(sold), abs=1e-6)
            assert state.taxable == pytest.approx(hand.value, abs=1e-6)
            assert state.taxable_basis == pytest.approx(sum(lot.basis for lot in hand.lots), abs=1e-6)
            shares = state.lot_share[: int(state.lots)]
            assert shares.sum() == pytest.approx(1.0 if state.lots else 0.0)
            assert (np.diff(state.lot_rate[: int(state.lots)]) <= 1e-6).all()
            checked += 1
            losses += gain < 0.0
    assert checked > 1_000
    assert losses > 50


def _gain_if_sold(hand: LedgerByHand, dollars: float) -> float:
    twin = LedgerByHand()
    twin.price, twin.lots = hand.price, [Lot(lot.shares, lot.basis) for lot in hand.lots]
    return twin.sell(dollars)


def test_more_lots_than_are_kept_lose_no_dollar_of_basis() -> None:
    state, put_in = empty(), 0.0
    for year in range(3 * LOTS):
        BUY(state, 1_000.0 + year, 1_000.0 + year)
        put_in += 1_000.0 + year
        state.taxable *= 1.05
        assert state.lots <= LOTS
        held = float((state.lot_share * state.lot_rate)[: int(state.lots)].sum())
        assert held == pytest.approx(put_in)
        assert state.taxable_basis == pytest.approx(put_in)
    assert GAIN(state, state.taxable) == pytest.approx(state.taxable - put_in)


def test_average_basis_is_sold_pro_rata() -> None:
    # Reg. 1.1012-1(e)(7): the basis of each share is the total basis over the number of shares.
    state = empty(by_lot=False)
    BUY(state, 60_000.0, 60_000.0)
    BUY(state, 40_000.0, 20_000.0)
    assert GAIN(state, 25_000.0) == pytest.approx(25_000 * 0.2)
    SELL(state, 25_000.0)
    assert (state.taxable, state.taxable_basis) == pytest.approx((75_000.0, 60_000.0))


@pytest.mark.parametrize("by_lot", [False, True])
def test_realized_gains_become_basis(by_lot: bool) -> None:
    state = empty(by_lot)
    BUY(state, 50_000.0, 20_000.0)
    BUY(state, 50_000.0, 30_000.0)
    assert TO_REALIZE(state) == pytest.approx(50_000.0)
    assert REALIZE(state, 10_000.0) == pytest.approx(10_000.0)
    assert state.taxable == pytest.approx(100_000.0)
    assert state.taxable_basis == pytest.approx(60_000.0)
    assert GAIN(state, 100_000.0) == pytest.approx(40_000.0)
    assert REALIZE(state, 1e9) == pytest.approx(40_000.0)
    assert GAIN(state, 30_000.0) == pytest.approx(0.0, abs=1e-9)
    assert REALIZE(state, 1.0) == 0.0


def test_lots_at_a_loss_keep_their_loss_when_gains_are_realized() -> None:
    state = empty()
    BUY(state, 50_000.0, 20_000.0)
    BUY(state, 50_000.0, 65_000.0)
    assert TO_REALIZE(state) == pytest.approx(30_000.0)
    assert REALIZE(state, 30_000.0) == pytest.approx(30_000.0)
    assert GAIN(state, 50_000.0) == pytest.approx(-15_000.0)
    assert GAIN(state, 100_000.0) == pytest.approx(-15_000.0)


def test_dust_makes_no_lot() -> None:
    # What a search leaves over buys no shares: the lots are those of the real purchases, and no dollar is lost.
    state = empty()
    BUY(state, 50_000.0, 20_000.0)
    BUY(state, 30_000.0, 30_000.0)
    for _ in range(2 * LOTS):
        BUY(state, 1e-7, 1e-7)
    BUY(state, DUST, DUST)
    assert state.lots == 2
    assert state.taxable == pytest.approx(80_000.0 + DUST, abs=1e-5)
    assert state.taxable_basis == pytest.approx(50_000.0 + DUST, abs=1e-5)
    assert GAIN(state, 30_000.0) == pytest.approx(0.0, abs=CENT)
    assert GAIN(state, state.taxable) == pytest.approx(state.taxable - state.taxable_basis, abs=1e-9)
    assert (np.diff(state.lot_rate[:2]) < 0.0).all()
    BUY(state, 2 * DUST, 2 * DUST)
    assert state.lots == 3


@pytest.mark.parametrize("before", [0.0, 1e-7])
def test_the_first_purchase_after_everything_was_sold_is_the_one_lot(before: float) -> None:
    state = empty()
    BUY(state, before, before)
    BUY(state, 40_000.0, 40_000.0)
    assert (state.lots, state.lot_share[0]) == (1, 1.0)
    assert (state.taxable, state.taxable_basis) == pytest.approx((40_000.0, 40_000.0), abs=1e-6)
    state.taxable *= 1.5
    assert GAIN(state, 30_000.0) == pytest.approx(10_000.0, abs=CENT)


def test_a_step_up_resets_every_lot() -> None:
    # IRC 1014(a), (b)(6): half of what a couple owns, or all community property, gets its value as basis, up or down.
    for share in (0.5, 1.0):
        state = empty()
        BUY(state, 50_000.0, 20_000.0)
        BUY(state, 50_000.0, 65_000.0)
        STEP_UP(state, share)
        assert GAIN(state, 50_000.0) == pytest.approx(-(1 - share) * 15_000.0)
        assert GAIN(state, 100_000.0) == pytest.approx((1 - share) * 15_000.0)
        assert state.taxable_basis == pytest.approx(85_000.0 + share * 15_000.0)


def test_half_of_a_couples_losses_ends_with_the_first_death() -> None:
    # Rev. Rul. 74-175: the loss of the one who died is not carried beyond the last return.
    state = empty(by_lot=False)
    BUY(state, 100_000.0, 120_000.0)
    state.loss_carryover[:] = 4_000.0, 30_000.0
    plainly(inherit)(state, 0, 1, 1.0 / PEOPLE)
    assert state.loss_carryover.tolist() == [2_000.0, 15_000.0]


def test_losses_are_used_up_to_the_limit_and_the_rest_is_carried() -> None:
    # IRC 1211(b), 1212(b): 3,000 a year against ordinary income; a gain is used in full. A pension of 60,000.
    text = single() + person(born=1966, to_age=64)
    text += "[people.pension]\nannual_amount = 60_000\nstart_age = 50\ncost_of_living = true\n"
    text += account("taxable", 100_000, basis=150_000) + SPEND.format(80_000) + QUIET
    flows = simulate(household(text), flat_law(0.0), market=fixed_market(household(text), [0.0] * 5)).flows[0, 0]
    sold = flows["sold_taxable"]
    assert sold == pytest.approx([20_000.0] * 5, abs=CENT)
    assert flows["gain_realized"] == pytest.approx([-10_000.0] * 5, abs=CENT)  # a basis of 1.5 for each dollar
    assert flows["loss_carryover"][:, 1] == pytest.approx([0.0, 7_000.0, 14_000.0, 21_000.0, 28_000.0], abs=CENT)
    assert flows["agi"] == pytest.approx([57_000.0] * 5, abs=CENT)


def test_a_loss_of_the_file_lowers_the_gain_of_the_first_sale() -> None:
    text = single() + person(born=1966, to_age=63) + account("taxable", 400_000, basis=100_000) + QUIET
    text += SPEND.format(50_000) + "[taxable_account]\nlong_term_loss_carryover = 60_000\n"
    text += "short_term_loss_carryover = 5_000\n"
    flows = simulate(household(text), flat_law(0.0)).flows[0, 0]
    gain = 0.75 * 50_000
    assert flows["gain_realized"] == pytest.approx([gain] * 4, abs=CENT)
    assert flows["loss_carryover"][0].tolist() == [5_000.0, 60_000.0]
    # no income absorbs the 3,000 of the first year, so they are not used up, 1212(b)(2)
    assert flows["loss_carryover"][1] == pytest.approx([5_000.0, 60_000.0 - gain], abs=CENT)
    assert flows["loss_carryover"][2].tolist() == [0.0, 0.0]
    assert flows["agi"] == pytest.approx([-3_000.0, 2 * gain - 65_000.0, gain, gain], abs=CENT)


def test_lots_of_two_accounts_are_sold_the_highest_basis_first() -> None:
    text = single() + person(born=1966, to_age=62) + account("taxable", 100_000, basis=20_000)
    text += account("taxable", 60_000, basis=54_000) + QUIET + SPEND.format(50_000)
    by_lot = simulate(household(text + LOTS_OF_ANN), NO_TAX).flows[0, 0]
    average = simulate(household(text), NO_TAX).flows[0, 0]
    assert by_lot["gain_realized"] == pytest.approx([5_000, 1_000 + 0.8 * 40_000, 0.8 * 50_000], abs=CENT)
    assert average["gain_realized"] == pytest.approx([50_000 * (1 - 74 / 160)] * 3, abs=CENT)
    assert by_lot["end_taxable_basis"][-1] == pytest.approx(0.2 * 10_000, abs=CENT)


def test_interest_and_unqualified_dividends_are_ordinary_income() -> None:
    text = single() + person(born=1966, to_age=61) + account("taxable", 1_000_000) + SPEND.format(0)
    text += QUIET.replace("dividend_yield = 0.0", "dividend_yield = 0.02\ninterest_yield = 0.01")
    text += "[taxable_account]\nqualified_share = 0.75\n"
    flows = simulate(household(text), flat_law(0.3, 0.1)).flows[0, 0]
    assert flows["dividends"][0] == pytest.approx(20_000)
    assert flows["qualified_dividends"][0] == pytest.approx(15_000)
    assert flows["interest"][0] == pytest.approx(10_000)
    assert flows["agi"][0] == pytest.approx(30_000)
    assert flows["income_tax"][0] == pytest.approx(0.3 * 15_000 + 0.1 * 15_000, abs=CENT)


def test_turnover_realizes_gains_and_raises_the_basis() -> None:
    text = single() + person(born=1966, to_age=61) + account("taxable", 1_000_000, basis=400_000) + SPEND.format(0)
    text += QUIET + "[taxable_account]\nturnover = 0.1\nshort_term_share = 0.25\n"
    for method in ("average", "highest_first"):
        one = household(text + f'basis_method = "{method}"\n')
        flows = simulate(one, flat_law(0.0)).flows[0, 0]
        assert flows["turnover_gain"] == pytest.approx([60_000, 54_000], abs=CENT)
        assert flows["short_term_gain"] == pytest.approx([15_000, 13_500], abs=CENT)
        assert flows["gain_realized"] == pytest.approx([45_000, 40_500], abs=CENT)
        assert flows["end_taxable_basis"] == pytest.approx([460_000, 514_000], abs=CENT)
        assert flows["end_taxable"] == pytest.approx([1_000_000] * 2, abs=CENT)
    taxed = simulate(household(text), flat_law(0.3, 0.1)).flows[0, 0]
    tax = taxed["income_tax"][0]
    sold = taxed["sold_taxable"][0]
    assert sold == pytest.approx(tax, abs=CENT)  # the tax is paid by a sale, whose gain is taxed too
    turned = 0.1 * (600_000 - 0.6 * sold)
    assert tax == pytest.approx(0.3 * 0.25 * turned + 0.1 * (0.75 * turned + 0.6 * sold), abs=CENT)
