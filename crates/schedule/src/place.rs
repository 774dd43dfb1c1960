//! How long an activity's work takes from a given start, or back from a given finish.
use crate::{Activity, Assignment, Calendar, Detail, Dialect, Instant, Kind, Network, Span, pass::Pass, team::Team};
use std::collections::HashMap;

/// On which calendar each activity's work is done, where that is not simply the activity's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// Working times made of several: what a task and its resource have in common, what a team's members have in all.
    made: Vec<Calendar>,
    /// For each activity, its calendar: below the number of the network's calendars one of these, else a made one.
    /// Empty when everyone works on their own.
    of: Vec<u32>,
    /// Tasks whose resources work at different times.
    teams: HashMap<u32, Team>,
}

impl Places {
    pub fn of(network: &Network) -> Self {
        let assigned = |a: &Activity| a.detail.as_ref().is_some_and(|d| !d.assignments.is_empty());
        if network.options.dialect == Dialect::P6 || !network.activities.iter().any(assigned) {
            return Self::default();
        }
        let mut places = Self::default();
        let mut met = HashMap::new();
        for (at, activity) in (0u32..).zip(&network.activities) {
            let place = places.place(network, at, activity, &mut met);
            places.of.push(place);
        }
        places
    }

    /// The calendar of the resource at work; where the task has a calendar of its own, what both have in common.
    /// Work on several calendars is a team's.
    fn place(&mut self, network: &Network, at: u32, activity: &Activity, met: &mut HashMap<(u32, u32), u32>) -> u32 {
        let own = activity.calendar.0;
        let aside = |d: &&Detail| d.fixed.is_some() || d.ignores_resource_calendars;
        let Some(detail) = activity.detail.as_deref().filter(|d| !aside(d)) else { return own };
        let shares: Vec<(u32, Span)> = detail
            .assignments
            .iter()
            .filter(|a| a.drives && a.resource.is_some() && a.units > 0.0)
            .map(|a| (self.shared(network, own, a.calendar.0, detail.own_calendar, met), time_of(a)))
            .collect();
        let Some(&(first, _)) = shares.first() else { return own };
        let same = |other: u32| other == first || self.get(network, other) == self.get(network, first);
        if shares.iter().all(|(calendar, _)| same(*calendar)) {
            return first;
        }
        match Team::of(&shares, |calendar| self.get(network, calendar).clone()) {
            Some(team) => {
                self.made.push(team.together().clone());
                self.teams.insert(at, team);
                (network.calendars.len() + self.made.len() - 1) as u32
            }
            None => own,
        }
    }

    fn shared(&mut self, network: &Network, own: u32, resource: u32, has_own: bool, met: &mut HashMap<(u32, u32), u32>) -> u32 {
        if !has_own || resource == own {
            return resource;
        }
        *met.entry((own, resource)).or_insert_with(|| {
            let both = Calendar::both(&network.calendars[own as usize], &network.calendars[resource as usize]);
            if !both.has_work() {
                return own;
            }
            self.made.push(both);
            (network.calendars.len() + self.made.len() - 1) as u32
        })
    }

    fn get<'a>(&'a self, network: &'a Network, place: u32) -> &'a Calendar {
        let place = place as usize;
        network.calendars.get(place).unwrap_or_else(|| &self.made[place - network.calendars.len()])
    }

    pub fn calendar<'a>(&'a self, network: &'a Network, at: usize) -> &'a Calendar {
        self.get(network, self.of.get(at).copied().unwrap_or(network.activities[at].calendar.0))
    }

    /// Whether some work is done on a calendar made of several.
    pub fn is_made(&self) -> bool {
        !self.made.is_empty()
    }

    /// Whether some task's resources work at different times.
    pub fn has_teams(&self) -> bool {
        !self.teams.is_empty()
    }

    fn team(&self, at: usize) -> Option<&Team> {
        if self.teams.is_empty() { None } else { self.teams.get(&(at as u32)) }
    }
}

/// What an assignment takes at its units; overtime is done beside.
fn time_of(assignment: &Assignment) -> Span {
    Span::from_minutes((assignment.work - assignment.overtime).as_minutes() * 100.0 / assignment.units)
}

impl<'a> Pass<'a> {
    /// The calendar that an activity's work is done on.
    pub fn working(&self, at: usize) -> &'a Calendar {
        let places: &'a Places = self.places;
        places.calendar(self.network, at)
    }

    /// When work of so much that begins then is done.
    pub fn finish_of(&self, at: usize, start: Instant, work: Span) -> Instant {
        let activity = self.activity(at);
        if activity.elapsed {
            return start + work;
        }
        if let Some(by_resource) = self.each_resource(activity, |calendar, share| calendar.add(start, share)) {
            return by_resource.max().unwrap_or(start);
        }
        if let Some(team) = self.places.team(at) {
            return team.finish(start, work);
        }
        self.working(at).add(start, work)
    }

    /// When work of so much that is done then has to begin.
    pub fn start_of(&self, at: usize, finish: Instant, work: Span) -> Instant {
        let activity = self.activity(at);
        if activity.elapsed {
            return finish - work;
        }
        if let Some(by_resource) = self.each_resource(activity, |calendar, share| calendar.add(finish, -share)) {
            return by_resource.min().unwrap_or(finish);
        }
        if let Some(team) = self.places.team(at) {
            return team.start(finish, work, self.rows[at].early_start);
        }
        self.working(at).add(finish, -work)
    }

    /// P6's resource-dependent activities: each resource's own work on its own calendar.
    fn each_resource<'b>(
        &'b self,
        activity: &'b Activity,
        moved: impl Fn(&Calendar, Span) -> Instant + 'b,
    ) -> Option<impl Iterator<Item = Instant> + 'b> {
        let detail = activity.detail.as_ref().filter(|_| activity.kind == Kind::ResourceDependent)?;
        let working = |a: &&Assignment| a.drives && a.units * 60.0 > 0.06 && a.remaining_work.is_positive();
        detail.assignments.iter().find(working)?;
        Some(detail.assignments.iter().filter(working).map(move |a| {
            let share = Span::from_minutes(a.remaining_work.as_minutes() * 100.0 / a.units);
            moved(&self.network.calendars[a.calendar.at()], share)
        }))
    }

    /// Where the work may begin: the start of working time, of whoever can begin first.
    pub fn next_start(&self, at: usize, date: Instant) -> Instant {
        let activity = self.activity(at);
        if let Some(by_resource) = self.each_resource(activity, |calendar, _| calendar.next_start(date)) {
            return by_resource.min().unwrap_or(date);
        }
        if activity.elapsed { date } else { self.working(at).next_start(date) }
    }

    /// The same moment as the end of working time.
    pub fn as_finish(&self, at: usize, date: Instant) -> Instant {
        let activity = self.activity(at);
        if let Some(by_resource) = self.each_resource(activity, |calendar, _| calendar.equivalent_finish(date)) {
            return by_resource.max().unwrap_or(date);
        }
        if activity.elapsed { date } else { self.working(at).equivalent_finish(date) }
    }

    /// The date itself where it touches working time, else the end of working time before it: a bound never moves later.
    pub fn no_later_in_work(&self, at: usize, date: Instant) -> Instant {
        let activity = self.activity(at);
        if self.touches_work(at, date) {
            return date;
        }
        let by_resource = self.each_resource(activity, |calendar, _| calendar.previous_finish(date)).and_then(Iterator::max);
        by_resource.unwrap_or_else(|| self.working(at).previous_finish(date))
    }

    /// Whether work may begin, go on or end then.
    pub fn touches_work(&self, at: usize, date: Instant) -> bool {
        let activity = self.activity(at);
        let touches = |calendar: &Calendar| calendar.next_start(date) == date || calendar.previous_finish(date) == date;
        if let Some(mut by_resource) = self.each_resource(activity, |calendar, _| if touches(calendar) { date } else { Instant::MIN }) {
            return by_resource.any(|touched| touched == date);
        }
        activity.elapsed || touches(self.working(at))
    }
}
