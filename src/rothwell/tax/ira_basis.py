"""The basis of traditional and Roth IRAs, and gifts made out of IRAs."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.provision import provision


class TraditionalIra(NamedTuple):
    """Parts I and II of Form 8606 of one person, in dollars.

    taxable_withdrawals     line 15c
    taxable_conversion      line 18
    nontaxable              line 13
    basis_carried           line 14
    """

    taxable_withdrawals: float
    taxable_conversion: float
    nontaxable: float
    basis_carried: float


class RothDistribution(NamedTuple):
    """Part III of Form 8606 of one person, in dollars.

    taxable                 line 25c
    from_contributions      of the distribution, out of regular contributions
    from_conversions        of the distribution, out of conversions
    """

    taxable: float
    from_contributions: float
    from_conversions: float


@provision
def form_8606_part_1(nondeductible, basis, year_end_value, withdrawals, conversions):  # type: ignore[no-untyped-def]
    """What of a year's distributions and conversions of traditional IRAs is taxable (Form 8606, Parts I and II).

    Law:    IRC 408(d)(1), (2), 72(e)(8).
    Form:   Form 8606 (2025), lines 1 to 18.
    Units:  dollars of the year; all traditional, SEP and SIMPLE IRAs of one person together; `nondeductible` made
            during the year; line 10 is not rounded.
    Not modeled: contributions made after the year's end (line 4); disaster distributions (line 15b).
    Tests:  test_official_form_8606_examples, test_basis_is_conserved.
    """
    line_5 = nondeductible + basis  # lines 1 and 2; 408(d)(2), 408(o)
    line_7 = withdrawals  # distributions, not conversions; 408(d)(2)(B)
    line_8 = conversions  # 408A(d)(3)(C)
    line_9 = year_end_value + line_7 + line_8  # 408(d)(2)(C)
    share = line_5 / line_9 if line_9 > 0.0 else 0.0  # 72(e)(8)(B)
    line_10 = min(1.0, share)  # 72(e)(8)(B)
    line_11 = line_8 * line_10  # nontaxable part of conversions
    line_12 = line_7 * line_10  # nontaxable part of distributions
    line_13 = line_11 + line_12  # nontaxable in all
    line_14 = line_5 - line_13  # basis of later years
    line_15 = line_7 - line_12  # taxable distributions, 408(d)(1)
    line_18 = line_8 - line_11  # taxable conversions, 408A(d)(3)(A)(i)
    return TraditionalIra(line_15, line_18, line_13, line_14)


@provision
def form_8606_part_3(distributions, first_home, contributions, conversions, law):  # type: ignore[no-untyped-def]
    """What of nonqualified distributions of Roth IRAs is taxable (Form 8606, Part III).

    Law:    IRC 408A(d)(1), (4); 72(t)(8)(B) for the first home.
    Form:   Form 8606 (2025), lines 19 to 25c.
    Units:  dollars; all Roth IRAs of one person as one; `contributions` basis in regular contributions (line 22),
            `conversions` basis in conversions and rollovers (line 24), neither yet withdrawn; `law` the section of
            early distributions.
    Not modeled: disaster distributions (line 25b); the recapture of IRC 408A(d)(3)(F), which Form 5329 has.
    Tests:  test_roth_distributions_come_in_their_order.
    """
    line_19 = distributions  # nonqualified, 408A(d)(2)
    line_20 = min(first_home, law.first_home_limit)  # 72(t)(8)(B)
    line_21 = max(0.0, line_19 - line_20)  # 408A(d)(2)(A)(iv)
    line_22 = contributions  # regular contributions first, 408A(d)(4)(B)(ii)(I)
    line_23 = max(0.0, line_21 - line_22)  # beyond them
    line_24 = conversions  # then conversions, 408A(d)(4)(B)(ii)(II)
    line_25 = max(0.0, line_23 - line_24)  # earnings, 408A(d)(4)(B)
    from_contributions = line_21 - line_23  # 408A(d)(4)(B)(ii)(I)
    from_conversions = line_23 - line_25  # 408A(d)(4)(B)(ii)(II)
    return RothDistribution(line_25, from_contributions, from_conversions)


@provision
def excluded_gift(gift, age, law):  # type: ignore[no-untyped-def]
    """What of a gift out of an IRA to charity is left out of income (a qualified charitable distribution).

    Law:    IRC 408(d)(8).
    Form:   Form 1040 instructions (2025), line 4b.
    Units:  dollars of the year, of one person; `age` at the end of the year: who is 70 by then may have been 70 1/2
            on the day, and is taken to have been; `law` the section.
    Not modeled: deductible contributions after 70 1/2, which reduce it; split-interest gifts; basis, which a gift
            leaves in the IRA.
    Tests:  test_gifts_out_of_an_ira.
    """
    old = 1.0 if age + 1.0 > law.age else 0.0  # attained on the day, 408(d)(8)(B)(ii)
    excluded = old * min(gift, law.limit)  # 408(d)(8)(A), (F)
    return excluded
