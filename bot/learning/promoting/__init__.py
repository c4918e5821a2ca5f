"""A candidate model is trained, compared with the one that serves, promoted, watched, and rolled back.

    train_candidate(settings)                     candidates.py   a model that nobody is served by yet
    compare(settings, candidate)                  comparing.py    champion against challenger; report and figures
    read_comparison(settings, candidate)          comparing.py    the last comparison
    promote(settings, candidate, by)              promotion.py    where the gate is passed, or forced with a reason
    roll_back(settings, to, by, reason)           promotion.py    the model before, with its tuning
    status(settings)                              status.py       what serves, what waits, how the watch goes
    last_without(settings.models, *batches)       history.py      the newest model that learned nothing of them
    roll_back_model(settings)                     rolling_back.py what undoing a landing calls

Errors: PromotionError for what is refused, and PointerError where models/serving.json can't be used.
"""
