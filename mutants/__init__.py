"""Mutants: each value of the law and many operators of the tax code, changed one at a time, against the tests of behaviour.

Development code: it is not in the wheel. Everything runs without the compiler, so that a mutant needs no compilation;
that is decided before the compiler is imported.
"""

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"
