"""Measuring the understanding: cases, figures, and the soundness of the training data."""
