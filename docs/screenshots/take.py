"""Takes the pictures of the planners' page that the READMEs show, from the samples: make screenshots.

They are as wide as a small screen, in Chinese and English, with few colours so that they stay small. Whoever takes
them on another machine gets its fonts.
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from browser import browser
from command import ROOT
from served import samples_in, serving

HERE = ROOT / "docs" / "screenshots"
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
SIZE = {"width": 1200, "height": 900}
SHARPNESS = 1.5
"""Points of a picture for a point of the page."""

COLOURS = 64

VIEWS = {
    "compare": "/compare?role=运营策划&role=数据分析&skill=skill:market-analysis",
    "move": "/move?from=新媒体运营专员&to=数据分析",
    "role": "/role?role=采购主管",
    "skill": "/skill?skill=市场分析",
    "graph": "/graph?role=数据分析",
    "data": "/data",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving(samples_in(Path(folder))) as address, browser() as chromium:
        for language, locale in LANGUAGES.items():
            page = chromium.new_page(
                viewport=SIZE,  # type: ignore[arg-type]
                device_scale_factor=SHARPNESS,
                locale=locale,
                color_scheme="light",
                reduced_motion="reduce",
            )
            for view, path in VIEWS.items():
                page.goto(address.removesuffix("/graphql") + path, wait_until="networkidle")
                file = HERE / f"{view}.{language}.png"
                file.write_bytes(picture(page))
                print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")


def picture(page: Page) -> bytes:
    taken = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    small = BytesIO()
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    main()
