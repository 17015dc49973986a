"""The household file: what the user writes, read and checked once, at the edge.

`load_household(path, today)` gives a `Household` or raises one InputError with file, line, field, what was found and
what is allowed. `household.source.error(field, message, ...)` makes such an error about a field in any higher room.
"""

from __future__ import annotations

from rothwell.household.accounts import JOINT, Account, AccountKind, RothConversion
from rothwell.household.acp_terms import AcpTest, OtherHighlyPaid
from rothwell.household.business import Business, OwnerPlan, OwnerYearToDate
from rothwell.household.checks import require_plannable
from rothwell.household.deferred_compensation import is_457b, paid_jobs
from rothwell.household.health import Health, LongTermCare, MarketplaceCoverage
from rothwell.household.incomes_and_costs import Cost, Income
from rothwell.household.jobs import (
    STATUTORY_STOCK,
    Bonus,
    Conversion,
    DeferralKind,
    EquityPay,
    EquityYear,
    Job,
    MatchTier,
    PaySchedule,
    Plan,
    Raise,
    YearToDate,
)
from rothwell.household.load import load_household, parse_household
from rothwell.household.market import FROM_HISTORY, Asset, Correlations, GlidePoint, Market, Mix, TaxableAccount
from rothwell.household.models import (
    Beliefs,
    Child,
    Facts,
    FilingStatus,
    Goal,
    Household,
    LandscapeChoice,
    Pension,
    Person,
    Spending,
)
from rothwell.household.mortality import Mortality
from rothwell.household.outside_plans import Hsa, IncomeItem, Ira, Payments
from rothwell.household.own_strategies import OwnStrategy, bracket_number
from rothwell.household.residence import Home, Residence
from rothwell.household.schema import json_schema
from rothwell.household.social_security import SocialSecurity
from rothwell.household.source import Source
from rothwell.household.taxable_income import taxable_income

__all__ = [
    "FROM_HISTORY",
    "JOINT",
    "STATUTORY_STOCK",
    "Account",
    "AccountKind",
    "AcpTest",
    "Asset",
    "Beliefs",
    "Bonus",
    "Business",
    "Child",
    "Conversion",
    "Correlations",
    "Cost",
    "DeferralKind",
    "EquityPay",
    "EquityYear",
    "Facts",
    "FilingStatus",
    "GlidePoint",
    "Goal",
    "Health",
    "Home",
    "Household",
    "Hsa",
    "Income",
    "IncomeItem",
    "Ira",
    "Job",
    "LandscapeChoice",
    "LongTermCare",
    "Market",
    "MarketplaceCoverage",
    "MatchTier",
    "Mix",
    "Mortality",
    "OtherHighlyPaid",
    "OwnStrategy",
    "OwnerPlan",
    "OwnerYearToDate",
    "PaySchedule",
    "Payments",
    "Pension",
    "Person",
    "Plan",
    "Raise",
    "Residence",
    "RothConversion",
    "SocialSecurity",
    "Source",
    "Spending",
    "TaxableAccount",
    "YearToDate",
    "bracket_number",
    "is_457b",
    "json_schema",
    "load_household",
    "paid_jobs",
    "parse_household",
    "require_plannable",
    "taxable_income",
]
