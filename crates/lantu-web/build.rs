//! Tells cargo to look again when the built pages change. Builds nothing itself: `cargo xtask demo` does,
//! so that `cargo build`, `test` and `clippy` work without Node; without pages a notice is served.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
