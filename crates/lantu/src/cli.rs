//! The command line: its commands, their arguments, their help in both languages.
use crate::{commands, tongue::Tongue};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use lantu_model::words::Lang;

#[derive(Parser)]
#[command(name = "lantu", version, about = "Lantu: the portfolio of major projects")]
pub struct Cli {
    /// Language of messages (default: from the environment)
    #[arg(long, global = true, value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve a demo county, made afresh unless the database holds one
    Demo(commands::demo::Demo),
    /// Serve an office's database
    Serve(commands::serve::Serve),
    /// Read a project list into a database
    Import(commands::import::Import),
    /// Compute the dates of a schedule file
    Schedule(commands::schedule::ScheduleFile),
    /// Write a schedule file in another format, with a report of what is lost
    Convert(commands::convert::Convert),
    /// Work on packs of a place's data
    #[command(subcommand)]
    Pack(commands::pack::Pack),
    /// Check the journal's chains and the state against the journal
    Verify(commands::verify::Verify),
    /// Live a bureau's months from one seed
    Simulate(commands::simulate::Simulate),
    /// Print the API's OpenAPI description
    Openapi(commands::openapi::Openapi),
}

/// What a command, or an argument anywhere, is for, in Chinese.
const CHINESE: &[(&str, &str)] = &[
    ("demo", "启动演示县(数据库为空时先生成)"),
    ("serve", "启动服务"),
    ("import", "把项目清单导入数据库"),
    ("schedule", "计算进度计划文件的日期"),
    ("schedule_file", "进度计划:P6 的 .xer、.xml,MS Project 的 .xml,或 .json"),
    ("convert", "把进度计划转成另一种格式,并报告丢失的内容"),
    ("converted_file", "写到何处(.xer、.xml、.json)"),
    ("to", "写成哪种格式[默认:按文件名结尾;.xml 按原文件所属软件]"),
    ("force", "允许覆盖输入文件"),
    ("project", "文件中的哪个项目(编号)"),
    ("dialect", "按哪个软件的规则计算[默认:生成该文件的软件]"),
    ("why", "说明这个 uid 的工作为何排在此处"),
    ("quality", "按十四点评估等检查进度计划的质量"),
    ("output", "把带有计算日期的文件写到此处"),
    ("pack", "地方数据包"),
    ("check", "检查数据包,逐条指出文件、行和键"),
    ("verify", "核对日志链,并与现状比对"),
    ("simulate", "按种子模拟若干月的日常业务"),
    ("openapi", "输出接口说明(OpenAPI)"),
    ("help", "显示帮助"),
    ("lang", "提示语言(默认取自环境)"),
    ("version", "显示版本"),
    ("listen", "监听地址"),
    ("database", "数据库:sqlite:路径 或 postgres://…"),
    ("json", "以 JSON 输出"),
    ("today", "以这一天为今天(演示、测试用)"),
    ("no_migrate", "启动时不升级数据库结构"),
    ("file", "清单文件(.xlsx、.xls、.csv)"),
    ("pack_name", "新建数据库时使用的数据包"),
    ("place", "新建数据库时使用的属地[默认:文件里写到其镇街的那一个]"),
    ("list", "导入到哪份清单,写作 类别:年份"),
    ("preview", "只预览,不写入"),
    ("dir", "数据包目录"),
    ("seed", "随机种子"),
    ("projects", "项目数"),
    ("months", "月数"),
];

fn chinese(id: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(k, _)| *k == id).map(|(_, zh)| *zh)
}

/// Headings and the fixed flags too; `{all-args}` keeps clap's own order.
const TEMPLATE: &str = "{about}\n\n用法: {usage}\n\n{all-args}";

fn in_chinese(mut command: clap::Command) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command = command.help_template(TEMPLATE).subcommand_help_heading("命令").disable_help_flag(true).arg(help);
    if let Some(zh) = chinese(command.get_name()) {
        command = command.about(zh);
    }
    let args: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for id in args {
        if let Some(zh) = chinese(&id) {
            command = command.mut_arg(id, |a| {
                let heading = if a.is_positional() { "参数" } else { "选项" };
                a.help(zh).help_heading(heading)
            });
        }
    }
    let subs: Vec<String> = command.get_subcommands().map(|s| s.get_name().to_owned()).collect();
    for name in subs {
        command = command.mut_subcommand(name, in_chinese);
    }
    command
}

/// Parses the arguments; on wrong usage or `--help` prints and ends the process (2 or 0).
pub fn parse(args: &[String], tongue: Tongue) -> Cli {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = match tongue.0 {
        Lang::Zh => {
            in_chinese(Cli::command().disable_help_subcommand(true).disable_version_flag(true).arg(version)).about("揽图:重大项目组合管理")
        }
        Lang::En => Cli::command(),
    };
    let matches = command.get_matches_from(args);
    Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed_in_both_languages() {
        Cli::command().debug_assert();
        in_chinese(Cli::command()).debug_assert();
    }

    #[test]
    fn every_argument_and_command_has_chinese_words() {
        fn walk(command: &clap::Command, missing: &mut Vec<String>) {
            missing.extend(command.get_arguments().map(|a| a.get_id().to_string()).filter(|id| chinese(id).is_none()));
            for sub in command.get_subcommands() {
                missing.extend(Some(sub.get_name().to_owned()).filter(|n| chinese(n).is_none()));
                walk(sub, missing);
            }
        }
        let mut missing = vec![];
        walk(&Cli::command(), &mut missing);
        assert!(missing.is_empty(), "without Chinese words: {missing:?}");
    }
}
