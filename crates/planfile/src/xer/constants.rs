//! What P6 asks of a row and no plan says: the same in every file that is made anew.
use super::patch::Cell;

/// As cells.
pub(super) fn constants(pairs: &'static [(&'static str, &'static str)]) -> impl Iterator<Item = (&'static str, Cell)> {
    pairs.iter().map(|(c, v)| (*c, Cell::from(*v)))
}

pub(super) const CURRTYPE: &[(&str, &str)] = &[
    ("curr_id", "1"),
    ("decimal_digit_cnt", "2"),
    ("curr_symbol", "CNY"),
    ("decimal_symbol", "."),
    ("digit_group_symbol", ","),
    ("pos_curr_fmt_type", "#1.1"),
    ("neg_curr_fmt_type", "(#1.1)"),
    ("curr_type", "Chinese Yuan"),
    ("curr_short_name", "CNY"),
    ("group_digit_cnt", "3"),
    ("base_exch_rate", "1"),
];
pub(super) const OBS: &[(&str, &str)] =
    &[("obs_id", "1"), ("parent_obs_id", ""), ("guid", ""), ("seq_num", "0"), ("obs_name", "Enterprise")];
pub(super) const PROJECT: &[(&str, &str)] = &[
    ("fy_start_month_num", "1"),
    ("rsrc_self_add_flag", "Y"),
    ("allow_complete_flag", "Y"),
    ("rsrc_multi_assign_flag", "Y"),
    ("checkout_flag", "N"),
    ("project_flag", "Y"),
    ("step_complete_flag", "N"),
    ("cost_qty_recalc_flag", "N"),
    ("batch_sum_flag", "Y"),
    ("name_sep_char", "."),
    ("def_complete_pct_type", "CP_Drtn"),
    ("task_code_base", "1000"),
    ("task_code_step", "10"),
    ("priority_num", "10"),
    ("wbs_max_sum_level", "0"),
    ("strgy_priority_num", "500"),
    ("def_cost_per_qty", "0"),
    ("def_duration_type", "DT_FixedDUR2"),
    ("task_code_prefix", "A"),
    ("def_qty_type", "QT_Hour"),
    ("add_by_name", "admin"),
    ("def_rate_type", "COST_PER_QTY"),
    ("add_act_remain_flag", "N"),
    ("act_this_per_link_flag", "Y"),
    ("def_task_type", "TT_Task"),
    ("act_pct_link_flag", "N"),
    ("task_code_prefix_flag", "Y"),
    ("def_rollup_dates_flag", "Y"),
    ("use_project_baseline_flag", "Y"),
    ("rem_target_link_flag", "Y"),
    ("reset_planned_flag", "N"),
    ("allow_neg_act_flag", "N"),
    ("sum_assign_level", "SL_Taskrsrc"),
    ("loaded_scope_level", "7"),
    ("export_flag", "Y"),
];
pub(super) const SCHEDOPTIONS: &[(&str, &str)] = &[
    ("sched_setplantoforecast", "N"),
    ("level_float_thrs_cnt", "0"),
    ("level_outer_assign_flag", "N"),
    ("level_outer_assign_priority", "5"),
    ("level_over_alloc_pct", "25"),
    ("level_within_float_flag", "N"),
    ("level_keep_sched_date_flag", "Y"),
    ("level_all_rsrc_flag", "Y"),
    ("sched_use_project_end_date_for_float", "Y"),
    ("enable_multiple_longest_path_calc", "N"),
    ("limit_multiple_longest_path_calc", "Y"),
    ("max_multiple_longest_path", "10"),
    ("use_total_float_multiple_longest_paths", "Y"),
    ("key_activity_for_multiple_longest_paths", ""),
    ("LevelPriorityList", "priority_type,ASC"),
];
pub(super) const PROJWBS: &[(&str, &str)] = &[
    ("obs_id", "1"),
    ("est_wt", "1"),
    ("sum_data_flag", "N"),
    ("ev_user_pct", "6"),
    ("ev_etc_user_value", "0.88"),
    ("orig_cost", "0"),
    ("indep_remain_total_cost", "0"),
    ("ev_compute_type", "EC_Cmp_pct"),
    ("ev_etc_compute_type", "EE_PF_cpi"),
];
pub(super) const RSRC: &[(&str, &str)] = &[
    ("cost_qty_type", "QT_Hour"),
    ("active_flag", "Y"),
    ("auto_compute_act_flag", "N"),
    ("def_cost_qty_link_flag", "Y"),
    ("ot_flag", "N"),
    ("curr_id", "1"),
    ("load_tasks_flag", "N"),
    ("level_flag", "N"),
];
pub(super) const TASK: &[(&str, &str)] = &[
    ("rev_fdbk_flag", "N"),
    ("est_wt", "1"),
    ("lock_plan_flag", "N"),
    ("auto_compute_act_flag", "N"),
    ("priority_type", "PT_Normal"),
    ("act_this_per_work_qty", "0"),
    ("act_this_per_equip_qty", "0"),
];
pub(super) const TASKRSRC: &[(&str, &str)] = &[
    ("cost_qty_link_flag", "Y"),
    ("rollup_dates_flag", "Y"),
    ("ts_pend_act_end_flag", "N"),
    ("rate_type", "COST_PER_QTY"),
    ("cost_per_qty_source_type", "ST_Rsrc"),
];
