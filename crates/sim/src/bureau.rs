//! The bureau at work: month by month it learns what has come true and records it through the use cases.
use crate::{
    chance::{Chance, IdSource},
    fate::Fate,
    names,
};
use jiff::{Span, civil::Date};
use lantu_app::Moment;
use lantu_app::{
    AppError, Ask, At, Desk, Signed, Unit,
    assign_responsibility::{DutyDraft, assign_in},
    change_owner::OwnerDraft,
    change_status::change_status_in,
    create_project::{ProjectDraft, create_in},
    edit_projects::edit_in,
    move_stage::move_stage_in,
    rename_project::rename_project_in,
    report_progress::report_progress_in,
    set_code::set_code_in,
    set_membership::set_membership_in,
};
use lantu_model::{
    Area, CodeState, FormalityAct, Level, ListKey, Membership, MembershipState, Money, OfficeId, OrgId, Period, Precision, Procedure,
    ProjectCodeEntry, ProjectId, Role, StageKind, StatusKind, Uscc, UsccCheck, YearMonth, project::StageDecision, words::Lang,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

mod permits;
mod plans;

/// What life to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    pub seed: u64,
    pub projects: usize,
    pub months: usize,
    /// The last day lived through.
    pub until: Date,
}

/// What was lived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifeSummary {
    pub projects: usize,
    /// Journal entries written.
    pub acts: usize,
    /// Acts that the rules refused; the bureau tries again next month.
    pub refused: usize,
    pub feed: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum SimError {
    #[error(transparent)]
    App(#[from] AppError),
    #[error("the place has no divisions to put projects in")]
    NoDivisions,
}

/// Lives the months in an office that has just been opened; one transaction a month.
pub async fn populate(
    desk: &Desk,
    office: OfficeId,
    life: Life,
    tell: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<LifeSummary, SimError> {
    let books = desk.books(office).await?;
    let towns: Vec<Town> = towns_of(&books);
    if towns.is_empty() {
        return Err(SimError::NoDivisions);
    }
    let ends = month_ends(life.until, life.months);
    let first = ends.first().copied().unwrap_or(life.until);
    let spread_from = first.saturating_add(Span::new().months(-8));
    let spread_to = life.until.saturating_add(Span::new().months(11));
    let span_days = i64::from((spread_to - spread_from).get_days());
    let mut projects: Vec<Known> =
        (0..life.projects).map(|n| Known::new(Fate::draw(life.seed, n, towns.len(), spread_from, span_days), &books.pack)).collect();
    let signed = Signed::system(office, "simulator");
    let ids = IdSource::new(life.seed, unix_ms(first));
    let fresh = || ids.fresh();
    let mut summary = LifeSummary::default();
    let mut before = Date::MIN;
    for (n, end) in ends.iter().enumerate() {
        let ask = Ask { signed: &signed, moment: moment(*end), lang: Lang::Zh, ids: &fresh };
        let mut unit = Unit::open(desk, ask).await?;
        for known in &mut projects {
            summary.refused += live(&mut unit, known, &towns, before, *end).await?;
        }
        summary.refused += plans::tie(&mut unit, &projects, before, *end).await?;
        summary.acts += unit.len();
        if !unit.is_empty() {
            summary.feed = unit.commit("simulate_month", None).await?.feed;
        }
        before = *end;
        tell(n + 1, ends.len());
    }
    summary.projects = projects.iter().filter(|k| k.id.is_some()).count();
    Ok(summary)
}

struct Town {
    code: String,
    root: String,
    platform: Option<String>,
}

fn towns_of(books: &lantu_app::Books) -> Vec<Town> {
    let platform = books.place.platforms.first().map(|p| p.key.clone());
    let hosts = books.place.divisions.iter().filter(|d| d.parent.is_some());
    hosts
        .map(|d| Town {
            code: d.code.clone(),
            root: d.words.zh.trim_end_matches("街道").trim_end_matches('镇').to_owned(),
            platform: platform.clone(),
        })
        .collect()
}

/// The last days of `months` months up to and including the month of `until`, which ends with `until` itself.
fn month_ends(until: Date, months: usize) -> Vec<Date> {
    let back = |n: usize| until.first_of_month().saturating_add(Span::new().months(-(n as i64)));
    (0..months.max(1)).rev().map(|n| if n == 0 { until } else { back(n).last_of_month() }).collect()
}

/// The bureau's books are done at five in the afternoon.
fn moment(day: Date) -> Moment {
    let at = day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map(|z| z.timestamp()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Moment { day, at }
}

fn unix_ms(day: Date) -> u64 {
    u64::try_from(moment(day).at.as_millisecond()).unwrap_or(0)
}

/// What the bureau knows of a project, beside its hidden fate.
struct Known {
    fate: Fate,
    id: Option<ProjectId>,
    lead: Option<OrgId>,
    /// What will become of its plan.
    lived: Option<plans::Lived>,
    /// Six digits of the division that issues its codes.
    region: String,
}

impl Known {
    fn new(fate: Fate, pack: &lantu_pack::Pack) -> Self {
        let lived = plans::Lived::of(&fate, pack);
        Self { fate, id: None, lead: None, lived, region: NO_REGION.to_owned() }
    }
}

#[derive(Clone, Debug)]
enum Event {
    Born,
    Coded,
    Prelim,
    Formality(String, FormalityAct, &'static str),
    Plan,
    Ready,
    Baseline,
    Done,
    Ceremony,
    Start,
    StatEntry,
    Progress(YearMonth),
    Lists(i16),
    Halt,
    Resume,
    Finish,
    Operate,
    Ramp,
    Terminate,
    Rename,
}

/// Records what came true of one project after `from` up to `to`; returns how many acts were refused.
async fn live(unit: &mut Unit<'_>, known: &mut Known, towns: &[Town], from: Date, to: Date) -> Result<usize, SimError> {
    let mut refused = 0;
    for (day, event) in events(known, unit, from, to) {
        match record(unit, known, towns, day, &event).await {
            Ok(()) => {}
            Err(AppError::Refused(_)) => refused += 1,
            Err(e) => return Err(e.into()),
        }
    }
    Ok(refused)
}

fn events(known: &Known, unit: &Unit<'_>, from: Date, to: Date) -> Vec<(Date, Event)> {
    let fate = &known.fate;
    let alive = |d: Date| fate.terminated.is_none_or(|t| d < t);
    let mut all = vec![(fate.born, Event::Born), (fate.prelim, Event::Prelim)];
    if known.lived.is_some() {
        all.extend([(fate.prelim, Event::Plan), (fate.ready, Event::Baseline), (to, Event::Done)]);
    }
    all.extend([(fate.ready, Event::Ready), (fate.start, Event::Start)]);
    all.extend(fate.coded.map(|d| (d, Event::Coded)));
    all.extend(permits::days(fate, &unit.books.pack, known.lived.as_ref()));
    all.extend([(fate.finish, Event::Finish), (fate.operate, Event::Operate), (fate.ramp, Event::Ramp)]);
    all.extend(fate.ceremony.map(|d| (d, Event::Ceremony)));
    all.extend(fate.stat_entry.map(|d| (d, Event::StatEntry)));
    all.extend(fate.halt.into_iter().flat_map(|(a, b)| [(a, Event::Halt), (b, Event::Resume)]));
    all.extend(fate.renamed.map(|d| (d, Event::Rename)));
    let (first_year, last_year) = (fate.born.year(), to.year());
    all.extend((first_year..=last_year).map(|y| (Date::constant(y, 1, 8).max(fate.born), Event::Lists(y))));
    // Figures of a month are reported with the month's books; January is not reported alone.
    if to.month() != 1 && to > fate.start && from < fate.finish {
        all.push((to, Event::Progress(YearMonth::of(to))));
    }
    let mut due: Vec<(Date, Event)> = all.into_iter().filter(|(d, _)| alive(*d) && *d > from && *d <= to).collect();
    due.extend(fate.terminated.filter(|t| *t > from && *t <= to).map(|t| (t, Event::Terminate)));
    due.sort_by_key(|(d, event)| (*d, matches!(event, Event::Done)));
    due
}

async fn record(unit: &mut Unit<'_>, known: &mut Known, towns: &[Town], day: Date, event: &Event) -> Result<(), AppError> {
    if let Event::Born = event {
        known.id = Some(create_in(unit, draft(known, towns)).await?);
        return Ok(());
    }
    let Some(id) = known.id else { return Ok(()) };
    let here = at(unit, id).await?;
    match event {
        Event::Born => Ok(()),
        Event::Coded => {
            let code = project_code(known);
            set_code_in(unit, here, ProjectCodeEntry { code, state: CodeState::Valid, issued: Some(day) }).await?;
            decide(unit, known, id, StageKind::Reserve, day, "项目赋码通知").await
        }
        Event::Prelim => {
            assign_team(unit, known, id, day).await?;
            decide(unit, known, id, StageKind::Prelim, day, "前期工作方案").await
        }
        Event::Plan => plans::apply(unit, known, id, day).await,
        Event::Baseline => plans::baseline(unit, id, day).await,
        Event::Done => plans::report(unit, known, id, day).await,
        Event::Ready => decide(unit, known, id, StageKind::Ready, day, "拟开工项目审核").await,
        Event::Start => {
            decide(unit, known, id, StageKind::Building, day, "首桩现场照片及施工许可证").await?;
            Ok(())
        }
        Event::Finish => decide(unit, known, id, StageKind::Completed, day, "竣工验收备案表").await,
        Event::Operate => decide(unit, known, id, StageKind::Operating, day, "投产确认单").await,
        Event::Ramp => decide(unit, known, id, StageKind::Ramped, day, "达产复核意见").await,
        Event::Formality(kind, act, basis) => permits::act(unit, id, kind, act, basis, day).await,
        Event::Ceremony => fact(unit, id, "ceremony_on", day).await,
        Event::StatEntry => fact(unit, id, "stat_entry_on", day).await,
        Event::Progress(month) => progress(unit, known, id, *month, day).await,
        Event::Lists(year) => lists(unit, known, id, *year, day).await,
        Event::Halt => change_status_in(unit, here, StatusKind::Halted, day, "资金不到位,施工暂停").await,
        Event::Resume => change_status_in(unit, here, StatusKind::Active, day, "资金到位,恢复施工").await,
        Event::Terminate => change_status_in(unit, here, StatusKind::Terminated, day, "投资方调整布局,项目终止").await,
        Event::Rename => {
            let name = format!("{}（调整）", unit.project(id).await?.0.name);
            rename_project_in(unit, here, &name, day, "示例发改〔变更〕号").await
        }
    }
}

async fn at(unit: &mut Unit<'_>, id: ProjectId) -> Result<At, AppError> {
    Ok(At { id, seq: unit.project(id).await?.1 })
}

fn draft(known: &mut Known, towns: &[Town]) -> ProjectDraft {
    let f = &mut known.fate;
    let town = &towns[f.town];
    let c = &mut f.trouble;
    let mut facts: BTreeMap<String, Value> = BTreeMap::new();
    facts.insert("division".into(), json!(town.code));
    if c.percent(18)
        && let Some(zone) = &town.platform
    {
        facts.insert("platform".into(), json!(zone));
    }
    facts.insert("industry".into(), json!(f.industry));
    facts.insert("nature".into(), json!(f.nature));
    facts.insert("procedure".into(), json!(f.kind.procedure));
    facts.insert("scale".into(), json!(names::scale(c, f.kind, f.product)));
    facts.insert("total_investment".into(), json!(Money::from_wan(f.investment_wan)));
    if f.land_mu > 0 {
        facts.insert("land_total".into(), json!(Area::parse_mu(&f.land_mu.to_string())));
    }
    let plan = |day: Date, precision: Precision| match precision {
        Precision::Day => Period::day(day).to_string(),
        _ => Period::month(YearMonth::of(day)).to_string(),
    };
    facts.insert("start_planned".into(), json!(plan(f.start_planned, Precision::Month)));
    facts.insert("finish_planned".into(), json!(plan(f.finish_planned, Precision::Month)));
    facts.insert("operate_planned".into(), json!(plan(f.operate_planned, Precision::Month)));
    facts.insert("ramp_planned".into(), json!(plan(f.ramp_planned, Precision::Month)));
    let owner = match f.kind.procedure {
        Procedure::Approval => format!("示例{}城市建设有限公司", town.root),
        _ => names::firm(c, &town.root, f.product),
    };
    let region = town.code.get(..6).unwrap_or(NO_REGION).to_owned();
    let uscc = credit_code(&region, c);
    let name = names::project(c, &town.root, f.kind, f.product);
    let lead = f.coded.is_some();
    let (born, holding) = (f.born, f.holding);
    known.region = region;
    ProjectDraft {
        name,
        level: Level::Project,
        parent: None,
        code: (!lead).then(|| project_code(known)),
        owner: Some(OwnerDraft { name: owner, uscc: Some(uscc), holding: Some(holding) }),
        stage: Some(if lead { StageKind::Scouting } else { StageKind::Reserve }),
        since: Some(born),
        classified: false,
        facts,
    }
}

const NO_REGION: &str = "000000";

fn project_code(known: &mut Known) -> String {
    let f = &mut known.fate;
    let kind = if f.kind.key == "renovation" { 2 } else { 1 };
    let tail = code_tail(f.number, &mut f.trouble);
    format!("{:02}{:02}-{}-04-0{kind}-{tail:06}", f.born.year() % 100, f.born.month(), known.region)
}

/// Unique within a life: the project's number stands in front.
fn code_tail(number: usize, c: &mut Chance) -> u32 {
    (number as u32 % 100_000) * 10 + c.below(10) as u32
}

fn credit_code(region: &str, c: &mut Chance) -> String {
    const SET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body: String = (0..8).map(|_| char::from(*c.pick(SET))).collect();
    let stem = format!("91{region}M{body}");
    let right =
        SET.iter().map(|b| format!("{stem}{}", char::from(*b))).find(|t| t.parse::<Uscc>().is_ok_and(|u| u.check() == UsccCheck::Right));
    right.unwrap_or(stem)
}

async fn assign_team(unit: &mut Unit<'_>, known: &mut Known, id: ProjectId, day: Date) -> Result<(), AppError> {
    let wanted = match known.fate.kind.key {
        "road" => ["交通", "水利", "住房"],
        "school" => ["教育", "卫生", "民政"],
        "service" => ["商务", "住房", "发展"],
        _ => ["经济和信息", "经信", "发展"],
    };
    let mut departments: Vec<(OrgId, String)> =
        unit.register().await?.orgs.values().filter(|o| o.kind == "department").map(|o| (o.id, o.name.clone())).collect();
    departments.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    let c = &mut known.fate.trouble;
    let fitting: Vec<&(OrgId, String)> = departments.iter().filter(|(_, n)| wanted.iter().any(|w| n.contains(w))).collect();
    let lead = if fitting.is_empty() { departments.get(c.below(departments.len())).map(|d| d.0) } else { Some(c.pick(&fitting).0) };
    known.lead = lead;
    let leader = format!("示例领导{:02}", c.between(1, 20));
    let officer = format!("示例专员{:02}", c.between(1, 40));
    let has_leader = c.percent(70);
    let duty =
        |role, person_name: Option<String>, org| DutyDraft { role, person_name, org, from: Some(day), to: None, basis: String::new() };
    let here = at(unit, id).await?;
    assign_in(unit, here, duty(Role::LeadDept, None, lead)).await?;
    if has_leader {
        assign_in(unit, here, duty(Role::SponsorLeader, Some(leader), None)).await?;
    }
    assign_in(unit, here, duty(Role::ServiceOfficer, Some(officer), lead)).await
}

/// Clears what the gate still asks for, as an office does in one round, then decides.
async fn decide(unit: &mut Unit<'_>, known: &mut Known, id: ProjectId, to: StageKind, day: Date, basis: &str) -> Result<(), AppError> {
    let (project, _) = unit.project(id).await?;
    if project.lifecycle.stage.kind() >= to {
        return Ok(());
    }
    let unmet = unit.books.pack.gates.unmet(&project, to, day);
    for problem in unmet.iter().filter(|p| p.severity == lantu_model::Severity::Block) {
        if let ("formality_missing" | "formality_undated" | "formality_lapsed", Some(kind)) = (problem.code.as_str(), &problem.place) {
            let eve = day.saturating_add(Span::new().days(-known.fate.trouble.between(1, 9)));
            permits::clear(unit, known, id, kind, eve).await?;
        }
    }
    if to == StageKind::Building {
        let permit =
            unit.project(id).await?.0.formalities.iter().find(|f| f.kind == "construction").and_then(|f| f.decided).map(Period::first_day);
        fact(unit, id, "permit_on", permit.unwrap_or(day)).await?;
    }
    let here = at(unit, id).await?;
    let decision = StageDecision { to, on: day, basis: basis.to_owned(), passed: BTreeMap::new() };
    move_stage_in(unit, here, &decision).await
}

async fn fact(unit: &mut Unit<'_>, id: ProjectId, field: &str, day: Date) -> Result<(), AppError> {
    let patch = BTreeMap::from([(field.to_owned(), json!(day.to_string()))]);
    let here = at(unit, id).await?;
    edit_in(unit, here, &patch).await.map(|_| ())
}

async fn progress(unit: &mut Unit<'_>, known: &Known, id: ProjectId, month: YearMonth, day: Date) -> Result<(), AppError> {
    let f = &known.fate;
    let new_year = Date::constant(month.year(), 1, 1);
    let share = f.done_by(day) - f.done_by(new_year);
    let done = Money::from_wan(f.investment_wan * share / 1000).unwrap_or(Money::ZERO);
    let here = at(unit, id).await?;
    report_progress_in(unit, here, month, done).await
}

/// At the turn of the year, or when it is born, a project enters the lists that fit it.
async fn lists(unit: &mut Unit<'_>, known: &mut Known, id: ProjectId, year: i16, day: Date) -> Result<(), AppError> {
    let f = &known.fate;
    let open = Date::constant(year, 1, 1);
    if f.finish < open {
        return Ok(());
    }
    let mut kinds: Vec<&str> = vec![];
    if f.start_planned.year() == year && f.start >= open {
        kinds.push("new_starts");
    }
    if f.investment_wan >= 20_000 {
        kinds.push("city_key");
    }
    if f.investment_wan >= 100_000 && f.kind.key == "factory" {
        kinds.push("provincial_thousand");
    }
    if f.number.is_multiple_of(26) {
        kinds.push("sponsor");
    }
    let share = (f.done_by(Date::constant(year, 12, 31)) - f.done_by(open)).clamp(60, 700);
    let plan = Money::from_wan(f.investment_wan * share / 100_000 * 100);
    let group = if f.start_planned.year() == year {
        "新开工项目"
    } else if f.start_planned.year() < year {
        "续建项目"
    } else {
        "前期项目"
    };
    let here = at(unit, id).await?;
    for kind in kinds {
        if unit.books.pack.list(kind).is_none() {
            continue;
        }
        let list = ListKey { kind: kind.to_owned(), year };
        let membership = Membership {
            list,
            state: MembershipState::Admitted,
            plan,
            applied: None,
            admitted: Some(day),
            removed: None,
            basis: Some(format!("示例重点办〔{year}〕1号")),
            group: Some(group.to_owned()),
        };
        set_membership_in(unit, here, membership).await?;
    }
    Ok(())
}
