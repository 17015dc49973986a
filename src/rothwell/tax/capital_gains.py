"""Capital gains and losses, qualified dividends and their preferential rates."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision
from rothwell.tax.rate_schedule import tax_by_rate_schedule, tax_by_tax_table


class LossCarried(NamedTuple):
    """Capital losses that go to the next year, as positive dollars."""

    short_term: float
    long_term: float


@provision
def capital_gain_or_loss(short_term_gain, long_term_gain, status, law):  # type: ignore[no-untyped-def]
    """Capital gain or (allowed) loss that enters income (Form 1040, line 7a).

    Law:    IRC 1211(b), 1222.
    Form:   Schedule D (2025), lines 7, 15, 16 and 21.
    Units:  dollars of the year.
    Not modeled: 28% and unrecaptured section 1250 gain.
    Tests:  test_loss_is_limited.
    """
    line_16 = short_term_gain + long_term_gain  # lines 7 and 15, 1222
    line_21 = max(line_16, -law.loss_limit[status])  # gain, or loss up to the limit, 1211(b)(1)
    return line_21


@provision
def net_capital_gain(short_term_gain, long_term_gain):  # type: ignore[no-untyped-def]
    """Long-term gain that is left after short-term losses.

    Law:    IRC 1222(11), 1(h)(11).
    Form:   Schedule D (2025), lines 15 to 17; Qualified Dividends and Capital Gain Tax Worksheet, line 3.
    Units:  dollars of the year, never below zero.
    Tests:  test_short_term_losses_eat_long_term_gains.
    """
    line_16 = short_term_gain + long_term_gain  # lines 7 and 15
    line_17 = max(0.0, min(long_term_gain, line_16))  # the smaller of lines 15 and 16, 1222(11)
    return line_17


@provision
def capital_loss_carried(short_term_gain, long_term_gain, income_less_deductions, status, law):  # type: ignore[no-untyped-def]
    """Capital losses carried to the next year; a loss that taxable income cannot absorb is not used up.

    Law:    IRC 1212(b)(1), (2).
    Form:   Capital Loss Carryover Worksheet, Schedule D instructions (2025).
    Units:  dollars of the year; gains after carry-overs from earlier years; `income_less_deductions` is taxable income
            without its floor at zero.
    Tests:  test_official_capital_loss_carryover_examples, test_every_dollar_of_loss_is_used_or_carried.
    """
    line_16 = short_term_gain + long_term_gain  # Schedule D, line 16
    line_1 = income_less_deductions  # negative where deductions are left over
    line_2 = min(law.loss_limit[status], max(0.0, -line_16))  # Schedule D, line 21, as a positive number
    line_3 = max(0.0, line_1 + line_2)  # adjusted taxable income, 1212(b)(2)(B)
    line_4 = min(line_2, line_3)  # the loss that is used, 1212(b)(2)(A)
    line_5 = max(0.0, -short_term_gain)  # Schedule D, line 7, as a positive number
    line_6 = max(0.0, long_term_gain)  # Schedule D, line 15, if a gain
    line_8 = max(0.0, line_5 - line_4 - line_6)  # short-term, 1212(b)(1)(A)
    line_9 = max(0.0, -long_term_gain)  # Schedule D, line 15, as a positive number
    line_10 = max(0.0, short_term_gain)  # Schedule D, line 7, if a gain
    line_11 = max(0.0, line_4 - line_5)  # what short-term losses left of the used loss
    line_13 = max(0.0, line_9 - line_10 - line_11)  # long-term, 1212(b)(1)(B)
    return LossCarried(line_8, line_13)


@provision
def tax_with_preferential_rates(taxable_income, preferential_income, by_table, status, law):  # type: ignore[no-untyped-def]
    """Tax where part of taxable income is qualified dividends or net capital gain (Form 1040, line 16).

    Law:    IRC 1(h), (j)(5).
    Form:   Qualified Dividends and Capital Gain Tax Worksheet, Form 1040 instructions (2025).
    Units:  dollars of the year, unrounded; `by_table` 1 for lines 22 and 24 by the Tax Table, 0 by the schedules;
            `law` the whole law record.
    Not modeled: unrecaptured section 1250 gain, collectibles, Form 4952.
    Tests:  test_official_form_1040_examples, test_all_income_ordinary_is_the_schedule.
    """
    gains = law.capital_gains
    line_1 = taxable_income  # Form 1040, line 15
    line_4 = preferential_income  # lines 2 and 3, 1(h)(3), (11)
    line_5 = max(0.0, line_1 - line_4)  # ordinary part, 1(h)(1)(A)
    line_6 = gains.zero_rate_top[status]  # end of the zero rate, 1(h)(1)(B)(i)
    line_7 = min(line_1, line_6)  # 1(h)(1)(B)(i)
    line_8 = min(line_5, line_7)  # 1(h)(1)(B)(ii)
    line_9 = line_7 - line_8  # taxed at the zero rate, 1(h)(1)(B)
    zero_rate_tax = gains.rate[0] * line_9  # nothing under the law of today
    line_10 = min(line_1, line_4)  # what the preferential rates are for
    line_12 = line_10 - line_9  # taxed above the zero rate
    line_13 = gains.fifteen_rate_top[status]  # end of the middle rate, 1(h)(1)(C)(ii)(I)
    line_14 = min(line_1, line_13)  # 1(h)(1)(C)(ii)
    line_15 = line_5 + line_9  # 1(h)(1)(C)(ii)(II)
    line_16 = max(0.0, line_14 - line_15)  # room at the middle rate
    line_17 = min(line_12, line_16)  # taxed at the middle rate, 1(h)(1)(C)
    line_18 = gains.rate[1] * line_17  # 1(h)(1)(C)
    line_20 = line_10 - line_9 - line_17  # taxed at the highest rate
    line_21 = gains.rate[2] * line_20  # 1(h)(1)(D)
    line_22 = _ordinary_tax(line_5, by_table, status, law)  # 1(h)(1)(A)
    line_23 = zero_rate_tax + line_18 + line_21 + line_22  # 1(h)(1)
    line_24 = _ordinary_tax(line_1, by_table, status, law)  # all at the ordinary rates, 1(j)(2)
    line_25 = min(line_23, line_24)  # 1(h)(1), "shall not exceed"
    return line_25


@provision
def _ordinary_tax(income, by_table, status, law):  # type: ignore[no-untyped-def]
    """Tax at the ordinary rates, by the rate schedules or by the Tax Table.

    Law:    IRC 1(j)(2), 3.
    """
    tax = tax_by_rate_schedule(income, status, law.rate_schedule)  # 1(j)(2)
    if by_table:
        tax = tax_by_tax_table(income, status, law.rate_schedule, law.tax_table)  # 3(a)
    return tax
