"""The page in a real browser: charts drawn, nothing asked for, nothing complained about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from rothwell.report.charts import charts
from rothwell.report.page import page
from tests.report.households import answer_of

pytestmark = pytest.mark.browser
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NARROW = 360  # pixels


@pytest.fixture(scope="module")
def browser(browser_program: str) -> Iterator[Browser]:
    """The machine's own Chromium."""
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=browser_program, args=FLAGS)
        yield found
        found.close()


def opened(
    browser: Browser, folder: Path, name: str, scheme: str = "light", width: int = 1200
) -> tuple[Page, list[str]]:
    """The page of a household, offline, and everything that was complained about or asked for beside the file."""
    file = folder / f"{name}.html"
    file.write_text(page(answer_of(name)), encoding="utf-8")
    context = browser.new_context(offline=True, color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    tab = context.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda problem: heard.append(f"error: {problem}"))
    tab.on("request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None)
    tab.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
    tab.goto(file.as_uri())
    tab.wait_for_function(f"document.querySelectorAll('[data-drawn=yes]').length === {len(charts(answer_of(name)))}")
    return tab, heard


@pytest.mark.parametrize("name", ["couple", "retired", "nothing"])
def test_every_chart_is_drawn_and_nothing_is_asked_for(browser: Browser, tmp_path: Path, name: str) -> None:
    tab, heard = opened(browser, tmp_path, name)
    assert heard == []
    assert tab.locator(".chart svg").count() == len(charts(answer_of(name)))
    for place in tab.locator(".chart svg").all():
        box = place.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 60


def test_a_narrow_screen_never_scrolls_sideways(browser: Browser, tmp_path: Path) -> None:
    tab, heard = opened(browser, tmp_path, "couple", width=NARROW)
    assert heard == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_charts_follow_the_dark_palette(browser: Browser, tmp_path: Path) -> None:
    colors = []
    for scheme in ("light", "dark"):
        tab, _ = opened(browser, tmp_path, "couple", scheme)
        mark = tab.locator(".chart svg [fill='var(--roth)']").first
        colors.append(mark.evaluate("element => getComputedStyle(element).fill"))
    assert colors[0] != colors[1]


def test_pointing_at_a_chart_tells_its_numbers(browser: Browser, tmp_path: Path) -> None:
    tab, heard = opened(browser, tmp_path, "couple")
    place = tab.locator("#chart-spending svg")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])
    tab.wait_for_selector("#vg-tooltip-element.visible")
    words = tab.locator("#vg-tooltip-element").inner_text()
    assert "median" in words
    assert "$" in words
    assert heard == []


def test_printing_opens_what_is_folded(browser: Browser, tmp_path: Path) -> None:
    tab, _ = opened(browser, tmp_path, "couple")
    assert tab.locator("details[open]").count() == 0
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("details[open]").count() == tab.locator("details").count() > 0
