"""The income tax of a trust that keeps what it gets."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.rate_schedule import tax_by_brackets


@provision
def trust_tax(ordinary, gain, law):  # type: ignore[no-untyped-def]
    """Income tax of a trust that distributes nothing in the year.

    Law:    IRC 1(e), (h), (j)(2)(E), (j)(5)(B), 641(b), 642(b)(2)(A)(ii), 1411(a)(2).
    Form:   Form 1041 (2025), Schedule G, lines 1a and 5; Form 8960, Part III.
    Units:  dollars of the year; `ordinary` income after deductions but the exemption, distributions of plans and IRAs
            alone: net investment income is the long-term `gain`, 1411(c)(5); `law` the whole law of the year.
    Not modeled: minimum tax, distributions to the beneficiary, qualified disability trusts (642(b)(2)(C)), state tax.
    Tests:  test_a_trust_pays_by_its_own_brackets.
    """
    section = law.trust_income
    taxable = max(0.0, ordinary + gain - section.exemption)  # 642(b)(2)(A)(ii)
    preferential = min(gain, taxable)  # 1(h)(1)
    at_rates = taxable - preferential  # 1(h)(1)(A)
    tax = tax_by_brackets(at_rates, section.bracket_top, law.rate_schedule.rate)  # 1(e)
    to_zero = min(taxable, section.gains_top[0])  # 1(h)(1)(B)
    to_middle = min(taxable, section.gains_top[1])  # 1(h)(1)(C)
    at_zero = max(0.0, to_zero - at_rates)
    at_middle = max(0.0, to_middle - max(at_rates, to_zero))
    at_top = preferential - at_zero - at_middle  # 1(h)(1)(D)
    rate = law.capital_gains.rate
    tax += rate[0] * at_zero + rate[1] * at_middle + rate[2] * at_top
    over = max(0.0, taxable - section.bracket_top[section.bracket_top.size - 1])  # AGI of 67(e)(2), 1411(a)(2)(B)(ii)
    return tax + law.net_investment_income.rate * min(gain, over)
