"""The net investment income tax."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def net_investment_income_tax(net_investment_income, magi_niit, status, law):  # type: ignore[no-untyped-def]
    """The 3.8% tax on net investment income (Form 8960).

    Law:    IRC 1411(a)(1), (b), (c), (d).
    Form:   Form 8960 (2025), lines 12 to 17.
    Units:  dollars of the year; plan and IRA distributions and conversions are no investment income, 1411(c)(5).
    Not modeled: deductions allocable to investment income, IRC 911 add-back, estates and trusts.
    Tests:  test_official_net_investment_examples.
    """
    line_12 = max(0.0, net_investment_income)  # 1411(c)
    line_15 = max(0.0, magi_niit - law.threshold[status])  # 1411(b)
    line_16 = min(line_12, line_15)  # 1411(a)(1)
    line_17 = law.rate * line_16  # 1411(a)(1)
    return line_17
