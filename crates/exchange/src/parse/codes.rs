//! Codes and the secrecy column.
use super::{Read, info, says_nothing};
use crate::{
    sheet::{Cell, CellValue},
    vocabulary::fold,
};
use lantu_model::{Problem, ProjectCode, Uscc, UsccCheck};

/// A number cell holds fifteen digits: a longer code has lost its end.
fn lost_digits(cell: &Cell) -> bool {
    cell.value == CellValue::Number && cell.trimmed().chars().filter(char::is_ascii_digit).count() > 15
}

pub(super) fn read_codes(cell: &Cell, national: bool) -> Read<Vec<String>> {
    let text = cell.trimmed();
    if says_nothing(&fold(text)) {
        return Read::nothing();
    }
    if lost_digits(cell) {
        return Read::refused(Problem::warn("code_digits_lost").with("found", text));
    }
    let mut read: Read<Vec<String>> = Read::some(vec![]);
    let parts: Vec<&str> =
        text.split(['、', '，', ',', ';', '；', '\n', '\r', ' ', '　']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let mut codes: Vec<String> = vec![];
    // A foreign register's number may hold blanks and commas of its own.
    let parts = if national { parts } else { vec![text] };
    for part in parts {
        let code = match part.parse::<ProjectCode>() {
            Ok(code) => {
                if code.is_old_form() {
                    read.notes.push(Problem::warn("code_old_form").with("found", part));
                }
                code.to_string()
            }
            Err(_) => {
                if national {
                    read.notes.push(Problem::warn("code_malformed").with("found", part));
                }
                part.chars().filter(|c| !c.is_control()).take(60).collect()
            }
        };
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.len() > 1 {
        read.notes.push(info("code_several").with("count", codes.len()));
    }
    read.value = (!codes.is_empty()).then_some(codes);
    read
}

pub(super) fn read_uscc(cell: &Cell) -> Read<String> {
    let text = cell.trimmed();
    let folded = fold(text);
    if says_nothing(&folded) {
        return Read::nothing();
    }
    if lost_digits(cell) {
        return Read::refused(Problem::warn("code_digits_lost").with("found", text));
    }
    match folded.to_ascii_uppercase().parse::<Uscc>() {
        Ok(code) => match code.check() {
            UsccCheck::Right => Read::some(code.to_string()),
            UsccCheck::Wrong { expected } => {
                let problem = Problem::warn("uscc_check").with("found", text).with("expected", expected);
                let last = code.as_str().chars().last().unwrap_or(' ');
                Read::some(code.to_string()).noting(problem.with("last", last))
            }
        },
        Err(_) => Read::refused(Problem::warn("uscc_malformed").with("found", text).with("length", folded.chars().count())),
    }
}

/// `true` never comes back: a classified project is refused at its cell.
pub(super) fn read_classified(cell: &Cell) -> Read<bool> {
    let text = cell.trimmed();
    let t = fold(text);
    let no = ["否", "不", "非", "未"].iter().any(|w| t.starts_with(w))
        || ["公开", "普通", "no", "n", "0", "false", "×", "x", "一般"].contains(&t.as_str());
    if no || says_nothing(&t) {
        return Read::some(false);
    }
    let yes = t.contains('密') || ["是", "√", "✓", "✔", "yes", "y", "1", "true", "有"].contains(&t.as_str()) || t.contains("secret");
    if yes {
        Read::refused(Problem::block("classified_project").with("found", text))
    } else {
        Read::refused(Problem::warn("classified_unclear").with("found", text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(read: &Read<T>) -> Vec<&str> {
        read.notes.iter().map(|n| n.code.as_str()).collect()
    }

    #[test]
    fn project_codes() {
        let read = |t: &str| read_codes(&Cell::text(t), true);
        assert_eq!(read("2603-339981-04-01-518207").value.unwrap(), ["2603-339981-04-01-518207"]);
        assert_eq!(codes(&read("2017-339981-41-03-012345-000")), ["code_old_form"]);
        assert_eq!(codes(&read("XM-014")), ["code_malformed"]);
        assert_eq!(read("2603-339981-04-01-518207、2603-339981-04-01-518208").value.unwrap().len(), 2);
        assert!(codes(&read_codes(&Cell::text("CO_0438_2425-Q3"), false)).is_empty());
        let number = Cell { text: "26033399810401500000".into(), value: CellValue::Number, formula: false };
        assert_eq!(codes(&read_codes(&number, true)), ["code_digits_lost"]);
    }

    #[test]
    fn credit_codes() {
        assert_eq!(read_uscc(&Cell::text("91350100m000100y43")).value.as_deref(), Some("91350100M000100Y43"));
        let wrong = read_uscc(&Cell::text("91350100M000100Y44"));
        assert_eq!((codes(&wrong), wrong.notes[0].values["expected"].as_str()), (vec!["uscc_check"], "3"));
        assert_eq!(codes(&read_uscc(&Cell::text("9135"))), ["uscc_malformed"]);
        assert!(read_uscc(&Cell::text("—")).value.is_none());
    }

    #[test]
    fn secrets_are_refused() {
        for yes in ["是", "涉密", "机密", "√"] {
            assert_eq!(codes(&read_classified(&Cell::text(yes))), ["classified_project"], "{yes}");
        }
        for no in ["否", "不涉密", "非密", "公开", "—"] {
            assert_eq!(read_classified(&Cell::text(no)).value, Some(false), "{no}");
        }
        assert_eq!(codes(&read_classified(&Cell::text("内部"))), ["classified_unclear"]);
    }
}
