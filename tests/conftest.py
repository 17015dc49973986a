"""What every test may ask for."""

from __future__ import annotations

import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _browser() -> str | None:
    """The machine's own Chromium, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_program() -> str:
    """The program that playwright drives (`executable_path`); a test that asks for it bears the mark `browser`."""
    found = _browser()
    assert found is not None
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need a browser where there is none."""
    if _browser() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(autouse=True)
def _as_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """No width of a window: test workers set one of their own."""
    monkeypatch.delenv("COLUMNS", raising=False)
