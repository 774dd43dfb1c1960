//! The dates of a schedule file's only project, as `lantu schedule FILE --json` gives them:
//! `cargo run -p lantu-planfile --example schedule -- schedule FILE --json`.
use lantu_planfile::{answer, read};
use lantu_schedule::{Tongue, longest_path, schedule};
use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(file) = std::env::args().skip(1).find(|a| a != "schedule" && !a.starts_with("--")) else {
        eprintln!("usage: schedule FILE");
        return ExitCode::from(2);
    };
    match dates(Path::new(&file)) {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::from(1)
        }
    }
}

fn dates(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let file = read(&bytes).map_err(|refused| refused.to_string())?;
    let projects: Vec<_> = file.plans.iter().filter(|p| !file.is_baseline(p)).collect();
    let [plan] = projects.as_slice() else {
        return Err(file.plans.iter().map(|p| format!("{} {}", p.id, p.name)).collect::<Vec<_>>().join("\n"));
    };
    let said = |problems: Vec<lantu_schedule::Problem>| problems.iter().map(|p| p.say(Tongue::English)).collect::<Vec<_>>().join("\n");
    let network = plan.network();
    let schedule = schedule(&network).map_err(said)?;
    let longest = longest_path(&network, &schedule);
    Ok(answer(plan, &schedule, |at| longest.get(at).is_some_and(|on| *on)))
}
