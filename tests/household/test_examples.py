"""The examples: they load, they say what their comments say, and one of them shows every key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from rothwell.household import Household, load_household, require_plannable

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TODAY = date(2026, 11, 23)
SHOWN_AS_COMMENTS = {  # keys that another one excludes
    *("jobs.pay_schedule.days", "jobs.pay_schedule.day", "jobs.raises.pay", "incomes.year", "costs.year"),
    *("residence.age", "people.social_security.pia", "strategies.fill_bracket"),
    *("market.mean_return", "market.deviation", "market.interest_yield"),
    *("household.unused_exclusion", "market.block_years", "market.historical_start", "beliefs.heirs_tax_rate"),
}
ELSEWHERE = {  # keys that stand in [household] and mean the same in [[residence]], or that California has no use for
    *("household.local_rate", "household.new_york_city", "residence.local_rate", "residence.new_york_city"),
    *("household.state_rates", "household.state_rates.income", "household.state_rates.gains"),
    *("household.state_rates.retirement", "residence.state_rates", "residence.state_rates.income"),
    *("residence.state_rates.gains", "residence.state_rates.retirement"),
    *("household.state_estate_tax", "household.state_estate_tax.exclusion", "household.state_estate_tax.rate"),
    *("residence.state_estate_tax", "residence.state_estate_tax.exclusion", "residence.state_estate_tax.rate"),
}


def example(name: str) -> Household:
    return load_household(EXAMPLES / f"{name}.toml", TODAY)


def tables(kind: Any, name: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Every model below an annotation, with the name of its table."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield name, kind
        for key, field in kind.model_fields.items():
            yield from tables(field.annotation, f"{name}.{key}" if name else key)
    for part in get_args(kind):
        yield from tables(part, name)


def keys_in(value: Any, name: str = "") -> Iterator[str]:
    """Every key of parsed TOML, with the name of its table and without places in lists."""
    if isinstance(value, dict):
        for key, part in value.items():
            path = f"{name}.{key}" if name else key
            yield path
            yield from keys_in(part, path)
    elif isinstance(value, list):
        for part in value:
            yield from keys_in(part, name)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_loads_and_can_be_planned(path: Path) -> None:
    household = load_household(path, TODAY)
    require_plannable(household)
    assert household.source.file == str(path)


def test_everything_shows_every_key_of_the_models_and_no_other() -> None:
    known = {f"{name}.{key}" if name else key for name, kind in tables(Household) for key in kind.model_fields}
    shown = set(keys_in(tomllib.loads((EXAMPLES / "everything.toml").read_text())))
    by_year = ("household.prior_magi.", "people.social_security.earnings.")
    years = {key for key in shown if key.startswith(by_year)}
    assert shown - years == known - SHOWN_AS_COMMENTS - ELSEWHERE
    comments = (EXAMPLES / "everything.toml").read_text()
    assert all(f"\n# {key.rpartition('.')[2]} = " in comments for key in SHOWN_AS_COMMENTS)


def test_every_key_of_everything_has_a_comment_where_it_stands_first() -> None:
    seen: set[str] = set()
    table = ""
    for line in (EXAMPLES / "everything.toml").read_text().splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("["):
            table = words
        elif "=" in words and not line.startswith(" "):
            key = f"{table} {words.partition('=')[0].strip()}"
            later_account = table == "[[accounts]]" and key in seen
            assert "#" in line or key in seen or later_account, f"{key} has no comment"
            seen.add(key)


def test_every_key_of_the_models_has_a_description_that_ends_as_a_sentence() -> None:
    for name, kind in tables(Household):
        for key, field in kind.model_fields.items():
            assert field.description, f"{name}.{key}"
            assert field.description.endswith("."), f"{name}.{key}"


def test_the_defaults_in_the_models_are_those_that_everything_writes_out() -> None:
    shown = example("everything")
    assert shown.market == Household.model_fields["market"].get_default(call_default_factory=True)
    assert shown.beliefs == Household.model_fields["beliefs"].get_default(call_default_factory=True)
    assert shown.landscape == Household.model_fields["landscape"].get_default(call_default_factory=True)


def test_the_couple_is_the_couple_of_its_comments() -> None:
    couple = example("couple")
    james, maria = couple.people
    assert [child.birth_date.year for child in couple.children] == [2026 - 8, 2026 - 5]
    assert (james.age_in(2026), maria.age_in(2026)) == (41, 39)
    assert (james.retirement_year, maria.retirement_year) == (2045, 2047)
    assert couple.last_year == 1987 + 95
    assert [job.pay for job in couple.jobs] == [310_000, 165_000]
    assert [job.plan_compensation for job in couple.jobs] == [310_000, 165_000]
    his, hers = (job.plan for job in couple.jobs)
    assert his is not None
    assert hers is not None
    assert (his.after_tax_contributions, his.conversion) == (True, "every_paycheck")
    assert (hers.after_tax_contributions, hers.conversion) == (False, "none")
    assert [(tier.rate, tier.up_to) for tier in (*his.match, *hers.match)] == [(0.5, 0.06), (1.0, 0.04)]
    assert sum(account.balance for account in couple.accounts) == 420_000 + 210_000 + 60_000 + 40_000 + 250_000


def test_the_retired_couple_needs_no_living_cost() -> None:
    retired = example("retired")
    assert retired.jobs == ()
    assert retired.spending.living_cost is None
    assert [person.age_in(2026) for person in retired.people] == [66, 66]


def test_helpers_find_people_jobs_accounts_and_fees_by_name() -> None:
    couple = example("couple")
    assert couple.person_named("Maria").birth_date == date(1987, 9, 2)
    assert [job.employer for job in couple.jobs_of("James")] == ["Cascade Software"]
    assert [account.kind for account in couple.accounts_of("joint")] == ["taxable"]
    fees = {account.kind: couple.fee_of(account) for account in couple.accounts}
    assert fees == {"pre_tax_plan": 0.001, "roth_ira": 0.0005, "taxable": 0.0005}
    with pytest.raises(KeyError):
        couple.person_named("Nobody")


def test_the_start_year_is_the_year_of_today_when_the_file_has_none(tmp_path: Path) -> None:
    text = (EXAMPLES / "couple.toml").read_text().replace("start_year = 2026\n", "")
    (tmp_path / "couple.toml").write_text(text)
    assert load_household(tmp_path / "couple.toml", date(2027, 2, 1)).start_year == 2027


def test_a_household_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        example("couple").jobs[0].pay = 1.0  # type: ignore[misc]
