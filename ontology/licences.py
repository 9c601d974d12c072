"""Whose each part of an export is, and on what terms it may be used, in words and by licence."""

from __future__ import annotations

from typing import NamedTuple

APACHE = "https://www.apache.org/licenses/LICENSE-2.0"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
EUROPEAN_COMMISSION = "http://publications.europa.eu/resource/authority/corporate-body/COM"


class Terms(NamedTuple):
    """What a part is called and its terms in words, each in Chinese and in English; `licence` is an IRI.

    `name` is that of the statement of rights, which parts may share.
    """

    name: str
    title: tuple[str, str]
    rights: tuple[str, str]
    licence: str | None = None


GRAPH = Terms(
    "graph",
    ("岗位知识图谱", "Graph of roles, duties and skills"),
    (
        "各部分的许可不同，见各子数据集的 dcterms:license 与 dcterms:rights。",
        "The parts have terms of their own: see dcterms:license and dcterms:rights of each subset.",
    ),
)
DOCUMENTS = Terms(
    "documents",
    ("岗位文件所述的内容", "What the job documents say"),
    (
        "岗位文件、从中得到的语句与名称，以及使用者自己的技能词，其权利归各自的权利人；许可条件不为 rolegraph 所知，"
        "公开之前请先取得许可。",
        "The job documents, the sentences and names taken from them, and skills that users added, belong to their "
        "owners. Their terms are not known to rolegraph: ask for permission before you publish them.",
    ),
)
QUOTED = {
    "none": ("不含原文语句，也不含其位置。", "It has no sentences of the documents, and not where they stand."),
    "spans": ("不含原文语句，只含其位置。", "It has no sentences of the documents, only where they stand."),
    "full": ("含原文语句。", "It has sentences of the documents."),
}
"""What the terms of the documents add, by ontology.mapping.Quotes."""

TAXONOMY = Terms(
    "taxonomy",
    ("rolegraph 自带的技能词表", "The skills that come with rolegraph"),
    (
        "版权归 rolegraph 的作者所有，以 Apache License 2.0 授权。",
        "Copyright the rolegraph authors. Licensed under the Apache License, Version 2.0.",
    ),
    APACHE,
)
ONTOLOGY = Terms("ontology", ("rolegraph 本体", "The rolegraph ontology"), TAXONOMY.rights, APACHE)
ESCO = Terms(
    "esco",
    ("ESCO 分类 v1.1.1", "ESCO classification v1.1.1"),
    (
        "本数据使用欧盟委员会的 ESCO 分类。© 欧盟，依委员会第 2011/833/EU 号决定再利用。有修改：只取所选技能的标识符；"
        "对应关系由 rolegraph 自行建立，未经委员会认可。",
        "This publication uses the ESCO classification of the European Commission. (c) European Union, reused under "
        "Commission Decision 2011/833/EU. Modified: only the identifiers of selected skills are kept; the matches are "
        "those of rolegraph and not endorsed by the Commission.",
    ),
    CC_BY,
)
MATCHES = Terms("esco", ("技能与 ESCO 概念的对应", "Matches of skills with concepts of ESCO"), ESCO.rights, APACHE)
