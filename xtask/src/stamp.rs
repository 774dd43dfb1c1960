//! Whether files changed since a step last ran: a hash of their names and bytes, kept in a stamp file.

use std::collections::BTreeSet;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

/// FNV-1a, which is the same on every run and machine; nothing here guards against malice.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The hash of files and of everything below folders; what is missing counts as missing.
pub fn of(paths: &[PathBuf]) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for path in paths {
        for file in files_below(path) {
            hash.write(file.to_string_lossy().as_bytes());
            hash.write(&fs::read(&file).unwrap_or_default());
            hash.write(&[0]);
        }
    }
    format!("{:016x}", hash.finish())
}

/// Whether the stamp holds this hash.
pub fn is_current(stamp: &Path, hash: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|kept| kept.trim() == hash)
}

/// Remembers that the step ran for this hash.
pub fn keep(stamp: &Path, hash: &str) -> Result<(), String> {
    fs::write(stamp, hash).map_err(|why| format!("{}: {why}", stamp.display()))
}

/// Every file below a folder (or the file itself), in the order of their names.
pub fn files_below(path: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![path.to_path_buf()];
    while let Some(at) = open.pop() {
        if at.is_file() {
            found.insert(at);
        } else if let Ok(entries) = fs::read_dir(&at) {
            open.extend(entries.flatten().map(|entry| entry.path()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_or_a_new_file_is_noticed() {
        let dir = std::env::temp_dir().join(format!("lantu-stamp-{}", std::process::id()));
        fs::create_dir_all(dir.join("deep")).unwrap();
        fs::write(dir.join("deep/a.ts"), "one").unwrap();
        let paths = [dir.clone()];
        let first = of(&paths);
        assert_eq!(first, of(&paths));
        fs::write(dir.join("deep/a.ts"), "two").unwrap();
        let second = of(&paths);
        assert_ne!(first, second);
        fs::write(dir.join("b.ts"), "").unwrap();
        assert_ne!(second, of(&paths));
        let stamp = dir.join("stamp");
        assert!(!is_current(&stamp, &first));
        keep(&stamp, &first).unwrap();
        assert!(is_current(&stamp, &first));
        fs::remove_dir_all(dir).unwrap();
    }
}
