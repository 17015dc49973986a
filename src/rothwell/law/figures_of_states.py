"""The figures of the states by name, `NY.brackets.rate` or `NY.exclusion`, beside those of the federal law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from rothwell.errors import InputError, nearest_name
from rothwell.law.death_taxes import death_tax_figures
from rothwell.law.figures import Figure, figure, figures
from rothwell.law.states import POSTAL_LETTERS, state, states


@cache
def figures_of_state(code: str) -> Mapping[str, Figure]:
    """Every figure held of a state, of its income tax and its taxes at death, by `CODE.section.figure`."""
    of_income = state(code).figures if code in states() else {}
    found = {f"{code}.{name}": replace(one, name=f"{code}.{name}") for name, one in of_income.items()}
    return found | {name: one for name, one in death_tax_figures().items() if name.startswith(f"{code}.")}


def figure_beside(name: str) -> tuple[Figure, Mapping[str, Figure]]:
    """The figure of that name or alias, and the figures among which it stands: of the federal law, or of a state.

    Raises InputError for a name that is none, and for a state of which nothing is held.
    """
    code, _, rest = name.strip().partition(".")
    if code.upper() not in POSTAL_LETTERS or not rest:
        return figure(name), figures()
    known = figures_of_state(code.upper())
    wanted = f"{code.upper()}.{rest.strip().lower().replace('-', '_')}"
    if wanted in known:
        return known[wanted], known
    if not known:
        raise InputError("no figure of this state is held", found=name)
    near = nearest_name(wanted, list(known))
    hint = f"did you mean {near!r}? " if near else ""
    raise InputError(
        f"no figure of this state has this name; {hint}`rothwell law {code.upper()}` lists them all", found=name
    )
