//! The description of the API is locked: the web's types are made from this file.

#[test]
fn the_description_is_the_one_on_record() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let now = format!("{}\n", lantu_server::openapi_text());
    if std::env::var_os("LANTU_UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(recorded == now, "crates/server/openapi.json is stale: run LANTU_UPDATE=1 cargo test -p lantu-server, then npm run api in web");
}

#[test]
fn every_operation_is_named_once_and_answers_problems() {
    let api = serde_json::to_value(lantu_server::openapi()).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap_or_default();
            assert!(name.contains('_'), "{method} {path} is not named verb_noun: {name}");
            assert!(names.insert(name.to_owned()), "{name} stands twice");
            assert!(operation["responses"]["default"]["content"]["application/problem+json"].is_object(), "{name}");
        }
    }
    assert!(names.len() > 40, "{}", names.len());
}
