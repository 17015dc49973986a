"""Landscape files: what is refused and how it is said, and what the shipped ones say of their numbers."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from rothwell.errors import InputError
from rothwell.law.landscape import KINDS, SHIPPED, Landscape, LawDraws, law_paths, load_landscape, read_landscape

GOOD = """name = "mine"
initial = { current = 1.0 }
[regimes.current]
[regimes.higher]
note = "higher rates"
ordinary_points = 3.0
[[transitions]]
from = "current"
to = "higher"
hazard = 0.02
[[shocks]]
kind = "social_security_cut"
size = 0.2
window = [2032, 2035]
probability = 0.5
[drift]
ordinary = { deviation = 1.0, reversion = 0.1 }
"""
SHORTEST_OF_EACH_KIND = {
    "mega_backdoor_ban": "",
    "conversion_ban": "taxable_income_over = { single = 400_000, joint = 450_000, head = 425_000 }",
    "roth_distribution_required": "balance_over = 10_000_000",
    "step_up_repeal": "",
    "social_security_cut": "size = 0.23",
    "payout_limit": "years = 5",
}

BAN = '[regimes.a]\n[[shocks]]\nkind = "conversion_ban"\nwindow = [2029, 2030]\nprobability = 0.1\n'
LARGE = BAN.replace("conversion_ban", "roth_distribution_required") + "balance_over = 5\n"
AMOUNTS = "taxable_income_over = { single = 1, joint = 1, head = 1 }\n"


def read(text: str) -> Landscape:
    return read_landscape(text, "mine.toml")


def said_of(old: str, new: str) -> str:
    """What is said of the good file with one line changed."""
    assert GOOD.count(old) == 1
    with pytest.raises(InputError) as caught:
        read(GOOD.replace(old, new))
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("hazard = 0.02", "hazard = 1.2", 10, "transitions[0].hazard: not a chance; found 1.2; allowed: a number"),
        ("hazard = 0.02", "", 7, "transitions[0].hazard: not a chance; found 'nothing'"),
        ('to = "higher"', 'to = "hihger"', 9, "transitions[0].to: no such regime; found 'hihger'; allowed: current"),
        ("ordinary_points = 3.0", "ordinary_point = 3.0", 6, "regimes.higher.ordinary_point: unknown key; did"),
        ("ordinary_points = 3.0", 'ordinary_points = "3"', 6, "regimes.higher.ordinary_points: not a number within"),
        ("ordinary_points = 3.0", "ordinary_points = nan", 6, "regimes.higher.ordinary_points: not a number within"),
        ("ordinary_points = 3.0", "ordinary_points_by_bracket = [1]", 6, "regimes.higher.ordinary_points_by_bracket"),
        ("ordinary_points = 3.0", 'patch = "law_of_1913"', 6, "regimes.higher.patch: no such law"),
        ("ordinary_points = 3.0", "set = [{ figure = 'rate' }]", 6, "regimes.higher.set[0].figure: no such"),
        ("ordinary_points = 3.0", "set = 3", 6, "regimes.higher.set: not a list of tables; found 3"),
        ('note = "higher rates"', "note = 5", 5, "regimes.higher.note: not a text; found 5"),
        ("{ current = 1.0 }", "{ current = 0.9 }", 2, "initial: the chances must add up to 1; found 0.9"),
        ("{ current = 1.0 }", "5", 2, "initial: not a table; found 5"),
        ("window = [2032, 2035]", "window = [2035, 2032]", 14, "shocks[0].window: ends before it begins"),
        ("window = [2032, 2035]", "window = 2032", 14, "shocks[0].window: not a window of years; found 2032"),
        ("window = [2032, 2035]", 'window = ["2032", 2035]', 14, "shocks[0].window[0]: not a year; found '2032'"),
        ("window = [2032, 2035]", "", 11, "shocks[0].window: not a window of years"),
        ("size = 0.2", "size = 23", 13, "shocks[0].size: not a number within bounds; found 23; allowed: a number"),
        ("size = 0.2", "", 11, "shocks[0].size: not a number within bounds; found 'nothing'"),
        ("size = 0.2", "size = 0.2\nbalance_over = 3", 14, "shocks[0].balance_over: unknown key"),
        ("size = 0.2", "size = 0.2\ngrandfathered = 1", 14, "shocks[0].grandfathered: not a yes or no; found 1"),
        ('"social_security_cut"', '"flat_tax"', 12, "shocks[0].kind: no such shock; found 'flat_tax'; allowed:"),
        ("probability = 0.5", "probability = true", 15, "shocks[0].probability: not a chance; found True"),
        ("reversion = 0.1", "reversion = 1.1", 17, "drift.ordinary.reversion: not a number within bounds; found 1.1"),
        ("deviation = 1.0", "sd = 1.0", 17, "drift.ordinary.sd: unknown key"),
        ("[drift]", "[drfit]", 16, "drfit: unknown key; did you mean 'drift'?"),
        ('name = "mine"', "start_year = 99", 1, "start_year: not a year; found 99; allowed: 1900 to 2200"),
        ('name = "mine"', "elections_only = 1", 1, "elections_only: not a yes or no"),
        ('name = "mine"', "[[", None, "not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_field_what_was_found_and_what_is_allowed(
    old: str, new: str, line: int | None, words: str
) -> None:
    place = "mine.toml" if line is None else f"mine.toml:{line}"
    assert said_of(old, new).startswith(f"{place}: {words}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BAN, "m.toml:2: shocks[0].taxable_income_over: not a table"),
        (BAN + "grandfathered = true\n" + AMOUNTS, "m.toml:6: shocks[0].grandfathered: nothing is old under this"),
        (LARGE + "roth_first_over = 4\n", "m.toml:7: shocks[0].roth_first_over: not a number within bounds; found 4"),
        (LARGE + "base_year = 1950\n", "m.toml:7: shocks[0].base_year: no price index is held for the year before"),
        (BAN + AMOUNTS + BAN.removeprefix("[regimes.a]\n"), "m.toml:8: shocks[1].kind: this shock stands here twice"),
        ("[regimes.a]\n[history]\nblock = 2.5\n", "m.toml:3: history.block: not a whole number of years; found 2.5"),
        ("[regimes.a]\nordinary_points = 1\n[history]\nblock = 5\n", "m.toml:1: regimes.a: the record's changes are"),
        ("mean_preserving = true\n[regimes.a]\n[history]\nblock = 5\n", "m.toml:1: mean_preserving: the record of"),
        ('name = "x"\n', "m.toml: regimes: a landscape needs at least one regime"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_landscape(text, "m.toml")
    assert str(caught.value).startswith(words)


def test_each_kind_of_shock_needs_no_more_than_its_own_amount() -> None:
    rows = "".join(
        f'[[shocks]]\nkind = "{kind}"\n{amount}\nwindow = [2029, 2040]\nprobability = 0.1\n'
        for kind, amount in SHORTEST_OF_EACH_KIND.items()
    )
    shocks = read("[regimes.current]\n" + rows).shocks
    assert tuple(one.kind for one in shocks) == KINDS
    assert {one.base_year for one in shocks} == {0, 2029}  # the first year of the window, for those with amounts
    assert not any(one.grandfathered for one in shocks)


def test_a_plan_that_begins_before_the_beliefs_is_refused() -> None:
    later = read("start_year = 2030\n[regimes.current]\n")
    with pytest.raises(InputError, match="begins later than the plan; found 2026; allowed: 2030 or later"):
        law_paths(later, 2026, 5, LawDraws(2, 5, 1))
    assert law_paths(later, 2030, 5, LawDraws(2, 5, 1)).regime.shape == (2, 5)


def test_a_long_or_deep_file_is_answered_not_followed() -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read("a = " + "[" * 500 + "]" * 500)
    with pytest.raises(InputError, match="no such regime") as caught:
        read(GOOD.replace('to = "higher"', f'to = "{"x" * 100_000}"'))
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", SHIPPED)
def test_every_chance_of_a_shipped_landscape_stands_beside_its_evidence_or_the_word_belief(name: str) -> None:
    text = resources.files("rothwell.law").joinpath(f"landscapes/{name}.toml").read_text(encoding="utf-8")
    assert load_landscape(name).name == name
    words, numbers = "", 0
    for line in text.splitlines():
        if line.startswith("#"):
            words += line
        elif re.match(r"(probability|hazard|block|either_sign)\b", line):
            assert re.search("belief", words, re.IGNORECASE), line
            numbers += 1
        elif line.startswith("[[shocks]]"):
            fresh = words.rpartition("#")[2]
            assert re.search("belief", fresh, re.IGNORECASE), (name, fresh)
    assert numbers == {"current-law": 0, "default": 11, "pessimist": 11, "historical": 2}[name]


def test_the_pessimist_doubles_every_chance_of_the_default() -> None:
    default, pessimist = load_landscape("default"), load_landscape("pessimist")
    assert pessimist.hazards == pytest.approx(2.0 * default.hazards)
    for mild, grave in zip(default.shocks, pessimist.shocks, strict=True):
        assert (grave.kind, grave.first_year, grave.last_year) == (mild.kind, mild.first_year, mild.last_year)
        assert grave.probability == pytest.approx(2.0 * mild.probability)
    assert pessimist.shocks[0].size == 0.30  # 0.7 of benefits are paid
