"""Turn what people collect about research papers into a daily digest."""

__version__ = "0.1.0"
