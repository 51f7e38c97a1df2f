"""Vietnamese: words of several syllables, who says what, who the sources are, and the score by a card of its own."""

import pytest

from onrecord.features import attributions, measure
from onrecord.features.document import Article, read
from onrecord.features.grammar import Grammar
from onrecord.features.measurement import Kind, Mention, Quote
from onrecord.scoring.model import load_model
from onrecord.scoring.score import score_article

PLAIN = (
    "Cuộc họp diễn ra tại hội trường của xã và có nhiều người trong vùng tham gia, nhưng đến cuối buổi vẫn không có "
    "cuộc bỏ phiếu nào về cây cầu."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED


def found_in(text):
    document = read(Article(f"{text}\n\n{PLAIN}"))
    assert document.language == "vi"
    return document, attributions.find(document)


def texts_of(document, spans):
    return " … ".join(document.text_of(span) for span in spans)


# (text, source, cue, content, kind): all that anybody says in each text.
STATEMENTS = [
    # the source before what it says
    ("Ông Trần Văn Hùng cho biết cây cầu an toàn.", "Ông Trần Văn Hùng", "cho biết", "cây cầu an toàn", PERSON),
    ("Bà Lê Thị Hoa nói rằng con đường quá hẹp.", "Bà Lê Thị Hoa", "nói rằng", "con đường quá hẹp", PERSON),
    ("Chủ tịch xã Phan Văn Tài khẳng định không có sai phạm.",
     "Chủ tịch xã Phan Văn Tài", "khẳng định", "không có sai phạm", PERSON),
    ("Ông Đỗ Văn Minh, Giám đốc Sở Xây dựng tỉnh Alba, cho rằng dự án đúng luật.",
     "Ông Đỗ Văn Minh, Giám đốc Sở Xây dựng tỉnh Alba,", "cho rằng", "dự án đúng luật", PERSON),
    ("Trao đổi với phóng viên, đại tá Vũ Văn Nam, Phó giám đốc Công an tỉnh cho hay hai người đã bị bắt.",
     "đại tá Vũ Văn Nam, Phó giám đốc Công an tỉnh", "cho hay", "hai người đã bị bắt", PERSON),
    ("Anh Bùi Văn Long (34 tuổi, ngụ thôn Đông) kể nước dâng rất nhanh.",
     "Anh Bùi Văn Long", "kể", "nước dâng rất nhanh", PERSON),
    ("Ông Phạm Văn Sơn - Chủ tịch UBND xã - thừa nhận đã có sai sót.",
     "Ông Phạm Văn Sơn - Chủ tịch UBND xã -", "thừa nhận", "đã có sai sót", PERSON),
    ("Tổng thống Mỹ Martin Roe tuyên bố sẽ rút quân.",
     "Tổng thống Mỹ Martin Roe", "tuyên bố", "sẽ rút quân", PERSON),
    ("Sáng 6/10, bác sĩ Ngô Thị Lan nhấn mạnh trẻ em cần được tiêm phòng.",
     "bác sĩ Ngô Thị Lan", "nhấn mạnh", "trẻ em cần được tiêm phòng", PERSON),
    ("Luật sư Đặng Văn Tuấn hôm qua bày tỏ thất vọng về bản án.",
     "Luật sư Đặng Văn Tuấn", "hôm qua bày tỏ", "thất vọng về bản án", PERSON),
    ("Bà Phạm Thị Lan, ở Alba, cho biết nước đã rút.", "Bà Phạm Thị Lan, ở Alba,", "cho biết", "nước đã rút", PERSON),
    ("Cô Trần Thị Mai, trường THPT Alba (huyện Đông) nói học sinh rất ngoan.",
     "Cô Trần Thị Mai, trường THPT Alba", "nói", "học sinh rất ngoan", PERSON),
    ("Cụ Nguyễn Thị Tý, 90 tuổi, nhớ lại trận lụt.", "Cụ Nguyễn Thị Tý, 90 tuổi,", "nhớ lại", "trận lụt", PERSON),
    ("Anh Lê Văn Nam, 34 tuổi, chủ quán ở thôn Đông, kể nước dâng nhanh.",
     "Anh Lê Văn Nam, 34 tuổi, chủ quán ở thôn Đông,", "kể", "nước dâng nhanh", PERSON),
    ("Trao đổi với Người Đưa Tin, đại diện Sở Y tế tỉnh Alba cho biết dịch đã hết.",
     "đại diện Sở Y tế tỉnh Alba", "cho biết", "dịch đã hết", UNNAMED),
    ("Ông Trần Văn Hùng đến hiện trường và cho biết cầu đã hỏng.",
     "Ông Trần Văn Hùng", "cho biết", "cầu đã hỏng", PERSON),
    ("Ông Nguyễn Văn Năm nói nước đã rút.", "Ông Nguyễn Văn Năm", "nói", "nước đã rút", PERSON),
    ("Nguyễn Văn Tèo khai đã lấy trộm hai chiếc xe máy.",
     "Nguyễn Văn Tèo", "khai", "đã lấy trộm hai chiếc xe máy", PERSON),
    ("Công an xã Phú Đông, huyện Alba, hôm 1/9 tuyên bố vụ án đã khép lại.",
     "Công an xã Phú Đông, huyện Alba,", "hôm 1/9 tuyên bố", "vụ án đã khép lại", BODY),
    ("Bộ Ngoại giao Pháp ra thông cáo cho biết hai bên đã gặp nhau.",
     "Bộ Ngoại giao Pháp", "ra thông cáo cho biết", "hai bên đã gặp nhau", BODY),
    ("Bà Phạm Thị Lan, cho biết: “Nước đã rút từ hôm qua”.",
     "Bà Phạm Thị Lan,", "cho biết", "“Nước đã rút từ hôm qua”", PERSON),
    ("Cảnh sát cho biết nghi phạm đã bỏ trốn.", "Cảnh sát", "cho biết", "nghi phạm đã bỏ trốn", UNNAMED),
    ("Ngân hàng Thế giới dự báo kinh tế tăng trưởng chậm.",
     "Ngân hàng Thế giới", "dự báo", "kinh tế tăng trưởng chậm", BODY),
    ("Trang web Alba Watch ghi nhận mười chuyến bay bị hủy.",
     "Trang web Alba Watch", "ghi nhận", "mười chuyến bay bị hủy", BODY),
    ("Nga tuyên bố sẽ rút quân khỏi vùng này.", "Nga", "tuyên bố", "sẽ rút quân khỏi vùng này", BODY),
    ("Nhiều hộ dân trên đường Trần Phú cho rằng giá đền bù quá thấp.",
     "Nhiều hộ dân trên đường Trần Phú", "cho rằng", "giá đền bù quá thấp", UNNAMED),
    ("Bộ Ngoại giao khẳng định lập trường không thay đổi.",
     "Bộ Ngoại giao", "khẳng định", "lập trường không thay đổi", BODY),
    ("Bộ Giáo dục và Đào tạo thông báo kỳ thi sẽ lùi một tuần.",
     "Bộ Giáo dục và Đào tạo", "thông báo", "kỳ thi sẽ lùi một tuần", BODY),
    ("Công an tỉnh Phú Thọ cho biết đã khởi tố hai bị can.",
     "Công an tỉnh Phú Thọ", "cho biết", "đã khởi tố hai bị can", BODY),
    ("Tổ chức Y tế Thế giới cảnh báo dịch bệnh lan nhanh.",
     "Tổ chức Y tế Thế giới", "cảnh báo", "dịch bệnh lan nhanh", BODY),
    ("Ngân hàng Nhà nước xác nhận lãi suất giữ nguyên.",
     "Ngân hàng Nhà nước", "xác nhận", "lãi suất giữ nguyên", BODY),
    ("UBND TP HCM yêu cầu các quận báo cáo trước tháng năm.",
     "UBND TP HCM", "yêu cầu", "các quận báo cáo trước tháng năm", BODY),
    ("Một quan chức giấu tên tiết lộ hợp đồng đã được ký.",
     "Một quan chức giấu tên", "tiết lộ", "hợp đồng đã được ký", UNNAMED),
    ("Nhiều người dân phản ánh nước giếng có mùi lạ.",
     "Nhiều người dân", "phản ánh", "nước giếng có mùi lạ", UNNAMED),
    ("Các chuyên gia nhận định giá vàng sẽ giảm.", "Các chuyên gia", "nhận định", "giá vàng sẽ giảm", UNNAMED),
    ("Nguồn tin từ nhà máy tiết lộ lò số hai đã hỏng.",
     "Nguồn tin từ nhà máy", "tiết lộ", "lò số hai đã hỏng", UNNAMED),
    ("Lãnh đạo Sở Y tế tỉnh Alba thừa nhận bệnh viện thiếu thuốc.",
     "Lãnh đạo Sở Y tế tỉnh Alba", "thừa nhận", "bệnh viện thiếu thuốc", UNNAMED),
    ("Giới phân tích lo ngại xung đột sẽ lan rộng.",
     "Giới phân tích", "lo ngại", "xung đột sẽ lan rộng", UNNAMED),
    ("Một nghiên cứu của Đại học Alba chỉ ra nước sông bị ô nhiễm.",
     "Một nghiên cứu của Đại học Alba", "chỉ ra", "nước sông bị ô nhiễm", PAPER),
    ("Bản án nêu rõ hợp đồng vô hiệu.", "Bản án", "nêu rõ", "hợp đồng vô hiệu", PAPER),
    # quotations, in the marks that the press uses
    ("“Cây cầu rất an toàn”, ông Trần Văn Hùng nói.",
     "ông Trần Văn Hùng", "nói", "“Cây cầu rất an toàn”", PERSON),
    ('"Tôi không biết gì cả", bà Hoa chia sẻ với phóng viên.',
     "bà Hoa", "chia sẻ", '"Tôi không biết gì cả"', PERSON),
    ("“Chúng tôi đã chờ ba ngày” – chị Mai Thị Thu, chủ quán cơm, than thở.",
     "chị Mai Thị Thu, chủ quán cơm,", "than thở", "“Chúng tôi đã chờ ba ngày”", PERSON),
    ("Ông Hùng nói: “Cầu sẽ mở cửa vào tháng năm”.",
     "Ông Hùng", "nói", "“Cầu sẽ mở cửa vào tháng năm”", PERSON),
    ("“Nước lên rất nhanh. Chúng tôi phải leo lên mái nhà”, anh Bùi Văn Long kể lại.",
     "anh Bùi Văn Long", "kể lại", "“Nước lên rất nhanh. Chúng tôi phải leo lên mái nhà”", PERSON),
    ("“Không ai báo trước cho chúng tôi một lời nào cả”, anh Bùi Văn Long bức xúc.",
     "anh Bùi Văn Long", "bức xúc", "“Không ai báo trước cho chúng tôi một lời nào cả”", PERSON),
    ("Ông Trần Văn Hùng: “Cây cầu này phải được xây lại ngay trong năm nay”.",
     "Ông Trần Văn Hùng", ":", "“Cây cầu này phải được xây lại ngay trong năm nay”", PERSON),
    ('"Không ai hỏi ý kiến chúng tôi", một tiểu thương bức xúc nói.',
     "một tiểu thương", "bức xúc nói", '"Không ai hỏi ý kiến chúng tôi"', UNNAMED),
    # frames
    ("Theo ông Trần Văn Hùng, cây cầu an toàn.", "ông Trần Văn Hùng", "Theo", "cây cầu an toàn", PERSON),
    ("Theo Reuters, hai nước đã ký thỏa thuận.", "Reuters", "Theo", "hai nước đã ký thỏa thuận", BODY),
    ("Hai nước đã ký thỏa thuận ngừng bắn, theo hãng tin Reuters.",
     "hãng tin Reuters", "theo", "Hai nước đã ký thỏa thuận ngừng bắn", BODY),
    ("Theo báo cáo của Bộ Tài chính, ngân sách thiếu hụt.",
     "báo cáo của Bộ Tài chính", "Theo", "ngân sách thiếu hụt", PAPER),
    ("Theo một khảo sát mới, chín trong mười người muốn có cầu.",
     "một khảo sát mới", "Theo", "chín trong mười người muốn có cầu", PAPER),
    ("Theo người dân địa phương, tiếng nổ vang lên lúc nửa đêm.",
     "người dân địa phương", "Theo", "tiếng nổ vang lên lúc nửa đêm", UNNAMED),
    ("Theo bà Hoa, Trưởng phòng Giáo dục huyện, trường sẽ mở cửa lại.",
     "bà Hoa, Trưởng phòng Giáo dục huyện", "Theo", "trường sẽ mở cửa lại", PERSON),
    ("Theo lời nhân chứng, chiếc xe chạy rất nhanh.",
     "nhân chứng", "Theo lời", "chiếc xe chạy rất nhanh", UNNAMED),
    ("Theo cảnh sát, Hùng đã rời khỏi nhà.", "cảnh sát", "Theo", "Hùng đã rời khỏi nhà", UNNAMED),
    ("Theo phản ánh của người dân, nước giếng có mùi.",
     "người dân", "Theo phản ánh của", "nước giếng có mùi", UNNAMED),
    ("Theo đại diện Alba Air, chuyến bay bị hoãn.", "đại diện Alba Air", "Theo", "chuyến bay bị hoãn", UNNAMED),
    ("Cũng theo ông Hùng, tiền sẽ được trả trong tháng.",
     "ông Hùng", "theo", "tiền sẽ được trả trong tháng", PERSON),
]  # fmt: skip


def test_there_are_enough():
    assert len(STATEMENTS) >= 50


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), STATEMENTS, ids=[s[0][:40] for s in STATEMENTS])
def test_one_statement(text, source, cue, content, kind):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content), a.kind) for a in found] == [
        (source, cue, content, kind)
    ]


MISSES = [
    "Cây cầu được xây năm 2011 và dài nhất tỉnh.",
    "Người đàn ông mang theo một con dao nhỏ.",
    "Xe chạy theo hàng một qua cây cầu.",
    "Đứa bé học theo thói quen của cha mẹ.",
    "Theo kế hoạch, cầu sẽ mở cửa vào tháng năm.",
    "Theo quy định, xe tải không được qua cầu.",
    "Cái gọi là “cầu cũ” đã đóng cửa hôm thứ hai.",
    "Nói chung, con đường này khá hẹp.",
    "Câu chuyện kể trên xảy ra đã lâu.",
    "Dự án nói trên bị dừng từ năm ngoái.",
    "Hai bên nói chuyện suốt buổi chiều.",
    "Quân đội triển khai thêm xe tăng ở biên giới.",
    "Nhân tố quan trọng nhất là thời gian.",
    "Công ty đảm bảo nguồn nước cho cả xã.",
    "Bài viết được đăng vào tháng ba.",
    "Mưa lớn khiến nhiều tuyến đường bị ngập.",
    "Anh Long đi bộ về nhà sau giờ làm.",
    "Lễ khai mạc diễn ra tại sân vận động huyện.",
    "Ngôi nhà đáp ứng mọi nhu cầu của gia đình trẻ.",
    "Không kể ngày đêm, công nhân vẫn làm việc trên công trường.",
    "Bất kể mưa nắng, cây cầu vẫn đứng vững.",
    "Thử nghĩ mà xem, con đường này dài bao nhiêu.",
    "Họ nghe bài phát biểu suốt hai giờ liền.",
    "Khoản thuế mà Tổng thống Martin Roe thông báo đã có hiệu lực.",
    "Như Báo Alba đã đưa tin, con đường bị ngập từ đêm qua.",
    "Theo tìm hiểu của phóng viên, con đường bị ngập từ đêm qua.",
    "Đoàn khách khai mạc giải đua thuyền ở bến sông.",
    "Lời kể ấy không có trong hồ sơ.",
]


def test_there_are_misses_enough():
    assert len(MISSES) >= 25


@pytest.mark.parametrize("text", MISSES)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


@pytest.mark.parametrize(
    ("text", "resolved", "mention", "role"),
    [
        # by the given name, which stands last, after a title
        ("Ông Trần Văn Hùng đến thăm cầu. Ông Hùng nói cầu an toàn.", "Trần Văn Hùng", Mention.PARTIAL, None),
        # by a pronoun that is a title elsewhere
        ("Bà Lê Thị Hoa đến thăm cầu. Bà cho biết cầu an toàn.", "Lê Thị Hoa", Mention.PRONOUN, None),
        # role, body and country before the name; role behind it
        ("Bộ trưởng Quốc phòng Mỹ James Roe cho biết quân đội sẽ rút lui.", "James Roe", Mention.NAME,
         "Bộ trưởng Quốc phòng Mỹ"),
        ("Ông Phạm Văn Sơn - Chủ tịch UBND xã Alba - cho biết cầu an toàn.", "Phạm Văn Sơn", Mention.NAME,
         "Chủ tịch UBND xã Alba"),
        ("Ann Roe, giám thị nhà tù Alba, cách thủ đô 50 km, cho biết cầu an toàn.", "Ann Roe", Mention.NAME,
         "giám thị nhà tù Alba"),
        # a country between a role and a name, and one that is part of the name
        ("Tổng thống Nga Ivan Roe cho biết quân đội sẽ rút lui.", "Ivan Roe", Mention.NAME, "Tổng thống Nga"),
        ("Ca sĩ Mỹ Hà cho biết cô sẽ nghỉ hát.", "Mỹ Hà", Mention.NAME, "Ca sĩ"),
        # a place between a role and a name
        ("Ủy viên hạt Wilson Albert Roe cho biết cầu an toàn.", "Albert Roe", Mention.NAME, "Ủy viên hạt Wilson"),
        ("Chủ tịch xã Trần Văn Hùng cho biết cầu an toàn.", "Trần Văn Hùng", Mention.NAME, "Chủ tịch xã"),
        # whoever speaks for a body, by name
        ("Người phát ngôn Nhà Trắng Sarah Roe cho biết cầu an toàn.", "Sarah Roe", Mention.NAME,
         "Người phát ngôn Nhà Trắng"),
        # words that are seldom names, behind a form of address; and one that goes on behind the name
        ("Ông Đông - Phó chủ tịch xã - cho biết cầu an toàn.", "Đông", Mention.PARTIAL, "Phó chủ tịch xã"),
        ("Ông Bảy Ẩn buồn rầu kể mùa này mất giá.", "Bảy Ẩn", Mention.NAME, None),
        # a word that is both a body and a family name; a word of a body that no lexicon lists
        ("Giám đốc Công an TP Alba Đoàn Duy Hùng cho biết cầu an toàn.", "Đoàn Duy Hùng", Mention.NAME,
         "Giám đốc Công an TP Alba"),
        ("Cơ quan Giảm nhẹ Thiên tai Alba cho biết cầu an toàn.",
         "Cơ quan Giảm nhẹ Thiên tai Alba", Mention.NAME, None),
        # somebody's wife is another person
        ("Vợ anh Tú, chị Lê Thị Mận, kể nước dâng rất nhanh.", "Lê Thị Mận", Mention.NAME, "Vợ Tú"),
        # the noun before a foreign name is no part of it; lower-case words may be
        ("Trang Alba Herald cho biết cầu an toàn.", "Alba Herald", Mention.NAME, None),
        ("Ban Quản lý dự án đường sắt cho biết cầu an toàn.", "Ban Quản lý dự án đường sắt", Mention.NAME, None),
        ("Chính quyền Alba cho biết cầu an toàn.", "Chính quyền Alba", Mention.NAME, None),
        # a body in which only heads have capitals
        ("Ban chỉ huy phòng chống thiên tai tỉnh Lâm Đồng cho biết cầu an toàn.",
         "Ban chỉ huy phòng chống thiên tai tỉnh Lâm Đồng", Mention.NAME, None),
    ],
)  # fmt: skip
def test_who_is_meant(text, resolved, mention, role):
    _, found = found_in(text)
    assert [(a.resolved, a.mention, a.role) for a in found] == [(resolved, mention, role)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # pronouns that are forms of address keep people apart
        ("Ông Trần Văn Hùng gặp anh Lê Minh Đạt ở cầu. Anh cho biết cầu an toàn.", ["Lê Minh Đạt"]),
        ("Anh Lê Minh Đạt đến thăm cầu. Ông cho biết cầu an toàn.", [None]),
        # a name that nobody is addressed by is not enough for a pronoun
        ("Trên thuyền có Lâm và hai đứa trẻ. Ông cho biết cầu an toàn.", [None]),
        # several of a kind are none of those who were named
        ("Công tố viên Trần Văn Hùng đến tòa. Theo các công tố viên, vụ án đã rõ.", ["các công tố viên"]),
        # a street is nobody
        ("Vụ cháy xảy ra trên đường Nguyễn Huy Tưởng. Anh này cho biết cầu an toàn.", [None]),
        # a body by its initials, before its name and behind it
        ("Sở Giao thông vận tải tỉnh Alba họp. Sở GTVT đề nghị đóng cầu.", ["Sở Giao thông vận tải tỉnh Alba"]),
        ("Sở GTVT đề nghị đóng cầu. Sở Giao thông vận tải tỉnh Alba đã họp.", ["Sở Giao thông vận tải tỉnh Alba"]),
        ("TAND tỉnh Alba cho rằng đơn quá hạn. Tòa án nhân dân tỉnh Alba đã họp.", ["TAND tỉnh Alba"]),
        # who passes on what another says is a source too
        ("Reuters dẫn lời Thủ tướng Pháp Jean Bell nói thỏa thuận đã chết.", ["Reuters", "Jean Bell"]),
        ("CNN dẫn nguồn tin từ quân đội về vụ nổ.", ["CNN"]),
        ("Công an Alba nói vụ án sẽ khép lại, Reuters đưa tin.", ["Công an Alba", "Reuters"]),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_who_each_is(text, told):
    _, found = found_in(text)
    assert [a.resolved for a in found] == told


def test_a_quotation_of_several_sentences_is_one_statement():
    _, found = found_in("“Tôi rất sợ. Nước dâng cao lắm. Không ai đến cứu”, bà Hoa kể.")
    assert [(a.resolved, a.quote) for a in found] == [("Hoa", Quote.DIRECT)]


def test_a_line_that_credits_what_stands_above_it():
    document, found = found_in("Hai nước đã ký thỏa thuận.\nTheo Reuters")
    assert [(a.resolved, a.kind, texts_of(document, a.content)) for a in found] == [
        ("Reuters", BODY, "Hai nước đã ký thỏa thuận")
    ]


# Lower-cased, cut into tokens, without its stop words: names are told by title, role, and syllables that are foreign.
BARE = (
    "thị trấn alba bỏ phiếu đóng cửa cầu cũ sửa chữa . giao tranh bùng phát khu vực biên giới , quân đội hai bên sử "
    "dụng pháo . marten kowalzik , trợ lý tổng thống , ngày 6/10 đăng đoạn tweet quân đội tấn công khu dân cư . `` sử "
    "dụng vũ khí tình huống luật quốc tế cấm , tấn công khu dân cư đặc biệt nguy hiểm gây thương vong dân thường '' , "
    "trưởng bộ phận nghiên cứu tổ chức ân xá quốc tế zofia grabowska . tổ chức ân xá quốc tế chuyên gia thể truy vết "
    "vũ khí . trần tiến ( guardian )"
)


def test_text_without_capitals_and_stop_words():
    document = read(Article(BARE))
    assert document.language == "vi"
    assert "lowercased" in {note.code for note in document.notes}
    assert [(a.resolved, a.kind, a.role) for a in attributions.find(document)] == [
        ("marten kowalzik", PERSON, "trợ lý tổng thống"),
        ("zofia grabowska", PERSON, "trưởng bộ phận nghiên cứu tổ chức ân xá quốc tế"),
        ("tổ chức ân xá quốc tế", BODY, None),
    ]
    credit = {m.feature.id: m for m in measure(document)[1]}["transparency.agency_credit"]
    assert (credit.value, [document.text_of(span) for span in credit.spans]) == (1.0, ["guardian"])


def test_countries_and_bodies_speak_in_such_text_and_end_where_their_names_end():
    told = "armenia cáo buộc azerbaijan phá thỏa thuận . azerbaijan phủ cáo buộc armenia tấn công ."
    found = attributions.find(read(Article(f"{BARE} {told}")))[-2:]
    assert [(a.resolved.lower(), a.kind) for a in found] == [("armenia", BODY), ("azerbaijan", BODY)]


@pytest.mark.parametrize("word", ["nguyễn", "nghiêng", "khuỷu", "quốc", "gì", "yêu", "thuở", "đường", "tuyết"])
def test_its_own_syllables(word):
    assert not Grammar.of("vi").is_foreign(word)


@pytest.mark.parametrize("word", ["krivosheev", "reuters", "ford", "alba", "baku", "jean", "twist"])
def test_foreign_syllables(word):
    assert Grammar.of("vi").is_foreign(word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tổng thống nói.", ["Tổng_thống", "nói", "."]),
        ("Ủy ban nhân dân xã", ["Ủy_ban_nhân_dân", "xã"]),
        ("tổng_thống nói", ["tổng_thống", "nói"]),  # cut before it came here
        ("tổng\nthống", ["tổng", "thống"]),
        ("toà án và tòa án", ["toà_án", "và", "tòa_án"]),  # both ways to place a tone
    ],
)
def test_words_of_several_syllables_are_one_token(text, words):
    document = read(Article(f"{PLAIN}\n\n{text}"))
    assert document.words[-len(words) :] == words


def test_the_texts_of_tokens_are_those_of_the_article():
    document = read(Article(f"Tổng thống nói cầu an toàn. {PLAIN}"))
    written = [document.text_of(document.span(i, i + 1)) for i in range(len(document.words))]
    assert [text.replace(" ", "_") for text in written] == document.words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("PGS.TS. Trần Văn Hùng đến. Ai mời ông? Không ai.", 3),
        ("“Tôi đến. Tôi về”. Ông nói vậy.", 3),
        ("“Tôi đến.” – ông nói.", 1),
        ("cầu đóng cửa . xe đi đường khác .", 2),
    ],
)
def test_sentences(text, sentences):
    document = read(Article(f"{PLAIN}\n\n{text}"))
    assert len(document.sentences) == sentences + 1


# (text, feature, the passage, or None where nothing of the kind is there)
MEASURED = [
    ("Có lẽ cây cầu sẽ đóng cửa.", "hedging.epistemic", "Có lẽ"),
    ("Cây cầu sẽ đóng cửa.", "hedging.epistemic", None),
    ("Bà được cho là đã rời đi.", "hedging.doubt_and_rumour", "được cho là"),
    ("Nhiều người cho rằng cầu không an toàn.", "hedging.weasel", "Nhiều người cho rằng"),
    ("Điều này chắc chắn sẽ xảy ra.", "hedging.boosters", "chắc chắn"),
    ("Vụ việc kinh hoàng xảy ra đêm qua.", "tone.loaded", "kinh hoàng"),
    ("“Thật kinh hoàng”, bà Hoa nói.", "tone.loaded", None),
    ("Theo dõi chúng tôi trên mạng.", "boilerplate.follow_us", "Theo dõi chúng tôi"),
    ("Vui lòng ghi rõ nguồn khi đăng lại.", "boilerplate.copyright", "Vui lòng ghi rõ nguồn"),
    ("Đăng ký nhận bản tin hằng ngày.", "boilerplate.newsletter", "Đăng ký nhận bản tin"),
    ("Xem thêm: cầu mới.", "boilerplate.read_more", "Xem thêm"),
    ("Nguyễn Tiến (theo Guardian)", "transparency.agency_credit", "Guardian"),
    ("Ông nói với phóng viên Guardian rằng cầu an toàn.", "transparency.agency_credit", None),
    ("Tòa soạn xin đính chính tên cây cầu.", "transparency.correction", "đính chính"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "feature", "passage"), MEASURED, ids=[f"{f}: {t[:30]}" for t, f, _ in MEASURED])
def test_words_of_the_lexical_families(text, feature, passage):
    document = read(Article(f"{PLAIN}\n\n{text}"))
    found = {m.feature.id: m for m in measure(document)[1]}[feature]
    assert [document.text_of(span) for span in found.spans] == ([passage] if passage else [])


def test_the_score_is_by_the_card_of_its_language():
    report = score_article(Article("\n\n".join(text for text, *_ in STATEMENTS)))
    assert (report.language, report.model.name) == ("vi", "vi")
    assert not report.score.abstained
    weighed = {f.feature.id: f for family in report.families for f in family.features if f.points}
    assert weighed["named_sourcing.distinct"].value >= 20
    assert report.score.value == pytest.approx(report.score.baseline + sum(f.points for f in weighed.values()))
    assert "missing_families" not in {note.code for note in report.notes}


def test_well_sourced_above_told_by_nobody():
    told = "Sự thật kinh hoàng! Bạn sẽ không tin đâu. Tôi đã khóc rất nhiều. Tại sao lại như vậy? " * 4
    sourced = " ".join(text for text, *_ in STATEMENTS[:12])
    scores = [score_article(Article(f"{text}\n\n{PLAIN}")).score for text in (told, sourced)]
    assert scores[0].high < scores[1].value


def test_a_model_that_a_user_trained_is_used_for_every_language():
    model = load_model("vi")
    assert model.of("vi") is model
    assert load_model().of("vi").sha256 == model.sha256
    assert load_model().of("en").name == "default"
