"""Paperfolio: a static site generator for author profiles."""

__version__ = "0.1.0"
