"""Vietnamese texts that are no ordinary articles, and texts that have been through the mill."""

import random

import pytest

from onrecord.features import degraded, form, own_text
from onrecord.features.document import Article, read
from onrecord.training.degrading import WAYS

LEAD = "Hội đồng nhân dân thị trấn Alba hôm thứ hai đã bỏ phiếu đóng cửa cây cầu cũ cho đến hết mùa hè năm nay."
# Its quotations run over several sentences, and people are named once in full.
REPORT = """Chuyến phà nối Alba với cảng Đông sẽ không chạy trong mùa đông này, trưởng cảng cho biết hôm thứ hai.

“Vỏ tàu vẫn an toàn. Nhưng động cơ thì không,” ông Trần Văn Quill, người điều hành cảng từ năm 2009, nói. “Chúng tôi \
đã xin tiền từ tháng năm. Đến tháng sáu thì nhận được một lá thư.”

Ông Quill nói động cơ mới có giá hai triệu đồng, gấp đôi số tiền mà hội đồng của đảo đã dành cho cảng.

Chủ tịch hội đồng Lê Minh Bell cho biết hội đồng sẽ họp vào thứ sáu để biểu quyết về khoản vay cho động cơ. “Không ai \
muốn mất chuyến phà. Nhưng tiền phải lấy từ đâu đó,” ông Bell nói.

Theo ông Bell, khoản vay sẽ làm thuế trên đảo tăng bốn phần trăm, và cuộc biểu quyết sẽ rất sít sao.

Chuyến phà chở 300 hành khách mỗi ngày, phần lớn là học sinh của trường học ở cảng Đông. “Con gái tôi phải dậy từ năm \
giờ. Nếu phà ngừng chạy thì cháu phải ở nội trú,” chị Nguyễn Thị May, có nhà nằm trên bến cảng, cho biết.

Chị May đã hỏi nhà trường về chỗ ở nội trú, và nhà trường bảo chị chờ cuộc biểu quyết vào thứ sáu.

Nhà trường không trả lời câu hỏi về chỗ ở nội trú cho học sinh của đảo.
"""
TOLD = [code for code in degraded.CODES if code != "sentences_shuffled"]


def codes(text):
    document = own_text.read(Article(text))
    assert document.language == "vi"
    return [note.code for note in (*form.recognise(document.whole), *document.notes, *degraded.recognise(document))]


def join(*paragraphs):
    return "\n\n".join(paragraphs)


def test_an_article_has_no_note():
    assert codes(REPORT) == []


@pytest.mark.parametrize("way", TOLD)
def test_what_was_done_is_noted(way):
    found = codes(WAYS[way](read(Article(REPORT)), random.Random(0)))
    assert [code for code in found if code in degraded.CODES] == [way]


def test_lost_order_is_told_where_several_signs_agree():
    texts = [WAYS["sentences_shuffled"](read(Article(REPORT)), random.Random(seed)) for seed in range(40)]
    assert sum("sentences_shuffled" in codes(text) for text in texts) >= 6


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("", None),
        ("\n\nĐọc tiếp", "stub"),
        ("\n\nXem thêm »", "stub"),
        ("\n\n(Còn tiếp)", "stub"),
        ("\n\nVui lòng đăng nhập để đọc tiếp.", "stub"),
        (" Kỹ sư của thị trấn nói rằng…", "stub"),
        (" Kỹ sư của thị trấn muốn đọc thêm về cây cầu.", None),
        ("\n\nXem thêm: Ai đã xây cây cầu cũ", None),
        (" Kỹ sư của thị trấn đã xem cây cầu và", "truncated"),
        (" Kỹ sư của thị trấn nói cây cầu không an toàn vì", "truncated"),
        ("\n\nSau khi xem cây cầu, kỹ sư của thị trấn và những người đi cùng ông hôm đó đã", "truncated"),
        ("\n\nKỹ sư của thị trấn đã nêu ra ba điều cần phải làm ngay:", "truncated"),
        ("\n\nKỹ sư của thị trấn hôm qua", None),
        ("\n\nẢnh: Trần Văn Hùng", None),
        ("\n\nTheo Báo Alba", None),
        ("\n\nMọi chi tiết xin liên hệ tòa soạn và", None),
    ],
)  # fmt: skip
def test_how_a_text_ends(end, code):
    assert [found for found in codes(f"{LEAD}{end}") if found in ("stub", "truncated")] == ([code] if code else [])


def test_a_text_that_begins_within_a_sentence():
    begun = "và những người sống ở hai bên bờ sông đã phải đi đường vòng hơn mười cây số mỗi ngày."
    assert codes(f"{begun} {LEAD}") == ["truncated"]


HEADLINES = [
    "Thị trấn Alba đóng cửa cây cầu cũ", "Giá vàng lại tăng trong phiên sáng nay", "Mưa lớn ở nhiều nơi trong tuần tới",
    "Đội bóng của huyện vào trận chung kết", "Trường học mới sẽ mở cửa vào tháng chín",
    "Chợ nổi đón khách trở lại sau lũ", "Người dân lo nước sông dâng cao", "Năm món ăn nên thử khi đến cảng Đông",
    "Bến phà ngừng chạy vì động cơ hỏng", "Học sinh nghỉ học vì bão",
]  # fmt: skip


def test_headlines_without_full_stops_are_a_list():
    assert codes(join(*HEADLINES)) == ["link_list"]
    assert "link_list" not in codes(join(*(f"{line}." for line in HEADLINES)))


COMMENTS = [
    ("Minh Anh", "Tôi đi qua cây cầu đó mỗi ngày và nó rất nguy hiểm."),
    ("Hoàng Long", "Vậy thì ai sẽ trả tiền cho việc sửa chữa?"),
    ("Thu Trang", "Hội đồng đã biết chuyện này từ lâu rồi."),
    ("Quốc Bảo", "Tôi nghĩ nên xây một cây cầu mới."),
]


def posts(pattern):
    return join(*(pattern.format(name=name, text=text, number=k + 2) for k, (name, text) in enumerate(COMMENTS)))


THREADS = [
    "{name}\n{number} giờ trước\n{text}",
    "{name} - {number} phút trước\n{text}\nTrả lời",
    "{name}\n{text}\nThích Trả lời Chia sẻ",
    "{name} đã viết:\n{text}\nTrích dẫn",
    "{name}\n{text}\nThích · Trả lời · {number} giờ",
    "{name}\n0{number}/03/2019 08:1{number}\n{text}\nBáo vi phạm",
]


@pytest.mark.parametrize("pattern", THREADS)
def test_comments_are_a_thread_and_may_stand_below_an_article(pattern):
    assert "comment_thread" in codes(posts(pattern))
    assert "comments_below" in codes(join(REPORT, f"Bình luận ({len(COMMENTS)})", posts(pattern)))


@pytest.mark.parametrize(
    "text",
    [
        join(REPORT, "Bình luận (0)"),
        join(REPORT, "Bộ trưởng trả lời hôm qua.", "Ông trả lời hôm nay.", "Bà trả lời năm ngoái."),
        join(REPORT, "Ba năm trước, cây cầu bị đóng.", "Hai năm trước, nó mở lại.", "Một năm trước, nó lại đóng."),
    ],
)
def test_an_article_without_comments(text):
    assert {"comment_thread", "comments_below"}.isdisjoint(codes(text))


ANSWERS = [
    "Chúng tôi đã kiểm tra từng nhịp cầu và thấy nó không còn an toàn nữa.",
    "Tôi cho rằng phải mất ít nhất hai năm để xây xong cây cầu mới.",
    "Chúng tôi chưa có đủ tiền, nhưng tôi tin là tỉnh sẽ giúp thị trấn.",
    "Tôi hiểu người dân lo lắng, và tôi cũng đi qua cây cầu ấy mỗi ngày.",
    "Chúng tôi sẽ trả lời trong cuộc họp vào tuần tới của hội đồng.",
]
QUESTIONS = [
    "Thưa ông, vì sao ông quyết định đóng cây cầu cũ vào lúc này?",
    "Theo ông thì bao giờ thị trấn mới có một cây cầu khác?",
    "Vậy ông sẽ lấy tiền ở đâu để xây cây cầu mới?",
    "Ông nói gì với những người dân phải đi đường vòng?",
    "Khi nào ông sẽ cho người dân biết kế hoạch?",
]


@pytest.mark.parametrize(("asks", "says"), [("PV: ", "Ông Hùng: "), ("Hỏi: ", "Đáp: "), ("H: ", "Đ: "), ("", "")])
def test_turns_of_speakers_are_a_transcript(asks, says):
    turns = (f"{asks}{q}\n\n{says}{a}" for q, a in zip(QUESTIONS, ANSWERS, strict=True))
    assert codes(join(*turns)) == ["transcript"]


def test_letters_for_questions_and_answers_are_labels():
    turns = (f"{'HĐ'[k % 2]}: {answer}" for k, answer in enumerate(ANSWERS))
    assert codes(join(*turns)) == ["transcript"]


def test_a_list_of_facts_is_no_transcript():
    facts = [f"{label}: {ANSWERS[k % 5]}" for k, label in enumerate(["Bước", "Lưu ý", "Giá", "Địa điểm"] * 2)]
    assert "transcript" not in codes(join(*facts))


@pytest.mark.parametrize("clock", ["{}h15", "{}:15 –", "{} giờ 15", "{}g15"])
def test_entries_with_times_are_several_articles(clock):
    entries = (f"{clock.format(k + 8)}: {answer}" for k, answer in enumerate(ANSWERS))
    assert "several_articles" in codes(join(*entries))


def test_numbers_at_the_head_of_paragraphs_are_no_times():
    entries = (f"{k + 8} người nói: {answer}" for k, answer in enumerate(ANSWERS))
    assert "several_articles" not in codes(join(*entries))
