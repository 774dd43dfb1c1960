//! The dates of a plan by walking over days: what has happened first, then passes over whole numbers until they stand still.
use super::plans::by_line;
use jiff::civil::Date;
use lantu_calendar::WorkCalendar;
use lantu_model::{Formality, FormalityState, PlanActivity, Project, plan::Ends};

pub struct Naive {
    pub rows: Vec<Row>,
}

pub struct Row {
    pub start: Date,
    pub finish: Date,
    pub total_float: i64,
    pub free_float: i64,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    begun: Option<Date>,
    /// Offset that links from its start count from.
    begins: Option<i64>,
    done: Option<Date>,
    floor: i64,
    left: i64,
    expired: bool,
}

struct Walk<'a> {
    office: &'a WorkCalendar,
    start: Date,
    today: Date,
}

impl Walk<'_> {
    /// Working days among the days after `a` up to `b`; negative when `b` lies before.
    fn count(&self, a: Date, b: Date) -> i64 {
        if b < a {
            return -self.count(b, a);
        }
        let (mut day, mut n) = (a, 0);
        while day < b {
            day = day.tomorrow().unwrap();
            n += i64::from(self.office.is_working(day));
        }
        n
    }

    fn offset(&self, day: Date) -> i64 {
        self.count(self.start, day)
    }

    fn eve(day: Date) -> Date {
        day.yesterday().unwrap()
    }

    fn day(&self, offset: i64) -> Date {
        let (mut day, mut left) = (self.start, offset);
        while left != 0 {
            day = if offset > 0 { day.tomorrow().unwrap() } else { Self::eve(day) };
            left -= i64::from(self.office.is_working(day)) * offset.signum();
        }
        day
    }

    fn known(&self, project: &Project, activity: &PlanActivity) -> Known {
        let today = self.today;
        let floor = if activity.days > 0 { self.offset(Self::eve(today)) } else { self.offset(today) };
        let bound = activity.not_before.map_or(0, |mut day| {
            while activity.days == 0 && !self.office.is_working(day) {
                day = day.tomorrow().unwrap();
            }
            if activity.days > 0 { self.offset(Self::eve(day)) } else { self.offset(day) }
        });
        let fresh = Known { begun: None, begins: None, done: None, floor: floor.max(bound).max(0), left: activity.days, expired: false };
        let Some(kind) = activity.formality.first() else { return self.work(activity, fresh) };
        project.formalities.iter().find(|f| f.kind == *kind).map_or(fresh, |row| self.permit(row, activity.days, fresh))
    }

    fn work(&self, activity: &PlanActivity, fresh: Known) -> Known {
        let (p, today) = (&activity.progress, self.today);
        let Some(started) = p.started.filter(|d| *d <= today) else { return fresh };
        if let Some(done) = p.finished.filter(|d| *d <= today) {
            let begins = if activity.days > 0 { self.offset(Self::eve(started)).min(self.offset(done)) } else { self.offset(done) };
            return Known { begun: Some(started), begins: Some(begins), done: Some(done), ..fresh };
        }
        if activity.days == 0 {
            return fresh;
        }
        let reported = p.seen.filter(|seen| *seen <= today).zip(p.remaining);
        let (from, left) = reported.unwrap_or((Self::eve(started), activity.days));
        let left = (left - self.count(from, Self::eve(today)).max(0)).max(1);
        let floor = self.offset(Self::eve(today)).max(0);
        Known { begun: Some(started), begins: Some(self.offset(Self::eve(started))), floor, left, ..fresh }
    }

    fn permit(&self, row: &Formality, days: i64, fresh: Known) -> Known {
        let today = self.today;
        let accepted = row.applied.unwrap().first_day();
        if accepted > today {
            return fresh;
        }
        let decided = row.decided.map(|p| p.first_day()).filter(|d| *d <= today);
        let ended = row.course.ended.as_ref().map(|e| e.on).filter(|d| *d <= today);
        let begun = Known { begun: Some(accepted), begins: Some(self.offset(accepted)), ..fresh };
        let again = Known { floor: self.offset(Self::eve(today)).max(0), left: days.max(1), ..begun };
        match (row.state, decided, ended) {
            (FormalityState::Lapsed, _, Some(_)) => fresh,
            (FormalityState::Returned, _, Some(_)) => again,
            (_, Some(day), _) => {
                let begins = if days > 0 { self.offset(accepted).min(self.offset(day)) } else { self.offset(day) };
                let expired = row.valid_until.is_some_and(|until| until < today);
                Known { done: Some(day), begins: Some(begins), expired, ..begun }
            }
            _ => self.in_hand(row, accepted, days, begun),
        }
    }

    /// Day by day: does the clock run?
    fn in_hand(&self, row: &Formality, accepted: Date, days: i64, begun: Known) -> Known {
        let pause = |day: Date| row.course.pauses.iter().find(|p| p.from <= self.today && p.covers(day));
        let (mut day, mut run) = (accepted, 0);
        while day < Self::eve(self.today) {
            day = day.tomorrow().unwrap();
            run += i64::from(self.office.is_working(day) && pause(day).is_none());
        }
        let stands = pause(self.today).map_or(0, |p| self.offset(p.until.unwrap_or(self.today)));
        let floor = self.offset(Self::eve(self.today)).max(0).max(self.offset(accepted)).max(stands);
        Known { floor, left: (days - run).max(1), ..begun }
    }
}

impl Naive {
    pub fn of(project: &Project, office: &WorkCalendar, today: Date) -> Self {
        let walk = Walk { office, start: project.plan.as_ref().unwrap().start, today };
        let lines = by_line(project);
        let place = |id: &str| lines.values().position(|(known, _)| *known == id).unwrap();
        let mut known: Vec<Known> = lines.values().map(|(_, a)| walk.known(project, a)).collect();
        let links: Vec<(usize, usize, Ends, i64)> =
            lines.values().enumerate().flat_map(|(to, (_, a))| a.after.iter().map(move |p| (place(&p.id), to, p.ends, p.lag))).collect();
        expire(&walk, &mut known, &lines.values().map(|(_, a)| *a).collect::<Vec<_>>(), &links);
        let passes = Passes::of(&walk, &known, &links);
        let days: Vec<i64> = lines.values().map(|(_, a)| a.days).collect();
        Self { rows: (0..known.len()).map(|at| passes.row(&walk, &known[at], days[at], at)).collect() }
    }
}

fn expire(walk: &Walk<'_>, known: &mut [Known], activities: &[&PlanActivity], links: &[(usize, usize, Ends, i64)]) {
    let done: Vec<bool> = known.iter().map(|k| k.done.is_some()).collect();
    for at in 0..known.len() {
        let mut after = links.iter().filter(|l| l.0 == at).peekable();
        let served = after.peek().is_some() && after.all(|l| done[l.1]);
        if known[at].expired && !served {
            let days = activities[at].days;
            let day = if days > 0 { Walk::eve(walk.today) } else { walk.today };
            let floor = walk.offset(day).max(0);
            let bound = Walk { today: walk.start, ..*walk }.known(&super::plans::project(lantu_model::Plan::from_day(walk.start)), &{
                let mut bare = activities[at].clone();
                bare.formality = vec![];
                bare
            });
            known[at] = Known { begun: None, begins: None, done: None, floor: floor.max(bound.floor), left: days, expired: false };
        }
    }
}

struct Passes {
    early: Vec<(i64, i64)>,
    late: Vec<(i64, i64)>,
    free: Vec<i64>,
}

impl Passes {
    fn of(walk: &Walk<'_>, known: &[Known], links: &[(usize, usize, Ends, i64)]) -> Self {
        let from_start = |e: Ends| matches!(e, Ends::StartStart | Ends::StartFinish);
        let to_finish = |e: Ends| matches!(e, Ends::FinishFinish | Ends::StartFinish);
        let open = |at: usize| known[at].done.is_none();
        let mut early: Vec<(i64, i64)> =
            known.iter().map(|k| k.done.map_or((k.floor, k.floor + k.left), |day| (k.begins.unwrap(), walk.offset(day)))).collect();
        let bound = |early: &[(i64, i64)], &(from, to, ends, lag): &(usize, usize, Ends, i64)| {
            let end = if from_start(ends) { known[from].begins.unwrap_or(early[from].0) } else { early[from].1 };
            end + lag - if to_finish(ends) { known[to].left } else { 0 }
        };
        for _ in 0..=known.len() {
            for link in links.iter().filter(|l| open(l.1)) {
                let start = early[link.1].0.max(bound(&early, link));
                early[link.1] = (start, start + known[link.1].left);
            }
        }
        let last_open = (0..known.len()).filter(|at| open(*at)).map(|at| early[at].1).max().unwrap_or(0);
        let mut late: Vec<(i64, i64)> =
            (0..known.len()).map(|at| if open(at) { (last_open - known[at].left, last_open) } else { early[at] }).collect();
        let holds = |l: &&(usize, usize, Ends, i64)| open(l.0) && open(l.1) && !(from_start(l.2) && known[l.0].begins.is_some());
        for _ in 0..=known.len() {
            for l in links.iter().filter(holds) {
                let finish =
                    if to_finish(l.2) { late[l.1].1 } else { late[l.1].0 } - l.3 + if from_start(l.2) { known[l.0].left } else { 0 };
                let finish = late[l.0].1.min(finish);
                late[l.0] = (finish - known[l.0].left, finish);
            }
        }
        let end = early.iter().map(|e| e.1).max().unwrap_or(0);
        let free = |at: usize| {
            let rooms = links.iter().filter(holds).filter(|l| l.0 == at).map(|l| early[l.1].0 - bound(&early, l));
            if open(at) { rooms.min().unwrap_or(end - early[at].1) } else { 0 }
        };
        let free = (0..known.len()).map(free).collect();
        Self { early, late, free }
    }

    fn row(&self, walk: &Walk<'_>, known: &Known, days: i64, at: usize) -> Row {
        let (start, finish) = self.early[at];
        let (total_float, free_float) = (self.late[at].0 - start, self.free[at]);
        if let Some(done) = known.done {
            let began = known.begun.map_or(done, |b| b.min(done));
            return Row { start: began, finish: done, total_float: 0, free_float: 0 };
        }
        let _ = days;
        let finish_day = walk.day(finish);
        if known.left == 0 {
            let day = finish_day.max(walk.today).max(walk.start);
            return Row { start: day, finish: day, total_float, free_float };
        }
        let first = known.begun.map_or_else(|| walk.day(start + 1), |b| b.min(finish_day));
        Row { start: first, finish: finish_day, total_float, free_float }
    }
}
