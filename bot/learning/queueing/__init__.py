"""The queue: which texts deserve a person's look, why, and in what order.

refresh(database, examples, model)      refreshing.py   reasons and scores of all texts that wait, written
read_queue(connection, language, ...)   listing.py      the texts that wait, the likeliest to pay first
open_counts(connection)                 listing.py      how many wait
teaches_nothing(intent, ranking)        reasons.py      whether a label would change nothing
found_again(connection, language, ...)  finding.py      texts put aside that a new intent fits
"""
