//! The preview of an Excel list of 5,000 projects, as `lantu import --preview --json` gives it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::Value;

use crate::Bench;
use crate::table::{Row, median};

const PROJECTS: u32 = 5_000;
const RUNS: usize = 5;

pub fn measure(bench: &Bench) -> Result<Vec<Row>, String> {
    let sheet = bench.dir.join(format!("list-{PROJECTS}.xlsx"));
    if !sheet.is_file() {
        write(&sheet).map_err(|why| format!("{}: {why}", sheet.display()))?;
    }
    let database = bench.dir.join("import.db");
    let mut times = Vec::new();
    for _ in 0..RUNS {
        times.push(preview(bench, &sheet, &database)?);
    }
    let row = Row {
        what: format!("import preview, {PROJECTS} projects"),
        value: median(&times),
        unit: "ms",
        peer: peer(&sheet),
        limit: Some(2_000.0),
        from: format!("median of {RUNS}, whole process"),
    };
    Ok(vec![row])
}

/// One preview on an empty database, in milliseconds; it must have seen every row.
fn preview(bench: &Bench, sheet: &Path, database: &Path) -> Result<f64, String> {
    let mut command = Command::new(&bench.program);
    command.arg("import").arg(sheet).args(["--preview", "--json", "--database", &format!("sqlite:{}", database.display())]);
    let began = Instant::now();
    let out = command.stdin(Stdio::null()).stderr(Stdio::piped()).output().map_err(|why| why.to_string())?;
    let took = began.elapsed().as_secs_f64() * 1e3;
    let said: Value = serde_json::from_slice(&out.stdout)
        .map_err(|_| format!("lantu import ended with {}: {}", out.status, String::from_utf8_lossy(&out.stderr).trim()))?;
    match said["rows"].as_u64() {
        Some(rows) if rows == u64::from(PROJECTS) => Ok(took),
        rows => Err(format!("the preview saw {rows:?} rows of {PROJECTS}")),
    }
}

/// What a script would use: openpyxl reading every cell of the same file, if it is there.
fn peer(sheet: &Path) -> Option<(String, f64)> {
    let script = "import sys,time,openpyxl\nt=time.perf_counter()\nb=openpyxl.load_workbook(sys.argv[1],read_only=True,data_only=True)\n\
                  n=sum(1 for r in b.active.iter_rows(values_only=True) for c in r)\nprint((time.perf_counter()-t)*1000)";
    let once = || {
        let out = Command::new("python3").args(["-c", script]).arg(sheet).stderr(Stdio::null()).output().ok()?;
        String::from_utf8(out.stdout).ok()?.trim().parse::<f64>().ok()
    };
    let times: Vec<f64> = (0..3).map_while(|_| once()).collect();
    (!times.is_empty()).then(|| ("openpyxl, reading only".to_string(), median(&times)))
}

const HEADINGS: [&str; 12] = [
    "序号",
    "项目名称",
    "项目代码",
    "建设单位",
    "建设地点",
    "建设性质",
    "总投资(万元)",
    "年度计划投资(万元)",
    "计划开工时间",
    "计划竣工时间",
    "形象进度",
    "备注",
];

/// A list as an office keeps it: a title, headings, then rows; every name and code its own.
fn write(path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 11, "示例市2026年重大项目清单", &rust_xlsxwriter::Format::new())?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(1, column, heading)?;
    }
    for number in 0..PROJECTS {
        row(sheet, number)?;
    }
    book.save(path)
}

fn row(sheet: &mut rust_xlsxwriter::Worksheet, number: u32) -> Result<(), XlsxError> {
    const KINDS: [&str; 4] = ["新建", "扩建", "改建", "技术改造"];
    const DATES: [&str; 5] = ["2026-3", "2026年6月", "2026.09.15", "9月底", "2026年上半年"];
    let at = number + 2;
    let pick = |words: &[&'static str]| words[number as usize % words.len()];
    sheet.write(at, 0, number + 1)?;
    sheet.write(at, 1, format!("示例{number}号年产{}万件精密部件项目", number % 97 + 3))?;
    sheet.write(at, 2, format!("{}-330000-04-01-{:06}", 2401 + number % 12, number))?;
    sheet.write(at, 3, format!("示例第{}制造有限公司", number % 1800))?;
    sheet.write(at, 5, pick(&KINDS))?;
    sheet.write(at, 6, 3_000 + u64::from(number) * 7_919 % 480_000)?;
    sheet.write(at, 7, 500 + u64::from(number) * 1_013 % 60_000)?;
    sheet.write(at, 8, pick(&DATES))?;
    sheet.write(at, 9, format!("2028-{}", number % 12 + 1))?;
    sheet.write(at, 10, "主体施工")?;
    Ok(())
}
