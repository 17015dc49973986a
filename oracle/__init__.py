"""Returns computed by independent engines and compared with ours: development code, never part of the product."""
