//! MS Project's own files, by way of MPXJ where Java and it are at hand. Both are the user's; nothing is fetched.
//!
//! MPXJ is looked for in `LANTU_MPXJ` (its jar, or the folder of its jars), then beside Python's package `mpxj`.
use lantu_planfile::FILE_LIMIT;
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

/// Longer than this no conversion is waited for; a large plan takes some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// Longer than this Python is not waited for.
const GLANCE: Duration = Duration::from_secs(10);
/// Where its own converter is, in versions of today and of old.
const CONVERTERS: [&str; 2] = ["org.mpxj.sample.MpxjConvert", "net.sf.mpxj.sample.MpxjConvert"];
/// Where Python keeps the package, without loading it.
const WHERE: &str = "import importlib.util as u; s = u.find_spec('mpxj'); print(s.submodule_search_locations[0] if s else '')";

/// The file as Microsoft Project's XML; `None` when Java or MPXJ is not there, or they cannot read it.
pub fn to_mspdi(file: &Path) -> Option<Vec<u8>> {
    let jars = jars()?;
    let file = fs::canonicalize(file).ok()?;
    let folder = own_folder()?;
    let out = folder.join("converted.xml");
    let converted = CONVERTERS.iter().any(|converter| {
        let mut java = Command::new("java");
        java.arg("-cp").arg(&jars).arg(converter).arg(&file).arg(&out).current_dir(&folder).stdout(Stdio::null());
        runs(java, PATIENCE)
    });
    let small = converted && fs::metadata(&out).is_ok_and(|m| m.len() <= FILE_LIMIT);
    let bytes = small.then(|| fs::read(&out).ok()).flatten();
    let _ = fs::remove_dir_all(&folder);
    bytes
}

/// Java's class path: `folder/*` stands for all jars of a folder.
fn jars() -> Option<std::ffi::OsString> {
    let given = std::env::var_os("LANTU_MPXJ").filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = match given {
        Some(jar) if jar.is_file() => jar.parent()?.to_owned(),
        Some(folder) if folder.is_dir() => folder,
        Some(_) => return None,
        None => beside_python()?,
    };
    Some(fs::canonicalize(folder).ok()?.join("*").into_os_string())
}

/// A folder that was not there before, so that no one else's file is written to.
fn own_folder() -> Option<PathBuf> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos();
    let folder = std::env::temp_dir().join(format!("lantu-mpxj-{}-{now}", std::process::id()));
    fs::create_dir(&folder).ok().map(|()| folder)
}

fn beside_python() -> Option<PathBuf> {
    let folder = own_folder()?;
    let said = folder.join("where");
    let mut python = Command::new(std::env::var_os("LANTU_PYTHON").as_deref().unwrap_or(OsStr::new("python3")));
    python.arg("-c").arg(WHERE).stdout(fs::File::create(&said).ok()?);
    let found = runs(python, GLANCE).then(|| fs::read_to_string(&said).ok()).flatten();
    let _ = fs::remove_dir_all(&folder);
    let jars = Path::new(found?.trim()).join("lib");
    jars.is_dir().then_some(jars)
}

/// Whether a program ends well and in time; one that does not is stopped.
fn runs(mut command: Command, patience: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn() else { return false };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < patience => std::thread::sleep(Duration::from_millis(20)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}
