"""The answer as JSON: the keys that are promised, each of them documented, the same bytes each time."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest

from rothwell.answer import Settings, plan
from rothwell.household import parse_household
from rothwell.report.answer_json import answer_json, json_text
from tests.report.households import NAMES, PATHS, TODAY, answer_of, text_of
from tests.style.house import ROOT

REQUIRED = {"household", "capacity", "strategies", "landscapes", "years", "projected", "not_modeled"}
OF_A_STRATEGY = {"landscape", "name", "certainty_equivalent", "paired_difference", "standard_error", "by_regime"}
PLACEHOLDERS = {"market": "<key>", "beliefs": "<key>", "by_regime": "<regime>", "buckets": "<moment>"}


def keys(tree: Any, place: str = "") -> Iterator[str]:
    """The place of every key, with [] for the entries of a list and placeholders where keys are names."""
    if isinstance(tree, dict):
        parent = place.rpartition(".")[2]
        stand_in = PLACEHOLDERS.get(parent) or ("<bucket>" if parent == "<moment>" else None)
        for key, value in tree.items():
            here = f"{place}.{stand_in or key}".removeprefix(".")
            yield here
            yield from keys(value, here)
    elif isinstance(tree, list):
        if tree and not isinstance(tree[0], dict):
            yield f"{place}[]"
        for entry in tree:
            yield from keys(entry, f"{place}[]")


def leaves(tree: Any) -> Iterator[Any]:
    """Every value that is neither a list nor an object."""
    if isinstance(tree, (dict, list)):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(value)
    else:
        yield tree


@pytest.mark.parametrize("name", NAMES)
def test_the_promised_keys_are_there(name: str) -> None:
    tree = json.loads(json_text(answer_of(name)))
    assert tree.keys() >= REQUIRED
    assert tree["strategies"]
    for entry in tree["strategies"]:
        assert entry.keys() >= OF_A_STRATEGY
        for regime in entry["by_regime"].values():
            assert regime.keys() == {"certainty_equivalent", "paired_difference", "standard_error"}


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([^`\s]+)`", page[page.index("\n## plan") :]))
    documented |= {key.removesuffix("[]") for key in documented} | {key.partition(".<")[0] for key in documented}
    tree = answer_json(answer_of(name))
    missing = {place for place in keys(tree) if not place.startswith(("capacity.", "checklist."))} - documented
    assert not missing, sorted(missing)


def test_every_documented_key_of_the_plan_exists() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    section = page[page.index("\n## plan") : page.index("### The same as CSV")]
    documented = {
        one for row in re.findall(r"^\| (`[^|]*`) \|", section, re.M) for one in re.findall(r"`([^`]+)`", row)
    }
    found = set(keys(answer_json(answer_of("couple"))))
    missing = {one for one in documented if one not in found and one.removesuffix("[]") not in found}
    assert not missing, sorted(missing)


def test_there_is_an_entry_for_each_landscape_and_preset() -> None:
    tree = answer_json(answer_of("couple"))
    pairs = [(entry["landscape"], entry["name"]) for entry in tree["strategies"]]
    assert len(pairs) == len(set(pairs))
    assert {landscape for landscape, _ in pairs} == {"current-law", "default"}
    assert {name for _, name in pairs} >= {"brokerage", "mega_in_plan", "mega_convert_later"}


def test_differences_are_against_brokerage() -> None:
    strategies = answer_json(answer_of("couple"))["strategies"]
    levels = {(one["landscape"], one["name"]): one["certainty_equivalent"] for one in strategies}
    for entry in strategies:
        difference = entry["certainty_equivalent"] - levels[entry["landscape"], "brokerage"]
        assert entry["paired_difference"] == pytest.approx(difference, abs=0.02)  # each is rounded to a cent
        if entry["name"] == "brokerage":
            assert entry["paired_difference"] == entry["standard_error"] == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_finite_and_rounded(name: str) -> None:
    for value in leaves(answer_json(answer_of(name))):
        if isinstance(value, float):
            assert math.isfinite(value)
            assert value in (round(value, 2), round(value, 6))
            assert str(value) != "-0.0"


def test_the_bytes_do_not_depend_on_threads_or_on_the_run() -> None:
    household = parse_household(text_of("couple"), TODAY)
    texts = {
        json_text(plan(household, Settings(paths=PATHS, threads=threads, all_measures=True))) for threads in (1, 2)
    }
    assert texts == {json_text(answer_of("couple"))}


def test_nothing_of_the_clock_or_the_machine_is_in_it() -> None:
    text = json_text(answer_of("couple"))
    assert "thread" not in text.lower()
    assert not re.search(r"\d{4}-\d{2}-\d{2}T|\d{2}:\d{2}:\d{2}", text)
    assert text.isascii()


def test_without_after_tax_contributions_the_mega_backdoor_is_an_empty_list() -> None:
    tree = answer_json(answer_of("nothing"))
    assert tree["mega_backdoor"] == []
    assert {entry["name"] for entry in tree["strategies"]} == {"brokerage", "convert_later"}


def test_this_year_adds_up_to_the_cash_of_the_year() -> None:
    """Pay less deferrals, after-tax money, taxes and living is what is left over, for a couple that sells nothing."""
    answer = answer_of("couple")
    pay = sum(job.pay for job in answer.household.jobs)
    for entry in answer_json(answer)["this_year"]:
        into_plans = sum(
            person["deferral_pre_tax"] + person["deferral_roth"] + person["after_tax"] for person in entry["people"]
        )
        taxes = entry["payroll_tax"] + entry["income_tax"] + entry["premiums"]
        dividends = entry["saved"] - (pay - into_plans - taxes - entry["spending"] - entry["goals"])
        taxable = sum(account.balance for account in answer.household.accounts if account.kind == "taxable")
        assert dividends == pytest.approx(taxable * answer.household.market.dividend_yield, abs=1.0)
