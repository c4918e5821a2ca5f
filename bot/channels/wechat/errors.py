"""Why a delivery is not taken.

DeliveryError
  ForgedDeliveryError     does not prove that it comes from WeChat, or is for another account
  MalformedDeliveryError  is not a WeChat message
"""

from __future__ import annotations

from http import HTTPStatus


class DeliveryError(Exception):
    """The request is not worked on. `status` is what its sender is told."""

    status = HTTPStatus.BAD_REQUEST


class ForgedDeliveryError(DeliveryError):
    """The request does not prove that it comes from WeChat, or is for another account."""

    status = HTTPStatus.FORBIDDEN


class MalformedDeliveryError(DeliveryError):
    """The request can't be read as a WeChat message."""
