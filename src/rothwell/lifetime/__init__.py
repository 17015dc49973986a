"""Many years, many futures: markets and laws path by path, strategies, and the year loop."""
