//! A bureau's life in an empty database: the demonstration's and the simulator's common ground.
use crate::{books, edge, outcome::Stop, progress, tongue::Tongue};
use jiff::{Span, civil::Date};
use lantu_app::{
    Desk,
    set_up::{OfficeDraft, open_office},
};
use lantu_model::OfficeId;
use lantu_sim::{IdSource, Life, LifeSummary, SimError};

/// What is lived, and where.
pub struct County<'a> {
    pub pack: &'a str,
    pub place: &'a str,
    pub demo: bool,
    pub seed: u64,
    pub projects: usize,
    pub months: usize,
    /// The last day lived; the clock's when not given.
    pub until: Option<Date>,
}

/// Opens an office as it was before the first month and lives it to its last day. The same seed, place and last day
/// give the same books, ids included.
pub async fn live(desk: &Desk, county: &County<'_>, tongue: Tongue) -> Result<(OfficeId, LifeSummary), Stop> {
    let files = lantu_pack::embedded(county.pack)
        .ok_or_else(|| Stop::usage(format!("没有数据包 {}", county.pack), format!("there is no pack {}", county.pack)))?;
    let pack = lantu_pack::Pack::load(&files).map_err(|p| {
        Stop::broken(lantu_pack::pretty(&p, lantu_model::words::Lang::Zh), lantu_pack::pretty(&p, lantu_model::words::Lang::En))
    })?;
    let until = county.until.unwrap_or_else(|| edge::now(&pack.zone, None).day);
    let opened = edge::start_of(until.saturating_sub(Span::new().months(county.months as i64)).first_of_month());
    let ids = IdSource::new(county.seed, u64::try_from(opened.at.as_millisecond()).unwrap_or(0));
    let draft = OfficeDraft { name: String::new(), pack: county.pack.to_owned(), place: county.place.to_owned(), demo: county.demo };
    let office = open_office(desk, draft, opened, &|| ids.fresh()).await.map_err(books::stop)?;
    let bar = progress::bar(county.months as u64, tongue.say("模拟月份", "living months"));
    let life = Life { seed: county.seed, projects: county.projects, months: county.months, until };
    let lived = lantu_sim::populate(desk, office, life, &mut |done, _| bar.set_position(done as u64)).await;
    bar.finish_and_clear();
    let summary = lived.map_err(|e| match e {
        SimError::App(e) => books::stop(e),
        other => Stop::broken(format!("无法模拟:{other}"), other.to_string()),
    })?;
    Ok((office, summary))
}
