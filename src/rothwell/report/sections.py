"""The sections of a report in their order, the same on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rothwell.answer import BEYOND_THE_PROVISIONS, Answer
from rothwell.report.blocks import Section
from rothwell.report.checklist_sections import checklist_sections
from rothwell.report.file_words import file_section
from rothwell.report.heirs_section import heirs_section
from rothwell.report.landscape_words import rate_section
from rothwell.report.measures_sections import measures_sections
from rothwell.report.strategy_tables import buckets_section, fee_section, law_section, strategies_section
from rothwell.report.this_year import room_section, year_section


def sections(answer: Answer) -> tuple[Section, ...]:
    """Every section that has something to say."""
    every = (
        room_section(answer),
        *_year_with_checklist(answer),
        strategies_section(answer),
        law_section(answer),
        rate_section(answer),
        *measures_sections(answer),
        buckets_section(answer),
        heirs_section(answer),
        fee_section(answer),
        file_section(answer),
        Section("projected", "What is projected", points=answer.projected),
        _not_modeled(answer),
    )
    return tuple(one for one in every if one is not None)


def _year_with_checklist(answer: Answer) -> Iterator[Section]:
    """The first year with its checklist on the page, folded; mistakes in a section of their own."""
    beside = {section.key: section for section in checklist_sections(answer.checklist)}
    if "mistakes" in beside:
        yield beside["mistakes"]
    year = year_section(answer)
    folded = (
        replace(grid, only_page=True, caption=f"{beside[key].title}, {grid.caption.lower()}")
        for key in ("tasks", "order")
        for grid in beside[key].grids
    )
    yield replace(year, grids=(*year.grids, *folded))


def _not_modeled(answer: Answer) -> Section:
    further = tuple(words for words in answer.not_modeled if words not in BEYOND_THE_PROVISIONS)
    return Section(
        "not-modeled",
        "What is not modeled",
        points=(*BEYOND_THE_PROVISIONS, *answer.not_modeled_of_states),
        more_points=further,
    )
