//! Dates, lengths and chances as people say them.
use crate::{timetable, tongue::Tongue};
use lantu_risk::Distribution;
use lantu_schedule::{Instant, Span};

/// How finely dates are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// The odds lie within a few days.
    Minute,
    /// They lie so far apart that the time of the day says nothing.
    Day,
}

impl Grain {
    pub fn of(finish: &Distribution) -> Self {
        const FEW: i64 = 4;
        if days_between(finish) > FEW { Self::Day } else { Self::Minute }
    }

    /// What is done at midnight was done on the day that ends then.
    pub fn date(self, at: Instant) -> String {
        match self {
            Self::Minute => timetable::day_and_time(at),
            Self::Day => just_before(at).day().to_string(),
        }
    }

    /// How much later than the plan, as the two dates are told.
    pub fn beside(self, date: Instant, planned: Instant, tongue: Tongue) -> String {
        let whole = |at: Instant| just_before(at).seconds().div_euclid(DAY);
        let later = match self {
            Self::Minute => date - planned,
            Self::Day => Span::seconds((whole(date) - whole(planned)) * DAY),
        };
        beside(later, tongue)
    }
}

const DAY: i64 = 86_400;

/// From the first date to the last.
pub fn days_between(finish: &Distribution) -> i64 {
    (finish.quantile(1.0) - finish.quantile(0.0)).as_seconds() / DAY + 1
}

fn just_before(at: Instant) -> Instant {
    if at.second_of_day() == 0 { at - Span::seconds(1) } else { at }
}

/// How much later than the plan.
fn beside(later: Span, tongue: Tongue) -> String {
    if later.is_zero() {
        return tongue.say("与计划相同", "as planned").to_owned();
    }
    let size = length(if later.is_negative() { -later } else { later }, tongue);
    let (zh, en) = if later.is_negative() { ("早", "earlier") } else { ("晚", "later") };
    tongue.say(&format!("{zh} {size}"), &format!("{size} {en}")).to_owned()
}

/// A length by the clock, in days where it is as long as one.
pub fn length(span: Span, tongue: Tongue) -> String {
    let seconds = span.as_seconds();
    let tenths = |unit: f64| {
        let text = format!("{:.1}", seconds as f64 / unit);
        text.strip_suffix(".0").unwrap_or(&text).to_owned()
    };
    match seconds.unsigned_abs() {
        0 => "0".to_owned(),
        1..3_600 => format!("{:.0} {}", seconds as f64 / 60.0, tongue.say("分钟", "min")),
        3_600..86_400 => format!("{} {}", tenths(3_600.0), tongue.say("小时", "h")),
        _ => format!("{} {}", tenths(86_400.0), tongue.say("天", "d")),
    }
}

/// Whole hundredths; what is rare or nearly sure is not said to be never or always.
pub fn percent(share: f64) -> String {
    match share {
        s if s > 0.0 && s < 0.01 => "<1%".to_owned(),
        s if s > 0.99 && s < 1.0 => ">99%".to_owned(),
        s => format!("{:.0}%", s * 100.0),
    }
}

/// In words that go with numbers: the steps of the Intergovernmental Panel on Climate Change's guidance on uncertainties (2010).
pub fn likelihood(share: f64, tongue: Tongue) -> &'static str {
    let (zh, en) = match share {
        s if s >= 0.99 => ("几乎肯定", "virtually certain"),
        s if s >= 0.9 => ("很有把握", "very likely"),
        s if s >= 0.66 => ("较有把握", "likely"),
        s if s > 0.33 => ("一半对一半", "about as likely as not"),
        s if s > 0.1 => ("把握不大", "unlikely"),
        s if s > 0.01 => ("很没把握", "very unlikely"),
        _ => ("几乎不可能", "next to impossible"),
    };
    tongue.say(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::words::Lang;

    #[test]
    fn lengths_and_shares_are_said_as_people_say_them() {
        let (zh, en) = (Tongue(Lang::Zh), Tongue(Lang::En));
        let said = [0, 60, 5_400, 86_400, 8 * 86_400 + 8_640, -86_400].map(|s| length(Span::seconds(s), en));
        assert_eq!(said, ["0", "1 min", "1.5 h", "1 d", "8.1 d", "-1 d"]);
        assert_eq!(beside(Span::hours(48), zh), "晚 2 天");
        assert_eq!(beside(Span::hours(-5), en), "5 h earlier");
        assert_eq!(beside(Span::ZERO, zh), "与计划相同");
        assert_eq!([0.0, 0.004, 0.5, 0.995, 1.0].map(percent), ["0%", "<1%", "50%", ">99%", "100%"]);
        assert_eq!([0.5, 0.9].map(|s| likelihood(s, en)), ["about as likely as not", "very likely"]);
    }

    #[test]
    fn dates_far_apart_are_told_to_the_day() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let odds = |last| Distribution::of(vec![at("2026-03-02T17:00"), at(last)]).unwrap();
        assert_eq!([odds("2026-03-04T09:00"), odds("2026-03-09T09:00")].map(|odds| Grain::of(&odds)), [Grain::Minute, Grain::Day]);
        assert_eq!(Grain::Minute.date(at("2026-03-09T09:00")), "2026-03-09 09:00");
        assert_eq!([at("2026-03-09T09:00"), at("2026-03-10")].map(|at| Grain::Day.date(at)), ["2026-03-09", "2026-03-09"]);
        let en = Tongue(Lang::En);
        assert_eq!(Grain::Day.beside(at("2026-03-09T09:00"), at("2026-03-02T17:00"), en), "7 d later");
        assert_eq!(Grain::Minute.beside(at("2026-03-09T09:00"), at("2026-03-02T17:00"), en), "6.7 d later");
        assert_eq!(Grain::Day.beside(at("2026-03-03"), at("2026-03-02T17:00"), en), "as planned");
    }
}
