//! The language that the command line speaks: `--lang`, else the environment's, Chinese where it says so.
use lantu_model::words::{self, Lang};

#[derive(Clone, Copy, Debug)]
pub struct Tongue(pub Lang);

impl Tongue {
    /// Looks for `--lang` before the arguments are parsed, because the help itself is in one of the languages.
    pub fn of(args: &[String], env: impl Fn(&str) -> Option<String>) -> Self {
        let given = args.iter().enumerate().find_map(|(i, a)| match a.strip_prefix("--lang") {
            Some("") => args.get(i + 1).cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        });
        let from_env = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|k| env(k).filter(|v| !v.is_empty()));
        Self(Lang::of_tag(&given.or_else(from_env).unwrap_or_default()))
    }

    pub fn say<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A problem on one line: what is wrong, and after a dash what to do.
    pub fn problem(self, problem: &lantu_model::Problem) -> String {
        let said = words::say(problem, self.0, &|key| words::field(key, self.0));
        if said.remedy.is_empty() { said.title } else { format!("{} — {}", said.title, said.remedy) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_wins_over_the_environment() {
        let of = |args: &[&str], lang: &str| {
            let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
            Tongue::of(&args, |k| (k == "LANG").then(|| lang.to_owned())).0
        };
        assert_eq!(of(&["lantu", "demo"], "zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(of(&["lantu", "demo"], "C.UTF-8"), Lang::En);
        assert_eq!(of(&["lantu", "--lang", "zh", "demo"], "en_GB.UTF-8"), Lang::Zh);
        assert_eq!(of(&["lantu", "--lang=en"], "zh_CN"), Lang::En);
    }
}
