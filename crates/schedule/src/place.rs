//! How long an activity's work takes from a given start, or back from a given finish.
use crate::{Activity, Assignment, Calendar, Dialect, Instant, Kind, Network, Span, pass::Pass};
use std::collections::HashMap;

/// On which calendar each activity's work is done, where that is not simply the activity's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// Working times common to a task and its resource.
    common: Vec<Calendar>,
    /// For each activity, its calendar: below the number of the network's calendars one of these, else a common one.
    /// Empty when everyone works on their own.
    of: Vec<u32>,
}

impl Places {
    pub fn of(network: &Network) -> Self {
        let assigned = |a: &Activity| a.detail.as_ref().is_some_and(|d| !d.assignments.is_empty());
        if network.options.dialect == Dialect::P6 || !network.activities.iter().any(assigned) {
            return Self::default();
        }
        let mut places = Self::default();
        let mut met = HashMap::new();
        places.of = network.activities.iter().map(|a| places.place(network, a, &mut met)).collect();
        places
    }

    /// The calendar of the resource at work; where the task has a calendar of its own, what both have in common.
    fn place(&mut self, network: &Network, activity: &Activity, met: &mut HashMap<(u32, u32), u32>) -> u32 {
        let own = activity.calendar.0;
        let Some(detail) = activity.detail.as_ref().filter(|d| d.fixed.is_none() && !d.ignores_resource_calendars) else { return own };
        let Some(lead) = detail.assignments.iter().find(|a| a.drives) else { return own };
        let resource = lead.calendar.0;
        if !detail.own_calendar || resource == own {
            return resource;
        }
        *met.entry((own, resource)).or_insert_with(|| {
            let both = Calendar::both(&network.calendars[own as usize], &network.calendars[resource as usize]);
            self.common.push(both);
            (network.calendars.len() + self.common.len() - 1) as u32
        })
    }

    pub fn calendar<'a>(&'a self, network: &'a Network, at: usize) -> &'a Calendar {
        let own = network.activities[at].calendar.at();
        let place = self.of.get(at).map_or(own, |&p| p as usize);
        network.calendars.get(place).unwrap_or_else(|| &self.common[place - network.calendars.len()])
    }
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

    /// Where the work may begin: the start of working time.
    pub fn next_start(&self, at: usize, date: Instant) -> Instant {
        if self.activity(at).elapsed { date } else { self.working(at).next_start(date) }
    }

    /// The same moment as the end of working time.
    pub fn as_finish(&self, at: usize, date: Instant) -> Instant {
        if self.activity(at).elapsed { date } else { self.working(at).equivalent_finish(date) }
    }
}
