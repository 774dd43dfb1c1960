//! What changed between two versions, row by row and in words, as those who read a contractor's update ask it.
use super::{
    reading::tongue,
    view::{ChangeKind, ChangedRow, Difference, Doubt, FieldSaid, PathStep, Topic},
};
use lantu_model::words::Lang;
use lantu_planfile::{
    At, CalendarChange, CalendarFate, Comparison, Field, FieldChange, LinkChange, Plan, RowChange, SettingChange, Step, Suspicion, Value,
    Version, Which, compare_versions,
};
use lantu_schedule::{ActivityIx, Tongue};

/// So many cases of a doubt are named; their number is told in full.
const CASES: usize = 20;

/// The second version held against the first; `against` is named by who keeps them.
pub(super) fn difference(old: &Version<'_>, new: &Version<'_>, lang: Lang) -> Difference {
    let found = compare_versions(old, new);
    let telling = Telling { old: old.plan, new: new.plan, tongue: tongue(lang) };
    Difference {
        against: String::new(),
        days: found.finish.days,
        rows: telling.rows(&found),
        doubts: telling.doubts(&found),
        path: telling.path(&found),
    }
}

struct Telling<'a> {
    old: &'a Plan,
    new: &'a Plan,
    tongue: Tongue,
}

impl Telling<'_> {
    /// Rows of the file first, then what ties them, then what they work by.
    fn rows(&self, found: &Comparison) -> Vec<ChangedRow> {
        let alone = |rows: &[ActivityIx], which: Which, kind: ChangeKind| -> Vec<ChangedRow> {
            rows.iter().map(|row| self.named(At { which, row: *row }, kind)).collect()
        };
        let mut rows = alone(&found.added, Which::New, ChangeKind::Added);
        rows.extend(alone(&found.deleted, Which::Old, ChangeKind::Deleted));
        rows.extend(found.changed.iter().filter_map(|row| self.changed(row)));
        rows.extend(found.links.iter().map(|link| self.link(link)));
        rows.extend(found.calendars.iter().map(|c| self.calendar(c)));
        rows.extend(found.settings.iter().map(|s| self.setting(s)));
        rows
    }

    fn plan(&self, at: At) -> &Plan {
        if at.which == Which::Old { self.old } else { self.new }
    }

    fn name(&self, at: At) -> String {
        self.plan(at).labels.get(at.row.at()).map(|l| l.name.clone()).unwrap_or_default()
    }

    fn named(&self, at: At, kind: ChangeKind) -> ChangedRow {
        let plan = self.plan(at);
        let row = plan.activities.get(at.row.at());
        ChangedRow {
            kind,
            uid: row.map(|a| a.uid),
            code: plan.labels.get(at.row.at()).map(|l| l.code.clone()).unwrap_or_default(),
            name: self.name(at),
            summary: row.is_some_and(|a| a.is_summary()),
            ..ChangedRow::of(kind)
        }
    }

    fn changed(&self, change: &RowChange) -> Option<ChangedRow> {
        let fields: Vec<FieldSaid> = change.fields.iter().filter_map(|f| self.field(f)).collect();
        let row = self.named(change.at(), ChangeKind::Changed);
        let told = ChangedRow { milestone: change.milestone, critical: change.critical, days: Some(change.days), fields, ..row };
        (!told.fields.is_empty()).then_some(told)
    }

    fn field(&self, change: &FieldChange) -> Option<FieldSaid> {
        let name = change.field.name(self.tongue);
        let name = change.of.as_ref().map_or_else(|| name.to_owned(), |resource| format!("{name} {resource}"));
        Some(self.said(topic(change.field)?, name, &change.before, &change.after))
    }

    fn said(&self, topic: Topic, name: String, before: &Value, after: &Value) -> FieldSaid {
        let (before, after) = (self.value(before, self.old), self.value(after, self.new));
        FieldSaid { topic, name, before, after }
    }

    fn value(&self, value: &Value, plan: &Plan) -> String {
        value.say(self.tongue, plan.units.minutes_per_day)
    }

    fn link(&self, change: &LinkChange) -> ChangedRow {
        let tied = |tie| Option::map_or(tie, Value::None, Value::Tied);
        let name = format!("{} → {}", self.name(change.predecessor), self.name(change.successor));
        let word = self.tongue.pick("逻辑关系", "link").to_owned();
        let fields = vec![self.said(Topic::Links, word, &tied(change.before), &tied(change.after))];
        let kind = match (change.before, change.after) {
            (None, _) => ChangeKind::LinkAdded,
            (_, None) => ChangeKind::LinkDeleted,
            _ => ChangeKind::LinkChanged,
        };
        ChangedRow { name, critical: change.drove || change.drives, fields, ..ChangedRow::of(kind) }
    }

    fn calendar(&self, change: &CalendarChange) -> ChangedRow {
        let (before, after) = (Value::Length(change.week_before), Value::Length(change.week_after));
        let word = match change.fate {
            CalendarFate::Added => self.tongue.pick("新日历：一周工作", "new calendar: work of a week"),
            CalendarFate::Deleted => self.tongue.pick("删除日历：一周工作", "deleted calendar: work of a week"),
            CalendarFate::Changed => self.tongue.pick("日历：一周工作", "calendar: work of a week"),
        };
        let mut fields = vec![self.said(Topic::Other, word.to_owned(), &before, &after)];
        if !(change.added.is_empty() && change.removed.is_empty()) {
            let count = |n: usize| Value::Number(n as f64);
            let word = self.tongue.pick("例外日", "exceptions").to_owned();
            fields.push(self.said(Topic::Other, word, &count(change.removed.len()), &count(change.added.len())));
        }
        ChangedRow { name: change.name.clone(), fields, ..ChangedRow::of(ChangeKind::Calendar) }
    }

    fn setting(&self, change: &SettingChange) -> ChangedRow {
        let name = change.setting.name(self.tongue).to_owned();
        let fields = vec![self.said(Topic::Other, name.clone(), &change.before, &change.after)];
        ChangedRow { name, fields, ..ChangedRow::of(ChangeKind::Setting) }
    }

    fn doubts(&self, found: &Comparison) -> Vec<Doubt> {
        let doubt = |s: &Suspicion| Doubt {
            code: s.code.to_owned(),
            title: s.title(self.tongue).to_owned(),
            advice: s.advice(self.tongue).to_owned(),
            count: s.cases.len(),
            cases: s.cases.iter().take(CASES).map(|c| self.case(c)).collect(),
        };
        found.suspicions.iter().map(doubt).collect()
    }

    fn case(&self, case: &lantu_planfile::Case) -> String {
        let row = case.at.map(|at| self.name(at)).or_else(|| case.name.clone());
        let who = match (case.other.map(|at| self.name(at)), row) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (None, Some(row)) => row,
            (_, None) => String::new(),
        };
        let (before, after) = (self.value(&case.before, self.old), self.value(&case.after, self.new));
        let moved = if before == after { String::new() } else { format!("{before} → {after}") };
        format!("{who} {moved}").trim().to_owned()
    }

    /// The path that decides the end now.
    fn path(&self, found: &Comparison) -> Vec<PathStep> {
        let step = |s: &Step| PathStep { name: self.name(s.at), finish: s.finish.day(), days: s.days, both: s.in_both };
        found.finish.new_path.iter().map(step).collect()
    }
}

/// What the file says of its own last computation is told beside its dates, not as a change; late dates follow from the others.
fn topic(field: Field) -> Option<Topic> {
    Some(match field {
        _ if field.is_stored() => return None,
        Field::LateStart | Field::LateFinish | Field::FreeFloat | Field::LongestPath => return None,
        Field::Start | Field::Finish => Topic::Dates,
        Field::Duration | Field::OriginalDuration => Topic::Durations,
        Field::Remaining | Field::Percent | Field::ActualStart | Field::ActualFinish | Field::Resume => Topic::Progress,
        Field::TotalFloat | Field::Critical => Topic::Float,
        _ => Topic::Other,
    })
}
