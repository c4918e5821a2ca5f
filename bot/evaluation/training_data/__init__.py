"""The training data: whether a model can be trained from them, and what would make them teach better."""

from bot.evaluation.training_data.questions import Example, read_examples

__all__ = ["Example", "read_examples"]
