"""What must hold between the market, the asset mixes and the accounts of a household file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from rothwell.errors import nearest_name
from rothwell.household.accounts import Account
from rothwell.household.market import FROM_HISTORY, Market, Mix
from rothwell.household.models import Person
from rothwell.household.problem import Problem
from rothwell.household.toml_lines import Path

WEIGHTS_TOLERANCE = 1e-9  # how far from 1 the weights of a mix may add up
OF_ONE_PORTFOLIO = ("mean_return", "deviation", "interest_yield")
OF_MIXES = ("stocks", "bonds", "cash", "correlations", "bond_yield")
OF_A_KIND = {
    "mean_return": ("lognormal", "fixed"),
    "deviation": ("lognormal",),
    "inflation_deviation": ("lognormal",),
    "stocks": ("lognormal", "fixed"),
    "bonds": ("lognormal", "fixed"),
    "cash": ("lognormal", "fixed"),
    "correlations": ("lognormal",),
    "block_years": ("bootstrap",),
    "historical_start": ("historical",),
}
"""The kinds of market in which a key says something; a key given in vain is refused where that may mislead."""
ALWAYS_WELCOME = {"deviation", "inflation_deviation"}  # a file may switch to fixed returns and keep these for later


def problems_of_markets(
    market: Market | None, mixes: Mapping[int, Mix], listed: int, first: Person | None, start_year: int | None
) -> Iterator[Problem]:
    """Slips between [market] and [[mixes]].

    `listed` counts all mixes of the file, also those with a slip elsewhere; the first person and the start year are
    None where the file does not say them in a usable way.
    """
    age = None if first is None or start_year is None else first.age_in(start_year)
    if market is not None:
        yield from _kind(market, listed)
    names: set[str] = set()
    for index, mix in mixes.items():
        if mix.name in names:
            yield Problem(("mixes", index, "name"), "is the name of a mix listed before", mix.name, "each name once")
        names.add(mix.name)
        yield from _weights(("mixes", index), mix.weights)
        yield from _glide(index, mix, (start_year, age))


def problems_of_account_mixes(
    accounts: Mapping[int, Account], mixes: Mapping[int, Mix], listed: int
) -> Iterator[Problem]:
    """Accounts that name a mix which the file does not have."""
    names = [mix.name for mix in mixes.values()]
    for index, account in accounts.items():
        if account.mix is None or account.mix in names or len(mixes) < listed:
            continue
        near = nearest_name(account.mix, names)
        message = "is not the name of one of [[mixes]]" + (f' (did you mean "{near}"?)' if near else "")
        allowed = ", ".join(f'"{name}"' for name in names) or "no mix: the file has no [[mixes]]"
        yield Problem(("accounts", index, "mix"), message, account.mix, allowed)


def _kind(market: Market, mixes: int) -> Iterator[Problem]:
    if market.kind in FROM_HISTORY and not mixes:
        message = "needs [[mixes]]: past returns are those of stocks, bonds and cash"
        allowed = "a [[mixes]] table with its weights, or the kind lognormal or fixed"
        yield Problem(("market", "kind"), message, market.kind, allowed)
        return
    for key in sorted(market.model_fields_set):
        path: Path = ("market", key)
        if mixes and key in OF_ONE_PORTFOLIO:
            message = "is of the one portfolio of a file without [[mixes]], and the file has them"
            yield Problem(path, message, None, "the keys stocks, bonds and cash in its place, or no [[mixes]]")
        elif not mixes and key in OF_MIXES:
            message = "says something only with [[mixes]], and the file has none"
            yield Problem(path, message, None, "a [[mixes]] table, or mean_return and deviation in its place")
        elif market.kind not in OF_A_KIND.get(key, (market.kind,)) and key not in ALWAYS_WELCOME:
            kinds = " or ".join(f'"{kind}"' for kind in OF_A_KIND[key])
            yield Problem(path, f'says nothing in a market of the kind "{market.kind}"', None, f"kind = {kinds}")


def _weights(path: Path, weights: tuple[float, float, float]) -> Iterator[Problem]:
    total = math.fsum(weights)
    if abs(total - 1.0) > WEIGHTS_TOLERANCE:
        message = f"has weights that add up to {total:g}"
        yield Problem(path, message, None, "stocks, bonds and cash that add up to 1")


def _glide(index: int, mix: Mix, now: tuple[int | None, int | None]) -> Iterator[Problem]:
    by_year = [point.year is not None for point in mix.glide]
    before = now[0] if by_year and by_year[0] else now[1]
    for position, point in enumerate(mix.glide):
        path: Path = ("mixes", index, "glide", position)
        yield from _weights(path, point.weights)
        if (point.year is None) == (point.age is None):
            yield Problem(path, "needs one of year and age", None, "year = 2045, or age = 65")
            return
        key = "year" if point.age is None else "age"
        when = point.year if point.age is None else point.age
        assert when is not None
        if by_year[position] != by_year[0]:
            yield Problem((*path, key), "mixes years and ages in one glide path", when, "the same key in every point")
            return
        if before is not None and when <= before:
            message = "is not after the start year or the point before it"
            yield Problem((*path, key), message, when, f"{before + 1} or later")
        before = when
