//! A file's bytes to drafts: which sheet, where the heading is, what each column means, what each cell says.
use super::settings::{KeptMapping, Settings};
use crate::Books;
use jiff::civil::Date;
use lantu_exchange::{Defaults, HeaderFound, Mapping, MappingFrom, RowDraft, Sheet, Unit, Vocabulary, Workbook, vocabulary::fold};
use lantu_model::{ListKey, Procedure, StageKind};

/// Everything known of a sheet before it is compared with the register.
#[derive(Debug)]
pub struct Reading {
    pub workbook: Workbook,
    pub sheet_index: usize,
    pub sheet: Sheet,
    pub header: HeaderFound,
    pub mapping: Mapping,
    /// `remembered`, `template`, `proposed` or `chosen`.
    pub mapping_from: &'static str,
    pub list: Option<ListKey>,
    /// The list that the title names.
    pub titled: Option<String>,
    pub stage_default: Option<StageKind>,
    /// How projects of such sheets are approved, where a row does not say.
    pub procedure_default: Option<Procedure>,
    pub rows: Vec<RowDraft>,
}

/// The words that headings and units are known by: the pack's, for every field, formality, role and list.
pub fn vocabulary(books: &Books) -> Vocabulary {
    let pack = &books.pack;
    let mut fields: Vec<(String, Vec<String>)> = pack.fields.iter().map(|f| (f.field.clone(), f.aliases.clone())).collect();
    for f in &pack.formalities {
        let mut words = vec![f.words.zh.clone(), f.words.en.clone(), f.short.zh.clone(), f.short.en.clone()];
        words.extend(f.aliases.iter().cloned());
        fields.push((format!("formality:{}", f.key), words));
    }
    for r in &pack.roles {
        let form = if r.holder == lantu_pack::Holder::Person { "person" } else { "role" };
        let mut words = vec![r.words.zh.clone(), r.words.en.clone()];
        words.extend(r.aliases.iter().cloned());
        fields.push((format!("{form}:{}", r.key.key()), words));
    }
    let currency: Vec<(String, i64)> = pack
        .currency
        .units
        .iter()
        .flat_map(|u| u.aliases.iter().chain([&u.words.zh, &u.words.en, &u.key]).map(|a| (a.clone(), u.minor)))
        .collect();
    let lists: Vec<(String, Vec<String>)> = pack
        .lists
        .iter()
        .map(|l| (l.key.clone(), l.aliases.iter().cloned().chain([l.words.zh.clone(), l.words.en.clone()]).collect()))
        .collect();
    Vocabulary::new(&fields, &currency, &lists)
}

/// Reads a workbook under the settings. `None`: no table with a heading was found on any sheet.
pub fn read(workbook: Workbook, books: &Books, settings: &Settings, kept: &[KeptMapping], today: Date) -> Option<Reading> {
    let words = vocabulary(books);
    let (sheet_index, sheet, header) = find_table(&workbook, &words, settings)?;
    let names = [workbook.name.as_str(), sheet.name.as_str()];
    let remembered: Vec<Mapping> = kept.iter().map(|k| k.mapping.clone()).collect();
    let mut mapping = lantu_exchange::propose(&sheet, &header, &names, &words, &remembered, settings.year.unwrap_or(today.year()));
    let known = kept.iter().find(|k| mapping.from == MappingFrom::Remembered && k.mapping.fingerprint == mapping.fingerprint);
    let mut mapping_from = if known.is_some() { "remembered" } else { "proposed" };
    let mut stage_default = known.and_then(|k| k.stage_default);
    let headings: Vec<&str> = header.headings.iter().map(|h| h.text.as_str()).collect();
    let template = books.pack.template_for(&headings);
    let procedure_default = template.and_then(|t| t.procedure);
    if known.is_none() {
        if let Some(template) = template {
            apply_template(&mut mapping, template, books);
            stage_default = template.stage;
            mapping_from = "template";
        } else {
            settle_places(&mut mapping, &sheet, &header, &words, books);
        }
    }
    if let Some(choice) = settings.choice.as_ref().filter(|c| !c.columns.is_empty()) {
        apply_choice(&mut mapping, choice, &words);
        mapping_from = "chosen";
    }
    let year = settings.year.unwrap_or(mapping.year);
    mapping.year = year;
    let titled = titled_list(&mapping, known, &sheet, &header, &names, &words);
    let list = if settings.no_list {
        None
    } else {
        settings.list.clone().or_else(|| guessed_list(&mapping, titled.as_deref(), known, books, year))
    };
    let unit = books.place.default_unit.as_deref().or(Some(&books.pack.default_unit)).and_then(|k| books.pack.unit(k));
    let national_codes = books.pack.currency.code == "CNY";
    let defaults = Defaults { year, today, money_unit: unit.map_or_else(Unit::wan, |u| Unit::money(&u.words.zh, u.minor)), national_codes };
    let rows = lantu_exchange::read_rows(&sheet, &header, &mapping, &defaults);
    let stage_default = settings.stage_default.or(stage_default);
    Some(Reading { sheet_index, sheet, header, mapping, mapping_from, list, titled, stage_default, procedure_default, rows, workbook })
}

fn find_table(workbook: &Workbook, words: &Vocabulary, settings: &Settings) -> Option<(usize, Sheet, HeaderFound)> {
    let Some(index) = settings.sheet else { return lantu_exchange::choose_sheet(workbook, words) };
    let sheet = workbook.sheets.get(index)?;
    if let Some((first, last)) = settings.header_rows {
        return Some((index, sheet.clone(), lantu_exchange::header_at(sheet, first, last, words)));
    }
    let (sheet, header) = lantu_exchange::header::upright(sheet, words)?;
    Some((index, sheet, header))
}

/// The list that the title names, whatever sheets with these headings were before.
fn titled_list(
    mapping: &Mapping,
    known: Option<&KeptMapping>,
    sheet: &Sheet,
    header: &HeaderFound,
    names: &[&str],
    words: &Vocabulary,
) -> Option<String> {
    let named = |m: &Mapping| m.list.as_ref().map(|l| l.kind.clone());
    if known.is_none() { named(mapping) } else { named(&lantu_exchange::propose(sheet, header, names, words, &[], mapping.year)) }
}

/// What a person once said of sheets with these headings holds as long as their title names the same list.
fn guessed_list(mapping: &Mapping, titled: Option<&str>, known: Option<&KeptMapping>, books: &Books, year: i16) -> Option<ListKey> {
    let same_title = known.filter(|k| titled.is_none() || k.titled.as_deref() == titled);
    let kind = same_title.and_then(|k| k.list_kind.clone()).or_else(|| titled.map(str::to_owned));
    // An annual plan belongs to some list; without a better sign it is the office's own first one.
    let has_plan = mapping.column_of("annual_plan").is_some();
    let kind = kind.or_else(|| has_plan.then(|| books.pack.lists.first().map(|l| l.key.clone())).flatten())?;
    Some(ListKey { kind, year })
}

/// Words of headings that may hold an address as well as a town.
const ADDRESS: [&str; 6] = ["地点", "地址", "位置", "location", "address", "site"];

/// Of several columns that speak of the place, the one that holds towns is the town; another is the address. A single
/// one called 建设地点 is whichever its cells are.
fn settle_places(mapping: &mut Mapping, sheet: &Sheet, header: &HeaderFound, words: &Vocabulary, books: &Books) {
    let means_place = |c: &lantu_exchange::ColumnMap| {
        let heading = fold(c.heading.rsplit('/').next().unwrap_or_default());
        let word = words.exact(&heading).or_else(|| words.exact(&fold(&c.heading)));
        matches!(c.field.as_deref(), Some("division" | "location")) || matches!(word, Some("division" | "location"))
    };
    let columns: Vec<usize> = (0..mapping.columns.len()).filter(|i| means_place(&mapping.columns[*i])).collect();
    let is_address = |i: usize| ADDRESS.iter().any(|w| fold(&mapping.columns[i].heading).contains(w));
    let shares: Vec<(usize, usize)> = columns.iter().map(|i| towns_in(sheet, header, mapping.columns[*i].index, books)).collect();
    let best = (0..columns.len()).max_by_key(|n| (shares[*n].0, !is_address(columns[*n]), std::cmp::Reverse(*n)));
    let town = best.filter(|n| shares[*n].0 * 2 >= shares[*n].1 || !is_address(columns[*n])).map(|n| columns[n]);
    let mut located = false;
    for i in columns {
        let column = &mut mapping.columns[i];
        if Some(i) == town {
            column.field = Some("division".to_owned());
        } else if located {
            column.field = Some(format!("extra:{}", column.heading));
        } else {
            (column.field, located) = (Some("location".to_owned()), true);
        }
    }
}

/// How many of a column's first cells name a town or a zone, or look as if they tried to; and how many are filled.
fn towns_in(sheet: &Sheet, header: &HeaderFound, column: usize, books: &Books) -> (usize, usize) {
    let cells = sheet.rows.iter().skip(header.last + 1).filter_map(|r| r.get(column));
    let texts: Vec<&str> = cells.map(|c| c.trimmed()).filter(|t| !t.is_empty()).take(60).collect();
    let like_a_town = |t: &str| t.chars().count() <= 6 && ["镇", "街道", "乡"].iter().any(|end| t.ends_with(end));
    let parts = |t: &str| t.split(['、', '/', ',', '，']).map(str::trim).map(str::to_owned).collect::<Vec<_>>();
    let known = |t: &str| books.place.division_by_name(t).is_some() || books.place.platform_by_name(t).is_some() || like_a_town(t);
    (texts.iter().filter(|t| parts(t).iter().all(|p| known(p))).count(), texts.len())
}

fn apply_template(mapping: &mut Mapping, template: &lantu_pack::Template, books: &Books) {
    for column in &mut mapping.columns {
        let Some(known) = template.column(&column.heading) else { continue };
        column.field.clone_from(&known.field);
        column.confidence = 1.0;
        if let Some(unit) = known.unit.as_deref().and_then(|k| books.pack.unit(k)) {
            column.unit = Some(Unit::money(&unit.words.en, unit.minor));
        }
    }
}

fn apply_choice(mapping: &mut Mapping, choice: &super::view::MappingChoice, words: &Vocabulary) {
    for column in &mut mapping.columns {
        if let Some(said) = choice.columns.iter().find(|c| c.index == column.index) {
            column.field.clone_from(&said.field);
            column.confidence = 1.0;
            if let Some(unit) = said.unit.as_deref().and_then(|u| words.unit(&lantu_exchange::vocabulary::fold(u))) {
                column.unit = Some(unit);
            }
        }
    }
}
