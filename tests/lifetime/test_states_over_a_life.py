"""The state's tax in a simulated year: the same as on a return by itself, in both returns, and gone after a move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rothwell.errors import InputError
from rothwell.household import Household
from rothwell.lifetime.strategies import Strategy
from tests.lifetime.runs import BY_NAME, QUIET, START, account, household, person, simulate
from tests.tax.one_return import returned

PRIOR = "prior_magi = { 2024 = 90_000, 2025 = 90_000 }\n"
FILLS = Strategy("fills", "conversions to the top of the 12% bracket", fill_bracket=1)


def flows_of(one: Household, strategy: Strategy = BY_NAME["brokerage"]) -> Any:
    """The flows of every year of the one path."""
    return simulate(one, strategies=(strategy,)).flows[0, 0]


def single(words: str) -> str:
    return f'[household]\nfiling_status = "single"\n{words}start_year = {START}\n{PRIOR}'


def worker(words: str, pay: float) -> Household:
    """Somebody of 40 who works, saves nothing in plans, and lives on half of the pay."""
    job = f'[[jobs]]\nperson = "Ann"\nemployer = "A"\npay = {pay}\n'
    living = f"[spending]\nliving_cost = {pay / 2}\n"
    return household(single(words) + person(born=1986, retires=65) + job + account("taxable", 1e5) + living + QUIET)


def retiree(words: str, born: int = 1960, balance: float = 2e6, more: str = "") -> Household:
    """Somebody who lives on tax-deferred money alone."""
    living = '[spending]\nrule = "flat"\nflat_amount = 100_000\n'
    text = single(words) + person(born=born) + account("traditional_ira", balance)
    return household(text + more + account("taxable", 1e3) + living + QUIET)


@pytest.mark.parametrize("code", ["CA", "GA", "IL", "NC"])
@pytest.mark.parametrize("pay", [90_000, 250_000])
def test_a_year_of_work_owes_what_the_return_says(code: str, pay: float, tmp_path: Path) -> None:
    flows = flows_of(worker(f'state = "{code}"\n', pay))[0]
    alone = returned(tmp_path, START, age1=40, wages1=pay, state=code)
    assert flows["state_tax"] == pytest.approx(alone["state_income_tax"], abs=0.01)
    assert flows["state_tax"] > 0.03 * pay


def test_state_tax_is_deducted_where_that_is_more_than_the_standard_deduction(tmp_path: Path) -> None:
    """IRC 164(a)(3), (b)(6), 63(e): California takes more than 16,100 of 400,000."""
    flows = flows_of(worker('state = "CA"\n', 400_000))[0]
    tax = float(flows["state_tax"])
    assert tax > 16_100 + 5_000
    with_it = returned(tmp_path, START, age1=40, wages1=400_000, state_income_tax_paid=tax)
    assert flows["income_tax"] == pytest.approx(with_it["total_tax"], abs=0.01)
    assert flows["income_tax"] < returned(tmp_path, START, age1=40, wages1=400_000)["total_tax"] - 1_000


def test_whoever_must_itemize_in_both_places_takes_the_standard_deduction(tmp_path: Path) -> None:
    """O.C.G.A. 48-7-27(a)(1): who itemizes on the federal return must do so in Georgia, where income tax is no
    deduction."""
    flows = flows_of(worker('state = "GA"\n', 400_000))[0]
    alone = returned(tmp_path, START, age1=40, wages1=400_000, state="GA")
    assert flows["state_tax"] == pytest.approx(alone["state_income_tax"], abs=0.01)
    assert flows["income_tax"] == pytest.approx(alone["total_tax"], abs=0.01)


def test_the_state_ends_with_a_move() -> None:
    moves = f'[[residence]]\nstate = "TX"\nyear = {START + 3}\n'
    stays, leaves = (flows_of(retiree('state = "CA"\n', more=more)) for more in ("", moves))
    assert (stays["state_tax"][:10] > 1_000.0).all()
    assert (leaves["state_tax"][:3] == stays["state_tax"][:3]).all()
    assert (leaves["state_tax"][3:] == 0.0).all()
    assert leaves["end_pre_tax"][10] > stays["end_pre_tax"][10] + 10_000.0


def test_a_state_sees_whose_money_it_is_and_of_which_kind(tmp_path: Path) -> None:
    """O.C.G.A. 48-7-27(a)(5): 65,000 of each person's retirement income from 65 on, 35,000 from 62 on."""
    people = person("Ann", 1960) + person("Ben", 1963)  # 66 and 63
    text = f'[household]\nfiling_status = "mfj"\nstate = "GA"\nstart_year = {START}\n{PRIOR}{people}'
    text += account("traditional_ira", 3e6) + account("traditional_ira", 1e6, "Ben") + account("taxable", 1e4)
    text += '[spending]\nrule = "flat"\nflat_amount = 200_000\n'
    flows = flows_of(household(text + QUIET), FILLS)[0]
    assert flows["conversion"] == 0.0  # the withdrawal fills the bracket by itself
    of_ann, of_ben = flows["ira_paid"].tolist()
    assert of_ann + of_ben == pytest.approx(flows["withdrawal_pre_tax"], abs=0.01)
    assert of_ann / of_ben == pytest.approx(3.0, abs=1e-6)
    other = float(flows["dividends"] + flows["interest"])
    alone = returned(
        tmp_path,
        START,
        filing_status="mfj",
        age1=66,
        age2=63,
        ira_distributions=of_ann + of_ben,
        ira_distributions2=of_ben,
        ordinary_dividends=other,
        qualified_dividends=float(flows["qualified_dividends"]),
        investment_income2=other / 2,
        lt_gain=float(flows["gain_realized"]),
        state="GA",
    )
    assert flows["state_tax"] == pytest.approx(alone["state_income_tax"], abs=0.01)
    assert flows["income_tax"] == pytest.approx(alone["total_tax"], abs=0.01)
    assert flows["state_tax"] > 1_000.0


def test_deferrals_taxed_in_pennsylvania_come_back_first() -> None:
    """61 Pa. Code 101.6(c)(8): deferrals are pay; what was contributed comes back untaxed before anything else."""
    people = single('state = "PA"\n') + person(born=1974, retires=54)
    job = '[[jobs]]\nperson = "Ann"\nemployer = "A"\npay = 100_000\n[jobs.plan]\n'
    money = account("taxable", 1e4) + account("traditional_ira", 2e5)
    flows = flows_of(household(people + job + money + "[spending]\nliving_cost = 60_000\n" + QUIET))
    deferred = float(flows["deferral_pre_tax"].sum())
    assert flows["deferral_pre_tax"][:2, 0].min() > 20_000.0
    assert flows["state_tax"][:2].tolist() == pytest.approx([3_070.0, 3_070.0], abs=0.01)
    early = flows["early_paid"][:, 0]
    assert (early[2:8] > 0.0).all()
    assert (flows["state_tax"][2:8] == 0.0).all()
    assert flows["state_basis_recovered"][:, 0].sum() == pytest.approx(deferred, abs=0.01)


def test_early_withdrawals_in_pennsylvania_are_taxed_beyond_its_basis() -> None:
    """61 Pa. Code 101.6(c)(8)(iii): retired at 50, 10,000 of the account taxed before."""
    text = single('state = "PA"\n') + person(born=1976) + account("traditional_ira", 3e6) + "state_basis = 10_000\n"
    living = '[spending]\nrule = "flat"\nflat_amount = 60_000\n'
    flows = flows_of(household(text + account("taxable", 1e3) + living + QUIET))
    early = flows["early_paid"][:8, 0]
    assert early[0] > 10_000.0
    expected = [0.0307 * (early[0] - 10_000.0), *(0.0307 * early[1:])]
    assert flows["state_tax"][:8].tolist() == pytest.approx(expected, abs=0.01)
    assert flows["state_tax"][12] == 0.0  # past 59 1/2


def test_illinois_leaves_out_withdrawals_and_conversions() -> None:
    """35 ILCS 5/203(a)(2)(F)."""
    flows = flows_of(retiree('state = "IL"\n', more=account("roth_ira", 1e6)), FILLS)
    assert flows["withdrawal_pre_tax"][:10].min() > 50_000.0
    assert flows["state_tax"][:10].max() == 0.0
    assert flows["state_rate"][:10].max() == 0.0


def test_the_states_rate_is_that_of_the_next_conversion(tmp_path: Path) -> None:
    """Cal. Rev. & Tax. Code 17041(a): 9.3% of taxable income between 72,724 and 371,479 dollars of 2025."""
    flows = flows_of(retiree('state = "CA"\n'))[0]
    assert flows["state_rate"] == pytest.approx(0.093, abs=1e-9)
    one = simulate(retiree('state = "CA"\n')).flows[0, 0][0]
    assert one["marginal_rate"] in (0.22, 0.24)  # the federal bracket by itself


def test_a_state_that_is_not_held_is_taxed_by_the_rates_given() -> None:
    """Three rates: 4% of income at large, 3% of gains and qualified dividends, 2% of retirement money."""
    rates = "state_rates = { income = 0.04, gains = 0.03, retirement = 0.02 }\n"
    flows = flows_of(retiree('state = "HI"\n' + rates))[0]
    assert flows["gain_realized"] == 0.0
    expected = 0.02 * flows["withdrawal_pre_tax"] + 0.04 * (flows["interest"] + flows["dividends"])
    assert flows["state_tax"] == pytest.approx(expected, abs=0.01)
    assert flows_of(retiree('state = "HI"\n'))["state_tax"].max() == 0.0


def test_conversions_before_and_after_a_move() -> None:
    """What is converted in Texas bears no state tax; what is converted in California bears it at once."""
    moves = f'[[residence]]\nstate = "TX"\nyear = {START + 2}\n'
    rich = account("roth_ira", 1e4)
    flows = flows_of(retiree('state = "CA"\n', born=1965, more=rich + moves), FILLS)
    assert (flows["conversion"][:5] > 0.0).any() or (flows["withdrawal_pre_tax"][:5] > 0.0).all()
    assert (flows["state_tax"][:2] > 0.0).all()
    assert (flows["state_tax"][2:] == 0.0).all()


WRONG = [
    ('state = "CA"\nlocal_rate = 0.03\n', r"no local income tax is modeled in California"),
    ('state = "HI"\nlocal_rate = 0.03\n', r"belongs into the flat rates"),
    ('state = "CA"\nstate_rates = { income = 0.05 }\n', r"no flat rates are needed"),
    ('state = "TX"\nnew_york_city = true\n', r"is not in TX"),
    ('state = "HI"\nstate_rates = { income = 0.5 }\n', r"out of range"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_what_the_law_of_a_state_does_not_have_is_refused(words: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        worker(words, 90_000)
