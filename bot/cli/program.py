"""The program: its commands, and how errors reach the person at the keyboard."""

from __future__ import annotations

import sys

import typer

from actions.rule_table.errors import RuleTableError
from actions.settings import SettingsError
from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.compare import compare
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.logs import logs
from bot.cli.plan import plan
from bot.cli.promote import promote
from bot.cli.review import review
from bot.cli.rollback import rollback
from bot.cli.rules import rules
from bot.cli.serve import serve
from bot.cli.slack import slack
from bot.cli.train import train
from bot.cli.tune import tune
from bot.cli.wechat import wechat
from bot.errors import WenhaoError

PROGRAM = typer.Typer(
    name="wenhao",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="A consultant on WeChat public accounts: answers from a rule table, in Chinese and English.",
    epilog="Start with **wenhao chat**, or **wenhao serve** and open the page it names.",
    pretty_exceptions_enable=False,
)
for command in (serve, chat, ask, plan, train, compare, promote, rollback, tune, evaluate, doctor):
    PROGRAM.command()(command)
PROGRAM.add_typer(rules, name="rules")
PROGRAM.add_typer(wechat, name="wechat")
PROGRAM.add_typer(slack, name="slack")
PROGRAM.add_typer(logs, name="logs")
PROGRAM.add_typer(review, name="review")


def main() -> None:
    """Runs the program. Known errors are one line on standard error and exit code 1."""
    try:
        PROGRAM()
    except (WenhaoError, RuleTableError, SettingsError) as error:
        sys.exit(f"wenhao: {error}")
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
