"""WeChat: signed XML in; passive replies and customer service messages out.

Nothing is imported here: the command line reads parts of the channel, and need not wait for Rasa.
"""
