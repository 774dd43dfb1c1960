//! Schedule files at the edge: opened, one project chosen, dates computed, and what stands against it in words.
use crate::{
    columns,
    losses::{self, before},
    mpxj,
    outcome::{self, Outcome, Stop},
    progress,
    tongue::Tongue,
};
use lantu_model::words::Lang;
use lantu_planfile::{FILE_LIMIT, FileProblem, Format, Loss, Plan, PlanFile, Refused, Written};
use lantu_schedule::{ActivityIx, Dialect, Network, Problem, Schedule};
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
    /// The message says the place itself, by the names that people know.
    #[serde(skip)]
    pub is_placed: bool,
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
        Self { code, place: place.clone(), found: found.clone(), message: problem.say(inner(tongue)).to_owned(), is_placed: false }
    }

    /// With the codes and names of the rows it is about, for uids say little to people.
    pub fn of_network(problem: &Problem, plan: &Plan, tongue: Tongue) -> Self {
        let Problem { code, place, found, .. } = problem;
        Self { code, place: place.clone(), found: found.clone(), message: problem.say_named(inner(tongue), &names(plan)), is_placed: false }
    }

    /// With the names of the activities, as of networks.
    pub fn of_risk(problem: &lantu_risk::Problem, plan: &Plan, tongue: Tongue) -> Self {
        let lantu_risk::Problem { code, place, found, .. } = problem;
        let message = problem.say_named(inner(tongue), &names(plan));
        Self { code, place: place.clone(), found: found.clone(), message, is_placed: problem.says_its_place() }
    }

    pub fn of_loss(loss: &Loss, tongue: Tongue) -> Self {
        let Loss { code, place, found } = loss;
        Self { code, place: place.clone(), found: found.clone(), message: loss.say(inner(tongue)), is_placed: false }
    }
}

/// Gives a row's code and name by its uid, cut short: a loop of long names would fill the screen.
pub fn names(plan: &Plan) -> impl Fn(i64) -> Option<String> {
    const NAME: usize = 30;
    move |uid| {
        let at = plan.activities.iter().position(|a| a.uid == uid)?;
        code_and_name(plan, at).map(|name| columns::cut(&name, NAME))
    }
}

/// A row's code, else the number of the row in its program's table; empty when it has neither.
pub fn code(plan: &Plan, at: usize) -> String {
    let Some(label) = plan.labels.get(at) else { return String::new() };
    if label.code.is_empty() { label.row.map(|row| row.to_string()).unwrap_or_default() } else { columns::clean(&label.code) }
}

/// A row's code and name, when it has either.
pub fn code_and_name(plan: &Plan, at: usize) -> Option<String> {
    let name = columns::clean(&plan.labels.get(at)?.name);
    Some(format!("{} {name}", code(plan, at)).trim().to_owned()).filter(|said| !said.is_empty())
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
            Self::Refused(problems) => tell_problems(&problems, file, tongue),
            Self::Several(projects) => several(&projects, file, json, tongue),
        }
        Ok(Outcome::Refused)
    }
}

/// The first problems; a broken file breaks the same rule a thousand times.
fn tell_problems(problems: &[Said], file: &Path, tongue: Tongue) {
    const TOLD: usize = 20;
    for p in problems.iter().take(TOLD) {
        let place = if p.is_placed { String::new() } else { before(&p.place, tongue) };
        eprintln!("{}: {place}{}", file.display(), columns::clean(&p.message));
    }
    if let Some(more) = problems.len().checked_sub(TOLD).filter(|n| *n > 0) {
        eprintln!("{}", tongue.say(&format!("……另有 {more} 处问题"), &format!("… and {more} more problems")));
    }
}

fn several(projects: &[Listed], file: &Path, json: bool, tongue: Tongue) {
    let message = tongue.say("文件里有几个项目，请用 --project 选一个", "the file holds several projects: choose one with --project");
    if json {
        let problem = json!({"code": "several_projects", "place": "", "found": "", "message": message});
        println!("{}", json!({"activities": [], "projects": projects, "problems": [problem]}));
        return;
    }
    let name = |p: &Listed| columns::cut(&columns::clean(&p.name), 60);
    let head = ["编号", "名称", "工作数"].into_iter().zip(["id", "name", "activities"]);
    let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).collect::<Vec<_>>()];
    rows.extend(projects.iter().map(|p| vec![columns::clean(&p.id), name(p), p.activities.to_string()]));
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
    const NAMED: usize = 20;
    let ids = file.plans.iter().take(NAMED).map(|p| p.id.as_str());
    let more = if file.plans.len() > NAMED { Some("…") } else { None };
    let ids = ids.chain(more).collect::<Vec<_>>().join(tongue.say("、", ", "));
    let zh = format!("没有编号为 {id} 的项目。文件里有：{ids}");
    let en = format!("there is no project {id}; the file holds: {ids}");
    let message = tongue.say(&zh, &en).to_owned();
    Unread::Refused(vec![Said { code: "unknown_project", place: "--project".into(), found: id.into(), message, is_placed: false }])
}

/// The activity of a uid, else the summary row; else the one with this code. `option` is what asked for it.
pub fn find(plan: &Plan, who: &str, option: &str, tongue: Tongue) -> Result<ActivityIx, Unread> {
    let by_uid = || who.parse().ok().and_then(|uid| plan.find(uid, false).or_else(|| plan.find(uid, true)));
    let by_code = || (0..plan.labels.len()).find(|at| code(plan, *at) == who).map(|at| ActivityIx(at as u32));
    by_uid().or_else(by_code).ok_or_else(|| {
        let zh = format!("没有 uid 或编号为 {who} 的工作。请按 lantu schedule 所列的 uid 或编号填写");
        let en = format!("there is no activity with the uid or id {who}: the table of lantu schedule shows both");
        let message = tongue.say(&zh, &en).to_owned();
        Unread::Refused(vec![Said { code: "unknown_activity", place: option.to_owned(), found: who.to_owned(), message, is_placed: false }])
    })
}

/// What could not be read as it stands.
pub fn losses(plan: &Plan, tongue: Tongue) -> Vec<Said> {
    plan.losses.iter().map(|l| Said::of_loss(l, tongue)).collect()
}

/// The same on stderr.
pub fn tell_losses(plan: &Plan, tongue: Tongue) {
    let losses = losses(plan, tongue);
    let n = losses.len();
    if n > 0 {
        let (zh, en) = (format!("文件中有 {n} 处未能照原样读取："), format!("not read as it stands in the file ({n}):"));
        eprintln!("{}", tongue.say(&zh, &en));
    }
    losses::tell(&losses, tongue);
}

impl Listed {
    fn of(plan: &Plan) -> Self {
        let activities = plan.activities.iter().filter(|a| !a.is_summary()).count();
        Self { id: plan.id.clone(), name: plan.name.clone(), activities }
    }
}

/// The dates of a project.
pub fn dates(plan: &Plan, tongue: Tongue) -> Result<(Network, Schedule), Unread> {
    let wheel = progress::wheel(tongue.say("正在计算", "computing"));
    let network = plan.network();
    let refused = |problems: Vec<Problem>| Unread::Refused(problems.iter().map(|p| Said::of_network(p, plan, tongue)).collect());
    let schedule = lantu_schedule::schedule(&network);
    wheel.finish_and_clear();
    let schedule = schedule.map_err(refused)?;
    Ok((network, schedule))
}

/// Where a file is written, and as what.
pub struct Target<'a> {
    pub input: &'a Path,
    pub out: &'a Path,
    /// Else by the ending of its name.
    pub format: Option<Format>,
    /// The input may be replaced.
    pub overwrite_input: bool,
    /// The command has `--force`.
    pub force_offered: bool,
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
        let (zh, en) =
            ("输出就是输入文件，未写出。请换一个文件名", "the output is the input file, and is not written: choose another name");
        let (zh_force, en_force) = if target.force_offered { ("，或加 --force", ", or add --force") } else { ("", "") };
        let message = tongue.say(&format!("{zh}{zh_force}"), &format!("{en}{en_force}")).to_owned();
        let place = String::new();
        return Err(Unread::Refused(vec![Said { code: "would_overwrite_input", place, found: String::new(), message, is_placed: false }]));
    }
    file.plans.first().and_then(|plan| target.format(plan)).ok_or_else(|| {
        let zh = "看不出要写成什么格式：文件名请以 .xer、.xml 或 .json 结尾，或用 --to 指明";
        let en = "cannot tell the format: end the name in .xer, .xml or .json, or say it with --to";
        Unread::Stop(Stop::usage(zh, en))
    })
}

/// Writes a whole file beside its place and puts it there in one step, so that none is ever half written.
pub fn write(file: &PlanFile, format: Format, target: &Target, tongue: Tongue) -> Result<Written, Unread> {
    let wheel = progress::wheel(tongue.say("正在写出", "writing"));
    let written = lantu_planfile::write(file, format).map_err(|refused| Unread::refused(&refused, tongue));
    let put = written.as_ref().map_or(Ok(()), |written| put(target.out, &written.bytes));
    wheel.finish_and_clear();
    let written = written?;
    put.map_err(|e| Unread::Stop(outcome::io(&target.out.display().to_string(), &e)))?;
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
