"""Turn what people collect about research papers into a daily digest."""

__version__ = "0.2.0"
