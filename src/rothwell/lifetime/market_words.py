"""Which market an answer rests on, in words, and how many different histories there are in it."""

from __future__ import annotations

from typing import NamedTuple

from rothwell.household import Asset, Household, Mix
from rothwell.lifetime.history import history


class MarketUsed(NamedTuple):
    """The market of an answer.

    words       what it is, in a sentence
    histories   how many different histories of returns and prices the futures go through; None where each has its own
    warnings    what a reader must know: what histories mean for standard errors, and that accounts hold different mixes
    """

    words: str
    histories: int | None
    warnings: tuple[str, ...]


def market_used(household: Household, paths: int) -> MarketUsed:
    """The market that a household's futures go through."""
    used, first = _market(household, paths), household.mixes[0].name if household.mixes else None
    if any(account.mix not in (None, first) for account in household.accounts):
        words = (
            "Accounts hold different mixes, so a difference between strategies is partly one of where stocks and bonds "
            "are held: a file with one mix shows the rest."
        )
        return used._replace(warnings=(*used.warnings, words))
    return used


def _market(household: Household, paths: int) -> MarketUsed:
    """The market, without what the mixes of accounts do."""
    market, past = household.market, history()
    span = f"{past.first_year} to {past.last_year}"
    held = _held(household.mixes)
    prices = f"prices rise {market.inflation:.1%} a year"
    if market.kind == "bootstrap":
        blocks = f"blocks of {market.block_years} past years" if market.block_years > 1 else "single past years"
        words = f"Returns and inflation are drawn in {blocks} of {span}, which stay together; {held}."
        warning = (
            f"The futures are drawn from {past.years} past years of one country: their standard errors say nothing of "
            "futures unlike these years."
        )
        return MarketUsed(words, None, (warning,))
    if market.kind == "historical" and market.historical_start is not None:
        words = f"Every future goes through the years from {market.historical_start} on, as they were; {held}."
        warning = "All futures have one market: standard errors speak of the law alone, not of markets."
        return MarketUsed(words, 1, (warning,) if paths > 1 else ())
    if market.kind == "historical":
        histories = min(paths, past.years)
        words = (
            f"Futures go through the past from each year of {span} on, as it was; after {past.last_year} comes "
            f"{past.first_year} again; {held}."
        )
        warning = (
            f"The {paths:,} futures go through {histories} histories, which overlap and are not independent: standard "
            "errors, which take futures for independent, are too small."
        )
        return MarketUsed(words, histories, (warning,))
    if not household.mixes:
        returns = f"{market.mean_return:.1%} and a deviation of {market.deviation:.1%}"
        if market.kind == "fixed":
            return MarketUsed(
                f"Returns are {market.mean_return:.1%} in every year; {prices}. These are beliefs.", 1, ()
            )
        return MarketUsed(f"Returns have a mean of {returns}; {prices}. These are beliefs.", None, ())
    assets = ", ".join(
        f"{name} {_asset(asset, market.kind)}"
        for name, asset in (("stocks", market.stocks), ("bonds", market.bonds), ("cash", market.cash))
    )
    returns = "Returns are the same in every year" if market.kind == "fixed" else "Returns have means and deviations"
    words = f"{returns}: {assets}; {held}; {prices}. These are beliefs."
    return MarketUsed(words, 1 if market.kind == "fixed" else None, ())


def _asset(asset: Asset, kind: str) -> str:
    return f"{asset.mean_return:.1%}" + ("" if kind == "fixed" else f" and {asset.deviation:.1%}")


def _held(mixes: tuple[Mix, ...]) -> str:
    """What the accounts hold."""
    if not mixes:
        return ""
    parts = [f"{weight:.0%} {name}" for name, weight in zip(("stocks", "bonds", "cash"), mixes[0].weights, strict=True)]
    words = "accounts hold " + ", ".join(part for part in parts if not part.startswith("0% "))
    words += ", changing over the years" if mixes[0].glide else ""
    return words + (", where they name no other mix" if len(mixes) > 1 else "")
