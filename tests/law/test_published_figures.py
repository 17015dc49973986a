"""The figures of the law are the published ones, and the statutory rules reproduce them."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rothwell.law import STATUSES, figure, figures, law_for
from rothwell.law.figures import FILES, patch

HERE = Path(__file__).parent
LAW = Path(__file__).resolve().parents[2] / "src" / "rothwell" / "law"
LAST_YEAR_OF_UNROUNDED_CREDIT = 2023  # the printed ends of the phase-out follow the credit in whole dollars since then
UNITS = {"USD", "USD per month", "rate", "age", "years", "count"}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Every figure as it stands in the TOML files, by file and name."""
    found = {}
    for path in [*(LAW / f"{name}.toml" for name in FILES), *sorted((LAW / "patches").glob("*.toml"))]:
        for section, known in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found |= {f"{path.stem}: {section}.{name}": table for name, table in known.items()}
    return found


def picked(value: Any, row: dict[str, str]) -> float:
    """The number of a figure's value that a row speaks of."""
    if row["status"]:
        value = value[STATUSES.index(row["status"])]
    return float(value[int(row["place"])] if row["place"] else value)


def differences(name: str) -> list[str]:
    """Rows of a file of expected values that the figures do not give."""
    found = []
    for row in rows(HERE / name):
        ours = picked(figure(row["figure"]).value(int(row["year"])).value, row)
        if not np.isclose(ours, float(row["value"]), rtol=0, atol=1e-9):
            found.append(f"{row['figure']} {row['year']} {row['status']} {row['place']}: {ours}, not {row['value']}")
    return found


def recomputable() -> Iterator[tuple[str, int]]:
    """Each figure and year that is both published and within the reach of its indexing rule."""
    for name, one in figures().items():
        if one.rule is None or one.rule.index == "medical":  # a belief, not a rule of law
            continue
        for year in sorted(set(one.values) - one.projected_years):
            legislated_through = tables_entry(name)["indexed"].get("after", 0)
            if year > legislated_through:
                yield name, year


def tables_entry(name: str) -> dict[str, Any]:
    """A figure of current law as it stands in its TOML file."""
    return next(table for place, table in tables().items() if place.split(": ")[1] == name)


EXCEPTIONS = {(row["figure"], int(row["year"])): row for row in rows(HERE / "rule_exceptions.csv")}


@pytest.mark.parametrize("place", tables())
def test_a_figure_has_unit_statute_source_and_says_whether_it_is_indexed(place: str) -> None:
    table = tables()[place]
    assert table["unit"] in UNITS
    assert table["statute"].strip()
    assert table["indexed"] is False or table["indexed"].keys() >= {"index", "base_year", "base", "round", "statute"}
    years = {key for key in table if key.isdigit()}
    assert years or table["indexed"], "neither a dated value nor a rule"
    sources = table["source"]
    if isinstance(sources, dict):
        assert set(sources) == years, "each dated year names its source"
        assert all(words.strip() for words in sources.values())
    else:
        assert sources.strip()


def test_an_indexed_figure_has_no_gap_between_its_dated_years() -> None:
    gaps = []
    for name, one in figures().items():
        if one.rule is not None and one.values and len(one.values) != max(one.values) - min(one.values) + 1:
            gaps.append(name)
    assert not gaps


def test_no_alias_stands_for_two_figures() -> None:
    every = Counter(alias.lower().replace("-", "_") for one in figures().values() for alias in one.aliases)
    assert not [alias for alias, count in every.items() if count > 1]
    assert not set(every) & set(figures())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("402g", "elective_deferral.limit"),
        ("415c", "annual_additions.limit"),
        ("401a17", "compensation.limit"),
        ("irmaa", "irmaa.threshold"),
        ("niit", "net_investment_income.threshold"),
        ("standard deduction", "standard_deduction.basic"),
        ("brackets", "rate_schedule.bracket_top"),
        ("wage base", "oasdi.wage_base"),
        ("hsa", "hsa.self_only"),
        ("rmd", "required_minimum.age_born_1951_to_1959"),
    ],
)
def test_a_figure_is_found_by_the_name_that_people_type(typed: str, name: str) -> None:
    assert figure(typed).name == name


def test_plan_and_benefit_limits_are_the_published_ones() -> None:
    assert not differences("published_limits.csv")


def test_income_tax_amounts_are_the_published_ones() -> None:
    assert not differences("published_income_tax.csv")


def test_rates_ages_and_amounts_that_stand_still_are_the_printed_ones() -> None:
    assert not differences("published_fixed.csv")


def test_every_figure_is_checked_against_a_published_value() -> None:
    files = ("published_limits.csv", "published_income_tax.csv", "published_fixed.csv")
    checked = {row["figure"] for name in files for row in rows(HERE / name)}
    assert not set(figures()) - checked, "each figure needs a row in a file of published values"


def test_amounts_of_2027_by_rule_are_those_computed_apart() -> None:
    assert not differences("computed_2027.csv")


def test_announced_amounts_of_2027_are_official_and_computed_ones_are_not() -> None:
    for name in ("hsa", "hsa.family", "wage base", "cola", "earnings test", "premium_tax_credit.initial_percentage"):
        assert not figure(name).value(2027).projected, name
    for name in ("402g", "415c", "401a17", "catch-up", "brackets", "standard deduction", "irmaa", "part b"):
        assert figure(name).value(2027).projected, name
    for name in ("cola", "premium_tax_credit.initial_percentage", "poverty line"):
        assert figure(name).value(2030).projected, name
    assert not law_for(2026).projected


@pytest.mark.parametrize(
    "row", rows(HERE / "published_earned_income_credit.csv"), ids=lambda row: f"{row['year']}-{row['children']}"
)
def test_earned_income_credit_reaches_the_published_maximum_and_end(row: dict[str, str]) -> None:
    year, children = int(row["year"]), int(row["children"])
    rate, phase_out_rate, amount, phase_out_start, addition = (
        figure(f"earned_income_credit.{name}").value(year).value[children]
        for name in ("rate", "phase_out_rate", "earned_income_amount", "phase_out_start", "joint_addition")
    )
    maximum = np.floor(rate * amount + 0.5)  # whole dollars, a half up
    assert maximum == int(row["maximum_credit"])
    for end, joint in ((row["completed_phase_out"], 0.0), (row["completed_phase_out_joint"], 1.0)):
        credit = maximum if year > LAST_YEAR_OF_UNROUNDED_CREDIT else rate * amount
        start = phase_out_start + joint * addition
        assert start + credit / phase_out_rate == pytest.approx(int(end), abs=1)


@pytest.mark.parametrize(("name", "year"), list(recomputable()))
def test_the_statutory_rule_reproduces_the_published_amount(name: str, year: int) -> None:
    published = figure(name).value(year).value
    computed = figure(name).by_rule(year).value
    if name == "irmaa.threshold":  # the last tier stands still until 2028
        published, computed = published[..., :-1], computed[..., :-1]
    share = np.max(np.abs(computed - published) / np.maximum(published, 1.0))
    if (name, year) in EXCEPTIONS:
        assert 0.0 < share <= float(EXCEPTIONS[name, year]["largest_share"]), "no exception any more, or a larger one"
    else:
        assert share < 1e-9, f"{computed} instead of {published}"


def test_every_exception_to_the_rules_names_a_published_figure_and_a_reason() -> None:
    assert set(EXCEPTIONS) <= set(recomputable())
    assert all(row["reason"] for row in EXCEPTIONS.values())


@pytest.mark.parametrize(
    "name",
    [
        "net_investment_income.threshold",
        "additional_medicare.threshold",
        "benefit_taxation.base_amount",
        "benefit_taxation.second_tier",
        "senior_deduction.magi_start",
        "capital_gains.loss_limit",
        "child_tax_credit.phase_out_start",
        "charitable_gift.non_itemizer_limit",
        "hsa.catch_up",
    ],
)
def test_amounts_that_no_law_indexes_stand_still(name: str) -> None:
    for year in (2027, 2035, 2060):
        assert np.array_equal(figure(name).value(year).value, figure(name).value(2026).value)


def test_the_senior_deduction_ends_with_2028() -> None:
    assert figure("senior deduction").value(2028).value[0] == 6_000
    assert not figure("senior deduction").value(2029).value.any()


def test_the_state_and_local_tax_cap_grows_by_one_percent_to_2029_and_falls_back_in_2030() -> None:
    for name in ("state_and_local_tax.cap", "state_and_local_tax.phase_down_start"):
        for year in (2026, 2027, 2028, 2029):
            before, now = (figure(name).value(each).value for each in (year - 1, year))
            assert now == pytest.approx(1.01 * before, rel=1e-12), (name, year)
    for year in (2030, 2050):
        assert figure("salt").value(year).value.tolist() == [10_000, 10_000, 10_000, 10_000, 5_000, 5_000]


def test_a_joint_standard_deduction_is_twice_that_of_a_single_person() -> None:
    """Law: IRC 63(c)(2)(A)."""
    for year in range(2018, 2060):
        basic = figure("standard deduction").value(year).value
        assert basic[STATUSES.index("joint")] == 2 * basic[STATUSES.index("single")], year


def test_the_last_irmaa_tier_moves_first_in_2028() -> None:
    for year in range(2020, 2028):
        threshold = figure("irmaa").value(year).value
        assert threshold[0, 4] == 500_000
        assert threshold[1, 4] == 750_000
        assert threshold[5, 4] == 500_000 - threshold[0, 0]
    assert figure("irmaa").value(2028).value[0, 4] > 500_000


def test_joint_irmaa_thresholds_are_twice_the_single_ones_and_the_last_half_more() -> None:
    for year in range(2020, 2060):
        threshold = figure("irmaa").value(year).value
        assert threshold[1, :4] == pytest.approx(2 * threshold[0, :4])
        assert threshold[1, 4] == pytest.approx(1.5 * threshold[0, 4])


def test_every_figure_of_the_tax_exists_in_every_year_from_2024_on() -> None:
    later = ("savers_match",)  # first for 2027
    for year in (2024, 2025, 2026, 2027, 2040, 2080):
        record = law_for(year).record
        for section in record.dtype.names:
            for name in record[section].dtype.names:
                if section not in later:
                    assert not np.isnan(np.asarray(record[section][name])).any(), (year, section, name)


def test_the_law_of_2017_gives_the_amounts_of_2017() -> None:
    law = patch("law_of_2017")
    assert law["rate_schedule.bracket_top"].value(2017).value[0].tolist() == [
        9325,
        37950,
        91900,
        191650,
        416700,
        418400,
    ]
    assert law["personal_exemption.amount"].value(2017).value == 4_050
    assert law["standard_deduction.basic"].value(2017).value[1] == 12_700
    assert law["alternative_minimum.exemption"].value(2017).value[5] == 42_250


def test_a_patch_replaces_only_figures_that_exist_with_the_same_shape() -> None:
    for path in (LAW / "patches").glob("*.toml"):
        for name, one in patch(path.stem).items():
            assert figures()[name].shape == one.shape, name
            assert figures()[name].unit == one.unit, name
