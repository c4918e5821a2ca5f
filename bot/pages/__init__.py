"""Pages behind an address nobody can guess, for what is too wide for a chat."""

from bot.pages.pages import Pages
from bot.pages.routes import pages_blueprint

__all__ = ["Pages", "pages_blueprint"]
