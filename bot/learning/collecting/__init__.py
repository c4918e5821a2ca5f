"""Collecting: what people wrote, out of Rasa's tracker store, without personal data, into the review database."""
