"""A second ledger: the balance of every household-year from its recorded flows, sharing no code with the simulator."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Flows = NDArray[np.void]
Array = NDArray[np.float64]


def lived(flows: Flows) -> NDArray[np.bool_]:
    """The years in which anybody lives."""
    return np.asarray(flows["price_level"] > 0.0)


def wealth(flows: Flows) -> Array:
    """All balances at the end of each year."""
    in_plans = flows["end_pre_tax"] + flows["end_roth"] + flows["end_after_tax"]
    return np.asarray(flows["end_taxable"] + in_plans + flows["end_hsa"])


def imbalance(flows: Flows, at_start: float) -> Array:
    """Income, employer money and growth, less taxes, premiums, living and goals, less the change of wealth."""
    end = wealth(flows)
    before = np.concatenate([np.full_like(end[..., :1], at_start), end[..., :-1]], axis=-1)
    of_work = flows["pay"].sum(axis=-1) + flows["employer"].sum(axis=-1)
    income = of_work + flows["benefits"] + flows["pension"] + flows["incomes"] + flows["growth"]
    spent = _spent(flows)
    return np.where(lived(flows), before + income - spent - end, 0.0)


def _spent(flows: Flows) -> Array:
    """What leaves the household: living, goals, costs, health and taxes."""
    living = flows["spending"] + flows["goals"] + flows["costs"]
    health = flows["premiums"] + flows["medical"]
    taxes = flows["income_tax"] + flows["state_tax"] + flows["local_tax"] + flows["payroll_tax"]
    return np.asarray(living + health + taxes)


def cash_imbalance(flows: Flows) -> Array:
    """What comes into the purse, less what leaves it: here no balance and no growth appears."""
    after_tax = flows["after_tax"].sum(axis=-1)
    deferrals = flows["deferral_pre_tax"].sum(axis=-1) + flows["deferral_roth"].sum(axis=-1)
    came = flows["pay"].sum(axis=-1) + flows["benefits"] + flows["pension"] + flows["incomes"] + flows["dividends"]
    came = came + flows["interest"]
    required = flows["rmd"].sum(axis=-1) + flows["rmd_roth"].sum(axis=-1)
    drawn = flows["sold_taxable"] + required + flows["withdrawal_pre_tax"] + flows["withdrawal_roth"]
    drawn = drawn + flows["hsa_paid"] + flows["withdrawal_hsa"]
    went = _spent(flows) + flows["backdoor"].sum(axis=-1) + flows["hsa_contribution"].sum(axis=-1)
    return np.where(lived(flows), came + drawn - went - deferrals - after_tax - flows["saved"], 0.0)
