"""The review in the browser: a process of its own that shows what was asked, and passes on what people decide.

It has no logic of its own about learning: it calls bot.learning.
"""
