"""Which states have community property: both halves of it get a new basis at the first death, IRC 1014(b)(6)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def community_property_states() -> Mapping[str, str]:
    """The states in which what spouses acquire is community property, each with its statute.

    Law:    IRC 1014(b)(6): "property held as community property ... under the community property laws of any State".
    Not modeled: property that spouses elect or agree to hold as community property in other states; what was acquired
            before a move.
    """
    text = resources.files("rothwell.law").joinpath("tables/community_property.csv").read_text()
    return {row["state"]: row["statute"] for row in csv.DictReader(text.splitlines())}
