//! Whatever the bytes, reading ends with drafts or a refusal, never with a panic.
use jiff::civil::Date;
use lantu_exchange::{Defaults, Limits, Vocabulary, Workbook, choose_sheet, propose, read_rows, read_workbook, write};
use proptest::prelude::*;
use std::sync::LazyLock;

const TODAY: Date = Date::constant(2026, 5, 18);

fn through(name: &str, bytes: &[u8]) {
    let limits = Limits { unpacked: 4 << 20, ..Limits::default() };
    if let Ok(workbook) = read_workbook(name, bytes, limits) {
        draft(&workbook);
    }
}

fn draft(workbook: &Workbook) {
    let words = Vocabulary::new(&[], &[], &[]);
    if let Some((_, sheet, header)) = choose_sheet(workbook, &words) {
        let mapping = propose(&sheet, &header, &[&workbook.name], &words, &[], 2026);
        let drafts = read_rows(&sheet, &header, &mapping, &Defaults::new(2026, TODAY));
        assert_eq!(drafts.len(), sheet.rows.len());
        for problem in drafts.iter().flat_map(|d| &d.problems) {
            assert!(sheet.locate(&problem.cell).is_some(), "{}", problem.cell);
        }
    }
}

static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [&[&str]; 4] = [
        &["序号", "项目名称", "项目代码", "属地", "总投资(亿元)", "计划开工", "环评"],
        &["一、新开工(1个)"],
        &["1", "甲", "2601-339981-04-01-418273", "青石镇", "3.2亿", "2026年3月底", "√"],
        &["", "合计", "", "", "3.2", "", ""],
    ];
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            sheet.write_string(r as u32, c as u16, *text).unwrap();
        }
    }
    sheet.merge_range(5, 0, 6, 2, "合并", &rust_xlsxwriter::Format::new()).unwrap();
    book.save_to_buffer().unwrap()
});

/// The sample with its parts damaged before packing, so that every checksum is right and the reader meets the damage.
fn damaged_within(hits: &[(usize, u8)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(SAMPLE.as_slice())).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(vec![]));
    for i in 0..from.len() {
        let mut entry = from.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        let own: Vec<(usize, u8)> = hits.iter().filter(|(at, _)| at % 7 != i % 7).copied().collect();
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&damaged(&bytes, &own, None)).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn damaged(sample: &[u8], hits: &[(usize, u8)], cut: Option<usize>) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for (at, byte) in hits {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut % sample.len());
    }
    bytes
}

/// Words that stand in office lists, put together at random.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "项目名称",
            "总投资(亿元)",
            "计划开工",
            "序号",
            "属地",
            "一、新开工(3个)",
            "合计",
            "小计",
            "2026.3",
            "3月底",
            "2025-2027",
            "3.2亿",
            "约3亿",
            "1-8月",
            "-5",
            "(5)",
            "—",
            "√",
            "2601-339981-04-01-418273",
            "张三13800000000",
            "注：",
            "",
            "",
            "",
            "1",
            "2",
            "甲",
            "乙",
            "起止年限",
            "环评",
            "年底",
            "上半年",
            "二〇二六年",
            "1,2,3",
            "1e5",
            "e",
            "9999999999999999",
            "Q",
            "Q9 2026",
            "mar",
            "h2026",
            "年",
            "月",
            "2026年",
            "26年(万)",
            "1-4月",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
        "[0-9.,年月日/()%e亿万元-]{0,10}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_workbooks(hits in prop::collection::vec((any::<usize>(), any::<u8>()), 1..12), cut in prop::option::weighted(0.1, any::<usize>())) {
        through("a.xlsx", &damaged(&SAMPLE, &hits, cut));
        through("a.xlsx", &damaged_within(&hits[..1]));
    }

    #[test]
    fn any_bytes_under_any_name(bytes in prop::collection::vec(any::<u8>(), 0..600), name in prop::sample::select(vec!["a.csv", "a.xlsx", "a.xls", "a"])) {
        through(name, &bytes);
        let ole = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &bytes].concat();
        through(name, &ole);
    }

    #[test]
    fn any_table_of_office_words(rows in prop::collection::vec(prop::collection::vec(cell(), 0..9), 1..14)) {
        let csv: String = rows.iter().map(|r| r.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n").collect();
        through("a.csv", csv.as_bytes());
        if let Ok(workbook) = read_workbook("a.csv", csv.as_bytes(), Limits::default()) {
            let copy = write::problem_workbook(&workbook, &[], &write::NoteWords::EN, TODAY).unwrap();
            let back = read_workbook("b.xlsx", &copy, Limits::default()).unwrap();
            prop_assert_eq!(back.sheets.len(), 2);
        }
    }
}
