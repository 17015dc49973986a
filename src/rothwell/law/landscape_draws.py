"""The random numbers that draw the law of each path.

Each purpose has a stream of its own and each path a block of fixed length in it, so that a path's numbers depend only
on the seed and the path, and what a landscape adds or leaves out changes no number of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

_LAW_STREAM = 1  # of a seed's streams; 0 is the markets'
_SHOCKS, _DRIFT, _BLOCKS = 1, 100, 200  # first numbers of the law's further streams
LONGEST_PLAN = 120  # years drawn for each path, whatever the horizon


@dataclass(frozen=True, slots=True)
class LawDraws:
    """The numbers of the first paths of a seed; drawn when they are asked for."""

    paths: int
    years: int
    seed: int

    def first(self, paths: int) -> LawDraws:
        """Those of the first paths alone."""
        return replace(self, paths=paths)

    def regimes(self) -> NDArray[np.float64]:
        """Uniform numbers that move the law between regimes, [path, year]."""
        return self._generator().random((self.paths, LONGEST_PLAN))[:, : self.years]

    def shock(self, kind: int) -> NDArray[np.float64]:
        """One uniform number for a kind of shock, [path]."""
        return self._generator(_SHOCKS + kind).random(self.paths)

    def normals(self, which: int) -> NDArray[np.float64]:
        """Standard normal numbers of a drift, [path, year]."""
        return self._generator(_DRIFT + which).standard_normal((self.paths, LONGEST_PLAN))[:, : self.years]

    def blocks(self, length: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Uniform numbers for the place and the sign of each block of so many years, [path, block]."""
        draws = self._generator(_BLOCKS).random((self.paths, LONGEST_PLAN, 1 + 1))
        needed = -(-self.years // length)
        return draws[:, :needed, 0], draws[:, :needed, 1]

    def _generator(self, *stream: int) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(np.random.SeedSequence((self.seed, _LAW_STREAM, *stream))))
