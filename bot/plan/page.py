"""A plan as the page that the bot serves, with the headers under which it may be shown."""

from __future__ import annotations

from typing import Any, Mapping

from actions.plan.rendering import content_security_policy, to_page


def page_of(plan: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Returns the page of a plan and its headers: not kept by anybody between, named to no other site, in no frame."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": content_security_policy(),
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return to_page(plan), headers
