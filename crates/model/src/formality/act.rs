//! Acts on a formality: each a day, a basis, and everything that stands against it at once.
use super::{
    Formality, FormalityState,
    course::{Commitment, Course, Ended, Pause, PauseKind, Round, pause_outside},
    precedence::Precedence,
};
use crate::{
    period::Period,
    problem::{Problem, Refusal},
    project::{Change, Project},
    stage::Status,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that happened to a formality on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormalityFact {
    /// Key of the formality.
    pub kind: String,
    pub on: Date,
    /// Document or reason; a pause, a return, a refusal and a lapse need one.
    #[serde(default)]
    pub basis: String,
    #[serde(flatten)]
    pub act: FormalityAct,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FormalityAct {
    /// 受理. Of one that was returned, refused, lapsed or has expired it begins another round.
    Accept,
    /// 暂停计时 from that day on, which no longer counts.
    Pause {
        why: PauseKind,
        /// The last day that does not count, where one is announced.
        #[serde(default)]
        until: Option<Date>,
    },
    /// 恢复计时: that day counts again.
    Resume,
    /// 退回补正
    Return,
    /// 批准; on a promise with `promise`.
    Grant {
        #[serde(default)]
        number: Option<String>,
        #[serde(default)]
        valid_until: Option<Date>,
        #[serde(default)]
        promise: Option<Promise>,
    },
    /// 不予批准
    Refuse,
    /// The papers that were promised have come.
    Fulfil,
    /// Notes until when it holds, or that it was extended.
    Extend { valid_until: Date },
    /// 失效、注销
    Lapse,
}

/// What an owner promises in exchange for a grant (承诺制、容缺).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Promise {
    pub due: Date,
    pub missing: String,
}

impl FormalityAct {
    /// The act's name in the journal.
    pub fn journal_key(&self) -> &'static str {
        match self {
            Self::Accept => "accept_formality",
            Self::Pause { .. } => "pause_formality",
            Self::Resume => "resume_formality",
            Self::Return => "return_formality",
            Self::Grant { promise: Some(_), .. } => "grant_on_promise",
            Self::Grant { .. } => "grant_formality",
            Self::Refuse => "refuse_formality",
            Self::Fulfil => "fulfil_promise",
            Self::Extend { .. } => "extend_formality",
            Self::Lapse => "lapse_formality",
        }
    }

    fn needs_basis(&self) -> bool {
        matches!(self, Self::Pause { .. } | Self::Return | Self::Refuse | Self::Lapse)
    }
}

impl Project {
    /// Records what happened to a formality, or returns everything against it; reminders pass. A row that is not there
    /// yet begins as planned.
    pub fn act_on_formality(
        mut self,
        fact: &FormalityFact,
        order: &Precedence,
        today: Date,
    ) -> Result<(Self, Change, Vec<Problem>), Refusal> {
        let at = self.formalities.iter().position(|f| f.kind == fact.kind);
        let row = at.and_then(|i| self.formalities.get(i)).cloned();
        let row = row.unwrap_or_else(|| Formality::new(&fact.kind, FormalityState::Planned));
        let mut problems = self.must_be_live();
        problems.extend(terminated_before(&self, fact.on));
        problems.extend(fact.unmet(&row, today));
        problems.extend(order.unmet(&self, fact));
        let reminders = Refusal::unless_clear(problems)?;
        let row = fact.applied_to(row);
        match at.and_then(|i| self.formalities.get_mut(i)) {
            Some(place) => *place = row,
            None => self.formalities.push(row),
        }
        self.formalities.sort_by(|a, b| a.kind.cmp(&b.kind));
        let change = Change::new(fact.act.journal_key()).on(fact.on).because(fact.said_basis());
        Ok((self, change, reminders))
    }
}

fn terminated_before(project: &Project, day: Date) -> Option<Problem> {
    match &project.lifecycle.status {
        Status::Terminated { on, .. } if day > *on => {
            Some(Problem::block("fact_after_termination").at("on").with("found", day).with("on", on))
        }
        _ => None,
    }
}

impl FormalityFact {
    fn said_basis(&self) -> &str {
        match &self.act {
            FormalityAct::Grant { number: Some(number), .. } if self.basis.trim().is_empty() => number.trim(),
            FormalityAct::Grant { promise: Some(p), .. } if self.basis.trim().is_empty() => p.missing.trim(),
            _ => self.basis.trim(),
        }
    }

    fn unmet(&self, row: &Formality, today: Date) -> Vec<Problem> {
        let mut found = vec![];
        if self.on > today {
            found.push(Problem::block("fact_in_future").at("on").with("found", self.on));
        }
        if self.act.needs_basis() && self.basis.trim().is_empty() {
            found.push(Problem::block("basis_missing").at("basis"));
        }
        match &self.act {
            FormalityAct::Accept => self.accept_unmet(row, &mut found),
            FormalityAct::Pause { why, until } => self.pause_unmet(row, *why, *until, &mut found),
            FormalityAct::Resume => self.resume_unmet(row, &mut found),
            FormalityAct::Return => self.in_hand(row, &mut found),
            FormalityAct::Refuse => self.decision_unmet(row, &mut found),
            FormalityAct::Grant { valid_until, promise, .. } => {
                self.decision_unmet(row, &mut found);
                found.extend(valid_until.and_then(|d| late("valid_until", "decided", self.on, d)));
                found.extend(promise.iter().flat_map(|p| self.promise_unmet(p)));
            }
            FormalityAct::Fulfil => self.fulfil_unmet(row, &mut found),
            FormalityAct::Extend { valid_until } => {
                self.granted(row, &mut found);
                found.extend(row.decided.and_then(|d| late("valid_until", "decided", d.first_day(), *valid_until)));
            }
            FormalityAct::Lapse => self.granted(row, &mut found),
        }
        found
    }

    fn block(&self, code: &str) -> Problem {
        Problem::block(code).at(self.kind.clone())
    }

    /// Nothing may be dated before what it follows.
    fn not_before(&self, what: &str, day: Option<Date>, found: &mut Vec<Problem>) {
        found.extend(day.and_then(|day| late("on", what, day, self.on)));
    }

    fn accept_unmet(&self, row: &Formality, found: &mut Vec<Problem>) {
        match row.state {
            FormalityState::NotNeeded => found.push(self.block("formality_not_needed")),
            FormalityState::Applied => match row.accepted_on() {
                Some(day) => found.push(self.block("formality_in_hand").with("on", day)),
                None => found.extend(self.accepted(row.clone()).contradictions()),
            },
            FormalityState::Granted if row.is_expired_on(self.on) => {}
            FormalityState::Granted => found.push(self.block("formality_in_force")),
            FormalityState::Planned | FormalityState::Returned | FormalityState::Refused | FormalityState::Lapsed => {}
        }
        if row.state != FormalityState::Applied && row.state != FormalityState::Planned {
            self.not_before("applied", row.applied.map(Period::first_day), found);
            self.not_before("decided", row.decided.map(Period::first_day), found);
            self.not_before("ended", row.course.ended.as_ref().map(|e| e.on), found);
        }
    }

    /// Accepted and undecided, and not before its acceptance or within its last pause's first day.
    fn in_hand(&self, row: &Formality, found: &mut Vec<Problem>) {
        match row.state {
            FormalityState::Applied if row.applied.is_some() => {
                self.not_before("applied", row.applied.map(Period::first_day), found);
                self.not_before("pause", row.course.pauses.last().map(|p| p.from), found);
            }
            FormalityState::Granted | FormalityState::Refused => {
                let decided = row.decided.map_or_else(|| "…".to_owned(), |d| d.to_string());
                found.push(self.block("formality_decided").with("on", decided));
            }
            _ => found.push(self.block("formality_not_accepted")),
        }
    }

    fn decision_unmet(&self, row: &Formality, found: &mut Vec<Problem>) {
        self.in_hand(row, found);
        if row.state == FormalityState::Applied
            && let Some(pause) = row.pause_on(self.on)
        {
            found.push(self.block("formality_paused").with("why", format!("pause_{}", pause.kind.key())).with("on", pause.from));
        }
    }

    fn promise_unmet(&self, promise: &Promise) -> Vec<Problem> {
        let mut found = vec![];
        if promise.missing.trim().is_empty() {
            found.push(Problem::block("field_missing").at("missing"));
        }
        found.extend(late("due", "decided", self.on, promise.due));
        found
    }

    fn pause_unmet(&self, row: &Formality, kind: PauseKind, until: Option<Date>, found: &mut Vec<Problem>) {
        found.extend(until.and_then(|d| late("until", "pause", self.on, d)));
        let accepted = row.applied.map(Period::first_day);
        let accepted =
            accepted.filter(|_| matches!(row.state, FormalityState::Applied | FormalityState::Granted | FormalityState::Refused));
        let Some(accepted) = accepted else {
            found.push(self.block("formality_not_accepted"));
            return;
        };
        let pause = Pause { kind, from: self.on, until, reason: String::new() };
        let decided = row.decided.map(Period::last_day);
        if self.on < accepted || decided.is_some_and(|d| self.on > d) {
            found.push(pause_outside("on", &pause, accepted, row.decided));
        } else if decided.is_some_and(|d| until.is_none_or(|u| u > d)) {
            found.push(pause_outside("until", &pause, accepted, row.decided));
        }
        for other in row.course.pauses.iter().filter(|p| p.overlaps(&pause)) {
            let until = other.until.map_or_else(|| "…".to_owned(), |d| d.to_string());
            found.push(Problem::block("pause_overlap").at("on").with("found", format!("{}–{until}", other.from)));
        }
    }

    fn resume_unmet(&self, row: &Formality, found: &mut Vec<Problem>) {
        match row.pause_on(self.on).filter(|_| row.state == FormalityState::Applied) {
            Some(pause) if pause.from == self.on => {
                found.push(Problem::block("resume_too_soon").at("on").with("found", pause.from));
            }
            Some(_) => {}
            None => found.push(self.block("pause_missing").with("found", self.on)),
        }
    }

    fn granted(&self, row: &Formality, found: &mut Vec<Problem>) {
        if row.state != FormalityState::Granted {
            found.push(self.block("formality_not_granted"));
        }
        self.not_before("decided", row.decided.map(Period::first_day), found);
    }

    fn fulfil_unmet(&self, row: &Formality, found: &mut Vec<Problem>) {
        self.granted(row, found);
        if row.course.commitment.as_ref().is_none_or(|c| c.fulfilled.is_some()) {
            found.push(self.block("promise_missing"));
        }
    }

    /// The row after the act; what [`FormalityFact::unmet`] objects to never comes here.
    fn applied_to(&self, mut row: Formality) -> Formality {
        let ended = || Some(Ended { on: self.on, reason: self.basis.trim().to_owned() });
        match &self.act {
            FormalityAct::Accept => return self.accepted(row),
            FormalityAct::Pause { why, until } => {
                row.course.pauses.push(Pause { kind: *why, from: self.on, until: *until, reason: self.basis.trim().to_owned() });
                row.course.pauses.sort_by_key(|p| p.from);
            }
            FormalityAct::Resume => row.course.stop_pause(self.on),
            FormalityAct::Return => {
                row.course.stop_pause(self.on);
                row.state = FormalityState::Returned;
                row.course.ended = ended();
            }
            FormalityAct::Grant { number, valid_until, promise } => {
                row.state = FormalityState::Granted;
                row.decided = Some(Period::day(self.on));
                row.number = number.as_ref().map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).or(row.number);
                row.valid_until = *valid_until;
                row.course.commitment =
                    promise.as_ref().map(|p| Commitment { due: p.due, missing: p.missing.trim().to_owned(), fulfilled: None });
            }
            FormalityAct::Refuse => {
                row.state = FormalityState::Refused;
                row.decided = Some(Period::day(self.on));
                row.course.ended = ended();
            }
            FormalityAct::Fulfil => row.course.commitment = row.course.commitment.map(|c| Commitment { fulfilled: Some(self.on), ..c }),
            FormalityAct::Extend { valid_until } => row.valid_until = Some(*valid_until),
            FormalityAct::Lapse => {
                row.state = FormalityState::Lapsed;
                row.course.ended = ended();
            }
        }
        row
    }

    /// Accepted: the application in hand gets its day; one that had ended becomes an earlier round.
    fn accepted(&self, row: Formality) -> Formality {
        let applied = Some(Period::day(self.on));
        if matches!(row.state, FormalityState::Planned | FormalityState::Applied) {
            return Formality { state: FormalityState::Applied, applied, ..row };
        }
        let mut fresh = Formality { planned: row.planned, applied, ..Formality::new(&row.kind, FormalityState::Applied) };
        fresh.course.earlier = row.course.earlier;
        fresh.course.earlier.push(Round {
            outcome: row.state,
            applied: row.applied,
            decided: row.decided,
            valid_until: row.valid_until,
            number: row.number,
            pauses: row.course.pauses,
            ended: row.course.ended,
            commitment: row.course.commitment,
        });
        fresh
    }
}

/// `date_order` at `place`, when `second` lies before `first`.
fn late(place: &str, before: &str, first: Date, second: Date) -> Option<Problem> {
    (second < first).then(|| Problem::block("date_order").at(place).with("before", before).with("first", first).with("second", second))
}

impl Course {
    /// The pause in force on `day` ends the day before; one that began that day never was.
    fn stop_pause(&mut self, day: Date) {
        self.pauses.retain(|p| p.from != day);
        if let Some(pause) = self.pauses.iter_mut().find(|p| p.covers(day)) {
            pause.until = day.yesterday().ok();
        }
    }
}
