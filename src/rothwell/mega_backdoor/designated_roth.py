"""The designated Roth account of one plan: one contract, one five-year clock, basis and earnings pro rata.

Law:    IRC 402A(c)(3), (4), (d), 72(e)(8), 402(c)(2); Reg. 1.402A-1 Q&A-2 to 7; Notice 2010-84, 2013-74.
Units:  dollars; calendar years.
Not modeled: corrective distributions, deemed distributions of loans and dividends of employer stock, which are never
        qualified (Reg. 1.402A-1 Q&A-11); net unrealized appreciation; money of an alternate payee.
Tests:  test_official_designated_roth_examples, test_the_ledger_equals_a_second_one_on_random_histories.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rothwell.errors import InputError
from rothwell.mega_backdoor.roth_basis import RothRollover
from rothwell.mega_backdoor.roth_money import (
    DUST,
    EARNINGS,
    PLAN,
    AdditionalTax,
    ConversionLayer,
    Layers,
    Payment,
    additional_tax,
    drawn,
    earlier,
    law_of_distributions,
    pooled,
    ran,
    reasons_of,
    require_not_negative,
)
from rothwell.mega_backdoor.roth_rules import basis_recovered, five_years_are_over, is_qualified


@dataclass(frozen=True, slots=True)
class DesignatedRothDistribution:
    """A distribution of a designated Roth account, rolled over in part or in full.

    basis, earnings     of the whole amount, pro rata
    rollover            what is rolled over: the earnings go first
    paid                what the person keeps; `paid_basis` and `paid_earnings` are its parts
    in_plan             the in-plan conversions in `paid_basis`
    income, recapture   of what is kept; both 0 when the distribution is qualified
    """

    amount: float
    year: int
    qualified: bool
    basis: float
    earnings: float
    rollover: RothRollover
    paid: float
    paid_basis: float
    paid_earnings: float
    in_plan: Layers
    income: float
    recapture: float
    additional_tax: AdditionalTax


@dataclass(frozen=True, slots=True)
class DesignatedRoth:
    """All Roth money of a person in one plan.

    first_year      the first year with a Roth contribution to this plan, None before; it starts the five years
    value           what the account is worth, vested
    basis           investment in the contract: Roth contributions, in-plan conversions, basis rolled in
    conversions     the in-plan conversions within the basis: what their 10% tax follows
    """

    first_year: int | None = None
    value: float = 0.0
    basis: float = 0.0
    conversions: Layers = ()

    @property
    def earnings(self) -> float:
        """The value above the basis; 0 at a loss."""
        return max(0.0, self.value - self.basis)

    def five_years_over(self, year: int) -> bool:
        """Whether the five tax years of this plan's account are over in a year."""
        years = float(law_of_distributions(year).roth_five_years.plan_years)
        return bool(ran(five_years_are_over, self.first_year or 0, year, years))

    def is_qualified(self, payment: Payment) -> bool:
        """Whether a payment is a qualified distribution; there is no first home here."""
        law = law_of_distributions(payment.year).early_distribution
        over = float(self.five_years_over(payment.year))
        return bool(ran(is_qualified, over, payment.age, float(payment.other_ground), law))

    def contributed(self, amount: float, year: int) -> DesignatedRoth:
        """After designated Roth contributions."""
        require_not_negative(amount)
        if amount == 0.0:
            return self
        started = replace(self, first_year=earlier(self.first_year, year))
        return replace(started, value=self.value + amount, basis=self.basis + amount)

    def converted_in_plan(self, year: int, taxable: float, untaxed: float) -> DesignatedRoth:
        """After an in-plan Roth conversion: all of it is basis; a first one starts the five years.

        The statute names contributions alone as the start; plans report the year of a first conversion as it.

        Law:    IRC 402A(c)(4); Notice 2010-84 Q&A-7, 12; 2013-74.
        """
        require_not_negative(taxable, untaxed)
        after = self.contributed(taxable + untaxed, year)
        return replace(after, conversions=pooled((*self.conversions, ConversionLayer(year, taxable, untaxed))))

    def received(self, rollover: RothRollover, year: int) -> DesignatedRoth:
        """After a rollover from another plan's Roth account: direct, or in 60 days of what would be income alone.

        A direct one carries the basis and the earlier five years; a 60-day one carries neither.

        Law:    IRC 402A(c)(3), 402(c)(2); Reg. 1.402A-1 Q&A-4(b), 5(a), 6.
        """
        if not rollover.direct and rollover.amount > rollover.income + DUST:
            raise InputError(
                "cannot be rolled over in 60 days to a plan: only what would be income can (Reg. 1.402A-1 Q&A-5(a))",
                field="rollover",
                found=rollover.amount,
                allowed=f"up to {rollover.income:,.2f} dollars, a direct rollover, or a Roth IRA",
            )
        if rollover.amount + rollover.basis == 0.0:
            return self
        basis = max(rollover.amount, rollover.basis) if rollover.qualified else rollover.basis
        start = rollover.first_year if rollover.direct and rollover.first_year is not None else year
        return replace(
            self,
            first_year=earlier(self.first_year, start),
            value=self.value + rollover.amount,
            basis=self.basis + basis,
            conversions=pooled((*self.conversions, *rollover.conversions)),
        )

    def grown(self, gain: float) -> DesignatedRoth:
        """After a gain, or a loss below zero; the basis does not change."""
        if self.value + gain < -DUST:
            raise InputError("is a loss of more than the account is worth", field="gain", found=gain)
        return replace(self, value=max(0.0, self.value + gain))

    def distributed(
        self, payment: Payment, rolled_over: float = 0.0, direct: bool = True
    ) -> tuple[DesignatedRothDistribution, DesignatedRoth]:
        """A distribution, of which a part may be rolled over directly or in 60 days, and what is left.

        The rollover takes the earnings first. Where basis comes out, money of in-plan conversions comes first, and what
        is kept before what is rolled over: the cautious order for the 10% tax, not confirmed in the official text; the
        plan's own is in box 10 of Form 1099-R (Notice 2010-84 Q&A-13). A whole account at a loss that is rolled over
        takes its basis along, in 60 days to a Roth IRA too.

        Law:    IRC 72(e)(8), 402(c)(2); Reg. 1.402A-1 Q&A-3, 5(a), 6(b), 7; 1.408A-10 Q&A-3(b).
        """
        self._require_within(payment, rolled_over)
        qualified = self.is_qualified(payment)
        basis = min(float(ran(basis_recovered, payment.amount, self.basis, self.value)), payment.amount)
        earnings = payment.amount - basis
        rolled_earnings = min(rolled_over, earnings)
        rolled_basis = rolled_over - rolled_earnings
        paid_basis = max(0.0, basis - rolled_basis)
        in_plan, left = drawn(self.conversions, paid_basis)
        along, left = drawn(left, rolled_basis)
        whole = payment.amount > self.value - DUST and rolled_over > 0.0
        beyond = max(0.0, self.basis - self.value) if whole else 0.0  # Reg. 1.408A-10 Q&A-3(b)
        if beyond > 0.0:
            more, left = drawn(left, beyond)
            along = pooled((*along, *more))
        paid_earnings = earnings - rolled_earnings
        income = 0.0 if qualified else paid_earnings
        again = () if qualified else reasons_of("in-plan conversion", in_plan, payment.year)
        tax = additional_tax(((EARNINGS, income), *again), payment, PLAN, 0.0)
        record = DesignatedRothDistribution(
            amount=payment.amount,
            year=payment.year,
            qualified=qualified,
            basis=basis,
            earnings=earnings,
            rollover=RothRollover(rolled_over, rolled_basis + beyond, along, qualified, direct, self.first_year),
            paid=payment.amount - rolled_over,
            paid_basis=paid_basis,
            paid_earnings=paid_earnings,
            in_plan=in_plan,
            income=income,
            recapture=tax.recapture,
            additional_tax=tax,
        )
        value = self.value - payment.amount
        return record, replace(
            self,
            value=value if value > DUST else 0.0,
            basis=max(0.0, self.basis - basis - beyond),
            conversions=left,
        )

    def _require_within(self, payment: Payment, rolled_over: float) -> None:
        if payment.amount > self.value + DUST:
            allowed = f"up to {self.value:,.2f} dollars"
            raise InputError("is more than the account is worth", field="amount", found=payment.amount, allowed=allowed)
        if not 0.0 <= rolled_over <= payment.amount + DUST:
            allowed = f"0 to {payment.amount:,.2f} dollars"
            raise InputError("is not within the distribution", field="rolled_over", found=rolled_over, allowed=allowed)
