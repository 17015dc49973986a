"""The answer as JSON: stable keys, documented in docs/json.md; the same bytes for the same input, seed and paths."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from rothwell.answer import Answer
from rothwell.decision.comparison import Comparison, StrategyResult
from rothwell.decision.measures import Estimate
from rothwell.decision.mega_value import MegaBackdoor
from rothwell.decision.recommendation import recommended
from rothwell.household.plain_data import plain_household
from rothwell.law.known_figures import known_figures
from rothwell.lifetime.next_dollar import NextDollar
from rothwell.lifetime.strategies import BROKERAGE, Strategy
from rothwell.lifetime.year_record import NOT_DOLLARS, TABLE_COLUMNS
from rothwell.report.capacity_text import capacity_json
from rothwell.report.checklist_sections import checklist_json
from rothwell.report.earlier_answer import SCHEMA_VERSION
from rothwell.report.landscape_words import drift_json, rate_fan_json, shocks_json
from rothwell.report.measures_json import measures_json, money, rate
from rothwell.report.reading import headline, opening, question

FAN = ("p10", "p25", "p50", "p75", "p90")
PERSONS = ("deferral_pre_tax", "deferral_roth", "employer", "after_tax", "rmd")
TOGETHER = (
    "in_plan_conversion", "conversion_earnings", "conversion", "sold_taxable", "withdrawal_pre_tax", "withdrawal_roth",
    "saved", "spending", "goals", "spending_unmet", "payroll_tax", "premiums", "income_tax", "state_tax", "local_tax",
    "agi", "taxable_income",
)  # fmt: skip


def json_text(answer: Answer, review: Mapping[str, Any] | None = None) -> str:
    """The answer as a JSON text in ASCII, ending with a line break; dollars in cents, rates in six digits, no NaN."""
    return json.dumps(answer_json(answer) | {"review": review}, indent=1, allow_nan=False) + "\n"


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as a tree of dictionaries, lists, numbers and texts."""
    return {
        "schema_version": SCHEMA_VERSION,
        "answer": _headline(answer),
        "settings": _settings(answer),
        "household": _household(answer),
        "capacity": capacity_json(answer.capacity),
        "checklist": checklist_json(answer.checklist),
        "mega_backdoor": [_mega(one, one.mega_backdoor) for one in answer.comparisons if one.mega_backdoor is not None],
        "this_year": [_first_year(answer, one, name) for one in answer.comparisons for name in _names(one)],
        "strategies": [_strategy(one, result) for one in answer.comparisons for result in one.results],
        "left_to_each": [
            {
                "name": one.heir.name,
                "age": one.age,
                "way": one.way,
                "years": one.years,
                "traditional": money(one.traditional),
                "roth": money(one.roth),
                "taxable": money(one.taxable),
            }
            for one in answer.left_to_each
        ],
        "measures": measures_json(answer.measures),
        "landscapes": [_landscape(answer, one) for one in answer.comparisons],
        "years": [row for one in answer.comparisons for row in _years(answer, one)],
        "assumptions": list(answer.assumptions),
        "projected": list(answer.projected),
        "not_modeled": list(answer.not_modeled),
        "household_file": plain_household(answer.household),
        "law_figures": _law_figures(answer),
        "review": None,
    }


def _law_figures(answer: Answer) -> list[dict[str, Any]]:
    """The law of the first year and of the next as it is known now, for a review later."""
    years = (answer.start_year, answer.start_year + 1)
    return [
        {"figure": one.name, "year": one.year, "value": one.value, "projected": one.projected}
        for one in known_figures(years, answer.household.market.growth)
    ]


def _names(comparison: Comparison) -> list[str]:
    return [one.strategy.name for one in comparison.results]


def _headline(answer: Answer) -> dict[str, Any]:
    main = headline(answer)
    asked = question(main)
    return {
        "lines": list(opening(answer)),
        "landscape": main.landscape.name,
        "recommended": recommended(main),
        "verdict": asked.verdict,
        "strategy_with": asked.with_it,
        "strategy_without": asked.without_it,
        "value": money(asked.difference.value),
        "standard_error": money(asked.difference.standard_error),
        "value_without_bequest": money(asked.without_bequest.value),
        "standard_error_without_bequest": money(asked.without_bequest.standard_error),
    }


def _settings(answer: Answer) -> dict[str, Any]:
    return {
        "paths": answer.paths,
        "seed": answer.seed,
        "start_year": answer.start_year,
        "first_retired_year": answer.start_year + answer.comparisons[0].first_retired,
        "dollars_of": answer.start_year,
        "market": answer.market.words,
        "histories": answer.market.histories,
        "rival": BROKERAGE,
        "landscapes": [one.landscape.name for one in answer.comparisons],
    }


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of a table; those of a table in it follow its name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{key}_{inner}", part) for inner, part in value.items())
        else:
            yield key, value


def _household(answer: Answer) -> dict[str, Any]:
    household = answer.household
    market = dict(_flat(household.market.model_dump()))
    beliefs = household.beliefs.model_dump()
    return {
        "name": household.household.name,
        "filing_status": household.household.filing_status,
        "state": household.household.state,
        "start_year": household.start_year,
        "last_year": household.last_year,
        "people": [
            {
                "name": person.name,
                "birth_year": person.birth_date.year,
                "retirement_year": person.retirement_year,
                "last_year": household.last_year_of(person),
            }
            for person in household.people
        ],
        "market": {key: rate(value) if isinstance(value, float) else value for key, value in market.items()},
        "beliefs": {key: rate(value) if isinstance(value, float) else value for key, value in beliefs.items()},
    }


def _mega(comparison: Comparison, mega: MegaBackdoor) -> dict[str, Any]:
    return {
        "landscape": comparison.landscape.name,
        "best_with": mega.best_with,
        "best_without": mega.best_without,
        "value": money(mega.value.value),
        "standard_error": money(mega.value.standard_error),
        "value_without_bequest": money(mega.value_without_bequest.value),
        "standard_error_without_bequest": money(mega.value_without_bequest.standard_error),
        "verdict": question(comparison).verdict,
        "break_even_fee": None if mega.break_even_fee is None else rate(mega.break_even_fee),
    }


def _first_year(answer: Answer, comparison: Comparison, name: str) -> dict[str, Any]:
    flows = comparison.first_year[_names(comparison).index(name)]
    people = answer.household.people
    return {
        "landscape": comparison.landscape.name,
        "strategy": name,
        "year": int(flows["year"]),
        "people": [
            {"name": person.name, **{field: money(flows[field][position]) for field in PERSONS}}
            for position, person in enumerate(people)
        ],
        **{field: money(flows[field]) for field in TOGETHER},
        "marginal_rate": rate(flows["marginal_rate"]),
        "state_rate": rate(flows["state_rate"]),
        "next_dollar": _next_dollar(comparison.next_dollars[_names(comparison).index(name)]),
    }


def _next_dollar(one: NextDollar) -> dict[str, Any]:
    return {
        **{f"rate_{name}": rate(value) for name, value in one.rates._asdict().items()},
        "all_in_rate": rate(one.all_in),
        "all_in_dollars": money(one.converted),
        "cliffs": [
            {"kind": kind, "distance": money(cliff.distance), "cost": money(cliff.cost)}
            for kind, cliff in one.cliffs._asdict().items()
            if math.isfinite(cliff.distance)
        ],
    }


def _strategy(comparison: Comparison, result: StrategyResult) -> dict[str, Any]:
    return {
        "landscape": comparison.landscape.name,
        "name": result.strategy.name,
        "words": result.strategy.words,
        "choices": _choices(result.strategy),
        **_difference(result.certainty_equivalent, result.paired_difference),
        "certainty_equivalent_standard_error": money(result.certainty_equivalent.standard_error),
        "without_bequest": {
            "paired_difference": money(result.without_bequest.value),
            "standard_error": money(result.without_bequest.standard_error),
        },
        "by_regime": {
            name: _difference(one.certainty_equivalent, one.paired_difference) for name, one in result.by_regime.items()
        },
        "shortfall": {
            "chance": rate(result.shortfall.chance.value),
            "standard_error": rate(result.shortfall.chance.standard_error),
            "depth": money(result.shortfall.depth),
        },
        "estate": _estimate(result.estate),
        "bequest": None
        if result.bequest is None
        else {
            "estate_tax": _estimate(result.bequest.estate_tax),
            "charity": _estimate(result.bequest.charity),
            "heirs": [
                {"names": list(one.names), "way": one.way, **_estimate(one.kept)} for one in result.bequest.heirs
            ],
        },
        "buckets": {
            moment.replace(" ", "_"): {bucket: _estimate(value) for bucket, value in values.items()}
            for moment, values in result.buckets.items()
        },
    }


def _choices(strategy: Strategy) -> dict[str, float | int | None]:
    return {name: rate(value) if isinstance(value, float) else value for name, value in strategy.numbers().items()}


def _difference(level: Estimate, difference: Estimate) -> dict[str, float]:
    return {
        "certainty_equivalent": money(level.value),
        "paired_difference": money(difference.value),
        "standard_error": money(difference.standard_error),
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"value": money(estimate.value), "standard_error": money(estimate.standard_error)}


def _landscape(answer: Answer, comparison: Comparison) -> dict[str, Any]:
    one = comparison.landscape
    ban = one.ban
    return {
        "name": one.name,
        "note": one.note,
        "paths": comparison.paths,
        "best": comparison.best,
        "recommended": recommended(comparison),
        "elections_only": one.elections_only,
        "regimes": [
            {
                "name": regime.name,
                "note": regime.note,
                "initial_chance": rate(chance),
                "share_of_years": rate(comparison.regime_shares[regime.name]),
            }
            for regime, chance in zip(one.regimes, one.initial, strict=True)
        ],
        "ban": None
        if ban is None
        else {"probability": rate(ban.probability), "first_year": ban.first_year, "last_year": ban.last_year},
        "mean_preserving": one.mean_preserving,
        "shocks": shocks_json(one),
        "drift": drift_json(one),
        "history": None
        if one.history is None
        else {"block": one.history.block, "either_sign": one.history.either_sign},
        "marginal_rate_fan": [
            {key: value if value is None or key == "year" else rate(value) for key, value in row.items()}
            for row in rate_fan_json(answer, comparison)
        ],
    }


def _years(answer: Answer, comparison: Comparison) -> list[dict[str, Any]]:
    rows = []
    for position, name in enumerate(_names(comparison)):
        fan = comparison.spending_fan[position]
        for index, values in enumerate(comparison.table[position]):
            flows = {
                column: rate(value) if column in NOT_DOLLARS else money(value)
                for column, value in zip(TABLE_COLUMNS, values, strict=True)
            }
            spending = {key: money(fan[level, index]) for level, key in enumerate(FAN)}
            place = {"landscape": comparison.landscape.name, "strategy": name, "year": answer.start_year + index}
            rows.append({**place, **flows, "spending_percentiles": spending})
    return rows
