"""The record of a simulated year: every flow, and what only the year's own computation uses."""

from __future__ import annotations

import numpy as np

from rothwell.lifetime.accounts import PEOPLE

_PERSON = (PEOPLE,)
_FLOWS = [
    # who lives, under which law
    ("year", None), ("place", None), ("regime", None), ("status", None), ("price_level", None),
    ("alive", _PERSON), ("age", _PERSON),
    ("after_tax_allowed", None), ("old_after_tax_allowed", None), ("conversion_income_limit", None),
    ("balance_limit", None), ("roth_first_limit", None), ("step_up_repealed", None), ("benefits_kept", None),
    ("benefits_spared_in", None),
    # pay and what goes into plans
    ("pay", _PERSON), ("deferral_pre_tax", _PERSON), ("deferral_roth", _PERSON), ("unmatched_pre_tax", _PERSON),
    ("unmatched_roth", _PERSON), ("employer", _PERSON), ("after_tax", _PERSON), ("after_tax_share_cut", None),
    ("deferral_share_cut", None), ("payroll_tax", None), ("after_tax_room", None), ("jobs", None),
    ("working", None), ("payroll_free", _PERSON),
    ("deferred_base", _PERSON), ("deferred_catch_up", _PERSON), ("deferred_457b", _PERSON), ("catch_up_457b", _PERSON),
    ("business", _PERSON), ("owner_pay", _PERSON), ("owner_deferral", _PERSON), ("after_tax_stays", None),
    # benefits and other income
    ("benefits", None), ("pension", None), ("pension_second", None),
    ("incomes", None), ("incomes_for_life", None), ("incomes_ordinary", None), ("incomes_investment", None),
    # health costs
    ("premiums", None), ("hsa_paid", None), ("hsa_contribution", _PERSON),
    ("marketplace_premiums", None), ("benchmark_premium", None), ("supplement_premiums", None), ("medical", None),
    # required distributions and conversions
    ("rmd", _PERSON), ("rmd_plan", _PERSON), ("rmd_of_present", _PERSON), ("rmd_roth", _PERSON), ("conversion", None),
    ("in_plan_conversion", None), ("conversion_earnings", None), ("convertible", _PERSON), ("waiting_gain", None),
    ("in_plan_taxable", _PERSON), ("in_plan_untaxed", _PERSON), ("after_tax_rolled", _PERSON), ("converted", _PERSON),
    ("conversion_untaxed", _PERSON), ("backdoor", _PERSON), ("ira_nontaxable", _PERSON), ("basis_recovered", None),
    ("ira_growth", _PERSON), ("fill_measure", None), ("fill_level", None),
    # the taxable account
    ("dividends", None), ("qualified_dividends", None), ("interest", None), ("sold_taxable", None),
    ("gain_realized", None), ("short_term_gain", None), ("turnover_gain", None), ("gain_harvested", None),
    ("harvest_level", None), ("loss_carryover", (2,)), ("saved", None),
    # withdrawals
    ("withdrawal_pre_tax", None), ("withdrawal_roth", None), ("accessible", _PERSON), ("cash_floor", None),
    ("roth_open", _PERSON), ("roth_plan_open", _PERSON), ("room_early", None), ("early_raised", None),
    ("early_subject", None), ("roth_earnings", None), ("free_pre_tax", None), ("free_roth", None),
    ("room_hsa", None), ("withdrawal_hsa", None), ("pre_tax_taken", _PERSON), ("roth_taken", _PERSON),
    ("separated_plan_taken", _PERSON),
    # what of all that is federally taxable, by kind, where a state asks it
    ("plan_paid", _PERSON), ("plan_converted", _PERSON), ("ira_paid", _PERSON), ("ira_converted", _PERSON),
    ("early_paid", _PERSON), ("state_basis_recovered", _PERSON),
    ("room_taxable", (2,)), ("room_pre_tax", None), ("room_roth", None), ("cash_fixed", None), ("passes", None),
    ("pre_tax_first", None), ("pre_tax_beside", None),
    # spending
    ("spending", None), ("goals", None), ("spending_unmet", None),
    ("costs", None),
    # the return of the year
    ("magi_ptc", None), ("premium_tax_credit", None),
    ("income_tax", None), ("early_tax", None), ("agi", None), ("taxable_income", None),
    ("ordinary_taxable_income", None), ("marginal_rate", None),
    ("state_tax", None), ("local_tax", None), ("state_income", None), ("state_taxable_income", None),
    ("state_rate", None),
    # growth and balances at the year's end
    ("return_rate", None), ("growth", None), ("end_taxable", None), ("end_taxable_basis", None),
    ("end_pre_tax", None), ("end_roth", None), ("end_after_tax", None), ("end_hsa", None), ("end_roth_ira", _PERSON),
    ("end_roth_plan", _PERSON),
    ("end_roth_basis", _PERSON), ("imbalance", None),
]  # fmt: skip
YEAR = np.dtype((np.record, [(name, "f8") if shape is None else (name, "f8", shape) for name, shape in _FLOWS]))
YEAR_SLOTS = YEAR.itemsize // np.dtype("f8").itemsize
"""How many numbers a year's record holds: known to the compiler, so that they are copied without a loop."""
SCRATCH_FIELDS = (
    "payroll_free", "early_paid",
    "accessible", "convertible", "jobs", "working", "deferred_base", "deferred_catch_up", "cash_floor", "room_taxable",
    "room_pre_tax", "room_roth", "cash_fixed", "passes", "return_rate", "deferred_457b", "catch_up_457b",
    "place", "rmd_of_present", "waiting_gain", "basis_recovered", "ira_growth", "roth_open", "roth_plan_open",
    "room_early", "early_raised", "room_hsa", "free_pre_tax", "free_roth",
    "after_tax_stays", "old_after_tax_allowed", "roth_first_limit", "benefits_spared_in",
    "fill_measure", "fill_level", "harvest_level", "pre_tax_first", "pre_tax_beside",
)  # fmt: skip
"""Fields of a year that only its own computation uses."""
TABLE_COLUMNS = (
    "price_level", "pay", "deferral_pre_tax", "deferral_roth", "employer", "after_tax", "conversion", "rmd",
    "benefits", "pension", "incomes", "premiums", "medical", "costs", "goals", "premium_tax_credit",
    "income_tax", "early_tax", "state_tax", "local_tax", "payroll_tax", "spending", "sold_taxable",
    "withdrawal_pre_tax", "withdrawal_roth", "agi", "taxable_income", "ordinary_taxable_income", "marginal_rate",
    "state_rate", "end_taxable", "end_pre_tax", "end_roth", "end_after_tax", "end_hsa",
)  # fmt: skip
"""The flows of a year that a report shows; those of two persons are added up."""
NOT_DOLLARS = ("price_level", "marginal_rate", "state_rate")
"""Those of them that are no amounts."""
