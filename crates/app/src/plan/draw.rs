//! A plan and its outlook as the view that screens draw.
use super::{Around, drafted, show::Version};
use crate::desks;
use crate::view::plan::*;
use crate::view::{PlanView, ProblemView};
use jiff::civil::Date;
use lantu_model::{ActivityId, Ahead, Blocking, MoverOf, Plan, PlanActivity, Project, words};
use lantu_pack::{FactKind, Pattern, Words};
use lantu_rules::outlook::{Line, LineOdds, State, WithLineOdds};
use std::collections::{BTreeMap, BTreeSet};

/// `drawn`: with the odds of each step and milestone, which cost a simulation.
pub fn plan_view(project: &Project, version: Version, can_edit: bool, around: &Around, drawn: bool) -> PlanView {
    let drawing = Drawing { around, pattern: around.pattern(project) };
    let mut view = drawing.frame(project, version, can_edit);
    let Some(plan) = &project.plan else { return view };
    drawing.own(plan, &mut view);
    let elsewhere = around.elsewhere(project);
    match around.with_odds(project, &elsewhere, drawn) {
        Some(Ok(dated)) => drawing.dated(plan, &dated, &elsewhere, &mut view),
        Some(Err(problems)) => {
            let problems = around.named(problems, &[Some(plan)]);
            view.problems = problems.iter().map(|p| ProblemView::say(p, around.lang, &around.books)).collect();
        }
        None => {}
    }
    view
}

struct Drawing<'a> {
    around: &'a Around,
    pattern: Option<&'a Pattern>,
}

impl Drawing<'_> {
    fn said(&self, words: &Words) -> String {
        words.in_lang(self.around.lang).to_owned()
    }

    fn word(&self, key: &str) -> String {
        self.around.books.word(key, self.around.lang)
    }

    fn frame(&self, project: &Project, version: Version, can_edit: bool) -> PlanView {
        let pack = &self.around.books.pack;
        PlanView {
            project: project.id,
            name: project.name.clone(),
            seq: version.seq,
            feed: version.feed,
            today: self.around.day,
            as_of: version.as_of,
            can_edit,
            start: None,
            applied: None,
            suggestions: self.suggestions(project),
            facts: self.facts(project),
            left_out: vec![],
            phases: pack.phases.iter().map(|p| PhaseView { number: p.number, name: self.said(&p.words) }).collect(),
            activities: vec![],
            links: vec![],
            milestones: vec![],
            baselines: vec![],
            off_days: vec![],
            provisional_from: None,
            finish: None,
            problems: vec![],
        }
    }

    fn suggestions(&self, project: &Project) -> Vec<PatternChoice> {
        let pack = &self.around.books.pack;
        let fitting = pack.patterns_for(project.procedure, project.nature, project.industry.as_ref());
        let others = pack.patterns.iter().filter(|p| !fitting.iter().any(|f| f.key == p.key));
        let choice = |pattern: &Pattern, fits: bool| PatternChoice {
            key: pattern.key.clone(),
            name: self.said(&pattern.words),
            activities: pattern.activities.len(),
            fits,
            facts: self.around.facts_asked(pattern),
            steps: if project.plan.is_none() { self.step_names(pattern) } else { vec![] },
        };
        fitting.iter().map(|p| choice(p, true)).chain(others.map(|p| choice(p, false))).collect()
    }

    fn step_names(&self, pattern: &Pattern) -> Vec<StepName> {
        pattern.activities.iter().map(|a| StepName { id: a.id.clone(), name: self.said(&a.words) }).collect()
    }

    fn facts(&self, project: &Project) -> Vec<PlanFact> {
        let known = project.plan.as_ref().map(|p| &p.facts);
        let fact = |fact: &lantu_pack::Fact| PlanFact {
            key: fact.key.clone(),
            name: self.said(&fact.words),
            kind: if fact.kind == FactKind::YesNo { "yes_no" } else { "number" },
            unit: fact.unit.as_ref().map(|unit| self.said(unit)),
            value: known.and_then(|facts| facts.get(&fact.key)),
        };
        self.around.facts(self.pattern).into_iter().map(fact).collect()
    }

    /// What needs no dates.
    fn own(&self, plan: &Plan, view: &mut PlanView) {
        let lang = self.around.lang;
        view.start = Some(plan.start);
        view.applied = plan.applied.as_ref().map(|applied| AppliedView {
            pattern: applied.pattern.clone(),
            name: self.pattern.map_or_else(|| applied.pattern.clone(), |p| self.said(&p.words)),
            on: applied.on,
            newer: self.around.books.pack.pattern(&applied.pattern).is_some_and(|now| self.pattern.is_some_and(|then| then != now)),
        });
        let name_of = |id: &ActivityId| self.pattern.and_then(|p| p.activity(id)).map_or_else(|| id.clone(), |a| self.said(&a.words));
        view.left_out = plan.left_out.iter().map(|id| StepName { id: id.clone(), name: name_of(id) }).collect();
        let line = |(id, d): (&ActivityId, &lantu_model::plan::BaselineDates)| BaselineLine {
            id: id.clone(),
            name: d.name.in_lang(lang).to_owned(),
            start: d.start,
            finish: d.finish,
        };
        let baseline = |b: &lantu_model::plan::Baseline| BaselineView {
            name: b.name.clone(),
            on: b.on,
            reason: b.reason.clone(),
            approver: b.approver.clone(),
            dates: b.dates.iter().map(line).collect(),
        };
        view.baselines = plan.baselines.iter().map(baseline).collect();
    }

    fn dated(&self, plan: &Plan, (outlook, odds): &WithLineOdds, elsewhere: &lantu_rules::outlook::Elsewhere, view: &mut PlanView) {
        let undecided = self.pattern.map(|p| drafted::undecided(p, &plan.facts)).unwrap_or_default();
        let lines = outlook.lines.iter().zip(odds).filter_map(|(line, odds)| Some((line, odds, plan.activities.get(&line.id)?)));
        let drawn = lines.map(|(line, odds, activity)| ActivityView {
            odds: odds.map(activity_odds),
            ..self.activity(line, activity, &undecided, elsewhere)
        });
        view.activities = drawn.collect();
        let link = |tie: &lantu_rules::outlook::TiedLines| {
            let id = |at: usize| outlook.lines.get(at).map(|line| line.id.clone());
            Some(LinkView { from: id(tie.from)?, to: id(tie.to)?, ends: tie.ends.letters(), lag: tie.lag, driving: tie.driving })
        };
        view.links = outlook.links.iter().filter_map(link).collect();
        view.milestones = outlook.milestones.iter().map(|ahead| self.milestone(ahead, plan)).collect();
        view.finish = Some(outlook.finish);
        let from = self.around.books.pack.calendar().published_through().and_then(|day| day.tomorrow().ok());
        view.provisional_from = from.filter(|_| outlook.provisional);
        view.off_days = self.off_days(plan.start, view);
    }

    fn activity(
        &self,
        line: &Line,
        activity: &PlanActivity,
        undecided: &BTreeSet<ActivityId>,
        elsewhere: &lantu_rules::outlook::Elsewhere,
    ) -> ActivityView {
        let lang = self.around.lang;
        ActivityView {
            id: line.id.clone(),
            place: activity.place,
            phase: activity.phase,
            name: activity.name.in_lang(lang).to_owned(),
            own: self.pattern.is_none_or(|p| p.activity(&line.id).is_none()),
            days: activity.days,
            after: activity.after.to_string(),
            after_others: activity.after_others.iter().map(|other| self.other(other, elsewhere)).collect(),
            clock: activity.clock,
            departments: activity.department.iter().map(|key| department(self.around, key)).collect(),
            department: activity.department.clone(),
            org: activity.org.map(|id| OrgName { id, name: org(self.around, id) }),
            party: activity.party.as_ref().map(|party| party.in_lang(lang).to_owned()),
            formality: activity.formality.iter().map(|kind| KeyName { kind: kind.clone(), name: self.word(kind) }).collect(),
            milestone: activity.milestone.clone(),
            limit: activity.limit.map(|limit| LimitView { days: limit.days, unit: limit.unit }),
            range: activity.range,
            not_before: activity.not_before,
            due: activity.due,
            note: activity.note.clone(),
            progress: activity.progress.clone(),
            undecided: undecided.contains(&line.id),
            state: state_key(line.state),
            start: line.start,
            finish: line.finish,
            actual_start: line.actual_start,
            actual_finish: line.actual_finish,
            late_start: line.late_start,
            late_finish: line.late_finish,
            total_float: line.total_float,
            free_float: line.free_float,
            remaining: line.remaining,
            percent: line.percent,
            drives: line.drives.clone(),
            clock_run: line.clock.as_ref().map(|clock| ClockRun {
                accepted: clock.accepted,
                limit_day: clock.limit_day,
                pauses: clock.pauses.iter().map(|(from, until)| Days { from: *from, until: *until }).collect(),
                overdue: clock.overdue,
            }),
            odds: None,
        }
    }

    /// What the asker may not see keeps its name to itself; its day is told, for it decides others.
    fn other(&self, other: &lantu_model::plan::OtherProject, elsewhere: &lantu_rules::outlook::Elsewhere) -> OtherView {
        let seen = self.around.others.get(&other.project).filter(|p| self.around.visible.contains(&p.id));
        let activity = seen.and_then(|p| p.plan.as_ref()?.activities.get(&other.activity));
        OtherView {
            project: other.project,
            project_name: seen.map_or_else(|| self.word("plan.out_of_sight"), |p| p.name.clone()),
            activity: other.activity.clone(),
            activity_name: activity.map_or_else(String::new, |a| a.name.in_lang(self.around.lang).to_owned()),
            lag: other.lag,
            day: elsewhere.get(&(other.project, other.activity.clone())).copied(),
        }
    }

    fn milestone(&self, ahead: &Ahead, plan: &Plan) -> MilestoneView {
        let name = |id: &ActivityId| plan.activities.get(id).map_or_else(|| id.clone(), |a| a.name.in_lang(self.around.lang).to_owned());
        let blocking = |b: &Blocking| BlockingView {
            activity: b.activity.clone(),
            activity_name: name(&b.activity),
            mover_name: mover_name(self.around, &b.mover),
            mover: b.mover.clone(),
            since: b.since,
            days_lost: b.days_lost,
        };
        MilestoneView {
            milestone: ahead.milestone,
            name: self.word(&format!("milestone.{}", ahead.milestone.key())),
            activity: ahead.activity.clone(),
            activity_name: name(&ahead.activity),
            due: ahead.due,
            done: ahead.done,
            expected: ahead.expected,
            odds: ahead.odds,
            days_late: ahead.days_late,
            light: ahead.light,
            since: ahead.since,
            path: ahead.path.clone(),
            blocking: ahead.blocking.as_ref().map(blocking),
        }
    }

    fn off_days(&self, start: Date, view: &PlanView) -> Vec<Days> {
        let baselines = view.baselines.iter().flat_map(|b| &b.dates).flat_map(|d| [d.start, d.finish]);
        let activities = view.activities.iter().flat_map(|a| [a.start, a.finish, a.late_finish]);
        let shown: BTreeMap<Date, ()> = activities.chain(baselines).chain([start, self.around.day]).map(|day| (day, ())).collect();
        let (Some((first, ())), Some((last, ()))) = (shown.first_key_value(), shown.last_key_value()) else { return vec![] };
        let calendar = self.around.books.pack.calendar();
        let mut found: Vec<Days> = vec![];
        for day in first.series(jiff::Span::new().days(1)).take_while(|day| day <= last).filter(|day| !calendar.is_working(*day)) {
            match found.last_mut().filter(|days| days.until.tomorrow().ok() == Some(day)) {
                Some(days) => days.until = day,
                None => found.push(Days { from: day, until: day }),
            }
        }
        found
    }
}

fn activity_odds(odds: LineOdds) -> ActivityOdds {
    let LineOdds { p10, p50, p80, p90, criticality, samples } = odds;
    ActivityOdds { p10, p50, p80, p90, criticality, samples }
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Ready => "ready",
        State::Running => "running",
        State::Paused => "paused",
        State::Returned => "returned",
        State::Done => "done",
        State::Reopened => "reopened",
    }
}

fn department(around: &Around, key: &str) -> String {
    desks::department(&around.books, key, around.lang)
}

fn org(around: &Around, id: lantu_model::OrgId) -> String {
    around.register.orgs.get(&id).map_or_else(String::new, |org| org.name.clone())
}

/// Whose move it is, by name.
pub fn mover_name(around: &Around, mover: &MoverOf) -> String {
    match mover {
        MoverOf::Departments(keys) => {
            let names: Vec<String> = keys.iter().map(|key| department(around, key)).collect();
            names.join(if around.lang == words::Lang::Zh { "、" } else { ", " })
        }
        MoverOf::Org(id) => org(around, *id),
        MoverOf::Owner => around.books.word("owner", around.lang),
        MoverOf::Nobody => String::new(),
    }
}
