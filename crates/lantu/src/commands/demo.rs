//! `lantu demo`: a fictional county in an embedded database, one account a role, served.
use super::serve;
use crate::{
    books, county, edge,
    outcome::{self, Outcome, Stop},
    tongue::Tongue,
};
use clap::Args;
use jiff::civil::Date;
use lantu_app::{
    Ask, Desk, Signed, UserRole,
    manage_orgs::{OrgView, list_orgs},
    manage_users::UserDraft,
    password::Cost,
    set_up::add_first_user,
};
use lantu_model::{OfficeId, OrgId, words::Lang};
use lantu_server::{DemoAccount, Options};
use lantu_store::{OpenOptions, StreamKind};
use serde_json::json;
use std::{io::Write as _, path::PathBuf};
use uuid::Uuid;

/// Printed at every start: the demonstration alone has a known password, and listens on this machine only.
const PASSWORD: &str = "demo-lantu-2026";

#[derive(Args)]
pub struct Demo {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8600")]
    listen: String,
    /// sqlite:PATH or postgres://…
    #[arg(long, default_value = "sqlite:lantu-demo.db")]
    database: String,
    /// Where evidence is kept: folder:PATH or s3://BUCKET/PREFIX; beside the database unless said
    #[arg(long)]
    evidence: Option<String>,
    /// Take this day as today (demonstrations, tests)
    #[arg(long)]
    today: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Demo {
    pub async fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        edge::check_chance()?;
        let listener = serve::bind(&self.listen).await?;
        let desk = books::with_evidence(self.county(tongue).await?, &self.database, self.evidence.as_deref())?;
        let address = listener.local_addr().map_err(|e| outcome::io(&self.listen, &e))?;
        if self.json {
            let accounts: Vec<_> =
                UserRole::ALL.iter().map(|r| json!({ "role": r.key(), "name": r.key(), "password": PASSWORD })).collect();
            println!("{}", json!({ "url": format!("http://{address}"), "accounts": accounts }));
        } else {
            for role in UserRole::ALL {
                println!("account {role} {role} {PASSWORD}", role = role.key());
            }
            println!("listening http://{address}");
        }
        let _ = std::io::stdout().flush();
        let account = |r: UserRole| DemoAccount { role: r, name: r.key().to_owned(), password: PASSWORD.to_owned() };
        let options = Options { demo_accounts: UserRole::ALL.map(account).into(), ..Options::default() };
        serve::run(desk, listener, self.today, options).await
    }

    /// The county that is there, or a fresh one. A fresh file is made beside its place and moved there when it is whole,
    /// so that an interrupted first start leaves nothing half made.
    async fn county(&self, tongue: Tongue) -> Result<Desk, Stop> {
        let file =
            self.database.strip_prefix("sqlite:").filter(|p| !p.contains(":memory:")).map(|p| PathBuf::from(p.trim_start_matches("//")));
        if let Some(path) = file.filter(|p| !p.exists()) {
            let making = path.with_extension(format!("{}.making", std::process::id()));
            let desk = books::open(&format!("sqlite:{}", making.display()), OpenOptions::default()).await?;
            let made = self.make(&desk, tongue).await;
            desk.store.close().await;
            if made.is_err() {
                // What is left of the attempt is of no use to anyone.
                let _ = std::fs::remove_file(&making);
            }
            made?;
            std::fs::rename(&making, &path).map_err(|e| outcome::io(&path.display().to_string(), &e))?;
            start_afresh();
        }
        let desk = books::open(&self.database, OpenOptions::default()).await?;
        match desk.offices().await.map_err(books::stop)?.first() {
            None => self.make(&desk, tongue).await?,
            Some(office) => self.open_to_all(&desk, *office).await?,
        }
        Ok(desk)
    }

    /// A county that was only simulated has nobody to sign in yet; any other office keeps its own people.
    async fn open_to_all(&self, desk: &Desk, office: OfficeId) -> Result<(), Stop> {
        let books = desk.books(office).await.map_err(books::stop)?;
        let users = desk.store.docs::<serde_json::Value>(office, StreamKind::User).await.map_err(|e| books::stop(e.into()))?;
        if books.office.demo && users.is_empty() {
            add_accounts(desk, office, self.today).await?;
        }
        Ok(())
    }

    async fn make(&self, desk: &Desk, tongue: Tongue) -> Result<(), Stop> {
        let county = county::County { pack: "cn-county", place: "demo", demo: true, seed: 7, projects: 800, months: 24, until: self.today };
        let (office, _) = county::live(desk, &county, tongue).await?;
        add_accounts(desk, office, self.today).await
    }
}

/// Goes on as a new process of the same number: two years of months leave much memory behind that is never given back.
/// Where that cannot be done, this one serves.
fn start_afresh() {
    use std::os::unix::process::CommandExt;
    if let Ok(program) = std::env::current_exe() {
        let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).exec();
        tracing::debug!(%error, "serving from the process that made the county");
    }
}

/// One account a role; a town's and a department's see their own.
async fn add_accounts(desk: &Desk, office: OfficeId, today: Option<Date>) -> Result<(), Stop> {
    let books = desk.books(office).await.map_err(books::stop)?;
    let moment = edge::now(&books.pack.zone, today);
    let signed = Signed::system(office, "setup");
    let ask = Ask { signed: &signed, moment, lang: Lang::Zh, ids: &Uuid::now_v7 };
    let orgs = list_orgs(desk, ask).await.map_err(books::stop)?;
    let org_of = |kind: &str| -> Vec<OrgId> { orgs.iter().filter(|o| o.org.kind == kind).map(|o| o.org.id).take(1).collect() };
    // The one with most permits to decide has most on its desk.
    let decides = |o: &OrgView| books.pack.formalities.iter().filter(|f| f.dept.is_some() && f.dept == o.org.key).count();
    let departments = orgs.iter().filter(|o| o.org.kind == "department");
    let busiest: Vec<OrgId> = departments.max_by_key(|o| decides(o)).map(|o| o.org.id).into_iter().collect();
    let town = books.place.divisions.iter().find(|d| d.parent.is_some()).and_then(|d| d.code.parse().ok());
    for role in UserRole::ALL {
        let (divisions, orgs) = match role {
            UserRole::Town => (town.clone().map(|t| vec![t]), None),
            UserRole::Department => (None, Some(busiest.clone())),
            UserRole::Enterprise => (None, Some(org_of("platform"))),
            _ => (None, None),
        };
        let name = role.key().to_owned();
        let display = format!("示例·{}", display(role));
        let draft = UserDraft { name, display, role, divisions, orgs, password: Some(PASSWORD.to_owned()), active: true };
        add_first_user(desk, office, draft, edge::salt(), moment, &Uuid::now_v7, Cost::Standard).await.map_err(books::stop)?;
    }
    Ok(())
}

fn display(role: UserRole) -> &'static str {
    match role {
        UserRole::Clerk => "项目科",
        UserRole::Director => "分管领导",
        UserRole::Town => "属地",
        UserRole::Department => "部门",
        UserRole::Enterprise => "平台企业",
        UserRole::SystemAdmin => "系统管理员",
        UserRole::SecurityAdmin => "安全管理员",
        UserRole::AuditAdmin => "审计管理员",
    }
}
