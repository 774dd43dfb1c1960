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
    /// How sure the dates of a schedule file are
    Risk(commands::risk::RiskFile),
    /// Write a schedule file in another format, with a report of what is lost
    Convert(commands::convert::Convert),
    /// Schedule a pack's pattern of a whole project from a day
    Network(commands::network::PatternNetwork),
    /// What changed between two versions of a schedule file
    Compare(commands::compare::Compare),
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
    ("demo", "启动演示县（数据库为空时先生成）"),
    ("serve", "启动服务"),
    ("import", "把项目清单导入数据库"),
    ("schedule", "计算进度计划文件的日期"),
    ("schedule_file", "进度计划：P6 的 .xer、.xml，MS Project 的 .xml，或 .json"),
    ("risk", "模拟进度计划文件，给出日期的把握"),
    ("iterations", "模拟次数，1 到 100,000,000"),
    ("chance_seed", "随机种子：种子相同则结果相同，与线程数无关"),
    ("threads", "线程数（默认：与处理器相同）"),
    ("spread", "没有给出工期区间的工作按工期加减百分之几估算；0 为不估算"),
    ("by", "某日前完成的可能性：项目（2026-12-31）或某项工作（2026-06-30=17，等号后为 uid 或编号）；可给出多个，并算出同时做到的可能性"),
    ("until", "P80 的置信区间窄到这个宽度时提前结束：1d（天）、8h（小时）或 30m（分钟）"),
    ("convert", "把进度计划转成另一种格式，并报告丢失的内容"),
    ("compare", "比较进度计划文件的两个版本：哪些变了，工期移动多少，哪些值得追问"),
    ("old_version", "旧版进度计划：P6 的 .xer、.xml，MS Project 的 .xml，或 .json；两个文件的格式可以不同"),
    ("new_version", "新版进度计划"),
    ("converted_file", "写到何处（.xer、.xml、.json）"),
    ("to", "写成哪种格式：xer、pmxml（P6 的 XML）、mspdi（MS Project 的 XML）或 json（默认：按文件名结尾；.xml 按原文件所属软件）"),
    ("force", "允许覆盖输入文件"),
    ("project", "文件中的哪个项目（编号）"),
    ("dialect", "按哪个软件的规则计算：p6 或 msp（默认：生成该文件的软件）"),
    ("why", "说明一项工作为何排在此处：填表中的 uid 或编号"),
    ("quality", "按十四点评估等检查进度计划的质量"),
    ("output", "把带有计算日期的文件写到此处"),
    ("network", "把地方数据包里的工期模板从某天起排成日期"),
    ("pattern", "模板，如 MFG（标准地新建工厂）"),
    ("pattern_pack", "数据包名称，或其所在文件夹"),
    ("start", "从哪天起（年-月-日）"),
    ("without", "不办的事项编号，可写几个"),
    ("fact", "项目情况，写作 名称=值，如 energy_tce=800、civil_works=否；可写几次"),
    ("pack", "地方数据包"),
    ("check", "检查数据包，逐条指出文件、行和键"),
    ("verify", "核对日志链，并与现状比对"),
    ("simulate", "按种子模拟若干月的日常业务"),
    ("openapi", "输出接口说明（OpenAPI）"),
    ("help", "显示帮助"),
    ("lang", "提示语言：zh 或 en（默认取自环境）"),
    ("version", "显示版本"),
    ("listen", "监听地址"),
    ("database", "数据库：sqlite:路径 或 postgres://…"),
    ("json", "以 JSON 输出"),
    ("today", "以这一天为今天（演示、测试用）"),
    ("evidence", "文件存放处：folder:路径 或 s3://存储桶/前缀（默认：数据库旁边的文件夹）"),
    ("sweep", "删除一天以前留下、任何项目的任何版本都没有用到的文件"),
    ("no_migrate", "启动时不升级数据库结构"),
    ("file", "清单文件（.xlsx、.xls、.csv）"),
    ("pack_name", "新建数据库时使用的数据包"),
    ("place", "新建数据库时使用的属地（默认：文件里写到其镇街的那一个）"),
    ("list", "导入到哪份清单，写作 类别:年份"),
    ("preview", "只预览，不写入"),
    ("dir", "数据包目录"),
    ("seed", "随机种子"),
    ("projects", "项目数"),
    ("months", "月数"),
];

fn chinese(id: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(k, _)| *k == id).map(|(_, zh)| *zh)
}

/// Headings and the fixed flags too; `{all-args}` keeps clap's own order.
const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

fn in_chinese(mut command: clap::Command) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command = command.help_template(TEMPLATE).subcommand_help_heading("命令").disable_help_flag(true).arg(help);
    if let Some(zh) = chinese(command.get_name()) {
        command = command.about(zh);
    }
    // Under a heading of its own an argument would stand by its name.
    let mut place = 0;
    command = command.mut_args(|arg| {
        place += 1;
        argument_in_chinese(arg).display_order(place)
    });
    let subs: Vec<String> = command.get_subcommands().map(|s| s.get_name().to_owned()).collect();
    for name in subs {
        command = command.mut_subcommand(name, in_chinese);
    }
    command
}

fn argument_in_chinese(arg: Arg) -> Arg {
    let Some(zh) = chinese(arg.get_id().as_str()) else { return arg };
    // The words name the possible values, whose own lines would be English.
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help(zh).help_heading("选项");
    let arg = if takes_values { arg.hide_possible_values(true) } else { arg };
    if !arg.is_positional() {
        return arg;
    }
    let name = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    const NAMED: [(&str, &str); 7] =
        [("FILE", "文件"), ("IN", "输入"), ("OUT", "输出"), ("OLD", "旧版"), ("NEW", "新版"), ("DIR", "文件夹"), ("PATTERN", "模板")];
    let named = NAMED.into_iter().find(|(en, _)| *en == name);
    let arg = arg.help_heading("参数");
    if let Some((_, zh)) = named { arg.value_name(zh) } else { arg }
}

/// Parses the arguments; on wrong usage or `--help` prints and ends the process (2 or 0).
pub fn parse(args: &[String], tongue: Tongue) -> Cli {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = match tongue.0 {
        Lang::Zh => {
            in_chinese(Cli::command().disable_help_subcommand(true).disable_version_flag(true).arg(version)).about("揽图：重大项目组合管理")
        }
        Lang::En => Cli::command(),
    };
    let matches = command.try_get_matches_from(args).unwrap_or_else(|e| wrong_usage(&e, tongue));
    Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit())
}

/// Ends the process; help and version come this way too.
fn wrong_usage(error: &clap::Error, tongue: Tongue) -> ! {
    match tongue.0 {
        Lang::Zh => match usage_in_chinese(error) {
            Some(said) => {
                eprintln!("{said}");
                std::process::exit(2)
            }
            None => error.exit(),
        },
        Lang::En => error.exit(),
    }
}

fn usage_in_chinese(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind as About, ErrorKind as Kind};
    let of = |about| error.get(about).map(|v| v.to_string().replace(", ", "、")).unwrap_or_default();
    let (arg, value, valid) = (of(About::InvalidArg), of(About::InvalidValue), of(About::ValidValue));
    let what = match error.kind() {
        Kind::MissingRequiredArgument => format!("缺少参数：{arg}"),
        Kind::UnknownArgument => format!("没有这个参数：{arg}"),
        Kind::InvalidSubcommand => format!("没有这个命令：{}", of(About::InvalidSubcommand)),
        Kind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少取值"),
        Kind::InvalidValue => format!("{arg} 不能是“{value}”，可用的取值：{valid}"),
        Kind::ValueValidation => format!("{arg} 的取值“{value}”不对{}", should_be(&arg)),
        Kind::ArgumentConflict => format!("{arg} 重复，或与其他参数冲突"),
        _ => return None,
    };
    Some(format!("{what}。用法请看 --help"))
}

/// What an option takes, said after a wrong value.
fn should_be(arg: &str) -> String {
    const TAKES: [(&str, &str); 6] = [
        ("--by", "应写作 2026-12-31；某项工作写作 2026-12-31=17，等号后为 uid 或编号"),
        ("--until", "应写作 1d（天）、8h（小时）或 30m（分钟）"),
        ("--iterations", "应为 1 到 100,000,000 的整数"),
        ("--spread", "应为 0 到 1000 的百分数"),
        ("--threads", "应为 1 到 1024 的整数"),
        ("--seed", "应为不小于 0 的整数"),
    ];
    let option = arg.split(' ').next().unwrap_or_default();
    TAKES.iter().find(|(name, _)| *name == option).map(|(_, takes)| format!("：{takes}")).unwrap_or_default()
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
    fn help_in_chinese_keeps_the_order_of_arguments_and_says_their_values() {
        let mut command = in_chinese(Cli::command());
        let help = command.find_subcommand_mut("convert").unwrap().render_long_help().to_string();
        assert!(help.rfind("  <输入>") < help.rfind("  <输出>") && help.contains("mspdi"), "{help}");
        assert!(!help.contains("possible values") && !help.contains("Possible values"), "{help}");
    }

    #[test]
    fn wrong_usage_is_said_in_chinese() {
        let said = |args: &[&str]| usage_in_chinese(&in_chinese(Cli::command()).try_get_matches_from(args).unwrap_err()).unwrap();
        assert_eq!(said(&["lantu", "convert", "a.xer"]), "缺少参数：<输出>。用法请看 --help");
        assert!(said(&["lantu", "schedule", "a.xer", "--dialect", "x"]).contains("不能是“x”，可用的取值：p6、msp"));
        assert!(said(&["lantu", "schedule", "a.xer", "--wy"]).contains("没有这个参数：--wy"));
        let by =
            "--by <DATE[=UID]> 的取值“31.12.2026”不对：应写作 2026-12-31；某项工作写作 2026-12-31=17，等号后为 uid 或编号。用法请看 --help";
        assert_eq!(said(&["lantu", "risk", "a.xer", "--by", "31.12.2026"]), by);
        let takes =
            [("--until", "soon", "1d（天）"), ("--iterations", "0", "1 到"), ("--spread", "-5", "0 到 1000"), ("--threads", "0", "1024")];
        for (option, value, takes) in takes {
            assert!(said(&["lantu", "risk", "a.xer", option, value]).contains(takes), "{option}");
        }
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
