"""Published findings, tried on our simulator: `python -m validation.run`. Development code, not in the wheel."""
