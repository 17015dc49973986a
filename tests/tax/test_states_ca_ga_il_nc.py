"""What California, Georgia, Illinois and North Carolina make of the next dollars, by their statutes, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tax.one_return import result

EDGES = [  # state, year, two returns, and by how much the tax of the first is more
    # Cal. Rev. & Tax. Code 17041, 17501: a conversion is income at any age, 9.3% from 72,724 to 371,479
    ("CA", 2025, "wages1=100000;ira_distributions=10000;ira_converted1=10000", "wages1=100000", 930.0),
    ("CA", 2025, "age1=66;wages1=100000;pension=10000;plan_converted1=10000", "age1=66;wages1=100000", 930.0),
    # 17087: Social Security benefits are not taxed
    ("CA", 2025, "age1=66;wages1=100000;ss1=30000", "age1=66;wages1=100000", 0.0),
    # O.C.G.A. 48-7-27(a)(5): at 50 a conversion is taxed at 5.19%, at 66 it is left out like any distribution
    ("GA", 2025, "wages1=100000;ira_distributions=10000;ira_converted1=10000", "wages1=100000", 519.0),
    ("GA", 2025, "age1=66;ira_distributions=60000;ira_converted1=60000;wages1=90000", "age1=66;wages1=90000", 0.0),
    ("GA", 2025, "age1=66;pension=60000;plan_converted1=60000;wages1=90000", "age1=66;wages1=90000", 0.0),
    # of earned income 5,000 are left out from 62 on, not before
    ("GA", 2025, "age1=61;wages1=90000", "age1=62;wages1=90000", 0.0519 * 5_000),
    # H.B. 463 of 2026: 70,000 at 65 from 2027 on
    ("GA", 2027, "age1=65;pension=70000;wages1=0", "age1=65;wages1=0", 0.0),
    ("GA", 2026, "age1=65;pension=90000", "age1=65;pension=80000", 499.0),
    # IT-511 booklet (2025), worksheet of the exclusion, line 9: a capital loss, 3,000 at most, reduces what is left out
    ("GA", 2025, "age1=66;pension=40000;lt_gain=-9000", "age1=66;pension=40000", 0.0),
    ("GA", 2025, "age1=66;wages1=90000;pension=40000;lt_gain=-9000", "age1=66;wages1=90000;pension=40000", 0.0),
    # what is left out is income: interest of Georgia's own bonds is none
    ("GA", 2025, "age1=66;wages1=90000;tax_exempt_interest=5000", "age1=66;wages1=90000", 0.0),
    # 35 ILCS 5/203(a)(2)(F): plans, IRAs, conversions at any age, early or not
    ("IL", 2025, "wages1=90000;ira_distributions=50000;early_ira1=50000", "wages1=90000", 0.0),
    ("IL", 2025, "wages1=90000;pension=50000;plan_converted1=50000", "wages1=90000", 0.0),
    # N.C. Gen. Stat. 105-153.5(a): retirement income is income like other; 105-153.5(b)(3): benefits are not
    ("NC", 2025, "wages1=90000;ira_distributions=10000;ira_converted1=10000", "wages1=90000", 425.0),
    ("NC", 2025, "age1=66;wages1=90000;pension=10000", "age1=66;wages1=90000", 425.0),
    # 105-153.5(a)(2)a.: gifts as IRC 170 allows them, from 2026 above half a percent of income
    ("NC", 2025, "wages1=200000;charity_cash=13000", "wages1=200000;charity_cash=14000", 42.5),
    ("NC", 2026, "wages1=200000;charity_cash=20000", "wages1=200000", -0.0399 * (20_000 - 1_000 - 12_750)),
    # 105-153.5(a)(2)b.: real estate taxes as IRC 164(b)(6), (7) limits them: 10,000 at large incomes
    ("NC", 2025, "wages1=900000;charity_cash=20000;real_estate_tax=18000", "wages1=900000;charity_cash=20000", -425.0),
    ("NC", 2025, "wages1=300000;charity_cash=20000;real_estate_tax=18000", "wages1=300000;charity_cash=20000", -765.0),
    # S.L. 2026-41, section 44.1: 3.49% from 2027, 3.24% from 2030, 2.99% from 2033
    ("NC", 2027, "wages1=200000", "wages1=100000", 3_490.0),
    ("NC", 2031, "wages1=200000", "wages1=100000", 3_240.0),
    ("NC", 2034, "wages1=200000", "wages1=100000", 2_990.0),
]


@pytest.mark.parametrize(("code", "year", "more", "less", "difference"), EDGES)
def test_the_next_dollars(tmp_path: Path, code: str, year: int, more: str, less: str, difference: float) -> None:
    gap = result(tmp_path, code, year, more) - result(tmp_path, code, year, less)
    assert gap == pytest.approx(difference, abs=0.02)


@pytest.mark.parametrize(("status", "amount"), [("mfj", 30_000), ("hoh", 15_000), ("qss", 15_000), ("mfs", 15_000)])
def test_georgia_deducts_twice_as_much_on_joint_returns_alone(tmp_path: Path, status: str, amount: int) -> None:
    """O.C.G.A. 48-7-27(a)(1)(B), as amended by H.B. 463 of 2026."""
    given = f"filing_status={status};wages1=90000;n_children_u17=1" + (";age2=40" if status == "mfj" else "")
    assert result(tmp_path, "GA", 2026, given, "state_deductions") == pytest.approx(amount, abs=0.01)


def test_georgia_takes_itemized_deductions_as_the_federal_limit_leaves_them(tmp_path: Path) -> None:
    """O.C.G.A. 48-7-27(a)(1), IRC 68: in 2026 less 2/37 at large incomes, of 100,000 less 5,000 (170(b)(1)(I))."""
    given = "wages1=1000000;charity_cash=100000"
    assert result(tmp_path, "GA", 2025, given, "state_deductions") == pytest.approx(100_000, abs=0.01)
    assert result(tmp_path, "GA", 2026, given, "state_deductions") == pytest.approx(95_000 * 35 / 37, abs=0.01)
