//! The shipped packs load, and say what the domain says.
use lantu_model::{StageKind, words::Lang};
use lantu_pack::{Pack, embedded, embedded_names, pretty};

fn pack(name: &str) -> Pack {
    let files = embedded(name).unwrap_or_else(|| panic!("{name} is not embedded"));
    Pack::load(&files).unwrap_or_else(|problems| panic!("{name}:\n{}", pretty(&problems, Lang::En)))
}

#[test]
fn both_packs_load_without_a_problem() {
    assert_eq!(embedded_names(), ["cn-county", "generic"]);
    for name in embedded_names() {
        let pack = pack(name);
        assert_eq!(pack.name, name);
        assert_eq!(pack.hash().len(), 64);
        assert_eq!(pack.stages.len(), StageKind::ALL.len());
    }
    assert_ne!(pack("cn-county").hash(), pack("generic").hash());
}
