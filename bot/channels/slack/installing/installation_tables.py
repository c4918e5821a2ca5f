"""The tables of installations in a database, with the tokens encrypted.

slack_sdk's own store, which keeps them as plain text, over columns of another type:
https://docs.slack.dev/tools/python-slack-sdk/oauth/
"""

from __future__ import annotations

import logging
from typing import Optional

import sqlalchemy
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy.engine import Engine

from bot.channels.slack.installing.encrypted_text import EncryptedText
from bot.channels.slack.installing.errors import InstallationError
from bot.channels.slack.installing.token_cipher import TokenCipher
from bot.channels.slack.installing.utc_time import UtcTime

logger = logging.getLogger(__name__)

SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")
LONG = ("bot_scopes", "user_scopes")


class InstallationTables(SQLAlchemyInstallationStore):
    """One row for each workspace in each table; a newer installation takes the place of an older one.

    Blocks while it works. Reading raises InstallationError where a row can't be decrypted.
    """

    def __init__(self, client_id: str, engine: Engine, cipher: TokenCipher) -> None:
        super().__init__(client_id, engine, logger=logger)
        self._cipher = cipher
        for table in (self.bots, self.installations):
            for column in table.columns:
                if column.name in SECRETS:
                    column.type = EncryptedText(cipher)
                elif column.name in LONG:
                    column.type = sqlalchemy.Text()
                elif isinstance(column.type, sqlalchemy.DateTime):
                    column.type = UtcTime()

    def save(self, installation: Installation) -> None:
        super().save(installation)
        for table in (self.bots, self.installations):
            self._remove_older(table, installation)

    def renew_encryption(self) -> int:
        """Encrypts with the newest key what an older one encrypted, and returns how many rows no key can read."""
        return sum(self._renew(table) for table in (self.bots, self.installations))

    def count(self) -> int:
        """Returns in how many workspaces the app is installed."""
        query = sqlalchemy.select(sqlalchemy.func.count()).select_from(self.bots)
        with self.engine.connect() as connection:
            return int(connection.execute(query.where(self.bots.c.client_id == self.client_id)).scalar() or 0)

    def installed_since(self, enterprise: Optional[str], team: Optional[str]) -> Optional[float]:
        """Returns when the app was installed in a workspace, in seconds since 1970; None where it is not."""
        column = self.bots.c
        place = (column.client_id == self.client_id, column.enterprise_id == enterprise, column.team_id == team)
        query = sqlalchemy.select(sqlalchemy.func.max(column.installed_at)).where(*place)
        with self.engine.connect() as connection:
            since = connection.execute(query).scalar()
        return None if since is None else since.timestamp()

    def _renew(self, table: sqlalchemy.Table) -> int:
        secrets = [column for column in table.columns if column.name in SECRETS]
        stored = [sqlalchemy.type_coerce(column, sqlalchemy.Text).label(column.name) for column in secrets]
        unreadable = 0
        with self.engine.begin() as connection:
            # Another app in the same database has keys of its own.
            mine = sqlalchemy.select(table.c.id, *stored).where(table.c.client_id == self.client_id)
            for row in connection.execute(mine).mappings().all():
                kept = {column.name: row[column.name] for column in secrets}
                if all(map(self._cipher.is_newest, kept.values())):
                    continue
                try:
                    plain = {name: self._cipher.decrypt(value) for name, value in kept.items()}
                except InstallationError:
                    unreadable += 1
                else:
                    connection.execute(table.update().where(table.c.id == row["id"]).values(**plain))
        return unreadable

    def _remove_older(self, table: sqlalchemy.Table, installation: Installation) -> None:
        place = (
            table.c.client_id == self.client_id,
            table.c.enterprise_id == installation.enterprise_id,
            table.c.team_id == installation.team_id,
        )
        newest = sqlalchemy.select(sqlalchemy.func.max(table.c.id)).where(*place).scalar_subquery()
        with self.engine.begin() as connection:
            connection.execute(table.delete().where(*place, table.c.id < newest))
