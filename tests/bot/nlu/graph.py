"""Graph components on their own: an untrained one, and what a training stored, loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

CONTEXT = ExecutionContext(GraphSchema({}))

SENTENCES = {
    "how much does verification cost": "ask_verification_fee",
    "认证要多少钱": "ask_verification_fee",
    "what does verification cost us": "ask_verification_fee",
    "认证费用是多少钱": "ask_verification_fee",
    "can a service account have the menu": "ask_menu",
    "服务号有菜单吗": "ask_menu",
    "which account has the menu": "ask_menu",
    "订阅号有没有菜单": "ask_menu",
    "hello there": "greet",
    "你好呀": "greet",
    "hello again": "greet",
    "你好": "greet",
}
GLOSSARY = {
    "account/service": ["service account", "服务号", "service number"],
    "account/subscription": ["subscription account", "订阅号"],
    "verified/yes": ["verified", "认证"],
    "verified/unsaid": ["get verified"],
    "area/menu": ["menu", "菜单"],
    "sense/money": ["how much", "cost", "pricey", "多少钱", "费用"],
    "sense/having": ["have", "有"],
    "cities": ["Beijing"],
}


def storage(folder: Path) -> ModelStorage:
    """Returns an empty model storage."""
    return LocalModelStorage.create(folder)


def made(component: Any, storage: ModelStorage, config: Optional[dict[str, Any]] = None) -> Any:
    """Returns an untrained component."""
    return component.create({**component.get_default_config(), **(config or {})}, storage, Resource("it"), CONTEXT)


def loaded(component: Any, storage: ModelStorage, config: Optional[dict[str, Any]] = None) -> Any:
    """Returns a component as it comes out of a model."""
    return component.load({**component.get_default_config(), **(config or {})}, storage, Resource("it"), CONTEXT)


def training_data() -> TrainingData:
    """Returns a dozen labelled sentences and a small glossary."""
    return TrainingData(
        training_examples=[Message.build(text, intent) for text, intent in SENTENCES.items()],
        lookup_tables=[{"name": name, "elements": words} for name, words in GLOSSARY.items()],
    )


def processed(component: Any, text: str, **known: Any) -> dict[str, Any]:
    """Returns what a component adds to a message."""
    message = Message({"text": text, **known})
    (message,) = component.process([message])
    found: dict[str, Any] = message.as_dict(only_output_properties=True)
    return found
