"""[[strategies]]: strategies of one's own, compared beside those that are built in."""

from __future__ import annotations

import pytest

from rothwell.errors import InputError
from rothwell.household import Household, parse_household
from rothwell.lifetime.compared import compared_strategies
from rothwell.report.words import in_words
from tests.report.households import TODAY, text_of

OWN = '\n[[strategies]]\nname = "Mine"\n'


def couple_with(rows: str, name: str = "couple") -> Household:
    """An example with a strategy of its own."""
    return parse_household(text_of(name) + OWN + rows, TODAY)


def test_a_strategy_of_ones_own_stands_after_the_presets() -> None:
    rows = 'after_tax_share = "50%"\nfill_bracket = "22%"\nroth_deferrals = 1\nlate_career_age = 55\n'
    found = compared_strategies(couple_with(rows), 2026)
    own = found[-1]
    assert [one.name for one in found[:-1]][:2] == ["brokerage", "convert_later"]
    assert (own.name, own.after_tax_share, own.fill_bracket, own.spend_to_age) == ("Mine", 0.5, 2, None)
    words = in_words(own, 2026, True)
    assert "50% of the after-tax room" in words
    assert "make 100% of the deferrals Roth before the age of 55, and 0% from then on" in words
    assert "up to the top of the 22% bracket" in words


def test_every_number_is_said_in_words() -> None:
    rows = 'rate_before_claiming = "24%"\nrate_after_rmds = "12%"\ngain_harvest = 1\ndeferred_first = "12%"\n'
    rows += 'deferred_share = "30%"\nspend_to_age = 99\nspend_at_rate = "3%"\ndeferred_weight = "70%"\n'
    own = compared_strategies(couple_with(rows + 'guardrail_width = "15%"\n', "retired"), 2026)[-1]
    words = in_words(own, 2026, False)
    for part in ("24% before anybody has benefits", "none after that", "12% once distributions are required"):
        assert part in words
    for part in ("the end of the zero rate", "the top of the 12% bracket before taxable", "30% of what is needed"):
        assert part in words
    for part in ("to age 99", "3.0% real", "as 70%", "within 15%"):
        assert part in words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            'fill_bracket = "23%"\n',
            "strategies[0].fill_bracket: is not the rate of a bracket; found '23%'; allowed: 10%",
        ),
        ('fill_bracket = "22%"\nrate_after_rmds = "12%"\n', "strategies[0].rate_after_rmds: cannot stand beside"),
        ('colour = "red"\n', "strategies[0].colour"),
        ("after_tax_share = 2\n", "strategies[0].after_tax_share"),
        ('[[strategies]]\nname = "Mine"\n', "strategies[1].name: is the name of a strategy listed before"),
    ],
)
def test_slips_are_refused_with_their_field(rows: str, words: str) -> None:
    with pytest.raises(InputError) as problem:
        couple_with(rows)
    assert words in str(problem.value)


def test_a_name_of_a_preset_and_what_no_plan_allows_are_refused() -> None:
    with pytest.raises(InputError, match="is the name of a built-in strategy"):
        compared_strategies(parse_household(text_of("couple") + OWN.replace("Mine", "brokerage"), TODAY), 2026)
    with pytest.raises(InputError, match="after_tax_share: is not open to this household"):
        compared_strategies(couple_with("after_tax_share = 1\n", "nothing"), 2026)
