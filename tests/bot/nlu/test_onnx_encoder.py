"""Embeddings of a tiny real model: what is pooled, masked, cut, and what is said of a folder that can't be used."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.nlu.onnx_encoder import EncoderError, EncoderSettings, OnnxEncoder, fingerprint_of
from bot.settings import PROJECT
from tests.bot.nlu.tiny_encoder import SIZE, make_encoder, vector

TEXTS = ["cost", "hello menu", "", "cost of the menu", "hello hello hello hello hello", "cost", "多少钱"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_encoder(tmp_path_factory.mktemp("tiny"))


def encoder(folder: Path, **settings: Any) -> OnnxEncoder:
    return OnnxEncoder.load(folder, EncoderSettings(**settings))


def test_the_mean_of_all_tokens(folder: Path) -> None:
    (found,) = encoder(folder).encode(["hello menu"])
    assert np.allclose(found, vector("[CLS]", "hello", "menu", "[SEP]"), atol=1e-6)


def test_the_first_token(folder: Path) -> None:
    found = encoder(folder, pooling="cls").encode(["hello menu", "cost"])
    assert np.allclose(found, [vector("[CLS]")] * 2, atol=1e-6)


def test_padding_is_masked(folder: Path) -> None:
    short, _ = encoder(folder).encode(["cost", "hello hello hello hello hello"])
    assert np.allclose(short, vector("[CLS]", "cost", "[SEP]"), atol=1e-6)


def test_words_of_one_meaning_are_alike(folder: Path) -> None:
    cost, tariff, menu = encoder(folder).encode(["cost", "tariff", "menu"])
    assert cost @ tariff == pytest.approx(1, abs=1e-6)
    assert cost @ menu < 0.99


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_say_what_single_texts_say(folder: Path, batch: int) -> None:
    found = encoder(folder, batch=batch).encode(TEXTS)
    single = np.vstack([encoder(folder).encode([text]) for text in TEXTS])
    assert found.shape == (len(TEXTS), SIZE)
    assert found.dtype == np.float32
    assert np.allclose(found, single, atol=1e-6)


@pytest.mark.parametrize("settings", [{}, {"pooling": "cls"}, {"prefix": "query: "}], ids=str)
def test_embeddings_have_length_one(folder: Path, settings: dict[str, Any]) -> None:
    assert np.allclose(np.linalg.norm(encoder(folder, **settings).encode(TEXTS), axis=1), 1, atol=1e-6)


def test_a_prefix_stands_before_each_text(folder: Path) -> None:
    (found,) = encoder(folder, prefix="query: ").encode(["cost"])
    assert np.allclose(found, vector("[CLS]", "query", ":", "cost", "[SEP]"), atol=1e-6)


def test_the_settings_say_how_long_a_text_may_be_not_the_tokenizers_file(folder: Path) -> None:
    text = "cost menu hello menu cost"
    whole, cut = (encoder(folder, longest=longest).encode([text])[0] for longest in (7, 5))
    assert np.allclose(whole, vector("[CLS]", *text.split(), "[SEP]"), atol=1e-6)
    assert np.allclose(cut, vector("[CLS]", "cost", "menu", "hello", "[SEP]"), atol=1e-6)


def test_a_long_text_takes_no_longer_than_the_longest(folder: Path) -> None:
    long, longest = encoder(folder, longest=8).encode(["menu " * 5000, "menu " * 6])
    assert np.allclose(long, longest)


@pytest.mark.parametrize("text", ["👍", "\ud83d", "\x00", "?" * 500, "𠀀", "a\nb"])
def test_any_text_has_an_embedding(folder: Path, text: str) -> None:
    assert np.isfinite(encoder(folder).encode([text])).all()


def test_a_text_without_tokens_has_an_embedding_of_zeros(tmp_path: Path) -> None:
    file = make_encoder(tmp_path) / "tokenizer.json"
    tokenizer = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**tokenizer, "post_processor": None}), encoding="utf-8")
    nothing, something = encoder(tmp_path).encode(["", "cost"])
    assert not nothing.any()
    assert np.allclose(something, vector("cost"))


def test_no_texts(folder: Path) -> None:
    assert len(encoder(folder).encode([])) == 0


def test_a_model_below_onnx(tmp_path: Path, folder: Path) -> None:
    below = make_encoder(tmp_path, model="onnx/model.onnx")
    assert np.array_equal(encoder(below).encode(TEXTS), encoder(folder).encode(TEXTS))


@pytest.mark.parametrize(
    "inputs", [("input_ids",), ("input_ids", "token_type_ids"), ("input_ids", "attention_mask", "token_type_ids")]
)
@pytest.mark.parametrize("integers", ["int64", "int32"])
def test_a_model_gets_the_inputs_it_takes(tmp_path: Path, folder: Path, inputs: list[str], integers: str) -> None:
    found = encoder(make_encoder(tmp_path, inputs=inputs, integers=integers)).encode(TEXTS)
    assert np.allclose(found, encoder(folder).encode(TEXTS), atol=1e-6)


@pytest.mark.parametrize("outputs", [("token_embeddings",), ("something", "last_hidden_state"), ("of_its_own",)])
def test_outputs_by_token_are_pooled(tmp_path: Path, folder: Path, outputs: list[str]) -> None:
    found = encoder(make_encoder(tmp_path, outputs=outputs)).encode(TEXTS)
    assert np.allclose(found, encoder(folder).encode(TEXTS), atol=1e-6)


@pytest.mark.parametrize("outputs", [("sentence_embedding",), ("last_hidden_state", "sentence_embedding")])
def test_an_embedding_of_the_whole_text_is_taken_as_it_is(tmp_path: Path, outputs: list[str]) -> None:
    ready = encoder(make_encoder(tmp_path, outputs=outputs))
    (found,) = ready.encode(["cost"])
    assert found.shape == (SIZE,)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-6)
    assert not np.allclose(found, vector("[CLS]", "cost", "[SEP]"), atol=1e-3)


def test_a_copy_is_the_same_encoder(folder: Path) -> None:
    known = encoder(folder)
    assert copy.deepcopy({"of": [known]})["of"][0] is known


def test_a_fingerprint_tells_files_and_settings(tmp_path: Path) -> None:
    make_encoder(tmp_path)
    first = fingerprint_of(tmp_path, EncoderSettings())
    assert first == encoder(tmp_path).fingerprint() == encoder(tmp_path, batch=1).fingerprint()
    others = {fingerprint_of(tmp_path, EncoderSettings(**other)) for other in ({"prefix": "q "}, {"pooling": "cls"})}
    (tmp_path / "model.onnx_data").write_bytes(b"weights")
    others.add(fingerprint_of(tmp_path, EncoderSettings()))
    make_encoder(tmp_path, outputs=("token_embeddings",))
    others.add(fingerprint_of(tmp_path, EncoderSettings()))
    assert len({first, *others}) == 5


@pytest.mark.parametrize("missing", ["", "model.onnx", "tokenizer.json"])
def test_what_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "there"
    if missing:
        make_encoder(folder)
        (folder / missing).unlink()
    with pytest.raises(EncoderError, match=missing or "no folder") as raised:
        encoder(folder)
    assert str(folder) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100])
def test_what_is_broken_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    make_encoder(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EncoderError) as raised:
        encoder(tmp_path)
    assert str(tmp_path / name) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_encoder(tmp_path)

    def refuse(file: Path, *rest: Any) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(EncoderError, match="Permission denied") as raised:
        encoder(tmp_path)
    assert "model.onnx" in str(raised.value)


def test_a_tokenizer_of_another_model_is_noticed(tmp_path: Path) -> None:
    # Its words go on where the model's table ends.
    make_encoder(tmp_path, words=[*(f"w{place}" for place in range(30)), "[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    with pytest.raises(EncoderError, match="can't be used together") as raised:
        encoder(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_an_input_that_nobody_knows(tmp_path: Path) -> None:
    make_encoder(tmp_path, inputs=("input_ids", "position_ids"))
    with pytest.raises(EncoderError, match="position_ids"):
        encoder(tmp_path)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"pooling": "max"}, "pooling is 'max', not mean or cls"),
        ({"batch": 0}, "batch is 0"),
        ({"longest": "long"}, "longest is 'long'"),
        ({"longest": 1}, "longest is 1, of which the tokenizer's marks take 2"),
        ({"longest": 2}, "longest is 2, of which the tokenizer's marks take 2"),
    ],
)
def test_settings_that_make_no_sense(folder: Path, settings: dict[str, Any], told: str) -> None:
    with pytest.raises(EncoderError, match=told):
        encoder(folder, **settings)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_package_that_is_not_installed(folder: Path, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EncoderError, match=rf"{package} can't be imported \(.+\); run 'make setup'"):
        encoder(folder)


def test_nothing_is_imported_before_it_is_needed() -> None:
    program = "import sys, bot.nlu.onnx_encoder; print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
