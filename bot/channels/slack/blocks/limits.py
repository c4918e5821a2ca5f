"""How much Slack takes: https://docs.slack.dev/reference/block-kit/blocks/ and chat.postMessage."""

from __future__ import annotations

MOST_BLOCKS = 50
MOST_SECTION_CHARACTERS = 3000
MOST_HEADER_CHARACTERS = 150
MOST_CONTEXT_CHARACTERS = 2000
MOST_BUTTONS = 25
MOST_BUTTON_CHARACTERS = 75
MOST_VALUE_CHARACTERS = 2000
MOST_OPTION_CHARACTERS = 75
MOST_METADATA_CHARACTERS = 3000
# Slack refuses some 13,200 characters of blocks (`msg_blocks_too_long`) and advises 4,000 of text.
MOST_MESSAGE_CHARACTERS = 12_000
MOST_FALLBACK_CHARACTERS = 4000

# https://docs.slack.dev/reference/block-kit/blocks/table-block/
MOST_TABLE_ROWS = 100
MOST_TABLE_COLUMNS = 20
MOST_TABLE_CHARACTERS = 10_000

# https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts/
MOST_PROMPTS = 4
