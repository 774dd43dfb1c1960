//! A small county to knock at: an office with one account a role and a few projects, served without a socket.
use axum::{
    Router,
    body::Body,
    http::{Method, Request, Response, StatusCode, header},
};
use jiff::{SignedDuration, Timestamp, civil::date};
use lantu_app::{
    Ask, Desk, Moment, OpenOptions, Signed, Store, UserRole,
    create_project::{ProjectDraft, create_project},
    manage_orgs::list_orgs,
    manage_users::UserDraft,
    password::Cost,
    set_up::{OfficeDraft, add_first_user, open_office},
};
use lantu_model::{DivisionCode, OfficeId, OrgId, ProjectId, words::Lang};
use lantu_server::{Edge, Options, Server};
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "river-stone-42";
pub const HOST: &str = "lantu.example";

/// Ids and tokens in sequence, a clock that moves only when told.
#[derive(Clone, Default)]
pub struct Fixed {
    ids: Arc<AtomicU64>,
    minutes: Arc<AtomicI64>,
}

impl Fixed {
    fn id(&self) -> Uuid {
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(self.ids.fetch_add(1, Ordering::Relaxed)))
    }
    pub fn moment(&self) -> Moment {
        let start: Timestamp = "2026-09-03T01:00:00Z".parse().unwrap();
        Moment { day: date(2026, 9, 3), at: start + SignedDuration::from_mins(self.minutes.load(Ordering::Relaxed)) }
    }
    pub fn pass(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::Relaxed);
    }
    pub fn edge(&self) -> Edge {
        let (now, ids, token) = (self.clone(), self.clone(), self.clone());
        let token = move || {
            let mut bytes = [7; 32];
            bytes[..16].copy_from_slice(token.id().as_bytes());
            bytes
        };
        Edge { now: Arc::new(move |_| now.moment()), ids: Arc::new(move || ids.id()), token: Arc::new(token) }
    }
}

pub struct County {
    pub desk: Desk,
    pub office: Option<OfficeId>,
    pub fixed: Fixed,
    pub server: Server,
    pub router: Router,
    folder: PathBuf,
}

impl Drop for County {
    fn drop(&mut self) {
        self.server.close_streams();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

static FOLDERS: AtomicU64 = AtomicU64::new(0);

/// A database without an office.
pub async fn bare() -> County {
    let n = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("lantu-server-{}-{n}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("county.db").display());
    let desk = Desk::new(Store::open(&url, OpenOptions::default()).await.unwrap());
    let fixed = Fixed::default();
    let options = Options { cost: Cost::Cheap, upload_limit: 1 << 20, evidence_limit: 1 << 20, ..Options::default() };
    let server = Server::new(desk.clone(), fixed.edge(), options);
    let router = server.router();
    County { desk, office: None, fixed, server, router, folder }
}

/// An office of the fictional place with a user per role, all with [`PASSWORD`].
pub async fn county() -> County {
    let mut county = bare().await;
    let ids = county.fixed.edge().ids;
    let moment = county.fixed.moment();
    let draft = OfficeDraft { name: "示例市项目办".into(), pack: "cn-county".into(), place: "demo".into(), demo: true };
    let office = open_office(&county.desk, draft, moment, &*ids).await.unwrap();
    county.office = Some(office);
    for role in UserRole::ALL {
        let (divisions, orgs) = match role {
            UserRole::Town => (Some(vec![county.towns().await[0].clone()]), None),
            UserRole::Department => (None, Some(vec![county.department().await])),
            UserRole::Enterprise => (None, Some(vec![])),
            _ => (None, None),
        };
        let name = role.key().to_owned();
        let display = format!("示例{name}");
        let draft = UserDraft { name, display, role, divisions, orgs, password: Some(PASSWORD.into()), active: true };
        add_first_user(&county.desk, office, draft, [3; 16], moment, &*ids, Cost::Cheap).await.unwrap();
    }
    county
}

impl County {
    pub fn office(&self) -> OfficeId {
        self.office.expect("set up by county()")
    }

    pub async fn towns(&self) -> Vec<DivisionCode> {
        let books = self.desk.books(self.office()).await.unwrap();
        let towns = books.place.divisions.iter().filter(|d| d.parent.is_some());
        towns.map(|d| d.code.parse().unwrap()).collect()
    }

    pub async fn department(&self) -> OrgId {
        let signed = Signed::system(self.office(), "test");
        let ids = self.fixed.edge().ids;
        let ask = Ask { signed: &signed, moment: self.fixed.moment(), lang: Lang::Zh, ids: &*ids };
        list_orgs(&self.desk, ask).await.unwrap().into_iter().find(|o| o.org.kind == "department").unwrap().org.id
    }

    /// A project of the n-th town, entered by the office itself.
    pub async fn project(&self, name: &str, town: usize, wan: i64) -> ProjectId {
        let signed = Signed::system(self.office(), "test");
        let ids = self.fixed.edge().ids;
        let ask = Ask { signed: &signed, moment: self.fixed.moment(), lang: Lang::Zh, ids: &*ids };
        let facts = json!({ "division": self.towns().await[town], "total_investment": wan * 1_000_000, "start_planned": "2026-06", "industry": "C39" });
        let draft: ProjectDraft = serde_json::from_value(json!({ "name": name, "facts": facts })).unwrap();
        create_project(&self.desk, ask, draft, None).await.unwrap().0
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Signs a role's account in.
    pub async fn enter(&self, role: &str) -> Visitor<'_> {
        let answer = Visitor { county: self, cookie: None }.post("/api/v1/session", json!({ "name": role, "password": PASSWORD })).await;
        assert_eq!(answer.status, StatusCode::OK, "{role}: {}", answer.text);
        Visitor { county: self, cookie: Some(answer.cookie().expect("a session's cookie")) }
    }

    pub fn stranger(&self) -> Visitor<'_> {
        Visitor { county: self, cookie: None }
    }
}

pub struct Visitor<'a> {
    county: &'a County,
    pub cookie: Option<String>,
}

impl Visitor<'_> {
    pub fn county(&self) -> &County {
        self.county
    }
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path).header(header::HOST, HOST).header(header::ACCEPT_LANGUAGE, "en");
        let builder = builder.header(header::ORIGIN, format!("https://{HOST}"));
        match &self.cookie {
            Some(cookie) => builder.header(header::COOKIE, cookie),
            None => builder,
        }
    }
    pub async fn get(&self, path: &str) -> Answer {
        self.county.ask(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }
    pub async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        self.county.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, body).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, body).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        self.county.ask(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX");
        self.county.ask(request.body(Body::from(body)).unwrap()).await
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
    pub json: Value,
}

impl Answer {
    async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Self { status: parts.status, headers: parts.headers, bytes, text, json }
    }
    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get(header::SET_COOKIE)?.to_str().ok()?;
        set.split(';').next().map(str::to_owned)
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        assert_eq!(self.json["code"], code, "{}", self.text);
        for key in ["type", "title", "detail", "request_id"] {
            assert!(self.json[key].as_str().is_some_and(|t| !t.is_empty()), "{key} of {}", self.text);
        }
        assert_eq!(self.json["status"], status, "{}", self.text);
    }
}
