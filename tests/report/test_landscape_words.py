"""What a landscape may bring, in words, and the fan of the rate that the household would pay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rothwell.law.landscape import load_landscape, read_landscape
from rothwell.report.answer_json import answer_json
from rothwell.report.charts import charts
from rothwell.report.landscape_words import drift_json, rate_section, shock_points, shocks_json
from rothwell.report.reading import recommended
from tests.report.households import answer_of


def test_every_shock_is_told_with_its_chance_its_window_and_its_amounts() -> None:
    words = list(shock_points(load_landscape("default")))
    assert len(words) == 6
    assert words[0] == (
        "Besides, with a chance of 35% (a belief), benefits of Social Security are cut by 23% from a year of 2032 to "
        "2035 on."
    )
    assert "above $400,000 single, $450,000 joint, $425,000 head of household, dollars of 2029" in words[2]
    assert "above $10,000,000 a person, dollars of 2029" in words[3]
    assert "an inherited retirement account have less (5) from a year of 2029" in words[5]
    assert not list(shock_points(load_landscape("current-law")))


def test_what_is_spared_drifts_or_comes_from_the_record_is_told() -> None:
    text = '[regimes.a]\n[[shocks]]\nkind = "step_up_repeal"\nwindow = [2029, 2030]\nprobability = 0.1\n'
    text += "grandfathered = true\n[drift]\nordinary = { deviation = 0.5, reversion = 0.1 }\n"
    words = " ".join(shock_points(read_landscape(text, "m.toml")))
    assert "what is old then is spared" in words
    assert "ordinary rates by 0.5 points a year, 10% of the distance taken back each year" in words
    assert "rates on gains" not in words
    assert "in blocks of 5 years" in " ".join(shock_points(load_landscape("historical")))
    kept = replace(load_landscape("default"), mean_preserving=True, shocks=())
    assert "on average that of current law" in " ".join(shock_points(kept))
    assert drift_json(read_landscape(text, "m.toml")) == {
        "ordinary": {"deviation": 0.5, "reversion": 0.1},
        "gains": {"deviation": 0.0, "reversion": 0.0},
    }


def test_the_shocks_as_json_leave_out_what_a_kind_has_not() -> None:
    found = {one["kind"]: one for one in shocks_json(load_landscape("default"))}
    assert found["conversion_ban"]["taxable_income_over"] == {"single": 400_000, "joint": 450_000, "head": 425_000}
    assert found["roth_distribution_required"]["share_of_excess"] == 0.5
    assert found["step_up_repeal"]["balance_over"] is None
    assert found["social_security_cut"]["size"] == 0.23


def test_the_section_the_chart_and_the_json_show_the_same_fan() -> None:
    answer = answer_of("couple")
    grid = rate_section(answer).grids[0]
    assert grid.columns == ("Year", "'current-law'", "'default'")
    rows = {row[0]: row[1:] for row in grid.rows}
    assert {"2026", "2030", "2035"} <= rows.keys()
    main = answer.comparisons[1]
    names = [one.strategy.name for one in main.results]
    fan = main.rate_fan[names.index(recommended(main))]
    low, middle, high = (round(100 * float(fan[level, 9])) for level in (0, 2, 4))
    assert rows["2035"][1] == f"{low}% – {middle}% – {high}%"
    told = answer_json(answer)["landscapes"][1]["marginal_rate_fan"]
    assert told[9]["year"] == 2035
    assert (told[9]["p10"], told[9]["p50"], told[9]["p90"]) == tuple(np.round(fan[[0, 2, 4], 9], 6).tolist())
    assert any(chart.name == "rates" for chart in charts(answer))


def test_under_current_law_the_fan_is_made_of_todays_brackets() -> None:
    """Washington taxes incomes above a million dollars at 9.9% from 2028 on (ESSB 6346 of 2026)."""
    fan = answer_of("couple").comparisons[0].rate_fan
    federal = (0.0, 0.10, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37)
    either = {round(rate + of_state, 3) for rate in federal for of_state in (0.0, 0.099)}
    rates = fan[np.isfinite(fan)].round(3)
    others = rates[~np.isin(rates, sorted(either))]  # the next dollars may reach across the million
    assert others.size <= 0.01 * rates.size
    assert all(any(rate < other < rate + 0.099 for rate in federal) for other in others)
