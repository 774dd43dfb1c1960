//! A key under which names sort as people look them up: Chinese by pronunciation, others by letter.
use pinyin::ToPinyin;

/// ASCII only, so that every database orders it alike byte by byte. Not unique: ties are broken by id.
///
/// ```
/// use lantu_rules::name_key;
/// assert!(name_key("北港") < name_key("东湖"));
/// assert!(name_key("Bridge 2") < name_key("东湖"));
/// ```
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() * 2);
    for c in name.chars() {
        if let Some(p) = c.to_pinyin() {
            key.push_str(p.plain().replace('ü', "v").as_str());
            key.push(' ');
        } else if c.is_ascii() {
            key.extend(c.to_lowercase());
        } else if let Some(digit) = c.to_digit(10) {
            key.push(char::from(b'0' + digit as u8));
        }
    }
    key.truncate(160);
    key
}
