"""What can go wrong between a candidate and the model that serves. The messages say what to do."""

from __future__ import annotations

from bot.errors import ModelError, WenhaoError


class PointerError(ModelError):
    """models/serving.json, or the model that it names, can't be used."""


class PromotionError(WenhaoError):
    """A promotion, a rollback or a comparison is refused. `reasons` has a line for each reason."""

    def __init__(self, message: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__("\n  ".join((message, *reasons)))
        self.reasons = reasons
