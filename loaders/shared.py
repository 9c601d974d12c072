"""What a document asks of all its roles at once: 以上岗位均要求：…, or a section that counts on behind the last."""

from __future__ import annotations

import re

from loaders.heading_evidence import HAN

_EACH = r"(?:各|所有|全部|全体|每个|上述|以上|本次招聘|公共|通用|共同|统一)"
_POSTS = r"(?:(?:招聘|应聘|各|所有)*(?:岗位|职位|人员|工种|职务|员工|岗))"
_ALIKE = r"(?:均|都|皆|共同|统一|通用|公共|一律|基本|还|需要|需|须|应|必须)"
_ASKED = (
    r"(?:任职|应聘|招聘|岗位|基本|具备|满足|符合|遵守|以下|下列|如下)*(?:要求|条件|资格|需求|标准|规定)(?:如下|为|是)?"
)
OF_ALL = rf"(?:{_EACH}的?{_POSTS}的?{_ALIKE}*(?:的)?{_ASKED}|(?:公共|通用|共同|统一)(?:的)?{_ASKED})"
"""A heading that asks the same of several roles."""
_OF_ALL = re.compile(OF_ALL)
_NUMBER = re.compile(rf"[（(]?(?P<number>[{HAN}])[)）]?[、.．]")


def of_all(label: str | None) -> bool:
    """Whether a heading says that what stands below it is asked of several roles."""
    return label is not None and _OF_ALL.fullmatch(label) is not None


def goes_on(text: str, title: int, heading: int) -> bool:
    """Whether the number of the heading is the one behind that of the last title: 三、茶艺师职责 … 四、任职条件."""
    last = _NUMBER.match(text, text.rfind("\n", 0, title) + 1)
    own = _NUMBER.match(text, heading)
    return last is not None and own is not None and HAN.find(own["number"]) == HAN.find(last["number"]) + 1
