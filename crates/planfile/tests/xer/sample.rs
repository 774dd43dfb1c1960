//! A small file that has a little of everything.
use lantu_planfile::{PlanFile, xer};

const WEEK: &str = "(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))\
    (0||3()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||4()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))\
    (0||5()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||6()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||7()())))\
    (0||Exceptions()((0||0(d|46143)())(0||1(d|46151)((0||0(s|08:00|f|12:00)())))))))";

/// Tables as they stand in a file; `|` between cells.
fn table(name: &str, columns: &str, rows: &[&str]) -> String {
    let line = |mark: &str, text: &str| format!("{mark}\t{}\r\n", text.replace('|', "\t"));
    let mut text = format!("%T\t{name}\r\n{}", line("%F", columns));
    rows.iter().for_each(|row| text.push_str(&line("%R", row)));
    text
}

/// Two projects that share a calendar, one a baseline of the other; started, finished and bound work; a link to elsewhere.
pub fn text() -> String {
    let tables = [
        table("CURRTYPE", "curr_id|decimal_symbol|digit_group_symbol|curr_short_name", &["1|.|,|CNY"]),
        table(
            "PROJECT",
            "proj_id|proj_short_name|clndr_id|orig_proj_id|last_recalc_date|plan_start_date|plan_end_date|critical_path_type|critical_drtn_hr_cnt|guid",
            &[
                "20|ROAD-B|1|10|2026-03-02 08:00|2026-03-02 08:00||CT_TotFloat|0|",
                "10|ROAD|1||2026-03-09 08:00|2026-03-02 08:00|2026-12-31 17:00|CT_TotFloat|8|keep",
            ],
        ),
        table("CALENDAR", "clndr_id|default_flag|clndr_name|proj_id|base_clndr_id|clndr_type|day_hr_cnt|week_hr_cnt|clndr_data", &[]),
        format!(
            "%R\t1\tY\t标准\t\t\tCA_Base\t8\t40\t{WEEK}\r\n%R\t2\tN\t项目\t10\t1\tCA_Project\t8\t40\t{}\r\n",
            WEEK.replace("46143", "46144")
        ),
        table(
            "SCHEDOPTIONS",
            "schedoptions_id|proj_id|sched_outer_depend_type|sched_retained_logic|sched_progress_override|sched_float_type|sched_calendar_on_relationship_lag|sched_use_expect_end_flag",
            &["1|10|SD_None|N|Y|FT_Min|RCAL_24Hour|N"],
        ),
        table(
            "PROJWBS",
            "wbs_id|proj_id|seq_num|proj_node_flag|wbs_short_name|wbs_name|parent_wbs_id",
            &["200|20|1|Y|ROAD-B|基线|7", "100|10|1|Y|ROAD|道路|7", "102|10|3|N|B|桥梁|100", "101|10|2|N|A|路基|100"],
        ),
        table("RSRC", "rsrc_id|clndr_id|rsrc_short_name|rsrc_name|rsrc_type", &["5|2|CRANE|吊车|RT_Equip", "6||STEEL|钢材|RT_Mat"]),
        table("RSRCRATE", "rsrc_rate_id|rsrc_id|max_qty_per_hr", &["1|5|2"]),
        table(
            "TASK",
            "task_id|proj_id|wbs_id|clndr_id|complete_pct_type|phys_complete_pct|task_type|duration_type|status_code|task_code|task_name|total_float_hr_cnt|\
             remain_drtn_hr_cnt|target_drtn_hr_cnt|cstr_date|act_start_date|act_end_date|late_start_date|late_end_date|early_start_date|early_end_date|\
             restart_date|reend_date|target_start_date|target_end_date|cstr_type|suspend_date|resume_date|driving_path_flag|secret",
            &[
                "2001|20|200|1|CP_Drtn|0|TT_Task|DT_FixedDrtn|TK_NotStart|A1|清表|0|24|24|||||||||||||||N|b",
                "1001|10|101|1|CP_Drtn|0|TT_Task|DT_FixedDrtn|TK_Complete|A1|清表||0|16||2026-03-02 08:00|2026-03-03 17:00|||||||2026-03-02 08:00|2026-03-03 17:00||||N|x",
                "1002|10|101|2|CP_Phys|30|TT_Rsrc|DT_FixedDUR2|TK_Active|A2|土方 \"\"一期\"\"|8|16|40||2026-03-04 08:00||2026-03-10 08:00|2026-03-11 17:00|2026-03-09 08:00|2026-03-10 17:00|\
                 2026-03-09 08:00|2026-03-10 17:00|2026-03-04 08:00|2026-03-10 17:00||2026-03-05 08:00|2026-03-06 08:00|N|y",
                "1003|10|102|1|CP_Drtn|0|TT_FinMile|DT_FixedDrtn|TK_NotStart|M1|通车|8|0|0|2026-04-30 17:00|||||||||||CS_MEOB|||N|z",
                "1004|10||1|CP_Drtn|0|TT_LOE|DT_FixedDrtn|TK_NotStart|L1|管理||0|0|||||||||||||||N|",
            ],
        ),
        table(
            "TASKPRED",
            "task_pred_id|task_id|pred_task_id|proj_id|pred_proj_id|pred_type|lag_hr_cnt|comments",
            &[
                "1|1002|1001|10|10|PR_FS|4|because",
                "2|1003|1002|10|10|PR_FF|-2.5|",
                "3|1003|9999|10|99|PR_FS|0|",
                "4|1003|2001|10|20|PR_FS|0|",
            ],
        ),
        table(
            "TASKRSRC",
            "taskrsrc_id|task_id|proj_id|rsrc_id|remain_qty|target_qty|remain_qty_per_hr|target_qty_per_hr|act_reg_qty|act_ot_qty|rsrc_type|curv_id",
            &["1|1002|10|5|16|40|1|1|24|0|RT_Equip|", "2|1002|10|6|2|5|0.1|0.1|3|0|RT_Mat|7"],
        ),
        table("TASKACTV", "task_id|actv_code_type_id|actv_code_id|proj_id", &["1002|1|1|10", "1003|1|1|10"]),
        table("TASKMEMO", "memo_id|task_id|memo_type_id|proj_id|task_memo", &["1|1002|3|10|<html><p>雨季&nbsp;停工</p></html>"]),
        table("NEWTABLE", "a|task_id", &["1|1003", "2|"]),
    ];
    format!("ERMHDR\t19.12\t2026-03-09\tProject\tadmin\tadmin\tdb\tProject Management\tCNY\r\n{}%E\r\n", tables.concat())
}

/// The file read.
pub fn file() -> PlanFile {
    xer::read(text().as_bytes()).unwrap_or_else(|r| panic!("{r}"))
}
