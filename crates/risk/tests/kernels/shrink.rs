//! A model that fails, made as small as it goes while it still does.
use lantu_risk::*;
use lantu_schedule::{Progress, *};

/// The smallest model found that still fails, by leaving out one thing after another.
pub fn shrunk(mut model: RiskModel, fails: impl Fn(&RiskModel) -> bool) -> RiskModel {
    loop {
        let smaller = simpler(&model).find(|smaller| lantu_schedule::schedule(&smaller.network).is_ok() && fails(smaller));
        match smaller {
            Some(smaller) => model = smaller,
            None => return model,
        }
    }
}

/// The same model with one thing less, large things first.
fn simpler(model: &RiskModel) -> impl Iterator<Item = RiskModel> {
    let n = &model.network;
    let changed = |change: &dyn Fn(&mut RiskModel)| {
        let mut smaller = model.clone();
        change(&mut smaller);
        smaller
    };
    let lists = [n.links.len(), model.ranges.len(), model.risks.len(), model.correlations.len(), model.weather.len()];
    let halves = lists.iter().enumerate().flat_map(|(list, &length)| {
        let half = length / 2;
        (half > 1).then(|| [changed(&|m| keep(m, list, 0..half)), changed(&|m| keep(m, list, half..length))])
    });
    let halves: Vec<RiskModel> = halves.flatten().collect();
    let rows: Vec<RiskModel> = (0..n.activities.len()).rev().filter(|_| n.activities.len() > 1).map(|at| without_row(model, at)).collect();
    let mut singles = vec![];
    for (list, &length) in lists.iter().enumerate() {
        singles.extend((0..length).map(|at| changed(&|m| drop_one(m, list, at))));
    }
    for at in 0..n.activities.len() {
        let row = |change: &dyn Fn(&mut Activity)| changed(&|m| change(&mut m.network.activities[at]));
        let a = &n.activities[at];
        if a.detail.is_some() {
            singles.push(row(&|a| a.detail = None));
            singles.push(row(&|a| a.detail_mut().constraint = None));
            singles.push(row(&|a| a.detail_mut().assignments = vec![]));
            singles.push(row(&|a| a.detail_mut().progress = Progress::NotStarted));
        }
        if a.parent.is_some() {
            singles.push(row(&|a| a.parent = None));
        }
        if a.duration > Span::hours(8) {
            singles.push(row(&|a| a.duration = Span::hours(8)));
        }
        if a.calendar.0 > 0 {
            singles.push(row(&|a| a.calendar = CalendarIx(0)));
        }
    }
    for at in 0..n.links.len() {
        if n.links[at].lag != Lag::NONE {
            singles.push(changed(&|m| m.network.links[at].lag = Lag::NONE));
        }
    }
    for at in 0..model.risks.len() {
        singles.extend((0..model.risks[at].impacts.len()).map(|impact| changed(&|m| drop(m.risks[at].impacts.remove(impact)))));
    }
    let plain = Options::new(n.options.dialect, n.options.start);
    singles.push(changed(&|m| m.network.options = plain.clone()));
    singles.push(changed(&|m| m.network.options = Options { data_date: n.options.data_date, ..plain.clone() }));
    let same = written(model);
    halves.into_iter().chain(rows).chain(singles).filter(move |smaller| written(smaller) != same)
}

fn keep(m: &mut RiskModel, list: usize, range: std::ops::Range<usize>) {
    fn only<T>(list: &mut Vec<T>, range: std::ops::Range<usize>) {
        list.truncate(range.end);
        list.drain(..range.start);
    }
    match list {
        0 => only(&mut m.network.links, range),
        1 => only(&mut m.ranges, range),
        2 => only(&mut m.risks, range),
        3 => only(&mut m.correlations, range),
        _ => only(&mut m.weather, range),
    }
}

fn drop_one(m: &mut RiskModel, list: usize, at: usize) {
    match list {
        0 => drop(m.network.links.remove(at)),
        1 => drop(m.ranges.remove(at)),
        2 => drop(m.risks.remove(at)),
        3 => drop(m.correlations.remove(at)),
        _ => drop(m.weather.remove(at)),
    }
}

/// The model without a row and all that speaks of it.
fn without_row(model: &RiskModel, row: usize) -> RiskModel {
    let mut m = model.clone();
    let moved = |at: ActivityIx| match at.at().cmp(&row) {
        std::cmp::Ordering::Less => Some(at),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(ActivityIx(at.0 - 1)),
    };
    m.network.activities.remove(row);
    m.network.activities.iter_mut().for_each(|a| a.parent = a.parent.and_then(moved));
    let link = |l: &Link| Some(Link { predecessor: moved(l.predecessor)?, successor: moved(l.successor)?, ..*l });
    m.network.links = m.network.links.iter().filter_map(link).collect();
    m.ranges = m.ranges.into_iter().filter_map(|r| Some(DurationRange { activity: moved(r.activity)?, ..r })).collect();
    for risk in &mut m.risks {
        risk.impacts =
            std::mem::take(&mut risk.impacts).into_iter().filter_map(|i| Some(Impact { activity: moved(i.activity)?, ..i })).collect();
    }
    for group in &mut m.correlations {
        group.activities = group.activities.iter().filter_map(|at| moved(*at)).collect();
    }
    m.correlations.retain(|group| group.activities.len() > 1);
    m
}

/// All of a model, a line for each thing.
pub fn written(model: &RiskModel) -> String {
    let n = &model.network;
    let mut text = format!("{:?}\n", n.options);
    // The hours of two weeks tell the calendar.
    for (at, calendar) in n.calendars.iter().enumerate() {
        let days = (0..14).map(|day| calendar.hours(n.options.start.day_number() + day).to_string());
        text += &format!("calendar {at}: {}\n", days.collect::<Vec<_>>().join(" | "));
    }
    for (at, a) in n.activities.iter().enumerate() {
        text += &format!("{at}: {}\n", brief(a));
    }
    n.links.iter().for_each(|l| text += &format!("{} {:?} {} {:?}\n", l.predecessor.0, l.kind, l.successor.0, l.lag));
    model.ranges.iter().for_each(|range| text += &format!("{range:?}\n"));
    model.risks.iter().for_each(|risk| text += &format!("{risk:?}\n"));
    model.correlations.iter().for_each(|group| text += &format!("{group:?}\n"));
    model.weather.iter().for_each(|weather| text += &format!("{weather:?}\n"));
    text
}

/// Without what says nothing.
fn brief(a: &Activity) -> String {
    let all = format!("{a:?}");
    let said = |part: &&str| !["None", "false", "[]"].iter().any(|none| part.ends_with(&format!(": {none}")));
    all.split(", ").filter(said).collect::<Vec<_>>().join(", ")
}
