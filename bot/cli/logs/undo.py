"""`wenhao logs undo`: what was done, and taking it back."""

from __future__ import annotations

import datetime
from typing import Optional

import typer

from bot.cli.common import STDERR, STDOUT, working
from bot.cli.logs import logs
from bot.cli.logs.here import WHO, WHY, reviewing, whoever


@logs.command()
def undo(
    batch: Optional[str] = typer.Argument(None, help="What to take back; without it the latest are listed."),
    who: Optional[str] = WHO,
    why: str = WHY,
    keep_model: bool = typer.Option(False, "--keep-model", help="Let a model that learned it go on serving."),
    limit: int = typer.Option(20, "--limit", min=1, help="How many to list."),
) -> None:
    """Take back a decision, a landing, or an undoing: in the database, in the training files, and in what serves."""
    from bot.learning.deciding import batches
    from bot.learning.landing import undo as take_back
    from bot.learning.promoting.rolling_back import roll_back_model

    with reviewing() as (settings, database):
        if batch is None:
            for each in batches(database, limit):
                at = datetime.datetime.fromtimestamp(each.at).strftime("%Y-%m-%d %H:%M")
                into = f" into {', '.join(each.intents)}" if each.intents else ""
                undone = f" (undone by {each.undone_by})" if each.undone_by else ""
                undoes = f" of {each.undoes}" if each.undoes else ""
                what = f"{each.kind}{undoes}: {each.texts} texts{into}{undone}"
                STDOUT.print(f"{each.batch}  {at}  {each.who}  {what}", markup=False, highlight=False)
            return
        with working("Taking it back ..."):
            roll_back = None if keep_model else roll_back_model(settings)
            undone_now = take_back(database, settings, batch, who or whoever(), why, roll_back)
    out, back = len(undone_now.taken_out), len(undone_now.put_back)
    lessons = f"; {out} lessons left the training files, {back} came back" if out or back else ""
    told = f"undone: {len(undone_now.texts)} texts are as before{lessons}"
    STDOUT.print(f"{told} (batch {undone_now.batch})", markup=False, highlight=False, soft_wrap=True)
    if undone_now.rolled_back:
        STDERR.print("The newest model that has not learned it serves again.")
    if undone_now.model_has_them:
        STDERR.print("The served model has learned what was taken out: 'wenhao rollback' makes an earlier one serve.")
