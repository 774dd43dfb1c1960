//! What is wrong with a pack: by file, line and key, with a remedy in both languages.
use crate::vocabulary::Words;
use lantu_model::{
    Problem,
    words::{Lang, say},
};
use serde::Serialize;
use std::fmt::{self, Write as _};

/// One finding. The words of its `code` stand in the model's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackProblem {
    pub file: String,
    /// 1-based; 0 when it is about a file as a whole.
    pub line: usize,
    /// The key that it is about, empty for a whole file.
    pub key: String,
    pub code: String,
    pub zh: String,
    pub en: String,
    pub remedy: Words,
}

impl PackProblem {
    pub(crate) fn new(file: &str, line: usize, key: &str, code: &str, values: &[(&str, String)]) -> Self {
        let problem = values.iter().fold(Problem::block(code).at(key), |p, (name, value)| p.with(name, value));
        let key_itself = |_: &str| key.to_owned();
        let (zh, en) = (say(&problem, Lang::Zh, &key_itself), say(&problem, Lang::En, &key_itself));
        Self {
            file: file.to_owned(),
            line,
            key: key.to_owned(),
            code: code.to_owned(),
            zh: zh.title,
            en: en.title,
            remedy: Words { zh: zh.remedy, en: en.remedy },
        }
    }
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.en, self.code)
    }
}

/// The findings for a terminal: one block each, `file:line: key: what` and the remedy below.
pub fn pretty(problems: &[PackProblem], lang: Lang) -> String {
    let mut out = String::new();
    for p in problems {
        let (title, remedy) = match lang {
            Lang::Zh => (&p.zh, &p.remedy.zh),
            Lang::En => (&p.en, &p.remedy.en),
        };
        let key = if p.key.is_empty() { String::new() } else { format!("{}: ", p.key) };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}:{}: {key}{title} [{}]\n    {remedy}", p.file, p.line, p.code);
    }
    let _ = match (lang, problems.len()) {
        (Lang::Zh, 0) => writeln!(out, "没有问题"),
        (Lang::Zh, n) => writeln!(out, "{n} 个问题"),
        (Lang::En, 0) => writeln!(out, "No problems"),
        (Lang::En, 1) => writeln!(out, "1 problem"),
        (Lang::En, n) => writeln!(out, "{n} problems"),
    };
    out
}
