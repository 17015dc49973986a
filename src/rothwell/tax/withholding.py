"""What must be paid during the year, and what employers withhold from vests and bonuses."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class RequiredPayment(NamedTuple):
    """Form 2210, Part I: what must be paid during the year so that no penalty is due, in dollars.

    of_this_year    a share of this year's tax, line 5
    of_last_year    a share of last year's tax, line 8
    required        the smaller of the two, line 9; 0 where no penalty can be due
    """

    of_this_year: float
    of_last_year: float
    required: float


@provision
def supplemental_withholding(wages, before, law):  # type: ignore[no-untyped-def]
    """Income tax withheld from supplemental wages (a bonus, a vest) at the flat rates.

    Law:    IRC 3402(a); Reg. 31.3402(g)-1(a)(2), (6), (7).
    Units:  dollars; `before` supplemental wages of the same year from the same employer; `law` the section.
    Not modeled: the aggregate method, by which an employer may withhold from wages up to a million instead.
    Tests:  test_supplemental_withholding_by_hand.
    """
    room = max(0.0, law.supplemental_threshold - before)  # Reg. 31.3402(g)-1(a)(2)
    below = min(wages, room)  # Reg. 31.3402(g)-1(a)(7)
    above = wages - below  # Reg. 31.3402(g)-1(a)(2)
    tax = law.supplemental_rate * below + law.supplemental_rate_over_one_million * above  # both flat rates
    return tax


@provision
def required_annual_payment(tax, withheld, prior_tax, prior_agi, status, law):  # type: ignore[no-untyped-def]
    """What must be paid during the year, by withholding and estimates, so that no penalty is due (Form 2210, Part I).

    Law:    IRC 6654(d)(1)(B), (C), (e)(1), (2).
    Form:   Form 2210 (2025), lines 4 to 9.
    Units:  dollars; taxes less refundable credits; `withheld` in the whole year; `law` the section.
    Not modeled: a preceding year of less than 12 months or without a return; farmers and fishermen; annualized income
            (Schedule AI); nonresidents; the statutory exceptions for casualty and retirement, 6654(e)(3).
    Tests:  test_official_required_annual_payments, test_payments_by_hand.
    """
    line_4 = tax  # current year tax, 6654(f)
    line_5 = law.current_year_share * line_4  # 6654(d)(1)(B)(i)
    line_6 = withheld  # 31
    line_7 = line_4 - line_6  # 6654(e)(1)
    high = prior_agi > law.high_income_start[status]  # 6654(d)(1)(C)
    share = law.prior_year_share_high_income if high else law.prior_year_share  # 6654(d)(1)(B)(ii), (C)
    line_8 = share * prior_tax  # 6654(d)(1)(B)(ii)
    line_9 = max(0.0, min(line_5, line_8))  # 6654(d)(1)(B)
    none = line_7 < law.small_amount or prior_tax <= 0.0  # 6654(e)(1), (2)
    required = 0.0 if none else line_9
    return RequiredPayment(line_5, line_8, required)
