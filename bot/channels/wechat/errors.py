"""Why a delivery is not taken.

DeliveryError
  ForgedDeliveryError     does not prove that it comes from WeChat, or is for another account
  MalformedDeliveryError  is not a WeChat message
  OversizedDeliveryError  is larger than any WeChat message
"""

from __future__ import annotations

from http import HTTPStatus


class DeliveryError(Exception):
    """The request is not worked on. `status` is what its sender is told, `outcome` what it is counted as."""

    status = HTTPStatus.BAD_REQUEST
    outcome = "malformed"


class ForgedDeliveryError(DeliveryError):
    """The request does not prove that it comes from WeChat, or is for another account."""

    status = HTTPStatus.FORBIDDEN
    outcome = "forged"


class MalformedDeliveryError(DeliveryError):
    """The request can't be read as a WeChat message."""


class OversizedDeliveryError(DeliveryError):
    """The body is larger than any WeChat message."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    outcome = "oversized"
