//! Keeps forecasts of today: at the start, when the day turns, after another pack is put in force, and the odds that changes
//! left behind. The work is leased, so that of several servers one does it.
use crate::state::House;
use lantu_app::refresh_forecasts::refresh_forecasts;
use lantu_model::OfficeId;
use std::time::Duration;

/// How often it is looked whether something is behind: one indexed count an office.
const LOOK: Duration = Duration::from_secs(2);

/// Until the streams are closed.
pub async fn keep_forecasts(house: House) {
    let mut closing = house.hub.closing();
    let holder = (house.edge.ids)().to_string();
    loop {
        match house.desk.offices().await {
            Ok(offices) => {
                for office in offices {
                    one(&house, office, &holder).await;
                }
            }
            Err(error) => tracing::warn!(%error, "the offices could not be read"),
        }
        tokio::select! { () = tokio::time::sleep(LOOK) => {}, _ = closing.wait_for(|c| *c) => return }
    }
}

async fn one(house: &House, office: OfficeId, holder: &str) {
    let now = || (house.edge.now)("UTC").at;
    let done = match house.moment(office).await {
        Ok(moment) => refresh_forecasts(&house.desk, office, moment.day, holder, &now).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(Some(rows)) if rows > 0 => tracing::info!(%office, rows, "forecasts computed again"),
        Ok(_) => {}
        Err(error) => tracing::warn!(%office, %error, "forecasts could not be computed again"),
    }
}
