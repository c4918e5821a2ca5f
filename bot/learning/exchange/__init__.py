"""What goes out to other tools and comes back: JSON lines for annotation, a digest for Slack.

export_lines(connection, language)        exporting.py   the queue with proposals, an object a text
read_labels(file), import_labels(...)     importing.py   labels from outside, as decisions
digest_of(connection, ...)                digest.py      the highest new groups
"""
