//! `lantu openapi`: the description of the API, for generators of clients.
use crate::outcome::{Outcome, Stop};
use clap::Args;

#[derive(Args)]
pub struct Openapi {}

impl Openapi {
    pub fn run(&self) -> Result<Outcome, Stop> {
        println!("{}", lantu_server::openapi_text());
        Ok(Outcome::Done)
    }
}
