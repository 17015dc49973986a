"""The page: one file that asks for nothing, runs nothing but its own, and says what it shows to everybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from rothwell.report.charts import bracket_tops, charts
from rothwell.report.page import page, policy
from rothwell.report.reading import opening
from rothwell.report.sections import sections
from tests.report.households import FORMULA, INJECTION, NAMES, answer_of

LARGEST = 1_500_000  # bytes
SMALLEST_CONTRAST = 3.0  # of a graphical object, WCAG 2.2, success criterion 1.4.11
SMALLEST_CONTRAST_OF_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
ADDRESSES = {"src", "href", "srcset", "action", "data", "poster", "background", "formaction", "ping", "xlink:href"}


class Reader(HTMLParser):
    """Collects the elements of a page, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, dict[str, str], str]] = []
        self.words = ""
        self.titles: list[str] = []
        self._open: tuple[str, dict[str, str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.elements.append((tag, named))
        if tag in ("script", "style", "h2"):
            self._open = (tag, named)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[0] == "h2":
            self.titles.append(data)
        if self._open and self._open[0] != "h2":
            self.texts.append((*self._open, data))
        else:
            self.words += data

    def count(self, tag: str) -> int:
        """How many elements of a kind."""
        return sum(name == tag for name, _ in self.elements)

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


@cache
def read(name: str) -> Reader:
    return Reader(page(answer_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_for_nothing(name: str) -> None:
    for tag, attributes in read(name).elements:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base", "form", "audio", "video"}
        assert not ADDRESSES & attributes.keys(), (tag, attributes)
        assert "http-equiv" not in attributes or attributes["http-equiv"] == "Content-Security-Policy"
    styles = [text for tag, _, text in read(name).texts if tag == "style"]
    assert not re.search(r"url\(|@import|@font-face", "".join(styles))


def test_no_data_of_a_chart_comes_from_an_address() -> None:
    for chart in charts(answer_of("couple")):
        assert not re.search(r'"url":', json.dumps(chart.spec))


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_names_every_script_and_style_and_allows_nothing_else(name: str) -> None:
    (found,) = [one["content"] for one in read(name).of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in found.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in found
    assert "http" not in found
    for tag, attributes, text in read(name).texts:
        if attributes.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in rules[f"{tag}-src"]


def test_no_element_has_a_style_or_a_handler_of_its_own() -> None:
    for tag, attributes in read("couple").elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


def test_a_changed_script_is_not_allowed() -> None:
    assert policy("a", ("b",)) != policy("a", ("b ",))


def test_names_that_try_to_be_code_stay_names() -> None:
    text = page(answer_of("nothing"))
    assert INJECTION not in text
    assert INJECTION in read("nothing").words
    assert FORMULA in read("nothing").words
    assert read("nothing").count("script") == read("couple").count("script") == 3


def test_a_name_cannot_end_the_data_of_the_charts() -> None:
    (data,) = [text for _, attributes, text in read("nothing").texts if attributes.get("type") == "application/json"]
    assert "<" not in data
    assert json.loads(data).keys() == {chart.name for chart in charts(answer_of("nothing"))}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_can_be_followed_without_seeing_it(name: str) -> None:
    reader = read(name)
    assert reader.of("html")[0]["lang"] == "en"
    assert reader.count("title") == reader.count("h1") == reader.count("main") == 1
    assert reader.count("table") == reader.count("caption") >= 4
    assert all(one.get("scope") in {"col", "row"} for one in reader.of("th"))
    drawn = [one for one in reader.of("div") if one.get("class") == "chart"]
    assert len(drawn) == len(charts(answer_of(name))) >= 4
    assert all(one["role"] == "img" and len(one["aria-label"]) > 40 for one in drawn)
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_the_terminal_says_in_the_same_order(name: str) -> None:
    answer = answer_of(name)
    words = read(name).words
    for line in opening(answer):
        assert line in words
    titles = [section.title for section in sections(answer)]
    assert [title for title in read(name).titles if title in titles] == titles


def test_what_is_assumed_stands_beside_the_answer() -> None:
    text = page(replace(answer_of("couple"), assumptions=("Spending ends at 95 (`amortize_to_age`) & so on.",)))
    head = text[: text.index("</header>")]
    assert "Assumed: Spending ends at 95 (<code>amortize_to_age</code>) &amp; so on." in head


def test_the_retired_see_what_to_convert_this_year() -> None:
    words = " ".join(read("retired").words.split())
    assert re.search(r"Convert to Roth, 2026 ?\$[\d,]+ ?convert to 10%", words)
    assert "Brokerage" not in words


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_not_modeled_or_projected_is_listed(name: str) -> None:
    answer = answer_of(name)
    words = read(name).words
    for line in (*answer.projected, *answer.not_modeled):
        assert line.replace("`", "") in words


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_small_and_the_same_each_time(name: str) -> None:
    text = page(answer_of(name))
    assert len(text.encode()) < LARGEST
    assert text == page(answer_of(name))


def test_two_buckets_charts_stand_side_by_side_on_one_scale() -> None:
    for name in NAMES:
        pair = [chart for chart in charts(answer_of(name)) if chart.group == "buckets"]
        assert len(pair) == 2
        domains = [chart.spec["layer"][0]["encoding"]["y"]["scale"]["domain"] for chart in pair]
        assert domains[0] == domains[1]


def test_bracket_tops_begin_at_the_published_ones_and_halve_for_a_survivor() -> None:
    """Rev. Proc. 2025-32, section 4.01: joint 24,800 to 768,700; single 12,400 for the lowest bracket (2026)."""
    answer = answer_of("couple")
    tops = bracket_tops(answer, answer.comparisons[0].table.shape[1])
    assert tops[0, 0] == 24_800.0
    assert tops[0, 5] == 768_700.0
    both_live = answer.household.people[0].last_year - answer.start_year
    assert 0.49 < tops[both_live + 1, 0] / tops[both_live, 0] < 0.51


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    """The light and the dark palette of the page."""
    (style,) = [text for tag, _, text in read("couple").texts if tag == "style"]
    found = [
        dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    return found[:2]


def test_text_and_charts_stand_out_in_light_and_dark() -> None:
    light, dark = palettes()
    assert light.keys() == dark.keys()
    for palette in (light, dark):
        for ground in ("paper", "card", "strong"):
            for ink in ("ink", "ink-soft", "accent"):
                assert contrast(palette[ink], palette[ground]) >= SMALLEST_CONTRAST_OF_TEXT, (ink, ground)
    series = [name for name in dark if name.startswith("series") or name in ("taxable", "pre-tax", "roth", "after-tax")]
    for name in series:
        assert contrast(dark[name], dark["card"]) >= SMALLEST_CONTRAST, name


def test_every_color_of_a_chart_is_one_of_the_page() -> None:
    light, _ = palettes()
    for chart in charts(answer_of("couple")):
        text = json.dumps(chart.spec, ensure_ascii=False)
        assert set(re.findall(r"var\(--([a-z0-9-]+)\)", text)) <= light.keys()
        assert not re.search(r'"#[0-9a-fA-F]{3,6}"', text)
