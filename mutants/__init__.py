"""Mutants: each value of the law and many operators of the tax code, changed one at a time, against tests of behavior.

Development code: it is not in the wheel.
"""
