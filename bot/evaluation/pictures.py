"""The pictures of the report, as PNG."""

from __future__ import annotations

import io
from typing import Any, Sequence

from bot.evaluation.calibration import Bin
from bot.evaluation.colours import shade
from bot.evaluation.confusion import Confusion

INK, SOFT, LINE, ACCENT = "#1b2523", "#55615e", "#d5d3ca", "#0f5f53"

# Inches: of a cell of the confusion, and of the labels beside and under it.
CELL = 0.3
LABELS = 2.4
SMALLEST = 3.0


def draw_calibration(found: Sequence[Bin], title: str) -> bytes:
    """Draws the share of right answers over the confidence, with intervals, above how many answers each bin holds."""
    picture = _new_picture(6.4, 6.4)
    above, below = picture.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": (4, 1)})
    _draw_shares(above, found)
    _draw_counts(below, found)
    above.set_title(title)
    for axes in (above, below):
        _quieten(axes)
    return _png(picture, title, 150)


def _draw_shares(axes: Any, found: Sequence[Bin]) -> None:
    shares = [each.figure.share for each in found]
    below = [max(0.0, each.figure.share - each.figure.low) for each in found]
    above = [max(0.0, each.figure.high - each.figure.share) for each in found]
    axes.plot([0, 1], [0, 1], linestyle="--", color=SOFT, label="confidence that holds")
    axes.errorbar(
        [each.confidence for each in found],
        shares,
        yerr=[below, above],
        fmt="o",
        color=ACCENT,
        capsize=4,
        markersize=7,
        label="right answers, 95% interval",
    )
    axes.set(ylabel="share of right answers", ylim=(-0.02, 1.03))
    axes.yaxis.set_major_formatter(_percent)
    axes.legend(loc="upper left", frameon=False)


def _draw_counts(axes: Any, found: Sequence[Bin]) -> None:
    widths = [0.96 * (each.high - each.low) for each in found]
    axes.bar([each.low for each in found], [each.figure.of for each in found], widths, align="edge", color=ACCENT)
    axes.set(ylabel="answers", xlabel="confidence of the reply", xlim=(-0.02, 1.02))
    axes.set_xticks([tenths / 10 for tenths in range(0, 11, 2)])
    axes.xaxis.set_major_formatter(_percent)


def _quieten(axes: Any) -> None:
    axes.grid(color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, length=0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def draw_confusion(found: Confusion, title: str) -> bytes:
    """Draws expected topics (rows) against answered ones (columns); counts stand in the cells off the diagonal."""
    width, height = (max(SMALLEST, CELL * len(names)) + LABELS for names in (found.columns, found.rows))
    picture = _new_picture(width, height)
    axes = picture.subplots()
    axes.imshow([[_colour(found, row, column) for column in found.columns] for row in found.rows], aspect="auto")
    axes.set_xticks(range(len(found.columns)), [_label(name) for name in found.columns], rotation=90)
    axes.set_yticks(range(len(found.rows)), [_label(name) for name in found.rows])
    axes.set_title(title, fontsize=13)
    axes.set_xlabel("answered topic", fontsize=11)
    axes.set_ylabel("expected topic", fontsize=11)
    _draw_lines(axes, found)
    for cell in found.confused():
        place = found.columns.index(cell.answered), found.rows.index(cell.expected)
        text = shade(found.share(cell.expected, cell.answered), right=False).text
        axes.text(*place, str(cell.times), ha="center", va="center", color=text, fontsize=9)
    return _png(picture, title, 120)


def _label(name: str) -> str:
    # A dollar sign would begin a formula.
    return name.replace("$", r"\$")


def _draw_lines(axes: Any, found: Confusion) -> None:
    axes.set_xticks([place - 0.5 for place in range(1, len(found.columns))], minor=True)
    axes.set_yticks([place - 0.5 for place in range(1, len(found.rows))], minor=True)
    axes.grid(which="minor", color=LINE, linewidth=0.5)
    axes.tick_params(which="both", length=0, labelsize=9, colors=INK)
    for spine in axes.spines.values():
        spine.set_color(SOFT)


def _colour(found: Confusion, row: str, column: str) -> list[int]:
    share = found.share(row, column)
    ground = shade(share, right=row == column).ground if share else "#ffffff"
    return list(bytes.fromhex(ground.removeprefix("#")))


def _percent(share: float, _: Any) -> str:
    return f"{share:.0%}"


def _new_picture(width: float, height: float) -> Any:
    # Takes a second to import.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), constrained_layout=True)


def _png(picture: Any, title: str, dots: int) -> bytes:
    output = io.BytesIO()
    picture.savefig(output, format="png", dpi=dots, facecolor="white", metadata={"Title": title})
    return output.getvalue()
