//! A process killed in the middle of committing loses nothing acknowledged and leaves nothing half done.
use crate::fixture::*;
use lantu_store::{Filter, OpenOptions, Store};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

const PROJECTS: u32 = 15;
const URL: &str = "LANTU_KILL_URL";

/// Commits until it is killed, saying so after each; does nothing when no parent asks.
#[tokio::test]
async fn child() {
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let mut feed = store.feed(office()).await.unwrap() as u32;
    loop {
        let base = 100 + feed * PROJECTS;
        let mut writes: Vec<_> = (0..PROJECTS).map(|i| write(0, &project(base + i, "新"))).collect();
        if let Some(now) = store.project(&whole(), pid(1), None).await.unwrap() {
            let mut p = now.doc;
            p.remark = Some(feed.to_string());
            writes.push(write(now.seq, &p));
        } else {
            writes.push(write(0, &project(1, "改")));
        }
        match commit(&store, writes).await {
            Ok(done) => feed = done.feed as u32,
            Err(e) => return println!("\nrefused {}", e.code()),
        }
        println!("\nacknowledged {feed}");
    }
}

async fn kill_and_look(bed: &Bed) {
    let mut acknowledged = 0;
    for round in 0..4 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child", "--nocapture", "--test-threads=1"])
            .env(URL, &bed.url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut left = 3 + round * 2;
        for line in lines {
            if let Some(n) = line.unwrap().strip_prefix("acknowledged ") {
                acknowledged = n.parse().unwrap();
                left -= 1;
                if left == 0 {
                    // Somewhere in the next commit, a little later each round.
                    std::thread::sleep(std::time::Duration::from_millis(round * 3));
                    child.kill().unwrap();
                    break;
                }
            }
        }
        child.wait().unwrap();
        assert_eq!(left, 0, "the child ended by itself");
        let store = bed.another().await;
        let feed = store.feed(office()).await.unwrap();
        assert!(feed >= acknowledged, "acknowledged {acknowledged}, found {feed}");
        assert_eq!(store.count(&whole(), &Filter::default(), None).await.unwrap().rows, feed * u64::from(PROJECTS) + 1);
        assert_eq!(store.verify(office()).await.unwrap(), []);
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    let bed = Bed::sqlite().await;
    kill_and_look(&bed).await;
    bed.done().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    let Some(bed) = Bed::postgres().await else { return };
    kill_and_look(&bed).await;
    bed.done().await;
}

/// A file-size limit stands for a disk that fills up: the write fails in the middle of the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_size_limit_is_a_full_disk() {
    let bed = Bed::sqlite().await;
    let limited = "trap '' XFSZ; ulimit -f 3000; exec \"$0\" --exact kill::child --nocapture --test-threads=1";
    let mut shell = Command::new("sh");
    shell.args(["-c", limited]).arg(std::env::current_exe().unwrap()).env(URL, &bed.url);
    let said = String::from_utf8(shell.output().unwrap().stdout).unwrap();
    let acknowledged: u64 = said.lines().filter_map(|l| l.strip_prefix("acknowledged ")).next_back().unwrap().parse().unwrap();
    assert!(said.contains("refused storage_full"), "{said}");
    let store = bed.another().await;
    assert_eq!(store.feed(office()).await.unwrap(), acknowledged);
    assert_eq!(store.verify(office()).await.unwrap(), []);
    assert_eq!(commit(&store, vec![write(0, &project(9_999_999, "又有地方"))]).await.unwrap().feed, acknowledged + 1);
    store.close().await;
    bed.done().await;
}
