"""What a site puts around a document: notices, page marks, tables of contents, share links."""

from __future__ import annotations

import re

from graphmodel.nodes import Span
from loaders.draft import Draft

_NUMBER = r"(?:[-•*]? *\d{0,2} *[、.．)）]? *)"

_NOTICE = (
    r"下载文档前请自行甄别|仅部分预览.{0,2}的?文档|(?:文档|文章|内容|作品).{0,12}侵犯.{0,8}(?:权益|版权|权利)"
    r"|(?:如有|若有|涉及|如果?您?发现).{0,8}侵权|侵权.{0,6}(?:删除|必删|联系)|平台不提供额外的|版权(?:说明|声明|归).{0,3}[：:原作]"
    r"|未经.{0,8}(?:许可|授权|允许).{0,10}(?:转载|复制|传播)|(?:本文|本站|文档|资料|内容)由?.{0,8}(?:网友|会员|用户|网络)(?:上传|提供|分享|整理|收集)"
    r"|仅供(?:大家)?(?:参考|学习).{0,6}(?:使用|之用|借鉴)|欢迎(?:大家)?(?:阅读|下载|收藏|借鉴|分享)|以下是小编|小编(?:为|给|整理|精心|[：:])"
    r"|(?:点击|立即|免费|付费|全文|合集|打包)下载|下载(?:本|此|该|完整|全部)?(?:文档|全文|WORD|Word|word)|推荐度[：:]|阅读(?:次数|量)[：:]"
    r"|(?:继续|点击)(?:免费)?阅读|(?:展开|阅读|查看)(?:全文|全部|更多|剩余)|已阅读 ?\d+ ?页|还剩 ?\d+ ?页"
)
_WHOLE = (
    r"目录|文档(?:简介|介绍|摘要|信息)|(?:相关|热门)(?:推荐|文章|文档|阅读|资料|范文|内容)|猜你喜欢|返回(?:首页|顶部|列表)"
    r"|微信分享|分享到[：:]?.{0,20}|收藏(?:本文|文档)?|点赞|打赏|举报|[上下]一篇[：:].*|(?:首页|当前位置)[：: ]*[>»].*"
    r"|_?第 ?\d+ ?页(?:[，,/ ]*共 ?\d+ ?页)?|共 ?\d+ ?页|[-—–] ?\d{1,4} ?[-—–]|\d{1,4} ?/ ?\d{1,4}|[Pp]age \d+(?: of \d+)?"
    r"|(?:来源|作者|编辑|发布(?:时间|日期|人)|更新(?:时间|日期)|浏览(?:次数|量)?)[：:].{0,40}"
    r"|https?://\S+|www\.\S+|[.．…·\-_=*—~ ]{4,}"
)
_LINE = re.compile(rf"^{_NUMBER}(?:.*(?:{_NOTICE}).*|(?:{_WHOLE}) *)$\n?", re.MULTILINE)

_CONTENTS = re.compile(r"^.{1,60}?(?:\.{4,}|…{2,}|·{4,}|。{4,}) *\d{1,4} *$\n?|TOC ?\\o.*$\n?", re.MULTILINE)
_RESIDUE = re.compile(r"\b[A-Za-z_]{1,20}\(\"[A-Za-z_]{1,40}\"\);?|[\u1200-\u137f]+(?: [\u1200-\u137f]+)*|_第 ?\d+ ?页")
_CATEGORY = re.compile(
    r"职能类别：(?:(?!微信分享)[^，。；]){0,200}?微信分享|^(?:职能类别|关键字)：[^\n。；]{0,80}$(?:\n[^\n，。；：]{1,20}$)*",
    re.MULTILINE,
)
_SPAM = re.compile(
    r"\A[^\n]*(?:(?:无码|亚洲|欧美|日韩|国产|精品|在线观看|久久|成人|免费视频|[Aa][Vv]|a片|毛片)[^\n]{0,6}){4,}[^\n]*\n"
)


def cut(draft: Draft) -> tuple[Draft, list[Span]]:
    """The draft, simplified and with wide marks, without boilerplate; and where that stood in the raw text."""
    spans: list[Span] = []
    for pattern in (_SPAM, _CATEGORY, _RESIDUE, _CONTENTS, _LINE):
        edits = [(*match.span(), "") for match in pattern.finditer(draft.normal) if match.end() > match.start()]
        spans += [(draft.offsets[start], draft.offsets[end - 1] + 1) for start, end, _ in edits]
        draft = draft.edited(edits)
    return draft, sorted(spans)
