//! Debian packages that a suite needs: installed when we may, named when we may not.

use crate::shell;

/// Installs packages, or says the line that would.
pub fn install(packages: &[&str]) -> Result<(), String> {
    let line = install_line(packages);
    if shell::find("apt-get").is_none() {
        return Err(format!("not a Debian system; install what corresponds to: {}", packages.join(" ")));
    }
    if !shell::is_root() {
        return Err(format!("not root; run: sudo {line}"));
    }
    println!("    {line}");
    without_own_cluster(packages)?;
    apt(&["update", "-qq"])?;
    let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
    args.extend(packages);
    apt(&args)
}

/// What a person would type.
pub fn install_line(packages: &[&str]) -> String {
    format!("apt-get install -y {}", packages.join(" "))
}

/// Keeps Debian's PostgreSQL from starting a server of its own beside the temporary one.
fn without_own_cluster(packages: &[&str]) -> Result<(), String> {
    if !packages.contains(&"postgresql") {
        return Ok(());
    }
    let dir = std::path::Path::new("/etc/postgresql-common/createcluster.d");
    let wrote = std::fs::create_dir_all(dir).and_then(|()| std::fs::write(dir.join("lantu.conf"), "create_main_cluster = false\n"));
    wrote.map_err(|why| format!("{}: {why}", dir.display()))
}

fn apt(args: &[&str]) -> Result<(), String> {
    let mut command = shell::program("apt-get", args);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    shell::quiet(&mut command).map(|_| ())
}
