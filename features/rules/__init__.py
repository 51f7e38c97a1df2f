"""Rules that find statements: a cue, who says it, and what is said."""

from onrecord.features.rules.finder import statements

__all__ = ["statements"]
