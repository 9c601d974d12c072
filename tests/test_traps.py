"""One small test for each known trap of Chinese job documents; every sentence is made up for it."""

from __future__ import annotations

import pytest

from loaders.posting import JobPosting, Parsed, parse
from loaders.text import normalise


def read(raw: str, name: str = "post") -> Parsed:
    return parse(normalise(raw), name)


def only(raw: str) -> JobPosting:
    (posting,) = read(raw).postings
    return posting


def sides(posting: JobPosting) -> tuple[list[str], list[str]]:
    duties = [item.text for item in posting.items if item.section == "duty"]
    return duties, [item.text for item in posting.items if item.section == "requirement"]


def test_a_number_and_years_are_not_a_decimal() -> None:
    post = only("茶艺师\n任职要求：1.会泡功夫茶；2.5年以上茶馆经验；3、3年以上带徒经验")
    assert sides(post)[1] == ["会泡功夫茶", "5年以上茶馆经验", "3年以上带徒经验"]


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("1.懂茶者优先2.3年以上茶馆经验3.会SQL4.手稳", ["懂茶者优先", "3年以上茶馆经验", "会SQL", "手稳"]),
        ("1.懂茶者优先2.3年以上茶馆经验", ["懂茶者优先", "3年以上茶馆经验"]),
        ("1、懂茶2、2-3年茶馆经验3、211院校毕业4、手稳", ["懂茶", "2-3年茶馆经验", "211院校毕业", "手稳"]),
        ("1.会调2.5克茶粉，误差3.5毫克以内2.手稳", ["会调2.5克茶粉，误差3.5毫克以内", "手稳"]),
        ("1.有2.5年以上茶馆经验", ["有2.5年以上茶馆经验"]),
        ("1.懂茶2.会SQL3.有耐心4.2年以上茶馆经验", ["懂茶", "会SQL", "有耐心", "2年以上茶馆经验"]),
        ("1,懂茶,2,2年以上茶馆经验,3,会算3,4位数的账", ["懂茶", "2年以上茶馆经验", "会算3,4位数的账"]),
        ("1 懂茶 2 2年以上茶馆经验 3 会打理3 间茶室", ["懂茶", "2年以上茶馆经验", "会打理3 间茶室"]),
    ],
)
def test_a_number_right_behind_an_item_counts_if_the_list_goes_on_with_it(raw: str, items: list[str]) -> None:
    assert sides(only("茶艺师\n任职要求：" + raw))[1] == items


def test_decimals_and_versions_are_not_numbers() -> None:
    post = only("测试员\n岗位职责：1.测试USB3.0与Web2.0接口；2.记录HTTP 1.1报文，误差小于2.5毫秒；3.写报告")
    assert sides(post)[0] == ["测试USB3.0与Web2.0接口", "记录HTTP 1.1报文，误差小于2.5毫秒", "写报告"]


@pytest.mark.parametrize(
    ("raw", "last"),
    [
        ("1、清点苗木2、能承受较大强度工作岗位要求：1、懂园艺", "能承受较大强度工作"),
        ("1、清点苗木2、做好其他相关工作要求：1、懂园艺", "做好其他相关工作"),
        ("1、清点苗木2、修剪枝条任职资格：1、懂园艺", "修剪枝条"),
        ("1、清点苗木2、修剪枝条任职资格1、懂园艺", "修剪枝条"),
    ],
)
def test_a_heading_glued_to_an_item_takes_nothing_of_it(raw: str, last: str) -> None:
    duties, requirements = sides(only("园艺工\n岗位职责：" + raw))
    assert duties == ["清点苗木", last]
    assert requirements == ["懂园艺"]


def test_heading_words_inside_items_are_no_headings() -> None:
    post = only("质检员\n工作内容：1、按照岗位要求检查布匹；2、定期完成量化的工作要求；3、认真履行岗位职责，上报次品")
    assert sides(post) == (["按照岗位要求检查布匹", "定期完成量化的工作要求", "认真履行岗位职责，上报次品"], [])


def test_numbers_that_restart_without_a_heading_begin_the_requirements() -> None:
    post = only("收银员\n岗位职责：1、收款找零；2、核对票据。 1、高中以上学历；2、会使用扫码枪")
    assert sides(post) == (["收款找零", "核对票据"], ["高中以上学历", "会使用扫码枪"])


def test_lists_inside_an_item_stay_in_it() -> None:
    post = only("保管员\n岗位职责：1、管理仓库（包括1、五金 2、油料；3、劳保）；2、盘点")
    assert sides(post)[0] == ["管理仓库（包括1、五金 2、油料；3、劳保）", "盘点"]


def test_words_between_semicolons_are_one_item() -> None:
    assert sides(only("制图员\n任职要求：1、会用以下软件：CAD；PPT；Visio\n2、细心"))[1][-1] == "细心"
    assert len(only("制图员\n任职要求：1、会用以下软件：CAD；PPT；Visio\n2、细心").items) == 2


def test_one_file_of_several_roles() -> None:
    parsed = read(
        "茶楼各岗位职责(三篇)\n第1篇 迎宾员岗位职责\n1、迎接茶客；\n2、安排茶座。\n"
        "第2篇 茶楼后厨岗位职责\n点心师 工作职责\n1、制作茶点；\n2、保管模具。\n"
        "采买员职责\n1、采买茶叶；\n2、比较价格。"
    )
    assert [p.title for p in parsed.postings] == ["迎宾员", "点心师", "采买员"]
    assert parsed.postings[1].alt_titles == ("茶楼后厨",)
    assert [len(p.items) for p in parsed.postings] == [2, 2, 2]


def test_roles_listed_under_one_department() -> None:
    parsed = read("1、鼓手长：负责排练鼓队；2、琴师：负责调弦和伴奏；3、服装管理员：保管演出服装")
    assert [p.title for p in parsed.postings] == ["鼓手长", "琴师", "服装管理员"]


def test_activities_that_label_duties_are_no_roles() -> None:
    post = only("书店店长\n岗位职责：1、图书采购：按月选书；2、活动策划：组织读书会；3、门店运营：安排排班")
    assert [item.heading for item in post.items] == ["图书采购", "活动策划", "门店运营"]


def test_masked_items_are_dropped() -> None:
    assert sides(only("押运员\n岗位职责：1、押运货物；2、***。3、清点封条"))[0] == ["押运货物", "清点封条"]


def test_pay_hours_and_contacts_are_no_items() -> None:
    post = only(
        "烘焙师\n岗位职责：1、揉面；2、看炉温。\n任职要求：1、会做欧包；2、底薪+提成，五险一金\n"
        "薪资待遇：1、月薪6000；2、包吃住\n工作时间：9:00-18:00\n联系方式：简历投到门店"
    )
    assert sides(post) == (["揉面", "看炉温"], ["会做欧包"])


def test_work_with_pay_and_travel_is_work() -> None:
    post = only("人事专员\n岗位职责：1、工资与奖金核算；2、体检报告归档；3、旅游线路采购；4、下载并整理考勤数据")
    assert len(sides(post)[0]) == 4


def test_a_career_ladder_is_no_duty() -> None:
    post = only("钳工\n岗位职责：1、装配机床；2、修锉零件\n晋升路线：钳工→装配班长→车间主任")
    assert sides(post)[0] == ["装配机床", "修锉零件"]
    assert [(fact.relation, fact.source, fact.name) for fact in post.facts] == [
        ("LEADS_TO", None, "装配班长"),
        ("LEADS_TO", "装配班长", "车间主任"),
    ]


def test_each_step_of_a_ladder_leads_from_the_one_before() -> None:
    post = only("茶艺师\n岗位职责：1、泡茶；2、待客\n职业发展：茶艺学徒-茶艺师-茶艺主管")
    assert [(fact.relation, fact.source, fact.name) for fact in post.facts] == [
        ("LEADS_TO", "茶艺学徒", "茶艺师"),
        ("LEADS_TO", None, "茶艺主管"),
    ]


def test_a_form_without_lines() -> None:
    post = only("职位名称苗圃主管所属部门绿化部直接上级园区经理\n工作职责\n1、管理苗圃；\n2、培训花工。")
    assert post.title == "苗圃主管"
    assert {(fact.relation, fact.name) for fact in post.facts} == {("BELONGS_TO", "绿化部"), ("REPORTS_TO", "园区经理")}


def test_english_and_chinese_headings() -> None:
    post = only("Stage Manager\nResponsibilities工作职责：1、叫场；2、排灯光\nRequirements：1、懂舞台机械")
    assert sides(post) == (["叫场", "排灯光"], ["懂舞台机械"])


@pytest.mark.parametrize(
    "head", ["岗位：驯鹰人助理", "直招！！驯鹰人助理（不出差）4500-7000元", "驯鹰人助理\nDuties 岗位职责:"]
)
def test_a_title_line_of_any_form(head: str) -> None:
    assert only(f"{head}\n工作内容:\n1、喂养猎鹰；\n2、修补护具。").title == "驯鹰人助理"


def test_pictures_before_headings_and_items() -> None:
    post = only(
        "花艺师\n🚀 你要做的事\n✅ 插花\n✅ 送花\n✨我们期待的你👇\n• 手稳～\n💡 加分项\n• 会开车\n🎁 福利\n• 下午茶"
    )
    assert sides(post) == (["插花", "送花"], ["手稳", "会开车"])
    assert [item.necessity for item in post.items][-1] == "preferred"


@pytest.mark.parametrize(
    ("duty", "requirement"),
    [
        ("Responsibilities/岗位职责：", "Requirements / 任职要求"),
        ("Job Description 工作职责：", "Qualifications 任职资格："),
        ("What you will do:", "What we look for:"),
        ("你需要做什么：", "我们需要你："),
        ("工作：", "要求："),
    ],
)
def test_headings_in_any_words(duty: str, requirement: str) -> None:
    post = only(f"花艺师\n{duty}\n1. 插花；\n2. 送花。\n{requirement}\n1. 手稳。\nBenefits 福利：\n下午茶")
    assert (post.title, *sides(post)) == ("花艺师", ["插花", "送花"], ["手稳"])


def test_an_article_says_what_a_role_does_and_must_have_in_many_ways() -> None:
    post = only(
        "什么是花艺师？\n花艺师是负责插花的人员，主要服务于婚礼。\n"
        "花艺师的主要工作包括：清晨到花市选购鲜花；为婚礼布置会场；活动后拆除花架。\n"
        "遇到鲜花短缺，花艺师要及时更换花材。花艺师要按照图纸安排好花材的摆放，检查会场。"
        "花艺师需布置会场，是婚礼上最早到的人。\n"
        "想当花艺师必须考取花艺师证书，还要具备审美能力。这一岗位要求从业者细致耐心，手指灵活。"
    )
    duties, requirements = sides(post)
    assert post.title == "花艺师"
    assert duties == [
        "清晨到花市选购鲜花",
        "为婚礼布置会场",
        "活动后拆除花架",
        "遇到鲜花短缺，花艺师要及时更换花材",
        "按照图纸安排好花材的摆放",
        "检查会场",
        "布置会场",
    ]
    assert requirements == ["必须考取花艺师证书", "要具备审美能力", "要求从业者细致耐心", "手指灵活"]


def test_words_of_an_article_are_no_subjects_in_a_list() -> None:
    post = only("花艺师\n岗位职责：\n1、做好客户需要的花束；\n2、当客户需要帮助时送花。")
    assert sides(post)[0] == ["做好客户需要的花束", "当客户需要帮助时送花"]


def test_the_overview_and_the_purpose_of_a_form_state_work() -> None:
    form = "岗位名称：花艺师\n{}：{}\n岗位职责：\n1、插花。"
    for label in ("岗位概述", "岗位目的", "岗位使命"):
        post = only(form.format(label, "协助店长布置婚礼，保证准时。"))
        assert sides(post)[0] == ["协助店长布置婚礼，保证准时", "插花"]
    assert sides(only(form.format("设置目的", "通过插花装点会场。")))[0] == ["通过插花装点会场", "插花"]
    assert sides(only(form.format("岗位概述", "花艺师是一门手艺。")))[0] == ["插花"]


def test_an_advertisement_in_sentences() -> None:
    post = only("急聘花艺师2名，要求：手稳，1年以上经验。主要负责：插花、送花，协助店长布置会场。待遇从优，包住。")
    assert (post.title, *sides(post)) == ("花艺师", ["插花、送花，协助店长布置会场"], ["手稳，1年以上经验"])


def test_numbers_of_headings_go_on_over_headings_without_numbers() -> None:
    post = only("花艺师\n一、岗位职责：插花。二、任职要求：手稳。特殊要求：持有花艺师证书 三、接触人员 客户：顾客")
    assert sides(post) == (["插花"], ["手稳", "持有花艺师证书"])
    post = only("花艺师\n一、岗位职责：插花。任职要求：一、学历：大专以上；二、经验：两年以上；三、手稳。")
    assert sides(post) == (["插花"], ["大专以上", "两年以上", "手稳"])


def test_short_roles_of_one_advertisement() -> None:
    parsed = read(
        "高薪诚聘！\n岗位1：花艺师 2名\n职责：1、插花。\n要求：1、手稳。\n"
        "岗位2：司机 1名\n职责：1、送花。\n要求：1、有驾照。"
    )
    assert [(p.title, *sides(p)) for p in parsed.postings] == [
        ("花艺师", ["插花"], ["手稳"]),
        ("司机", ["送花"], ["有驾照"]),
    ]


def test_a_notice_names_its_role_in_a_sentence() -> None:
    post = only(
        "招 聘 启 事\n因业务发展，我店诚聘花艺师若干名，要求如下：\n一、岗位职责\n1、插花；\n二、应聘条件\n1、手稳。"
    )
    assert (post.title, *sides(post)) == ("花艺师", ["插花"], ["手稳"])


def test_fields_of_a_form_may_stand_above_its_title() -> None:
    post = only("所属部门：花艺部\n岗位名称：花艺师\n工作地点：昆明\n职位描述\n1、插花\n特殊要求：持有花艺师证书")
    assert (post.title, post.place, *sides(post)) == ("花艺师", "昆明", ["插花"], ["持有花艺师证书"])
    assert [(fact.relation, fact.name) for fact in post.facts] == [("BELONGS_TO", "花艺部")]


def test_a_heading_in_brackets_is_no_title() -> None:
    (post,) = read("【岗位职责】：\n①插花；②送花。\n【你最好】：\n①会开车。", "花艺师").postings
    assert (post.title, *sides(post)) == ("花艺师", ["插花", "送花"], ["会开车"])
    assert post.items[-1].necessity == "preferred"


def test_what_a_site_puts_between_and_behind_postings_is_no_item() -> None:
    parsed = read(
        "花艺师岗位职责范本(精选2篇)\n花艺师岗位职责范本 篇1\n1、插花；\n2、送花。\n花艺师岗位职责范本 篇2\n1、选花。\n"
        "更多花艺师岗位职责相关文章：\n1、文档一经下载，积分不退。"
    )
    assert [(p.title, sides(p)[0]) for p in parsed.postings] == [("花艺师", ["插花", "送花"]), ("花艺师", ["选花"])]


def test_a_department_is_no_part_of_itself() -> None:
    post = only(
        "花艺部部门职责\n部门名称：花艺部\n上级部门：运营中心\n部门职责：\n1、插花；\n2、送花。\n部门设置：\n花艺师2人"
    )
    assert [(fact.relation, fact.name) for fact in post.facts] == [("PART_OF", "运营中心")]
    assert sides(post)[0] == ["插花", "送花"]


def test_numbered_duties_with_lists_of_their_own() -> None:
    post = only("花艺师\n工作职责\n职责一：花束\n1.插花\n2.包花\n职责二：配送\n1.送花\n任职资格\n1.手稳")
    assert [(item.heading, item.text) for item in post.items] == [
        ("花束", "插花"),
        ("花束", "包花"),
        ("配送", "送花"),
        ("任职资格", "手稳"),
    ]


@pytest.mark.parametrize(
    "marks", ["1、|2、", "1.|2.", "（1）|（2）", "1)|2)", "①|②", "一、|二、", "A.|B.", "• |• ", "1 |2 "]
)
def test_every_style_of_number(marks: str) -> None:
    one, two = marks.split("|")
    assert sides(only(f"驯鹰人\n岗位职责：\n{one}喂养猎鹰\n{two}修补护具"))[0] == ["喂养猎鹰", "修补护具"]


def test_a_list_whose_lines_have_no_numbers() -> None:
    assert sides(only("船员\n岗位职责\n擦洗甲板\n收放缆绳\n任职要求\n不晕船"))[0] == ["擦洗甲板", "收放缆绳"]


def test_either_heading_is_decided_by_the_words() -> None:
    assert sides(only("驿站长\n职责要求：1、负责收发包裹；2、维护货架"))[1] == []
    assert sides(only("驿站长\n职责要求：1、具备沟通能力；2、高中以上学历"))[0] == []


def test_requirements_may_come_first() -> None:
    assert sides(only("裱画师\n任职要求：1、手稳\n工作职责：1、裱画")) == (["裱画"], ["手稳"])


def test_an_unknown_line_above_a_list_is_a_heading() -> None:
    post = only("面点师\n岗位职责\n• 制作面点；\n• 保管模具。\n手艺门槛\n• 具备三年面点经验；\n• 熟悉发酵。")
    assert sides(post) == (["制作面点", "保管模具"], ["具备三年面点经验", "熟悉发酵"])
    assert post.items[-1].heading == "手艺门槛"


def test_paragraphs_that_begin_with_different_roles() -> None:
    parsed = read(
        "茶园里的工作\n茶园由许多人照看。\n采茶员负责按时采摘。他们需要具备好眼力。\n制茶师是茶园的核心人员，负责杀青与揉捻。"
    )
    assert [p.title for p in parsed.postings] == ["采茶员", "制茶师"]
    assert [sides(p)[0] for p in parsed.postings] == [["负责按时采摘"], ["负责杀青与揉捻"]]


def test_roles_of_a_text_without_line_ends() -> None:
    parsed = read("茶园岗位一览。一、采茶员岗位职责1.采摘：按时采摘嫩芽；2.称重。二、制茶师岗位职责1.杀青；2.揉捻。")
    assert [(p.title, len(p.items)) for p in parsed.postings] == [("采茶员", 2), ("制茶师", 2)]


def test_a_school_without_the_word_for_its_certificate_is_a_requirement() -> None:
    duties, requirements = sides(
        only("陶艺师\n岗位职责：\n1、负责拉坯。\n2、看管窑炉。\n3、高中及以上。\n4、应届生可。")
    )
    assert duties == ["负责拉坯", "看管窑炉"]
    assert requirements == ["高中及以上", "应届生可"]


def test_parts_that_repeat_the_name_of_the_whole() -> None:
    posts = read(
        "茶馆岗位职责范本(2篇)\n茶馆岗位职责范本 第一篇 茶艺师岗位职责\n1、泡茶；2、待客。\n"
        "茶馆岗位职责范本 第二篇 采茶工岗位职责\n1、采茶；2、晒茶。"
    ).postings
    assert [(post.title, sides(post)[0]) for post in posts] == [
        ("茶艺师", ["泡茶", "待客"]),
        ("采茶工", ["采茶", "晒茶"]),
    ]


def test_an_employer_behind_the_name_is_no_part_of_it() -> None:
    posts = read(
        "茶馆岗位职责(2篇)\n第1篇 茶艺师岗位职责\n茶艺师 杭州**茶业有限公司 职责描述：\n1、泡茶；\n"
        "第2篇 采茶工岗位职责\n采茶工 春山茶业 岗位要求：\n1、手稳。"
    ).postings
    assert [(post.title, post.organization) for post in posts] == [("茶艺师", "杭州**茶业有限公司"), ("采茶工", None)]


def test_a_line_within_a_list_is_no_title() -> None:
    post = only(
        "茶园主管\n工作职责\n一、种植\n安排采茶；\n检查晒场\n二、团队\n排定班次；\n带教2名采茶工\n任职要求：\n懂茶。"
    )
    assert sides(post) == (["安排采茶", "检查晒场", "排定班次", "带教2名采茶工"], ["懂茶"])


def test_chinese_and_other_round_brackets_count_by_themselves() -> None:
    post = only(
        "茶园主管\n工作职责\n（一）种植\n1. 安排茶园四季的采摘工作，设计各片茶园的轮作方案：\n"
        "（1）与农户商定日期；\n（2）检查晒场；\n2. 排定班次。"
    )
    assert [(item.heading, item.text) for item in post.items] == [
        ("种植", "安排茶园四季的采摘工作，设计各片茶园的轮作方案"),
        ("安排茶园四季的采摘工作，设计各片茶园的轮作方案", "与农户商定日期"),
        ("安排茶园四季的采摘工作，设计各片茶园的轮作方案", "检查晒场"),
        ("种植", "排定班次"),
    ]


def test_a_note_on_the_employer_in_brackets_is_no_employer() -> None:
    post = only("茶艺师（茶业公司，可住宿）\n岗位职责：1，泡茶；2，待客。\n要求：1，懂茶；2，3年以上茶馆经验。")
    assert (post.title, post.organization) == ("茶艺师（茶业公司，可住宿）", None)
    assert sides(post) == (["泡茶", "待客"], ["懂茶", "3年以上茶馆经验"])


@pytest.mark.parametrize(
    "tail",
    [
        "【茶馆岗位职责】相关文章：\n1.茶艺师岗位职责大全\n2.茶馆店长岗位职责",
        "看过本文的人还看了：\n茶艺师岗位职责 | 茶馆店长岗位职责",
        "猜你喜欢\n茶艺师简历\n茶馆店长工作总结",
        "付费下载后如打不开，请联系在线客服",
        "以上岗位均包吃住，月休四天，奖金500元",
        "PS：上班不打卡，每月团建",
    ],
)
def test_links_and_perks_behind_a_posting(tail: str) -> None:
    assert sides(only(f"茶艺师岗位职责\n岗位职责：\n1.泡茶\n2.待客\n{tail}"))[0] == ["泡茶", "待客"]


@pytest.mark.parametrize(
    ("duty", "requirement", "cut"),
    [
        ("来了以后你要做的事", "我们在找这样的你", "我们能给你什么"),
        ("这个岗位主要做什么？", "什么样的人适合", "加入我们你能收获什么"),
        ("【你的一天是这样的】", "你需要具备哪些能力", "关于我们"),
        ("平时要干的活：", "我们更看重这样的人：", "怎么应聘"),
    ],
)
def test_headings_in_nobodys_usual_words(duty: str, requirement: str, cut: str) -> None:
    post = only(f"花艺师\n{duty}\n· 一早去花市，挑好花\n· 给新娘扎花束\n{requirement}\n· 手巧\n{cut}\n· 天天有鲜花")
    assert sides(post) == (["一早去花市，挑好花", "给新娘扎花束"], ["手巧"])


def test_phrases_of_items_are_no_headings() -> None:
    post = only("花艺师\n岗位职责：\n做好客户需要的花束\n与你的团队完成店长安排的工作\n任职要求：\n懂花")
    assert sides(post)[0] == ["做好客户需要的花束", "与你的团队完成店长安排的工作"]


@pytest.mark.parametrize(
    ("text", "duties", "requirements"),
    [
        (
            "花艺师\n春花店有门店30家。因扩大经营，诚聘花艺师1名，要求会插花，懂配色；一年以上花店经验；做事细心。"
            "平常主要干的事：扎花束，布置会场；整理花房。公司提供食宿，底薪5000+提成，缴纳五险。非诚勿扰。",
            ["扎花束，布置会场", "整理花房"],
            ["会插花，懂配色", "一年以上花店经验", "做事细心"],
        ),
        (
            "招聘花艺师2名\n本店位于湖边，因扩大经营急招花艺师2名，主要负责插花，接待客人；打理花房。"
            "要求女性，25岁以下；持花艺师证书，两年以上花店工作经验。待遇：底薪4000+提成，包吃住。",
            ["主要负责插花，接待客人", "打理花房"],
            ["女性，25岁以下", "持花艺师证书，两年以上花店工作经验"],
        ),
        (
            "诚聘花艺师一名。工作内容为插花、送花、每月盘点。需要高中以上学历，会开车。工资6000左右，五险一金。",
            ["插花、送花、每月盘点"],
            ["需要高中以上学历，会开车"],
        ),
    ],
)
def test_an_advertisement_in_one_paragraph(text: str, duties: list[str], requirements: list[str]) -> None:
    assert sides(only(text)) == (duties, requirements)


def test_a_form_whose_cells_run_into_each_other() -> None:
    post = only(
        "茶艺师岗位说明书\n岗位名称茶艺师岗位编号CG-02所属部门茶馆部直接上级茶馆店长直接下级无薪酬等级P2岗位目的展示茶艺"
        "工作职责1.为客人泡茶，讲解茶史2.按照岗位要求清点茶具3.协助采购部挑选茶叶任职资格学历要求高中及以上专业要求茶学"
        "工作经验二年以上茶馆工作经验技能要求会泡功夫茶能力要求沟通能力考核指标1.客诉数2.茶具破损率"
        "工作关系内部：采购部外部：茶农职业发展晋升岗位：茶馆店长编制审核批准"
    )
    assert sides(post) == (
        ["展示茶艺", "为客人泡茶，讲解茶史", "按照岗位要求清点茶具", "协助采购部挑选茶叶"],
        ["高中及以上", "茶学", "二年以上茶馆工作经验", "会泡功夫茶", "沟通能力"],
    )
    assert [(fact.relation, fact.name) for fact in post.facts] == [
        ("BELONGS_TO", "茶馆部"),
        ("REPORTS_TO", "茶馆店长"),
        ("MEASURED_BY", "客诉数"),
        ("MEASURED_BY", "茶具破损率"),
        ("LEADS_TO", "茶馆店长"),
    ]


def test_labels_of_a_form_in_a_sentence_are_no_form() -> None:
    post = only(
        "茶艺师\n岗位职责：\n1、根据所属部门的考核指标安排工作内容；\n2、了解岗位编制，向直接上级说明工作经验和能力要求。"
    )
    assert len(sides(post)[0]) == 2


def test_a_catalogue_whose_sentences_call_the_roles_by_other_names() -> None:
    posts = read(
        "茶馆有哪些岗位\n茶馆里一般有哪些岗位呢？下面逐一介绍。\n"
        "1. 首席茶艺师\n首席茶艺师是茶馆的门面，负责茶艺表演。茶艺师需要有亲和力和耐心，对茶汤有良好的感觉。\n"
        "2. 茶品采购\n茶品采购是茶馆重要的一环。采购人员需走访各地茶农，核对春茶样品。"
        "采购人员应具备鉴茶能力，有茶农资源的更受欢迎。\n"
        "以上就是茶馆岗位的介绍。"
    ).postings
    assert [(post.title, *sides(post)) for post in posts] == [
        ("首席茶艺师", ["负责茶艺表演"], ["需要有亲和力和耐心", "对茶汤有良好的感觉"]),
        ("茶品采购", ["走访各地茶农", "核对春茶样品"], ["应具备鉴茶能力", "有茶农资源的更受欢迎"]),
    ]
    assert [item.necessity for item in posts[1].items if item.section == "requirement"] == ["required", "preferred"]


def test_what_a_definition_says_of_the_work() -> None:
    post = only(
        "制茶中心职责\n制茶中心是茶厂下设的机构，承担春茶的加工工作。制茶中心是核心部门，为门店提供茶叶和茶样。\n"
        "部门职责：\n1.炒茶；\n2.晒茶。"
    )
    assert sides(post)[0] == ["承担春茶的加工工作", "为门店提供茶叶和茶样", "炒茶", "晒茶"]


def test_a_superior_may_name_the_department() -> None:
    post = only("岗位名称：茶艺师\n直接上级：茶馆部经理\n岗位职责：\n1、泡茶；\n2、待客。")
    facts = [(fact.relation, fact.name, fact.evidence) for fact in post.facts]
    assert facts == [("REPORTS_TO", "茶馆部经理", "茶馆部经理"), ("BELONGS_TO", "茶馆部", "茶馆部")]


def test_an_item_in_english_and_once_more_in_chinese_is_one() -> None:
    post = only(
        "Tea Master 茶艺师\nResponsibilities 工作职责：\n1. Serve tea to guests; 为客人泡茶；\n"
        "2. Own the tea menu. 管理茶单。\n"
        "Requirements 任职要求：\n1. College degree or above; 大专以上学历；\n2. Patient, detail-oriented."
    )
    assert sides(post) == (
        ["Serve tea to guests； 为客人泡茶", "Own the tea menu. 管理茶单"],
        ["College degree or above； 大专以上学历", "Patient, detail-oriented"],
    )


def test_decimal_years_behind_a_number_without_a_mark() -> None:
    assert sides(only("茶艺师\n任职要求：1.大专以上2.2.5年以上茶馆经验3.3年以上带徒经验"))[1] == [
        "大专以上",
        "2.5年以上茶馆经验",
        "3年以上带徒经验",
    ]


def test_lines_that_say_how_many_are_wanted_are_titles() -> None:
    posts = read(
        "春山茶业公司诚聘英才\n一、茶艺师 2名\n职责：1、泡茶；2、待客。\n要求：1、懂茶；2、两年以上茶馆经验。\n"
        "二、美工（1人）\n职责：1、设计茶单；2、拍摄茶点。\n福利：五险一金，双休"
    ).postings
    assert [(post.title, *sides(post)) for post in posts] == [
        ("茶艺师", ["泡茶", "待客"], ["懂茶", "两年以上茶馆经验"]),
        ("美工", ["设计茶单", "拍摄茶点"], []),
    ]


def test_an_english_posting() -> None:
    post = only(
        "Senior Tea Buyer\nAbout us\nWe are a tea house.\nResponsibilities\n- Visit tea farms\n"
        "- Taste samples and set prices\n"
        "Requirements\n- 3+ years of experience in tea trade\n- Fluent Japanese is a plus\nBenefits\n- Free tea"
    )
    assert post.title == "Senior Tea Buyer"
    assert sides(post) == (
        ["Visit tea farms", "Taste samples and set prices"],
        ["3+ years of experience in tea trade", "Fluent Japanese is a plus"],
    )


def test_one_subject_for_clauses_between_semicolons() -> None:
    post = only(
        "茶艺主管岗位职责与任职条件\n茶艺主管是茶馆的骨干。在店长领导下，茶艺主管全面负责茶艺表演。"
        "茶艺主管要制定茶艺计划；检查茶具质量；合理安排茶艺师的班次。\n要成为一名茶艺主管，需要具备五年以上茶馆工作经验。"
    )
    assert post.title == "茶艺主管"
    assert sides(post)[0] == [
        "在店长领导下，茶艺主管全面负责茶艺表演",
        "制定茶艺计划",
        "检查茶具质量",
        "合理安排茶艺师的班次",
    ]


def test_indicators_and_several_next_steps_on_lines() -> None:
    post = only(
        "茶馆部经理\n督导对象：茶艺师 茶点师\n岗位职责：\n1、管理茶馆；\n2、培训茶艺师。\n"
        "考核指标\n客诉率：客诉数与客流之比，不超过1%\n"
        "报表及时率：每月5日前报出\n职业发展\n可向茶馆总监、副总经理方向发展"
    )
    assert [(fact.relation, fact.name, fact.definition, fact.goal) for fact in post.facts] == [
        ("MEASURED_BY", "客诉率", "客诉数与客流之比，不超过1%", "客诉数与客流之比，不超过1%"),
        ("MEASURED_BY", "报表及时率", "每月5日前报出", None),
        ("LEADS_TO", "茶馆总监", None, None),
        ("LEADS_TO", "副总经理", None, None),
        ("BELONGS_TO", "茶馆部", None, None),
    ]


def test_roles_one_behind_the_other_in_one_line() -> None:
    posts = read(
        "茶艺师岗位职责：1、泡茶；2、待客。岗位要求：1、手稳；2、能吃苦。茶馆领班岗位职责：1、安排班次；2、检查茶具。"
    ).postings
    assert [(post.title, *sides(post)) for post in posts] == [
        ("茶艺师", ["泡茶", "待客"], ["手稳", "能吃苦"]),
        ("茶馆领班", ["安排班次", "检查茶具"], []),
    ]


def test_cells_of_a_form_between_tabs() -> None:
    post = only(
        "茶艺主管岗位说明书\n职位名称\t茶艺主管\t职位编号\tCG-01\n所属部门\t茶馆部\t直接上级\t总经理\n"
        "岗位职责\n1\t制定茶单\n2\t检查茶具\n任职资格\n学历\t大专以上\n经验\t三年以上茶馆经验"
    )
    assert (post.title, sides(post)[0]) == ("茶艺主管", ["制定茶单", "检查茶具"])
    assert [(fact.relation, fact.name) for fact in post.facts] == [("BELONGS_TO", "茶馆部"), ("REPORTS_TO", "总经理")]


def test_what_a_job_site_puts_around_a_description() -> None:
    post = only(
        "茶艺师 5-8K·13薪\n杭州 · 1-3年 · 大专\n职位描述\n茶艺表演 茶叶销售 接待\n岗位职责：\n1、泡茶；\n2、待客。\n"
        "职位发布者\n王女士 店长\n查看所有职位"
    )
    assert (post.title, *sides(post)) == ("茶艺师", ["泡茶", "待客"], [])


def test_roles_with_a_colon_and_one_line_each() -> None:
    posts = read(
        "急招采茶工、茶点师、搬运工\n采茶工：负责采摘春茶，拣选茶青\n茶点师：把茶点准时送到茶室，协助收台\n搬运工：装卸茶箱，打扫库房\n"
        "以上岗位包吃住，有意者致电店长"
    ).postings
    assert [(post.title, sides(post)[0]) for post in posts] == [
        ("采茶工", ["负责采摘春茶，拣选茶青"]),
        ("茶点师", ["把茶点准时送到茶室，协助收台"]),
        ("搬运工", ["装卸茶箱，打扫库房"]),
    ]
