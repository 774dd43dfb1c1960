//! Filters over the pipeline, as SQL on promoted columns.
use crate::{
    facets::Facet,
    forecast::light_no,
    promote::{default_level, folded},
    scope::{starts_with_any, valid, within_any},
    sql::Sql,
    stream::AsOf,
};
use jiff::{ToSpan, civil::Date};
use lantu_model::{
    DivisionCode, Holding, Level, Light, ListKey, MembershipState, Money, Nature, OrgId, Procedure, ProjectId, Scope, StageKind, StatusKind,
};

/// Days from `from` to `to`, both included; an open end is `None`. A row without a date is outside every bounded range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// The standing work lists of the three watches. A project is due while it counts, is neither terminated nor closed,
/// and has not done it: started (first pile), completed, ramped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Planned to start within today's month.
    StartThisMonth,
    /// Planned to have started before today.
    StartOverdue,
    FinishThisMonth,
    FinishOverdue,
    RampThisMonth,
    RampOverdue,
    /// Started, but not admitted to investment statistics (开工未入统).
    NotInStatistics,
}

impl Due {
    pub const ALL: [Self; 7] = [
        Self::StartThisMonth,
        Self::StartOverdue,
        Self::FinishThisMonth,
        Self::FinishOverdue,
        Self::RampThisMonth,
        Self::RampOverdue,
        Self::NotInStatistics,
    ];
    pub fn key(self) -> &'static str {
        match self {
            Self::StartThisMonth => "start_this_month",
            Self::StartOverdue => "start_overdue",
            Self::FinishThisMonth => "finish_this_month",
            Self::FinishOverdue => "finish_overdue",
            Self::RampThisMonth => "ramp_this_month",
            Self::RampOverdue => "ramp_overdue",
            Self::NotInStatistics => "not_in_statistics",
        }
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.key() == key)
    }
}

/// A work list as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueAsk {
    pub due: Due,
    pub today: Date,
}

/// What to list. Empty lists and `None` leave a dimension open; dimensions are joined by AND, values within one by OR.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in name, codes or owner; case and full width do not matter, `%` and `_` are plain.
    pub text: Option<String>,
    pub stages: Vec<StageKind>,
    pub statuses: Vec<StatusKind>,
    /// Each with everything below it.
    pub divisions: Vec<DivisionCode>,
    pub platforms: Vec<String>,
    /// Prefixes of industry classes (`C`, `C39`).
    pub industries: Vec<String>,
    pub natures: Vec<Nature>,
    pub procedures: Vec<Procedure>,
    pub holdings: Vec<Holding>,
    /// Empty: projects, not programmes or sections.
    pub levels: Vec<Level>,
    /// Opens a facet's empty entry: rows that carry no value there, beside those of the dimension's own list.
    pub missing: Vec<Facet>,
    pub parent: Option<ProjectId>,
    /// On this list: applied or admitted, unless `list_state` says otherwise.
    pub list: Option<ListKey>,
    pub list_state: Option<MembershipState>,
    /// Part of the owner's name.
    pub owner: Option<String>,
    pub lead_org: Option<OrgId>,
    /// Both ends included.
    pub investment_min: Option<Money>,
    pub investment_max: Option<Money>,
    pub start_due: DateRange,
    pub finish_due: DateRange,
    pub ramp_due: DateRange,
    pub started: DateRange,
    pub completed: DateRange,
    pub operating: DateRange,
    pub ramped: DateRange,
    /// Where the facts suggest another stage than the decided one.
    pub suggested_differs: bool,
    /// Changed after this feed number.
    pub changed_since: Option<u64>,
    pub due: Option<DueAsk>,
    /// Of projects with a forecast, those whose worst light is one of these; as forecasts are now, whatever the moment.
    pub lights: Vec<Light>,
    /// Expected to be late by so many days or more; as forecasts are now.
    pub late_from: Option<i64>,
    /// These alone.
    pub among: Option<Vec<ProjectId>>,
}

/// The key of a membership's state in the side table.
pub(crate) fn list_state_key(state: MembershipState) -> &'static str {
    match state {
        MembershipState::Applied => "applied",
        MembershipState::Admitted => "admitted",
        MembershipState::Removed => "removed",
    }
}

impl Filter {
    /// Adds ` AND …` for everything asked, on the alias `p`.
    pub(crate) fn push(&self, sql: &mut Sql, scope: &Scope, as_of: AsOf) {
        match as_of {
            None => self.push_words_apart(sql, scope),
            Some(_) => self.push_words(sql),
        }
        self.push_others(sql, scope, as_of);
    }

    /// The same for a list that is walked by name, whose index holds the words beside it.
    pub(crate) fn push_by_name(&self, sql: &mut Sql, scope: &Scope, as_of: AsOf) {
        self.push_words(sql);
        self.push_others(sql, scope, as_of);
    }

    fn push_others(&self, sql: &mut Sql, scope: &Scope, as_of: AsOf) {
        self.push_level(sql, "p.level");
        if let Some(parent) = self.parent {
            sql.push(" AND p.parent = ").bind(parent.to_string());
        }
        self.push_classes(sql);
        self.push_figures(sql);
        for (column, range) in [
            ("p.start_due", self.start_due),
            ("p.finish_due", self.finish_due),
            ("p.ramp_due", self.ramp_due),
            ("p.started_on", self.started),
            ("p.completed_on", self.completed),
            ("p.operating_on", self.operating),
            ("p.ramped_on", self.ramped),
        ] {
            push_range(sql, column, range);
        }
        if let Some(list) = &self.list {
            self.push_list(sql, scope, list, as_of);
        }
        if self.suggested_differs {
            sql.push(" AND p.suggested IS NOT NULL");
        }
        if let Some(feed) = self.changed_since {
            sql.push(" AND p.feed > ").bind(feed);
        }
        if let Some(ask) = self.due {
            push_due(sql, ask);
        }
        self.push_forecast(sql, scope);
    }

    fn push_forecast(&self, sql: &mut Sql, scope: &Scope) {
        if let Some(ids) = &self.among {
            sql.push(" AND ").push_in("p.id", ids.iter().map(ToString::to_string));
        }
        if self.lights.is_empty() && self.late_from.is_none() {
            return;
        }
        sql.push(" AND p.id IN (SELECT f.id FROM forecast f WHERE f.office = ").bind(scope.office.to_string());
        if !self.lights.is_empty() {
            sql.push(" AND ").push_in("f.light", self.lights.iter().map(|l| light_no(*l)));
        }
        if let Some(days) = self.late_from {
            sql.push(" AND f.days_late >= ").bind(days);
        }
        sql.push(")");
    }

    /// Whether it names rows by something that finds them sooner than leafing through a sorted list.
    pub(crate) fn is_narrow(&self) -> bool {
        self.list.is_some() || self.lead_org.is_some() || self.parent.is_some() || self.changed_since.is_some() || self.among.is_some()
    }

    fn push_level(&self, sql: &mut Sql, column: &str) {
        match self.levels.as_slice() {
            [] => sql.push(" AND ").push(column).push(" = ").bind(default_level()),
            [one] => sql.push(" AND ").push(column).push(" = ").bind(one.key()),
            many => sql.push(" AND ").push_in(column, many.iter().map(|l| l.key())),
        };
    }

    fn push_contains(&self, sql: &mut Sql, column: &str) {
        for word in self.text.as_deref().map(folded).unwrap_or_default().split_whitespace() {
            sql.push(" AND ").push_contains(column, word);
        }
    }

    /// Words that few rows hold are looked for in a narrow index, not in every row of a list.
    fn push_words_apart(&self, sql: &mut Sql, scope: &Scope) {
        if self.text.as_deref().is_some_and(|t| !t.trim().is_empty()) {
            sql.push(" AND p.id IN (SELECT s.id FROM project s");
            sql.push_index("project_name").push(" WHERE s.office = ").bind(scope.office.to_string());
            self.push_level(sql, "s.level");
            self.push_contains(sql, "s.search");
            sql.push(")");
        }
        self.push_owner(sql);
    }

    fn push_words(&self, sql: &mut Sql) {
        self.push_contains(sql, "p.search");
        self.push_owner(sql);
    }

    fn push_owner(&self, sql: &mut Sql) {
        if let Some(owner) = self.owner.as_deref().map(str::trim).filter(|o| !o.is_empty()) {
            sql.push(" AND ").push_contains("p.owner_key", &folded(owner));
        }
    }

    fn push_classes(&self, sql: &mut Sql) {
        let keys = |list: &[&'static str]| list.to_vec();
        self.push_any(sql, Facet::Stage, "p.stage", keys(&self.stages.iter().map(|v| v.key()).collect::<Vec<_>>()));
        self.push_any(sql, Facet::Status, "p.status", keys(&self.statuses.iter().map(|v| v.key()).collect::<Vec<_>>()));
        self.push_any(sql, Facet::Platform, "p.platform", self.platforms.iter().map(String::as_str).collect());
        self.push_any(sql, Facet::Nature, "p.nature", keys(&self.natures.iter().map(|v| v.key()).collect::<Vec<_>>()));
        self.push_any(sql, Facet::Holding, "p.holding", keys(&self.holdings.iter().map(|v| v.key()).collect::<Vec<_>>()));
        if !self.procedures.is_empty() {
            sql.push(" AND ").push_in("p.procedure_kind", self.procedures.iter().map(|v| v.key()));
        }
        self.push_nested(sql, Facet::Division, "p.division", !self.divisions.is_empty(), |sql| within_any(sql, &self.divisions));
        self.push_nested(sql, Facet::Industry, "p.section", !self.industries.is_empty(), |sql| {
            starts_with_any(sql, "p.industry", &self.industries);
        });
    }

    fn push_any(&self, sql: &mut Sql, facet: Facet, column: &str, list: Vec<&str>) {
        self.push_nested(sql, facet, column, !list.is_empty(), |sql| {
            sql.push_in(column, list);
        });
    }

    fn push_nested(&self, sql: &mut Sql, facet: Facet, column: &str, asked: bool, push: impl FnOnce(&mut Sql)) {
        match (asked, self.missing.contains(&facet)) {
            (false, false) => {}
            (true, false) => {
                sql.push(" AND ");
                push(sql);
            }
            (false, true) => {
                sql.push(" AND ").push(column).push(" IS NULL");
            }
            (true, true) => {
                sql.push(" AND (").push(column).push(" IS NULL OR ");
                push(sql);
                sql.push(")");
            }
        }
    }

    fn push_figures(&self, sql: &mut Sql) {
        if let Some(org) = self.lead_org {
            sql.push(" AND p.lead_org = ").bind(org.to_string());
        }
        if let Some(min) = self.investment_min {
            sql.push(" AND p.investment >= ").bind(min.fen());
        }
        if let Some(max) = self.investment_max {
            sql.push(" AND p.investment <= ").bind(max.fen());
        }
    }

    fn push_list(&self, sql: &mut Sql, scope: &Scope, list: &ListKey, as_of: AsOf) {
        sql.push(" AND p.id IN (SELECT l.id FROM project_list l WHERE l.office = ").bind(scope.office.to_string());
        sql.push(" AND l.kind = ").bind(list.kind.as_str()).push(" AND l.year = ").bind(i64::from(list.year)).push(" AND ");
        valid(sql, "l", as_of);
        match self.list_state {
            Some(state) => sql.push(" AND l.state = ").bind(list_state_key(state)),
            None => sql.push(" AND l.state <> ").bind(list_state_key(MembershipState::Removed)),
        };
        sql.push(")");
    }
}

fn push_range(sql: &mut Sql, column: &str, range: DateRange) {
    if let Some(from) = range.from {
        sql.push(" AND ").push(column).push(" >= ").bind(from.to_string());
    }
    if let Some(to) = range.to {
        sql.push(" AND ").push(column).push(" <= ").bind(to.to_string());
    }
}

fn push_due(sql: &mut Sql, ask: DueAsk) {
    sql.push(" AND p.counts = 1 AND p.status NOT IN ('terminated','closed')");
    let month = DateRange { from: Some(ask.today.first_of_month()), to: Some(ask.today.last_of_month()) };
    let before = DateRange { from: None, to: ask.today.checked_sub(1.day()).ok() };
    let (planned, done, range) = match ask.due {
        Due::StartThisMonth => ("p.start_due", "p.started_on", month),
        Due::StartOverdue => ("p.start_due", "p.started_on", before),
        Due::FinishThisMonth => ("p.finish_due", "p.completed_on", month),
        Due::FinishOverdue => ("p.finish_due", "p.completed_on", before),
        Due::RampThisMonth => ("p.ramp_due", "p.ramped_on", month),
        Due::RampOverdue => ("p.ramp_due", "p.ramped_on", before),
        Due::NotInStatistics => {
            sql.push(" AND p.started_on IS NOT NULL AND p.stat_entry_on IS NULL");
            return;
        }
    };
    push_range(sql, planned, range);
    sql.push(" AND ").push(done).push(" IS NULL");
}
