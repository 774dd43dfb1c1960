//! What is found wrong on the way: reasons to refuse the file, and what was mended or left out.
use crate::{FileProblem, Loss, Refused};

/// How many findings of a sort are listed one by one; the rest is counted.
const LISTED: usize = 200;

/// The findings so far, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Findings {
    problems: Vec<FileProblem>,
    more_problems: usize,
    losses: Vec<Loss>,
    more_losses: usize,
}

impl Findings {
    /// A reason to refuse the file. The two sentences say what is wrong and what to do.
    pub fn refuse(&mut self, code: &'static str, place: impl Into<String>, found: &str, chinese: &str, english: &str) {
        if self.problems.len() >= LISTED {
            self.more_problems += 1;
            return;
        }
        let (chinese, english) = (chinese.to_owned(), english.to_owned());
        self.problems.push(FileProblem { code, place: place.into(), found: shortened(found), chinese, english });
    }

    /// Something that is mended or left out.
    pub fn lose(&mut self, code: &'static str, place: impl FnOnce() -> String, found: &str) {
        if self.losses.len() >= LISTED {
            self.more_losses += 1;
            return;
        }
        self.losses.push(Loss { code, place: place(), found: shortened(found) });
    }

    /// The losses since the last call.
    pub fn take_losses(&mut self) -> Vec<Loss> {
        let mut losses = std::mem::take(&mut self.losses);
        let more = std::mem::take(&mut self.more_losses);
        if more > 0 {
            losses.push(Loss { code: "more_losses", place: String::new(), found: more.to_string() });
        }
        losses
    }

    /// Whether the file is still worth reading on.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// The refusal, when there is a reason for one.
    pub fn verdict(&mut self) -> Result<(), Refused> {
        let mut problems = std::mem::take(&mut self.problems);
        if problems.is_empty() {
            return Ok(());
        }
        let more = std::mem::take(&mut self.more_problems);
        if more > 0 {
            problems.push(FileProblem {
                code: "more_problems",
                place: String::new(),
                found: more.to_string(),
                chinese: format!("另有 {more} 个问题未逐条列出。先改正上列各项，再重新读取。"),
                english: format!("{more} more problems are not listed. Mend the ones above, then read the file again."),
            });
        }
        Err(Refused { problems })
    }
}

/// At most 80 characters, without control characters.
pub(super) fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        out.push('…');
    }
    out
}
