"""Plan the three tax buckets of a US household over a whole life: taxable, tax-deferred and Roth."""

__version__ = "0.1.0"

__all__ = ["__version__"]
