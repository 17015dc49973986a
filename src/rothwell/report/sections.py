"""The sections of a report in their order, the same on the terminal and on the page."""

from __future__ import annotations

from rothwell.answer import BEYOND_THE_PROVISIONS, Answer
from rothwell.report.blocks import Section
from rothwell.report.strategy_tables import buckets_section, fee_section, law_section, strategies_section
from rothwell.report.this_year import room_section, year_section


def sections(answer: Answer) -> tuple[Section, ...]:
    """Every section that has something to say."""
    every = (
        room_section(answer),
        year_section(answer),
        strategies_section(answer),
        law_section(answer),
        buckets_section(answer),
        fee_section(answer),
        Section("projected", "What is projected", points=answer.projected),
        _not_modeled(answer),
    )
    return tuple(one for one in every if one is not None)


def _not_modeled(answer: Answer) -> Section:
    further = tuple(words for words in answer.not_modeled if words not in BEYOND_THE_PROVISIONS)
    return Section("not-modeled", "What is not modeled", points=BEYOND_THE_PROVISIONS, more_points=further)
