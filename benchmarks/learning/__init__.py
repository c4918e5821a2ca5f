"""Measurements of learning from logs."""
