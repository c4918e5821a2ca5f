"""Why a delivery is not taken.

RefusedDelivery
  ForgedDelivery     does not prove that it comes from WeChat, or is for another account
  MalformedDelivery  is not a WeChat message
"""

from __future__ import annotations

from http import HTTPStatus


class RefusedDelivery(Exception):
    """The request is not worked on. `status` is what its sender is told."""

    status = HTTPStatus.BAD_REQUEST


class ForgedDelivery(RefusedDelivery):
    """The request does not prove that it comes from WeChat, or is for another account."""

    status = HTTPStatus.FORBIDDEN


class MalformedDelivery(RefusedDelivery):
    """The request can't be read as a WeChat message."""
