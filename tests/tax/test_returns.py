"""The file of returns: what is read, what is refused and by which name, what is written, what is explained."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.errors import InputError
from rothwell.report.worksheet_text import worksheets_as_text
from rothwell.tax.facts import Facts
from rothwell.tax.needs import WORDS, Needs
from rothwell.tax.return_file import COLUMNS
from rothwell.tax.returns import DONE, REFUSED, explain_return, run
from rothwell.tax.state_facts import StateFacts
from tests.tax.build import TESTS

HEADER = "household_id,filing_status,age1"
SAMPLE = TESTS / "oracles" / "returns.csv"


def written(folder: Path, *lines: str) -> Path:
    """A file of returns."""
    path = folder / "returns.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def taxes(folder: Path, year: int, *lines: str) -> tuple[int, dict[str, dict[str, str]], list[str]]:
    """Exit status, the rows written by household, what was said."""
    said: list[str] = []
    out = folder / "taxes.csv"
    status = run(written(folder, *lines), year, out, None, said.append)
    with out.open(newline="", encoding="utf-8") as stream:
        return status, {row["household_id"]: row for row in csv.DictReader(stream)}, said


def refused(folder: Path, *lines: str) -> InputError:
    """The error that a file causes."""
    with pytest.raises(InputError) as caught:
        run(written(folder, *lines), 2026, None, None, print)
    return caught.value


def test_a_return_needs_three_columns_only(tmp_path: Path) -> None:
    """F2 and F4 of the worked examples."""
    status, rows, said = taxes(tmp_path, 2026, HEADER + ",wages1", "a,single,40,100000", "b,mfj,40,300000")
    assert status == DONE
    assert (rows["a"]["total_tax"], rows["b"]["total_tax"]) == ("13170.00", "49918.00")
    assert said[0].startswith("columns not given, taken as 0: age2, ")
    assert said[1:] == ["age2 is 0 in 1 joint returns: the spouse counts as under 65"]


def test_columns_of_the_taxes(tmp_path: Path) -> None:
    taxes(tmp_path, 2026, HEADER, "1,single,40")
    header, row = (tmp_path / "taxes.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith(
        "household_id,agi,taxable_ss,itemizes,deduction,senior_deduction,taxable_income,regular_tax,amt,niit,"
        "additional_medicare,nonrefundable_credits,refundable_credits,income_tax,total_tax,self_employment_tax,"
    )
    assert row.split(",")[:5] == ["1", "0.00", "0.00", "0.00", "16100.00"]


def test_self_employment_tax_is_part_of_total_tax(tmp_path: Path) -> None:
    """Schedule SE: 16,000 x 0.9235 x 0.153 = 2,260.73; nothing is left to tax at 16,000 less half of it."""
    _, rows, _ = taxes(tmp_path, 2026, HEADER + ",self_employment1", "1,single,66,16000")
    assert rows["1"]["self_employment_tax"] == rows["1"]["total_tax"] == "2260.73"
    assert rows["1"]["income_tax"] == "0.00"


def test_living_apart_matters_to_benefits_of_separate_filers(tmp_path: Path) -> None:
    """IRC 86(c)(1)(C)(ii): no base amount for those who lived together."""
    lines = (HEADER + ",pension,ss1,lived_apart", "apart,mfs,66,10000,20000,1", "together,mfs,66,10000,20000,0")
    _, rows, _ = taxes(tmp_path, 2026, *lines)
    assert rows["apart"]["taxable_ss"] == "0.00"
    assert rows["together"]["taxable_ss"] == "17000.00"


def test_projected_figures_are_named(tmp_path: Path) -> None:
    _, _, said = taxes(tmp_path, 2027, HEADER, "1,single,40")
    assert any("projected" in line and "standard_deduction.basic" in line for line in said)


@pytest.mark.parametrize(
    ("columns", "cells", "need"),
    [
        ("wages1,self_employment1", "900000,-256000.01", "business_loss"),
        ("taxable_interest,self_employment1", "9000000,-300000", "business_loss"),
    ],
)
def test_each_need_is_refused_by_name(tmp_path: Path, columns: str, cells: str, need: str) -> None:
    lines = (f"{HEADER},{columns}", f"17,single,40,{cells}", f"18,single,40{',0' * cells.count(',')},0")
    status, rows, said = taxes(tmp_path, 2026, *lines)
    assert status == REFUSED
    assert list(rows) == ["18"]
    assert f"household 17: needs {WORDS[need]}" in said


def test_the_unearned_income_of_a_child_is_refused(tmp_path: Path) -> None:
    lines = (HEADER + ",taxable_interest", "child,single,16,50000", "grown,single,18,50000")
    status, computed, said = taxes(tmp_path, 2026, *lines)
    assert (status, list(computed)) == (REFUSED, ["grown"])
    assert f"household child: needs {WORDS['unearned_income_of_a_child']}" in said


@pytest.mark.parametrize(
    ("year", "columns", "cells"),
    [
        (2026, "self_employment1,ss1", "5000,30000"),
        (2026, "wages1,self_employment1", "900000,-256000"),  # a loss within the limit of IRC 461(l)
        (2025, "wages1,self_employment1", "900000,-313000"),
    ],
)
def test_what_cannot_matter_is_not_refused(tmp_path: Path, year: int, columns: str, cells: str) -> None:
    status, rows, _ = taxes(tmp_path, year, f"{HEADER},{columns}", f"1,single,66,{cells}")
    assert (status, list(rows)) == (DONE, ["1"])


def test_a_spouse_who_itemizes_takes_the_standard_deduction_away(tmp_path: Path) -> None:
    """IRC 63(c)(6)(A)."""
    lines = (HEADER + ",wages1,spouse_itemizes,mortgage_interest", "1,mfs,40,50000,1,0", "2,mfs,40,50000,1,1")
    status, rows, _ = taxes(tmp_path, 2026, *lines)
    assert (status, [rows[name]["deduction"] for name in ("1", "2")]) == (DONE, ["0.00", "1.00"])


def test_needs_have_words() -> None:
    assert set(WORDS) == set(Needs._fields)


@pytest.mark.parametrize(
    ("header", "field", "hint"),
    [
        (HEADER + ",wagse1", "wagse1", "wages1"),
        ("household_id,age1", "filing_status", "missing"),
        ("filing_status,age1", "household_id", "missing"),
        ("household_id,filing_status", "age1", "missing"),
        (HEADER + ",age1", "age1", "twice"),
    ],
)
def test_a_bad_header_is_refused_by_name(tmp_path: Path, header: str, field: str, hint: str) -> None:
    error = refused(tmp_path, header)
    assert (error.field, error.line) == (field, 1)
    assert hint in str(error)


@pytest.mark.parametrize(
    ("columns", "row", "field"),
    [
        ("wages1", "1,single,40,many", "wages1"),
        ("wages1", "1,single,40,", "wages1"),
        ("wages1", "1,single,40,nan", "wages1"),
        ("wages1", "1,single,40,inf", "wages1"),
        ("wages1", "1,single,40,1e300", "wages1"),
        ("wages1", "1,single,40,-1", "wages1"),
        ("pension", "1,single,40,-0.01", "pension"),
        ("wages1", "1,married,40,1", "filing_status"),
        ("wages1", "1,single,0,1", "age1"),
        ("wages1", "1,single,40.5,1", "age1"),
        ("age2", "1,single,40,41", "age2"),
        ("age2", "1,hoh,40,41", "age2"),
        ("wages2", "1,mfs,40,1", "wages2"),
        ("ss2", "1,single,40,1", "ss2"),
        ("lived_apart", "1,mfs,40,2", "lived_apart"),
        ("spouse_itemizes", "1,single,40,1", "spouse_itemizes"),
        ("n_children_u17", "1,single,40,0.5", "n_children_u17"),
        ("qualified_dividends", "1,single,40,1", "qualified_dividends"),
        ("wages1", ",single,40,1", "household_id"),
        ("wages1", "0,single,40,1", "household_id"),
    ],
)
def test_a_bad_cell_is_refused_with_line_and_column(tmp_path: Path, columns: str, row: str, field: str) -> None:
    error = refused(tmp_path, f"{HEADER},{columns}", "0,single,40,0", "", row)
    assert (error.field, error.line) == (field, 4)
    assert error.file is not None
    assert error.file.endswith("returns.csv")
    assert error.allowed


def test_a_row_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, HEADER, "1,single,40", "2,single,40,1").line == 3


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the returns"):
        run(tmp_path / "absent.csv", 2026, None, None, print)
    path = written(tmp_path, HEADER, "1,single,40")
    with pytest.raises(InputError, match="cannot write the taxes"):
        run(path, 2026, tmp_path / "no" / "such" / "folder.csv", None, print)
    with pytest.raises(InputError, match="overwrite"):
        run(path, 2026, path, None, print)


def test_a_file_without_returns_gives_a_file_without_taxes(tmp_path: Path) -> None:
    status, rows, _ = taxes(tmp_path, 2026, HEADER)
    assert (status, rows) == (DONE, {})


def test_marks_and_order_of_columns_do_not_matter(tmp_path: Path) -> None:
    """A byte order mark, other line ends, quoted identifiers."""
    path = tmp_path / "returns.csv"
    path.write_bytes('\ufeffage1,household_id,wages1,filing_status\r\n40,"x, y",100000,single\r\n'.encode())
    run(path, 2026, tmp_path / "taxes.csv", None, print)
    with (tmp_path / "taxes.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["household_id"], row["total_tax"]) == ("x, y", "13170.00")


def test_every_column_of_the_input_is_used() -> None:
    for_status = {"household_id", "filing_status", "lived_apart", "state"}
    assert set(COLUMNS) == set(Facts._fields) - {"spouse_age"} | set(StateFacts._fields) | for_status


def test_an_explained_return_is_the_computed_one(tmp_path: Path) -> None:
    out = tmp_path / "taxes.csv"
    run(SAMPLE, 2025, out, None, lambda _: None)
    with out.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows[:12]:
        sheets, refusals = explain_return(SAMPLE, 2025, row["household_id"])
        assert refusals == []
        lines = {line.name: line.value for line in sheets[0].lines}
        for name, line in (
            ("agi", "line_11a"),
            ("regular_tax", "line_16"),
            ("total_tax", "tax_less_refundable_credits"),
        ):
            assert lines[line] == pytest.approx(float(row[name]), abs=0.006)


def explained(folder: Path) -> Any:
    """The worksheets of a couple with a little of everything."""
    columns = "age2,wages1,ordinary_dividends,qualified_dividends,lt_gain,pension,ss1,n_children_u17"
    path = written(folder, f"{HEADER},{columns}", "7,mfj,66,64,200000,9000,5000,40000,60000,30000,1")
    return explain_return(path, 2026, "7")[0]


def test_the_explanation_begins_with_form_1040_in_its_order(tmp_path: Path) -> None:
    sheets = explained(tmp_path)
    names = [line.name for line in sheets[0].lines if line.name.startswith("line_")]
    assert names == [
        *("line_1z", "line_2b", "line_3b", "line_4b", "line_5b", "line_6b", "line_7a", "line_8", "line_9", "line_10"),
        *("line_11a", "line_12e", "line_13a", "line_13b", "line_14", "line_15", "line_16", "line_17", "line_18"),
        *("line_19", "line_20", "line_22", "line_23", "line_24", "line_27", "line_28", "line_31", "line_32"),
    ]
    assert sheets[1].name == "capital_gain_or_loss"
    assert "self_employment_tax" not in [sheet.name for sheet in sheets]


def test_the_text_of_worksheets_has_every_line_with_value_and_law(tmp_path: Path) -> None:
    sheets = explained(tmp_path)
    text = worksheets_as_text(sheets)
    assert text.startswith("The federal return (Form 1040)\n  Law:  IRC 1,")
    for sheet in sheets:
        assert sheet.title.rstrip(".") in text
        for line in sheet.lines:
            assert f"{line.value:,.2f}  {line.law}" in text
    assert "Schedule 2, line 12" in text
    assert "[1 of 2]" in text


def test_an_unknown_household_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "smith,single,40")
    with pytest.raises(InputError, match="smith"):
        explain_return(path, 2026, "smyth")


def test_a_refused_return_is_not_explained(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + ",taxable_interest", "1,single,16,90000")
    sheets, refusals = explain_return(path, 2026, "1")
    assert (sheets, refusals) == ([], [f"household 1: needs {WORDS['unearned_income_of_a_child']}"])
    shown: list[Any] = []
    assert run(path, 2026, None, "1", lambda _: None, shown.extend) == REFUSED
    assert not shown


def test_without_a_file_of_taxes_only_the_explained_return_is_spoken_of(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + ",wages1,taxable_interest", "1,single,16,0,90000", "2,single,40,90000,0")
    said: list[str] = []
    shown: list[Any] = []
    assert run(path, 2026, None, "2", said.append, shown.extend) == DONE
    assert shown[0].name == "return_by_choice"
    assert not [line for line in said if "needs" in line]


def test_the_exit_status_is_that_of_the_return_to_explain(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + ",wages1,taxable_interest", "1,single,16,0,90000", "2,single,40,90000,0")
    said: list[str] = []
    out = tmp_path / "taxes.csv"
    assert run(path, 2026, out, "2", said.append, lambda _: None) == DONE
    assert run(path, 2026, out, "1", said.append, lambda _: None) == REFUSED
    assert run(path, 2026, out, None, lambda _: None) == REFUSED
    assert not [line for line in said if line.startswith("columns not given")]


def test_the_answer_does_not_depend_on_the_other_returns(tmp_path: Path) -> None:
    whole, half = tmp_path / "whole.csv", tmp_path / "half.csv"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    run(SAMPLE, 2026, whole, None, lambda _: None)
    run(written(tmp_path, lines[0], *reversed(lines[1::2])), 2026, half, None, lambda _: None)
    kept = set(half.read_text(encoding="utf-8").splitlines())
    assert kept <= set(whole.read_text(encoding="utf-8").splitlines())
    assert np.size(list(kept)) > 10
