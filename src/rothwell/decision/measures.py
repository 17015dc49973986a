"""What outcomes are worth: certainty equivalents, paired differences with standard errors, shortfalls.

The definitions are those of docs/method.md. Spending and estates are in dollars of the start year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rothwell.household import Beliefs
from rothwell.lifetime.scenario import Outcome

Array = NDArray[np.float64]
RELIABLE = 2.0  # standard errors beyond which a difference counts
LEAST = 0.5  # dollars a year: what rounds to nothing is nothing
LOG_UTILITY = 1.0  # the risk aversion at which utility is the logarithm
SMALLEST_SHORTFALL = 0.5  # dollars a year: less is the rounding of a withdrawal


class Estimate(NamedTuple):
    """A number estimated from paths, with its standard error."""

    value: float
    standard_error: float


def estimate(value: float, influence: Array) -> Estimate:
    """A number with the standard error from how much each path moves it (the delta method)."""
    return Estimate(value, _standard_error(influence))


def ratio(above: float, below: float, influences: tuple[Array, Array]) -> Estimate:
    """A quotient of two numbers estimated on the same paths, from how much each path moves either."""
    value = above / below
    return estimate(value, (influences[0] - value * influences[1]) / below)


def reliable(difference: Estimate) -> bool:
    """Whether a difference is more than chance among the paths explains, and not a fraction of a dollar."""
    return abs(difference.value) > max(LEAST, RELIABLE * difference.standard_error)


def gains(difference: Estimate) -> bool:
    """Whether a difference is above zero by more than chance."""
    return difference.value > 0.0 and reliable(difference)


@dataclass(frozen=True, slots=True)
class Worth:
    """The certainty equivalent of each strategy and, per path, how much that path moves it (the delta method).

    certainty_equivalent   [strategy], real dollars a year per equivalent adult
    influence              [strategy, path], mean zero
    """

    certainty_equivalent: Array
    influence: Array

    def of(self, positions: Iterable[int]) -> Worth:
        """What the strategies at these positions are worth, in this order."""
        places = list(positions)
        return Worth(self.certainty_equivalent[places], self.influence[places])

    def and_of(self, other: Worth) -> Worth:
        """These strategies, then those of another run on the same paths."""
        levels = np.concatenate([self.certainty_equivalent, other.certainty_equivalent])
        return Worth(levels, np.concatenate([self.influence, other.influence]))

    def with_known(self, known: Worth, places: Mapping[int, int]) -> Worth:
        """These strategies with known ones among them: at each of these places the one at that position there."""
        count = self.certainty_equivalent.size
        new = iter(range(count))
        order = [count + places[place] if place in places else next(new) for place in range(count + len(places))]
        return self.and_of(known).of(order)

    def estimate(self, position: int) -> Estimate:
        """The certainty equivalent of one strategy."""
        return estimate(float(self.certainty_equivalent[position]), self.influence[position])

    def difference(self, position: int, rival: int) -> Estimate:
        """By how much one strategy's certainty equivalent exceeds a rival's, on the same paths."""
        return self.above(self, position, rival)

    def above(self, other: Worth, position: int = 0, rival: int = 0) -> Estimate:
        """By how much a strategy exceeds one of another run on the same paths."""
        value = self.certainty_equivalent[position] - other.certainty_equivalent[rival]
        return estimate(float(value), self.influence[position] - other.influence[rival])


def worth(outcome: Outcome, beliefs: Beliefs) -> Worth:
    """Certainty equivalents of all strategies of a run.

    x solves (E[sum_t beta^t n_t] + b) u(x) = E[sum_t beta^t n_t u(max(c_t / e_t, f)) + b u(max(W / b, f))] over
    the years t of each path from the first in which nobody works; n_t persons live, c_t is spending met, e_t
    equivalent adults, W the estate.
    """
    return worth_with_and_without_bequest(outcome, beliefs)[0]


def worth_with_and_without_bequest(outcome: Outcome, beliefs: Beliefs) -> tuple[Worth, Worth]:
    """Certainty equivalents with the estate at its weight, and as they would be if it had none."""
    bequest = beliefs.bequest_years
    first, living = counted_lives(outcome)
    adults = np.where(living > 1.0, beliefs.equivalence, 1.0)
    weight = living * beliefs.discount ** (first - outcome.first_retired + np.arange(living.shape[1]))
    count = weight.sum(axis=1)
    consumed = np.empty(outcome.estate.shape)
    for position, spending in enumerate(outcome.spending[:, :, first:]):
        met = np.maximum(np.nan_to_num(spending) / adults, beliefs.consumption_floor)
        consumed[position] = (weight * _utility(met, beliefs.risk_aversion)).sum(axis=1)
    left = np.zeros(outcome.estate.shape)
    if bequest > 0.0:
        estate = np.maximum(outcome.estate / bequest, beliefs.consumption_floor)
        left = bequest * _utility(estate, beliefs.risk_aversion)
    gamma = beliefs.risk_aversion
    return _worth(consumed + left, count + bequest, gamma), _worth(consumed, count, gamma)


def counted_lives(outcome: Outcome) -> tuple[int, Array]:
    """The first year that counts in any path, and who lives in the counted years from it on, [path, year].

    A year counts once nobody works: where a death ends the last work, earlier than the planned retirement.
    """
    if outcome.counted is None:
        return outcome.first_retired, outcome.living[:, outcome.first_retired :]
    first = min(outcome.first_retired, int(np.argmax(outcome.counted.any(axis=0))))
    return first, outcome.counted[:, first:]


def _worth(total: Array, count: Array, risk_aversion: float) -> Worth:
    """Certainty equivalents from total utility [strategy, path] and the years it is spread over [path]."""
    mean_utility = total.mean(axis=1) / count.mean()
    equivalent = _inverse_utility(mean_utility, risk_aversion)
    slope = equivalent**-risk_aversion
    influence = (total - mean_utility[:, None] * count) / (count.mean() * slope[:, None])
    return Worth(equivalent, influence)


def _utility(consumption: Array, risk_aversion: float) -> Array:
    logarithm = np.log(consumption)
    if risk_aversion == LOG_UTILITY:
        return np.asarray(logarithm)
    power = 1.0 - risk_aversion
    return np.asarray(np.exp(power * logarithm) / power)  # faster than a power


def _inverse_utility(utility: Array, risk_aversion: float) -> Array:
    if risk_aversion == LOG_UTILITY:
        return np.exp(utility)
    power = 1.0 - risk_aversion
    return np.asarray((utility * power) ** (1.0 / power))


def _standard_error(influence: Array) -> float:
    paths = influence.size
    return float(influence.std(ddof=1) / np.sqrt(paths)) if paths > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How often a path has a retirement year below the essential spending, and how far below such years are on average
    (real dollars a year, 0 where there is none)."""

    chance: Estimate
    depth: float


def shortfall(outcome: Outcome, beliefs: Beliefs, essential: float | None, position: int) -> Shortfall:
    """Chance and depth of retirement years in which spending met falls below what is essential.

    Where the household names no essential spending, it is the consumption floor times the equivalent adults living.
    """
    first, living = counted_lives(outcome)
    adults = np.where(living > 1.0, beliefs.equivalence, 1.0)
    needed = essential if essential is not None else beliefs.consumption_floor * adults
    spending = outcome.spending[position, :, first:]
    missing = np.where(living > 0.0, np.maximum(0.0, needed - np.nan_to_num(spending)), 0.0)
    short = missing > SMALLEST_SHORTFALL
    hit = np.asarray(short.any(axis=1), dtype=np.float64)
    depth = float(missing[short].mean()) if short.any() else 0.0
    return Shortfall(Estimate(float(hit.mean()), _standard_error(hit)), depth)


def median(values: Array) -> Estimate:
    """A median with the standard error from its order statistics."""
    ordered = np.sort(values)
    half_width = np.sqrt(ordered.size) / 2.0
    low = ordered[max(0, int(np.floor(ordered.size / 2.0 - half_width)))]
    high = ordered[min(ordered.size - 1, int(np.ceil(ordered.size / 2.0 + half_width)) - 1)]
    return Estimate(float(np.median(ordered)), float((high - low) / 2.0))


def mean(values: Array) -> Estimate:
    """A mean with its standard error."""
    return Estimate(float(values.mean()), _standard_error(values))
