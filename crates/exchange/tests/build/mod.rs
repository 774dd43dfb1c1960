//! Builds the file that a case describes. `cases/import/README.md` says how cases are written.
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};
use toml::Value;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[expect(dead_code, reason = "says to people what the case is for")]
    pub about: String,
    pub file: String,
    #[serde(deserialize_with = "day")]
    pub today: Date,
    #[serde(default)]
    pub recipe: Option<String>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub encoding: Option<String>,
    #[serde(default, rename = "sheet")]
    pub sheets: Vec<SheetText>,
    pub expect: Expect,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetText {
    pub name: String,
    #[serde(default)]
    pub hidden: bool,
    #[serde(default)]
    pub merges: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub refused: Option<String>,
    #[serde(default)]
    pub no_table: bool,
    pub sheet: Option<String>,
    #[serde(default)]
    pub rows: usize,
    #[serde(default)]
    pub blocked: usize,
    pub kinds: Option<String>,
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    #[serde(default)]
    pub problems: Vec<String>,
    #[serde(default)]
    pub projects: Vec<ExpectProject>,
    /// What the register makes of it: judged by the application's own runner.
    pub app: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectProject {
    pub row: usize,
    pub group: Option<String>,
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
}

fn day<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
    let value = toml::value::Datetime::deserialize(d)?;
    value.to_string().parse().map_err(serde::de::Error::custom)
}

impl Case {
    pub fn bytes(&self) -> Vec<u8> {
        let plain = || match &self.text {
            Some(text) => encode(text, self.encoding.as_deref()),
            None => workbook(&self.sheets),
        };
        match self.recipe.as_deref() {
            None => plain(),
            Some("empty") => vec![],
            Some("huge") => vec![b'a'; 200 << 20],
            Some("image") => [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 200]].concat(),
            Some("pdf") => b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            Some("html") => "<!DOCTYPE html><html><table><tr><td>项目名称</td></tr></table></html>".into(),
            Some("truncated") => {
                let whole = plain();
                whole[..whole.len() / 2].to_vec()
            }
            Some("encrypted") => ole(&["/EncryptionInfo", "/EncryptedPackage"]),
            Some("word_document") => ole(&["/WordDocument"]),
            Some("macro") => rezip(&plain(), |zip| add(zip, "xl/vbaProject.bin", b"macro")),
            Some("docx") => zipped(&[("[Content_Types].xml", b"<Types/>".to_vec()), ("word/document.xml", b"<w/>".to_vec())]),
            Some("zip_bomb") => rezip_part(&plain(), "xl/worksheets/sheet1.xml", |_| vec![b' '; 64 << 20]),
            Some("lying_header") => lying(rezip_part(&plain(), "xl/worksheets/sheet1.xml", |_| vec![b' '; 64 << 20])),
            Some("entities") => rezip_part(&plain(), "xl/workbook.xml", |xml| {
                let xml = String::from_utf8(xml).unwrap();
                xml.replacen("<workbook", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><workbook", 1).into()
            }),
            Some("uncalculated") => rezip_part(&plain(), "xl/worksheets/sheet1.xml", |xml| {
                let xml = String::from_utf8(xml).unwrap();
                xml.replace("<v>NOT CALCULATED</v>", "").replace(" t=\"str\"", "").into()
            }),
            Some("epoch_1904") => rezip_part(&plain(), "xl/workbook.xml", |xml| {
                String::from_utf8(xml).unwrap().replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1).into()
            }),
            Some("rows_50000") => long_csv(50_000),
            Some("rows_100001") => long_csv(100_001),
            Some(other) => panic!("no recipe {other}"),
        }
    }
}

fn encode(text: &str, encoding: Option<&str>) -> Vec<u8> {
    match encoding {
        None => text.as_bytes().to_vec(),
        Some("utf8_bom") => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Some("gbk") => encoding_rs::GBK.encode(text).0.into_owned(),
        Some("crlf") => text.replace('\n', "\r\n").into_bytes(),
        Some(other) => panic!("no encoding {other}"),
    }
}

fn long_csv(rows: usize) -> Vec<u8> {
    let mut csv = String::from("序号,项目名称,属地,总投资(万元),计划开工\n");
    for i in 1..rows {
        csv.push_str(&format!("{i},示例项目{i},东湖街道,{},2026.{}\n", 1_000 + i % 9_000, i % 12 + 1));
    }
    csv.into_bytes()
}

fn workbook(sheets: &[SheetText]) -> Vec<u8> {
    let mut book = Workbook::new();
    for text in sheets {
        let sheet = book.add_worksheet().set_name(&text.name).unwrap();
        sheet.set_hidden(text.hidden);
        for merge in &text.merges {
            let ((top, left), (bottom, right)) = range(merge);
            sheet.merge_range(top, left, bottom, right, "", &Format::new()).unwrap();
        }
        for (r, row) in text.rows.iter().enumerate() {
            for (c, value) in row.iter().enumerate() {
                write(sheet, r as u32, c as u16, value);
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn range(text: &str) -> ((u32, u16), (u32, u16)) {
    let corner = |name: &str| {
        let split = name.find(|c: char| c.is_ascii_digit()).unwrap();
        let column = name[..split].bytes().fold(0u16, |n, b| n * 26 + u16::from(b - b'A') + 1) - 1;
        (name[split..].parse::<u32>().unwrap() - 1, column)
    };
    let (a, b) = text.split_once(':').unwrap();
    (corner(a), corner(b))
}

fn write(sheet: &mut Worksheet, r: u32, c: u16, value: &Value) {
    match value {
        Value::String(s) if s.is_empty() => {}
        Value::String(s) => drop(sheet.write_string(r, c, s).unwrap()),
        Value::Integer(n) => drop(sheet.write_number(r, c, *n as f64).unwrap()),
        Value::Float(n) => drop(sheet.write_number(r, c, *n).unwrap()),
        Value::Boolean(b) => drop(sheet.write_boolean(r, c, *b).unwrap()),
        Value::Table(t) => {
            let text = |key: &str| t.get(key).and_then(Value::as_str);
            if let Some(formula) = text("formula") {
                let result = t.get("value").map_or(String::new(), |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
                sheet.write_formula(r, c, Formula::new(formula).set_result(result)).unwrap();
            } else if let Some(date) = text("date") {
                let date: Date = date.parse().unwrap();
                let day = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8).unwrap();
                let format = Format::new().set_num_format(text("format").unwrap_or("yyyy-mm-dd"));
                sheet.write_datetime_with_format(r, c, day, &format).unwrap();
            } else if let Some(format) = text("format") {
                let n = t["number"].as_float().or_else(|| t["number"].as_integer().map(|n| n as f64)).unwrap();
                sheet.write_number_with_format(r, c, n, &Format::new().set_num_format(format)).unwrap();
            } else {
                panic!("no cell: {t:?}");
            }
        }
        other => panic!("no cell: {other:?}"),
    }
}

fn ole(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    for stream in streams {
        file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        add(&mut zip, name, bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn rezip(bytes: &[u8], more: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = copied(bytes, "", |b| b);
    more(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn rezip_part(bytes: &[u8], part: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    copied(bytes, part, change).finish().unwrap().into_inner()
}

fn copied(bytes: &[u8], part: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> ZipWriter<Cursor<Vec<u8>>> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(vec![]));
    for i in 0..from.len() {
        let mut entry = from.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = vec![];
        entry.read_to_end(&mut content).unwrap();
        add(&mut to, &name, &if name == part { change(content) } else { content });
    }
    to
}

/// The same archive whose headers say that the big part is small.
fn lying(mut bytes: Vec<u8>) -> Vec<u8> {
    let real = (64u32 << 20).to_le_bytes();
    let small = 4_096u32.to_le_bytes();
    for i in 0..bytes.len() - 4 {
        if bytes[i..i + 4] == real {
            bytes[i..i + 4].copy_from_slice(&small);
        }
    }
    bytes
}
