"""What this account itself may do, read from the rule table that the bot answers from."""

from __future__ import annotations

from dataclasses import dataclass

from actions.rule_table.model import Cell
from actions.rule_table.table import RuleTable
from bot.channels.wechat.account import Account, Kind

# The table's ids of what the channel makes use of.
CUSTOMER_MESSAGE = "customer_message"
CUSTOM_MENU = "custom_menu"
USER_INFO = "user_info"


@dataclass(frozen=True)
class Rights:
    """The permission matrix for one account. An account whose kind nobody says may do what both kinds may."""

    account: Account
    table: RuleTable

    def cell(self, interface: str) -> Cell:
        """Returns "yes", "no" or "apply" for an interface of the table. Raises KeyError where it has none."""
        row = self.table.interfaces[interface]
        kinds: tuple[Kind, ...] = (self.account.kind,) if self.account.kind else ("subscription", "service")
        cells = [row.cell(kind, self.account.verified) for kind in kinds]
        return next((cell for cell in cells if cell != "yes"), "yes")

    def may(self, interface: str) -> bool:
        """Whether the account has an interface, and the bot has the credentials to call it."""
        return self.account.can_call and self.cell(interface) == "yes"
