//! Schedule files at the edge: opened, one project chosen, dates computed, and what stands against it in words.
use crate::{
    columns, mpxj,
    outcome::{self, Outcome, Stop},
    progress,
    tongue::Tongue,
};
use lantu_model::words::Lang;
use lantu_planfile::{FILE_LIMIT, FileProblem, Format, Loss, Plan, PlanFile, Refused, Written};
use lantu_schedule::{Dialect, Network, Problem, Schedule};
use serde::Serialize;
use serde_json::json;
use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

/// One finding, as scripts get it.
#[derive(Debug, Serialize)]
pub struct Said {
    pub code: &'static str,
    pub place: String,
    pub found: String,
    pub message: String,
}

/// Why there is no project to work on.
#[derive(Debug)]
pub enum Unread {
    /// The file is out of reach.
    Stop(Stop),
    /// The file or its network is refused.
    Refused(Vec<Said>),
    /// There are several projects and none is chosen.
    Several(Vec<Listed>),
}

/// A project to choose from.
#[derive(Debug, Serialize)]
pub struct Listed {
    pub id: String,
    pub name: String,
    pub activities: usize,
}

/// The language of the inner rooms.
pub fn inner(tongue: Tongue) -> lantu_schedule::Tongue {
    match tongue.0 {
        Lang::Zh => lantu_schedule::Tongue::Chinese,
        Lang::En => lantu_schedule::Tongue::English,
    }
}

impl Said {
    pub fn of_file(problem: &FileProblem, tongue: Tongue) -> Self {
        let FileProblem { code, place, found, .. } = problem;
        Self { code, place: place.clone(), found: found.clone(), message: problem.say(inner(tongue)).to_owned() }
    }

    /// With the names of the rows it is about, for uids say little to people.
    pub fn of_network(problem: &Problem, plan: &Plan, tongue: Tongue) -> Self {
        const NAMED: usize = 6;
        let Problem { code, place, found, activities } = problem;
        let name = |uid: &i64| {
            let at = plan.activities.iter().position(|a| a.uid == *uid)?;
            let name = plan.labels.get(at).map(|l| l.name.as_str()).filter(|n| !n.is_empty())?;
            Some(format!("{uid} {name}"))
        };
        let names: Vec<String> = activities.iter().take(NAMED).filter_map(name).collect();
        let mut message = problem.say(inner(tongue));
        if !names.is_empty() {
            message.push_str(&format!(" [{}]", names.join(tongue.say("；", "; "))));
        }
        Self { code, place: place.clone(), found: found.clone(), message }
    }

    pub fn of_loss(loss: &Loss, tongue: Tongue) -> Self {
        let Loss { code, place, found } = loss;
        Self { code, place: place.clone(), found: found.clone(), message: loss.say(inner(tongue)) }
    }
}

impl Unread {
    pub fn refused(refused: &Refused, tongue: Tongue) -> Self {
        Self::Refused(refused.problems.iter().map(|p| Said::of_file(p, tongue)).collect())
    }

    /// To people on stderr, to scripts on stdout.
    pub fn tell(self, file: &Path, json: bool, tongue: Tongue) -> Result<Outcome, Stop> {
        match self {
            Self::Stop(stop) => return Err(stop),
            Self::Refused(problems) if json => println!("{}", json!({"activities": [], "problems": problems})),
            Self::Refused(problems) => {
                for p in problems {
                    eprintln!("{}: {}{}", file.display(), at(&p.place), p.message);
                }
            }
            Self::Several(projects) => several(&projects, file, json, tongue),
        }
        Ok(Outcome::Refused)
    }
}

/// A place before its message.
pub fn at(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!("{place}: ") }
}

fn several(projects: &[Listed], file: &Path, json: bool, tongue: Tongue) {
    let message = tongue.say("文件里有几个项目，请用 --project 选一个", "the file holds several projects: choose one with --project");
    if json {
        let problem = json!({"code": "several_projects", "place": "", "found": "", "message": message});
        println!("{}", json!({"activities": [], "projects": projects, "problems": [problem]}));
        return;
    }
    let head = ["编号", "名称", "工作数"].into_iter().zip(["id", "name", "activities"]);
    let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).collect::<Vec<_>>()];
    rows.extend(projects.iter().map(|p| vec![p.id.clone(), columns::cut(&p.name, 60), p.activities.to_string()]));
    eprint!("{}: {message}\n{}", file.display(), columns::lay_out(&rows, &[2]));
}

/// Reads a schedule file.
pub fn read(path: &Path, tongue: Tongue) -> Result<PlanFile, Unread> {
    let bytes = bytes(path, tongue)?;
    let wheel = progress::wheel(tongue.say("正在读取", "reading"));
    let read = lantu_planfile::read(&bytes);
    let read = read.or_else(|refused| by_mpxj(path, &refused).ok_or(refused));
    wheel.finish_and_clear();
    read.map_err(|refused| Unread::refused(&refused, tongue))
}

/// MS Project's own file, when there is a way to read it.
fn by_mpxj(path: &Path, refused: &Refused) -> Option<PlanFile> {
    if !refused.problems.iter().any(|p| matches!(p.code, "mpp_file" | "mpx_file")) {
        return None;
    }
    let mut file = lantu_planfile::read(&mpxj::to_mspdi(path)?).ok()?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let note = Loss { code: "read_by_mpxj", place: String::new(), found: name };
    file.plans.first_mut()?.losses.insert(0, note);
    Some(file)
}

/// A file's bytes, when it is not too large to be read at all. No more than the limit is read, whatever the file says
/// of itself: a device says nothing and never ends.
pub fn bytes(path: &Path, tongue: Tongue) -> Result<Vec<u8>, Unread> {
    let failed = |e: std::io::Error| Unread::Stop(outcome::io(&path.display().to_string(), &e));
    let too_large = |size| Unread::refused(&Refused::one(lantu_planfile::too_large(size)), tongue);
    let file = fs::File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if size > FILE_LIMIT {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > FILE_LIMIT { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// The place of the project asked for; of a single one nothing need be asked, and a baseline must be named to be meant.
pub fn choose(file: &PlanFile, id: Option<&str>, tongue: Tongue) -> Result<usize, Unread> {
    if let Some(id) = id {
        return file.plans.iter().position(|p| p.id == id).ok_or_else(|| unknown_project(file, id, tongue));
    }
    let mut projects = file.plans.iter().enumerate().filter(|(_, p)| !file.is_baseline(p));
    match (projects.next(), projects.next()) {
        (Some((at, _)), None) => Ok(at),
        _ => Err(Unread::Several(file.plans.iter().map(Listed::of).collect())),
    }
}

fn unknown_project(file: &PlanFile, id: &str, tongue: Tongue) -> Unread {
    let ids = file.plans.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
    let zh = format!("没有编号为 {id} 的项目，文件里有：{ids}");
    let en = format!("there is no project {id}; the file holds: {ids}");
    let message = tongue.say(&zh, &en).to_owned();
    Unread::Refused(vec![Said { code: "unknown_project", place: "--project".into(), found: id.into(), message }])
}

impl Listed {
    fn of(plan: &Plan) -> Self {
        let activities = plan.activities.iter().filter(|a| !a.is_summary()).count();
        Self { id: plan.id.clone(), name: plan.name.clone(), activities }
    }
}

/// The dates of a project.
pub fn dates(plan: &Plan, tongue: Tongue) -> Result<(Network, Schedule), Unread> {
    let network = plan.network();
    let refused = |problems: Vec<Problem>| Unread::Refused(problems.iter().map(|p| Said::of_network(p, plan, tongue)).collect());
    let schedule = lantu_schedule::schedule(&network).map_err(refused)?;
    Ok((network, schedule))
}

/// What could not be read or kept as it stands, to people; the first ones, for a file has many of a kind.
pub fn tell_losses(losses: &[Said], tongue: Tongue) {
    const TOLD: usize = 20;
    for loss in losses.iter().take(TOLD) {
        eprintln!("  {}{}", at(&loss.place), loss.message);
    }
    if let Some(more) = losses.len().checked_sub(TOLD).filter(|n| *n > 0) {
        eprintln!("  {}", tongue.say(&format!("……另有 {more} 处"), &format!("… and {more} more")));
    }
}

/// Where a file is written, and as what.
pub struct Target<'a> {
    pub input: &'a Path,
    pub out: &'a Path,
    /// Else by the ending of its name.
    pub format: Option<Format>,
    /// The input may be replaced.
    pub overwrite_input: bool,
}

impl Target<'_> {
    /// As asked, else by the name's ending: an `.xml` is MSPDI for MS Project's plans and PMXML for P6's.
    pub fn format(&self, plan: &Plan) -> Option<Format> {
        let ending = self.out.extension().map(|e| e.to_string_lossy().to_lowercase());
        self.format.or_else(|| match (ending.as_deref()?, plan.options.dialect) {
            ("xer", _) => Some(Format::Xer),
            ("json", _) => Some(Format::Json),
            ("xml", Dialect::P6) => Some(Format::Pmxml),
            ("xml", Dialect::MsProject) => Some(Format::Mspdi),
            _ => None,
        })
    }

    fn is_input(&self) -> bool {
        let real = |path: &Path| fs::canonicalize(path).ok();
        real(self.input).is_some_and(|input| real(self.out) == Some(input))
    }
}

/// The format to write, when it can be told.
pub fn target_format(file: &PlanFile, target: &Target, tongue: Tongue) -> Result<Format, Unread> {
    if target.is_input() && !target.overwrite_input {
        let zh = "输出就是输入文件：请换一个文件名，或加 --force";
        let en = "the output is the input file: choose another name, or add --force";
        let (place, message) = (String::new(), tongue.say(zh, en).to_owned());
        return Err(Unread::Refused(vec![Said { code: "would_overwrite_input", place, found: String::new(), message }]));
    }
    file.plans.first().and_then(|plan| target.format(plan)).ok_or_else(|| {
        let zh = "看不出要写成什么格式：文件名请以 .xer、.xml 或 .json 结尾，或用 --to 指明";
        let en = "cannot tell the format: end the name in .xer, .xml or .json, or say it with --to";
        Unread::Stop(Stop::usage(zh, en))
    })
}

/// Writes a whole file beside its place and puts it there in one step, so that none is ever half written.
pub fn write(file: &PlanFile, format: Format, target: &Target, tongue: Tongue) -> Result<Written, Unread> {
    let written = lantu_planfile::write(file, format).map_err(|refused| Unread::refused(&refused, tongue))?;
    put(target.out, &written.bytes).map_err(|e| Unread::Stop(outcome::io(&target.out.display().to_string(), &e)))?;
    Ok(written)
}

fn put(out: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside: PathBuf = out.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let stored = fs::File::create(&beside).and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()));
    stored.and_then(|()| fs::rename(&beside, out)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}
