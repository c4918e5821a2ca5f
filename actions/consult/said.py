"""A message in the light of the consultation that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from actions.consult.circumstances import Circumstances
from actions.consult.consultant import Consultant
from actions.consult.consultation import Consultation
from actions.consult.turn import Memory, Message
from actions.rule_table.consultation import Inquiry
from actions.wording.saying import Speaker
from actions.wording.writer import Writer


@dataclass(frozen=True)
class Said:
    """A message in the light of the consultation: what it tells, and what was told before."""

    consultant: Consultant
    message: Message
    memory: Memory
    told: Circumstances

    @property
    def state(self) -> Consultation:
        """The consultation as it stood before the message."""
        return self.memory.consultation

    @property
    def speaker(self) -> Speaker:
        """Who replies, in the message's language."""
        return Speaker(Writer(self.consultant.table, self.message.language))

    @property
    def pending(self) -> Optional[Inquiry]:
        """The question that is open."""
        return self.consultant.table.questions.get(self.state.pending or "")
