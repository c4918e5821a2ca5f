"""The methods of the family `assistant.threads`: what an agent shows beside its messages.

https://docs.slack.dev/ai/developing-agents
"""

from __future__ import annotations

from bot.channels.slack.rehearsal.method_call import Call, Json, RefusedError, method

MOST_PROMPTS = 4


@method("assistant.threads.setStatus", "assistant:write", "chat:write")
def set_status(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setStatus/."""
    call.channel("channel_id")
    call.needed("thread_ts")
    if "status" not in call.arguments:
        call.needed("status")
    call.desk.record.keep("statuses", {**call.arguments, "team": call.team})
    return {"ok": True}


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def set_suggested_prompts(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts/.

    In the agent view prompts belong to no thread: with a `thread_ts` Slack accepts them and shows none. The older
    assistant view needs it.
    """
    call.channel("channel_id")
    prompts = call.parsed("prompts")
    if not isinstance(prompts, list) or not 0 < len(prompts) <= MOST_PROMPTS:
        raise RefusedError("invalid_arguments", response_metadata={"messages": ["[ERROR] 1 to 4 prompts are allowed"]})
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        raise RefusedError("invalid_arguments", response_metadata={"messages": ["[ERROR] prompts: title and message"]})
    has_thread = bool(call.arguments.get("thread_ts"))
    if not call.desk.has_agent_view:
        call.needed("thread_ts")
    shown = has_thread != call.desk.has_agent_view
    call.desk.record.keep("prompts", {**call.arguments, "prompts": prompts, "team": call.team, "shown": shown})
    return {"ok": True}


@method("assistant.threads.setTitle", "assistant:write")
def set_title(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setTitle/."""
    call.channel("channel_id")
    call.needed("thread_ts")
    call.needed("title")
    call.desk.record.keep("titles", {**call.arguments, "team": call.team})
    return {"ok": True}
