"""A ledger on the terminal and as CSV, and the numbers that are refused."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from rothwell.answer import Answer, Settings, plan
from rothwell.cli import run
from rothwell.decision.recommendation import recommended
from rothwell.household import parse_household
from rothwell.lifetime.scenario import RunOptions
from rothwell.report.ledger_view import ACCOUNTS_FILE, FLOWS_FILE, ledger_files, ledger_section
from rothwell.report.reading import headline
from tests.lifetime.runs import COUPLE
from tests.report.households import TODAY, text_of

PATHS, CHOSEN = 20, 17


@pytest.fixture(scope="module")
def answer() -> Answer:
    """The couple's answer with one path in full."""
    household = parse_household(text_of("couple"), TODAY)
    return plan(household, Settings(paths=PATHS, ledger=CHOSEN, threads=1))


def rows(answer: Answer, name: str) -> list[dict[str, str]]:
    """The rows of a file of the ledger."""
    return list(csv.DictReader(io.StringIO(ledger_files(answer)[name])))


def test_every_account_row_adds_up_to_the_cent(answer: Answer) -> None:
    found = rows(answer, ACCOUNTS_FILE)
    assert len(found) > 5_000
    for row in found:
        opening, came, went, growth, closing = (
            Decimal(row[key]) for key in ("opening", "in", "out", "growth", "closing")
        )
        assert opening + came - went + growth == closing, row


def test_every_strategy_and_landscape_has_every_year(answer: Answer) -> None:
    found = rows(answer, FLOWS_FILE)
    years = {(row["landscape"], row["strategy"]): 0 for row in found}
    for row in found:
        years[row["landscape"], row["strategy"]] += 1
    assert len(years) == 2 * 6
    assert set(years.values()) == {57}
    assert {row["path"] for row in found} == {str(CHOSEN)}


def test_the_file_holds_the_flows_of_the_whole_run(answer: Answer) -> None:
    from tests.lifetime.runs import couple, drawn_laws, drawn_market, load_landscape, simulate

    laws = drawn_laws(load_landscape("default"), couple(), PATHS)
    options = RunOptions(threads=1, flows_kept=PATHS)
    strategies = tuple(one.strategy for one in headline(answer).results)
    flows = simulate(couple(), "default", strategies, drawn_market(couple(), PATHS), laws, options).flows
    for row in rows(answer, FLOWS_FILE):
        if row["landscape"] == "default":
            place = [one.name for one in strategies].index(row["strategy"])
            record = flows[place, CHOSEN, int(row["year"]) - 2026]
            assert float(row["income_tax"]) == pytest.approx(float(record["income_tax"]), abs=0.0051)
            assert float(row["pay (Maria)"]) == pytest.approx(float(record["pay"][1]), abs=0.0051)


def test_the_section_has_a_row_for_each_year_and_account(answer: Answer) -> None:
    section = ledger_section(answer, recommended(headline(answer)))
    years, balances, accounts = section.grids
    assert len(balances.rows) == len(years.rows)
    assert [row[0] for row in years.rows] == [str(year) for year in range(2026, 2083)]
    assert {row[0] for row in accounts.rows} >= {"taxable", "pre tax plan, James", "roth ira, Maria"}


def test_numbers_that_are_no_future_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", str(COUPLE), "--paths", "20", "--ledger", "20"]) == 2
    assert "--ledger: is not the number of a future; found 20; allowed: 0 to 19" in capsys.readouterr().err
    assert run(["plan", str(COUPLE), "--paths", "20", "--strategy", "brokerage"]) == 2
    assert "--strategy: is for --ledger alone" in capsys.readouterr().err
    assert run(["plan", str(COUPLE), "--paths", "20", "--ledger", "1", "--strategy", "brokrage"]) == 2
    assert "is not a strategy of this household" in capsys.readouterr().err


def test_the_command_writes_both_files_and_shows_the_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["plan", str(COUPLE), "--paths", "20", "--ledger", "3", "--strategy", "brokerage", "--csv"]
    assert run([*arguments, str(tmp_path / "out")]) == 0
    shown = capsys.readouterr().out
    assert "Future number 3 of 20" in shown
    assert "strategy 'Brokerage'" in " ".join(shown.split())
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {FLOWS_FILE, ACCOUNTS_FILE, "years.csv"}
