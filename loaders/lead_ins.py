"""Words that announce a list: 主要职责如下：, 工作包括：."""

from __future__ import annotations

import re

_OPENS_LIST = re.compile(
    r"(?:职责|责任|任务|工作|内容)(?:主要)?(?:就是|是|为|包括|包含|有)：|(?:[，。；\n]|\A)(?:要求|需要?|须|(?:主要|全面)?负责)(?=[^，。]{2})"
)
_LEADS = re.compile("：|:|如下|以下|包括但不限于")
_LEAD_IN = re.compile(
    r"[：:]\s*\Z|(?:如下|以下(?:几个?)?(?:方面|内容|几点|几项|工作|职责|条件|要求)|包括但不限于)[^，。]{0,8}[：:。]?\s*\Z"
    r"|(?:以下|下面|下列)(?:就?是|为)[^，。；]{0,16}(?:职责|要求|内容|条件|介绍|说明)[：:。]?\s*\Z"
)


def is_lead_in(text: str, start: int, end: int) -> bool:
    """Whether it only announces a list: …包括："""
    return _LEADS.search(text, start, end) is not None and _LEAD_IN.search(text, start, end) is not None


def opens_list(text: str, start: int, end: int) -> bool:
    """Whether what follows behind a semicolon goes on with it: 主要工作包括：…；…"""
    return _OPENS_LIST.search(text, max(0, start - 1), end) is not None
