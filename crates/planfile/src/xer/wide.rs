//! Files in UTF-16, as some editors save them: read as UTF-8 and written as they came.

/// Which byte of a character comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wide {
    Little,
    Big,
}

impl Wide {
    /// Told by the mark at the beginning, or by the first letter.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xFE, ..] | [b'E', 0, ..] => Some(Self::Little),
            [0xFE, 0xFF, ..] | [0, b'E', ..] => Some(Self::Big),
            _ => None,
        }
    }

    /// As UTF-8, the mark with it.
    pub fn narrowed(self, bytes: &[u8]) -> Vec<u8> {
        let units = bytes.chunks_exact(2).map(|pair| match self {
            Self::Little => u16::from_le_bytes([pair[0], pair[1]]),
            Self::Big => u16::from_be_bytes([pair[0], pair[1]]),
        });
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into_bytes()
    }

    /// Back again.
    pub fn widened(self, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let bytes_of = |unit: u16| match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        };
        text.encode_utf16().flat_map(bytes_of).collect()
    }
}
