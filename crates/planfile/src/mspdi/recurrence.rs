//! Exceptions that come again: a rule to the days it means. Bounded, whatever a file asks for.
use super::fields::Fields;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use lantu_calendar::days_of;

/// So many times one exception comes again at the most: sixty years of every week.
const MOST: usize = 3_200;
/// So many months or weeks are looked through for one exception.
const LOOKS: usize = 120_000;

/// When an exception holds, as `Exceptions/Exception` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// First day of all.
    pub from: Date,
    /// Last day of all.
    pub to: Date,
    /// `Type`: 1 daily, 2 yearly by day, 3 yearly by position, 4 monthly by day, 5 monthly by position, 6 weekly,
    /// 7 every so many days.
    pub kind: i64,
    /// Every so many days, weeks, months.
    pub period: i64,
    /// So many times, when that ends it rather than the last day.
    pub times: Option<usize>,
    /// Bit 0 is Sunday.
    pub weekdays: i64,
    /// 0 any day, 1 Monday to Friday, 2 the weekend, 3 Sunday to 9 Saturday.
    pub item: i64,
    /// 0 first to 3 fourth, 4 last.
    pub position: i64,
    /// 0 January.
    pub month: i64,
    /// From 1.
    pub day: i64,
}

impl Rule {
    /// Of the fields of an exception; `None` without its first day.
    pub(super) fn read(fields: &Fields, from: Date, to: Date) -> Self {
        let kind = fields.int("Type").unwrap_or(1);
        let by_count = fields.flag("EnteredByOccurrences") == Some(true);
        let times = fields.int("Occurrences").filter(|n| by_count && *n > 0).map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        Self {
            from,
            to,
            kind,
            period: fields.int("Period").unwrap_or(1).clamp(1, 100_000),
            times,
            weekdays: fields.int("DaysOfWeek").unwrap_or(0),
            item: fields.int("MonthItem").unwrap_or(0),
            position: fields.int("MonthPosition").unwrap_or(0),
            month: fields.int("Month").unwrap_or(0),
            day: fields.int("MonthDay").unwrap_or(1),
        }
    }

    /// Whether it holds on each day of one stretch.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.kind, 1 | 9) || !(2..=7).contains(&self.kind) || (self.kind == 7 && self.period == 1)
    }

    /// The stretches of days it means, in order, and whether they had to be cut short.
    pub(super) fn days(&self) -> (Vec<(Date, Date)>, bool) {
        if self.is_plain() {
            return (vec![(self.from, self.to)], false);
        }
        let most = self.times.unwrap_or(usize::MAX).min(MOST);
        // A rule that ends by its count may say a last day that is too early; ten thousand years hold any count.
        let last = if self.times.is_some() { self.to.max(self.from.saturating_add(400.years())) } else { self.to };
        let mut days = vec![];
        for day in self.candidates().take(LOOKS).take_while(|day| *day <= last).filter(|day| *day >= self.from) {
            days.push(day);
            if days.len() > most {
                break;
            }
        }
        let cut = days.len() > most && self.times.is_none_or(|n| n > most);
        days.truncate(most);
        (joined(&days), cut)
    }

    /// Days in order, some perhaps before the first.
    fn candidates(&self) -> Box<dyn Iterator<Item = Date> + '_> {
        let first = self.from.first_of_month();
        let months = |period: i64| first.series(period.months());
        match self.kind {
            2 => Box::new(self.years().filter_map(|month| self.day_in(month))),
            3 => Box::new(self.years().filter_map(|month| self.positioned(month))),
            4 => Box::new(months(self.period).filter_map(|month| self.day_in(month))),
            5 => Box::new(months(self.period).filter_map(|month| self.positioned(month))),
            6 => Box::new(self.weeks()),
            _ => Box::new(self.from.series(self.period.days())),
        }
    }

    /// The first of the rule's month, year by year.
    fn years(&self) -> impl Iterator<Item = Date> {
        let month = i8::try_from(self.month.clamp(0, 11) + 1).unwrap_or(1);
        let first = Date::new(self.from.year(), month, 1).unwrap_or(self.from);
        first.series(1.year())
    }

    fn day_in(&self, month: Date) -> Option<Date> {
        Date::new(month.year(), month.month(), i8::try_from(self.day).ok()?).ok()
    }

    /// The first, second, … last day of a sort in a month.
    fn positioned(&self, month: Date) -> Option<Date> {
        let mut fitting =
            (1..=month.days_in_month()).filter_map(|day| Date::new(month.year(), month.month(), day).ok()).filter(|day| self.fits(*day));
        match usize::try_from(self.position) {
            Ok(position @ 0..=3) => fitting.nth(position),
            _ => fitting.next_back(),
        }
    }

    fn fits(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.item {
            1 => !weekend,
            2 => weekend,
            item @ 3..=9 => i64::from(day.weekday().to_sunday_zero_offset()) == item - 3,
            _ => true,
        }
    }

    /// Weeks begin on Sunday, the first one around the first day.
    fn weeks(&self) -> impl Iterator<Item = Date> + '_ {
        let weekday = i64::from(self.from.weekday().to_sunday_zero_offset());
        let sunday = self.from.saturating_sub(weekday.days());
        let chosen = move |day: &i64| self.weekdays >> day & 1 == 1;
        sunday
            .series((self.period * 7).days())
            .flat_map(move |sunday| (0..7).filter(chosen).map(move |day| sunday.saturating_add(day.days())))
    }
}

/// Days next to one another as one stretch.
fn joined(days: &[Date]) -> Vec<(Date, Date)> {
    let mut stretches: Vec<(Date, Date)> = vec![];
    for &day in days {
        match stretches.last_mut() {
            Some(last) if days_of(day) <= days_of(last.1) + 1 => last.1 = last.1.max(day),
            _ => stretches.push((day, day)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rule(kind: i64, from: Date, to: Date) -> Rule {
        Rule { from, to, kind, period: 1, times: None, weekdays: 0, item: 0, position: 0, month: 0, day: 1 }
    }

    fn days(rule: &Rule) -> Vec<String> {
        rule.days().0.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}..{b}") }).collect()
    }

    #[test]
    fn days_of_each_sort_of_rule() {
        let (from, to) = (date(2026, 1, 12), date(2026, 3, 31));
        assert_eq!(days(&rule(1, from, to)), ["2026-01-12..2026-03-31"]);
        assert_eq!(days(&Rule { weekdays: 2, times: Some(3), ..rule(6, from, to) }), ["2026-01-12", "2026-01-19", "2026-01-26"]);
        assert_eq!(
            days(&Rule { weekdays: 0b100_0001, period: 2, times: Some(4), ..rule(6, from, to) }),
            ["2026-01-17", "2026-01-25", "2026-01-31", "2026-02-08"]
        );
        assert_eq!(days(&Rule { item: 8, position: 1, ..rule(5, from, to) }), ["2026-02-13", "2026-03-13"]);
        assert_eq!(days(&Rule { item: 1, position: 4, ..rule(5, from, to) }), ["2026-01-30", "2026-02-27", "2026-03-31"]);
        assert_eq!(days(&Rule { day: 31, ..rule(4, from, to) }), ["2026-01-31", "2026-03-31"]);
        assert_eq!(days(&Rule { month: 0, day: 1, times: Some(2), ..rule(2, from, to) }), ["2027-01-01", "2028-01-01"]);
        assert_eq!(days(&Rule { month: 10, item: 7, position: 3, ..rule(3, from, date(2027, 12, 31)) }), ["2026-11-26", "2027-11-25"]);
        assert_eq!(days(&Rule { period: 30, ..rule(7, from, to) }), ["2026-01-12", "2026-02-11", "2026-03-13"]);
    }

    #[test]
    fn a_rule_without_end_is_cut() {
        let (from, to) = (date(1900, 1, 1), date(9999, 12, 31));
        for kind in 1..=9 {
            let (days, _) = Rule { times: Some(1_000_000), weekdays: 127, period: 2, ..rule(kind, from, to) }.days();
            assert!(!days.is_empty() && days.len() <= MOST, "{kind}");
        }
        assert!(Rule { weekdays: 1, ..rule(6, from, to) }.days().1);
        assert!(Rule { weekdays: 0, ..rule(6, from, to) }.days().0.is_empty());
        assert!(Rule { day: 99, ..rule(4, from, to) }.days().0.is_empty());
    }
}
