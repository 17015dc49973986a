"""The alternative minimum tax of a return that takes the standard deduction."""

from __future__ import annotations

from rothwell.provision import provision
from rothwell.tax.capital_gains import tax_with_preferential_rates


@provision
def tentative_minimum_tax(amti, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tentative minimum tax (Form 6251, line 9), preferential rates kept.

    Law:    IRC 55(b)(1), (b)(3), (d)(1)-(4).
    Form:   Form 6251 (2025), Parts II and III.
    Units:  dollars of the year; `law` is the whole law record, for the preferential rates and brackets.
    Not modeled: preference items other than the standard deduction; foreign tax credit; the credit of IRC 53.
    Tests:  test_exemption_at_600_000, test_exemption_gone, test_minimum_tax_bounds.
    """
    section = law.alternative_minimum
    over = max(0.0, amti - section.phase_out_start[status])
    line_5 = max(0.0, section.exemption[status] - section.phase_out_rate * over)  # 55(d)(1), (2)
    line_6 = max(0.0, amti - line_5)
    line_7_all = _two_rates(line_6, status, section)  # 55(b)(1)(A)
    line_13 = min(preferential_income, line_6)  # Part III
    line_17 = line_6 - line_13
    line_18 = _two_rates(line_17, status, section)
    line_38 = line_18 + _gains_part(line_13, preferential_income, taxable_income, status, law)  # 55(b)(3)
    return min(line_7_all, line_38)


@provision
def _two_rates(base, status, section):  # type: ignore[no-untyped-def]
    """26 percent, and 28 percent above the breakpoint, IRC 55(b)(1)(A)."""
    step = section.rate[1] - section.rate[0]
    return section.rate[0] * base + step * max(0.0, base - section.upper_rate_start[status])


@provision
def _gains_part(gains_in_base, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tax at the preferential rates on the gains in the minimum-tax base, IRC 55(b)(3)(B)-(D) (lines 19 to 37)."""
    line_20 = max(0.0, taxable_income - preferential_income)  # ordinary part of regular taxable income
    line_21 = max(0.0, law.capital_gains.zero_rate_top[status] - line_20)
    line_23 = min(gains_in_base, line_21)  # zero rate
    line_24 = gains_in_base - line_23
    line_29 = max(0.0, law.capital_gains.fifteen_rate_top[status] - line_20 - line_21)
    line_30 = min(line_24, line_29)
    line_33 = line_24 - line_30
    rate = law.capital_gains.rate
    return rate[0] * line_23 + rate[1] * line_30 + rate[2] * line_33


@provision
def alternative_minimum_tax(amti, regular_tax, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Alternative minimum tax (Form 6251, line 11).

    Law:    IRC 55(a), (c).
    Form:   Form 6251 (2025), lines 4 to 11.
    Units:  dollars of the year; `amti` is adjusted gross income where nothing is itemized: neither the standard
            deduction nor a deduction of section 151 is allowed, IRC 56(b)(1)(D).
    Not modeled: itemized deductions, incentive stock options and other preferences, foreign tax credit.
    Tests:  test_minimum_tax_bounds.
    """
    line_4 = max(0.0, amti)
    line_9 = tentative_minimum_tax(line_4, preferential_income, taxable_income, status, law)
    line_10 = regular_tax
    return max(0.0, line_9 - line_10)
