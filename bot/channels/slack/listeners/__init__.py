"""What the bot listens to in Slack, a file for each kind of thing.

Each listener is called with the desk, the workspace and the payload, and returns once what is to be kept is in the
inbox: only then Slack is told that we have it.
"""
