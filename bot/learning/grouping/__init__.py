"""Groups of texts that seem to ask one thing, within a language, shaped by the intents that are known.

regroup(database, project)              regrouping.py   groups what waits anew, in one transaction
make_groups(language, texts, known)     making.py       the groups themselves, without a database
looks_existing(nearest)                 nearest.py      whether a group is rather a known intent's
"""
