"""The fixtures of reviewing."""

from tests.bot.learning.reviewing import database, postgres_url, settings, sqlite

__all__ = ["database", "postgres_url", "settings", "sqlite"]
