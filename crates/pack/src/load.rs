//! From files to a pack: reads everything, checks everything, and only then decides.
use crate::{
    Pack,
    calendar::{self, CalendarData},
    check,
    file::{CalendarHead, GateEntry, Head, Nothing, PatternHead, PlaceHead, TemplateHead},
    hash_of,
    light::LightRule,
    lookup::PackNames,
    pattern::{ClockRange, Fact, Pattern, PatternActivity, Phase},
    place::{Division, Org, Place, PlaceNames, Platform},
    problem::PackProblem,
    read::{Document, Entry, Mark},
    template::{Template, TemplateColumn},
    vocabulary::{
        Choice, Currency, FieldAliases, FormalityKind, FundWords, HoldingWords, Industry, LevelWords, ListType, MoneyUnit, NatureWords,
        ProcedureWords, RoleWords, StageWords, StatusWords, Words,
    },
};
use lantu_model::{Gate, GateSet, Precedence, formality::Follows};
use std::collections::BTreeMap;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Everything that was read, with the places where it stands.
#[derive(Default)]
pub(crate) struct Draft {
    pub head: Option<Entry<Head>>,
    pub units: Vec<Entry<MoneyUnit>>,
    pub stages: Vec<Entry<StageWords>>,
    pub statuses: Vec<Entry<StatusWords>>,
    pub gates: Vec<Entry<GateEntry>>,
    pub formalities: Vec<Entry<FormalityKind>>,
    pub lists: Vec<Entry<ListType>>,
    pub roles: Vec<Entry<RoleWords>>,
    pub natures: Vec<Entry<NatureWords>>,
    pub procedures: Vec<Entry<ProcedureWords>>,
    pub holdings: Vec<Entry<HoldingWords>>,
    pub levels: Vec<Entry<LevelWords>>,
    pub funds: Vec<Entry<FundWords>>,
    pub fields: Vec<Entry<FieldAliases>>,
    pub industries: Vec<Entry<Industry>>,
    pub calendars: Vec<(Mark, CalendarData)>,
    pub places: Vec<PlaceDraft>,
    pub templates: Vec<TemplateDraft>,
    pub patterns: Vec<PatternDraft>,
    pub phases: Vec<Entry<Phase>>,
    pub facts: Vec<Entry<Fact>>,
    pub ranges: Vec<Entry<ClockRange>>,
    pub lights: Vec<Entry<LightRule>>,
}

pub(crate) struct PlaceDraft {
    pub head: Entry<PlaceHead>,
    pub divisions: Vec<Entry<Division>>,
    pub platforms: Vec<Entry<Platform>>,
    pub orgs: Vec<Entry<Org>>,
}

pub(crate) struct TemplateDraft {
    pub head: Entry<TemplateHead>,
    pub columns: Vec<Entry<TemplateColumn>>,
}

pub(crate) struct PatternDraft {
    pub head: Entry<PatternHead>,
    pub activities: Vec<Entry<PatternActivity>>,
}

const NEEDED: &[&str] =
    &["choices.toml", "fields.toml", "formalities.toml", "gates.toml", "lists.toml", "pack.toml", "roles.toml", "stages.toml"];

/// Their files are told apart by what they hold, not by name.
const FOLDERS: &[&str] = &["calendars", "patterns", "places", "templates"];

pub(crate) fn load(files: &Files) -> Result<Pack, Vec<PackProblem>> {
    let (draft, mut problems) = read(files);
    let of_their_own: Vec<PackProblem> = check::draft(&draft).into_iter().filter(|p| !is_consequence(p, &problems)).collect();
    problems.extend(of_their_own);
    problems.sort_by(|a, b| (&a.file, a.line, &a.key).cmp(&(&b.file, b.line, &b.key)));
    problems.dedup();
    match draft.into_pack(files) {
        Some(pack) if problems.is_empty() => Ok(pack),
        _ => Err(problems),
    }
}

/// A note beside the data; no part of the pack.
fn is_for_readers(path: &str) -> bool {
    path.starts_with("README") || path.starts_with("LICENSE")
}

fn is_pack_file(path: &str) -> bool {
    match path.split_once('/') {
        None => ["industries.csv", "lights.toml", "patterns.toml"].contains(&path) || NEEDED.contains(&path),
        Some((folder, name)) => FOLDERS.contains(&folder) && name.ends_with(".toml") && !name.contains('/'),
    }
}

/// Whether a cross check failed only because what it refers to could not be read.
fn is_consequence(found: &PackProblem, unread: &[PackProblem]) -> bool {
    let refers_to: &[&str] = match found.code.as_str() {
        "pack_unknown_unit" => &["pack.toml"],
        "pack_unknown_calendar" => &["calendars/"],
        "pack_unknown_org" | "pack_unknown_place" => &["places/"],
        "pack_unknown_department" => &["places/", "roles.toml"],
        "pack_unknown_formality" => &["formalities.toml"],
        "pack_unknown_fact" | "pack_unknown_phase" => &["patterns.toml"],
        "pack_unknown_industry" => &["industries.csv"],
        "pack_unknown_predecessor" | "pack_no_end" => &[&found.file],
        "pack_unknown_parent" | "pack_incomplete" | "pack_roots" | "pack_missing_file" => &[&found.file],
        _ => return false,
    };
    unread.iter().any(|p| refers_to.iter().any(|start| p.file.starts_with(start)))
}

fn read(files: &Files) -> (Draft, Vec<PackProblem>) {
    let mut problems: Vec<PackProblem> =
        NEEDED.iter().filter(|n| !files.contains_key(**n)).map(|n| PackProblem::new(n, 0, "", "pack_missing_file", &[])).collect();
    let mut draft = Draft::default();
    for (path, bytes) in files {
        if is_for_readers(path) {
            continue;
        }
        if !is_pack_file(path) {
            problems.push(PackProblem::new(path, 0, "", "pack_unknown_file", &[]));
            continue;
        }
        if path == "industries.csv" {
            read_industries(path, bytes, &mut draft, &mut problems);
            continue;
        }
        let mut document = match Document::parse(path, bytes) {
            Ok(document) => document,
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        if !document.problems.is_empty() {
            // What a broken text still seems to say is not worth checking.
            problems.append(&mut document.problems);
            continue;
        }
        draft.read_file(path, &mut document, &mut problems);
        problems.append(&mut document.problems);
    }
    (draft, problems)
}

impl Draft {
    fn read_file(&mut self, path: &str, d: &mut Document<'_>, problems: &mut Vec<PackProblem>) {
        match path {
            "pack.toml" => {
                self.units = d.entries("unit");
                self.head = d.rest();
                return;
            }
            "stages.toml" => {
                self.stages = d.entries("stage");
                self.statuses = d.entries("status");
            }
            "gates.toml" => self.gates = d.entries("gate"),
            "formalities.toml" => self.formalities = d.entries("formality"),
            "lights.toml" => self.lights = d.entries("light"),
            "lists.toml" => self.lists = d.entries("list"),
            "roles.toml" => self.roles = d.entries("role"),
            "choices.toml" => {
                self.natures = d.entries("nature");
                self.procedures = d.entries("procedure");
                self.holdings = d.entries("holding");
                self.levels = d.entries("level");
                self.funds = d.entries("fund");
            }
            "fields.toml" => self.fields = d.entries("field"),
            "patterns.toml" => {
                self.phases = d.entries("phase");
                self.facts = d.entries("fact");
                self.ranges = d.entries("range");
            }
            _ => return self.read_in_folder(path, d, problems),
        }
        d.rest::<Nothing>();
    }

    fn read_in_folder(&mut self, path: &str, d: &mut Document<'_>, problems: &mut Vec<PackProblem>) {
        match path.split_once('/') {
            Some(("calendars", _)) => {
                let years = d.entries("year");
                if let Some(head) = d.rest::<CalendarHead>() {
                    let data = calendar::build(&head, &years, problems);
                    self.calendars.push((head.mark, data));
                }
            }
            Some(("places", _)) => {
                let (divisions, platforms, orgs) = (d.entries("division"), d.entries("platform"), d.entries("org"));
                if let Some(head) = d.rest() {
                    self.places.push(PlaceDraft { head, divisions, platforms, orgs });
                }
            }
            Some(("patterns", _)) => {
                let activities = d.entries("activity");
                if let Some(head) = d.rest() {
                    self.patterns.push(PatternDraft { head, activities });
                }
            }
            Some(("templates", _)) => {
                let columns = d.entries("column");
                if let Some(head) = d.rest() {
                    self.templates.push(TemplateDraft { head, columns });
                }
            }
            // No other folder passes `is_pack_file`.
            _ => {}
        }
    }

    fn into_pack(self, files: &Files) -> Option<Pack> {
        let head = self.head?.value;
        let calendars: Vec<CalendarData> = self.calendars.into_iter().map(|(_, c)| c).collect();
        let calendar_at = calendars.iter().position(|c| c.key == head.calendar)?;
        let gates = values(self.gates)
            .into_iter()
            .map(|g| Gate { to: g.to, procedures: g.procedures, condition: g.condition, advisory: g.advisory })
            .collect();
        let mut industries = values(self.industries);
        industries.sort_by(|a, b| a.code.cmp(&b.code));
        let mut pack = Pack {
            name: head.name,
            title: head.title,
            version: head.version,
            zone: head.zone,
            currency: Currency { code: head.currency, units: values(self.units) },
            default_unit: head.default_unit,
            industry_scheme: head.industry_scheme,
            stages: ordered(self.stages),
            statuses: ordered(self.statuses),
            gates: GateSet { gates, ..GateSet::default() },
            precedence: precedence(&self.formalities),
            formalities: values(self.formalities),
            lists: values(self.lists),
            roles: values(self.roles),
            natures: values(self.natures),
            procedures: values(self.procedures),
            holdings: values(self.holdings),
            levels: values(self.levels),
            funds: values(self.funds),
            industries,
            fields: values(self.fields),
            calendars,
            places: self.places.into_iter().map(PlaceDraft::into_place).collect(),
            templates: self.templates.into_iter().map(TemplateDraft::into_template).collect(),
            patterns: self.patterns.into_iter().map(PatternDraft::into_pattern).collect(),
            phases: values(self.phases),
            facts: values(self.facts),
            ranges: values(self.ranges),
            lights: values(self.lights),
            calendar_at,
            hash: hash_of(files.iter().filter(|(path, _)| is_pack_file(path))),
            index: PackNames::default(),
        };
        pack.index = PackNames::of(&pack);
        Some(pack)
    }
}

/// The pairs of `after` and `after_reminder`, each with what the earlier one's own entry says of when it is needed.
fn precedence(formalities: &[Entry<FormalityKind>]) -> Precedence {
    let pair = |kind: &FormalityKind, after: &String, advisory: bool| {
        let earlier = formalities.iter().map(|e| &e.value).find(|f| f.key == *after)?;
        Some(Follows {
            kind: kind.key.clone(),
            after: after.clone(),
            advisory,
            procedures: earlier.procedures.clone(),
            occasional: earlier.occasional,
        })
    };
    let of = |kind: &FormalityKind| -> Vec<Follows> {
        let bars = kind.after.iter().filter_map(|a| pair(kind, a, false));
        bars.chain(kind.after_reminder.iter().filter_map(|a| pair(kind, a, true))).collect()
    };
    Precedence { pairs: formalities.iter().flat_map(|e| of(&e.value)).collect() }
}

impl PlaceDraft {
    fn into_place(self) -> Place {
        let head = self.head.value;
        let (divisions, platforms, orgs) = (values(self.divisions), values(self.platforms), values(self.orgs));
        let index = PlaceNames::of(&head.words, &divisions, &platforms, &orgs);
        Place {
            key: head.key,
            words: head.words,
            fictional: head.fictional,
            default_unit: head.default_unit,
            divisions,
            platforms,
            orgs,
            targets: head.targets,
            index,
        }
    }
}

impl TemplateDraft {
    fn into_template(self) -> Template {
        let head = self.head.value;
        Template {
            key: head.key,
            words: head.words,
            place: head.place,
            requires: head.requires,
            stage: head.stage,
            procedure: head.procedure,
            columns: values(self.columns),
        }
    }
}

impl PatternDraft {
    fn into_pattern(self) -> Pattern {
        let head = self.head.value;
        Pattern { key: head.key, words: head.words, applies: head.applies, activities: values(self.activities) }
    }
}

fn values<T>(entries: Vec<Entry<T>>) -> Vec<T> {
    entries.into_iter().map(|e| e.value).collect()
}

/// In the model's order, whatever the file's.
fn ordered<K: Ord + Copy>(entries: Vec<Entry<Choice<K>>>) -> Vec<Choice<K>> {
    let mut choices = values(entries);
    choices.sort_by_key(|c| c.key);
    choices
}

/// `industries.csv`: `code,zh,en`.
fn read_industries(path: &str, bytes: &[u8], draft: &mut Draft, problems: &mut Vec<PackProblem>) {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(bytes);
    let header_fits = reader.headers().is_ok_and(|h| h.iter().eq(["code", "zh", "en"]));
    if !header_fits {
        problems.push(PackProblem::new(path, 1, "code", "pack_bad_value", &[("detail", "code,zh,en".to_owned())]));
        return;
    }
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(_) => {
                problems.push(PackProblem::new(path, at + 2, "", "pack_not_text", &[]));
                continue;
            }
        };
        let line = record.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(at + 2);
        match (record.len(), record.get(0), record.get(1), record.get(2)) {
            (3, Some(code), Some(zh), Some(en)) => {
                let value = Industry { code: code.to_owned(), words: Words::new(zh, en) };
                draft.industries.push(Entry { value, mark: Mark::in_file(path, line) });
            }
            _ => problems.push(PackProblem::new(path, line, "", "pack_bad_value", &[("detail", "code,zh,en".to_owned())])),
        }
    }
}
