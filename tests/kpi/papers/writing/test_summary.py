"""The work summary of the demonstration: what it says, in which form, and what its public version leaves out."""

import io
import re
import zipfile
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from kpi.compute.follow_up_course import FollowUpStatus
from kpi.errors import RequestError
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.writing import summary_writing
from kpi.papers.writing.summary_paper import summary_file
from kpi.papers.writing.summary_text import SummaryFigure, SummaryParagraph, official_quotes
from kpi.papers.writing.summary_writing import write_summary
from kpi.papers.writing.template_filling import fill_template
from kpi.period import Month, Span
from tests.kpi.store.reports import accepted

NOVEMBER = Month(2023, 11)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def summary(demo):
    return write_summary(demo, NOVEMBER)


@pytest.fixture(scope="module")
def parts(demo, summary):
    """The parts of its file."""
    with zipfile.ZipFile(io.BytesIO(summary_file(demo, summary))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def texts(summary) -> list[str]:
    return [paragraph.text for paragraph in summary.paragraphs]


def test_the_chapters_are_the_areas_and_then_what_stands_out_lacks_and_is_to_be_done(summary):
    assert summary.title == "区市场监管局2023年1—11月工作总结"
    assert [paragraph.text for paragraph in summary.paragraphs if paragraph.level == 1] == [
        *("一、营商环境", "二、民生安全", "三、市场秩序", "四、质量强区", "五、中心工作", "六、党建队伍"),
        *("七、工作亮点", "八、存在的主要问题", "九、下步打算"),
    ]
    assert [paragraph.text for paragraph in summary.paragraphs if paragraph.level == 2][:3] == [
        "（一）登记注册科",
        "（一）食品安全协调科",
        "（二）食品生产流通科",
    ]


def test_a_sentence_of_the_catalogue_holds_the_figures_of_the_store(summary):
    """1724 + 39 = 1763; 1724/1763 = 97.788 %, which prints 97.8 %."""
    assert ("全年食品抽检任务1850批次，已采样1763批次，出具检验结论1763批次，其中合格1724批次、不合格39批次，合格率97.8%，同比上升0.38个百分点。") in texts(
        summary
    )


def test_a_cut_off_of_its_own_is_said(summary):
    """The shares of 登记注册科 run to 23 November, those of permits to 30 September; the text to 30 November."""
    written = texts(summary)
    assert "数据截至2023年11月30日" in written[0]
    assert any(text.startswith("截至11月23日，新登记市场主体4909户，其中企业1186户") for text in written)
    assert any(text.startswith("证照分离方面，截至9月30日证照分离办理营业执照3214户") for text in written)


def test_a_miss_that_the_printed_digits_hide_has_more_digits(summary):
    """97.788 % against 97.8 %: 1724 of 1763, and 1 more passed batch would do."""
    written = texts(summary)
    assert "14．食品抽检合格率97.8%（未舍入为97.788%），目标为不低于97.8%，距目标差0.012个百分点，滞后。" in written
    assert "14．食品抽检合格率（食品安全协调科）：分母不变，“食品抽检合格批次”还差1批次。" in written


def test_a_target_of_the_year_is_on_its_way_or_reached(summary):
    """1,000 of 1,000 万元 are all of it, 29 of 30 are on pace; a completion rate has until the end of the year."""
    written = texts(summary)
    assert "6．知识产权质押融资1000万元，同比增长66.7%，全年目标为1000万元，已完成全年任务。" in written
    assert "9．新设家庭农场29户，同比增长11.5%，全年目标为30户，达到序时进度。" in written
    assert "4．商品煤检测进度69.2%，年底前目标为100%，比序时进度低22.3个百分点，未达标。" in written
    assert official_quotes("「“码上放心”入驻企业」还差 1 家") == "“‘码上放心’入驻企业”还差 1 家"


def test_what_is_followed_up_and_not_closed_is_a_problem(demo, monkeypatch):
    """The words of people stand there as text, whatever signs they hold; another office's are another's."""
    slips = [
        SimpleNamespace(follow_up=SimpleNamespace(title=title, office=office), office=name, status=status)
        for title, office, name, status in (
            ("<b>年报率</b>偏低", "credit", "信用监管科", FollowUpStatus.OVERDUE),
            ("已办的", "credit", "信用监管科", FollowUpStatus.SIGNED),
            ("别科的", "ip", "知识产权科", FollowUpStatus.OVERDUE),
        )
    ]
    monkeypatch.setattr(summary_writing, "follow_ups", lambda *_: slips)
    of_credit = write_summary(demo, NOVEMBER, office="credit")
    assert [text for text in texts(of_credit) if "督办事项" in text] == ["督办事项“<b>年报率</b>偏低”尚未办结，由信用监管科负责。"]
    with zipfile.ZipFile(io.BytesIO(summary_file(demo, of_credit))) as archive:
        assert "“&lt;b&gt;年报率&lt;/b&gt;偏低”" in archive.read("word/document.xml").decode()


def test_a_qualifier_is_written_out(summary):
    assert any("随机查餐厅话题播放量不少于50万人次" in text for text in texts(summary))


@pytest.mark.parametrize(
    ("month", "choice", "title"),
    [
        (NOVEMBER, {"office": "餐饮科"}, "区市场监管局餐饮监管科2023年1—11月工作总结"),
        (NOVEMBER, {"area": "民生安全"}, "区市场监管局2023年1—11月民生安全工作总结"),
        (NOVEMBER, {"span": Span.MONTH}, "区市场监管局2023年11月工作总结"),
        (Month(2023, 6), {"span": Span.HALF}, "区市场监管局2023年上半年工作总结"),
        (Month(2022, 12), {}, "区市场监管局2022年工作总结"),
    ],
)
def test_what_of_the_work_and_which_months(demo, month, choice, title):
    part = write_summary(demo, month, **choice)
    assert part.title == title
    assert part.figures


def test_a_missing_figure_is_a_gap_that_is_marked(demo):
    """Month by month 登记注册科 states no months of what it reports for the year."""
    single = write_summary(demo, NOVEMBER, Span.MONTH)
    assert single.gaps
    with zipfile.ZipFile(io.BytesIO(summary_file(demo, single))) as archive:
        document = archive.read("word/document.xml").decode()
    assert document.count('<w:highlight w:val="yellow"/>') == single.gaps


def test_the_form_is_that_of_an_official_paper(parts):
    """A4 in twentieths of a point, 37, 35, 28 and 26 mm; lines of 28 points; two signs in; no theme."""
    body = ElementTree.fromstring(parts["word/document.xml"])
    margins = body.find(f".//{W}pgMar").attrib
    assert [round(int(margins[f"{W}{edge}"]) / 56.6929, 1) for edge in ("top", "bottom", "left", "right")] == [37.0, 35.0, 28.0, 26.0]
    assert body.find(f".//{W}docGrid").attrib == {f"{W}type": "lines", f"{W}linePitch": "560"}
    styles = {style.attrib[f"{W}styleId"]: style for style in ElementTree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    fonts = {name: (style.find(f".//{W}rFonts").attrib[f"{W}eastAsia"], style.find(f".//{W}sz").attrib[f"{W}val"]) for name, style in styles.items()}
    assert [fonts[name] for name in ("Title", "Heading1", "Heading2", "Normal")] == [("方正小标宋简体", "44"), ("黑体", "32"), ("楷体", "32"), ("仿宋", "32")]
    assert styles["Normal"].find(f".//{W}spacing").attrib[f"{W}lineRule"] == "exact"
    assert styles["Normal"].find(f".//{W}ind").attrib == {f"{W}firstLineChars": "200", f"{W}firstLine": "640"}
    assert "Theme" not in "".join(parts.values())
    assert all(sign in parts[name] for name in ("word/footer1.xml", "word/footer2.xml") for sign in ("— <", " PAGE ", " —<"))


def test_each_figure_stands_at_a_place_of_its_own(summary, parts):
    assert len(set(re.findall(r'w:name="(_kpi_\d+)"', parts["word/document.xml"]))) == summary.figures
    assert 'code="food_samples_tested" aspect="value" cells="2023-11_食品安全协调科月报表.xlsx/' in parts["customXml/item1.xml"]


def test_the_same_figures_make_the_same_bytes(demo, summary):
    assert summary_file(demo, summary) == summary_file(demo, write_summary(demo, NOVEMBER))


def test_a_public_version_hides_what_could_be_reckoned_back(demo):
    """2 consultations of 2134 = 1316 + 310 + 2 + 495 + 11 go, and with them the 11 petitions; nothing hidden travels with the file."""
    public = write_summary(demo, NOVEMBER, public=True)
    assert any("投诉1316件、举报310件、咨询【未公开】，12345平台投诉495件，信访平台案件【未公开】" in text for text in texts(public))
    assert not any(text.endswith("、下步打算") or "距目标差" in text or "未舍入" in text for text in texts(public))
    with zipfile.ZipFile(io.BytesIO(summary_file(demo, public))) as archive:
        assert "customXml/item1.xml" not in archive.namelist()
        assert b"_kpi_" not in archive.read("word/document.xml")


def test_what_is_named_is_hidden_too(demo):
    """With the passed batches of coal hidden their rate would tell them: 44 of 54 is the only one that is 81.5 %."""
    public = write_summary(demo, NOVEMBER, office="product_quality", public=True, hide=["coal_samples_passed"])
    coal = next(text for text in texts(public) if text.startswith("抽检商品煤"))
    assert "合格【未公开】" in coal
    assert not any("商品煤抽检合格率81.5%" in text for text in texts(public))
    with pytest.raises(RequestError, match="没有代码为「coal_passed」的指标或数据项"):
        write_summary(demo, NOVEMBER, public=True, hide=["coal_passed"])


def test_signs_that_steer_are_shown_and_break_no_part(demo, summary):
    """Bell, noncharacter and the sign that turns the writing round, in the text and in the hidden list of what was issued."""
    texts_of_people = SummaryParagraph(("督办\a\ufffe\u202e事项", SummaryFigure("7\x0b", "food_samples_tested")))
    with zipfile.ZipFile(io.BytesIO(summary_file(demo, replace(summary, paragraphs=(texts_of_people,))))) as archive:
        shown = ElementTree.fromstring(archive.read("word/document.xml"))
        hidden = ElementTree.fromstring(archive.read("customXml/item1.xml"))
    assert "督办���事项7�" in "".join(shown.itertext())
    assert hidden[0].attrib["text"] == "督办���事项7�"


def test_a_rate_that_was_typed_tells_no_hidden_part(empty):
    """95 % of 40 are 38: with 未公开 for the part, or with the rate named, neither is printed."""
    withheld = {"tobacco_ads_found": "– 40", "tobacco_ads_rectified": "– 未公开", "tobacco_ad_rectification_rate": "– 95"}
    empty.store.commit([accepted("2023-11", "advertising", withheld)])
    [hidden] = [text for text in texts(write_summary(empty, NOVEMBER, public=True)) if text.startswith("烟草广告")]
    assert "发现涉烟草广告40户，清除涉烟草广告并整改【未公开】" in hidden
    assert "涉烟草广告整改完成率【未公开】" in hidden

    empty.store.commit([accepted("2023-11", "advertising", {**withheld, "tobacco_ads_rectified": "– 38"})])
    [named] = [text for text in texts(write_summary(empty, NOVEMBER, public=True, hide=["tobacco_ad_rectification_rate"])) if text.startswith("烟草广告")]
    assert "清除涉烟草广告并整改【未公开】" in named


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"area": "没有"}, "没有板块「没有」；现有板块：营商环境、"),
        ({"office": "没有"}, "没有「没有」这个科室"),
        ({"office": "catering", "area": "党建队伍"}, "没有可以写进总结的数"),
    ],
)
def test_what_cannot_be_written_is_said(demo, choice, message):
    with pytest.raises(RequestError, match=message):
        write_summary(demo, NOVEMBER, **choice)


def template(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>')
        archive.writestr("word/media/seal.png", b"seal")
    return file.getvalue()


def test_a_template_of_the_bureaus_own_is_filled_and_nothing_else_is_touched(demo):
    filled = fill_template(
        demo, template("{{单位}}{{年份}}年检验{{食品抽检检验批次}}批次，{{food_rapid_tests:同比}}，{{食品抽检合格率：带单位}}"), "a.docx", NOVEMBER
    )
    assert (filled.places, filled.gaps) == (5, 0)
    with zipfile.ZipFile(io.BytesIO(filled.content)) as archive:
        assert archive.read("word/media/seal.png") == b"seal"
        assert "<w:t>区市场监管局2023年检验1763批次，同比增长11.7%，97.8%</w:t>" in archive.read("word/document.xml").decode()


def test_a_bare_number_of_a_template_does_not_hide_what_it_lacks(empty):
    """Only November is on file, so that the year so far is of November alone."""
    empty.store.commit([accepted("2023-11", "registration", {"market_entities_new": "40"})])
    filled = fill_template(empty, template("{{market_entities_new}}户"), "a.docx", NOVEMBER)
    assert filled.words.startswith("已填好 1 处。「market_entities_new」只填了数，没有写明不含1月份、2月份、")


def test_a_template_with_a_damaged_picture_is_answered(demo):
    """Its text can be read, the picture that stands behind it cannot be copied."""
    broken = template("{{食品抽检检验批次}}").replace(b"seal\x50\x4b", b"sea1\x50\x4b", 1)
    with pytest.raises(PaperError, match="文件里有读不出的部分"):
        fill_template(demo, broken, "a.docx", NOVEMBER)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x", "「a.docx」没有填：文件已损坏或没有传完整，打不开"),
        (template("没有"), "「a.docx」里没有占位符"),
        (template("{{食品抽检合格率:环比}}"), "「食品抽检合格率:环比」冒号后面只能写 带单位、同比、截止日"),
        (template("{{食品抽检及格率}}"), "「食品抽检及格率」不是任何指标或数据项，最接近的是「食品抽检合格率」。没有写出文件"),
    ],
)
def test_a_template_that_cannot_be_filled_is_answered(demo, content, message):
    with pytest.raises(RequestError, match=re.escape(message)):
        fill_template(demo, content, "a.docx", NOVEMBER)
