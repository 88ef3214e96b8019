"""briefgen's own fixed words in the languages of `locales`; the English form is the label's name.

A new language is a new column here and a new table in `locales`; the tests list every gap.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(vi: str, ko: str) -> Mapping[str, str]:
    return {"vi": vi, "ko": ko}


LABELS: Mapping[str, Mapping[str, str]] = {
    # header, footer and the line under the top rule
    "Page {page} of {pages}": _words("Trang {page}/{pages}", "{page}/{pages}쪽"),
    "As of {date}": _words("Tính đến {date}", "{date} 기준"),
    "sources reach {date}": _words("nguồn cập nhật đến {date}", "출처는 {date}까지"),
    "For {audience}": _words("Dành cho {audience}", "{audience}용"),
    "Contact: {contact}": _words("Liên hệ: {contact}", "문의: {contact}"),
    "DRAFT": _words("BẢN THẢO", "초안"),
    # a memo's address, a dossier's cover
    "To": _words("Kính gửi", "수신"),
    "From": _words("Từ", "발신"),
    "Date": _words("Ngày", "일자"),
    "Ref": _words("Số", "문서번호"),
    "Subject": _words("V/v", "제목"),
    "Contact": _words("Liên hệ", "문의"),
    "Marking": _words("Mức chia sẻ", "공유 등급"),
    "Edition": _words("Ấn bản", "판"),
    "Valid until": _words("Có giá trị đến", "유효 기한"),
    "As of": _words("Tính đến", "기준일"),
    "Audience": _words("Đối tượng", "대상"),
    # what the sources leave out
    "not stated": _words("không nêu", "미상"),
    "period not stated": _words("không nêu thời kỳ", "기간 미상"),
    "undated": _words("không ghi ngày", "날짜 미상"),
    "untitled": _words("không có tiêu đề", "제목 없음"),
    "publisher not stated": _words("không nêu nơi xuất bản", "발행처 미상"),
    "publisher and date not stated": _words("không nêu nơi xuất bản và ngày", "발행처·날짜 미상"),
    # notes
    "Notes": _words("Chú thích", "주석"),
    "note {number}": _words("chú thích {number}", "주 {number}"),
    "notes {numbers}": _words("chú thích {numbers}", "주 {numbers}"),
    "Source: {notes}": _words("Nguồn: {notes}", "출처: {notes}"),
    "Sources: {notes}": _words("Nguồn: {notes}", "출처: {notes}"),
    "Our calculation": _words("Tính toán của chúng tôi", "자체 계산"),
    "our calculation": _words("tính toán của chúng tôi", "자체 계산"),
    "Our calculation: {working}": _words("Tính toán của chúng tôi: {working}", "자체 계산: {working}"),
    "Our calculation: {working}, from {notes}": _words(
        "Tính toán của chúng tôi: {working}, theo {notes}", "자체 계산: {working} ({notes} 기준)"
    ),
    "stated as {value}": _words("nguồn ghi {value}", "원문 {value}"),
    "Our translation; original: {words}": _words(
        "Bản dịch của chúng tôi; nguyên văn: {words}", "자체 번역, 원문: {words}"
    ),
    "according to {publisher}": _words("theo {publisher}", "{publisher}에 따르면"),
    # figures and tables
    "Table": _words("Bảng", "표"),
    "Figure": _words("Hình", "그림"),
    "observed": _words("thực tế", "실적"),
    "target": _words("mục tiêu", "목표"),
    "targets": _words("mục tiêu", "목표"),
    "estimate": _words("ước tính", "추정"),
    "estimates": _words("ước tính", "추정"),
    "Period": _words("Thời kỳ", "기간"),
    "Unit": _words("Đơn vị", "단위"),
    # fixed headings
    "Next step": _words("Bước tiếp theo", "다음 단계"),
    "Contents": _words("Mục lục", "차례"),
    "Sources": _words("Nguồn", "출처"),
    # registers
    "No.": _words("STT", "번호"),
    "Title": _words("Tiêu đề", "제목"),
    "Publisher": _words("Nơi xuất bản", "발행처"),
    "Accessed": _words("Truy cập", "열람일"),
    "SHA-256, first 16": _words("SHA-256, 16 ký tự đầu", "SHA-256 앞 16자"),
    "Words as printed": _words("Nguyên văn", "인용문"),
    "Original": _words("Bản gốc", "원문"),
    "Speaker and occasion": _words("Người nói và dịp", "발언자와 계기"),
    "Source": _words("Nguồn", "출처"),
    "{column}: not stated": _words("{column}: không nêu", "{column}: 미상"),
}
