"""The month's browser."""

from tests.bot.review.conftest import browser

__all__ = ["browser"]
