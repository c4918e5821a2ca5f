"""The training questions that both systems get: evenly drawn, the same in every run, in Rasa's format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.sample import draw, to_nlu_file
from bot.evaluation.training_data import Example, read_examples
from bot.nlu.text import language_of


def _examples() -> list[Example]:
    texts = [("ask_fee", f"How much is number {n}?") for n in range(50)]
    texts += [("ask_fee", f"第{'一' * n}个多少钱？") for n in range(1, 51)]
    texts += [("greet", f"hello {'again ' * n}") for n in range(3)]
    return [Example(text, intent, Path("questions.yml"), line) for line, (intent, text) in enumerate(texts)]


def test_a_sample_is_even_over_intents_and_languages() -> None:
    drawn = draw(_examples(), 13, seed=1)
    counts = Counter((example.intent, language_of(example.text)) for example in drawn)
    assert counts == {("ask_fee", "en"): 5, ("ask_fee", "zh"): 5, ("greet", "en"): 3}


def test_the_same_seed_draws_the_same_sample() -> None:
    assert draw(_examples(), 9, seed=1) == draw(_examples(), 9, seed=1) != draw(_examples(), 9, seed=2)


def test_no_more_is_drawn_than_there_is_and_nothing_twice() -> None:
    drawn = draw(_examples(), 1000, seed=1)
    assert len(drawn) == len(set(drawn)) == 103


def test_the_file_holds_what_was_drawn(tmp_path: Path) -> None:
    drawn = draw(_examples(), 20, seed=1)
    (tmp_path / "sample.yml").write_text(to_nlu_file(drawn), encoding="utf-8")
    read = {(example.intent, example.text.strip()) for example in read_examples(tmp_path)}
    assert read == {(example.intent, example.text.strip()) for example in drawn}
