//! An office opened for a test: one clerk at one desk on one day.
use jiff::civil::{Date, date};
use lantu_app::{Ask, Desk, Moment, OpenOptions, Signed, Store, set_up};
use lantu_model::words::Lang;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

pub struct Bureau {
    pub desk: Desk,
    pub clerk: Signed,
    ids: Box<dyn Fn() -> Uuid + Send + Sync>,
}

pub const TODAY: Date = date(2026, 5, 18);

pub fn moment(day: Date) -> Moment {
    Moment { day, at: day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp() }
}

fn numbered(first: u64) -> Box<dyn Fn() -> Uuid + Send + Sync> {
    let made = AtomicU64::new(first);
    Box::new(move || Uuid::from_u128(u128::from(made.fetch_add(1, Ordering::Relaxed)) + (1 << 64)))
}

impl Bureau {
    pub async fn open() -> Self {
        Self::open_with("cn-county", "demo").await
    }

    pub async fn open_with(pack: &str, place: &str) -> Self {
        Self::open_at("sqlite::memory:", OpenOptions::default(), pack, place).await
    }

    pub async fn open_at(url: &str, options: OpenOptions, pack: &str, place: &str) -> Self {
        let desk = Desk::new(Store::open(url, options).await.unwrap());
        let ids = numbered(1);
        let draft = set_up::OfficeDraft { name: String::new(), pack: pack.into(), place: place.into(), demo: false };
        let office = set_up::open_office(&desk, draft, moment(TODAY), ids.as_ref()).await.unwrap();
        let user = set_up::add_first_user(
            &desk,
            office,
            lantu_app::manage_users::UserDraft {
                name: "clerk".into(),
                display: "示例科员".into(),
                role: lantu_app::UserRole::Clerk,
                divisions: None,
                orgs: None,
                password: Some("river-stone-42".into()),
                active: true,
            },
            [7; 16],
            moment(TODAY),
            ids.as_ref(),
            lantu_app::password::Cost::Cheap,
        )
        .await
        .unwrap();
        let (_, clerk) = lantu_app::sign_in::signed(&desk, office, user).await.unwrap().unwrap();
        Self { desk, clerk, ids }
    }

    /// The same people at the same books, opened anew.
    pub async fn reopened(self, url: &str, options: OpenOptions) -> Self {
        self.desk.store.close().await;
        let desk = Desk::new(Store::open(url, options).await.unwrap());
        Self { desk, ..self }
    }

    /// Books that are there already, at which the program itself works; `first` keeps its new ids apart.
    pub async fn existing(url: &str, first: u64) -> Self {
        let desk = Desk::new(Store::open(url, OpenOptions::default()).await.unwrap());
        let office = desk.offices().await.unwrap()[0];
        Self { desk, clerk: Signed::system(office, "import"), ids: numbered(first) }
    }

    pub fn ask(&self) -> Ask<'_> {
        self.ask_on(TODAY)
    }

    pub fn ask_on(&self, day: Date) -> Ask<'_> {
        Ask { signed: &self.clerk, moment: moment(day), lang: Lang::Zh, ids: self.ids.as_ref() }
    }
}
