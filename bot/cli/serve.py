"""`wenhao serve`: the bot with its channels, and the chat page."""

from __future__ import annotations

import typer

from bot.cli.common import STDERR, start, trained_model, working

DEFAULT_PORT = 5005


def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on. Anything but loopback opens it to others."),
    port: int = typer.Option(DEFAULT_PORT, min=1, max=65535, help="The port to listen on."),
) -> None:
    """Serve the bot: every channel whose credentials are set, and a page to talk to it.

    Trains a model first where there is none that fits the training data.
    """
    settings = start()
    model = trained_model(settings)
    with working("Loading ..."):
        from bot.server import serve as serve_app

    shown = f"[{host}]" if ":" in host else host
    STDERR.print(f"Wenhao answers at http://{shown}:{port} - open it in a browser. Ctrl-C stops it.", highlight=False)
    serve_app(settings, model, host, port)
