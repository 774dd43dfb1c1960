//! Notebook entries of activities, in plain words.
use super::project::Reading;
use super::read::Shared;
use crate::xml::{XmlBuilder, escaped};

/// Entries are HTML; several of one activity stand below one another.
pub(super) fn read(shared: &Shared<'_>, reading: &mut Reading<'_>) {
    for fields in shared.members(reading.node, "ActivityNote") {
        let Some(activity) = fields.id("ActivityObjectId").and_then(|uid| reading.activities.get(&uid)) else { continue };
        let text = plain(&fields.text("Note"));
        if text.is_empty() {
            continue;
        }
        let notes = reading.plan.stored[activity.at()].notes.get_or_insert_default();
        if !notes.is_empty() {
            notes.push('\n');
        }
        notes.push_str(&text);
    }
}

/// The notebook that entries of other programs go into.
pub(super) fn write_topic(xml: &mut XmlBuilder) {
    xml.open("NotebookTopic");
    for (name, text) in [
        ("AvailableForActivity", "1"),
        ("AvailableForEPS", "0"),
        ("AvailableForProject", "0"),
        ("AvailableForWBS", "0"),
        ("Name", "Notes"),
        ("ObjectId", "1"),
        ("SequenceNumber", "0"),
    ] {
        xml.leaf(name, text);
    }
    xml.close();
}

/// An entry, each line a paragraph.
pub(super) fn write(xml: &mut XmlBuilder, activity: &str, text: &str, project: &str, uid: i64) {
    let paragraphs: String = text.lines().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    xml.open("ActivityNote");
    xml.leaf("ActivityObjectId", activity);
    xml.leaf("Note", &format!("<html><body>{paragraphs}</body></html>"));
    xml.leaf("NotebookTopicObjectId", "1");
    xml.leaf("ObjectId", &uid.to_string());
    xml.leaf("ProjectObjectId", project);
    xml.close();
}

/// HTML without its tags: paragraphs and breaks end lines, blanks are one blank.
pub(crate) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        words(text, &mut out);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let ends_line = name == "br" || tag.starts_with('/') && matches!(name.as_str(), "p" | "div" | "li" | "tr" | "head");
        if ends_line && !out.is_empty() {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        rest = after;
    }
    words(rest, &mut out);
    out.trim().to_owned()
}

/// Text between tags.
fn words(text: &str, out: &mut String) {
    let blank_before = |out: &str| out.is_empty() || out.ends_with([' ', '\n']);
    for c in entities(text).chars() {
        match c.is_whitespace() || c == '\u{feff}' {
            true if !blank_before(out) => out.push(' '),
            true => {}
            false => out.push(c),
        }
    }
}

fn entities(text: &str) -> String {
    let named = |name: &str| match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        "nbsp" => Some("\u{a0}"),
        _ => None,
    };
    quick_xml::escape::unescape_with(text, named).map_or_else(|_| text.to_owned(), |t| t.into_owned())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html_becomes_words() {
        let html =
            "<html>\n <head></head>\n <body bgcolor=\"#fff\"><p>First&nbsp;line &amp; more</p>\n<P>second<br>third</P></body></html>";
        assert_eq!(plain(html), "First line & more\nsecond\nthird");
        assert_eq!((plain("plain words").as_str(), plain("a < b <").as_str(), plain("<p").as_str()), ("plain words", "a", ""));
        assert_eq!(plain("a &broken; b"), "a &broken; b");
    }
}
