//! `lantu serve`: the server over an office's database, until told to stop.
use crate::{
    books, edge,
    outcome::{self, Outcome, Stop},
};
use clap::Args;
use jiff::civil::Date;
use lantu_app::Desk;
use lantu_server::{Options, Server};
use lantu_store::OpenOptions;
use std::io::Write as _;
use tokio::net::TcpListener;

#[derive(Args)]
pub struct Serve {
    /// sqlite:PATH or postgres://…
    #[arg(long, default_value = "sqlite:lantu.db")]
    pub database: String,
    /// Where evidence is kept: folder:PATH or s3://BUCKET/PREFIX; beside the database unless said
    #[arg(long)]
    pub evidence: Option<String>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8600")]
    pub listen: String,
    /// Do not bring the database's schema up to date
    #[arg(long)]
    pub no_migrate: bool,
    /// Take this day as today (demonstrations, tests)
    #[arg(long)]
    pub today: Option<Date>,
}

impl Serve {
    pub async fn run(&self) -> Result<Outcome, Stop> {
        let options = OpenOptions { migrate: !self.no_migrate, ..OpenOptions::default() };
        // The port first: a second start by mistake must not touch the database.
        let listener = bind(&self.listen).await?;
        let desk = books::open(&self.database, options).await?;
        let desk = books::with_evidence(desk, &self.database, self.evidence.as_deref())?;
        if desk.offices().await.map_err(books::stop)?.is_empty() {
            println!("setup needed");
        }
        announce(&listener)?;
        run(desk, listener, self.today, Options::default()).await
    }
}

pub async fn bind(address: &str) -> Result<TcpListener, Stop> {
    TcpListener::bind(address).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidInput => {
            Stop::usage(format!("不是监听地址:{address}(写作 127.0.0.1:8600)"), format!("not an address: {address} (write 127.0.0.1:8600)"))
        }
        _ => outcome::io(address, &e),
    })
}

/// Prints where the pages are: the same word in both languages, because scripts wait for the line. It is the last one,
/// because they may stop listening then.
pub fn announce(listener: &TcpListener) -> Result<(), Stop> {
    let address = listener.local_addr().map_err(|e| outcome::io("listen", &e))?;
    println!("listening http://{address}");
    let _ = std::io::stdout().flush();
    Ok(())
}

/// Serves until Ctrl-C or a termination signal; what was acknowledged is on disk by then.
pub async fn run(desk: Desk, listener: TcpListener, today: Option<Date>, options: Options) -> Result<Outcome, Stop> {
    edge::check_chance()?;
    let store = desk.store.clone();
    let server = Server::new(desk, edge::edge(today), options);
    let served = lantu_server::serve(server, listener, told_to_stop()).await;
    store.close().await;
    served.map_err(|e| outcome::io("listen", &e))?;
    Ok(Outcome::Done)
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
        Err(_) => drop(interrupt.await),
    }
}
