"""States: agreement with an independent engine, what the file of returns does with a state, the shape of the data."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from oracle.columns import read_rows
from rothwell.law.states import places, read_state, state, state_law_for, states
from rothwell.tax.returns import explain_return, run

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
YEARS = (2025, 2026)
SHARE, LEAST = 0.01, 50.0  # of the tax, and in dollars: what counts as agreement
SHARE_THAT_AGREES = 0.97
DOUBTFUL = {("MD", "34")}  # the engine tests the surtax on the state's income; the law says federal


@cache
def expected() -> dict[tuple[int, str, str], float]:
    """The independent engine's taxes by year, state and return."""
    rows = read_rows(ORACLES / "state_taxes.csv")
    return {(int(row["year"]), row["state"], row["household_id"]): float(row["state_income_tax"]) for row in rows}


@cache
def explained() -> dict[tuple[int, str, str], str]:
    """The differences that a statute answers for, and who is right by it: ours, the engine's, or that it is open."""
    rows = read_rows(ORACLES / "state_differences.csv")
    assert all(row["statute"] and row["why"] for row in rows)
    return {(int(row["year"]), row["state"], row["household_id"]): row["who_is_right"] for row in rows}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str, str], float]:
    """Our taxes of the same returns."""
    folder = tmp_path_factory.mktemp("states")
    returns = read_rows(ORACLES / "state_returns.csv")
    with (folder / "returns.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, [*returns[0], "state"])
        writer.writeheader()
        writer.writerows({**row, "state": code} for code in states() for row in returns)
    found = {}
    for year in YEARS:
        out = folder / f"taxes-{year}.csv"
        assert run(folder / "returns.csv", year, out, None, lambda line: None) == 0
        for row in read_rows(out):
            found[year, row["state"], row["household_id"]] = float(row["state_income_tax"])
    return found


@pytest.mark.parametrize("code", states())
def test_states_agree_with_the_independent_returns(code: str, ours: dict[tuple[int, str, str], float]) -> None:
    wanted = {key: tax for key, tax in expected().items() if key[1] == code and key[1:] not in DOUBTFUL}
    assert len(wanted) >= 78
    off = {key for key, tax in wanted.items() if abs(ours[key] - tax) > max(LEAST, SHARE * abs(tax))}
    assert off <= explained().keys(), f"no statute answers for {sorted(off - explained().keys())}"
    by_the_engine = {key for key in off if explained()[key] == "ours"}  # it errs, the law is on our side
    assert len(off - by_the_engine) <= (1.0 - SHARE_THAT_AGREES) * len(wanted), sorted(off)


def test_no_difference_is_explained_that_is_none(ours: dict[tuple[int, str, str], float]) -> None:
    for key in explained():
        assert abs(ours[key] - expected()[key]) > LEAST, key


@pytest.mark.parametrize("code", states())
def test_every_figure_of_a_state_has_its_statute(code: str) -> None:
    for figure in state(code).figures.values():
        assert figure.statute, figure.name
        if places()[figure.name].unit == "USD" and figure.rule is not None:
            assert any(figure.sources.values()), f"{figure.name}: an amount that changes needs the paper it stands in"


@pytest.mark.parametrize("code", states())
def test_a_later_year_is_projected_and_not_smaller(code: str) -> None:
    now, later = state_law_for(code, YEARS[-1]), state_law_for(code, YEARS[-1] + 5)
    tops = (law.record.brackets.top for law in (now, later))
    assert all((after >= before).all() for before, after in [tuple(tops)])
    grows = any(figure.rule is not None for figure in state(code).figures.values())
    assert bool(later.projected) == grows


def test_every_figure_of_the_schema_is_some_states() -> None:
    """What no held state has would be a rule that nobody has tried."""
    given = {name for code in states() for name in state(code).figures}
    by_household = {name for name in places() if name.startswith("flat_rates.")}
    assert set(places()) == given | by_household


def test_a_figure_that_no_state_may_have_is_refused() -> None:
    text = '[state]\nname = "Nowhere"\n[income.taxd]\nstatute = "none"\n2025 = 1\n'
    with pytest.raises(ValueError, match=r"income\.taxd is not in the schema"):
        read_state("XX", text)


def taxes(folder: Path, text: str) -> tuple[int, list[dict[str, str]], list[str]]:
    """Exit status, rows written and words said for a file of returns."""
    (folder / "returns.csv").write_text(text)
    said: list[str] = []
    status = run(folder / "returns.csv", 2026, folder / "taxes.csv", None, said.append)
    return status, read_rows(folder / "taxes.csv"), said


def test_a_return_without_a_state_owes_no_state_tax(tmp_path: Path) -> None:
    text = "household_id,filing_status,age1,wages1,state\none,single,40,90000,CA\ntwo,single,40,90000,\n"
    status, rows, _ = taxes(tmp_path, text)
    assert status == 0
    assert float(rows[0]["state_income_tax"]) > 0.0
    assert float(rows[1]["state_income_tax"]) == 0.0
    assert rows[0]["total_tax"] == rows[1]["total_tax"]


def test_a_state_that_is_not_held_is_refused_and_the_others_are_computed(tmp_path: Path) -> None:
    text = "household_id,filing_status,age1,wages1,state\none,single,40,90000,HI\none,single,40,90000,CA\n"
    status, rows, said = taxes(tmp_path, text)
    assert status == 2
    assert [row["state"] for row in rows] == ["CA"]
    assert any("HI" in line and "not held" in line for line in said)


@pytest.mark.parametrize("written", ["Cal", "XX", "C A"])
def test_a_state_that_is_none_is_refused_with_line_and_column(tmp_path: Path, written: str) -> None:
    (tmp_path / "returns.csv").write_text(f"household_id,filing_status,age1,state\none,single,40,{written}\n")
    with pytest.raises(Exception, match="is not a state") as caught:
        run(tmp_path / "returns.csv", 2026, tmp_path / "taxes.csv", None, lambda line: None)
    assert "line 2" in str(caught.value) or ":2" in str(caught.value)


EDGES = [  # what differs between two returns of 2025, and by how much the state's tax then differs
    ("TX", "wages1=900000", "wages1=0", 0.0),
    ("FL", "lt_gain=900000", "lt_gain=0", 0.0),
    ("NC", "wages1=112750", "wages1=12750", 4_250.0),  # the standard deduction of 12,750, then 4.25%
    ("NC", "wages1=100000;age1=66;ss1=30000", "wages1=100000;age1=66;ss1=0", 0.0),  # benefits are not taxed
    ("IL", "ira_distributions=900000;ira_converted1=900000", "ira_distributions=0", 0.0),  # exempt at any age
    ("IL", "wages1=249999;pension=1", "wages1=149999;pension=1", 4_950.0),
    ("IL", "wages1=250001", "wages1=250000", 0.0495 * 2_851),  # above 250,000 the exemption of 2,850 is gone
    ("IL", "wages1=90000;real_estate_tax=0", "wages1=90000;real_estate_tax=8000", 400.0),  # 5% of it
    ("IL", "tax_exempt_interest=10000;wages1=50000", "wages1=50000", 495.0),  # Illinois' own bonds too
    ("GA", "ira_distributions=65000;age1=65", "ira_distributions=0;age1=65", 0.0),  # 65,000 is left out at 65
    ("GA", "ira_distributions=87000;age1=65", "ira_distributions=77000;age1=65", 519.0),  # and above it 5.19%
    ("GA", "ira_distributions=57000;age1=64", "ira_distributions=47000;age1=64", 519.0),  # 35,000 at 62 to 64
]


def tax_of(folder: Path, code: str, words: str) -> float:
    """The state's tax of one single return of 2025."""
    given = {"age1": "40", **dict(item.split("=") for item in words.split(";"))}
    text = f"household_id,filing_status,state,{','.join(given)}\none,single,{code},{','.join(given.values())}\n"
    (folder / "returns.csv").write_text(text)
    assert run(folder / "returns.csv", 2025, folder / "taxes.csv", None, lambda line: None) == 0
    return float(read_rows(folder / "taxes.csv")[0]["state_income_tax"])


@pytest.mark.parametrize(("code", "more", "less", "difference"), EDGES)
def test_the_next_dollars_by_the_statute(tmp_path: Path, code: str, more: str, less: str, difference: float) -> None:
    assert tax_of(tmp_path, code, more) - tax_of(tmp_path, code, less) == pytest.approx(difference, abs=0.01)


def test_georgia_pays_each_itemizer(tmp_path: Path) -> None:
    """O.C.G.A. 48-7-27.1: 300 dollars off 5.19% of what 40,000 of interest leaves of 200,000."""
    tax = tax_of(tmp_path, "GA", "wages1=200000;mortgage_interest=40000")
    assert tax == pytest.approx(0.0519 * 160_000 - 300.0, abs=0.01)


@pytest.mark.parametrize(("children", "deduction"), [(1, 500.0), (2, 1_000.0)])
def test_north_carolina_deducts_for_children_by_income(tmp_path: Path, children: int, deduction: float) -> None:
    """N.C. Gen. Stat. 105-153.5(a1): 500 dollars a child above 60,000 and up to 70,000 of a single filer's income."""
    none = tax_of(tmp_path, "NC", "wages1=70000")
    with_children = tax_of(tmp_path, "NC", f"wages1=70000;n_children_u17={children}")
    beyond = tax_of(tmp_path, "NC", f"wages1=70000.01;n_children_u17={children}")
    assert none - with_children == pytest.approx(0.0425 * deduction, abs=0.02)  # two cents of rounding
    assert none - beyond == pytest.approx(0.0, abs=0.02)  # a cent more of income


def test_california_adds_one_percent_above_a_million(tmp_path: Path) -> None:
    """Rev. & Tax. Code 17041, 17043: 12.3% above 742,953 of taxable income, 13.3% above a million."""
    standard = 5_706.0
    at, above = (tax_of(tmp_path, "CA", f"wages1={standard + taxable}") for taxable in (1_000_000, 1_100_000))
    below = tax_of(tmp_path, "CA", f"wages1={standard + 900_000}")
    assert above - at == pytest.approx(13_300.0, abs=0.01)
    assert at - below == pytest.approx(12_300.0, abs=0.01)


def test_california_taxes_what_goes_into_a_health_savings_account(tmp_path: Path) -> None:
    """Rev. & Tax. Code 17215.4: no deduction; at 9.3% between 72,724 and 371,479 of taxable income."""
    deducted = tax_of(tmp_path, "CA", "wages1=150000;hsa_deduction=4000")
    assert deducted == pytest.approx(tax_of(tmp_path, "CA", "wages1=150000"), abs=0.01)


def test_california_has_its_own_tax_on_early_distributions(tmp_path: Path) -> None:
    """Rev. & Tax. Code 17085(c)(1): 2.5%."""
    given = "wages1=150000;ira_distributions=10000"
    early = tax_of(tmp_path, "CA", given + ";early_ira1=10000")
    assert early - tax_of(tmp_path, "CA", given) == pytest.approx(250.0, abs=0.01)


def test_california_reduces_itemized_deductions(tmp_path: Path) -> None:
    """Rev. & Tax. Code 17077: less 6% of income above 252,203: of 60,000 at an income of 400,000, 51,132.18 is left."""
    taxable = 400_000 - (60_000 - 0.06 * (400_000 - 252_203))
    standard = 400_000 - 5_706
    saved = 0.103 * (standard - 371_479) + 0.093 * (371_479 - taxable)
    without = tax_of(tmp_path, "CA", "wages1=400000")
    itemized = tax_of(tmp_path, "CA", "wages1=400000;mortgage_interest=60000")
    assert without - itemized == pytest.approx(saved, abs=0.02)


@pytest.mark.parametrize(("income", "steps"), [(252_203, 0), (252_204, 1), (254_703, 1), (254_704, 2)])
def test_california_takes_exemption_credits_back_by_steps(tmp_path: Path, income: int, steps: int) -> None:
    """Rev. & Tax. Code 17054.1: 6 dollars of the 153 for each 2,500, or part of it, above 252,203."""
    tax = tax_of(tmp_path, "CA", f"wages1={income}")
    at_9_3 = 0.093 * (income - 5_706 - 72_724)
    lower = 0.01 * 11_079 + 0.02 * 15_185 + 0.04 * 15_188 + 0.06 * 16_090 + 0.08 * 15_182
    assert tax == pytest.approx(lower + at_9_3 - 153 + 6 * steps, abs=0.01)


def test_the_rule_of_55_spares_californias_tax_too(tmp_path: Path) -> None:
    """Rev. & Tax. Code 17085(c)(1), on what IRC 72(t) bears alone: not a plan left in the year of 55."""
    given = "age1=56;pension=10000;early_plan1=10000"
    assert tax_of(tmp_path, "CA", given) - tax_of(tmp_path, "CA", given + ";left_job_at1=55") == pytest.approx(250.0)


def test_what_is_projected_and_left_out_is_said(tmp_path: Path) -> None:
    lives = {"one": "CA", "two": "TX", "three": "GA"}
    rows = [f"{name},single,40,90000,{state}\n" for name, state in lives.items()]
    text = "household_id,filing_status,age1,wages1,state\n" + "".join(rows)
    _, _, said = taxes(tmp_path, text)
    assert any(line.startswith("CA: figures of 2026 that are projected") for line in said)
    assert not any(line.startswith("GA: figures of 2026 that are projected") for line in said)
    said.clear()
    run(tmp_path / "returns.csv", 2027, tmp_path / "taxes.csv", None, said.append)
    assert any(line.startswith("CA: figures of 2027 that are projected") and "brackets.top" in line for line in said)
    assert any(line.startswith("CA: left out: the alternative minimum tax") for line in said)
    assert not any(line.startswith("TX") for line in said)


@pytest.mark.parametrize("code", ["CA", "MA", "MD", "NJ", "NY", "OR", "PA", "TX"])
def test_the_states_return_is_explained_line_by_line(code: str, tmp_path: Path) -> None:
    """The lines are those of the return that is computed, each with words; a state without a tax has none."""
    text = f"household_id,filing_status,age1,age2,wages1,ira_distributions,state\none,mfj,66,64,90000,40000,{code}\n"
    _, rows, _ = taxes(tmp_path, text)
    sheets, refused = explain_return(tmp_path / "returns.csv", 2026, "one")
    assert not refused
    of_state = [sheet for sheet in sheets if sheet.name == "state_return"]
    assert len(of_state) == (0 if code == "TX" else 1)
    for sheet in of_state:
        assert sheet.law.endswith(f"docs/states/{code}.md.")
        assert all(line.law for line in sheet.lines)
        amounts = {line.name: line.value for line in sheet.lines}
        assert amounts["tax_less_credits"] == pytest.approx(float(rows[0]["state_income_tax"]), abs=0.01)
        assert amounts["taxable_income"] == pytest.approx(float(rows[0]["state_taxable_income"]), abs=0.01)
