//! How a command ends: exit codes that scripts lean on, and words for what stopped it.
use crate::tongue::Tongue;
use lantu_model::Problem;
use std::{io::Write, process::ExitCode};

/// Done, or refused with what stands against it already printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Refused,
}

/// What stopped a command before it could answer.
#[derive(Debug)]
pub enum Stop {
    /// 1: the input or the state forbids it; said with words and a remedy.
    Refused(Vec<Problem>),
    /// 2: the arguments make no sense.
    Usage { zh: String, en: String },
    /// 3: something outside failed (a file, a port, a database), or the program itself.
    Broken { zh: String, en: String },
}

impl Stop {
    pub fn broken(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Broken { zh: zh.into(), en: en.into() }
    }
    pub fn usage(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Usage { zh: zh.into(), en: en.into() }
    }
}

/// An answer on stdout; whoever reads it may stop early, as `head` does.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

pub fn exit(result: Result<Outcome, Stop>, tongue: Tongue) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(Stop::Refused(problems)) => {
            for problem in &problems {
                eprintln!("{}", tongue.problem(problem));
            }
            ExitCode::from(1)
        }
        Err(Stop::Usage { zh, en }) => {
            eprintln!("{}", tongue.say(&zh, &en));
            ExitCode::from(2)
        }
        Err(Stop::Broken { zh, en }) => {
            eprintln!("{}", tongue.say(&zh, &en));
            ExitCode::from(3)
        }
    }
}

/// Words for a failed read or write of a file, a port or a folder.
pub fn io(what: &str, error: &std::io::Error) -> Stop {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => Stop::broken(format!("找不到 {what}"), format!("{what} does not exist")),
        Kind::PermissionDenied => Stop::broken(format!("没有权限使用 {what}"), format!("no permission to use {what}")),
        Kind::AddrInUse => Stop::broken(
            format!("端口已被占用:{what}。请先停掉占用它的程序,或用 --listen 换一个端口"),
            format!("{what} is already in use: stop the program that holds it, or choose another port with --listen"),
        ),
        Kind::AddrNotAvailable => Stop::broken(format!("本机没有这个地址:{what}"), format!("{what} is not an address of this machine")),
        Kind::IsADirectory => Stop::broken(format!("{what} 是文件夹，不是文件"), format!("{what} is a folder, not a file")),
        _ => Stop::broken(format!("{what}:{error}"), format!("{what}: {error}")),
    }
}
