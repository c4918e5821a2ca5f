"""The consultant's reasoning: which rows answer a question, as of when, and what goes with them. Pure logic."""
