"""The alternative minimum tax, and the credit for it in later years."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.law.figures import SEPARATE_APART
from rothwell.provision import provision


class MinimumTaxBase(NamedTuple):
    """What the regular return gives to the minimum tax, in dollars.

    income          adjusted gross income less all deductions, negative where deductions are left over
    taxable         regular taxable income
    preferential    qualified dividends and net capital gain
    exclusions      deductions and exempt interest that the minimum tax does not allow for good, 53(d)(1)(B)(ii)
    deferrals       income that the minimum tax counts earlier, the spread of incentive stock options
    """

    income: float
    taxable: float
    preferential: float
    exclusions: float
    deferrals: float


class MinimumTax(NamedTuple):
    """The minimum tax of a year and the tentative tax that it completes, in dollars."""

    tax: float
    tentative: float


@provision
def minimum_tax(base, regular_tax, status, law):  # type: ignore[no-untyped-def]
    """Alternative minimum tax (Form 6251, line 11).

    Law:    IRC 55(a), (c), 56(b)(1), (3), 57(a)(5).
    Form:   Form 6251 (2025), lines 1 to 11.
    Units:  dollars of the year; `law` the whole law record.
    Not modeled: depreciation, passive losses and other adjustments of Form 6251; foreign tax credit; the higher tax of
            IRC 59(j) on children; sales of stock from incentive options (the other basis).
    Tests:  test_official_minimum_tax_examples, test_constructed_minimum_tax_cases.
    """
    line_1 = base.income  # taxable income before its floor, 55(b)(1)(D)
    line_2a = base.exclusions  # taxes or standard deduction, private activity interest; 56(b)(1), 57(a)(5)
    line_2i = base.deferrals  # incentive stock options, 56(b)(3)
    line_4 = line_1 + line_2a + line_2i  # alternative minimum taxable income, 55(b)(1)(D)
    line_9 = tentative_minimum_tax(line_4, base.preferential, base.taxable, status, law)  # 55(b)(1)
    line_10 = regular_tax  # 55(c)(1)
    line_11 = max(0.0, line_9 - line_10)  # 55(a)
    return MinimumTax(line_11, line_9)


@provision
def minimum_tax_credit_generated(base, minimum_tax_paid, regular_tax, status, law):  # type: ignore[no-untyped-def]
    """What of a year's minimum tax later years may credit: the part that comes of deferrals (Form 8801, line 18).

    Law:    IRC 53(d)(1)(B).
    Form:   Form 8801 (2025), lines 1 to 18, figured from the same year's Form 6251.
    Units:  dollars of the year; `base` a MinimumTaxBase.
    Tests:  test_only_deferrals_make_a_credit.
    """
    line_4 = base.income + base.exclusions  # minimum taxable income of exclusion items alone, 53(d)(1)(B)(i)(II)
    line_12 = tentative_minimum_tax(line_4, base.preferential, base.taxable, status, law)  # 53(d)(1)(B)(i)(II)
    line_14 = max(0.0, line_12 - regular_tax)  # net minimum tax on exclusion items
    line_18 = max(0.0, minimum_tax_paid - line_14)  # 53(d)(1)(B)(i)
    return line_18


@provision
def minimum_tax_credit(carried, tax, tentative):  # type: ignore[no-untyped-def]
    """The credit for minimum tax of earlier years that a year can use (Form 8801, line 25).

    Law:    IRC 53(a) to (c).
    Form:   Form 8801 (2025), lines 21 to 25.
    Units:  dollars of the year; `tax` the regular tax less the other nonrefundable credits.
    Tests:  test_minimum_tax_credit_goes_down_to_the_tentative_tax.
    """
    line_21 = carried  # 53(b)
    line_24 = max(0.0, tax - tentative)  # 53(c)
    line_25 = min(line_21, line_24)  # 53(a), (c)
    return line_25


@provision
def tentative_minimum_tax(amti, preferential_income, taxable_income, status, law):  # type: ignore[no-untyped-def]
    """Tentative minimum tax (Form 6251, lines 4 to 9 and Part III), preferential rates kept.

    Law:    IRC 55(b)(1), (b)(3), (d)(1), (2).
    Form:   Form 6251 (2025), Parts II and III.
    Units:  dollars of the year; `law` is the whole law record, for the preferential rates and brackets;
            `preferential_income` is not limited by taxable income, IRC 55(b)(3)(A).
    Not modeled: foreign tax credit; unrecaptured section 1250 gain and collectibles.
    Tests:  test_exemption_at_600_000, test_exemption_is_gone_at_the_top, test_minimum_tax_bounds.
    """
    section = law.alternative_minimum
    line_4 = amti  # alternative minimum taxable income, 55(b)(1)(D)
    if status >= SEPARATE_APART:
        line_4 += _addition_of_separate_returns(amti, status, section)  # 55(d)(2), last sentence
    over = max(0.0, line_4 - section.phase_out_start[status])  # 55(d)(2)
    line_5 = max(0.0, section.exemption[status] - section.phase_out_rate * over)  # exemption, 55(d)(1), (2)
    line_6 = max(0.0, line_4 - line_5)  # taxable excess, 55(b)(1)(B)
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
    line_28 = line_20 + line_21  # where the middle rate begins, 1(h)(1)(C)
    line_29 = max(0.0, law.capital_gains.fifteen_rate_top[status] - line_28)  # 1(h)(1)(C)
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
    exemption = section.exemption[status]  # 55(d)(1)(C)
    exempt_to = section.phase_out_start[status] + exemption / section.phase_out_rate  # where no exemption is left
    addition = min(exemption, section.phase_out_rate * max(0.0, amti - exempt_to))  # 55(d)(2)
    return addition
