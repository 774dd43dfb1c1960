//! Times a preview of 5,000 rows × 20 columns against as many known projects, step by step.
use jiff::civil::date;
use lantu_app::{
    Ask, Desk, Moment, OpenOptions, Signed, Store,
    import_list::{FileOptions, commit_file, preview_file},
    set_up,
};
use lantu_model::words::Lang;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};
use uuid::Uuid;

fn list(rows: usize, wan: usize) -> Vec<u8> {
    let mut csv = String::from(
        "示例市2026年重点建设项目计划表\n序号,项目名称,项目代码,建设单位,统一社会信用代码,属地,详细地址,行业,建设性质,总投资(万元),2026年计划投资(万元),1-4月完成(万元),用地面积(亩),计划开工,计划竣工,责任单位,挂钩领导,环评,建设规模及内容,形象进度\n",
    );
    let towns = ["东湖街道", "西渡街道", "青石镇", "新圩镇", "北港镇"];
    for i in 1..=rows {
        csv.push_str(&format!(
            "{i},示例{i}号年产{}万件精密部件项目,2601-339981-04-01-{i:06},示例第{}制造有限公司,,{},示例路{i}号,C34,新建,{},{},{},{},2026.{},2028.6,经信局,示例{}领导,√,新建厂房{i}平方米及配套设施,主体施工\n",
            i % 97, i % 1_800, towns[i % 5], 1_000 + wan + i % 9_000, 300 + i % 500, i % 200, i % 90, i % 12 + 1, i % 30,
        ));
    }
    workbook(&csv)
}

/// The same table as a workbook, numbers as numbers.
fn workbook(csv: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, line) in csv.lines().enumerate() {
        for (c, text) in line.split(',').enumerate().filter(|(_, t)| !t.is_empty()) {
            let written = match text.parse::<i32>() {
                Ok(n) => sheet.write_number(r as u32, c as u16, n),
                Err(_) => sheet.write_string(r as u32, c as u16, text),
            };
            written.expect("a cell within the sheet");
        }
    }
    book.save_to_buffer().expect("a workbook in memory")
}

#[tokio::main]
async fn main() {
    let rows: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let desk = Desk::new(Store::open("sqlite::memory:", OpenOptions::default()).await.expect("a store in memory"));
    let made = AtomicU64::new(1);
    let ids = move || Uuid::from_u128(u128::from(made.fetch_add(1, Ordering::Relaxed)) + (1 << 64));
    let day = date(2026, 5, 18);
    let moment = Moment { day, at: day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a plain day").timestamp() };
    let draft = set_up::OfficeDraft { name: String::new(), pack: "cn-county".into(), place: "demo".into(), demo: false };
    let office = set_up::open_office(&desk, draft, moment, &ids).await.expect("an office");
    let signed = Signed::system(office, "measure");
    let ask = Ask { signed: &signed, moment, lang: Lang::Zh, ids: &ids };
    let options = FileOptions::default();
    let timed = async |what: &str, bytes: Vec<u8>, commit: bool| {
        let began = Instant::now();
        let report = if commit {
            commit_file(&desk, ask, "清单.xlsx", bytes, &options).await.map(|(r, _)| r)
        } else {
            preview_file(&desk, ask, "清单.xlsx", bytes, &options).await
        };
        let report = report.expect("a list");
        println!(
            "{what}: {:?} ({} new, {} changed, {} unchanged, {} blocked, {} findings)",
            began.elapsed(),
            report.adds,
            report.changes,
            report.unchanged,
            report.blocked,
            report.problems.len()
        );
    };
    timed("preview, empty register", list(rows, 0), false).await;
    timed("commit", list(rows, 0), true).await;
    timed("preview, same again", list(rows, 0), false).await;
    timed("preview, each changed", list(rows, 7), false).await;
}
