"""The Roth IRAs of a person as one account: three layers, their order, and each five-year clock.

Layer 1 is regular contributions, with the basis that came from designated Roth accounts; layer 2 the conversions, year
by year; layer 3 the earnings. Beside them goes the recapture ledger of in-plan conversions that came into layer 1. A
rollover from one Roth IRA to another changes nothing here.

Law:    IRC 408A(d)(1)-(4); Reg. 1.408A-6 Q&A-1 to 9, 1.408A-10 Q&A-3, 4; Notice 2010-84 Q&A-12, 13.
Units:  dollars; calendar years.
Not modeled: excess contributions and what is returned before the due date; recharacterized contributions; the income
        of 2010 conversions spread over two years; inherited Roth IRAs beside one's own.
Tests:  test_the_ledger_equals_a_second_one_on_random_histories, test_official_roth_ira_examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rothwell.errors import InputError
from rothwell.mega_backdoor.roth_money import (
    DUST,
    EARNINGS,
    IRA,
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
    total_of,
)
from rothwell.mega_backdoor.roth_rules import five_years_are_over, is_qualified
from rothwell.tax.ira_basis import form_8606_part_3


@dataclass(frozen=True, slots=True)
class RothRollover:
    """Money on its way out of a designated Roth account.

    `basis` is what the plan's account gives up as basis, with the basis above the account's value where the whole
    account goes; `conversions` the in-plan conversions in it; `first_year` the start of the plan's five years.
    """

    amount: float
    basis: float
    conversions: Layers
    qualified: bool
    direct: bool
    first_year: int | None

    @property
    def income(self) -> float:
        """What of the amount would have been income had it been paid out."""
        return 0.0 if self.qualified else max(0.0, self.amount - self.basis)


@dataclass(frozen=True, slots=True)
class RothIraDistribution:
    """A distribution of Roth IRAs: which layers it came from, what is income, and the 10% tax.

    `qualified` is the part that is a qualified distribution (all, nothing, or what pays for a first home, then also in
    `first_home`);
    `in_plan` is what `from_contributions` used up of the recapture ledger.
    """

    amount: float
    year: int
    qualified: float
    first_home: float
    from_contributions: float
    in_plan: Layers
    from_conversions: Layers
    from_earnings: float
    income: float
    recapture: float
    additional_tax: AdditionalTax


@dataclass(frozen=True, slots=True)
class RothIras:
    """All Roth IRAs of a person.

    first_year      the first tax year for which anything went in, None before; it starts the five years
    value           what they are worth
    contributions   layer 1, not yet withdrawn
    in_plan         the in-plan conversions within layer 1: what their 10% tax follows
    conversions     layer 2, not yet withdrawn
    first_home      paid so far for a first home, of the lifetime limit
    """

    first_year: int | None = None
    value: float = 0.0
    contributions: float = 0.0
    in_plan: Layers = ()
    conversions: Layers = ()
    first_home: float = 0.0

    @property
    def basis(self) -> float:
        """Layers 1 and 2."""
        return self.contributions + total_of(self.conversions)

    @property
    def earnings(self) -> float:
        """Layer 3; 0 when the accounts are worth less than their basis."""
        return max(0.0, self.value - self.basis)

    def five_years_over(self, year: int) -> bool:
        """Whether the five tax years of the Roth IRAs are over in a year."""
        years = float(law_of_distributions(year).roth_five_years.years)
        return bool(ran(five_years_are_over, self.first_year or 0, year, years))

    def contributed(self, amount: float, year: int) -> RothIras:
        """After a regular contribution for a tax year (also one made by the due date in the next year)."""
        require_not_negative(amount)
        if amount == 0.0:
            return self
        started = replace(self, first_year=earlier(self.first_year, year))
        return replace(started, value=self.value + amount, contributions=self.contributions + amount)

    def converted(self, year: int, taxable: float, untaxed: float) -> RothIras:
        """After a conversion of IRA money or a rollover from the non-Roth money of a plan.

        After-tax money rolled over from a plan is `untaxed`, its earnings are `taxable`.

        Law:    IRC 408A(d)(3), (e), 402(c); Notice 2008-30, 2014-54.
        """
        require_not_negative(taxable, untaxed)
        if taxable + untaxed == 0.0:
            return self
        layers = pooled((*self.conversions, ConversionLayer(year, taxable, untaxed)))
        started = replace(self, first_year=earlier(self.first_year, year))
        return replace(started, value=self.value + taxable + untaxed, conversions=layers)

    def received(self, rollover: RothRollover, year: int) -> RothIras:
        """After a rollover from a designated Roth account: its basis is layer 1, its earnings are layer 3.

        A qualified one is layer 1 in full. The plan's years do not come along; in-plan conversions keep theirs.

        Law:    Reg. 1.408A-10 Q&A-3, 4; Notice 2010-84 Q&A-12, 13.
        """
        if rollover.amount + rollover.basis == 0.0:
            return self
        into_first_layer = max(rollover.amount, rollover.basis) if rollover.qualified else rollover.basis
        return replace(
            self,
            first_year=earlier(self.first_year, year),
            value=self.value + rollover.amount,
            contributions=self.contributions + into_first_layer,
            in_plan=pooled((*self.in_plan, *rollover.conversions)),
        )

    def grown(self, gain: float) -> RothIras:
        """After a gain, or a loss below zero; no layer but the earnings changes."""
        if self.value + gain < -DUST:
            raise InputError("is a loss of more than the Roth IRAs are worth", field="gain", found=gain)
        return replace(self, value=max(0.0, self.value + gain))

    def distributed(self, payment: Payment) -> tuple[RothIraDistribution, RothIras]:
        """A distribution and what is left; what went in during the year must be in the ledger first.

        The order is that of the end of the year: a conversion of December comes before earnings paid out in January.
        Money of in-plan conversions comes out before the rest of layer 1, the earliest conversion first, its taxable
        part first. The order among mixed basis is not confirmed in the official text: this one shows the 10% tax early
        rather than late.

        Law:    IRC 408A(d)(2)-(4); Reg. 1.408A-6 Q&A-1, 4, 5, 8, 9; 72(t)(8)(B).
        """
        if payment.amount > self.value + DUST:
            most = f"up to {self.value:,.2f} dollars"
            raise InputError("is more than the Roth IRAs are worth", field="amount", found=payment.amount, allowed=most)
        taken, left = self._drawn(payment.amount)
        qualified, home = self.qualified_part(payment)
        exposed = payment.amount - qualified  # what of the payment the order counts for tax
        law = law_of_distributions(payment.year).early_distribution
        income = float(ran(form_8606_part_3, exposed, 0.0, self.contributions, total_of(self.conversions), law).taxable)
        again = () if qualified == payment.amount else self._recaptured(exposed, payment.year)
        tax = additional_tax(((EARNINGS, income), *again), payment, IRA, home - min(home, qualified))
        record = RothIraDistribution(
            amount=payment.amount,
            year=payment.year,
            qualified=qualified,
            first_home=0.0 if self._all_qualified(payment) else qualified,
            from_contributions=taken.contributions,
            in_plan=taken.in_plan,
            from_conversions=taken.conversions,
            from_earnings=max(0.0, payment.amount - taken.contributions - total_of(taken.conversions)),
            income=income,
            recapture=tax.recapture,
            additional_tax=tax,
        )
        value = self.value - payment.amount
        return record, replace(left, value=value if value > DUST else 0.0, first_home=self.first_home + home)

    def qualified_part(self, payment: Payment) -> tuple[float, float]:
        """What of a payment is qualified, and what of it counts for a first home, 408A(d)(2), (5), 72(t)(8)(B)."""
        law = law_of_distributions(payment.year).early_distribution
        home = min(payment.first_home, payment.amount, max(0.0, float(law.first_home_limit) - self.first_home))
        if self._all_qualified(payment):
            return payment.amount, home
        return (home if self.five_years_over(payment.year) else 0.0), home

    def _all_qualified(self, payment: Payment) -> bool:
        law = law_of_distributions(payment.year).early_distribution
        over = float(self.five_years_over(payment.year))
        return bool(ran(is_qualified, over, payment.age, float(payment.other_ground), law))

    def _recaptured(self, amount: float, year: int) -> tuple[tuple[str, float], ...]:
        """The taxable parts of conversions, in their five years, that a nonqualified amount takes out."""
        taken, _ = self._drawn(amount)
        in_plan = reasons_of("in-plan conversion", taken.in_plan, year)
        return (*in_plan, *reasons_of("conversion", taken.conversions, year))

    def _drawn(self, amount: float) -> tuple[RothIras, RothIras]:
        """The basis that an amount uses up, layer by layer, and the ledger without it."""
        first = min(amount, self.contributions)
        in_plan, in_plan_left = drawn(self.in_plan, first)
        second, second_left = drawn(self.conversions, amount - first)
        taken = RothIras(contributions=first, in_plan=in_plan, conversions=second)
        rest = self.contributions - first
        left = replace(self, contributions=rest, in_plan=in_plan_left, conversions=second_left)
        return taken, left


def distributions_of_year(
    iras: RothIras, payments: Sequence[Payment]
) -> tuple[tuple[RothIraDistribution, ...], RothIras]:
    """The distributions of a year, on a ledger that holds what went in for the whole year.

    They are taken together: basis goes to what is not qualified first, in the order given; what pays for a first home
    and what is qualified in full come after, as Form 8606 has them.

    Law:    IRC 408A(d)(4)(A); Reg. 1.408A-6 Q&A-8, 9.
    Form:   Form 8606 (2025), lines 19 to 23.
    Tests:  test_part_3_of_form_8606_says_what_the_ledger_says.
    """
    records: dict[int, RothIraDistribution] = {}
    later: list[tuple[int, Payment]] = []
    homes = 0.0  # of the payments that come later, against the lifetime limit
    for number, payment in enumerate(payments):
        qualified, home = replace(iras, first_home=iras.first_home + homes).qualified_part(payment)
        homes += home if qualified > 0.0 else 0.0
        payment = replace(payment, first_home=home)
        if 0.0 < qualified < payment.amount:
            later.append((number, replace(payment, amount=qualified)))
            payment = replace(payment, amount=payment.amount - qualified, first_home=0.0)
        elif qualified > 0.0:
            later.append((number, payment))
            continue
        records[number], iras = iras.distributed(payment)
    for number, payment in later:
        record, iras = iras.distributed(payment)
        records[number] = _together(records[number], record) if number in records else record
    return tuple(records[number] for number in range(len(payments))), iras


def _together(first: RothIraDistribution, home: RothIraDistribution) -> RothIraDistribution:
    """One payment out of its part that is not qualified and the part that paid for a first home."""
    return replace(
        first,
        amount=first.amount + home.amount,
        qualified=home.qualified,
        first_home=home.first_home,
        from_contributions=first.from_contributions + home.from_contributions,
        in_plan=pooled((*first.in_plan, *home.in_plan)),
        from_conversions=pooled((*first.from_conversions, *home.from_conversions)),
        from_earnings=first.from_earnings + home.from_earnings,
        income=first.income + home.income,
    )
