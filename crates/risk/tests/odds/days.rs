//! Working minutes walked one by one.
use lantu_calendar::{CalendarSpec, Exception, Hours};
use lantu_schedule::{Calendar, Instant};

/// Hours of each weekday from Monday, and days without work.
pub struct Days {
    spec: CalendarSpec,
    /// The minutes that are worked, counted from [`Days::origin`].
    worked: Vec<i64>,
}

const ORIGIN: &str = "2026-03-02";

pub fn origin() -> Instant {
    ORIGIN.parse().unwrap()
}

/// So many minutes after the first Monday's midnight.
pub fn date(minutes: i64) -> Instant {
    Instant::from_seconds(origin().seconds() + minutes * 60)
}

impl Days {
    /// The same minutes of each day that is worked, closed on some days after the origin; for `weeks` weeks.
    fn of(hours: &[(u32, u32)], worked: [bool; 7], closed: &[i64], weeks: i64) -> Self {
        let day = Hours::of_minutes(hours.iter().copied());
        let mut spec = CalendarSpec { week: worked.map(|w| Some(if w { day.clone() } else { Hours::none() })), ..CalendarSpec::default() };
        for day in closed {
            let day = date(day * 1_440).day();
            spec.exceptions.push(Exception { from: day, to: day, hours: Hours::none() });
        }
        let is_worked = |minute: i64| {
            let (day, at) = (minute / 1_440, (minute % 1_440) as u32);
            worked[(day % 7) as usize] && !closed.contains(&day) && hours.iter().any(|(from, to)| (*from..*to).contains(&at))
        };
        Self { spec, worked: (0..weeks * 7 * 1_440).filter(|minute| is_worked(*minute)).collect() }
    }

    pub fn clock() -> Self {
        Self::of(&[(0, 1_440)], [true; 7], &[], 60)
    }

    /// Monday to Friday with a break at noon, closed on a Wednesday and over a long weekend.
    pub fn office() -> Self {
        Self::of(&[(480, 720), (780, 1_020)], [true, true, true, true, true, false, false], &[2, 11, 14], 260)
    }

    /// From 22:00 to 06:00, but for the nights that begin and the hours that lie on Saturday and Sunday.
    pub fn nights() -> Self {
        Self::of(&[(0, 360), (1_320, 1_440)], [true, true, true, true, true, false, false], &[3], 260)
    }

    /// Every day from 7 to 15.
    pub fn daily() -> Self {
        Self::of(&[(420, 900)], [true; 7], &[], 260)
    }

    pub fn calendar(&self) -> Calendar {
        Calendar::of(&self.spec)
    }

    /// The first minute from `at` on that is worked.
    pub fn start(&self, at: i64) -> i64 {
        self.worked[self.worked.partition_point(|minute| *minute < at)]
    }

    /// When so much work that may begin at `at` is done.
    pub fn finish(&self, at: i64, work: i64) -> i64 {
        assert!(work > 0, "where work of no length is done is for the dialects to say");
        self.worked[self.worked.partition_point(|minute| *minute < at) + work as usize - 1] + 1
    }
}
