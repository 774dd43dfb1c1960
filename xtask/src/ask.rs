//! What `cargo xtask test` was asked for.

/// The suites wanted and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub quick: bool,
    pub only: Vec<String>,
    pub scene: Option<u32>,
}

impl Ask {
    pub fn parse(args: &[String]) -> Result<Self, String> {
        let mut ask = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--quick" => ask.quick = true,
                "--only" => ask.only.push(known_suite(args.next())?),
                "--scene" => ask.scene = Some(scene_number(args.next())?),
                other => return Err(format!("test does not know {other:?}")),
            }
        }
        Ok(ask)
    }

    /// Whether a suite was asked for; without `--only` every suite is.
    pub fn wants(&self, suite: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == suite)
    }
}

/// The suites in the order they run.
pub const SUITES: [&str; 11] =
    ["format", "walls", "web-deps", "web-build", "web-check", "web-unit", "clippy", "rust", "doc", "openapi", "browser"];

fn known_suite(name: Option<&String>) -> Result<String, String> {
    let name = name.ok_or("--only needs the name of a suite")?;
    if SUITES.contains(&name.as_str()) {
        Ok(name.clone())
    } else {
        Err(format!("no suite is called {name:?}; there are: {}", SUITES.join(" ")))
    }
}

fn scene_number(text: Option<&String>) -> Result<u32, String> {
    text.and_then(|text| text.parse().ok()).ok_or_else(|| "--scene needs a number".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_string).collect()
    }

    #[test]
    fn reads_every_option() {
        let ask = Ask::parse(&words("--quick --only walls --only rust --scene 3")).unwrap();
        assert_eq!(ask, Ask { quick: true, only: words("walls rust"), scene: Some(3) });
        assert!(ask.wants("rust") && !ask.wants("clippy"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(Ask::parse(&words("--fast")).is_err());
        assert!(Ask::parse(&words("--only speed")).is_err());
        assert!(Ask::parse(&words("--scene one")).is_err());
    }
}
