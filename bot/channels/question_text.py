"""What a person wrote, as it may be given to Rasa."""


def to_question(text: str) -> str:
    """Returns a text that Rasa takes for words: a slash at the start would make it a command such as /restart."""
    return text.lstrip("/ \t") if text.lstrip().startswith("/") else text
