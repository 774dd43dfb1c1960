//! Tells cargo to look again when the pages were built; it builds nothing itself.
fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
    println!("cargo::rerun-if-changed=src/notice.html");
}
