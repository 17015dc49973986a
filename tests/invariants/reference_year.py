"""What the second simulator knows of a year before its cash is raised, and what a trial of an amount gives."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from rothwell.tax.facts import Facts, Parts
from tests.invariants.reference_accounts import Estate

PEOPLE = (0, 1)
NOTHING, ORDINARY, TAXABLE, ADJUSTED_GROSS = "nothing", "ordinary", "taxable", "adjusted gross"
"""Which income a conversion brings to a level."""
Place = tuple[str, float]


@dataclass(frozen=True)
class Otherwise:
    """How a year is lived again in another way: where its conversion ends."""

    place: Place | None = None


BY_THE_RULES = Otherwise()


@dataclass
class Pot:
    """Money that can be had early, of one kind: dollars of each person, and whether they bear the 10% tax."""

    kind: str  # roth, earnings, former, pre-tax
    dollars: list[float]
    bears: list[bool]


@dataclass
class Year:
    """What is settled before a year's cash is raised; by person where there are lists. Dollars of the year."""

    number: int  # from the start year
    calendar: int
    status: int
    law: Any
    state: Any  # a StateOfYear
    estate: Estate
    alive: list[bool]
    ages: list[float]
    facts: Facts
    parts: Parts
    cash: float  # income less contributions, costs and spending, before tax and what is raised
    after_tax: list[float]
    unmatched_pre_tax: list[float]
    unmatched_roth: list[float]
    owner_pre_tax: list[float]  # deferrals in one's own business
    pre_tax: list[float]  # all pre-tax deferrals
    floor: float  # of the taxable account
    jobs: int
    # what the taxable account pays out
    dividend_yield: float
    interest_yield: float
    pays_on: float | None  # dollars whatever is sold; None: on what is left after sales
    qualified_share: float
    turnover: float
    short_term_share: float
    investment_income: float
    # conversions of after-tax money, and IRAs with basis
    converted_earnings: float
    waiting_gain: float
    backdoor: list[float]
    ira_growth: list[float]
    # required distributions
    rmd_plan: list[float]
    rmd_ira: list[float]
    rmd_of_present: list[bool]
    # access
    accessible: list[bool]
    roth_open: list[bool]
    plan_open: list[bool]
    hsa_room: float = 0.0
    pensions: list[float] = field(default_factory=lambda: [0.0, 0.0])
    earlier_earnings: list[float] = field(default_factory=lambda: [0.0, 0.0])  # of after-tax money, converted now
    pots: list[Pot] = field(default_factory=list)
    # what the strategy asks for
    fill: Place = (NOTHING, 0.0)
    gains: dict[Place, float] = field(default_factory=dict)  # of a conversion by where it would end
    taxable_income_limit: float = math.inf  # of a year with a conversion
    harvest_level: float = 0.0
    pre_tax_first: float = 0.0
    pre_tax_beside: float = 0.0

    @property
    def has_basis(self) -> bool:
        return any(one.ira_basis + more > 0.0 for one, more in zip(self.estate.owners, self.backdoor, strict=True))

    def rmd(self, who: int) -> float:
        return self.rmd_plan[who] + self.rmd_ira[who]

    def free_pre_tax(self, who: int) -> float:
        """Tax-deferred money of somebody past 59 1/2 beyond what is required."""
        return self.estate.owners[who].pre_tax - self.rmd(who) if self.accessible[who] else 0.0

    @property
    def rooms(self) -> list[tuple[str, float]]:
        """The sources of cash in their order."""
        taxable, pre_tax = self.estate.taxable.value, sum(self.free_pre_tax(who) for who in PEOPLE)
        roth = sum(
            (one.roth_ira if self.roth_open[who] else 0.0) + (one.roth_plan if self.plan_open[who] else 0.0)
            for who, one in enumerate(self.estate.owners)
        )
        above = max(0.0, taxable - self.floor)
        return [
            ("above the floor", above),
            ("after-tax contributions", sum(self.after_tax)),
            ("deferrals", sum(self.unmatched_pre_tax) + sum(self.unmatched_roth)),
            ("the floor", taxable - above),
            ("pre-tax", pre_tax),
            ("roth", roth),
            ("early", sum(sum(pot.dollars) for pot in self.pots)),
            ("hsa", self.hsa_room),
        ]

    @property
    def most(self) -> float:
        return sum(room for _, room in self.rooms)


@dataclass
class Trial:
    """What a year looks like if so much cash is raised. Dollars."""

    raised: float
    taken: dict[str, float]
    early: list[tuple[Pot, float]]  # pots and the share of each that is taken
    facts: Facts
    dividends: float = 0.0
    interest: float = 0.0
    turnover_gain: float = 0.0
    conversion: float = 0.0
    weights: list[float] = field(default_factory=lambda: [0.0, 0.0])  # of each person's money in a conversion
    harvested: float = 0.0
    nontaxable: list[float] = field(default_factory=lambda: [0.0, 0.0])  # Form 8606, line 13
    untaxed_conversion: list[float] = field(default_factory=lambda: [0.0, 0.0])
    pots_left: list[tuple[float, float, float]] = field(default_factory=list)  # before a conversion
    form: Any = None
    state_tax: float = 0.0
    local_tax: float = 0.0
    state_basis: list[float] = field(default_factory=lambda: [0.0, 0.0])  # what of it comes out untaxed
    left: float = 0.0

    @property
    def sold(self) -> float:
        return self.taken["above the floor"] + self.taken["the floor"]

    def early_of(self, kinds: tuple[str, ...], who: int) -> float:
        return sum(share * pot.dollars[who] for pot, share in self.early if pot.kind in kinds)
