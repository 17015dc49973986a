"""Which strategies are compared for whom, and of which pair the value of the mega backdoor is the difference."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rothwell.decision.measures import Worth
from rothwell.decision.mega_value import mega_backdoor
from rothwell.decision.study import study
from rothwell.household import parse_household
from rothwell.lifetime.strategies import PRESETS, SMALLER_CONVERSIONS, Strategy
from tests.report.households import TODAY, text_of

SIX = ["brokerage", "convert_later", "mega_in_plan", "mega_yearly", "mega_roth_deferral", "mega_convert_later"]
OF_THE_RETIRED = ["brokerage", "convert_later", "convert_to_12", "convert_to_10"]
OF_THE_RETIRED += ["convert_all_in", "deferred_first", "harvest_gains"]


def names(household: str, start_year: int = 2026) -> list[str]:
    """The strategies compared for a household."""
    return [one.name for one in study(parse_household(text_of(household), TODAY), start_year, 2, 1).strategies]


def test_a_household_with_every_option_compares_six_strategies_in_their_order() -> None:
    assert names("couple") == [one.name for one in PRESETS] == SIX


def test_only_a_household_in_which_nobody_works_compares_smaller_conversions() -> None:
    assert names("retired") == OF_THE_RETIRED
    assert names("nothing") == ["brokerage", "convert_later"]
    assert names("couple", 2046) == ["brokerage", "convert_later"]  # Maria's last year of work, at 59
    assert names("couple", 2047) == OF_THE_RETIRED


def test_the_smaller_conversions_fill_the_brackets_of_their_names() -> None:
    """Of the seven brackets the lowest is number 0: 10% and 12% are the first two (IRC 1(j)(2))."""
    assert {one.name: one.fill_bracket for one in SMALLER_CONVERSIONS} == {"convert_to_12": 1, "convert_to_10": 0}


def value_of(strategies: tuple[Strategy, ...], levels: list[float]) -> Any:
    """The value of the mega backdoor where the strategies have these certainty equivalents."""
    worth = Worth(np.array(levels), np.zeros((len(levels), 2)))
    return mega_backdoor(SimpleNamespace(strategies=strategies), worth, worth)  # type: ignore[arg-type]


def test_roth_deferrals_are_not_counted_as_the_worth_of_after_tax_money() -> None:
    found = value_of(PRESETS, [100.0, 110.0, 120.0, 119.0, 150.0, 125.0])
    assert (found.best_with, found.best_without) == ("mega_convert_later", "convert_later")
    assert found.value.value == pytest.approx(15.0)


def test_a_strategy_with_a_twin_counts_whatever_its_conversions() -> None:
    found = value_of(PRESETS[:4], [100.0, 90.0, 120.0, 121.0])
    assert (found.best_with, found.best_without) == ("mega_yearly", "brokerage")
    assert value_of(PRESETS[:2], [100.0, 90.0]) is None
