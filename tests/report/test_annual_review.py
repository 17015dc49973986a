"""The annual review: what changed in the law, the facts and the answer, and why, from an earlier answer's JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rothwell.answer import Settings, plan
from rothwell.cli import run
from rothwell.errors import InputError
from rothwell.household import parse_household
from rothwell.household.plain_data import facts_changed, household_of, plain_household
from rothwell.report.annual_review import Review, review_json, review_of, review_section
from rothwell.report.answer_json import json_text
from rothwell.report.earlier_answer import SCHEMA_VERSION, earlier_answer
from rothwell.report.reading import headline, question
from tests.lifetime.runs import COUPLE
from tests.report.households import TODAY, answer_of, text_of
from tests.report.test_plan_json import keys
from tests.style.house import ROOT


def written(folder: Path, change: Any = None) -> Path:
    """The couple's answer as a file, with a change made to its tree."""
    tree = json.loads(json_text(answer_of("couple")))
    if change is not None:
        change(tree)
    path = folder / "last.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def reviewed(path: Path, text: str = "", year: int | None = None) -> Review:
    """The review of the couple, or of another text in another year, since an answer."""
    if not text and year is None:
        return review_of(answer_of("couple"), earlier_answer(path), 2)
    household = parse_household(text or text_of("couple"), TODAY)
    return review_of(plan(household, Settings(paths=200, threads=2, start_year=year)), earlier_answer(path), 2)


def test_nothing_changed_is_said_so(tmp_path: Path) -> None:
    review = reviewed(written(tmp_path))
    assert (review.law, review.facts) == ((), ())
    assert [one.words for one in review.steps] == ["as then"]
    assert review.steps[0].worth == question(headline(answer_of("couple"))).difference
    assert review.difference_then == pytest.approx(review.steps[0].worth.value, abs=0.02)
    words = " ".join(review_section(review, answer_of("couple")).paragraphs)
    assert "No field of the household's file differs." in words
    assert "No figure of the law" in words


def test_the_steps_lead_from_the_old_facts_to_the_new_answer(tmp_path: Path) -> None:
    text = text_of("couple").replace("pay = 310_000", "pay = 325_000").replace("= 250_000", "= 260_000")
    review = reviewed(written(tmp_path), text, 2027)
    fields = {one.field: (one.before, one.now) for one in review.facts}
    assert fields == {
        "jobs[Cascade Software, James].pay": (310_000.0, 325_000.0),
        "accounts[taxable, joint].balance": (250_000.0, 260_000.0),
    }
    assert [one.words for one in review.steps] == [
        "as then",
        "begun in 2027",
        "[jobs] as it is now",
        "[accounts] as it is now",
    ]
    first, last = review.steps[0].worth, review.steps[-1].worth
    assert first is not None
    assert last is not None
    assert sum(one.change or 0.0 for one in review.steps) == pytest.approx(last.value - first.value)
    now = plan(parse_household(text, TODAY), Settings(paths=200, threads=2, start_year=2027))
    assert last == question(headline(now)).difference


def test_a_figure_published_since_is_found_and_undone(tmp_path: Path) -> None:
    """The top of the 22% bracket of 2026 was still projected, lower than it came out: the old law is lived through."""

    def as_projected(tree: Any) -> None:
        for row in tree["law_figures"]:
            if row["figure"] == "annual_additions.limit" and row["year"] == 2026:
                row |= {"value": 71_000.0, "projected": True}
            if row["figure"] == "oasdi.rate" and row["year"] == 2026:
                row |= {"value": 0.05}

    review = reviewed(written(tmp_path, as_projected))
    assert {(one.name, one.kind) for one in review.law} == {
        ("annual_additions.limit", "published"),
        ("oasdi.rate", "changed"),
    }
    assert [one.words for one in review.steps] == ["as then", "the law as it is known now"]
    change = review.steps[1].change
    assert change is not None
    assert abs(change) > 0.01
    tree = review_json(review, answer_of("couple"))
    assert {row["now"] for row in tree["law"]} == {72_000.0, 0.062}


def test_what_cannot_be_replayed_is_said_and_goes_into_the_next_step(tmp_path: Path) -> None:
    def poorer(tree: Any) -> None:
        tree["household_file"]["spending"]["living_cost"] = 900_000.0

    review = reviewed(written(tmp_path, poorer))
    assert review.steps[0].worth is None
    assert "cannot be paid" in review.steps[0].problem
    assert review.steps[-1].worth == question(headline(answer_of("couple"))).difference
    assert "could not be replayed alone" in " ".join(review_section(review, answer_of("couple")).grids[1].notes)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tree: tree.pop("schema_version"), "was written by an older version"),
        (lambda tree: tree.update(schema_version=99), "was not written by a version known here"),
        (lambda tree: tree.pop("household_file"), "household_file: is missing"),
        (lambda tree: tree["settings"].update(paths="many"), "settings.paths: is missing or not what"),
        (lambda tree: tree["strategies"].append(3), "strategies: is missing or not what"),
    ],
)
def test_an_answer_that_cannot_serve_is_one_clear_message(tmp_path: Path, change: Any, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        earlier_answer(written(tmp_path, change))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000])
def test_a_file_that_is_no_answer_is_refused_before_the_long_work(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "last.json"
    path.write_bytes(content)
    assert run(["plan", str(COUPLE), "--since", str(path)]) == 2
    assert str(path) in capsys.readouterr().err
    assert run(["plan", str(COUPLE), "--since", str(tmp_path / "none.json")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_household_read_back_from_the_answer_is_the_household() -> None:
    for name in ("couple", "retired", "single", "everything", "solo", "engineer"):
        household = parse_household(text_of(name), TODAY)
        plain = json.loads(json.dumps(plain_household(household)))
        assert household_of(plain, None) == household
        assert facts_changed(plain, plain_household(household)) == ()


def test_entries_of_lists_are_known_again_by_their_names() -> None:
    before = {"jobs": [{"person": "A", "employer": "X", "pay": 1.0}, {"person": "A", "employer": "Y", "pay": 2.0}]}
    now = {"jobs": [{"person": "A", "employer": "Y", "pay": 3.0}]}
    found = {one.field: (one.before, one.now) for one in facts_changed(before, now)}
    assert found["jobs[Y, A].pay"] == (2.0, 3.0)
    assert found["jobs[X, A]"][1] is None


def test_the_command_reviews_and_writes_the_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last, now = written(tmp_path), tmp_path / "now.json"
    assert run(["plan", str(COUPLE), "--paths", "50", "--since", str(last), "--json", str(now)]) == 0
    assert "Since the answer for 2026" in capsys.readouterr().out
    tree = json.loads(now.read_text(encoding="utf-8"))
    assert tree["schema_version"] == SCHEMA_VERSION
    assert tree["review"]["since"] == {"start_year": 2026, "paths": 200, "seed": 1}
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([^`\s]+)`", page[page.index("### The annual review") :]))
    documented |= {key.removesuffix("[]") for key in documented}
    missing = {f"review.{place}" for place in keys(tree["review"])} - documented
    assert not missing, sorted(missing)
