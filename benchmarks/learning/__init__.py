"""Measures learning from logs."""
