//! What is ahead, for the board: how many will make it by the end of the year, what is red, and whose move it is.
use crate::{
    desk::{Ask, Books, Desk},
    error::Result,
    forecast::{Lens, forecast},
    movers::Movers,
    view::overview::{BlockedAt, RedItem, Reds, WatchForecast},
};
use jiff::civil::Date;
use lantu_model::{Ahead, Light, Milestone, Project, ProjectId, ProjectRow};
use lantu_rules::{
    Watch,
    outlook::{Elsewhere, stamp},
};
use lantu_store::{Filter, Forecast, PageAsk, Sort};
use std::collections::{BTreeMap, HashMap};

/// Red items shown; the list has them all.
const REDS: usize = 8;
const LEVELS: [f64; 3] = [0.1, 0.5, 0.9];

/// Forecasts of the projects that a filter shows, each with its row.
pub(super) struct Board {
    pub rows: HashMap<ProjectId, ProjectRow>,
    pub forecasts: Vec<Forecast>,
    /// The day that the forecasts are of, where that is not the day looked at: a refresh is on its way.
    pub day: Option<Date>,
}

impl Board {
    /// As kept now; of a past day computed again from the projects as they were then, without odds.
    pub(super) async fn of(desk: &Desk, ask: Ask<'_>, books: &Books, base: &Filter, then: Option<u64>, today: Date) -> Result<Self> {
        let scope = &ask.signed.scope;
        let forecasts = match then {
            None => desk.store.forecasts(scope, base).await?,
            Some(feed) => forecasts_then(desk, ask, books, base, feed, today).await?,
        };
        let ids: Vec<ProjectId> = forecasts.iter().map(|f| f.row.id).collect();
        let rows = desk.store.rows_by_ids(scope, &ids, then).await?.into_iter().map(|r| (r.row.id, r.row)).collect();
        let now = stamp(&books.pack);
        let old = forecasts.iter().filter(|f| f.row.day != today || f.row.stamp != now);
        let day = old.map(|f| f.row.day).min();
        Ok(Self { rows, forecasts, day })
    }

    pub(super) fn get(&self, id: ProjectId) -> Option<&Forecast> {
        self.forecasts.iter().find(|f| f.row.id == id)
    }

    /// Milestones of projects that can still be expected to do something.
    fn expected(&self) -> impl Iterator<Item = (&ProjectRow, &Forecast)> {
        self.forecasts.iter().filter_map(|f| Some((self.rows.get(&f.row.id)?, f))).filter(|(row, _)| Watch::is_expected(row))
    }

    /// How many will have done it by the end of the year: those that have, and each other by its own chance.
    ///
    /// The count of independent chances is Poisson-binomial, exact and cheap. Causes that projects share (a permit office, the
    /// weather) would widen the band; the band says so nowhere but here and in the docs.
    pub(super) fn by_year_end(&self, watch: Watch, year: i16, done: u64, target: Option<i64>) -> Option<WatchForecast> {
        let last = Date::constant(year, 12, 31);
        let open = |row: &&ProjectRow| watch.standing(row).done.is_none();
        let ahead = self.expected().filter(|(row, _)| open(row)).filter_map(|(_, f)| f.row.of(milestone(watch)));
        let chances: Vec<f64> = ahead.filter(|a| a.done.is_none()).map(|a| chance_by(a, last)).collect();
        if self.forecasts.is_empty() {
            return None;
        }
        let law = counts(&chances);
        let [p10, p50, p90] = LEVELS.map(|level| done + quantile(&law, level));
        let reach = target.and_then(|t| u64::try_from(t).ok()).map(|t| at_least(&law, t.saturating_sub(done)));
        Some(WatchForecast { p10, p50, p90, chance: reach.map(hundredths), of: chances.len() as u64 })
    }
}

fn milestone(watch: Watch) -> Milestone {
    match watch {
        Watch::Start => Milestone::Start,
        Watch::Finish => Milestone::Completion,
        Watch::Ramp => Milestone::Capacity,
    }
}

/// The chance that a milestone is reached by a day: between the days of its odds in proportion, without odds all or nothing.
fn chance_by(ahead: &Ahead, day: Date) -> f64 {
    let Some(odds) = ahead.odds else { return if ahead.expected <= day { 1.0 } else { 0.0 } };
    let points = [(odds.p10, 0.1), (odds.p50, 0.5), (odds.p80, 0.8), (odds.p90, 0.9)];
    let gap = |a: Date, b: Date| f64::from((b - a).get_days());
    // Beyond the outer ones as far again as from them to the middle.
    let first = (before(odds.p10, gap(odds.p10, odds.p50) / 2.0), 0.0);
    let last = (before(odds.p90, -gap(odds.p50, odds.p90) / 2.0), 1.0);
    let line: Vec<(Date, f64)> = [first].into_iter().chain(points).chain([last]).collect();
    if day < first.0 {
        return 0.0;
    }
    let Some(at) = line.iter().rposition(|(d, _)| *d <= day) else { return 0.0 };
    match (line.get(at), line.get(at + 1)) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * gap(*from, day) / gap(*from, *to).max(1.0),
        _ => 1.0,
    }
}

fn before(day: Date, days: f64) -> Date {
    #[expect(clippy::cast_possible_truncation, reason = "a span of days between two dates")]
    let days = jiff::Span::new().try_days(days.round() as i64).unwrap_or_default();
    day.saturating_sub(days)
}

/// The law of the number of successes of independent chances: Poisson-binomial, one chance after the other.
fn counts(chances: &[f64]) -> Vec<f64> {
    let mut law = vec![1.0];
    for p in chances {
        law.push(0.0);
        for k in (0..law.len()).rev() {
            let fewer = if k > 0 { law[k - 1] } else { 0.0 };
            law[k] = law[k] * (1.0 - p) + fewer * p;
        }
    }
    law
}

/// The least count that is not exceeded with this chance.
fn quantile(law: &[f64], level: f64) -> u64 {
    let mut sum = 0.0;
    let at = law.iter().position(|p| {
        sum += p;
        sum >= level - 1e-9
    });
    at.unwrap_or(law.len().saturating_sub(1)) as u64
}

fn at_least(law: &[f64], n: u64) -> f64 {
    let from = usize::try_from(n).unwrap_or(usize::MAX);
    law.iter().skip(from).sum::<f64>().clamp(0.0, 1.0)
}

fn hundredths(share: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10000")]
    let whole = (share * 10_000.0).round() as u16;
    whole
}

/// Forecasts as a past day could know them.
async fn forecasts_then(desk: &Desk, ask: Ask<'_>, books: &Books, base: &Filter, feed: u64, today: Date) -> Result<Vec<Forecast>> {
    let scope = &ask.signed.scope;
    let mut projects: Vec<(Project, u64)> = vec![];
    let mut after = None;
    loop {
        let page = desk.store.rows(scope, base, Sort::default(), &PageAsk { limit: 500, after }, Some(feed)).await?;
        let ids: Vec<ProjectId> = page.rows.iter().map(|r| r.row.id).collect();
        let found = desk.store.projects_by_ids(scope, &ids, Some(feed)).await?;
        projects.extend(found.into_iter().filter(|p| p.doc.plan.is_some()).map(|p| (p.doc, p.seq)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(settled(&projects, Lens { pack: &books.pack, today, history: None }))
}

/// Forecasts of projects that may wait for each other, computed until none moves.
fn settled(projects: &[(Project, u64)], lens: Lens<'_>) -> Vec<Forecast> {
    let mut elsewhere = Elsewhere::new();
    let mut rows: BTreeMap<ProjectId, Forecast> = BTreeMap::new();
    let tied = projects.iter().filter(|(p, _)| !crate::forecast::awaited(p).is_empty()).count();
    for round in 0..=tied {
        let again = projects.iter().filter(|(p, _)| round == 0 || !crate::forecast::awaited(p).is_empty());
        let fresh: Vec<Forecast> = again.filter_map(|(p, seq)| forecast(p, *seq, lens, &elsewhere)).collect();
        let moved = fresh.iter().any(|f| rows.get(&f.row.id) != Some(f));
        for f in fresh {
            elsewhere.extend(f.row.finishes.iter().map(|(a, d)| ((f.row.id, a.clone()), *d)));
            rows.insert(f.row.id, f);
        }
        if !moved {
            break;
        }
    }
    rows.into_values().collect()
}

/// What is red, the latest first: by which rule, with which numbers, since when, whose move.
pub(super) fn reds(board: &Board, movers: &Movers<'_>) -> Reds {
    let of_light = |light| board.expected().filter(|(_, f)| f.row.light() == light).count() as u64;
    let items = worst(board).into_iter().filter_map(|id| red_item(board, movers, id)).collect();
    Reds { red: of_light(Light::Red), amber: of_light(Light::Amber), items }
}

/// The projects of the red items that are shown.
fn worst(board: &Board) -> Vec<ProjectId> {
    let mut red: Vec<_> = board.expected().filter_map(|(row, f)| Some((reddest(f)?.days_late, row.id))).collect();
    red.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    red.into_iter().take(REDS).map(|(_, id)| id).collect()
}

fn reddest(f: &Forecast) -> Option<&Ahead> {
    f.row.ahead.iter().filter(|a| a.light == Light::Red).max_by_key(|a| a.days_late)
}

fn red_item(board: &Board, movers: &Movers<'_>, id: ProjectId) -> Option<RedItem> {
    let (row, ahead) = (board.rows.get(&id)?, reddest(board.get(id)?)?);
    let rule = movers.books.pack.light(ahead.milestone);
    Some(RedItem {
        id,
        name: row.name.clone(),
        division: row.division.clone(),
        milestone: ahead.milestone,
        red_from: rule.red_from,
        rule: rule.words.map(|w| w.in_lang(movers.lang).to_owned()),
        document: rule.document,
        due: ahead.due,
        expected: ahead.expected,
        days_late: ahead.days_late.unwrap_or_default(),
        since: ahead.since,
        blocking: ahead.blocking.as_ref().map(|b| movers.blocked(b, row.owner.as_deref())),
    })
}

/// What a watch's item says of the project's way to that milestone.
pub(super) fn of_item(
    board: &Board,
    movers: &Movers<'_>,
    watch: Watch,
    row: &ProjectRow,
) -> (Option<Date>, Option<Light>, Option<BlockedAt>) {
    let Some(ahead) = board.get(row.id).and_then(|f| f.row.of(milestone(watch))) else { return (None, None, None) };
    (Some(ahead.expected), Some(ahead.light), ahead.blocking.as_ref().map(|b| movers.blocked(b, row.owner.as_deref())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::MilestoneOdds;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn ahead(odds: Option<MilestoneOdds>) -> Ahead {
        let (expected, path) = (day("2026-11-30"), vec![]);
        Ahead {
            milestone: Milestone::Start,
            activity: "A".into(),
            due: None,
            done: None,
            expected,
            odds,
            days_late: None,
            light: Light::Green,
            since: None,
            path,
            blocking: None,
        }
    }

    #[test]
    fn a_chance_lies_between_the_days_of_its_odds() {
        let odds =
            MilestoneOdds { p10: day("2026-10-01"), p50: day("2026-11-10"), p80: day("2026-12-10"), p90: day("2026-12-30"), in_time: None };
        let by = |d: &str| chance_by(&ahead(Some(odds)), day(d));
        assert_eq!((by("2026-08-01"), by("2026-10-01"), by("2026-11-10"), by("2027-06-01")), (0.0, 0.1, 0.5, 1.0));
        assert!((by("2026-11-25") - 0.65).abs() < 1e-9);
        assert_eq!((chance_by(&ahead(None), day("2026-11-30")), chance_by(&ahead(None), day("2026-11-29"))), (1.0, 0.0));
    }

    #[test]
    fn counts_of_even_chances_are_binomial() {
        let law = counts(&[0.5; 4]);
        assert_eq!(law, [1.0 / 16.0, 4.0 / 16.0, 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0]);
        assert_eq!((quantile(&law, 0.1), quantile(&law, 0.5), quantile(&law, 0.9)), (1, 2, 3));
        assert_eq!((hundredths(at_least(&law, 3)), at_least(&law, 0), at_least(&law, 9)), (3_125, 1.0, 0.0));
        assert_eq!((counts(&[]), quantile(&[1.0], 0.9)), (vec![1.0], 0));
    }
}
