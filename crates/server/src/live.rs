//! Live changes: one poll of the feed for all who listen to an office, and to each only what lies in its scope.
//!
//! The feed is polled, because another server or a command line may write to the same database; this server's own writes
//! make the poll look at once. Nobody listening, nobody polling.
use crate::{door::signed::Reader, state::House};
use axum::response::sse::Event;
use futures_util::{Stream, stream};
use lantu_model::OfficeId;
use serde::Serialize;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{broadcast, watch};
use utoipa::ToSchema;

const POLL: Duration = Duration::from_millis(250);
/// How often a silent stream is spoken on and its session looked at again.
const BREATH: Duration = Duration::from_secs(15);
/// Beyond these the browser asks for the changes itself.
const PROJECTS_NAMED: usize = 200;
const STREAMS_PER_SESSION: usize = 8;

/// What an event `feed` carries.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeedEvent {
    pub feed: u64,
    /// Up to 200 of the changed projects that the reader may see.
    pub projects: Vec<String>,
}

#[derive(Clone, Debug)]
enum Beat {
    Feed(u64),
    /// A session has ended: its streams end with it.
    SignedOut(String),
}

pub struct Hub {
    rooms: Mutex<HashMap<OfficeId, broadcast::Sender<Beat>>>,
    open: Mutex<HashMap<String, usize>>,
    closing: watch::Sender<bool>,
    /// Counts this server's own writes, so that its listeners need not wait for the next poll.
    written: watch::Sender<u64>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { rooms: Mutex::default(), open: Mutex::default(), closing: watch::Sender::new(false), written: watch::Sender::new(0) }
    }
}

impl Hub {
    /// Ends every stream, so that the server can stop.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Turns true when the server stops.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Something was written here: whoever listens is told at once.
    pub fn wrote(&self) {
        self.written.send_modify(|n| *n += 1);
    }

    pub fn signed_out(&self, session: &str) {
        for room in self.rooms.lock().unwrap_or_else(PoisonError::into_inner).values() {
            // Without listeners there is nobody to tell.
            let _ = room.send(Beat::SignedOut(session.to_owned()));
        }
    }

    /// Joins an office's room; the first to come starts its poll.
    fn join(&self, house: &House, office: OfficeId) -> broadcast::Receiver<Beat> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get(&office) {
            return room.subscribe();
        }
        let (sender, receiver) = broadcast::channel(64);
        rooms.insert(office, sender);
        tokio::spawn(poll(house.clone(), office));
        receiver
    }

    /// Tells a room, or takes it down when it is empty; `false` when it is gone.
    fn tell(&self, office: OfficeId, beat: Option<Beat>) -> bool {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(room) = rooms.get(&office) else { return false };
        if room.receiver_count() == 0 {
            rooms.remove(&office);
            return false;
        }
        if let Some(beat) = beat {
            let _ = room.send(beat);
        }
        true
    }

    fn admit(&self, session: &str) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(session.to_owned()).or_default();
        *count += 1;
        *count <= STREAMS_PER_SESSION
    }

    fn leave(&self, session: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(session) {
            *count -= 1;
            if *count == 0 {
                open.remove(session);
            }
        }
    }
}

async fn poll(house: House, office: OfficeId) {
    let (mut closing, mut written) = (house.hub.closing.subscribe(), house.hub.written.subscribe());
    let mut known = None;
    loop {
        let beat = match house.desk.store.feed(office).await {
            Ok(feed) if known.replace(feed) != Some(feed) => Some(Beat::Feed(feed)),
            Ok(_) => None,
            Err(error) => {
                tracing::warn!(%error, "the feed could not be read");
                None
            }
        };
        if !house.hub.tell(office, beat) || *closing.borrow() {
            return;
        }
        tokio::select! { () = tokio::time::sleep(POLL) => {}, _ = written.changed() => {}, _ = closing.changed() => return }
    }
}

enum Heard {
    Beat(Beat),
    Silence,
}

/// A seat in a session's count of streams, given back when the stream is dropped.
struct Seat {
    house: House,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.house.hub.leave(&self.session);
    }
}

struct Listener {
    seat: Seat,
    reader: Reader,
    beats: broadcast::Receiver<Beat>,
    closing: watch::Receiver<bool>,
    /// The last feed number that the reader knows.
    last: u64,
    /// Nothing said yet: what was missed since `last` comes first.
    fresh: bool,
}

/// The events after `since`; `None` when this session holds too many streams already.
pub fn listen(house: &House, reader: Reader, since: u64) -> Option<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let seat = Seat { house: house.clone(), session: reader.session.clone() };
    if !house.hub.admit(&seat.session) {
        return None;
    }
    let beats = house.hub.join(house, reader.signed.scope.office);
    let closing = house.hub.closing.subscribe();
    let listener = Listener { seat, reader, beats, closing, last: since, fresh: true };
    // Something is said at once, so that proxies and browsers know that the stream is open.
    let opened = stream::once(async { Ok(Event::default().retry(Duration::from_secs(2)).comment("open")) });
    Some(futures_util::StreamExt::chain(opened, stream::unfold(listener, |l| async move { l.next().await.map(|(e, l)| (Ok(e), l)) })))
}

impl Listener {
    async fn next(mut self) -> Option<(Event, Self)> {
        loop {
            match self.hear().await? {
                Heard::Silence => {
                    self.look_again().await?;
                    return Some((Event::default().comment("still here"), self));
                }
                Heard::Beat(Beat::Feed(feed)) if feed > self.last => {
                    self.look_again().await?;
                    if let Some(event) = self.changes(feed).await {
                        return Some((event, self));
                    }
                }
                Heard::Beat(Beat::SignedOut(session)) if session == self.seat.session => return None,
                Heard::Beat(_) => {}
            }
        }
    }

    /// The next beat, or a breath of silence; `None` when there is nothing more to hear.
    async fn hear(&mut self) -> Option<Heard> {
        if std::mem::take(&mut self.fresh) {
            let feed = self.seat.house.desk.store.feed(self.reader.signed.scope.office).await.ok()?;
            return Some(Heard::Beat(Beat::Feed(feed)));
        }
        loop {
            let beat = tokio::select! {
                beat = self.beats.recv() => beat,
                () = tokio::time::sleep(BREATH) => return Some(Heard::Silence),
                _ = self.closing.wait_for(|closing| *closing) => return None,
            };
            match beat {
                Ok(beat) => return Some(Heard::Beat(beat)),
                // Missed beats do no harm: the next one tells all changes since `last`.
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    /// Reads the session afresh: it may have ended, or its reach have changed, on another server.
    async fn look_again(&mut self) -> Option<()> {
        self.reader = self.seat.house.read_session(&self.seat.session, self.reader.lang).await.ok()??;
        Some(())
    }

    /// Nothing when no change lies within the reader's scope.
    async fn changes(&mut self, feed: u64) -> Option<Event> {
        let store = &self.seat.house.desk.store;
        let changed = store.changed_since(&self.reader.signed.reach(), self.last).await.ok()?;
        self.last = feed.max(changed.iter().map(|(_, at)| *at).max().unwrap_or(0));
        if changed.is_empty() {
            return None;
        }
        let projects = changed.iter().take(PROJECTS_NAMED).map(|(id, _)| id.to_string()).collect();
        let event = FeedEvent { feed: self.last, projects };
        Event::default().event("feed").id(self.last.to_string()).json_data(event).ok()
    }
}
