"""Platforms that deliver a message more than once to a server that is killed: is each answered, and only once?"""
