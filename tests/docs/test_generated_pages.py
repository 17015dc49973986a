"""The generated pages say what the code says."""

from __future__ import annotations

import re

import pytest

from rothwell.provision import headings_of, not_modeled, rules
from rothwell.report.coverage import PAGES, not_modeled_page
from tests.docs.pages import DOCS, GENERATED


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_what_the_generator_makes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs` and commit the pages"


def test_every_generated_page_is_compared() -> None:
    assert set(PAGES) == set(GENERATED)


def test_every_provision_stands_in_the_coverage() -> None:
    named = {(rule.room, rule.module, rule.name) for rule in rules()}
    for room, module, name in [
        ("tax", "social_security_benefits", "taxable_benefits"),
        ("tax", "required_minimum", "applicable_age"),
        ("mega_backdoor", "capacity", "capacity"),
        ("lifetime", "social_security", "social_security"),
        ("law", "indexing", "rounded"),
    ]:
        assert (room, module, name) in named


def test_what_a_rule_leaves_out_is_on_the_page_of_limits() -> None:
    page = not_modeled_page()
    for rule in rules():
        if "Not modeled" in rule.headings:
            assert rule.headings["Not modeled"].rstrip(".") in page


def test_an_answer_lists_the_same_limits_as_the_page() -> None:
    page = not_modeled_page().partition("## Rule by rule")[2]
    on_page = sorted(re.findall(r"^- \*(.*?)\*\. Left out: (.*)$", page, re.M))
    assert [f"{title}: {left_out}" for title, left_out in on_page] == list(not_modeled())
    of_answer = " ".join(not_modeled())
    assert "contributions to 403(b) plans before 1987" in of_answer  # ordinary functions ...
    assert "the 15-year catch-up of a 403(b)" in of_answer  # ... and a whole module say theirs too


def test_a_heading_takes_its_continuation_lines_and_no_more() -> None:
    words = "What.\n\nLaw:    IRC 1\n        and 2.\nUnits:  dollars.\n\nMore words: none."
    assert headings_of(words) == {"Law": "IRC 1 and 2.", "Units": "dollars."}


def test_the_page_of_limits_begins_with_what_to_know_first() -> None:
    assert (DOCS / "not-modeled.md").read_text(encoding="utf-8").index("Know this first") < 700
