//! Rows against the register: what each would add or change, and everything that stands against it.
use super::{
    draft_project::{Drafted, draft_project},
    matching::{Asked, Likeness, Match, RegisterIndex},
    reading::Reading,
    references::{Resolved, Resolver},
    view::{Counts, FieldChange, RowOutcome},
};
use crate::{Books, unit::Register, view::Named};
use jiff::civil::Date;
use lantu_exchange::{CellProblem, DraftValue, RowDraft, rows::RowKind};
use lantu_model::{Problem, Project, ProjectId, Role, Severity};
use lantu_store::{MatchKey, Stored};
use std::collections::{HashMap, HashSet};

/// A duty as a sheet names it; the register turns it into ids on commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDuty {
    pub role: Role,
    pub person: Option<String>,
    pub phone: Option<String>,
    pub org: Option<String>,
}

#[derive(Debug)]
pub struct JudgedRow {
    /// Index into the reading's rows.
    pub index: usize,
    pub outcome: RowOutcome,
    pub project: Option<Named>,
    /// The project as it would be, without the duties.
    pub after: Option<Project>,
    /// The version it was read at; 0 for a new one.
    pub seq: u64,
    pub duties: Vec<NamedDuty>,
    pub changes: Vec<FieldChange>,
    pub problems: Vec<CellProblem>,
}

#[derive(Debug, Default)]
pub struct Judged {
    pub rows: Vec<JudgedRow>,
    /// Findings about headings, groups and totals.
    pub sheet_problems: Vec<CellProblem>,
    pub counts: Counts,
    /// The feed number that the register was read at.
    pub feed: u64,
}

impl Judged {
    /// All findings, in the order of the sheet.
    pub fn problems(&self) -> impl Iterator<Item = &CellProblem> {
        self.sheet_problems.iter().chain(self.rows.iter().flat_map(|r| &r.problems))
    }
    /// Whether a row is one that may not be kept here at all.
    pub fn is_classified(&self) -> bool {
        self.rows.iter().any(|r| r.problems.iter().any(is_classified))
    }
}

fn is_classified(found: &CellProblem) -> bool {
    found.problem.code == "classified_project"
}

/// The register as it was read for judging.
pub struct Known {
    pub keys: Vec<MatchKey>,
    pub projects: HashMap<ProjectId, Stored<Project>>,
    pub register: Register,
    pub feed: u64,
}

/// A row with what its words mean and which project it is.
#[derive(Debug)]
pub struct Found {
    /// Index into the reading's rows.
    pub index: usize,
    pub matched: Match,
    pub resolved: Resolved,
}

/// Rows' matches, so that only those projects need be read whole.
pub fn matches(reading: &Reading, books: &Books, keys: &[MatchKey]) -> Vec<Found> {
    let (register, mut resolver) = (RegisterIndex::new(keys), Resolver::new(books));
    data_rows(reading)
        .map(|(index, row)| {
            let resolved = resolver.resolve(row);
            Found { index, matched: register.find(&asked(row, &resolved)), resolved }
        })
        .collect()
}

pub fn data_rows(reading: &Reading) -> impl Iterator<Item = (usize, &RowDraft)> {
    reading.rows.iter().enumerate().filter(|(_, r)| r.kind == RowKind::Data)
}

fn asked<'a>(row: &'a RowDraft, resolved: &'a Resolved) -> Asked<'a> {
    let codes = match row.fields.get("code").map(|f| &f.value) {
        Some(DraftValue::Codes(c)) => c.as_slice(),
        _ => &[],
    };
    Asked { codes, name: row.text("name").unwrap_or_default(), owner: row.text("owner"), division: resolved.division.as_ref() }
}

pub fn judge(reading: &Reading, books: &Books, known: &Known, found: &[Found], today: Date, fresh: &dyn Fn(usize) -> ProjectId) -> Judged {
    let mut judged = Judged { feed: known.feed, ..Judged::default() };
    judged.sheet_problems = reading.rows.iter().filter(|r| r.kind != RowKind::Data).flat_map(|r| r.problems.clone()).collect();
    let names: HashMap<ProjectId, &str> = known.keys.iter().map(|k| (k.id, k.name.as_str())).collect();
    // Who has a project, by the sheet's row number.
    let mut taken: HashMap<ProjectId, usize> = HashMap::new();
    let mut new_orgs: HashSet<String> = HashSet::new();
    for Found { index, matched, resolved } in found {
        let row = &reading.rows[*index];
        let mut judge = RowJudge { row, reading, problems: row.problems.clone() };
        for (field, p) in &resolved.problems {
            judge.say(field, p.clone());
        }
        let base = judge.base(*matched, known, &names, &mut taken);
        let fresh_id = || fresh(*index);
        let drafted = draft_project(base.map(|b| &b.doc), row, reading, resolved, books, &known.register, today, &fresh_id);
        for (field, p) in &drafted.problems {
            judge.say(field, p.clone());
        }
        for duty in &drafted.duties {
            judge.note_new_org(duty, &known.register, &mut new_orgs);
        }
        judged.rows.push(judge.settle(*index, base, drafted));
    }
    judged.counts = count(&judged.rows);
    judged
}

fn count(rows: &[JudgedRow]) -> Counts {
    let of = |o: RowOutcome| rows.iter().filter(|r| r.outcome == o).count();
    Counts {
        rows: rows.len(),
        adds: of(RowOutcome::Add),
        changes: of(RowOutcome::Change),
        unchanged: of(RowOutcome::Unchanged),
        blocked: of(RowOutcome::Blocked),
    }
}

struct RowJudge<'a> {
    row: &'a RowDraft,
    reading: &'a Reading,
    problems: Vec<CellProblem>,
}

impl RowJudge<'_> {
    /// The cell of a field, or the row's name cell where the field has none.
    fn at_field(&self, field: &str, problem: Problem) -> CellProblem {
        let own = self.row.fields.get(field).map(|f| f.cell.clone());
        let cell = own.or_else(|| self.row.fields.get("name").map(|f| f.cell.clone())).unwrap_or_else(|| format!("A{}", self.row.row));
        // Words speak of the field; the cell stands beside them.
        let problem = if problem.place.is_none() { problem.at(field) } else { problem };
        CellProblem { sheet: self.reading.sheet.name.clone(), cell, problem }
    }

    fn say(&mut self, field: &str, problem: Problem) {
        let found = self.at_field(field, problem);
        self.problems.push(found);
    }

    fn base<'k>(
        &mut self,
        matched: Match,
        known: &'k Known,
        names: &HashMap<ProjectId, &str>,
        taken: &mut HashMap<ProjectId, usize>,
    ) -> Option<&'k Stored<Project>> {
        match matched {
            Match::ByCode(id) | Match::ByName(id) => {
                let base = known.projects.get(&id)?;
                match taken.get(&id) {
                    // The reader has named it already where it saw it.
                    Some(_) if self.problems.iter().any(|p| matches!(p.problem.code.as_str(), "repeats_row" | "code_of_other_row")) => {}
                    Some(row) => self.say("name", Problem::block("repeats_row").with("name", &base.doc.name).with("row", row)),
                    None => drop(taken.insert(id, self.row.row)),
                }
                Some(base)
            }
            Match::Ambiguous(count) => {
                self.say("name", Problem::block("ambiguous_project").with("count", count));
                None
            }
            Match::Like(id, likeness) => {
                let why = match likeness {
                    Likeness::Owner => "owner",
                    Likeness::Code => "name",
                };
                let name = names.get(&id).copied().unwrap_or_default();
                self.say("name", Problem::warn("repeats_register").with("name", name).with("why", why));
                None
            }
            Match::New => None,
        }
    }

    /// Said once a sheet for each name: the first cell that brings it.
    fn note_new_org(&mut self, duty: &NamedDuty, register: &Register, seen: &mut HashSet<String>) {
        if let Some(org) = &duty.org
            && register.org_named(org).is_none()
            && seen.insert(lantu_model::project::comparable_name(org))
        {
            self.say(&format!("role:{}", duty.role.key()), Problem::info("new_org").with("found", org));
        }
    }

    fn settle(mut self, index: usize, base: Option<&Stored<Project>>, drafted: Drafted) -> JudgedRow {
        // Of a classified row nothing else is repeated.
        if self.problems.iter().any(is_classified) {
            self.problems.retain(is_classified);
        }
        let mut said = HashSet::new();
        self.problems.retain(|p| said.insert((p.cell.clone(), p.problem.code.clone())));
        let blocked = self.problems.iter().any(|p| p.problem.severity == Severity::Block) || drafted.after.is_none();
        let outcome = match (blocked, base) {
            (true, _) => RowOutcome::Blocked,
            (false, None) => RowOutcome::Add,
            (false, Some(_)) if drafted.changes.is_empty() => RowOutcome::Unchanged,
            (false, Some(_)) => RowOutcome::Change,
        };
        self.problems.sort_by_key(|p| p.problem.severity);
        JudgedRow {
            index,
            outcome,
            project: base.map(|b| Named { id: b.doc.id, name: b.doc.name.clone() }),
            seq: base.map_or(0, |b| b.seq),
            after: if blocked { None } else { drafted.after },
            duties: if blocked { vec![] } else { drafted.duties },
            changes: drafted.changes,
            problems: self.problems,
        }
    }
}
