"""How pages lay out what they say, and what a reader makes of it: numbers, headings, titles, copies."""

from __future__ import annotations

import pytest

from loaders import text
from loaders.employers import caller
from loaders.posting import JobPosting, parse


def read(raw: str) -> list[JobPosting]:
    return list(parse(text.normalise(raw), "").postings)


def sides(post: JobPosting) -> tuple[list[str], list[str]]:
    return (
        [item.text for item in post.items if item.section == "duty"],
        [item.text for item in post.items if item.section == "requirement"],
    )


def test_numbers_that_run_on_without_marks() -> None:
    (post,) = read(
        "钳工\n岗位职责：1修配2台机床的夹具2装配模具3保养量具任职资格：1中专以上2年以上钳工经验2看得懂图纸3能倒班"
    )
    assert sides(post) == (
        ["修配2台机床的夹具", "装配模具", "保养量具"],
        ["中专以上2年以上钳工经验", "看得懂图纸", "能倒班"],
    )


def test_two_headings_in_two_languages_are_one() -> None:
    (post,) = read("茶艺师\nResponsibilities工作职责：1）泡茶； 2）讲茶史。 Requirements任职要求：1）手稳； 2）懂茶。")
    assert sides(post) == (["泡茶", "讲茶史"], ["手稳", "懂茶"])


def test_who_may_not_apply_is_no_requirement() -> None:
    (post,) = read(
        "招聘茶艺师\n一、应聘条件\n（一）手稳；\n（二）懂茶。\n有下列情形之一的不得应聘：\n（一）被茶馆开除过的；\n（二）说谎的。"
    )
    assert sides(post)[1] == ["手稳", "懂茶"]


def test_pay_that_a_crawler_glued_to_the_last_requirement() -> None:
    (post,) = read("茶艺师\n岗位职责：1.泡茶2.扫地任职要求：1.手稳2.懂茶者优先薪资：底薪3000，做六休一。")
    assert sides(post)[1] == ["手稳", "懂茶者优先"]


def test_a_clause_before_in_charge_of_is_a_label_only_if_it_is_a_name() -> None:
    (post,) = read("茶馆店长\n岗位职责：\n- 茶叶管理，负责挑选和储存各地的新茶\n- 编制每月茶会日程，负责邀请茶客到场")
    assert sides(post)[0] == ["负责挑选和储存各地的新茶", "编制每月茶会日程，负责邀请茶客到场"]


def test_what_follows_a_definition_says_the_work() -> None:
    (post,) = read("花艺师岗位职责\n\n花艺师是婚礼现场的负责人，对鲜花的新鲜和成本负全责。其主要职责如下：\n1. 插花。")
    assert sides(post)[0] == ["对鲜花的新鲜和成本负全责", "插花"]


def test_nested_numbers_of_headings_name_no_role() -> None:
    posts = read(
        "茶艺部职能说明\n1. 主要职能\n•办茶会；\n2. 茶艺师岗位职责\n2.1 岗位职责\n•泡茶；\n2.2 任职要求\n•手稳；"
    )
    assert [post.title for post in posts] == ["茶艺部", "茶艺师"]
    assert sides(posts[1]) == (["泡茶"], ["手稳"])


def test_a_page_that_was_copied_twice_gives_one_posting() -> None:
    page = "茶艺师职责\n1、泡茶；\n2、扫地。\n"
    found = parse(text.normalise(f"店长职责\n1、开店。\n{page}{page}花艺师职责\n1、插花。"), "")
    assert [post.title for post in found.postings] == ["店长", "茶艺师", "花艺师"]
    assert "repeated" in [note.code for note in found.notes]


def test_a_title_says_who_may_apply_too() -> None:
    (post,) = read("茶馆店长（储备店长亦可）\n岗位职责：\n1、开店；\n2、记账。")
    assert post.title == "茶馆店长"


def test_two_halves_of_a_requirement_are_one_and_two_duties_are_two() -> None:
    (post,) = read("茶艺师\n岗位职责：\n1、泡好早茶；打扫茶室。\n任职要求：\n1、会泡绿茶；红茶和白茶会一种\n2、手稳")
    assert sides(post) == (["泡好早茶", "打扫茶室"], ["会泡绿茶；红茶和白茶会一种", "手稳"])


def test_the_employer_stands_on_a_line_below_the_title() -> None:
    (post,) = read("茶艺师\n青山茶业有限公司 | 杭州\n岗位职责：\n1、泡茶；\n2、扫地。")
    assert (post.title, post.organization) == ("茶艺师", "青山茶业有限公司")


def test_what_a_parent_says_before_its_parts_is_an_item() -> None:
    (post,) = read("茶艺师\n任职要求：\n1、手稳；\n2、3年以上茶馆经验。包括：\n•泡过早茶；\n•带过徒弟。")
    assert sides(post)[1] == ["手稳", "3年以上茶馆经验", "泡过早茶", "带过徒弟"]


def test_other_information_gives_facts_and_no_items() -> None:
    (post,) = read(
        "茶艺师\n岗位职责：\n1、泡茶；\n其他信息\n行业要求：餐饮\n所属部门：Tea Team\n汇报对象：茶馆店长\n下属人数：2人"
    )
    assert sides(post) == (["泡茶"], [])
    assert [(fact.relation, fact.name) for fact in post.facts] == [
        ("BELONGS_TO", "Tea Team"),
        ("REPORTS_TO", "茶馆店长"),
    ]


@pytest.mark.parametrize(
    ("line", "employer"),
    [
        ("青山县茶叶研究所2025年公开招聘工作人员公告", "青山县茶叶研究所"),
        ("青山银行茶贷中心2026届校园招聘", "青山银行茶贷中心"),
        ("诚聘茶艺师若干名", None),
        ("招聘主管岗位职责", None),
        ("公司招聘茶艺师", None),
    ],
)
def test_the_title_of_a_notice_names_who_wants_people(line: str, employer: str | None) -> None:
    assert caller(f"{line}\n正文") == employer


def test_a_notice_of_a_public_body() -> None:
    posts = read(
        "青山县茶叶研究所2025年公开招聘工作人员公告\n一、招聘岗位及人数\n制茶员1名，讲解员1名。\n二、岗位职责\n"
        "（一）制茶员\n1.炒茶；\n2.看火。\n（二）讲解员\n1.讲解茶史；\n三、报考条件\n（一）身体健康；\n"
        "有下列情形之一的，不得报考：\n1.被开除过的；\n四、报名时间及方式\n6月1日起网上报名。"
    )
    assert [(post.title, post.organization) for post in posts] == [
        ("制茶员", "青山县茶叶研究所"),
        ("讲解员", "青山县茶叶研究所"),
    ]
    assert sides(posts[1]) == (["讲解茶史"], ["身体健康"])


def test_columns_and_buttons_of_a_site_are_no_items() -> None:
    (post,) = read(
        "茶艺师\n5-8K·13薪\n杭州 · 西湖区 · 龙井  1-3年  大专\n职位详情\n· 泡茶\n· 讲茶史\n任职要求\n· 手稳\n"
        "王女士 · 招聘经理\n今日活跃\n立即沟通\n工作地址\n杭州 - 西湖区 - 茶山路\n查看地图"
    )
    assert (sides(post), post.place) == ((["泡茶", "讲茶史"], ["手稳"]), "杭州 - 西湖区 - 茶山路")


def test_an_article_of_a_public_account() -> None:
    posts = read(
        "青山茶馆招人啦！\n01\n茶艺师（2名）\n▍你要做什么\n◎ 泡茶\n◎ 讲茶史\n▍我们需要这样的你\n◎ 手稳\n02\n"
        "收银员（1名）\n▍你要做什么\n◎ 收银\n◎ 对账\n▍薪资待遇\n面议\nEND\n编辑 | 小青\n扫码关注我们"
    )
    assert [(post.title, *sides(post)) for post in posts] == [
        ("茶艺师", ["泡茶", "讲茶史"], ["手稳"]),
        ("收银员", ["收银", "对账"], []),
    ]


def test_cells_between_blanks() -> None:
    (post,) = read(
        "岗位名称\t茶艺师\t所属部门\t茶馆部\n岗位概述\t协助店长接待茶客\n工作职责\t1、泡茶\n\t2、扫地\n"
        "任职要求\t学历\t大专及以上\n\t专业\t茶学\n\t经验\t1年以上茶馆经验\n工作权限\t进出茶库"
    )
    assert sides(post) == (["协助店长接待茶客", "泡茶", "扫地"], ["大专及以上", "茶学", "1年以上茶馆经验"])


def test_a_task_in_a_list_is_no_title() -> None:
    (post,) = read("职位描述：\n\n1.完成茶馆下达的售茶任务\n2.泡茶\n\n任职资格：\n\n1.手稳")
    assert sides(post) == (["完成茶馆下达的售茶任务", "泡茶"], ["手稳"])


def test_items_that_count_in_words() -> None:
    (post,) = read("茶艺师\n岗位职责\n一是负责泡茶和讲解；二是每天打扫茶室；三是配合店长盘点茶叶。")
    assert sides(post)[0] == ["负责泡茶和讲解", "每天打扫茶室", "配合店长盘点茶叶"]


def test_numbered_names_above_headings_are_roles() -> None:
    posts = read(
        "3、茶艺师\n岗位职责：\n（1）泡茶；\n（2）扫地。\n任职条件：\n（1）手稳；\n4、讲解员\n岗位职责：\n（1）讲茶史；\n任职条件：\n（1）口齿清楚。"
    )
    assert [(post.title, *sides(post)) for post in posts] == [
        ("茶艺师", ["泡茶", "扫地"], ["手稳"]),
        ("讲解员", ["讲茶史"], ["口齿清楚"]),
    ]


def test_roles_with_a_count_and_a_place() -> None:
    posts = read(
        "青山茶业集团 诚聘\n茶艺师 2人\n职责：泡茶待客；清点茶叶。\n茶叶销售经理 5人（杭州、苏州）\n"
        "职责：开拓茶馆；回收茶款。"
    )
    assert [(post.title, post.organization) for post in posts] == [
        ("茶艺师", "青山茶业集团"),
        ("茶叶销售经理", "青山茶业集团"),
    ]


def test_duties_and_requirements_under_titles_of_their_own_are_one_posting() -> None:
    (post,) = read(
        "茶艺师岗位职责是什么\n1、为客人泡茶。\n2、清点茶叶。\n茶艺师任职要求\n1、两年以上茶馆经验；\n2、手稳心细。"
    )
    assert sides(post) == (["为客人泡茶", "清点茶叶"], ["两年以上茶馆经验", "手稳心细"])


def test_a_notice_about_one_role() -> None:
    (post,) = read(
        "关于公开选聘茶园总监的公告\n因业务发展需要，青山茶业有限公司面向社会公开选聘茶园总监1名。\n一、岗位职责\n"
        "1.管理茶园；\n2.验收新茶。"
    )
    assert (post.title, post.organization) == ("茶园总监", "青山茶业有限公司")


def test_english_fields() -> None:
    (post,) = read(
        "Tea Master\nLocation: Shanghai\nDepartment: Tea Design\nKey Responsibilities\n• Brew tea\n• Clean cups"
    )
    assert (post.place, [fact.name for fact in post.facts]) == ("Shanghai", ["Tea Design"])


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[杭州] 茶艺师（P6）- 青山茶业茶馆部", "茶艺师"),
        ("茶艺师-可兼职", "茶艺师"),
        ("首席茶艺师 | 青山集团", "首席茶艺师"),
        ("茶馆店长（储备店长亦可）", "茶馆店长"),
    ],
)
def test_what_stands_behind_a_name_in_a_title(line: str, title: str) -> None:
    (post,) = read(f"{line}\n岗位职责：\n· 为客人泡茶\n· 清点茶叶")
    assert (post.title, post.kind) == (title, "role")


def test_numbered_fields_above_numbered_headings() -> None:
    (post,) = read(
        "招聘信息\n一、岗位：茶会编导\n二、人数：2名\n三、岗位职责\n编排茶会\n邀请茶客\n四、任职要求\n手稳心细\n五、以下为加分项\n懂茶史"
    )
    assert (post.title, *sides(post)) == ("茶会编导", ["编排茶会", "邀请茶客"], ["手稳心细", "懂茶史"])
    assert post.items[-1].necessity == "preferred"


def test_labels_of_a_form_that_name_whom_one_works_with() -> None:
    (post,) = read(
        "茶艺师\n岗位目标：保证茶客满意而归。\n主要工作：\n（1）泡茶待客\n（2）清点茶叶\n协作部门：采购、财务"
    )
    assert sides(post) == (["保证茶客满意而归", "泡茶待客", "清点茶叶"], [])


def test_a_superior_in_charge_of_a_field_and_an_article_on_one_who_is_fully_responsible() -> None:
    posts = read(
        "茶馆岗位职责说明\n以下是各岗位职责：\n1. 茶馆经理\n茶馆经理全面负责茶馆的管理，制定茶单。\n2. 茶艺师\n"
        "茶艺师负责泡茶。茶艺师在分管副总经理领导下培训学徒。"
    )
    assert (posts[0].title, *sides(posts[0])) == ("茶馆经理", ["全面负责茶馆的管理", "制定茶单"], [])
    assert [fact.name for fact in posts[1].facts] == ["副总经理"]


def test_what_all_roles_must_bring_is_asked_of_each() -> None:
    posts = read(
        "茶馆各岗位职责\n第一篇 茶艺师岗位职责\n1、泡茶；\n2、讲茶史。\n第二篇 收银员岗位职责\n1、收款；\n2、记账。\n"
        "以上岗位均要求：1、手脚干净；2、待人和气。"
    )
    assert [post.title for post in posts] == ["茶艺师", "收银员"]
    assert [sides(post)[1] for post in posts] == [["手脚干净", "待人和气"]] * 2


def test_requirements_that_are_counted_as_the_roles_are_belong_to_all() -> None:
    posts = read(
        "一、茶艺师岗位职责\n（一）泡茶。\n（二）讲茶史。\n二、收银员岗位职责\n（一）收款。\n（二）记账。\n"
        "三、任职条件\n（一）待人和气。\n（二）手脚干净。"
    )
    assert [sides(post)[1] for post in posts] == [["待人和气", "手脚干净"]] * 2


def test_common_requirements_before_the_roles() -> None:
    posts = read(
        "茶馆各岗位职责及任职要求\n一、通用要求\n1.待人和气；\n2.手脚干净。\n"
        "二、茶艺师\n岗位职责：\n1.泡茶；\n2.讲茶史；\n三、收银员\n岗位职责：\n1.收款；\n2.记账；"
    )
    assert [(post.title, sides(post)[1]) for post in posts] == [
        ("茶艺师", ["待人和气", "手脚干净"]),
        ("收银员", ["待人和气", "手脚干净"]),
    ]


def test_headings_with_numbers_of_two_levels() -> None:
    posts = read(
        "茶艺部岗位说明\n\n1. 茶艺师\n1.1 岗位概述\n向店长汇报，负责茶席的布置。\n1.2 工作职责\n- 泡茶\n- 讲茶史\n"
        "1.3 任职资格\n- 手稳\n- 懂茶\n1.4 考核指标\n好评率：好评占比，不低于九成\n2. 收银员\n"
        "2.1 工作职责\n- 收款\n- 记账\n"
        "2.2 职业发展\n收银员→领班→店长"
    )
    assert [post.title for post in posts] == ["茶艺师", "收银员"]
    assert sides(posts[0]) == (["负责茶席的布置", "泡茶", "讲茶史"], ["手稳", "懂茶"])
    assert ("MEASURED_BY", "好评率") in {(fact.relation, fact.name) for fact in posts[0].facts}
    assert [("BELONGS_TO", "茶艺部") in {(fact.relation, fact.name) for fact in post.facts} for post in posts] == [
        True
    ] * 2


def test_a_form_that_came_down_to_lines() -> None:
    (post,) = read(
        "岗位说明书\n岗位名称\n茶艺主管\n所属部门\n茶艺部\n直接上级\n茶馆经理\n岗位职责\n1\n布置茶席\n2\n培训茶艺师\n"
        "任职资格\n学历\n高中及以上\n经验\n三年以上茶馆经验"
    )
    assert (post.title, sides(post)) == (
        "茶艺主管",
        (["布置茶席", "培训茶艺师"], ["高中及以上", "三年以上茶馆经验"]),
    )
    assert {(fact.relation, fact.name) for fact in post.facts} == {("BELONGS_TO", "茶艺部"), ("REPORTS_TO", "茶馆经理")}


def test_numbered_copies_whose_number_runs_into_the_list() -> None:
    posts = read(
        "茶艺师岗位职责内容(精选3篇)\n茶艺师岗位职责内容1①泡茶②讲茶史\n茶艺师岗位职责内容21.擦桌2.点香3.迎客\n"
        "茶艺师岗位职责内容3(1)选茶；(2)藏茶"
    )
    assert [sides(post)[0] for post in posts] == [["泡茶", "讲茶史"], ["擦桌", "点香", "迎客"], ["选茶", "藏茶"]]


def test_what_a_bar_or_a_dash_puts_behind_a_role_is_not_its_name() -> None:
    posts = read(
        "茶艺师|夜班|泉州\n【你将负责】\n1. 泡茶\n2. 讲茶史\n【我们期待】\n1. 手稳\n2. 学历：高中以上；专业：茶学优先\n"
        "收银员——青山茶馆前厅部\n【你将负责】\n1. 收款\n2. 记账"
    )
    assert [post.title for post in posts] == ["茶艺师", "收银员"]
    assert sides(posts[0])[1] == ["手稳", "高中以上", "茶学优先"]


def test_roles_named_before_a_colon_above_their_lines() -> None:
    posts = read(
        "茶艺部工作职责\n茶艺部是茶馆的核心部门，主要职责如下：\n1.备茶；2.办茶会。\n分工如下：\n茶艺师：\n冲泡各类名茶；\n讲解茶史。\n"
        "任职资格：手稳；懂茶艺。\n迎宾员：\n引导客人入座；\n登记订位。"
    )
    assert [post.title for post in posts] == ["茶艺部", "茶艺师", "迎宾员"]
    assert sides(posts[1]) == (["冲泡各类名茶", "讲解茶史"], ["手稳", "懂茶艺"])


def test_what_a_line_on_a_role_asks_for_behind_what_it_does() -> None:
    posts = read("茶馆分工\n茶艺师：负责冲泡名茶和讲解茶史，要求熟悉六大茶类。\n收银员：负责收款和记账，要求细心诚实。")
    assert sides(posts[0]) == (["负责冲泡名茶和讲解茶史"], ["熟悉六大茶类"])


def test_articles_in_one_line() -> None:
    posts = read("茶馆岗位职责(精选二篇)篇一：茶艺师岗位职责1、泡茶；2、讲茶史。篇二：收银员岗位职责1、收款；2、记账。")
    assert [(post.title, sides(post)[0]) for post in posts] == [
        ("茶艺师", ["泡茶", "讲茶史"]),
        ("收银员", ["收款", "记账"]),
    ]
