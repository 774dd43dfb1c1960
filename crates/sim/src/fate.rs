//! What will really become of a project, unseen by anyone who plans it.
use crate::{
    chance::Chance,
    names::{self, Kind},
};
use jiff::{Span, civil::Date};
use lantu_model::{Holding, Nature};

/// A project's hidden life. Planned dates are what the bureau is told; the others are what happens.
#[derive(Debug)]
pub struct Fate {
    pub seed: u64,
    pub number: usize,
    pub kind: &'static Kind,
    pub industry: &'static str,
    pub product: &'static str,
    pub town: usize,
    pub nature: Nature,
    pub holding: Holding,
    pub investment_wan: i64,
    pub land_mu: i64,
    pub born: Date,
    /// Begins as a lead without a code, and gets one on this day.
    pub coded: Option<Date>,
    pub prelim: Date,
    pub ready: Date,
    pub start_planned: Date,
    pub finish_planned: Date,
    pub operate_planned: Date,
    pub ramp_planned: Date,
    pub start: Date,
    pub finish: Date,
    pub operate: Date,
    pub ramp: Date,
    pub stat_entry: Option<Date>,
    pub ceremony: Option<Date>,
    /// Works stop and go on again.
    pub halt: Option<(Date, Date)>,
    /// Given up before it starts.
    pub terminated: Option<Date>,
    pub renamed: Option<Date>,
    pub trouble: Chance,
}

fn days(date: Date, n: i64) -> Date {
    date.saturating_add(Span::new().days(n))
}

fn months(date: Date, n: i64) -> Date {
    date.saturating_add(Span::new().months(n))
}

impl Fate {
    /// `first`–`last`: the months over which planned starts spread.
    pub fn draw(seed: u64, number: usize, towns: usize, first: Date, span_days: i64) -> Self {
        let mut c = Chance::of(seed, number as u64);
        let kind = names::kind(&mut c);
        let (industry, product) = *c.pick(kind.products);
        let start_planned = days(first, c.between(0, span_days));
        let works = c.between(kind.months.0, kind.months.1);
        let finish_planned = months(start_planned, works);
        let operate_planned = days(finish_planned, c.between(10, 45));
        let ramp_planned = months(operate_planned, c.between(8, 13));
        // Nearly half keep their day; the rest are late, some very.
        let late = if c.percent(46) { c.between(-12, 8) } else { c.delay(75.0) };
        let start = days(start_planned, late);
        let slip = works * 30 * c.between(-4, 22) / 100;
        let finish = days(months(start, works), slip);
        let operate = days(finish, c.between(5, 60));
        let ramp = days(months(operate, c.between(8, 13)), c.delay(40.0));
        let lead = c.between(130, 420);
        let born = days(start_planned, -lead);
        let halt = c.percent(5).then(|| (days(start, c.between(40, 160)), days(start, c.between(200, 330))));
        Self {
            seed,
            number,
            kind,
            industry,
            product,
            town: c.below(towns),
            nature: names::nature(&mut c, kind),
            holding: names::holding(&mut c, kind),
            investment_wan: (c.around(kind.median_wan, kind.spread) / 100.0).round().max(5.0) as i64 * 100,
            land_mu: if kind.land_mu > 0.0 { c.around(kind.land_mu, 0.5).round().max(3.0) as i64 } else { 0 },
            born,
            coded: c.percent(30).then(|| days(born, lead / 9)),
            prelim: days(born, lead / 5),
            ready: days(start, -c.between(20, 75)),
            start_planned,
            finish_planned,
            operate_planned,
            ramp_planned,
            start,
            finish: if let Some((from, to)) = halt { days(finish, i64::from((to - from).get_days())) } else { finish },
            operate,
            ramp,
            stat_entry: c.percent(88).then(|| days(start, c.between(12, 70))),
            ceremony: c.percent(40).then(|| days(start_planned, c.between(-15, 5))),
            halt,
            terminated: c.percent(3).then(|| days(start_planned, c.between(-60, 60))),
            renamed: c.percent(3).then(|| days(born, c.between(30, 120))),
            trouble: c,
        }
        .in_order()
    }

    /// Later steps never come before earlier ones.
    fn in_order(mut self) -> Self {
        self.prelim = self.prelim.max(days(self.coded.unwrap_or(self.born), 3));
        self.ready = self.ready.max(days(self.prelim, 15));
        self.start = self.start.max(days(self.ready, 5));
        self.finish = self.finish.max(days(self.start, 60));
        self.operate = self.operate.max(days(self.finish, 2));
        self.ramp = self.ramp.max(days(self.operate, 60));
        self.halt = self.halt.filter(|(from, to)| *from > self.start && *to < self.finish && from < to);
        self.terminated = self.terminated.filter(|t| *t > self.prelim && *t < self.start);
        self.renamed = self.renamed.filter(|r| *r > self.born && *r < self.start);
        self.stat_entry = self.stat_entry.filter(|s| *s > self.start);
        self
    }

    /// Share of the works done by a day, in thousandths.
    pub fn done_by(&self, day: Date) -> i64 {
        if day <= self.start {
            return 0;
        }
        let whole = i64::from((self.finish - self.start).get_days()).max(1);
        let ran = i64::from((day.min(self.finish) - self.start).get_days());
        let stood = self.halt.map_or(0, |(from, to)| i64::from((day.clamp(from, to) - from).get_days()));
        let halted = self.halt.map_or(0, |(from, to)| i64::from((to - from).get_days()));
        ((ran - stood).max(0) * 1000 / (whole - halted).max(1)).min(1000)
    }
}
