"""What happens once only, by the catalogue: a company that is set up on two days is asked about, in a file and against what is on file."""

from tests.kpi.workbook.ledgers.books import workbook
from tests.kpi.workbook.ledgers.test_cases_on_file import codes, send, statuses

HEADINGS = ("统一社会信用代码", "核准日期", "业务类型", "主体类型")


def registrations(month: int, *rows: tuple[int, int, str]) -> list[list[str]]:
    """Rows of a month of 2023, each a company, a day and what was registered."""
    drawn = [[f"91320100MA{number:08d}", f"2023-{month:02d}-{day:02d}", business, "企业"] for number, day, business in rows]
    return [[f"2023年{month}月企业登记台账"], list(HEADINGS), *drawn]


def test_a_company_set_up_on_two_days_of_one_ledger_is_asked_about(empty):
    """Company 1 is set up on the 1st and on the 20th, and changed twice, which companies are."""
    rows = registrations(1, (1, 1, "设立"), (1, 20, "设立登记"), (1, 21, "变更"), (1, 22, "变更"), (2, 5, "设立"), (2, 9, "注销"))

    prepared = send(empty, workbook("1月.xlsx", 登记=rows))

    words = "有 1 个「统一社会信用代码」的「设立」不止一笔，各笔都计了：91320100MA00000001（2023-01-01、2023-01-20）"
    assert codes(prepared, "happens-once") == [words]
    assert statuses(prepared) == {"2023-01": "needs-confirmation"}


def test_a_company_set_up_in_two_months_is_asked_about(empty):
    """January is on file; in February company 1 is set up once more, and company 3 struck off, whose setting up is on file."""
    send(empty, workbook("1月.xlsx", 登记=registrations(1, (1, 1, "设立"), (3, 1, "设立"))))

    prepared = send(empty, workbook("2月.xlsx", 登记=registrations(2, (1, 3, "设立"), (3, 4, "注销"))))

    words = "有 1 个「统一社会信用代码」的「设立」不止一笔，各笔都计了：91320100MA00000001（已入库的2023-01-01、2023-02-03）"
    assert codes(prepared, "happens-once") == [words]


def test_a_file_says_once_that_its_original_is_not_kept(empty):
    """Three months of one ledger and of each a report: one sentence, with every column that any of them keeps."""
    sheets = {f"{month}月": registrations(month, (month, 1, "设立")) for month in (1, 2, 3)}
    sheets["3月"] = [[cell for cell in row if cell not in ("主体类型", "企业")] for row in sheets["3月"]]

    prepared = send(empty, workbook("一季度.xlsx", **sheets))

    columns = "、".join(f"「{name}」" for name in HEADINGS)
    assert codes(prepared, "original-not-kept") == [f"台账的原件不保留，入库后只有读取的列：{columns}；其余的列和工作表、标题和表尾哪里都没有"]
    assert len(codes(prepared, "missing-column")) == 2  # 是否个转企 of all sheets, 主体类型 of March
