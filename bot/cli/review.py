"""`wenhao review`: the review of what people asked, in the browser."""

from __future__ import annotations

import asyncio
import getpass
import logging

import typer

from bot.cli.common import STDERR, STDOUT, start

DEFAULT_PORT = 5006

review = typer.Typer(help="Review what people asked, in the browser.", invoke_without_command=True)


@review.callback()
def serve(
    context: typer.Context,
    host: str = typer.Option("127.0.0.1", help="The address to listen on. Anything but loopback opens it to others."),
    port: int = typer.Option(DEFAULT_PORT, min=1, max=65535, help="The port to listen on."),
    name: str = typer.Option("", help="Who you are in the history. Default: your name on this machine."),
) -> None:
    """Serve the review in a process of its own, and print a link that logs you in once."""
    if context.invoked_subcommand is not None:
        return
    settings = start()
    from bot.review.desk import Desk, known_hosts
    from bot.review.serving import run

    desk = Desk.open(settings)
    address = desk.origin or address_of(host, port)
    token = asyncio.run(desk.sessions.make_link(name or _own_name()))
    if host not in ("127.0.0.1", "::1", "localhost") and not desk.origin:
        STDERR.print("This address is open to others: set REVIEW_URL, and put https before it (docs/learning.md).")
    STDERR.print("The review runs. This link logs you in once, within the hour ('wenhao review link' makes another):")
    STDOUT.print(link_of(address, token), highlight=False, markup=False)
    logging.getLogger("bot.review").setLevel(logging.INFO)
    run(desk, host, port, known_hosts(host, desk.origin))


@review.command()
def link(
    name: str = typer.Option("", help="Whom it lets in. Default: your name on this machine."),
    host: str = typer.Option("127.0.0.1", help="The address that the review listens on."),
    port: int = typer.Option(DEFAULT_PORT, min=1, max=65535, help="The port that it listens on."),
) -> None:
    """Make another link that logs somebody in once, within the hour, while the review runs."""
    settings = start()
    from bot.review.desk import open_sessions, origin_of

    token = asyncio.run(open_sessions(settings).make_link(name or _own_name()))
    STDOUT.print(
        link_of(origin_of(settings.review_url) or address_of(host, port), token), highlight=False, markup=False
    )


@review.command()
def token(
    name: str = typer.Argument(help="The reviewer's name, as the history will show it."),
    language: str = typer.Option("en", help="The language of their pages: en or zh."),
    remove: bool = typer.Option(False, "--remove", help="Take their access away instead."),
) -> None:
    """Make a reviewer's token, in the place of the one they had. It is shown once: hand it over safely."""
    settings = start()
    from bot.learning.database import open_review_database
    from bot.review.reviewers import ReviewerError, make_token, remove_reviewer
    from bot.review.words import LANGUAGES

    if language not in LANGUAGES:
        raise ReviewerError(f"there are no pages in '{language}': give --language en or zh")
    with open_review_database(settings).begin() as connection:
        if remove and not remove_reviewer(connection, name):
            raise ReviewerError(f"there is no reviewer '{name}'")
        made = "" if remove else make_token(connection, name, language)
    if made:
        STDOUT.print(made, highlight=False, markup=False)
        STDERR.print(f"This is {name}'s token. It is not kept: whoever loses it gets a new one.", highlight=False)
    else:
        STDERR.print(f"{name} may no longer review.", highlight=False)


def address_of(host: str, port: int) -> str:
    """Returns the address of a server on a host, as this machine reaches it."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - asked for, not chosen
    return f"http://{f'[{reached}]' if ':' in reached and not reached.startswith('[') else reached}:{port}"


def link_of(address: str, token: str) -> str:
    """Returns the link that logs somebody in once."""
    return f"{address}/enter?token={token}"


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"
