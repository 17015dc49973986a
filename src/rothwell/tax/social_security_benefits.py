"""How much of Social Security benefits is income."""

from __future__ import annotations

from rothwell.provision import provision


@provision
def taxable_benefits(benefits, other_income, exempt_interest, adjustments, status, law):  # type: ignore[no-untyped-def]
    """Taxable Social Security benefits (Form 1040, line 6b).

    Law:    IRC 86(a)-(c).
    Form:   Social Security Benefits Worksheet, Form 1040 instructions (2025).
    Units:  dollars of the year.
    Not modeled: lump-sum election, IRC 86(e); repayments above benefits.
    Tests:  test_official_benefits_examples, test_benefits_never_taxed_above_85_percent.
    """
    line_1 = benefits  # Forms SSA-1099, box 5; 86(d)(1)
    line_2 = law.half * line_1  # 86(b)(1)(A)(ii)
    line_5 = line_2 + other_income + exempt_interest  # with lines 3 and 4; 86(b)(1)(A), (b)(2)
    line_7 = max(0.0, line_5 - adjustments)  # provisional income, 86(b)(2)
    line_9 = max(0.0, line_7 - law.base_amount[status])  # 86(c)(1)
    line_11 = max(0.0, line_9 - law.second_tier[status])  # 86(c)(2) less 86(c)(1)
    line_12 = min(line_9, law.second_tier[status])  # 86(c)(2) less 86(c)(1)
    line_13 = law.half * line_12  # 86(a)(1)(B)
    line_14 = min(line_2, line_13)  # 86(a)(1)
    line_15 = law.top_share * line_11  # 86(a)(2)(A)(i)
    line_16 = line_14 + line_15  # 86(a)(2)(A)
    line_17 = law.top_share * line_1  # 86(a)(2)(B)
    line_18 = min(line_16, line_17)  # 86(a)
    return line_18
