"""What an answer takes for granted is said, and a question that it cannot answer is refused."""

from __future__ import annotations

import pytest

from rothwell.answer import BEYOND_THE_PROVISIONS, Answer, Settings, plan
from rothwell.errors import InputError
from rothwell.household import parse_household
from rothwell.lifetime.market_words import market_used
from rothwell.provision import not_modeled
from tests.report.households import SINGLE, TODAY, answer_of

BENEFIT = "[people.social_security]\nclaiming_age = 67\nannual_benefit = 40_000\n"
HALVES = '[[mixes]]\nname = "halves"\nstocks = 0.5\nbonds = 0.5\n'
FIXED = '[market]\nkind = "fixed"\n'


def asked(text: str, paths: int = 2, landscapes: tuple[str, ...] = ("current-law",), year: int | None = None) -> Answer:
    """The answer for a household, from as few futures as possible."""
    settings = Settings(paths=paths, threads=1, landscapes=landscapes, start_year=year)
    return plan(parse_household(text, TODAY), settings)


def test_the_examples_leave_nothing_to_assume() -> None:
    assert answer_of("couple").assumptions == ()
    assert answer_of("retired").assumptions == ()


@pytest.mark.parametrize(
    ("old", "new", "year", "words"),
    [
        (BENEFIT, "", None, "No benefit of Social Security is counted for Priya"),
        ("", "", 2027, "which are those of 2026, are taken as those of 2027"),
        (
            "retirement_age = 62",
            "retirement_age = 62\nplanning_age = 99",
            None,
            "Spending is planned to age 95 (`amortize_to_age`), so little is left after it; the plan lets Priya live "
            "to 99.",
        ),
        ("1990-02-10", "1976-12-31", None, "pay of Priya at Orbit Labs is taken as last year's wages"),
    ],
)
def test_what_the_file_does_not_say_is_said(old: str, new: str, year: int | None, words: str) -> None:
    (sentence,) = asked(SINGLE.replace(old, new, 1), year=year).assumptions
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1990-02-10", "1977-01-01"),  # 49 at the end of 2026: no catch-up contributions, IRC 414(v)(5)(A)
        ("pay = 240_000\n", "pay = 240_000\nprior_year_wages = 180_000\n"),
        (
            "living_cost = 95_000",
            'living_cost = 95_000\nrule = "flat"\nflat_amount = 90_000\n[beliefs]\namortize_to_age = 90',
        ),
    ],
)
def test_nothing_is_said_where_nothing_is_assumed(old: str, new: str) -> None:
    assert asked(SINGLE.replace(old, new, 1)).assumptions == ()


def test_one_future_of_chance_is_refused() -> None:
    with pytest.raises(InputError, match="one future has no standard error; ask for at least 2"):
        asked(SINGLE, paths=1)
    with pytest.raises(InputError, match="one future has no standard error"):
        asked(SINGLE + FIXED, paths=1, landscapes=("default",))  # the law is drawn


def test_without_chance_one_future_is_all_there_is() -> None:
    assert asked(SINGLE + FIXED, paths=1).paths == 1


@pytest.mark.parametrize(
    ("market", "histories", "words", "warning"),
    [
        ("", None, "Returns have a mean of 6.0% and a deviation of 12.0%; prices rise 2.5% a year.", ""),
        (FIXED, 1, "Returns are 6.0% in every year", ""),
        (HALVES, None, "stocks 7.5% and 19.0%, bonds 4.0% and 8.0%", ""),
        (HALVES + '[market]\nkind = "bootstrap"\n', None, "blocks of 5 past years of 1928 to 2025", "98 past years"),
        (HALVES + '[market]\nkind = "historical"\n', 3, "from each year of 1928 to 2025 on", "are too small"),
        (
            HALVES + '[market]\nkind = "historical"\nhistorical_start = 1966\n',
            1,
            "from 1966 on, as they were; accounts hold 50% stocks, 50% bonds.",
            "All futures have one market",
        ),
    ],
)
def test_an_answer_says_which_market_it_rests_on(market: str, histories: int | None, words: str, warning: str) -> None:
    used = market_used(parse_household(SINGLE + market, TODAY), 3)
    assert used.histories == histories
    assert words in used.words
    assert warning in "".join(used.warnings)
    assert bool(used.warnings) == bool(warning)
    assert market_used(parse_household(SINGLE + market, TODAY), 10_000).histories in (histories, 98)


def test_the_warning_of_a_market_of_past_years_stands_beside_the_answer() -> None:
    answer = asked(SINGLE + HALVES + '[market]\nkind = "historical"\n', paths=3)
    assert answer.assumptions == answer.market.warnings


def test_accounts_with_different_mixes_are_spoken_of() -> None:
    text = SINGLE.replace("[[accounts]]\n", '[[accounts]]\nmix = "other"\n', 1)
    used = market_used(parse_household(text + HALVES + HALVES.replace("halves", "other"), TODAY), 10)
    assert "Accounts hold different mixes" in used.warnings[0]
    assert used.words.endswith("where they name no other mix; prices rise 2.5% a year. These are beliefs.")


def test_a_landscape_asked_for_twice_is_computed_once() -> None:
    answer = asked(SINGLE, landscapes=("current-law", "current-law"))
    assert [one.landscape.name for one in answer.comparisons] == ["current-law"]


def test_every_limit_of_every_rule_is_in_the_answer() -> None:
    assert answer_of("couple").not_modeled == (*BEYOND_THE_PROVISIONS, *not_modeled())
