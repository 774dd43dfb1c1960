//! In what bytes a file writes its characters. P6 writes UTF-8 or the code page of the Windows it runs on and says nowhere which.
use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1251, WINDOWS_1252};
use std::borrow::Cow;

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    /// GBK and what came after it.
    Gb18030,
    /// Western Windows.
    Cp1252,
    /// Cyrillic Windows.
    Cp1251,
}

/// The mark that some programs set before UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Charset {
    /// By content: what is valid UTF-8 is UTF-8; else bytes above ASCII that mostly come in pairs are Chinese,
    /// and single ones Western. Cyrillic letters come in rows too, but all of them from 0xC0 up, small ones in the most.
    pub fn of(bytes: &[u8]) -> Self {
        if std::str::from_utf8(bytes).is_ok() {
            return Self::Utf8;
        }
        let (pairs, singles) = high_bytes(bytes);
        match pairs > singles {
            true if is_cyrillic(bytes) => Self::Cp1251,
            true => Self::Gb18030,
            false => Self::Cp1252,
        }
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Gb18030 => GB18030,
            Self::Cp1252 => WINDOWS_1252,
            Self::Cp1251 => WINDOWS_1251,
        }
    }

    /// As text; the flag says that some bytes were no text.
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        self.encoding().decode_without_bom_handling(bytes)
    }

    /// As bytes; `None` when some characters have no place in this set.
    pub fn encode_whole(self, text: &str) -> Option<Vec<u8>> {
        let (bytes, _, bad) = self.encoding().encode(text);
        (!bad).then(|| bytes.into_owned())
    }

    /// As bytes; the flag says that some characters have no place in this set and were replaced by `?`.
    pub fn encode(self, text: &str) -> (Vec<u8>, bool) {
        if text.is_ascii() {
            return (text.as_bytes().to_vec(), false);
        }
        let (bytes, _, bad) = self.encoding().encode(text);
        if !bad {
            return (bytes.into_owned(), false);
        }
        let one = |c: char| {
            let mut buffer = [0; 4];
            let (bytes, _, bad) = self.encoding().encode(c.encode_utf8(&mut buffer));
            if bad { b"?".to_vec() } else { bytes.into_owned() }
        };
        (text.chars().flat_map(one).collect(), true)
    }
}

/// Bytes above ASCII: those that stand as Chinese characters do (two together, or four with digits between), and those
/// that stand alone, as Western letters do.
fn high_bytes(bytes: &[u8]) -> (usize, usize) {
    let (mut pairs, mut singles, mut at) = (0, 0, 0);
    while let Some(&lead) = bytes.get(at) {
        at += 1;
        if lead < 0x80 {
            continue;
        }
        match bytes.get(at..) {
            Some([0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) => {
                pairs += 1;
                at += 3;
            }
            Some([0x80..=0xFE, ..]) => {
                pairs += 1;
                at += 1;
            }
            _ => singles += 1,
        }
    }
    (pairs, singles)
}

/// Words in Cyrillic: hardly a byte above ASCII is below 0xC0, where of Chinese every third is, and most are small
/// letters, 0xE0 and up, where Chinese has its rare characters.
fn is_cyrillic(bytes: &[u8]) -> bool {
    let count = |from: u8| bytes.iter().filter(|b| **b >= from).count();
    let (all, letters, small, latter) = (count(0x80), count(0xC0), count(0xE0), count(0xF0));
    // Of the small letters the latter half of the alphabet is used as much as the first.
    all >= 16 && letters * 20 >= all * 19 && small * 2 > all && latter * 5 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_is_told_by_the_bytes() {
        let german = "Außenanlagen, Größe, Übergabe, Prüfung";
        let chinese = "基础开挖\t主体结构施工（一期）";
        assert_eq!(Charset::of(chinese.as_bytes()), Charset::Utf8);
        for (text, set) in [(german, Charset::Cp1252), (chinese, Charset::Gb18030), ("£5 “café”", Charset::Cp1252)] {
            let (bytes, bad) = set.encode(text);
            assert!(!bad);
            assert_eq!(Charset::of(&bytes), set, "{text}");
            assert_eq!(set.decode(&bytes), (text.into(), false));
        }
        let russian = "Устройство фундамента\tМонтаж металлоконструкций, корпус №2\tЗавершение работ";
        assert_eq!(Charset::of(&Charset::Cp1251.encode(russian).0), Charset::Cp1251);
        assert_eq!(Charset::Cp1252.encode("基é"), (b"?\xE9".to_vec(), true));
    }

    #[test]
    fn chinese_is_not_taken_for_cyrillic() {
        for text in [
            "嘻嘻哈哈，龙蟠路隧道贯通；瓯江大桥桩基施工",
            "鄱阳湖滁洲标段",
            "淮河特大桥（跨越鹭洲）桥墩浇筑",
            "施工准备",
            "翟镇瓮安铜仁麻阳",
        ] {
            assert_ne!(Charset::of(&Charset::Gb18030.encode(text).0), Charset::Cp1251, "{text}");
        }
    }
}
