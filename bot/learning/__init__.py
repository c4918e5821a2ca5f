"""Learning from what people ask: collected, grouped, decided by a person, trained, compared, promoted.

`schema` and `database` hold what all parts share; each part is a package of its own (docs/architecture.md).
"""
