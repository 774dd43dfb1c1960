//! A row's facts put onto a project, new or known. Empty cells say nothing; decisions are never made by a sheet.
use super::{judge::NamedDuty, reading::Reading, references::Resolved, view::FieldChange};
use crate::{Books, unit::Register};
use jiff::civil::Date;
use lantu_exchange::{DraftValue, RowDraft};
use lantu_model::{
    CodeState, Formality, FormalityState, Level, ListKey, Membership, MembershipState, Money, Owner, Period, Problem, Project,
    ProjectCodeEntry, ProjectId, Role, Stage, StageKind, Status, StatusKind,
    project::{EDITABLE, build_stage, comparable_name},
    words::Lang,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Drafted {
    /// `None` when it cannot be a project at all.
    pub after: Option<Project>,
    pub duties: Vec<NamedDuty>,
    pub changes: Vec<FieldChange>,
    /// By field.
    pub problems: Vec<(String, Problem)>,
}

#[expect(clippy::too_many_arguments, reason = "a pure function of everything that a row is judged by")]
pub fn draft_project(
    base: Option<&Project>,
    row: &RowDraft,
    reading: &Reading,
    resolved: &Resolved,
    books: &Books,
    register: &Register,
    today: Date,
    fresh: &dyn Fn() -> ProjectId,
) -> Drafted {
    let mut drafter = Drafter { row, reading, resolved, books, today, is_new: base.is_none(), out: Drafted::default() };
    let start = match base {
        Some(p) => Ok(p.clone()),
        None => Project::admit(fresh(), resolved.level.unwrap_or(Level::Project), row.text("name").unwrap_or_default()),
    };
    let mut project = match start {
        Ok(p) => p,
        Err(refusal) => {
            // The reader may have said already what is wrong with the name.
            if !row.blocked() {
                drafter.out.problems.extend(refusal.unmet.into_iter().map(|p| ("name".to_owned(), p)));
            }
            return drafter.out;
        }
    };
    if !drafter.is_new {
        drafter.leave_decisions_alone(&project);
    }
    drafter.facts(&mut project);
    drafter.owner(&mut project);
    drafter.codes(&mut project);
    if drafter.is_new {
        project.lifecycle.stage = drafter.stage(&project);
        project.lifecycle.status = drafter.status(&project);
    }
    drafter.memberships(&mut project);
    drafter.formalities(&mut project);
    drafter.figures(&mut project);
    drafter.duties(&project, register);
    drafter.own_doubts(&project);
    drafter.out.after = Some(project);
    drafter.out
}

struct Drafter<'a> {
    row: &'a RowDraft,
    reading: &'a Reading,
    resolved: &'a Resolved,
    books: &'a Books,
    today: Date,
    is_new: bool,
    out: Drafted,
}

impl Drafter<'_> {
    fn value(&self, field: &str) -> Option<&DraftValue> {
        self.row.fields.get(field).map(|f| &f.value)
    }
    fn date(&self, field: &str) -> Option<Date> {
        match self.value(field) {
            Some(DraftValue::Date(d)) => Some(*d),
            _ => None,
        }
    }
    fn say(&mut self, field: &str, problem: Problem) {
        self.out.problems.push((field.to_owned(), problem));
    }
    fn changed(&mut self, field: &str, before: Value, after: Value) {
        let key = if field == "owner_uscc" || field == "holding" { field } else { field.split(':').next().unwrap_or(field) };
        let column = self.reading.mapping.column_of(field).or_else(|| self.reading.mapping.column_of(key)).map(|c| c.index);
        self.out.changes.push(FieldChange { field: field.to_owned(), column, before, after });
    }

    /// Name, owner, stage and status of a known project change by acts with day and basis, never by a sheet.
    fn leave_decisions_alone(&mut self, project: &Project) {
        if self.row.text("name").is_some_and(|n| comparable_name(n) != comparable_name(&project.name)) {
            self.say("name", Problem::warn("name_differs").with("name", &project.name));
        }
        let now = project.lifecycle.stage.kind();
        if let Some(said) = self.resolved.stage.filter(|s| *s != now) {
            self.say("stage", Problem::warn("stage_needs_decision").with("from", now.key()).with("to", said.key()));
        }
        let status = project.lifecycle.status.kind();
        if let Some(said) = self.resolved.status.filter(|s| *s != status) {
            self.say("status", Problem::warn("status_needs_decision").with("from", status.key()).with("to", said.key()));
        }
        let stage = &project.lifecycle.stage;
        for (field, known) in [
            ("started_on", stage.started()),
            ("completed_on", stage.completed()),
            ("operating_on", stage.operating()),
            ("ramped_on", stage.ramped()),
        ] {
            if let Some(said) = self.date(field).filter(|d| Some(*d) != known) {
                match known {
                    Some(known) => self.say(field, Problem::warn("stage_date_differs").with("before_day", known)),
                    None => self.say(field, Problem::warn("stage_needs_decision").with("from", now.key()).with("to", said)),
                }
            }
        }
    }

    fn facts(&mut self, project: &mut Project) {
        let mut patch = BTreeMap::new();
        for field in EDITABLE {
            let Some(new) = self.fact(field) else { continue };
            let old = project.field(field);
            if old == new || is_finer(&old, &new) {
                continue;
            }
            if !self.is_new {
                self.changed(field, old, new.clone());
            }
            patch.insert((*field).to_owned(), new);
        }
        if patch.is_empty() {
            return;
        }
        match project.clone().edit(&patch, self.today) {
            Ok((p, _)) => *project = p,
            Err(refusal) => {
                for p in refusal.unmet {
                    let field = p.place.clone().unwrap_or_else(|| "name".into());
                    self.say(&field, p);
                }
            }
        }
    }

    fn fact(&self, field: &str) -> Option<Value> {
        let r = self.resolved;
        match field {
            "division" => r.division.as_ref().map(|d| json!(d)),
            "platform" => r.platform.as_ref().map(|p| json!(p)),
            "industry" => r.industry.as_ref().map(|i| json!(i)),
            "nature" => r.nature.map(|n| json!(n)),
            "procedure" => r.procedure.or(self.reading.procedure_default.filter(|_| self.is_new)).map(|p| json!(p)),
            _ => match self.value(field)? {
                DraftValue::Text(t) => Some(json!(t)),
                DraftValue::Money(m) => Some(json!(m)),
                DraftValue::Area(a) => Some(json!(a)),
                DraftValue::Period(p) => Some(json!(p)),
                DraftValue::Date(d) => Some(json!(d.to_string())),
                _ => None,
            },
        }
    }

    fn owner(&mut self, project: &mut Project) {
        let name = self.row.text("owner").map(str::to_owned);
        let uscc = match self.value("owner_uscc") {
            Some(DraftValue::Text(t)) => t.parse().ok(),
            _ => None,
        };
        let holding = self.resolved.holding;
        match (&mut project.owner, name) {
            (None, Some(name)) => {
                if !self.is_new {
                    self.changed("owner", Value::Null, json!(name));
                }
                project.owner = Some(Owner { name, uscc, holding });
            }
            (Some(owner), name) => {
                if let Some(said) = name.filter(|n| comparable_name(n) != comparable_name(&owner.name)) {
                    let known = owner.name.clone();
                    self.say("owner", Problem::warn("owner_differs").with("name", known).with("found", said));
                    return;
                }
                let before = owner.clone();
                owner.uscc = uscc.or(owner.uscc.take());
                owner.holding = holding.or(owner.holding);
                let after = owner.clone();
                if before.uscc != after.uscc {
                    self.changed("owner_uscc", json!(before.uscc), json!(after.uscc));
                }
                if before.holding != after.holding {
                    self.changed("holding", json!(before.holding), json!(after.holding));
                }
            }
            (None, None) => {}
        }
    }

    /// New codes are added; the one that the sheet puts first becomes the valid one.
    fn codes(&mut self, project: &mut Project) {
        let Some(DraftValue::Codes(codes)) = self.value("code").cloned() else { return };
        let before = project.code().map(str::to_owned);
        for (n, code) in codes.iter().enumerate().rev() {
            if project.codes.iter().any(|c| &c.code == code) {
                continue;
            }
            if n == 0 {
                project.codes.iter_mut().filter(|c| c.state == CodeState::Valid).for_each(|c| c.state = CodeState::Replaced);
            }
            let state = if n == 0 { CodeState::Valid } else { CodeState::Replaced };
            project.codes.push(ProjectCodeEntry { code: code.clone(), state, issued: None });
        }
        if !self.is_new && project.code().map(str::to_owned) != before {
            self.changed("code", json!(before), json!(project.code()));
        }
    }

    /// The stage of a new project: as written, else by its dates, its group or the sheet's default.
    fn stage(&mut self, project: &Project) -> Stage {
        let dates = [
            ("started_on", StageKind::Building),
            ("completed_on", StageKind::Completed),
            ("operating_on", StageKind::Operating),
            ("ramped_on", StageKind::Ramped),
        ];
        let by_dates = dates.iter().rev().find(|(f, _)| self.date(f).is_some()).map(|(_, k)| *k);
        let by_group = self.group_stage();
        let kind = if let Some(kind) = self.resolved.stage {
            kind
        } else if let Some(kind) = by_dates {
            self.say("name", Problem::info("stage_from_date").with("stage", kind.key()));
            kind
        } else if let Some((group, kind)) = by_group {
            self.say("name", Problem::info("stage_from_group").with("group", group).with("stage", kind.key()));
            kind
        } else {
            let known = if project.code().is_some() { StageKind::Reserve } else { StageKind::Scouting };
            self.reading.stage_default.unwrap_or(known)
        };
        self.dated_stage(kind, project)
    }

    /// The stage that the group's heading names: 二、续建项目. A category of the row's own must be a stage's whole word.
    fn group_stage(&self) -> Option<(String, StageKind)> {
        let pack = &self.books.pack;
        let Some(group) = self.row.group.as_deref() else {
            let own = self.row.text("list_group")?;
            return pack.stage_by_text(own).map(|stage| (own.to_owned(), stage));
        };
        let last = group.rsplit('/').next().unwrap_or(group).trim().to_lowercase();
        let words = |s: &lantu_pack::StageWords| {
            s.aliases.iter().cloned().chain([s.words.zh.clone(), s.words.en.clone()]).map(|w| w.to_lowercase()).collect::<Vec<_>>()
        };
        let longest = |s: &lantu_pack::StageWords| words(s).iter().filter(|w| stands_in(w, &last)).map(String::len).max();
        let best = pack.stages.iter().filter_map(|s| longest(s).map(|n| (n, s.key))).max_by_key(|(n, _)| *n)?;
        Some((group.rsplit('/').next().unwrap_or(group).trim().to_owned(), best.1))
    }

    /// Whether works have begun, as far as the row tells: it says so, it names a start in a past year, or money was spent.
    /// A list of this year's starts only plans them.
    fn has_begun(&self, project: &Project) -> bool {
        let spent = |f: &str| self.row.money(f).is_some_and(|m| m.fen() > 0);
        let earlier = project.start_planned.is_some_and(|p| p.last_day().year() < self.reading.mapping.year);
        self.resolved.stage.is_some() || earlier || spent("ytd_done") || spent("prior_done")
    }

    /// Stages from 在建 on need their dates. A plan long past stands in for a start that nobody wrote down; otherwise the
    /// project is recorded one step earlier. A row that states its stage is warned of it, one under a group's heading told.
    fn dated_stage(&mut self, kind: StageKind, project: &Project) -> Stage {
        let past = |p: Option<Period>| p.map(Period::last_day).filter(|d| *d <= self.today);
        let begun = self.has_begun(project);
        let days = [
            self.date("started_on").or_else(|| past(project.start_planned.filter(|_| begun))),
            self.date("completed_on").or_else(|| past(project.finish_planned)),
            self.date("operating_on").or_else(|| past(project.operate_planned)).or_else(|| self.date("completed_on")),
            self.date("ramped_on").or_else(|| past(project.ramp_planned)),
        ];
        let steps = [
            ("started_on", StageKind::Building),
            ("completed_on", StageKind::Completed),
            ("operating_on", StageKind::Operating),
            ("ramped_on", StageKind::Ramped),
        ];
        for target in StageKind::ALL.into_iter().rev().filter(|k| *k <= kind) {
            let [started, completed, operating, ramped] = days;
            let Ok(stage) = build_stage(target, None, started, completed, operating, ramped) else { continue };
            let guessed = steps.iter().any(|(f, k)| *k <= target && self.date(f).is_none());
            if target < kind || guessed {
                let missing = steps.iter().find(|(f, k)| *k <= kind && self.date(f).is_none()).map_or("started_on", |(f, _)| *f);
                let used = stage.since().filter(|_| target == kind).map_or(target.key().to_owned(), |d| d.to_string());
                let problem =
                    if self.resolved.stage.is_some() { Problem::warn("stage_lacks_date") } else { Problem::info("stage_lacks_date") };
                self.say("stage", problem.at(missing).with("stage", kind.key()).with("used", used).with("missing", missing));
            }
            return stage;
        }
        Stage::Scouting { since: None }
    }

    fn status(&mut self, project: &Project) -> Status {
        let stage = project.lifecycle.stage.kind();
        let reason = || self.row.text("remark").unwrap_or(&self.reading.workbook.name).to_owned();
        let status = match self.resolved.status {
            Some(StatusKind::Halted) if stage == StageKind::Building => Status::Halted { on: self.today, reason: reason() },
            Some(StatusKind::Deferred) if stage < StageKind::Building => Status::Deferred { on: self.today, reason: reason() },
            Some(StatusKind::Terminated) if stage < StageKind::Operating => Status::Terminated { on: self.today, reason: reason() },
            _ => Status::Active,
        };
        if let Some(said) = self.resolved.status.filter(|s| *s != status.kind()) {
            self.say("status", Problem::warn("status_needs_decision").with("from", status.kind().key()).with("to", said.key()));
        }
        status
    }

    fn memberships(&mut self, project: &mut Project) {
        let plan = match self.value("annual_plan") {
            Some(DraftValue::YearMoney(year, money)) => Some((*year, *money)),
            _ => None,
        };
        let Some(list) = self.reading.list.clone() else { return };
        let group = self.row.text("list_group").map(str::to_owned).or_else(|| self.row.group.clone());
        self.enter_list(project, list.clone(), plan.filter(|(y, _)| *y == list.year).map(|(_, m)| m), group);
        if let Some((year, money)) = plan.filter(|(y, _)| *y != list.year) {
            self.enter_list(project, ListKey { year, ..list }, Some(money), None);
        }
    }

    fn enter_list(&mut self, project: &mut Project, list: ListKey, plan: Option<Money>, group: Option<String>) {
        let before = project.membership(&list).cloned();
        let mut after = before.clone().unwrap_or_else(|| Membership {
            list: list.clone(),
            state: MembershipState::Admitted,
            plan: None,
            applied: None,
            admitted: Some(self.today),
            removed: None,
            basis: None,
            group: None,
        });
        after.plan = plan.or(after.plan);
        after.group = group.or(after.group);
        if before.as_ref() == Some(&after) {
            return;
        }
        if !self.is_new {
            match &before {
                Some(b) if b.plan == after.plan => self.changed("list_group", json!(b.group), json!(after.group)),
                Some(b) => self.changed("annual_plan", json!(b.plan), json!(after.plan)),
                None => self.changed("annual_plan", Value::Null, json!(after.plan)),
            }
        }
        if let Ok((p, _)) = project.clone().set_membership(after) {
            *project = p;
        }
    }

    fn formalities(&mut self, project: &mut Project) {
        let drafts: Vec<(String, Formality)> = self
            .row
            .fields
            .iter()
            .filter_map(|(key, f)| match &f.value {
                DraftValue::Formality(formality) => Some((key.clone(), formality.clone())),
                _ => None,
            })
            .collect();
        for (key, said) in drafts {
            let before = project.formalities.iter().find(|f| f.kind == said.kind).cloned();
            if before.as_ref().is_some_and(|b| b.state == FormalityState::Granted && said.state != FormalityState::Granted) {
                self.say(&key, Problem::warn("formality_regress").at(key.clone()));
                continue;
            }
            let after = merged(before.as_ref(), said);
            if before.as_ref() == Some(&after) {
                continue;
            }
            if !self.is_new {
                self.changed(&key, json!(before), json!(after));
            }
            match project.clone().record_formality(after) {
                Ok((p, _)) => *project = p,
                Err(refusal) => refusal.unmet.into_iter().for_each(|p| self.say(&key, p)),
            }
        }
    }

    fn figures(&mut self, project: &mut Project) {
        if let Some(DraftValue::MonthMoney(month, done)) = self.value("ytd_done").cloned()
            && project.ytd_done.get(&month) != Some(&done)
        {
            if !self.is_new {
                self.changed("ytd_done", json!(project.ytd_done.get(&month)), json!(done));
            }
            project.ytd_done.insert(month, done);
            if project.falling_cumulatives().contains(&month) {
                self.say("ytd_done", Problem::warn("falling_cumulative").at(month.to_string()));
            }
        }
        for (key, field) in &self.row.fields {
            let heading = match key.as_str() {
                "prior_done" => self.prior_heading(),
                k => match k.strip_prefix("extra:") {
                    Some(h) => h.to_owned(),
                    None => continue,
                },
            };
            let text = field.raw.trim().to_owned();
            if project.extra.get(&heading) != Some(&text) {
                if !self.is_new {
                    let before = json!(project.extra.get(&heading));
                    let column = self.reading.mapping.column_of(key).map(|c| c.index);
                    self.out.changes.push(FieldChange { field: format!("extra:{heading}"), column, before, after: json!(text) });
                }
                project.extra.insert(heading, text);
            }
        }
    }

    /// Figures of past years are kept under one heading, whatever year the sheet's own names.
    fn prior_heading(&self) -> String {
        let own = self.reading.mapping.column_of("prior_done").map_or("", |c| c.heading.as_str());
        let lang = if own.is_ascii() { Lang::En } else { Lang::Zh };
        lantu_model::words::field("prior_done", lang)
    }

    /// People and organisations named in the row, where the register has others now.
    fn duties(&mut self, project: &Project, register: &Register) {
        for (key, field) in &self.row.fields {
            let Some((form, role)) = key.split_once(':').and_then(|(form, role)| Some((form, Role::parse(role)?))) else { continue };
            let named: Vec<NamedDuty> = match (&field.value, form) {
                (DraftValue::People(people), "person") => {
                    people.iter().map(|p| NamedDuty { role, person: Some(p.name.clone()), phone: p.phone.clone(), org: None }).collect()
                }
                (DraftValue::Names(names), "role") => {
                    names.iter().map(|n| NamedDuty { role, person: None, phone: None, org: Some(n.clone()) }).collect()
                }
                _ => continue,
            };
            let current: Vec<String> = current_holders(project, role, form, register);
            let wanted: Vec<String> = named.iter().filter_map(|d| d.person.clone().or_else(|| d.org.clone())).collect();
            // A role held by one takes the first name; 专班 may be several.
            let several = role == Role::TaskForce;
            let (named, wanted) = if several {
                (named, wanted)
            } else {
                (named.into_iter().take(1).collect(), wanted.into_iter().take(1).collect::<Vec<_>>())
            };
            let held: Vec<String> = current.iter().map(|c| register_name(register, c, form)).collect();
            let missing: Vec<NamedDuty> =
                named.into_iter().zip(&wanted).filter(|(_, w)| !held.contains(&register_name(register, w, form))).map(|(d, _)| d).collect();
            if missing.is_empty() {
                continue;
            }
            if !self.is_new {
                self.out.changes.push(FieldChange {
                    field: key.clone(),
                    column: self.reading.mapping.column_of(key).map(|c| c.index),
                    before: if current.is_empty() { Value::Null } else { json!(current.join("、")) },
                    after: json!(wanted.join("、")),
                });
            }
            self.out.duties.extend(missing);
        }
    }

    fn own_doubts(&mut self, project: &Project) {
        let said = |field: &str, row: &RowDraft| row.fields.contains_key(field);
        for p in project.inconsistencies(self.today) {
            let field = p.place.clone().unwrap_or_else(|| "name".into());
            // The reader has already named what it saw at the cell; a doubt about old facts is not this sheet's.
            let same = |code: &str| code == p.code || (p.code == "old_project_code" && code == "code_old_form");
            let known = self.row.problems.iter().any(|c| same(&c.problem.code))
                || self.out.problems.iter().any(|(_, o)| o.code == p.code && o.place == p.place);
            if !known && said(&field, self.row) {
                self.say(&field, p);
            }
        }
    }
}

/// Whether a word stands in a text, as a word of its own where words have ends: `construction` is not in `reconstruction`.
fn stands_in(word: &str, text: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    !word.is_empty()
        && text
            .match_indices(word)
            .any(|(at, _)| !word.is_ascii() || (apart(text[..at].chars().next_back()) && apart(text[at + word.len()..].chars().next())))
}

/// A coarser date says nothing against a finer one within it.
fn is_finer(old: &Value, new: &Value) -> bool {
    let period = |v: &Value| v.as_str().and_then(|t| t.parse::<Period>().ok());
    match (period(old), period(new)) {
        (Some(o), Some(n)) => o.precision() < n.precision() && n.first_day() <= o.first_day() && o.last_day() <= n.last_day(),
        _ => false,
    }
}

pub(crate) fn merged(before: Option<&Formality>, said: Formality) -> Formality {
    let Some(b) = before.cloned() else { return said };
    Formality {
        kind: said.kind,
        state: said.state,
        planned: said.planned.or(b.planned),
        applied: said.applied.or(b.applied),
        decided: said.decided.or(b.decided),
        valid_until: said.valid_until.or(b.valid_until),
        number: said.number.or(b.number),
        course: b.course.beside(b.state, said.state),
    }
}

fn current_holders(project: &Project, role: Role, form: &str, register: &Register) -> Vec<String> {
    let current = project.responsibilities.iter().filter(|r| r.role == role && r.to.is_none());
    match form {
        "person" => current.filter_map(|r| r.person.and_then(|p| register.people.get(&p))).map(|p| p.name.clone()).collect(),
        _ => current.filter_map(|r| r.org.and_then(|o| register.orgs.get(&o))).map(|o| o.name.clone()).collect(),
    }
}

/// One spelling for a name and its aliases in the register.
fn register_name(register: &Register, name: &str, form: &str) -> String {
    let known = (form != "person").then(|| register.org_named(name)).flatten().map(|o| o.name.clone());
    known.unwrap_or_else(|| comparable_name(name))
}
