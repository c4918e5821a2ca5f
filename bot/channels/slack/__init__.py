"""Slack: signed requests or a socket in, Block Kit out.

Nothing is imported here: the command line reads parts of the channel, and need not wait for Rasa.
"""
