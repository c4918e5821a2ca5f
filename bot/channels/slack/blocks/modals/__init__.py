"""The modals, a file each: its view, and what a submission of it says.

https://docs.slack.dev/surfaces/modals/
"""
