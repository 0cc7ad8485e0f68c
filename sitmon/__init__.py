"""sitmon: a terminal situation board. This package's `__init__` imports nothing, so that every command starts lean."""

__version__ = "0.1.0"
