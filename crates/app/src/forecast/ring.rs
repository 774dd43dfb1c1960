//! A ring of links across projects: each waits for the next, and the last for the first.
use crate::{AppError, desk::Desk, error::Result};
use lantu_model::{ActivityId, OfficeId, Problem, Project, ProjectId, Scope};
use std::collections::{HashMap, HashSet};

type Node = (ProjectId, ActivityId);

/// Refuses projects of which some activity would in the end wait for itself through other projects, and names the ring.
pub(crate) async fn refuse_ring(desk: &Desk, office: OfficeId, written: &[(&Project, u64)]) -> Result<()> {
    let tied: Vec<&Project> = written.iter().map(|(p, _)| *p).filter(|p| !super::awaited(p).is_empty()).collect();
    if tied.is_empty() {
        return Ok(());
    }
    let mut all: HashMap<ProjectId, Project> = written.iter().map(|(p, _)| (p.id, (*p).clone())).collect();
    let mut unseen: Vec<ProjectId> = tied.iter().flat_map(|p| super::awaited(p)).filter(|id| !all.contains_key(id)).collect();
    while !unseen.is_empty() {
        let found = desk.store.projects_by_ids(&Scope::whole(office), &unseen, None).await?;
        let next: HashSet<ProjectId> = found.iter().flat_map(|p| super::awaited(&p.doc)).collect();
        all.extend(found.into_iter().map(|p| (p.doc.id, p.doc)));
        unseen = next.into_iter().filter(|id| !all.contains_key(id)).collect();
    }
    match tied.iter().find_map(|p| ring_from(&all, p)) {
        Some(ring) => Err(AppError::refuse(Problem::block("plan_ring_across").with("ring", told(&all, &ring)))),
        None => Ok(()),
    }
}

/// What an activity waits for, within its project and elsewhere.
fn before(all: &HashMap<ProjectId, Project>, (id, activity): &Node) -> Vec<Node> {
    let Some(step) = all.get(id).and_then(|p| p.plan.as_ref()).and_then(|plan| plan.activities.get(activity)) else { return vec![] };
    let within = step.after.iter().map(|p| (*id, p.id.clone()));
    within.chain(step.after_others.iter().map(|o| (o.project, o.activity.clone()))).collect()
}

/// A ring through one of a project's ties to others, in the order of waiting; walked without recursion.
fn ring_from(all: &HashMap<ProjectId, Project>, project: &Project) -> Option<Vec<Node>> {
    let plan = project.plan.as_ref()?;
    let mut cleared: HashSet<Node> = HashSet::new();
    for (id, _) in plan.activities.iter().filter(|(_, a)| !a.after_others.is_empty()) {
        let start = (project.id, id.clone());
        let mut path: Vec<(Node, Vec<Node>)> = vec![(start.clone(), before(all, &start))];
        while let Some((node, left)) = path.last_mut() {
            let Some(next) = left.pop() else {
                cleared.insert(node.clone());
                path.pop();
                continue;
            };
            if let Some(at) = path.iter().position(|(n, _)| *n == next) {
                let ring: Vec<Node> = path.into_iter().skip(at).map(|(n, _)| n).collect();
                return Some(ring).filter(|r| r.iter().any(|(p, _)| *p != project.id));
            }
            if !cleared.contains(&next) {
                let further = before(all, &next);
                path.push((next, further));
            }
        }
    }
    None
}

/// 「甲 A03 → 乙 B02 → 甲 A03」: each waits for the one after it.
fn told(all: &HashMap<ProjectId, Project>, ring: &[Node]) -> String {
    let name = |(id, activity): &Node| match all.get(id) {
        Some(p) => {
            let step = p.plan.as_ref().and_then(|plan| plan.activities.get(activity)).map_or("", |a| a.name.zh.as_str());
            format!("{} {activity} {step}", p.name)
        }
        None => activity.clone(),
    };
    ring.iter().chain(ring.first()).map(name).collect::<Vec<_>>().join(" → ")
}
