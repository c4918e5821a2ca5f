"""Personal data in a text, replaced by others of the same form.

What has a form of its own is found: numbers, addresses, keys. Names and street addresses have none and stay.
"""
