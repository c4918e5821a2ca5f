"""The consultant's actions: they look up, compare and compose. Imports rasa_sdk, never rasa or bot."""
