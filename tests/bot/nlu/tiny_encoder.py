"""A real encoder that is tiny: an ONNX model that looks words up in a table, and a tokenizer that knows those words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

# Words of one line mean the same to it. Padding means much, so that it shows where it is not masked.
MEANINGS = (
    ("[PAD]",),
    ("[UNK]",),
    ("[CLS]",),
    ("[SEP]",),
    ("query", ":"),
    ("cost", "tariff", "expense", "多少钱"),
    ("menu", "buttons"),
    ("hello", "hey"),
)
WORDS = [word for words in MEANINGS for word in words]
SIZE = len(MEANINGS)
INTEGERS = {"int64": TensorProto.INT64, "int32": TensorProto.INT32}


def vector(*words: str) -> np.ndarray:
    """Returns the mean of the words' rows, of length 1: what the encoder should say."""
    mean = np.mean([_table()[WORDS.index(word)] for word in words], axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def make_encoder(
    folder: Path,
    model: str = "model.onnx",
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    outputs: Sequence[str] = ("last_hidden_state",),
    integers: str = "int64",
    words: Sequence[str] = WORDS,
) -> Path:
    """Writes a model folder and returns it."""
    file = folder / model
    file.parent.mkdir(parents=True, exist_ok=True)
    _save_model(file, inputs, outputs, integers)
    _save_tokenizer(folder / "tokenizer.json", words)
    return folder


def _table() -> np.ndarray:
    """Returns a row for each word. Words of one meaning share it; unknown words and marks mean little."""
    rows = np.eye(SIZE, dtype=np.float32)
    rows[[MEANINGS.index((word,)) for word in ("[UNK]", "[CLS]", "[SEP]")]] *= 0.2
    return rows[[place for place, words in enumerate(MEANINGS) for _ in words]]


def _save_model(file: Path, inputs: Sequence[str], outputs: Sequence[str], integers: str) -> None:
    kind = INTEGERS[integers]
    shape: list[Optional[str]] = ["texts", "tokens"]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    # The other inputs add nothing to the rows, but are there.
    tables = {"table": _table(), "nothing": np.zeros((1, SIZE), dtype=np.float32), "one": np.array([1])}
    rows = "rows"
    for name in inputs[1:]:
        nodes.append(helper.make_node("Mul", [name, "zero"], [f"{name}_zero"]))
        nodes.append(helper.make_node("Gather", ["nothing", f"{name}_zero"], [f"{name}_rows"]))
        nodes.append(helper.make_node("Add", [rows, f"{name}_rows"], [f"with_{name}"]))
        rows = f"with_{name}"
    tables["zero"] = np.array(0, dtype=integers)
    for name in outputs:
        if name == "sentence_embedding":
            # Unlike any pooling, so that it shows which was taken.
            nodes.append(helper.make_node("ReduceSumSquare", [rows, "one"], [name], keepdims=0))
        else:
            nodes.append(helper.make_node("Identity", [rows], [name]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, kind, shape) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(table, name) for name, table in tables.items()],
    )
    # As old as exports are, so that every ONNX Runtime reads it.
    save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 18)]), str(file))


def _save_tokenizer(file: Path, words: Sequence[str]) -> None:
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    special = [(word, words.index(word)) for word in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    # As exports often have it: cut to and filled up to one length, which the settings must overrule.
    tokenizer.enable_truncation(max_length=4)
    tokenizer.enable_padding(length=4, pad_id=words.index("[PAD]"), pad_token="[PAD]")
    tokenizer.save(str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["padding"]
