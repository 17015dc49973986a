"""Whatever is wrong in a household file is said in one message with file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rothwell.errors import InputError
from rothwell.household import Household, load_household, parse_household, require_plannable

TODAY = date(2026, 11, 23)
GOOD = (Path(__file__).parent / "good.toml").read_text()


def edited(*edits: tuple[int, str]) -> str:
    """The good file with some of its lines replaced."""
    lines = GOOD.split("\n")
    for line, new in edits:
        lines[line - 1] = new
    return "\n".join(lines)


def problem_of(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_household(text, TODAY, file="home.toml")
    return caught.value


# The line edited, the new text, the line reported, the field, words of the message.
VALUES = [
    (30, 'pay = "12,50"', 30, "jobs[0].pay", '"12.50" with a decimal point, or "1250" without the comma'),
    (30, 'pay = "1.234,56"', 30, "jobs[0].pay", "cannot be read as dollars"),
    (30, 'pay = "12,500k"', 30, "jobs[0].pay", "mixes a comma with k or m"),
    (30, 'pay = "lots"', 30, "jobs[0].pay", '"24.5k"'),
    (30, 'pay = ""', 30, "jobs[0].pay", "cannot be read as dollars"),
    (30, "pay = -1", 30, "jobs[0].pay", "must not be negative; found -1"),
    (30, 'pay = "-$1,000"', 30, "jobs[0].pay", "must not be negative; found '-$1,000'"),
    (30, "pay = nan", 30, "jobs[0].pay", "must be a finite number"),
    (30, "pay = -inf", 30, "jobs[0].pay", "must be a finite number"),
    (30, "pay = 1e308", 30, "jobs[0].pay", "too large"),
    (30, "pay = 1e999", 30, "jobs[0].pay", "finite"),
    (30, f"pay = {'9' * 400}", 30, "jobs[0].pay", "too large"),
    (30, f"pay = {'9' * 5000}", 30, "jobs[0].pay", "too large a number"),
    (30, f"pay = 0x{'f' * 5000}", 30, "jobs[0].pay", "more than 60 digits"),
    (30, "pay = true", 30, "jobs[0].pay", "cannot be read as dollars"),
    (30, "pay = [1, 2]", 30, "jobs[0].pay", "a list of 2"),
    (30, "pay = { a = 1 }", 30, "jobs[0].pay", "a table"),
    (32, "growth = 1", 32, "jobs[0].growth", 'write 0.01 or "1%"'),
    (32, 'growth = "1,5%"', 32, "jobs[0].growth", '"1.5%" with a decimal point'),
    (32, "growth = nan", 32, "jobs[0].growth", "finite"),
    (32, "growth = false", 32, "jobs[0].growth", "cannot be read as a rate"),
    (42, "  { rate = 100, up_to = 0.03 },", 42, "jobs[0].plan.match[0].rate", 'write 1 or "100%"'),
    (43, "  { rate = 0.5, up_to = 5 },", 43, "jobs[0].plan.match[1].up_to", 'write 0.05 or "5%"'),
    (54, "fee = 0.12", 54, "accounts[0].fee", "out of range"),
    (72, "mean_return = 6", 72, "market.mean_return", "out of range"),
    (72, "inflation = -0.5", 72, "market.inflation", "out of range"),
    (74, "risk_aversion = inf", 74, "beliefs.risk_aversion", "finite"),
    (74, "risk_aversion = -1", 74, "beliefs.risk_aversion", "0 to 20"),
    (74, "consumption_floor = 0", 74, "beliefs.consumption_floor", "above zero"),
    (2, 'filing_status = "Married"', 2, "household.filing_status", "single, mfj, mfs, hoh, qss"),
    (2, 'filing_status = "MFJ"', 2, "household.filing_status", 'did you mean "mfj"?'),
    (3, 'state = "Washington"', 3, "household.state", "two postal letters"),
    (3, 'state = "ZZ"', 3, "household.state", "is not a state"),
    (4, "start_year = 26", 4, "household.start_year", "1900 to 2200"),
    (4, "prior_magi = { soon = 1 }", 4, "household.prior_magi.soon", "whole number"),
    (4, "prior_magi = { 2024 = -1 }", 4, "household.prior_magi.2024", "negative"),
    (7, "name = 7", 7, "people[0].name", "must be a name"),
    (7, 'name = ""', 7, "people[0].name", "must not be empty"),
    (7, 'name = "A\\u001b[31m"', 7, "people[0].name", "not a usable name"),
    (8, "birth_date = 1980", 8, "people[0].birth_date", "1985-04-10"),
    (8, 'birth_date = "1/31/1980"', 8, "people[0].birth_date", "cannot be read as a date"),
    (8, 'birth_date = "1981-02-29"', 8, "people[0].birth_date", "is not a day of the calendar"),
    (8, "birth_date = 1980-01-31T00:00:00", 8, "people[0].birth_date", "must be a date"),
    (9, "retirement_age = 62.5", 9, "people[0].retirement_age", "whole number"),
    (9, "retirement_age = 5", 9, "people[0].retirement_age", "out of range"),
    (12, "claiming_age = 61", 12, "people[0].social_security.claiming_age", "62"),
    (12, "claiming_age = 71", 12, "people[0].social_security.claiming_age", "70"),
    (13, "annual_benefit = -5", 13, "people[0].social_security.annual_benefit", "negative"),
    (17, 'cost_of_living = "yes"', 17, "people[0].pension.cost_of_living", "true or false"),
    (34, 'elective_deferral = "maximum"', 34, "jobs[0].plan.elective_deferral", '"max", or'),
    (34, "elective_deferral = -1", 34, "jobs[0].plan.elective_deferral", "negative"),
    (35, 'deferral_kind = "pretax"', 35, "jobs[0].plan.deferral_kind", 'did you mean "pre_tax"?'),
    (38, "after_tax_dollar_cap = -1", 38, "jobs[0].plan.after_tax_dollar_cap", "negative"),
    (39, 'after_tax_pay_cap = "110%"', 39, "jobs[0].plan.after_tax_pay_cap", "100%"),
    (47, "elective_deferrals = -1", 47, "jobs[0].year_to_date.elective_deferrals", "negative"),
    (52, "balance = -1", 52, "accounts[0].balance", "negative"),
    (50, 'kind = "ira"', 50, "accounts[0].kind", "traditional_ira"),
    (69, "amount = -30_000", 69, "goals[0].amount", "negative"),
    (76, "names = [3]", 76, "landscape.names[0]", "must be a name"),
    (76, 'names = "default"', 76, "landscape.names", "must be a list"),
]

KEYS = [
    (30, "salary = 1", 30, "jobs[0].salary", "is an unknown key"),
    (30, "pya = 1", 30, "jobs[0].pya", 'did you mean "pay"?'),
    (30, '"a b\\u001b" = 1\npay = 1', 30, 'jobs[0]."a b\\u001b"', "is an unknown key"),
    (42, "  { rate = 1, upto = 0.03 },", 42, "jobs[0].plan.match[0].upto", 'did you mean "up_to"?'),
    (71, "[markets]", 71, "markets", 'did you mean "market"?'),
    (72, "mean_retrun = 0.06", 72, "market.mean_retrun", 'did you mean "mean_return"?'),
    (30, "", 27, "jobs[0].pay", "is required"),
    (7, "", 6, "people[0].name", "is required"),
    (8, "", 6, "people[0].birth_date", "is required"),
    (21, "", 19, "people[1].birth_date", "is required"),
    (13, "", 11, "people[0].social_security.annual_benefit", "is required"),
    (17, "", 14, "people[0].pension.cost_of_living", "is required"),
    (52, "", 49, "accounts[0].balance", "is required"),
    (53, "", 49, "accounts[0].basis", "is required for a taxable account"),
    (2, "", 1, "household.filing_status", "is required"),
    (2, "", 1, "household.filing_status", "what goes there: federal filing status: single, mfj"),
    (61, "[[spending]]", 61, "spending", "[spending] with one pair of brackets"),
    (23, "[children]", 23, "children", "[[children]] with two brackets"),
    (30, "pay = 1\npay = 2", 31, "jobs[0].pay", "is given twice"),
    (73, "[market]", 73, "market", "is given twice"),
    (49, "[accounts]", 56, "accounts", "is given twice"),
]

SYNTAX = [
    (30, "pay = $200,000", 30, "jobs[0].pay", "in quotes"),
    (30, "pay = 200,000", 30, "jobs[0].pay", "in quotes"),
    (30, "pay = ", 30, "jobs[0].pay", "is not valid TOML"),
    (30, "pay 5", 30, "jobs[0].pay", "is not valid TOML"),
    (30, 'pay = "5', 30, "jobs[0].pay", "is not valid TOML"),
    (2, "filing_status = mfj", 2, "household.filing_status", "in quotes"),
    (8, "birth_date = 1981-02-29", 8, "people[0].birth_date", "Invalid date"),
    (6, "[[people]", 6, "people", "is not valid TOML"),
    (30, "pay = null", 30, "jobs[0].pay", "is not valid TOML"),
    (30, "pay = 1\x00", 30, "jobs[0].pay", "is not valid TOML"),
    (1, "x = " + "[" * 5000, 1, None, "nested too deeply"),
    (1, "x = " + "{a=" * 5000, 1, None, "nested too deeply"),
    (1, ".".join("a" * 100_000) + " = 1", 1, None, "nested too deeply"),
    (1, f"[{'.'.join('a' * 100_000)}]", 1, None, "nested too deeply"),
]

RELATIONS = [
    (8, "birth_date = 2026-11-24", 8, "people[0].birth_date", "is in the future; found '2026-11-24'"),
    (25, "birth_date = 2030-01-01", 25, "children[0].birth_date", "is in the future"),
    (4, "start_year = 1981", 4, "household.start_year", "before the first year whose law is held"),
    (10, "planning_age = 46", 10, "people[0].planning_age", "47 to 120"),
    (9, "", 6, "people[0].retirement_age", "is required: Ann has a job"),
    (9, "retirement_age = 46", 9, "people[0].retirement_age", "leaves no year of work"),
    (21, "birth_date = 1982-06-30\nretirement_age = 60", 22, "people[1].retirement_age", "Ben has no job"),
    (20, 'name = "Ann"', 20, "people[1].name", "is the name of somebody listed before"),
    (20, 'name = "joint"', 20, "people[1].name", "the word for joint ownership"),
    (24, 'name = "Ben"', 24, "children[0].name", "is the name of somebody listed before"),
    (28, 'person = "Anne"', 28, "jobs[0].person", 'did you mean "Ann"?'),
    (31, "plan_pay = 200_001", 31, "jobs[0].plan_pay", "is more than the pay"),
    (36, "roth_deferrals = false", 35, "jobs[0].plan.deferral_kind", "takes no Roth deferrals"),
    (37, "", 38, "jobs[0].plan.after_tax_dollar_cap", "takes no after-tax contributions"),
    (42, "  { rate = 1.0, up_to = 0.05 },", 43, "jobs[0].plan.match[1].up_to", "above the end of the tier before"),
    (42, "  { rate = 1.0, up_to = 0 },", 42, "jobs[0].plan.match[0].up_to", "above zero"),
    (51, 'owner = "Benn"', 51, "accounts[0].owner", 'did you mean "Ben"?'),
    (58, 'owner = "joint"', 58, "accounts[1].owner", "must be one person"),
    (57, 'kind = "roth_ira"\nbasis = 300_001', 58, "accounts[1].basis", "is more than the balance"),
    (59, "balance = 300_000\nbasis = 1", 60, "accounts[1].basis", "does not exist"),
    (54, 'employer = "Acme"', 54, "accounts[0].employer", "only for accounts in a plan"),
    (64, "", 61, "spending.flat_amount", "is required"),
    (63, "", 64, "spending.flat_amount", 'the rule is "amortized"'),
    (68, "year = 2025", 68, "goals[0].year", "2026 to 2077"),
    (68, "year = 2078", 68, "goals[0].year", "2026 to 2077"),
    (2, 'filing_status = "single"', 2, "household.filing_status", "single needs 1 [[people]], and the file lists 2"),
    (2, 'filing_status = "hoh"', 2, "household.filing_status", "head of household needs 1"),
    (76, 'names = ["default", "default"]', 76, "landscape.names[1]", "is listed before"),
]


@pytest.mark.parametrize(("edit", "new", "line", "field", "words"), [*VALUES, *KEYS, *SYNTAX, *RELATIONS])
def test_one_slip_in_a_good_file_is_named_with_its_line_and_field(
    edit: int, new: str, line: int, field: str | None, words: str
) -> None:
    problem = problem_of(edited((edit, new)))
    assert (problem.file, problem.line, problem.field) == ("home.toml", line, field)
    assert words in str(problem)


def test_the_good_file_is_good() -> None:
    assert isinstance(parse_household(GOOD, TODAY), Household)


def test_of_several_problems_the_first_of_the_file_is_reported() -> None:
    slips = [
        (3, 'state = "ZZ"'),
        (28, 'person = "Anne"'),
        (43, "  { rate = 0.5, up_to = 0.01 },"),
        (52, "balance = -1"),
    ]
    for first in range(len(slips)):
        assert problem_of(edited(*reversed(slips[first:]))).line == slips[first][0]


def test_a_slip_in_a_value_does_not_hide_a_contradiction_above_it() -> None:
    problem = problem_of(edited((57, 'kind = "roth_ira"\nbasis = 999_999'), (69, "amount = nan")))
    assert (problem.line, problem.field) == (58, "accounts[1].basis")


def test_what_was_found_is_shown_as_it_was_typed() -> None:
    problem = problem_of(edited((57, 'kind = "roth_ira"\nbasis = "300.1k"')))
    assert problem.found == "300.1k"


def test_nobody_may_be_born_after_the_start_year() -> None:
    problem = problem_of(edited((4, "start_year = 2025"), (25, "birth_date = 2026-03-03")))
    assert (problem.line, problem.field) == (25, "children[0].birth_date")
    assert "after the start year" in problem.message


def test_two_people_are_needed_for_a_joint_account_and_a_joint_return() -> None:
    alone = edited(*((line, "") for line in (19, 20, 21)))
    assert problem_of(alone).field == "household.filing_status"
    single = alone.replace('"mfj"', '"single"')
    problem = problem_of(single)
    assert (problem.line, problem.field) == (51, "accounts[0].owner")


def test_a_missing_table_is_reported_at_the_end_of_the_file() -> None:
    problem = problem_of('[household]\nfiling_status = "single"\nstate = "WA"\n')
    assert (problem.line, problem.field) == (3, "people")


def test_an_empty_file_is_told_what_is_required() -> None:
    problem = problem_of("")
    assert (problem.line, problem.field) == (1, "household")


def test_nobody_listed_is_refused() -> None:
    problem = problem_of('people = []\n[household]\nfiling_status = "single"\nstate = "WA"\n')
    assert (problem.line, problem.field) == (1, "people")


def test_medicare_in_the_first_two_years_needs_the_income_of_two_years_before() -> None:
    text = (
        'accounts = []\n[household]\nfiling_status = "single"\nstate = "FL"\nstart_year = 2026\n{magi}\n'
        '[[people]]\nname = "Zoe"\nbirth_date = {born}\n'
    )
    cases = [
        ("1963-06-01", "", None),  # 64 at the end of the second year
        ("1962-06-01", "", 2025),  # 65 in the second year
        ("1961-06-01", "", 2024),
        ("1961-06-01", "prior_magi = { 2024 = 90_000 }", 2025),
        ("1961-06-01", 'prior_magi = { 2024 = "90k", 2025 = 91_000 }', None),
    ]
    for born, magi, missing in cases:
        filled = text.format(born=born, magi=magi)
        household = parse_household(filled, TODAY)
        if missing is None:
            require_plannable(household)
        else:
            with pytest.raises(InputError) as caught:
                require_plannable(household)
            assert caught.value.field == "household.prior_magi"
            assert str(missing) in caught.value.message


@pytest.mark.parametrize(
    ("edits", "line", "field"),
    [
        ([(62, "")], 61, "spending.living_cost"),
        ([(2, 'filing_status = "mfs"')], 2, "household.filing_status"),
    ],
)
def test_what_this_release_cannot_plan_is_read_but_refused_by_name_in_a_plan(
    edits: list[tuple[int, str]], line: int, field: str
) -> None:
    household = parse_household(edited(*edits), TODAY, file="home.toml")
    with pytest.raises(InputError) as caught:
        require_plannable(household)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("home.toml", line, field)


def test_a_plan_needs_the_accounts_and_a_file_may_say_that_there_are_none() -> None:
    without = "\n".join(GOOD.split("\n")[:48] + GOOD.split("\n")[60:])
    with pytest.raises(InputError, match="accounts"):
        require_plannable(parse_household(without, TODAY))
    require_plannable(parse_household("accounts = []\n" + without, TODAY))


def test_higher_rooms_can_raise_an_error_about_a_field_with_its_line() -> None:
    household = parse_household(GOOD, TODAY, file="home.toml")
    problem = household.source.error(
        "jobs[0].plan.elective_deferral", "is above the limit", found=99_000, allowed="less"
    )
    assert (
        str(problem) == "home.toml:34: jobs[0].plan.elective_deferral: is above the limit; found 99000; allowed: less"
    )
    assert household.source.error("jobs[0].plan.acp_limit", "is missing").line == 33
    assert household.source.error("jobs[0].year_to_date.after_tax", "is missing").line == 46


FILES = [
    ("cut.toml", GOOD.encode()[:-30] + b"\xff\n", 75, "is not written in UTF-8"),
    ("utf16.toml", GOOD.encode("utf-16"), 1, "UTF-16"),
    ("utf16be.toml", GOOD.encode("utf-16-be"), 1, "UTF-16"),
    ("nulls.toml", b"\x00" * 100, 1, "UTF-16"),
    ("large.toml", b"# x\n" * 100_000, 1, "is too large for a household file"),
]


@pytest.mark.parametrize(("name", "content", "line", "words"), FILES)
def test_a_file_that_is_no_utf_8_text_is_refused(
    tmp_path: Path, name: str, content: bytes, line: int, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        load_household(tmp_path / name, TODAY)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / name), line)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "home.toml").write_bytes(content)
    household = load_household(tmp_path / "home.toml", TODAY)
    assert household == parse_household(GOOD, TODAY)
    assert household.source.line("jobs[0].pay") == 30


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.toml", "there is no such file"), (tmp_path, "is a directory")):
        with pytest.raises(InputError, match=words) as caught:
            load_household(path, TODAY)
        assert caught.value.file == str(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_household("a\x00b.toml", TODAY)
