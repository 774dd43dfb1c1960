//! Columns of people and of organisations: `张三、李四 13800000000`.
use super::{PersonText, Read, says_nothing};
use crate::{sheet::Cell, vocabulary::fold};
use lantu_model::Problem;

const SEPARATORS: [char; 11] = ['、', '，', ',', ';', '；', '/', '／', '\n', '\r', '|', '+'];

pub(super) fn read_orgs(cell: &Cell) -> Read<Vec<String>> {
    let text = cell.trimmed();
    if says_nothing(&fold(text)) {
        return Read::nothing();
    }
    let mut names: Vec<String> = vec![];
    for part in text.split(SEPARATORS) {
        let name = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    bounded(names, text, |n| n.chars().count() <= 60)
}

pub(super) fn read_people(cell: &Cell) -> Read<Vec<PersonText>> {
    let text = cell.trimmed();
    if says_nothing(&fold(text)) {
        return Read::nothing();
    }
    let mut people: Vec<PersonText> = vec![];
    for part in text.split(SEPARATORS) {
        for word in words(part) {
            let (name, phone) = split_phone(&word);
            let name = name.trim_matches(|c: char| c.is_whitespace() || "()（）:：-—电话手机联系".contains(c)).to_owned();
            match (name.is_empty(), phone) {
                (true, Some(phone)) => {
                    if let Some(last) = people.last_mut().filter(|p| p.phone.is_none()) {
                        last.phone = Some(phone);
                    }
                }
                (true, None) => {}
                (false, phone) => {
                    if !people.iter().any(|p| p.name == name) {
                        people.push(PersonText { name, phone });
                    }
                }
            }
        }
    }
    if people.is_empty() {
        return Read::refused(Problem::warn("people_unreadable").with("found", text));
    }
    bounded(people, text, |p| p.name.chars().count() <= 30)
}

fn bounded<T>(found: Vec<T>, text: &str, short: impl Fn(&T) -> bool) -> Read<Vec<T>> {
    if found.is_empty() {
        return Read::nothing();
    }
    if found.len() > 30 || !found.iter().all(short) {
        let shown: String = text.chars().take(40).collect();
        return Read::refused(Problem::warn("people_unreadable").with("found", shown));
    }
    Read::some(found)
}

/// Words of a part; Chinese names padded to width (`张　三`) stay one, Latin names keep their blanks.
fn words(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let chinese = part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if !chinese {
        return vec![words.join(" ")];
    }
    let single = |w: &&str| w.chars().count() == 1;
    if words.iter().all(single) || (words.len() == 2 && words.iter().any(single)) {
        return vec![words.concat()];
    }
    words.into_iter().map(str::to_owned).collect()
}

/// A telephone number within a word: eleven digits of a mobile, an area code with a number, or a short number.
fn split_phone(word: &str) -> (String, Option<String>) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | ' ' | '０'..='９');
    let Some(start) = word.find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) else { return (word.to_owned(), None) };
    let run: String = word[start..].chars().take_while(|c| is_part(*c)).collect();
    let digits: String = fold(&run).chars().filter(char::is_ascii_digit).collect();
    let mobile = digits.len() == 11 && digits.starts_with('1');
    let landline = (7..=12).contains(&digits.len());
    if !mobile && !landline && digits.len() != 6 {
        return (word.to_owned(), None);
    }
    let name = format!("{}{}", &word[..start], &word[start + run.len()..]);
    (name, Some(fold(&run).trim_matches('-').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_their_numbers() {
        let read = |t: &str| -> Vec<(String, Option<String>)> {
            read_people(&Cell::text(t)).value.unwrap_or_default().into_iter().map(|p| (p.name, p.phone)).collect()
        };
        let bare = |n: &str| (n.to_owned(), None);
        let with = |n: &str, p: &str| (n.to_owned(), Some(p.to_owned()));
        assert_eq!(read("张三、李四"), [bare("张三"), bare("李四")]);
        assert_eq!(read("张　三"), [bare("张三")]);
        assert_eq!(read("张三 李四四"), [bare("张三"), bare("李四四")]);
        assert_eq!(read("张三13800000000"), [with("张三", "13800000000")]);
        assert_eq!(read("张三（13800000000）"), [with("张三", "13800000000")]);
        assert_eq!(read("张三 0573-85000000"), [with("张三", "0573-85000000")]);
        assert_eq!(read("张三\n13800000000"), [with("张三", "13800000000")]);
        assert_eq!(read("Ann Example"), [bare("Ann Example")]);
        assert_eq!(read("13800000000"), []);
    }

    #[test]
    fn organisations_are_split() {
        assert_eq!(read_orgs(&Cell::text("经信局、生态环境局")).value.unwrap(), ["经信局", "生态环境局"]);
        assert!(read_orgs(&Cell::text("—")).value.is_none());
    }
}
