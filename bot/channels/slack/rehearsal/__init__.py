"""Slack played on the own machine: its Web API and Socket Mode as a stand-in, and its signed requests.

For the tests and for `wenhao slack send`. Nothing in here takes part when real people write.
"""
