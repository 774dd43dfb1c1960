//! A project that stands twice in one file: the later row is blocked, whatever else is right with it.
use super::{DraftValue, RowDraft};
use crate::{mapping::Mapping, rows::RowKind, sheet::Sheet, vocabulary::fold};
use lantu_model::{Problem, project::comparable_name};
use std::collections::{HashMap, HashSet};

/// How many earlier rows of one name are compared with a later one.
const COMPARED: usize = 20;

/// Blocks later rows that repeat earlier ones; gives their indexes.
pub(super) fn block_repeats(sheet: &Sheet, mapping: &Mapping, drafts: &mut [RowDraft]) -> HashSet<usize> {
    let Some(name_column) = mapping.column_of("name").map(|c| c.index) else { return HashSet::new() };
    let (mut by_code, mut by_name): (HashMap<String, usize>, HashMap<String, Vec<usize>>) = (HashMap::new(), HashMap::new());
    let mut repeats = HashSet::new();
    for i in 0..drafts.len() {
        if drafts[i].kind != RowKind::Data {
            continue;
        }
        let Some(name) = drafts[i].text("name").map(comparable_name) else { continue };
        let codes = codes_of(&drafts[i]);
        let coded = codes.iter().find_map(|c| by_code.get(c).copied().map(|first| (first, c.clone())));
        let same_name = by_name.get(&name).into_iter().flatten().take(COMPARED).copied();
        let finding = match coded {
            Some((first, code)) => {
                let same = drafts[first].text("name").map(comparable_name).as_ref() == Some(&name);
                let why = if same { "repeats_row" } else { "code_of_other_row" };
                Some((first, Problem::block(why).with("code", code)))
            }
            None => {
                same_name.clone().find(|first| is_same(&drafts[*first], &drafts[i])).map(|first| (first, Problem::block("repeats_row")))
            }
        };
        match finding {
            Some((first, problem)) => {
                let first_name = drafts[first].text("name").unwrap_or_default().to_owned();
                let row = drafts[first].row;
                drafts[i].find(sheet, name_column, problem.with("row", row).with("name", first_name));
                repeats.insert(i);
            }
            None => {
                for code in codes {
                    by_code.entry(code).or_insert(i);
                }
                by_name.entry(name).or_default().push(i);
            }
        }
    }
    repeats
}

fn codes_of(draft: &RowDraft) -> Vec<String> {
    match draft.fields.get("code").map(|f| &f.value) {
        Some(DraftValue::Codes(codes)) => codes.clone(),
        _ => vec![],
    }
}

/// Rows of one name are one project unless their codes, owners or places tell them apart.
fn is_same(a: &RowDraft, b: &RowDraft) -> bool {
    let agree = |field: &str| match (a.text(field), b.text(field)) {
        (Some(x), Some(y)) => fold(x) == fold(y),
        _ => true,
    };
    let (x, y) = (codes_of(a), codes_of(b));
    let codes_differ = !x.is_empty() && !y.is_empty();
    !codes_differ && agree("owner") && agree("division") && agree("location")
}
