"""[jobs.plan.acp_test]: what a person knows of the test of match and after-tax contributions in the plan."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from rothwell.household.table import Money, PositiveMoney, Share, Table


class OtherHighlyPaid(Table):
    """[[jobs.plan.acp_test.other_highly_paid]]: another highly compensated employee."""

    pay: PositiveMoney = Field(description="Plan pay, dollars a year.")
    contributions: Money = Field(description="Match and after-tax contributions together, dollars a year.")


class AcpTest(Table):
    """[jobs.plan.acp_test]: the ACP test of IRC 401(m)(2)."""

    nhce_average: Share = Field(
        description="The average of match and after-tax contributions of those who are not highly compensated, as a "
        "share of their pay, by which the plan tests this year."
    )
    testing: Literal["prior_year", "current_year"] = Field(
        "prior_year", description="Whose average the plan tests by: that of the prior_year or of the current_year."
    )
    all_highly_compensated: StrictBool = Field(
        False, description="Whether every eligible employee is highly compensated: then there is no test to fail."
    )
    refund_chance: Share = Field(
        1.0, description="The chance that the plan pays back what the test finds too much, rather than the employer "
        "putting in more for others.",
    )  # fmt: skip
    other_highly_paid: tuple[OtherHighlyPaid, ...] = Field(
        (), description="The other highly compensated employees; when absent, the person stands for all of them."
    )
