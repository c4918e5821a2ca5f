"""Measures Wenhao side by side with a plain Rasa project in one run: `python -m benchmarks --help`."""
