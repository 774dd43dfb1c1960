//! Which of a pack's places a sheet speaks of: for a database that is made by an import, and has no place yet.
use lantu_exchange::{CellValue, Limits, Workbook, read_workbook};
use lantu_pack::{Pack, Place};
use std::collections::BTreeSet;

/// The longest text that can be a town's name.
const LONGEST_NAME: usize = 24;

/// The place with most of the towns that the file's cells name; real places go before fictional ones where they tie.
/// `None`: the file is no table, or the pack has no place.
pub fn likely_place<'p>(pack: &'p Pack, name: &str, bytes: &[u8]) -> Option<&'p Place> {
    let workbook = read_workbook(name, bytes, Limits::default()).ok()?;
    let texts = short_texts(&workbook);
    let known = |place: &Place| texts.iter().filter(|t| place.division_by_name(t).is_some()).count();
    pack.places.iter().max_by_key(|p| (known(p), !p.fictional))
}

fn short_texts(workbook: &Workbook) -> BTreeSet<&str> {
    let cells = workbook.sheets.iter().flat_map(|s| s.rows.iter().flatten());
    let texts = cells.filter(|c| matches!(c.value, CellValue::Text)).map(|c| c.text.trim());
    texts.filter(|t| !t.is_empty() && t.chars().count() <= LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_towns_of_a_sheet_tell_its_place() {
        let pack = Pack::load(&lantu_pack::embedded("cn-county").unwrap()).unwrap();
        let fictional = pack.places.iter().find(|p| p.fictional).unwrap();
        let real = pack.places.iter().find(|p| !p.fictional).unwrap();
        for place in [fictional, real] {
            let towns: Vec<&str> = place.divisions.iter().filter(|d| d.parent.is_some()).map(|d| d.words.zh.as_str()).take(2).collect();
            let csv = format!("项目名称,属地\n示例甲项目,{}\n示例乙项目,{}\n", towns[0], towns[1]);
            assert_eq!(likely_place(&pack, "清单.csv", csv.as_bytes()).map(|p| p.key.as_str()), Some(place.key.as_str()));
        }
        let silent = likely_place(&pack, "清单.csv", "项目名称\n示例甲项目\n".as_bytes());
        assert_eq!(silent.map(|p| p.fictional), Some(false), "without a sign, a real place");
        assert!(likely_place(&pack, "x.xlsx", b"no workbook").is_none());
    }
}
