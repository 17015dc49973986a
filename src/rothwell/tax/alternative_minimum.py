"""The alternative minimum tax of a return that takes the standard deduction."""

from __future__ import annotations

from rothwell.law.figures import SEPARATE_APART
from rothwell.provision import provision


@provision
def alternative_minimum_tax(amti, regular_tax, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Alternative minimum tax (Form 6251, line 11).

    Law:    IRC 55(a), (c).
    Form:   Form 6251 (2025), lines 4 to 11.
    Units:  dollars of the year; `amti` is adjusted gross income where nothing is itemized: neither the standard
            deduction nor a deduction of section 151 (the senior deduction) is allowed, IRC 56(b)(1)(D).
    Not modeled: itemized deductions, incentive stock options and other preferences, foreign tax credit.
    Tests:  test_minimum_tax_bounds.
    """
    section = law.alternative_minimum
    line_4 = amti + _addition_of_separate_returns(amti, status, section)  # 55(d)(2), last sentence
    line_9 = tentative_minimum_tax(line_4, preferential_income, taxable_income, status, law)  # 55(b)
    line_10 = regular_tax  # 55(c)(1)
    line_11 = max(0.0, line_9 - line_10)  # 55(a)
    return line_11


@provision
def tentative_minimum_tax(amti, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tentative minimum tax (Form 6251, lines 5 to 9 and Part III), preferential rates kept.

    Law:    IRC 55(b)(1), (b)(3), (d)(1), (2).
    Form:   Form 6251 (2025), Parts II and III.
    Units:  dollars of the year; `law` is the whole law record, for the preferential rates and brackets;
            `preferential_income` is not limited by taxable income, IRC 55(b)(3)(A).
    Not modeled: preference items other than the standard deduction; foreign tax credit; the credit of IRC 53.
    Tests:  test_exemption_at_600_000, test_exemption_is_gone_at_the_top, test_minimum_tax_bounds.
    """
    section = law.alternative_minimum
    over = max(0.0, amti - section.phase_out_start[status])  # 55(d)(2)
    line_5 = max(0.0, section.exemption[status] - section.phase_out_rate * over)  # exemption, 55(d)(1), (2)
    line_6 = max(0.0, amti - line_5)  # taxable excess, 55(b)(1)(B)
    line_16 = min(preferential_income, line_6)  # Part III, lines 13 to 16; 55(b)(3)(A)
    line_17 = line_6 - line_16  # taxed at the minimum-tax rates
    line_18 = _two_rates(line_17, status, section)  # 55(b)(3)(A)
    gains_tax = _gains_part(line_16, preferential_income, taxable_income, status, law)  # lines 31 and 34
    line_38 = line_18 + gains_tax  # 55(b)(3)
    line_39 = _two_rates(line_6, status, section)  # 55(b)(1)(A)
    line_40 = min(line_38, line_39)  # 55(b)(3); it is line 7, and line 9 without a foreign tax credit
    return line_40


@provision
def _two_rates(base, status, section):  # type: ignore[no-untyped-def]
    """The two rates of the minimum tax (Form 6251, lines 18 and 39).

    Law:    IRC 55(b)(1)(A), (C).
    """
    at_lower_rate = min(base, section.upper_rate_start[status])  # 55(b)(1)(A)(i)
    at_upper_rate = base - at_lower_rate  # 55(b)(1)(A)(ii)
    tax = section.rate[0] * at_lower_rate + section.rate[1] * at_upper_rate  # 55(b)(1)(A)
    return tax


@provision
def _gains_part(gains_in_base, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tax at the preferential rates on the gains in the minimum-tax base (Form 6251, lines 19 to 34).

    Law:    IRC 55(b)(3)(B)-(D).
    Form:   Form 6251 (2025), Part III.
    """
    line_22 = gains_in_base  # the smaller of lines 12 and 13
    line_20 = max(0.0, taxable_income - preferential_income)  # ordinary part of regular taxable income
    line_21 = max(0.0, law.capital_gains.zero_rate_top[status] - line_20)  # left of the zero rate, 1(h)(1)(B)
    line_23 = min(line_22, line_21)  # at the zero rate, 55(b)(3)(B)
    line_24 = line_22 - line_23  # above the zero rate
    line_29 = max(0.0, law.capital_gains.fifteen_rate_top[status] - line_20 - line_21)  # 1(h)(1)(C)
    line_30 = min(line_24, line_29)  # 55(b)(3)(C)
    line_33 = line_24 - line_30  # 55(b)(3)(D)
    rate = law.capital_gains.rate
    tax = rate[0] * line_23 + rate[1] * line_30 + rate[2] * line_33  # lines 31 and 34
    return tax


@provision
def _addition_of_separate_returns(amti, status, section):  # type: ignore[no-untyped-def]
    """What a married person's separate return adds to minimum taxable income (Form 6251, line 4).

    Law:    IRC 55(d)(2), last sentence, with the rate of 55(d)(4)(A)(ii).
    Form:   Form 6251 instructions (2025), line 4.
    """
    exemption = section.exemption[status] if status >= SEPARATE_APART else 0.0  # 55(d)(1)(C)
    exempt_to = section.phase_out_start[status] + exemption / section.phase_out_rate  # where no exemption is left
    addition = min(exemption, section.phase_out_rate * max(0.0, amti - exempt_to))  # 55(d)(2)
    return addition
