//! The table: what, how much, beside what, against which limit.

/// One measured line.
pub struct Row {
    pub what: String,
    /// Not a number where it could not be measured.
    pub value: f64,
    pub unit: &'static str,
    /// What was measured beside it in the same run, if anything.
    pub peer: Option<(String, f64)>,
    /// The number to reach.
    pub limit: Option<f64>,
    /// How many runs the value is the median of, or whatever else it stands on.
    pub from: String,
}

impl Row {
    /// What could not be measured, and why.
    pub fn missing(what: String, unit: &'static str, limit: Option<f64>, why: String) -> Self {
        Self { what, value: f64::NAN, unit, peer: None, limit, from: format!("not measured: {why}") }
    }
}

/// The middle of several values.
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value that `percent` of a hundred do not exceed (nearest rank); 0 for none.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

pub fn print(rows: &[Row]) {
    println!("\n{:<44} {:>12} {:>10} {:>7}  {:<34} from", "what", "measured", "limit", "ratio", "peer");
    for row in rows {
        let limit = row.limit.map_or("-".to_string(), |limit| format!("{limit:.0} {}", row.unit));
        let ratio = row.limit.filter(|_| !row.value.is_nan()).map_or("-".to_string(), |limit| format!("{:.2}", row.value / limit));
        let peer = row.peer.as_ref().map_or("none".to_string(), |(name, value)| {
            format!("{name} {value:.1} {} (we: ×{:.2})", row.unit, row.value / value.max(f64::MIN_POSITIVE))
        });
        let value = if row.value.is_nan() { "-".to_string() } else { format!("{:.1} {}", row.value, row.unit) };
        println!("{:<44} {value:>12} {limit:>10} {ratio:>7}  {peer:<34} {}", row.what, row.from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&values, 50), 50.0);
        assert_eq!(percentile(&values, 99), 99.0);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(percentile(&[], 99), 0.0);
    }
}
