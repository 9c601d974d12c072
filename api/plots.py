"""Answers as pictures, by matplotlib: `pip install 'rolegraph[plot]'`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.errors import BadInput
from graphmodel.questions.gap import Gap
from graphmodel.questions.profile import Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "PingFang SC", "Heiti SC", "Hiragino Sans GB", "Microsoft YaHei", "SimHei", "SimSun",
    "Noto Sans CJK JP", "Droid Sans Fallback", "Arial Unicode MS",
)  # fmt: skip
"""Fonts with Chinese characters, of which the first that is installed is taken."""

FORMATS = (".svg", ".png", ".pdf")
MOST_SKILLS = 60
"""Skills that one picture shows: the first ones of the answer."""


def draw(answer: Any, path: Path) -> None:
    """Draws a Comparison (a heat map) or a Gap (what is had and lacked) into a file; the same answer, the same bytes.

    Raises BadInput without matplotlib or a Chinese font, and for a file that cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise BadInput(f"{path} is not the name of a picture.", "Let it end in " + ", ".join(FORMATS) + ".")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as missing:
        raise BadInput("Drawing needs matplotlib.", "pip install 'rolegraph[plot]'") from missing
    looks: dict[Any, Any] = {
        "font.family": _font(),
        "svg.hashsalt": "rolegraph",
        "svg.fonttype": "path",
        "axes.unicode_minus": False,
        "text.parse_math": False,  # a dollar in a name is a dollar
    }
    with matplotlib.rc_context(looks):
        figure = Figure(layout="constrained")
        if isinstance(answer, Gap):
            _gap(figure, answer)
        else:
            _overlap(figure, answer)
        undated = {"Date": None} if path.suffix.lower() == ".svg" else {"CreationDate": None}
        try:
            figure.savefig(path, metadata=None if path.suffix.lower() == ".png" else undated, dpi=150)
        except OSError as error:
            raise BadInput(
                f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
            ) from error


def _font() -> str:
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in FONTS if name in installed), None)
    if found is None:
        raise BadInput(
            "There is no font with Chinese characters.",
            "Install one, for example fonts-noto-cjk (Debian, Ubuntu) or Noto Sans SC; "
            "if it was installed just now, delete matplotlib's font cache (fontlist-*.json).",
        )
    return found


def _overlap(figure: Figure, answer: Comparison) -> None:
    """Skills down, subjects across; the darker, the more of the subject's postings ask for the skill."""
    rows = answer.rows[:MOST_SKILLS]
    figure.set_size_inches(2.5 + 1.2 * len(answer.subjects), 1.5 + 0.25 * max(len(rows), 4))
    axes = figure.add_subplot()
    shares = [[need.share if need else 0.0 for need in row.needs] for row in rows] or [[0.0] * len(answer.subjects)]
    picture = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(answer.subjects)), [subject.name for subject in answer.subjects], rotation=30, ha="left")
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [row.skill.name for row in rows])
    for y, row in enumerate(rows):
        for x, need in enumerate(row.needs):
            if need and need.necessity == "preferred":
                axes.text(x, y, "优先", ha="center", va="center", fontsize=7)
    figure.colorbar(picture, ax=axes, label="招聘帖占比 share of postings", shrink=0.6)
    if len(answer.rows) > len(rows):
        axes.set_xlabel(
            f"前 {len(rows)} 项，共 {len(answer.rows)} 项技能 the first {len(rows)} of {len(answer.rows)} skills"
        )


def _gap(figure: Figure, answer: Gap) -> None:
    """The target's skills as bars as long as the share of its postings that ask for them, coloured by what is had;
    what lacks comes first.
    """
    groups = (
        ("缺少 lacks", "#c62828", [(one.skill.name, one.need.share) for one in answer.lacks]),
        (
            "部分具备 partly",
            "#f9a825",
            [(f"{one.skill.name}（{one.via.name}）", one.need.share) for one in answer.partly],
        ),
        ("已具备 has", "#2e7d32", [(one.skill.name, one.need.share) for one in answer.has]),
    )
    every = [(name, share, colour) for _, colour, some in groups for name, share in some]
    bars = every[:MOST_SKILLS]
    figure.set_size_inches(8, 1.5 + 0.25 * max(len(bars), 4))
    axes = figure.add_subplot()
    axes.barh(range(len(bars)), [share for _, share, _ in bars], color=[colour for *_, colour in bars])
    axes.set_yticks(range(len(bars)), [name for name, *_ in bars])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    cut = (
        f"；前 {len(bars)} 项，共 {len(every)} 项 the first {len(bars)} of {len(every)}"
        if len(bars) < len(every)
        else ""
    )
    axes.set_xlabel("招聘帖占比 share of postings" + cut)
    start = answer.start.name if answer.start else "自己 yourself"
    axes.set_title(f"{start} → {answer.target.name}")
    for label, colour, some in groups:
        axes.barh([], [], color=colour, label=f"{label} ({len(some)})")
    axes.legend(loc="lower right", fontsize=8)
