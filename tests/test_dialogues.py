"""Conversations of several turns: what is left out, corrected, told once, or asked as of another time."""

from __future__ import annotations

import pytest

from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from bot.evaluation.cases import Case
from tests.talking import Bot, Reply

Turn = tuple[str, list[str]]

DIALOGUES: dict[str, list[Turn]] = {
    "ellipsis, en": [
        ("Can a service account broadcast every day?", ["broadcast.quota.service"]),
        ("and a subscription account?", ["broadcast.quota.subscription"]),
        ("How much does verification cost?", ["verification.fee"]),
        ("and how long does it take?", ["verification.duration"]),
    ],
    "ellipsis, zh": [
        ("订阅号一天能群发几次？", ["broadcast.quota.subscription"]),
        ("那服务号呢", ["broadcast.quota.service"]),
        ("公众号认证要多少钱？", ["verification.fee"]),
        ("那要多久", ["verification.duration"]),
    ],
    "ellipsis, traditional": [
        ("服務號有自訂選單嗎？自定義菜單", ["menu.service"]),
        ("那訂閱號呢", ["menu.subscription"]),
    ],
    "correction, en": [
        ("When does a service account get the custom menu?", ["menu.service"]),
        ("sorry, I meant a subscription account", ["menu.subscription"]),
    ],
    "correction, zh": [
        ("服务号一个月能群发几次？", ["broadcast.quota.service"]),
        ("说错了，我是问订阅号", ["broadcast.quota.subscription"]),
    ],
    "correction of the topic": [
        ("Which account gets WeChat Pay?", ["pay.eligibility"]),
        ("no, I mean the custom menu", ["menu.service", "menu.subscription"]),
    ],
    "context, en": [
        ("We run an unverified service account.", []),
        ("Which permissions do we have?", ["permissions.service.unverified"]),
        ("How many broadcasts do we get?", ["broadcast.quota.service"]),
    ],
    "context, zh": [
        ("我们有一个还没认证的订阅号", []),
        ("我们有哪些权限？", ["permissions.subscription.unverified"]),
        ("能群发几次？", ["broadcast.quota.subscription"]),
    ],
    "context corrected": [
        ("We have an unverified subscription account.", []),
        ("Meanwhile our account is verified.", []),
        ("Which permissions does our account have?", ["permissions.subscription.verified"]),
    ],
    "digression": [
        ("How much does verification cost?", ["verification.fee"]),
        ("What's the weather like tomorrow?", []),
        ("And how long does the verification review take?", ["verification.duration"]),
    ],
    "source asked for": [
        ("Is there a deposit for WeChat Pay?", ["pay.deposit"]),
        ("Where does that come from?", []),
        ("And what is the rate?", ["pay.rate"]),
    ],
    "small talk": [
        ("Hello", []),
        ("What can you do?", []),
        ("企业怎么做微信认证？", ["verification.method"]),
        ("谢谢", []),
        ("再见", []),
    ],
    "two questions, en": [
        (
            "How much does verification cost? And how long does the review take?",
            ["verification.fee", "verification.duration"],
        ),
    ],
    "two questions at a joint, en": [
        ("What is the WeChat Pay rate and when does the money arrive?", ["pay.rate", "pay.settlement"]),
    ],
    "two questions, zh": [
        ("公众号认证要多少钱？审核要多久？", ["verification.fee", "verification.duration"]),
    ],
    "two questions at a joint, zh": [
        ("微信支付的费率是多少，钱多久能到账？", ["pay.rate", "pay.settlement"]),
    ],
    "two accounts side by side": [
        (
            "Compare the broadcasts of a subscription account and a service account.",
            ["broadcast.quota.subscription", "broadcast.quota.service"],
        ),
    ],
    "interface in a known case": [
        ("We are a verified service account.", []),
        ("May we use template messages?", ["advanced.eligibility"]),
    ],
    "two questions that go on": [
        ("How long does verification take?", ["verification.duration"]),
        ("And how much is it? And which papers do we need?", ["verification.fee", "verification.materials"]),
    ],
    "everything at once": [
        ("What should we know about WeChat Pay?", ["pay.eligibility", "pay.deposit", "pay.rate", "pay.settlement"]),
        ("and the deposit?", ["pay.deposit"]),
    ],
    "a background before the question": [
        (
            "We bake bread in a village and my son set up our account. What does verification cost?",
            ["verification.fee"],
        ),
    ],
    "a remark amends the last question": [
        (
            "Which permissions does a service account have?",
            ["permissions.service.unverified", "permissions.service.verified"],
        ),
        ("It's not verified.", ["permissions.service.unverified"]),
    ],
    "a remark with commas is no question": [
        ("our company, founded in 2010, wants a service account", []),
        ("我们有订阅号和服务号", []),
    ],
    "what has no words asks nothing": [
        ("公众号认证要多少钱？", ["verification.fee"]),
        ("\x00\x07", []),
    ],
    "thanks ask nothing": [
        ("公众号认证要多少钱？", ["verification.fee"]),
        ("好的，谢谢", []),
    ],
}


def assert_turns(bot: Bot, turns: list[Turn]) -> list[Reply]:
    """Asserts that each reply draws on its facts, and on none where none is expected."""
    replies = bot.talk(*(text for text, _ in turns))
    for (text, facts), reply in zip(turns, replies, strict=True):
        assert Case(text, "", "", tuple(facts)).judge(reply["facts"]), (text, reply["intent"], reply["facts"])
        assert reply["reply"].strip()
    return replies


@pytest.mark.parametrize("turns", DIALOGUES.values(), ids=DIALOGUES)
def test_dialogue(bot: Bot, turns: list[Turn]) -> None:
    assert_turns(bot, turns)


@pytest.mark.parametrize(
    "text",
    [
        "How much does verification cost",
        "how much does verification cost?",
        "认证要多少钱",
        "认证要多少钱？",
        "公众号认证要多少钱",
    ],
)
def test_a_question_mark_makes_no_difference(bot: Bot, text: str) -> None:
    assert bot.ask(text)["facts"] == ["verification.fee"]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("said", ["{}", "{}.", "option {}", "第{}个"])
def test_a_suggestion_is_chosen_by_its_number(bot: Bot, number: int, said: str) -> None:
    first, second = bot.talk("How much does verification cost?", said.format(number))
    tapped = bot.ask(first["suggestions"][number - 1])
    assert [part["topic"] for part in second["parts"]] == [tapped["parts"][0]["topic"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_suggestion_is_understood_when_it_is_tapped(bot: Bot, table: RuleTable, language: Language) -> None:
    """A tap sends the suggestion's own words."""
    # Which interface is meant leads to a topic of its own, and a consultation begins with a question.
    topics = [topic for topic in table.topics.values() if topic.id not in ("interface", "consultation")]
    missed = {}
    for topic in topics:
        answered = {part["topic"] for part in bot.ask(topic.question.in_language(language))["parts"]}
        # All costs together are one sum, and who needs advanced functions is advised.
        advised = {"total_costs": ["consultation_costs"], "choose_permissions": ["consultation"]}
        gathered = advised.get(topic.id) or topic.gathers
        if not answered.issuperset(gathered or [topic.id]):
            missed[topic.id] = answered
    assert missed == {}


def test_an_ambiguous_message_asks_back_with_choices_that_can_be_tapped(bot: Bot) -> None:
    replies = bot.talk("and how much is it?", "1")
    assert (replies[0]["understood"], replies[0]["facts"]) == (False, [])
    assert 2 <= len(replies[0]["suggestions"]) <= 4
    assert replies[1]["facts"] or replies[1]["later"]


def test_suggestions_do_not_repeat_what_was_asked(bot: Bot) -> None:
    texts = [
        "How much does verification cost?",
        "How long does the verification review take?",
        "Which papers does verification need?",
    ]
    replies = bot.talk(*texts)
    for place, reply in enumerate(replies):
        assert not set(reply["suggestions"]) & set(texts[: place + 1])


def test_replies_follow_the_language_of_each_message(bot: Bot) -> None:
    replies = bot.talk("How much does verification cost?", "订阅号有自定义菜单吗？", "服務號認證要多少錢？", "?")
    assert [reply["language"] for reply in replies] == ["en", "zh", "zh", "zh"]
    assert "認證" in replies[2]["reply"]
    assert "认证" in replies[1]["reply"]


@pytest.mark.parametrize(
    "text",
    [
        "Combien coûte la vérification d'un compte de service WeChat ?",
        "¿Cuánto cuesta?",
        "WeChat Payの手数料はいくらですか",
        "Сколько стоит верификация?",
        "위챗 서비스 계정 인증 비용이 얼마인가요?",
    ],
)
def test_a_third_language_is_answered_in_english_with_what_can_be_asked(bot: Bot, text: str) -> None:
    _, reply, after = bot.talk("认证要多少钱？", text, "2")
    assert (reply["intent"], reply["confidence"], reply["language"]) == ("third_language", 1.0, "en")
    assert (reply["facts"], reply["later"], reply["understood"]) == ([], [], False)
    assert reply["reply"].isascii()
    assert "English and Chinese" in reply["reply"]
    assert (after["language"], bool(after["facts"])) == ("en", True)


@pytest.mark.parametrize(
    "text",
    [
        "Who won the football match?",
        "帮我写一首诗",
        "What is the capital of France?",
        "今天股票怎么样",
        "Sing me a song",
        "我想订一张去上海的机票",
    ],
)
def test_out_of_scope_draws_on_no_fact_and_offers_what_can_be_asked(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    assert (reply["facts"], reply["later"], reply["understood"]) == ([], [], False)
    assert reply["suggestions"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("fwh 认证 duoshao qian", ["verification.fee"]),
        ("dyh一天能群发几次", ["broadcast.quota.subscription"]),
        ("servise acount custom menu?", ["menu.service"]),
        ("how much dose verfication cost", ["verification.fee"]),
        ("service account 的 custom menu 要认证吗", ["menu.service"]),
        ("嗯那个就是我想问一下服务号一个月可以群发几次啊", ["broadcast.quota.service"]),
        ("How many times a month can a service number do group sending?", ["broadcast.quota.service"]),
    ],
)
def test_typos_shorthand_mixtures_and_the_guides_own_terms(bot: Bot, text: str, facts: list[str]) -> None:
    assert Case(text, "", "", tuple(facts)).judge(bot.ask(text)["facts"])


def test_a_reply_fits_a_phone(bot: Bot) -> None:
    for text in (
        "How much does verification cost?",
        "什么样的公众号能开通微信支付？",
        "Who gets the advanced interfaces?",
    ):
        assert len(bot.ask(text)["reply"].encode()) < 2048
