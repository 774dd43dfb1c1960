//! The derived row of a project: what lists filter, sort and count by.
use crate::name_key;
use lantu_model::{FormalityState, Level, MembershipState, Money, Period, Project, ProjectRow, Role};

/// Computes the row from the facts alone; the day plays no part, so that a new day touches no row.
pub fn derive_row(p: &Project) -> ProjectRow {
    let stage = p.lifecycle.stage.kind();
    let suggested = Some(p.suggested_stage()).filter(|s| *s != stage);
    let due = |plan: Option<Period>| plan.map(Period::last_day);
    let text = |plan: Option<Period>| plan.map(|p| p.to_string());
    let current: Vec<_> = p.responsibilities.iter().filter(|r| r.to.is_none()).collect();
    let mut orgs: Vec<_> = current.iter().filter_map(|r| r.org).collect();
    orgs.sort();
    orgs.dedup();
    let latest = p.ytd_done.iter().next_back();
    let (granted, needed) = formality_counts(p);
    ProjectRow {
        id: p.id,
        name: p.name.clone(),
        name_key: name_key(&p.name),
        code: p.code().unwrap_or_default().to_owned(),
        codes: p.codes.iter().map(|c| c.code.clone()).collect(),
        level: p.level,
        parent: p.parent,
        counts: p.counts(),
        stage,
        status: p.lifecycle.status.kind(),
        suggested,
        division: p.division.clone(),
        platform: p.platform.clone(),
        industry: p.industry.as_ref().map(|i| i.as_str().to_owned()),
        nature: p.nature,
        procedure: p.procedure,
        holding: p.owner.as_ref().and_then(|o| o.holding),
        owner: p.owner.as_ref().map(|o| o.name.clone()),
        lead_org: current.iter().find(|r| r.role == Role::LeadDept).and_then(|r| r.org),
        orgs,
        investment: p.total_investment,
        land: p.land_total,
        start_due: due(p.start_planned),
        finish_due: due(p.finish_planned),
        operate_due: due(p.operate_planned),
        ramp_due: due(p.ramp_planned),
        start_planned: text(p.start_planned),
        finish_planned: text(p.finish_planned),
        operate_planned: text(p.operate_planned),
        ramp_planned: text(p.ramp_planned),
        ceremony_on: p.ceremony_on,
        permit_on: p.permit_on,
        started_on: p.lifecycle.stage.started(),
        completed_on: p.lifecycle.stage.completed(),
        operating_on: p.lifecycle.stage.operating(),
        ramped_on: p.lifecycle.stage.ramped(),
        stat_entry_on: p.stat_entry_on,
        formalities_granted: granted,
        formalities_needed: needed,
        memberships: p.memberships.clone(),
        ytd_month: latest.map(|(m, _)| *m),
        ytd_done: latest.map(|(_, d)| *d),
        annual_plan: annual_plan(p, latest.map(|(m, _)| m.year())),
    }
}

fn formality_counts(p: &Project) -> (u16, u16) {
    let of = |keep: fn(FormalityState) -> bool| p.formalities.iter().filter(|f| keep(f.state)).count().min(usize::from(u16::MAX)) as u16;
    (of(|s| s == FormalityState::Granted), of(|s| s != FormalityState::NotNeeded))
}

/// Lists set their own plans for the same work; the largest of a year is the one that the year is measured by.
fn annual_plan(p: &Project, year: Option<i16>) -> Option<Money> {
    let live = || p.memberships.iter().filter(|m| m.state != MembershipState::Removed && m.plan.is_some());
    let year = year.or_else(|| live().map(|m| m.list.year).max())?;
    live().filter(|m| m.list.year == year).filter_map(|m| m.plan).max()
}

/// Whether the row belongs to a total of live projects.
pub fn in_totals(row: &ProjectRow) -> bool {
    row.counts && row.level == Level::Project
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::{ListKey, Membership, ProjectId};

    fn id(n: u8) -> ProjectId {
        format!("00000000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
    }

    #[test]
    fn two_lists_of_a_year_count_one_plan() {
        let mut p = Project::admit(id(1), Level::Project, "示例项目").unwrap();
        for (kind, year, wan) in [("city_key", 2026, 30_000), ("sponsor", 2026, 26_000), ("city_key", 2025, 90_000)] {
            let list = ListKey { kind: kind.into(), year };
            let m = Membership {
                list,
                state: MembershipState::Admitted,
                plan: Money::from_wan(wan),
                applied: None,
                admitted: None,
                removed: None,
                basis: None,
                group: None,
            };
            p = p.set_membership(m).unwrap().0;
        }
        assert_eq!(derive_row(&p).annual_plan, Money::from_wan(30_000));
    }

    #[test]
    fn a_programme_and_a_section_count_nothing() {
        for level in [Level::Programme, Level::Section] {
            assert!(!derive_row(&Project::admit(id(2), level, "示例").unwrap()).counts);
        }
    }
}
