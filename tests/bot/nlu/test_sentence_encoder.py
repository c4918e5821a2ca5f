"""The component that brings sentence embeddings to the classifier: trained, stored, loaded, and what it changes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pytest
import yaml
from rasa.core.agent import Agent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.errors import ModelError
from bot.models import train_model
from bot.nlu.glossary_extractor import GlossaryExtractor
from bot.nlu.ngram_model import NgramModel, NgramSettings, Sample
from bot.nlu.onnx_encoder import EncoderError, OnnxEncoder
from bot.nlu.question_classifier import QuestionClassifier
from bot.nlu.sentence_encoder import ENCODER, SentenceEncoder, embedded
from bot.settings import PROJECT, Settings
from tests.bot.nlu.graph import CONTEXT, SENTENCES, made, storage, training_data
from tests.bot.nlu.tiny_encoder import SIZE, make_encoder
from tests.small_domain import keep_intents

CLASSIFIER = {"c": 1.0, "encoder_weight": 3.0}

# Words that the training questions have not, but whose meaning the encoder knows from those that they have.
TOLD_BY_MEANING = {
    "tariff": "ask_verification_fee",
    "expense": "ask_verification_fee",
    "what is the tariff": "ask_verification_fee",
    "buttons": "ask_menu",
    "where are the buttons": "ask_menu",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_encoder(tmp_path / "encoder")


@pytest.fixture
def store(tmp_path: Path) -> ModelStorage:
    (tmp_path / "model").mkdir()
    return storage(tmp_path / "model")


def component(kind: Any, store: ModelStorage, **config: Any) -> Any:
    """Returns a component of a trained model."""
    return kind.load({**kind.get_default_config(), **config}, store, Resource(kind.__name__), CONTEXT)


def train(kind: Any, store: ModelStorage, data: Any, **config: Any) -> Any:
    untrained = kind.create({**kind.get_default_config(), **config}, store, Resource(kind.__name__), CONTEXT)
    untrained.train(data)
    return component(kind, store, **config)


def train_all(store: ModelStorage, folder: Optional[Path], **config: Any) -> list[Any]:
    """Returns a trained pipeline: the glossary, the encoder where there is a folder, and the classifier."""
    data = training_data()
    parts = [train(GlossaryExtractor, store, data)]
    if folder:
        parts.append(train(SentenceEncoder, store, data, model=str(folder)))
    for part in parts:
        data = part.process_training_data(data)
    return [*parts, train(QuestionClassifier, store, data, **{**CLASSIFIER, **config})]


def read(parts: list[Any], text: str) -> dict[str, Any]:
    messages = [Message({"text": text})]
    for part in parts:
        messages = part.process(messages)
    found: dict[str, Any] = messages[0].as_dict(only_output_properties=True)
    return found


@pytest.mark.parametrize(("text", "intent"), TOLD_BY_MEANING.items())
def test_the_encoder_tells_what_n_grams_can_not(store: ModelStorage, folder: Path, text: str, intent: str) -> None:
    plain, strong = (read(train_all(store, given), text)["intent"] for given in (None, folder))
    assert plain["name"] != intent
    assert strong["name"] == intent


def test_what_n_grams_tell_stays(store: ModelStorage, folder: Path) -> None:
    strong = train_all(store, folder)
    assert [read(strong, text)["intent"]["name"] for text in SENTENCES] == list(SENTENCES.values())


def test_each_clause_has_an_embedding_of_its_own(
    store: ModelStorage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strong = train_all(store, folder)
    asked: list[list[str]] = []
    encode = OnnxEncoder.encode

    def listen(encoder: OnnxEncoder, texts: list[str]) -> Any:
        asked.append(list(texts))
        return encode(encoder, texts)

    monkeypatch.setattr(OnnxEncoder, "encode", listen)
    read(strong, "How much is the tariff? Where are the Buttons?")
    assert asked == [
        ["how much is the tariff? where are the buttons", "how much is the tariff", "where are the buttons"]
    ]


def test_without_a_weight_embeddings_change_nothing(store: ModelStorage, folder: Path) -> None:
    plain = read(train_all(store, None), "the cost of the buttons")
    weightless = read(train_all(store, folder, encoder_weight=0.0), "the cost of the buttons")
    assert weightless["intent"]["name"] == plain["intent"]["name"]
    assert weightless["intent"]["confidence"] == pytest.approx(plain["intent"]["confidence"], abs=1e-4)


def test_what_is_written_into_a_conversation_is_as_without(store: ModelStorage, folder: Path) -> None:
    plain, strong = (read(train_all(store, given), "tariff") for given in (None, folder))
    assert strong.keys() == plain.keys()
    json.dumps(strong)


def test_a_message_and_a_training_question_get_the_same_encoder(store: ModelStorage, folder: Path) -> None:
    data = training_data()
    encoder = train(SentenceEncoder, store, data, model=str(folder))
    examples = encoder.process_training_data(data).training_examples
    (message,) = encoder.process([Message({"text": "tariff"})])
    assert {id(each.get(ENCODER)) for each in [*examples, message]} == {id(message.get(ENCODER))}
    (sample,) = embedded([Sample("tariff")], message)
    assert np.linalg.norm(sample.embedding) == pytest.approx(1, abs=1e-6)


def test_without_an_encoder_samples_stay_as_they_are() -> None:
    assert embedded([Sample("tariff")], Message({"text": "tariff"})) == [Sample("tariff")]


def test_a_model_trained_with_the_encoder_is_not_read_without(store: ModelStorage, folder: Path) -> None:
    *_, classifier = train_all(store, folder)
    told = f"trained with embeddings of {SIZE} numbers but reads texts without embeddings.*wenhao train"
    with pytest.raises(EncoderError, match=told):
        read([classifier], "tariff")


def test_a_model_trained_without_the_encoder_is_not_read_with_one(store: ModelStorage, folder: Path) -> None:
    _, encoder, _ = train_all(store, folder)
    *_, classifier = train_all(store, None)
    told = f"trained without embeddings but reads texts with embeddings of {SIZE} numbers.*wenhao train"
    with pytest.raises(EncoderError, match=told):
        read([encoder, classifier], "tariff")


def test_another_encoder_than_in_training_is_not_loaded(store: ModelStorage, folder: Path) -> None:
    train_all(store, folder)
    make_encoder(folder, outputs=("sentence_embedding",))
    with pytest.raises(EncoderError, match="is not the encoder that this model was trained with") as raised:
        component(SentenceEncoder, store, model=str(folder))
    assert str(folder) in str(raised.value)


def test_the_same_encoder_may_have_moved(store: ModelStorage, folder: Path, tmp_path: Path) -> None:
    *_, classifier = train_all(store, folder)
    moved = shutil.move(folder, tmp_path / "elsewhere")
    encoder = component(SentenceEncoder, store, model=str(moved))
    assert read([encoder, classifier], "buttons")["intent"]["name"] == "ask_menu"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_went_missing_is_named(store: ModelStorage, folder: Path, name: str) -> None:
    train_all(store, folder)
    (folder / name).unlink()
    with pytest.raises(EncoderError, match=re.escape(name)) as raised:
        component(SentenceEncoder, store, model=str(folder))
    assert str(folder) in str(raised.value)


@pytest.mark.parametrize(
    ("model", "told"), [(None, "'model' does not name"), ("", "'model' does not name"), ("/not/there", "/not/there")]
)
def test_a_folder_that_is_not_there_stops_the_training(store: ModelStorage, model: Optional[str], told: str) -> None:
    with pytest.raises(EncoderError, match=told):
        made(SentenceEncoder, store, {"model": model}).train(training_data())


def test_after_the_classifier_it_would_be_of_no_use(store: ModelStorage, folder: Path) -> None:
    encoder = train(SentenceEncoder, store, training_data(), model=str(folder))
    *_, classifier = train_all(store, None)
    with pytest.raises(EncoderError, match="before QuestionClassifier"):
        read([classifier, encoder], "tariff")


def test_rasas_cache_knows_the_folder(folder: Path) -> None:
    config = {"model": str(folder)}
    before = SentenceEncoder.fingerprint_addon(config)
    assert before == SentenceEncoder.fingerprint_addon(config)
    make_encoder(folder, outputs=("sentence_embedding",))
    assert SentenceEncoder.fingerprint_addon(config) not in (None, before)
    assert SentenceEncoder.fingerprint_addon({"model": "/not/there"}) is None


def test_rasas_cache_tells_questions_with_and_without_the_encoder(folder: Path, tmp_path: Path) -> None:
    other = make_encoder(tmp_path / "other", outputs=("sentence_embedding",))
    encoders = [OnnxEncoder.load(folder) for folder in (folder, folder, other)]
    messages = [Message({"text": "tariff", ENCODER: encoder}) for encoder in encoders]
    same, again, changed = (message.fingerprint() for message in messages)
    assert same == again
    assert len({same, changed, Message({"text": "tariff"}).fingerprint()}) == 3


def with_embeddings(texts: list[str]) -> list[Sample]:
    """Samples with embeddings that are one another's opposites by the first letter."""
    return [Sample(text, ("a=b",), np.array([1, 0] if text[0] < "n" else [-1, 0], dtype=np.float32)) for text in texts]


def test_a_saved_model_keeps_its_embeddings_weights(tmp_path: Path) -> None:
    samples = with_embeddings(["ask", "bid", "sell", "tell"] * 3)
    labels = ["low", "low", "high", "high"] * 3
    model = NgramModel.train(samples, labels, NgramSettings(encoder_weight=2.0))
    model.save(tmp_path)
    again = NgramModel.load(tmp_path)
    unseen = with_embeddings(["zzz", "aaa"])
    assert [again.labels[row.argmax()] for row in again.confidences(unseen)] == ["high", "low"]
    assert np.abs(model.confidences(unseen) - again.confidences(unseen)).max() < 0.02
    for wrong in (Sample("aaa"), Sample("aaa", (), np.ones(3, dtype=np.float32))):
        with pytest.raises(EncoderError, match="with embeddings of 2 numbers"):
            again.confidences([wrong])


def test_more_weight_makes_embeddings_count_more() -> None:
    samples, labels = with_embeddings(["ask", "bid", "sell", "tell"] * 3), ["low", "low", "high", "high"] * 3
    models = [NgramModel.train(samples, labels, NgramSettings(encoder_weight=weight)) for weight in (0.1, 0.5, 2.0)]
    sure = [float(model.confidences(with_embeddings(["zzz"]))[0, model.labels.index("high")]) for model in models]
    assert sure == sorted(sure)
    assert sure[-1] > sure[0] + 0.1


CONFIG = (PROJECT / "config.yml").read_text(encoding="utf-8")


def switched_on(folder: Path) -> str:
    """Returns config.yml with its entry of the encoder no comment any more."""
    entry = re.sub(r"^  # (- name: bot\.nlu\.sentence_encoder|  model: )", r"  \1", CONFIG, flags=re.MULTILINE)
    return entry.replace("/path/to/encoder", str(folder))


def names(config: str) -> list[str]:
    return [part["name"].rsplit(".", 1)[-1] for part in yaml.safe_load(config)["pipeline"]]


def test_it_is_off_by_default(folder: Path) -> None:
    assert "SentenceEncoder" not in names(CONFIG)


def test_the_entry_in_config_yml_switches_it_on(folder: Path) -> None:
    on = switched_on(folder)
    found = names(on)
    assert found.index("SentenceEncoder") + 1 == found.index("QuestionClassifier")
    assert [name for name in found if name != "SentenceEncoder"] == names(CONFIG)
    entry = yaml.safe_load(on)["pipeline"][found.index("SentenceEncoder")]
    assert entry == {"name": "bot.nlu.sentence_encoder.SentenceEncoder", "model": str(folder)}


@pytest.fixture
def project(tmp_path: Path, folder: Path) -> Settings:
    """A project with the encoder switched on, whose training questions are few."""
    root = tmp_path / "project"
    for name in ("domain", "data/rules", "data/rule_table", "bot/nlu"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("endpoints.yml", "credentials.yml"):
        shutil.copy(PROJECT / name, root / name)
    config = yaml.safe_load(switched_on(folder))
    next(part for part in config["pipeline"] if "QuestionClassifier" in part["name"])["encoder_weight"] = 5.0
    (root / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "data" / "nlu").mkdir()
    questions: dict[str, str] = {}
    for text, intent in SENTENCES.items():
        questions[intent] = f"{questions.get(intent, '')}- {text}\n"
    data: dict[str, Any] = {
        "version": "3.1",
        "nlu": [{"intent": intent, "examples": texts} for intent, texts in questions.items()],
    }
    data["nlu"].append({"lookup": "account/service", "examples": "- service account\n- 服务号\n"})
    (root / "data" / "nlu" / "all.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    keep_intents(root / "domain", questions)
    return Settings.read(project=root, environ={})


async def test_a_whole_training_and_loading(project: Settings, folder: Path) -> None:
    model = train_model(project)
    agent = Agent()
    agent.load_model(str(model.file))
    assert (await agent.parse_message("buttons"))["intent"]["name"] == "ask_menu"
    (folder / "tokenizer.json").unlink()
    with pytest.raises(EncoderError, match=r"has no tokenizer\.json"):
        Agent().load_model(str(model.file))


def test_a_training_without_the_folder_says_so_and_leaves_no_model(project: Settings, folder: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(ModelError, match=f"there is no folder {folder}"):
        train_model(project)
    assert not list(project.models.glob("*.tar.gz"))
