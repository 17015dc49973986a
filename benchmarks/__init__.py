"""Measurements of speed: ratios of compiled code to its interpreted twin on the same inputs in the same run."""
