//! A project and the acts that change it. Every act gives the new project and its [`Change`], or a [`Refusal`].
//!
//! Programme → project → section share this type; `level` tells them apart. Figures count once: on the project,
//! not on the programme above it, the sections below it, or one that a split or merger has superseded.
use crate::{
    code::{DivisionCode, ProjectCode, ProjectCodeEntry, Uscc, UsccCheck},
    evidence::{Evidence, PlanFile},
    formality::Formality,
    gate::GateSet,
    id::ProjectId,
    industry::IndustryCode,
    lineage::{LineageKind, Superseded},
    list::{ListKey, Membership, MembershipState},
    measure::{Area, Money},
    period::{Period, YearMonth},
    plan::Plan,
    problem::{Problem, Refusal, Severity},
    responsibility::Responsibility,
    stage::{Lifecycle, Stage, StageKind, Status, StatusKind},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

macro_rules! keyed { ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),* $(,)? }) => {
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    pub enum $name { $($(#[$vdoc])* $variant),* }
    impl $name {
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        pub fn key(self) -> &'static str { match self { $(Self::$variant => $key),* } }
        pub fn parse(key: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.key() == key) }
    }
} }

keyed!(Level { Programme = "programme", Project = "project", Section = "section" });
keyed!(
    /// 建设性质
    Nature { New = "new", Expand = "expand", Rebuild = "rebuild", TechRenovation = "tech_renovation", Relocate = "relocate", Restore = "restore", Purchase = "purchase" }
);
keyed!(
    /// 审批, 核准, 备案
    Procedure { Approval = "approval", Verification = "verification", Filing = "filing" }
);
keyed!(
    /// Who holds the owner: decides whether its investment is private (民间).
    Holding { State = "state", Collective = "collective", Private = "private", Individual = "individual", HongKongMacaoTaiwan = "hong_kong_macao_taiwan", Foreign = "foreign", Public = "public" }
);

impl Holding {
    /// 民间: collective, private and individual units and those they control.
    pub fn is_private_investment(self) -> bool {
        matches!(self, Self::Collective | Self::Private | Self::Individual)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Owner {
    pub name: String,
    pub uscc: Option<Uscc>,
    pub holding: Option<Holding>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormerName {
    pub name: String,
    pub until: Date,
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormerOwner {
    pub owner: Owner,
    pub until: Date,
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Project {
    pub id: ProjectId,
    pub level: Level,
    pub parent: Option<ProjectId>,
    pub name: String,
    pub former_names: Vec<FormerName>,
    pub codes: Vec<ProjectCodeEntry>,
    pub owner: Option<Owner>,
    pub former_owners: Vec<FormerOwner>,
    pub lifecycle: Lifecycle,
    /// What it came from, by split or merger.
    pub predecessors: Vec<ProjectId>,
    pub superseded: Option<Superseded>,
    /// Entered by mistake and taken back; kept for the record, seen on no list.
    pub withdrawn: bool,

    pub division: Option<DivisionCode>,
    /// Functional zone (开发区): not a division.
    pub platform: Option<String>,
    pub location: Option<String>,
    pub industry: Option<IndustryCode>,
    pub nature: Option<Nature>,
    pub procedure: Option<Procedure>,
    /// 建设规模及内容
    pub scale: Option<String>,
    pub total_investment: Option<Money>,
    pub land_total: Option<Area>,
    pub land_new: Option<Area>,
    pub land_supplied: Option<Area>,
    pub start_planned: Option<Period>,
    pub finish_planned: Option<Period>,
    pub operate_planned: Option<Period>,
    pub ramp_planned: Option<Period>,
    /// 集中开工仪式: the first of the three dates of 开工. The third, the statistical one, is in the stage.
    pub ceremony_on: Option<Date>,
    /// 施工许可: the second.
    pub permit_on: Option<Date>,
    /// 入库, first meaning: admitted to the office's pool.
    pub pool_entry_on: Option<Date>,
    /// 入库, second meaning (入统): admitted to investment statistics.
    pub stat_entry_on: Option<Date>,
    /// 形象进度
    pub physical_progress: Option<String>,
    pub remark: Option<String>,
    /// Columns that the office keeps and we do not interpret, by their heading.
    pub extra: BTreeMap<String, String>,

    pub memberships: Vec<Membership>,
    pub formalities: Vec<Formality>,
    /// Its network; absent while nobody has made one, and in what was written before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// Files kept with it, in the order they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Schedules that its contractors sent, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan_files: Vec<PlanFile>,
    pub responsibilities: Vec<Responsibility>,
    /// Reported investment of the year up to and including the month: cumulative, as offices report it.
    pub ytd_done: BTreeMap<YearMonth, Money>,
}

/// What an act changed, in the journal's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// snake_case verb: `create`, `edit`, `move_stage`, `rename`, `split`, …
    pub act: String,
    /// The day it happened or takes effect, which is not the day it was recorded.
    pub on: Option<Date>,
    /// Document, reason: why.
    pub basis: Option<String>,
}

impl Change {
    pub fn new(act: &str) -> Self {
        Self { act: act.to_owned(), on: None, basis: None }
    }
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.on = Some(day);
        self
    }
    #[must_use]
    pub fn because(mut self, basis: &str) -> Self {
        self.basis = Some(basis.to_owned()).filter(|b| !b.is_empty());
        self
    }
}

/// A decision to enter another stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageDecision {
    pub to: StageKind,
    /// The day of the stage: of the first pile, the acceptance, …
    pub on: Date,
    /// Document or evidence; required.
    pub basis: String,
    /// Days of stages passed through without a decision of their own (an imported past): the statistical start, the completion, …
    #[serde(default)]
    pub passed: BTreeMap<StageKind, Date>,
}

/// The facts that `set_field` accepts: plain facts, changed without a decision.
pub const EDITABLE: &[&str] = &[
    "division",
    "platform",
    "location",
    "industry",
    "nature",
    "procedure",
    "scale",
    "total_investment",
    "land_total",
    "land_new",
    "land_supplied",
    "start_planned",
    "finish_planned",
    "operate_planned",
    "ramp_planned",
    "ceremony_on",
    "permit_on",
    "pool_entry_on",
    "stat_entry_on",
    "physical_progress",
    "remark",
];

/// A name as people compare it: without spaces, brackets' width or case.
pub fn comparable_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            // Han characters have no case and no width, and names are mostly Han characters.
            '\u{4e00}'..='\u{9fff}' => out.push(c),
            c if c.is_ascii() => {
                if !c.is_whitespace() {
                    out.push(c.to_ascii_lowercase());
                }
            }
            '（' => out.push('('),
            '）' => out.push(')'),
            '“' | '”' | '「' | '」' => out.push('"'),
            '－' | '—' | '–' => out.push('-'),
            '·' | '•' | '・' => out.push('.'),
            c if c.is_whitespace() => {}
            '\u{ff01}'..='\u{ff5e}' => out.extend(char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

impl Project {
    /// A new project in the books. `name` must not be blank.
    pub fn admit(id: ProjectId, level: Level, name: &str) -> Result<Self, Refusal> {
        let name = checked_name(name)?;
        Ok(Self {
            id,
            level,
            parent: None,
            name,
            former_names: vec![],
            codes: vec![],
            owner: None,
            former_owners: vec![],
            lifecycle: Lifecycle { stage: Stage::Scouting { since: None }, status: Status::Active },
            predecessors: vec![],
            superseded: None,
            withdrawn: false,
            division: None,
            platform: None,
            location: None,
            industry: None,
            nature: None,
            procedure: None,
            scale: None,
            total_investment: None,
            land_total: None,
            land_new: None,
            land_supplied: None,
            start_planned: None,
            finish_planned: None,
            operate_planned: None,
            ramp_planned: None,
            ceremony_on: None,
            permit_on: None,
            pool_entry_on: None,
            stat_entry_on: None,
            physical_progress: None,
            remark: None,
            extra: BTreeMap::new(),
            memberships: vec![],
            formalities: vec![],
            plan: None,
            evidence: vec![],
            plan_files: vec![],
            responsibilities: vec![],
            ytd_done: BTreeMap::new(),
        })
    }

    /// 涉密 projects may not enter: the program is not approved for them.
    pub fn classified_refusal() -> Refusal {
        Refusal::one(Problem::block("classified_project").at("classified"))
    }

    pub fn code(&self) -> Option<&str> {
        self.codes.iter().rev().find(|c| c.state == crate::CodeState::Valid).map(|c| c.code.as_str())
    }

    /// Whether its figures belong in a total.
    pub fn counts(&self) -> bool {
        self.level == Level::Project && self.superseded.is_none() && !self.withdrawn
    }

    pub fn has_field(&self, field: &str) -> bool {
        match field {
            "name" => true,
            "code" => self.code().is_some(),
            "owner" => self.owner.is_some(),
            "owner_uscc" => self.owner.as_ref().is_some_and(|o| o.uscc.is_some()),
            "holding" => self.owner.as_ref().is_some_and(|o| o.holding.is_some()),
            "membership" => self.memberships.iter().any(|m| m.state == MembershipState::Admitted),
            _ => self.field(field) != Value::Null,
        }
    }

    /// A plain fact as its journal value; `Null` when absent or unknown.
    pub fn field(&self, field: &str) -> Value {
        fn v<T: Serialize>(x: &Option<T>) -> Value {
            x.as_ref().and_then(|x| serde_json::to_value(x).ok()).unwrap_or(Value::Null)
        }
        match field {
            "name" => Value::String(self.name.clone()),
            "code" => self.code().map_or(Value::Null, |c| Value::String(c.to_owned())),
            "owner" => self.owner.as_ref().map_or(Value::Null, |o| Value::String(o.name.clone())),
            "owner_uscc" => v(&self.owner.as_ref().and_then(|o| o.uscc.clone())),
            "holding" => v(&self.owner.as_ref().and_then(|o| o.holding)),
            "division" => v(&self.division),
            "platform" => v(&self.platform),
            "location" => v(&self.location),
            "industry" => v(&self.industry),
            "nature" => v(&self.nature),
            "procedure" => v(&self.procedure),
            "scale" => v(&self.scale),
            "total_investment" => v(&self.total_investment),
            "land_total" => v(&self.land_total),
            "land_new" => v(&self.land_new),
            "land_supplied" => v(&self.land_supplied),
            "start_planned" => v(&self.start_planned),
            "finish_planned" => v(&self.finish_planned),
            "operate_planned" => v(&self.operate_planned),
            "ramp_planned" => v(&self.ramp_planned),
            "ceremony_on" => v(&self.ceremony_on),
            "permit_on" => v(&self.permit_on),
            "pool_entry_on" => v(&self.pool_entry_on),
            "stat_entry_on" => v(&self.stat_entry_on),
            "physical_progress" => v(&self.physical_progress),
            "remark" => v(&self.remark),
            _ => Value::Null,
        }
    }

    fn set_field(&mut self, field: &str, value: &Value) -> Result<(), Problem> {
        fn read<T: serde::de::DeserializeOwned>(field: &str, value: &Value) -> Result<Option<T>, Problem> {
            match value {
                Value::Null => Ok(None),
                Value::String(s) if s.trim().is_empty() => Ok(None),
                v => T::deserialize(v).map(Some).map_err(|_| {
                    Problem::block("bad_value").at(field).with(
                        "found",
                        match v {
                            Value::String(s) => s.clone(),
                            v => v.to_string(),
                        },
                    )
                }),
            }
        }
        macro_rules! fields { ($($name:ident),* $(,)?) => { match field {
            $(stringify!($name) => self.$name = read(field, value)?,)*
            _ => return Err(Problem::block("not_editable").at(field)),
        } } }
        fields!(
            division,
            platform,
            location,
            industry,
            nature,
            procedure,
            scale,
            total_investment,
            land_total,
            land_new,
            land_supplied,
            start_planned,
            finish_planned,
            operate_planned,
            ramp_planned,
            ceremony_on,
            permit_on,
            pool_entry_on,
            stat_entry_on,
            physical_progress,
            remark
        );
        Ok(())
    }

    /// Changes plain facts, all or none. Keys are those of [`EDITABLE`]; `null` clears.
    pub fn edit(mut self, patch: &BTreeMap<String, Value>, today: Date) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        for (field, value) in patch {
            problems.extend(self.set_field(field, value).err());
        }
        problems.extend(self.inconsistencies(today).into_iter().filter(|p| p.place.as_ref().is_some_and(|f| patch.contains_key(f))));
        Refusal::unless_clear(problems)?;
        Ok((self, Change::new("edit")))
    }

    /// Everything about its own facts that cannot all be true, or needs a second look.
    pub fn inconsistencies(&self, today: Date) -> Vec<Problem> {
        let mut found = vec![];
        for (field, amount) in [
            ("total_investment", self.total_investment.map(Money::fen)),
            ("land_total", self.land_total.map(Area::m2)),
            ("land_new", self.land_new.map(Area::m2)),
            ("land_supplied", self.land_supplied.map(Area::m2)),
        ] {
            if amount.is_some_and(|a| a < 0) {
                found.push(Problem::block("negative_amount").at(field));
            }
        }
        let plans = [
            ("start_planned", self.start_planned),
            ("finish_planned", self.finish_planned),
            ("operate_planned", self.operate_planned),
            ("ramp_planned", self.ramp_planned),
        ];
        let given: Vec<(&str, Period)> = plans.iter().filter_map(|(f, p)| p.map(|p| (*f, p))).collect();
        for pair in given.windows(2) {
            let [(before, a), (after, b)] = pair else { continue };
            if a.first_day() > b.last_day() {
                found.push(Problem::warn("planned_order").at(*after).with("before", before).with("first", a).with("second", b));
            }
        }
        for (field, date) in [
            ("ceremony_on", self.ceremony_on),
            ("permit_on", self.permit_on),
            ("pool_entry_on", self.pool_entry_on),
            ("stat_entry_on", self.stat_entry_on),
        ] {
            if date.is_some_and(|d| d > today) {
                found.push(Problem::block("fact_in_future").at(field).with("found", date.unwrap_or(today)));
            }
        }
        if let Some(uscc) = self.owner.as_ref().and_then(|o| o.uscc.as_ref())
            && let UsccCheck::Wrong { expected } = uscc.check()
        {
            found.push(Problem::warn("uscc_check").at("owner_uscc").with("found", uscc).with("expected", expected));
        }
        if self.code().and_then(|c| c.parse::<ProjectCode>().ok()).is_some_and(|c| c.is_old_form()) {
            found.push(Problem::warn("old_project_code").at("code"));
        }
        found
    }

    pub(crate) fn must_be_live(&self) -> Vec<Problem> {
        let mut found = vec![];
        if let Some(s) = &self.superseded {
            found.push(Problem::block("superseded").with("on", s.on));
        }
        if self.withdrawn {
            found.push(Problem::block("withdrawn"));
        }
        if self.lifecycle.status.kind() == StatusKind::Closed {
            found.push(Problem::block("closed").at("status"));
        }
        found
    }

    pub fn rename(mut self, name: &str, on: Date, basis: &str) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        problems.extend(required_basis(basis));
        match checked_name(name) {
            Ok(n) if n == self.name => problems.push(Problem::block("same_name").at("name")),
            Ok(n) => {
                let before = std::mem::replace(&mut self.name, n);
                self.former_names.push(FormerName { name: before, until: on, basis: basis.to_owned() });
            }
            Err(r) => problems.extend(r.unmet),
        }
        Refusal::unless_clear(problems)?;
        Ok((self, Change::new("rename").on(on).because(basis)))
    }

    /// Another legal entity takes the project over; the former one stays on record.
    pub fn change_owner(mut self, owner: Owner, on: Date, basis: &str) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        if owner.name.trim().is_empty() {
            problems.push(Problem::block("field_missing").at("owner"));
        }
        if self.owner.is_some() {
            problems.extend(required_basis(basis));
        }
        Refusal::unless_clear(problems)?;
        if let Some(before) = self.owner.replace(owner) {
            self.former_owners.push(FormerOwner { owner: before, until: on, basis: basis.to_owned() });
        }
        Ok((self, Change::new("change_owner").on(on).because(basis)))
    }

    /// Corrects what is known of the same owner (its code, its holding, the spelling of its name).
    pub fn correct_owner(mut self, owner: Owner) -> Result<(Self, Change), Refusal> {
        Refusal::unless_clear(self.must_be_live())?;
        self.owner = Some(owner);
        Ok((self, Change::new("correct_owner")))
    }

    /// Adds a code, or changes the state of one it has.
    pub fn set_code(mut self, entry: ProjectCodeEntry) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        if entry.code.trim().is_empty() {
            problems.push(Problem::block("field_missing").at("code"));
        }
        Refusal::unless_clear(problems)?;
        match self.codes.iter_mut().find(|c| c.code == entry.code) {
            Some(c) => *c = entry,
            None => self.codes.push(entry),
        }
        Ok((self, Change::new("set_code")))
    }

    /// Enters a later stage, or returns every condition still unmet.
    /// Going back is a correction, made by [`Project::correct_stage`], never by a second decision.
    pub fn move_stage(mut self, decision: &StageDecision, gates: &GateSet, today: Date) -> Result<(Self, Change, Vec<Problem>), Refusal> {
        let from = self.lifecycle.stage.kind();
        let mut problems = self.must_be_live();
        problems.extend(required_basis(&decision.basis));
        if decision.to <= from {
            problems.push(Problem::block("stage_not_forward").at("stage").with("from", from.key()).with("to", decision.to.key()));
        }
        if self.lifecycle.status.kind() != StatusKind::Active {
            problems.push(Problem::block("not_active").at("status").with("status", self.lifecycle.status.kind().key()));
        }
        if decision.on > today {
            problems.push(Problem::block("fact_in_future").at("on").with("found", decision.on));
        }
        if let Some(since) = self.lifecycle.stage.since().filter(|s| *s > decision.on) {
            problems
                .push(Problem::block("date_order").at("on").with("before", from.key()).with("first", since).with("second", decision.on));
        }
        problems.extend(gates.unmet(&self, decision.to, decision.on));
        let stage = self.stage_after(decision).map_err(|p| problems.extend(p)).ok();
        let reminders = Refusal::unless_clear(problems)?;
        if let Some(stage) = stage {
            self.lifecycle.stage = stage;
        }
        Ok((self, Change::new("move_stage").on(decision.on).because(&decision.basis), reminders))
    }

    fn stage_after(&self, d: &StageDecision) -> Result<Stage, Vec<Problem>> {
        let now = &self.lifecycle.stage;
        let day =
            |kind: StageKind, known: Option<Date>| if kind == d.to { Some(d.on) } else { known.or_else(|| d.passed.get(&kind).copied()) };
        build_stage(
            d.to,
            Some(d.on),
            day(StageKind::Building, now.started()),
            day(StageKind::Completed, now.completed()),
            day(StageKind::Operating, now.operating()),
            day(StageKind::Ramped, now.ramped()),
        )
    }

    /// Sets the stage as a record of the past (import, correction of an error): no gate, but dates in order.
    pub fn correct_stage(mut self, stage: Stage, basis: &str) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        problems.extend(required_basis(basis));
        problems.extend(
            build_stage(stage.kind(), stage.since(), stage.started(), stage.completed(), stage.operating(), stage.ramped())
                .err()
                .unwrap_or_default(),
        );
        Refusal::unless_clear(problems)?;
        self.lifecycle.stage = stage;
        Ok((self, Change::new("correct_stage").because(basis)))
    }

    /// Halts, defers, resumes, terminates or closes. Resuming keeps the first start: it is not a new start.
    pub fn change_status(mut self, to: StatusKind, on: Date, reason: &str, today: Date) -> Result<(Self, Change), Refusal> {
        let (stage, from) = (self.lifecycle.stage.kind(), self.lifecycle.status.kind());
        let mut problems = required_basis(reason);
        if self.superseded.is_some() || self.withdrawn {
            problems.extend(self.must_be_live());
        }
        if on > today {
            problems.push(Problem::block("fact_in_future").at("on").with("found", on));
        }
        let since = match &self.lifecycle.status {
            Status::Active => None,
            Status::Halted { on, .. } | Status::Deferred { on, .. } | Status::Terminated { on, .. } | Status::Closed { on, .. } => {
                Some(*on)
            }
        };
        if let Some(since) = since.filter(|s| *s > on) {
            problems.push(Problem::block("date_order").at("on").with("before", from.key()).with("first", since).with("second", on));
        }
        let allowed = match (from, to) {
            (StatusKind::Active, StatusKind::Halted) => stage == StageKind::Building,
            (StatusKind::Active, StatusKind::Deferred) => stage < StageKind::Building,
            (StatusKind::Halted | StatusKind::Deferred, StatusKind::Active) => true,
            (StatusKind::Active | StatusKind::Halted | StatusKind::Deferred, StatusKind::Terminated) => stage < StageKind::Operating,
            (StatusKind::Active, StatusKind::Closed) => stage == StageKind::Ramped,
            (StatusKind::Terminated, StatusKind::Closed) => true,
            _ => false,
        };
        if !allowed {
            problems.push(
                Problem::block("status_not_reachable")
                    .at("status")
                    .with("from", from.key())
                    .with("to", to.key())
                    .with("stage", stage.key()),
            );
        }
        Refusal::unless_clear(problems)?;
        let text = reason.to_owned();
        self.lifecycle.status = match to {
            StatusKind::Active => Status::Active,
            StatusKind::Halted => Status::Halted { on, reason: text },
            StatusKind::Deferred => Status::Deferred { on, reason: text },
            StatusKind::Terminated => Status::Terminated { on, reason: text },
            StatusKind::Closed => Status::Closed { on, basis: text },
        };
        let act = if to == StatusKind::Active { "resume" } else { "change_status" };
        Ok((self, Change::new(act).on(on).because(reason)))
    }

    /// Ends this project in favour of `parts`, whose investments must not exceed what is known of the whole.
    pub fn split(mut self, mut parts: Vec<Self>, on: Date, basis: &str) -> Result<(Self, Vec<Self>, Change), Refusal> {
        let mut problems = self.must_be_live();
        problems.extend(required_basis(basis));
        if parts.len() < 2 {
            problems.push(Problem::block("split_needs_two").at("parts"));
        }
        let sum: Money = parts.iter().filter_map(|p| p.total_investment).sum();
        if self.total_investment.is_some_and(|whole| sum > whole) {
            problems.push(Problem::warn("split_exceeds_whole").at("total_investment").with("sum", sum.to_wan_string()));
        }
        Refusal::unless_clear(problems)?;
        self.superseded =
            Some(Superseded { kind: LineageKind::Split, on, by: parts.iter().map(|p| p.id).collect(), basis: basis.to_owned() });
        for part in &mut parts {
            part.predecessors = vec![self.id];
            part.level = self.level;
            part.parent = self.parent;
        }
        Ok((self, parts, Change::new("split").on(on).because(basis)))
    }

    /// Ends `sources` in favour of one project.
    pub fn merge(sources: Vec<Self>, mut into: Self, on: Date, basis: &str) -> Result<(Vec<Self>, Self, Change), Refusal> {
        let mut problems: Vec<Problem> =
            sources.iter().flat_map(|s| s.must_be_live().into_iter().map(|p| p.with("project", &s.name))).collect();
        problems.extend(required_basis(basis));
        if sources.len() < 2 {
            problems.push(Problem::block("merge_needs_two").at("sources"));
        }
        Refusal::unless_clear(problems)?;
        into.predecessors = sources.iter().map(|s| s.id).collect();
        let ended = sources
            .into_iter()
            .map(|mut s| {
                s.superseded = Some(Superseded { kind: LineageKind::Merged, on, by: vec![into.id], basis: basis.to_owned() });
                s
            })
            .collect();
        Ok((ended, into, Change::new("merge").on(on).because(basis)))
    }

    /// Applies to, admits to or removes from a yearly list; the row stays with its dates.
    pub fn set_membership(mut self, membership: Membership) -> Result<(Self, Change), Refusal> {
        Refusal::unless_clear(self.must_be_live())?;
        let basis = membership.basis.clone().unwrap_or_default();
        match self.memberships.iter_mut().find(|m| m.list == membership.list) {
            Some(m) => *m = membership,
            None => self.memberships.push(membership),
        }
        self.memberships.sort_by(|a, b| a.list.cmp(&b.list));
        Ok((self, Change::new("set_membership").because(&basis)))
    }

    pub fn membership(&self, list: &ListKey) -> Option<&Membership> {
        self.memberships.iter().find(|m| &m.list == list)
    }

    /// Records a formality: one row a kind, the latest known. Its course stays what acts made it.
    pub fn record_formality(mut self, mut formality: Formality) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        let before = self.formalities.iter().find(|f| f.kind == formality.kind);
        formality.course = before.map(|b| b.course.beside(b.state, formality.state)).unwrap_or_default();
        problems.extend(formality.contradictions());
        if let (Some(a), Some(d)) = (formality.applied, formality.decided)
            && a.first_day() > d.last_day()
        {
            problems
                .push(Problem::block("date_order").at(formality.kind.clone()).with("before", "applied").with("first", a).with("second", d));
        }
        Refusal::unless_clear(problems)?;
        let kind = formality.kind.clone();
        match self.formalities.iter_mut().find(|f| f.kind == kind) {
            Some(f) => *f = formality,
            None => self.formalities.push(formality),
        }
        self.formalities.sort_by(|a, b| a.kind.cmp(&b.kind));
        Ok((self, Change::new("record_formality")))
    }

    /// Gives a duty from a day on; whoever held the same role alone until then ends the day before.
    pub fn assign(mut self, duty: Responsibility, basis: &str) -> Result<(Self, Change), Refusal> {
        let mut problems = self.must_be_live();
        if duty.person.is_none() && duty.org.is_none() {
            problems.push(Problem::block("field_missing").at(duty.role.key()));
        }
        Refusal::unless_clear(problems)?;
        let shared = matches!(duty.role, crate::Role::TaskForce);
        if !shared {
            self.responsibilities.retain_mut(|r| {
                if r.role != duty.role || r.to.is_some() {
                    return true;
                }
                r.to = duty.from.and_then(|d| d.yesterday().ok());
                // A holder with no days at all was a slip of entry, not a holder.
                r.to.is_some() && r.from.is_none_or(|f| r.to.is_some_and(|t| f <= t))
            });
        }
        self.responsibilities.push(duty);
        Ok((self, Change::new("assign").because(basis)))
    }

    /// A cumulative figure may not fall within a year unless it is entered as a correction.
    pub fn report_ytd(mut self, month: YearMonth, done: Money) -> Result<(Self, Change), Refusal> {
        Refusal::unless_clear(self.must_be_live())?;
        self.ytd_done.insert(month, done);
        Ok((self, Change::new("report_ytd")))
    }

    /// Months of one year whose cumulative figure is below an earlier month's.
    pub fn falling_cumulatives(&self) -> Vec<YearMonth> {
        let months: Vec<_> = self.ytd_done.iter().collect();
        months.windows(2).filter(|w| w[0].0.year() == w[1].0.year() && w[1].1 < w[0].1).map(|w| *w[1].0).collect()
    }

    /// The furthest stage that the recorded facts support, for display beside the decided one.
    /// Independent of the day, so that a new day touches no derived row.
    pub fn suggested_stage(&self) -> StageKind {
        let granted = |kind: &str| self.formalities.iter().any(|f| f.kind == kind && f.state == crate::FormalityState::Granted);
        let decided = self.lifecycle.stage.kind();
        if decided >= StageKind::Completed {
            return decided;
        }
        if granted("completion_filing") {
            StageKind::Completed
        } else if decided == StageKind::Building || self.ytd_done.values().any(|m| m.fen() > 0) {
            StageKind::Building
        } else if self.permit_on.is_some() || granted("construction") {
            StageKind::Ready
        } else if self.formalities.iter().any(|f| f.state == crate::FormalityState::Granted || f.state == crate::FormalityState::Applied) {
            StageKind::Prelim.max(decided)
        } else if self.code().is_some() {
            StageKind::Reserve.max(decided)
        } else {
            decided
        }
    }
}

fn checked_name(name: &str) -> Result<String, Refusal> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::one(Problem::block("field_missing").at("name"))),
        n if n > 200 => Err(Refusal::one(Problem::block("too_long").at("name").with("limit", 200))),
        _ => Ok(name),
    }
}

fn required_basis(basis: &str) -> Vec<Problem> {
    if basis.trim().is_empty() { vec![Problem::new(Severity::Block, "basis_missing").at("basis")] } else { vec![] }
}

/// A stage from its dates, or every date that is missing or out of order.
pub fn build_stage(
    kind: StageKind,
    since: Option<Date>,
    started: Option<Date>,
    completed: Option<Date>,
    operating: Option<Date>,
    ramped: Option<Date>,
) -> Result<Stage, Vec<Problem>> {
    let chain = [
        ("started", StageKind::Building, started),
        ("completed", StageKind::Completed, completed),
        ("operating", StageKind::Operating, operating),
        ("ramped", StageKind::Ramped, ramped),
    ];
    let mut problems = vec![];
    let reached: Vec<_> = chain.iter().filter(|(_, k, _)| *k <= kind).collect();
    for (field, _, date) in &reached {
        if date.is_none() {
            problems.push(Problem::block("stage_date_missing").at(*field).with("stage", kind.key()));
        }
    }
    let dated: Vec<(&str, Date)> = reached.iter().filter_map(|(f, _, d)| d.map(|d| (*f, d))).collect();
    for pair in dated.windows(2) {
        if pair[0].1 > pair[1].1 {
            problems.push(
                Problem::block("date_order").at(pair[1].0).with("before", pair[0].0).with("first", pair[0].1).with("second", pair[1].1),
            );
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(match (kind, started, completed, operating, ramped) {
        (StageKind::Building, Some(started), ..) => Stage::Building { started },
        (StageKind::Completed, Some(started), Some(completed), ..) => Stage::Completed { started, completed },
        (StageKind::Operating, Some(started), Some(completed), Some(operating), _) => Stage::Operating { started, completed, operating },
        (StageKind::Ramped, Some(started), Some(completed), Some(operating), Some(ramped)) => {
            Stage::Ramped { started, completed, operating, ramped }
        }
        (StageKind::Reserve, ..) => Stage::Reserve { since },
        (StageKind::Prelim, ..) => Stage::Prelim { since },
        (StageKind::Ready, ..) => Stage::Ready { since },
        _ => Stage::Scouting { since },
    })
}
