"""WeChat's side, played on this machine: for rehearsals without an account, and for tests.

It shares no code with the channel that it talks to.
"""
