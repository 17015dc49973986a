"""Payroll taxes: Social Security and Medicare of employees and the self-employed, additional Medicare tax."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def employee_payroll_tax(wages, oasdi, medicare):  # type: ignore[no-untyped-def]
    """The employee's Social Security and Medicare tax on the wages of one job (Form W-2, boxes 4 and 6).

    Law:    IRC 3101(a), (b)(1), 3121(a)(1).
    Form:   Form W-2.
    Units:  dollars of the year; deferrals (pre-tax or Roth) and after-tax contributions are wages here, 3121(v)(1).
    Not modeled: more than one employer above the wage base (the excess is a credit); the additional Medicare tax
            stands below.
    Tests:  test_payroll_tax_around_the_wage_base.
    """
    box_4 = oasdi.rate * min(wages, oasdi.wage_base)  # 3121(a)(1)
    box_6 = medicare.rate * wages  # 3101(b)(1)
    both = box_4 + box_6  # 3101(a), (b)(1)
    return both


@provision
def self_employment_tax(net_profit, wages, oasdi, law):  # type: ignore[no-untyped-def]
    """Self-employment tax of one person (Schedule SE).

    Law:    IRC 1401(a), (b)(1), 1402(a)(12), 1402(b).
    Form:   Schedule SE (Form 1040) (2025), Part I.
    Units:  dollars of the year; `wages` are the same person's Social Security wages.
    Not modeled: church employees, optional methods, farm income apart.
    Tests:  test_self_employment_examples.
    """
    line_4a = max(0.0, net_profit) * law.net_earnings_share  # 1402(a)(12)
    line_6 = line_4a if line_4a >= law.floor else 0.0  # 1402(b)(2)
    line_9 = max(0.0, oasdi.wage_base - wages)  # 1402(b)(1)
    line_10 = law.oasdi_rate * min(line_6, line_9)  # 1401(a)
    line_11 = law.medicare_rate * line_6  # 1401(b)(1)
    line_12 = line_10 + line_11  # 1401(a), (b)(1)
    return line_12


@provision
def self_employment_earnings(net_profit, law):  # type: ignore[no-untyped-def]
    """Net earnings from self-employment that count for the taxes on them (Schedule SE, line 6).

    Law:    IRC 1402(a)(12), (b)(2).
    Form:   Schedule SE (Form 1040) (2025), line 6.
    Units:  dollars of the year.
    Tests:  test_self_employment_examples.
    """
    line_4a = max(0.0, net_profit) * law.net_earnings_share  # 1402(a)(12)
    line_6 = line_4a if line_4a >= law.floor else 0.0  # 1402(b)(2)
    return line_6


@provision
def additional_medicare_tax(wages, self_employment_earnings_of_both, status, law):  # type: ignore[no-untyped-def]
    """The 0.9% additional Medicare tax on wages and self-employment earnings (Form 8959).

    Law:    IRC 3101(b)(2), 1401(b)(2).
    Form:   Form 8959 (2025), Parts I and II.
    Units:  dollars of the year; wages of both spouses on a joint return.
    Not modeled: railroad retirement compensation.
    Tests:  test_official_form_1040_examples, test_wages_use_up_the_threshold_first.
    """
    line_6 = max(0.0, wages - law.threshold[status])  # 3101(b)(2)
    line_7 = law.rate * line_6  # 3101(b)(2)
    line_11 = max(0.0, law.threshold[status] - wages)  # what wages leave of the threshold, 1401(b)(2)(B)
    line_12 = max(0.0, self_employment_earnings_of_both - line_11)  # 1401(b)(2)(A)
    line_13 = law.rate * line_12  # 1401(b)(2)(A)
    line_18 = line_7 + line_13  # 3101(b)(2), 1401(b)(2)
    return line_18
