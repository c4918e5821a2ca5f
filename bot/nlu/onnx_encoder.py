"""Sentence embeddings of a model in a folder of this machine, computed by ONNX Runtime. Nothing is ever fetched.

The folder is laid out as Hugging Face's exports are: `model.onnx` or `onnx/model.onnx`, and `tokenizer.json`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Sequence

import numpy as np
from rasa.shared.exceptions import InvalidConfigException

from bot.errors import ModelError
from bot.nlu.linear_machines import Matrix

MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
POOLINGS = ("mean", "cls")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")

# The first of these that a model has is taken, else its first output.
OUTPUTS = ("sentence_embedding", "last_hidden_state", "token_embeddings")

INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
NO_LOG = 4
TRIAL = "认证 verification "


class EncoderError(ModelError, InvalidConfigException):
    """A sentence encoder can't be used. Of Rasa's errors too: only such ones does it hand on as they are."""


class EncoderSettings(NamedTuple):
    """How to encode.

    prefix: what the model wants before each text. pooling: `mean` of all tokens or the first one's (`cls`), where the
    model gives no embedding of the whole text itself. batch: texts at a time. longest: tokens kept of a text.
    """

    prefix: str = ""
    pooling: str = "mean"
    batch: int = 32
    longest: int = 128


class OnnxEncoder:
    """Embeds texts. Never changes once it is loaded, and may be used by several threads."""

    def __init__(self, session: Any, tokenizer: Any, settings: EncoderSettings, fingerprint: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._settings = settings
        self._fingerprint = fingerprint
        self._inputs = {given.name: INTEGERS.get(given.type) for given in session.get_inputs()}
        outputs = [output.name for output in session.get_outputs()]
        self._output = next((name for name in OUTPUTS if name in outputs), outputs[0])
        self._padding = (tokenizer.padding or {}).get("pad_id", 0)
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=settings.longest)

    @classmethod
    def load(cls, folder: Path, settings: EncoderSettings = EncoderSettings()) -> OnnxEncoder:
        """Opens a model folder and tries it out. Raises EncoderError, which names what is missing or broken."""
        _check_settings(settings)
        fingerprint = fingerprint_of(folder, settings)
        model, tokenizer = _find(folder)
        session, opened = _open_session(model), _open_tokenizer(tokenizer)
        try:
            encoder = cls(session, opened, settings, fingerprint)
            encoder._try_out()
        except Exception as error:
            raise EncoderError(f"{folder}: model and tokenizer can't be used together: {_first_line(error)}") from error
        return encoder

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Returns an array (texts, size) of embeddings, each of length 1; zeros for a text without tokens."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        tokens = self._tokens(list(places))
        # Texts of like length share a batch, so that little of it is padding.
        order = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
        batch = self._settings.batch
        batches = [order[start : start + batch] for start in range(0, len(order), batch)]
        rows = [self._embed([tokens[place] for place in chosen]) for chosen in batches]
        found = np.empty((len(tokens), rows[0].shape[1] if rows else 0), dtype=np.float32)
        for chosen, embeddings in zip(batches, rows, strict=True):
            found[chosen] = embeddings
        return found[[places[text] for text in texts]]

    def fingerprint(self) -> str:
        """Returns what `fingerprint_of` says of its folder. Rasa's cache asks for it."""
        return self._fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> OnnxEncoder:
        return self

    def _tokens(self, texts: Sequence[str]) -> list[Any]:
        # Half a surrogate pair, which JSON may bring, is no text to the tokenizer.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        encodings: list[Any] = self._tokenizer.encode_batch([self._settings.prefix + text for text in clean])
        return encodings

    def _embed(self, tokens: Sequence[Any]) -> Matrix:
        width = max(1, *(len(text) for text in tokens))
        mask = _padded([text.attention_mask for text in tokens], width, 0)
        given = {
            "input_ids": _padded([text.ids for text in tokens], width, self._padding),
            "attention_mask": mask,
            "token_type_ids": _padded([text.type_ids for text in tokens], width, 0),
        }
        feed = {name: given[name].astype(kind) for name, kind in self._inputs.items()}
        (output,) = self._session.run([self._output], feed)
        pooled = self._pool(output.astype(np.float32), mask)
        pooled[~mask.any(axis=1)] = 0
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        embeddings: Matrix = pooled / np.where(lengths > 0, lengths, 1)
        return embeddings

    def _pool(self, output: Any, mask: Any) -> Any:
        if output.ndim == 2:
            return output
        if self._settings.pooling == "cls":
            return output[:, 0]
        sums = np.einsum("tw,twn->tn", mask.astype(np.float32), output)
        return sums / np.maximum(mask.sum(axis=1, keepdims=True), 1)

    def _try_out(self) -> None:
        """Embeds a short text and one as long as they may come, so that what is wrong shows now."""
        strange = [name for name, kind in self._inputs.items() if name not in INPUTS or kind is None]
        if strange or "input_ids" not in self._inputs:
            raise ValueError(f"it takes {', '.join(self._inputs)}; known are whole numbers as {', '.join(INPUTS)}")
        marks = self._tokenizer.num_special_tokens_to_add(False)
        if self._settings.longest <= marks:
            raise ValueError(f"longest is {self._settings.longest}, of which the tokenizer's marks take {marks}")
        found = self.encode(["?", TRIAL * self._settings.longest])
        if found.ndim != 2 or not np.isfinite(found).all():
            raise ValueError(f"the output {self._output} is no embedding")


def fingerprint_of(folder: Path, settings: EncoderSettings) -> str:
    """Returns a hash over all that decides on an embedding: the folder's files and the settings.

    Raises EncoderError where a file is missing.
    """
    digest = hashlib.sha256(repr(settings._replace(batch=0)).encode())
    try:
        model, tokenizer = _find(folder)
        # Weights of more than 2 GB lie in a file of their own beside the model.
        for file in (*sorted(model.parent.glob("model.onnx*")), tokenizer):
            for block in _blocks(file):
                digest.update(block)
    except OSError as error:
        raise EncoderError(f"{error.filename} can't be read: {error.strerror}") from error
    return digest.hexdigest()


def _check_settings(settings: EncoderSettings) -> None:
    if settings.pooling not in POOLINGS:
        raise EncoderError(f"config.yml, SentenceEncoder: pooling is {settings.pooling!r}, not {' or '.join(POOLINGS)}")
    for name in ("batch", "longest"):
        number = getattr(settings, name)
        if not isinstance(number, int) or number < 1:
            raise EncoderError(f"config.yml, SentenceEncoder: {name} is {number!r}, not a whole number from 1 on")


def _find(folder: Path) -> tuple[Path, Path]:
    """Returns the model's and the tokenizer's file."""
    if not folder.is_dir():
        raise EncoderError(f"config.yml, SentenceEncoder: there is no folder {folder}")
    model = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    if model is None:
        raise EncoderError(f"config.yml, SentenceEncoder: {folder} has neither {' nor '.join(MODELS)}")
    if not (folder / TOKENIZER).is_file():
        raise EncoderError(f"config.yml, SentenceEncoder: {folder} has no {TOKENIZER}")
    return model, folder / TOKENIZER


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(1 << 20):
            yield block


def _open_session(model: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise _not_installed("onnxruntime", error) from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = NO_LOG
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EncoderError(f"{model} can't be read as an ONNX model: {_first_line(error)}") from error


def _open_tokenizer(file: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise _not_installed("tokenizers", error) from error
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:
        raise EncoderError(f"{file} can't be read as a tokenizer: {_first_line(error)}") from error


def _not_installed(package: str, error: ImportError) -> EncoderError:
    return EncoderError(
        f"config.yml, SentenceEncoder: {package} can't be imported ({_first_line(error)}); run 'make setup', or in an "
        "installation of your own 'pip install onnxruntime tokenizers'"
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _padded(rows: Sequence[Sequence[int]], width: int, padding: int) -> Any:
    return np.array([[*row, *[padding] * (width - len(row))] for row in rows], dtype=np.int64)
