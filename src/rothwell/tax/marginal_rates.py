"""What the next dollar costs: exact marginal rates, and how far the next cliff is."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.slopes import along, slopes_of, without_slopes
from rothwell.tax.federal import best_return

NONE = (0.0, 0.0, 0.0, 0.0)


class MarginalRates(NamedTuple):
    """What one more dollar adds to the total tax, benefits that become taxable and credits that are lost included.

    wages        of the filer, Form W-2, boxes 1 and 5 (payroll taxes other than the additional Medicare tax apart)
    ordinary     taxable interest
    gains        long-term gain
    conversion   a conversion, or another taxable distribution, of an IRA
    """

    wages: float
    ordinary: float
    gains: float
    conversion: float


class OneMoreDollar(NamedTuple):
    """By how much each amount moves in each direction of MarginalRates."""

    wages1: tuple[float, float, float, float]
    medicare_wages1: tuple[float, float, float, float]
    taxable_interest: tuple[float, float, float, float]
    lt_gain: tuple[float, float, float, float]
    ira_distributions: tuple[float, float, float, float]


ONE_MORE_DOLLAR = OneMoreDollar(
    wages1=(1.0, 0.0, 0.0, 0.0),
    medicare_wages1=(1.0, 0.0, 0.0, 0.0),
    taxable_interest=(0.0, 1.0, 0.0, 0.0),
    lt_gain=(0.0, 0.0, 1.0, 0.0),
    ira_distributions=(0.0, 0.0, 0.0, 1.0),
)


@provision
def tax_and_marginal_rates(facts, parts, status, law):  # type: ignore[no-untyped-def]
    """The return and its exact marginal rates (Form 1040), from the same provisions.

    At a kink the rate is the one of the next dollar. A cliff (a step of a credit, the end of the premium tax credit)
    has no rate: see `next_cliff`.

    Law:    that of `best_return`.
    Units:  `facts` a named tuple Facts; rates in dollars of tax for a dollar.
    Tests:  test_marginal_rates_are_finite_differences, test_the_rate_at_a_kink_is_that_of_the_next_dollar.
    """
    form = best_return(along(facts, ONE_MORE_DOLLAR), parts, status, law)
    slopes = slopes_of(form.total_tax)
    return without_slopes(form), MarginalRates(slopes[0], slopes[1], slopes[2], slopes[3])
