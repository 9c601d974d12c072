"""What requirements state besides skills; every sentence is made up."""

from __future__ import annotations

import pytest

from loaders.fields import read_fields


@pytest.mark.parametrize(
    ("text", "education"),
    [
        ("本科，茶学专业", "本科"),
        ("大专茶艺专业", "大专"),
        ("茶学专业本科", "本科"),
        ("本科室护理工作", None),
        ("大专及以上学历", "大专"),
        ("统招本科及以上，硕士优先", "本科"),
        ("硕士优先", None),
        ("本科（含）以上", "本科"),
        ("高中或中专以上", "高中"),
        ("985/211本科", "本科"),
        ("教育程度：专科", "大专"),
        ("研究生及以上学历", "硕士"),
        ("学历不限", None),
        ("Bachelor's degree in Botany; Master preferred", "本科"),
        ("High school diploma", "高中"),
        ("PhD in botany", "博士"),
    ],
)
def test_the_least_education_that_suffices(text: str, education: str | None) -> None:
    assert read_fields(text).education == education


@pytest.mark.parametrize(
    ("text", "years", "field"),
    [
        ("5年茶园运营经验", 5, "茶园运营"),
        ("三至五年工作经验", 3, None),
        ("2~5年相关工作经验", 2, None),
        ("两年半以上工作经验", 2.5, None),
        ("6个月以上茶馆经验", 0.5, "茶馆"),
        ("35岁以下，两年以上同行经验", 2, None),
        ("本科3年以上或大专5年以上相关工作经验", 3, None),
        ("5年以上工作经验者优先", None, None),
        ("2年以下经验亦可", None, None),
        ("经验要求：1-3年", 1, None),
        ("8年+研茶经验", 8, "研茶"),
        ("近3年无不良记录", None, None),
        ("5+ years experience in tea trade", 5, None),
        ("At least two years of work experience", 2, None),
        ("3-5 years' experience is a plus", None, None),
    ],
)
def test_years_and_their_field(text: str, years: float | None, field: str | None) -> None:
    fields = read_fields(text)
    assert (fields.min_years, fields.experience_field) == (years, field)


@pytest.mark.parametrize(
    ("text", "certificates"),
    [
        ("持有CPA、ACCA证书优先", ("CPA", "ACCA")),
        ("有C1驾照，能上山路", ("C1驾照",)),
        ("有特种作业操作证", ("特种作业操作证",)),
        ("茶艺师三级证书", ("茶艺师三级证书",)),
        ("须有初级会计师职称", ("初级会计师",)),
        ("具有证券从业资格", ("证券从业资格",)),
        ("须持健康证上岗", ("健康证",)),
        ("英语六级，普通话二级甲等", ("英语六级", "普通话二级甲等")),
        ("保证供应，论证方案，出示身份证", ()),
    ],
)
def test_certificates(text: str, certificates: tuple[str, ...]) -> None:
    assert read_fields(text).certificates == certificates


def test_majors_and_languages_in_both_tongues() -> None:
    assert read_fields("茶学、园艺等相关专业").majors == ("茶学", "园艺")
    assert read_fields("Bachelor degree, major in Botany, Tea Science or related").majors == ("Botany", "Tea Science")
    assert read_fields("普通话标准，会粤语").languages == ("普通话", "粤语")
    assert read_fields("Fluent English and Japanese").languages == ("英语", "日语")
