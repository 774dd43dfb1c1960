//! 手续矩阵: the list as a sheet of permits.
use crate::bureau::{Bureau, TODAY, moment};
use jiff::civil::date;
use lantu_app::{
    Filter, Mode, PageAsk, Sort,
    create_project::{ProjectDraft, create_project},
    export_list::ExportFormat,
    export_matrix::export_matrix,
    import_list::start_import,
    list_projects::count_projects,
    record_cells::{CellEdit, CellSaid, Recorded, record_cells},
    show_matrix::{MatrixBy, show_matrix, sum_matrix},
    show_project::show_project,
    undo::undo,
    view::MatrixRow,
};
use lantu_model::{FormalityAct, FormalityFact, ProjectId};
use serde_json::json;

async fn project(b: &Bureau, name: &str, town: &str, number: u8) -> ProjectId {
    let facts = json!({ "division": town, "procedure": "filing", "total_investment": 500_000_000, "scale": "新建厂房" });
    let draft = json!({ "name": name, "code": format!("2601-339981-04-01-0000{number:02}"), "facts": facts });
    let draft: ProjectDraft = serde_json::from_value(draft).unwrap();
    create_project(&b.desk, b.ask(), draft, None).await.unwrap().0
}

async fn sheet(b: &Bureau) -> Vec<MatrixRow> {
    let page = PageAsk { limit: 100, after: None };
    show_matrix(&b.desk, b.ask(), &Filter::default(), Sort::default(), &page, None).await.unwrap().items
}

async fn said(b: &Bureau, cells: &[(ProjectId, &str, CellSaid)], mode: Mode) -> Recorded {
    let mut edits = vec![];
    for (project, kind, said) in cells {
        let seq = show_project(&b.desk, b.ask(), *project, None).await.unwrap().seq;
        edits.push(CellEdit { project: *project, seq, kind: (*kind).into(), said: said.clone() });
    }
    record_cells(&b.desk, b.ask(), edits, mode, None).await.unwrap()
}

fn text(t: &str) -> CellSaid {
    CellSaid::Text(t.into())
}

async fn three(b: &Bureau) -> [ProjectId; 3] {
    let town = b
        .desk
        .books(b.clerk.scope.office)
        .await
        .unwrap()
        .place
        .divisions
        .iter()
        .filter(|d| d.parent.is_some())
        .map(|d| d.code.clone())
        .collect::<Vec<_>>();
    [project(b, "示例甲", &town[0], 11).await, project(b, "示例乙", &town[0], 22).await, project(b, "示例丙", &town[1], 33).await]
}

#[tokio::test]
async fn a_pasted_block_is_read_as_an_import_reads_it_and_written_whole() {
    let b = Bureau::open().await;
    let [one, two, three] = three(&b).await;
    let block = [
        (one, "filing", text("√ 2026-02-03")),
        (one, "eia", text("办理中 2026-05-06")),
        (two, "filing", text("√")),
        (two, "eia", text("—")),
        (three, "eia", text("计划 2026-08")),
        (three, "filing", text("")),
    ];
    let preview = said(&b, &block, Mode::Preview).await;
    assert_eq!(preview.feed, None);
    let standings: Vec<_> = preview.cells.iter().map(|c| c.after.as_ref().map(|a| a.standing)).collect();
    assert_eq!(standings, [Some("granted"), Some("running"), Some("granted"), Some("not_needed"), Some("planned"), None]);
    assert!(preview.cells[5].same);
    assert!(sheet(&b).await.iter().all(|r| r.cells.is_empty()), "a preview writes nothing");
    let done = said(&b, &block, Mode::Commit).await;
    let row = &sheet(&b).await.into_iter().find(|r| r.id == one).unwrap();
    assert_eq!((row.granted, row.needed, row.seq), (1, 2, 2));
    assert_eq!(row.cells.iter().find(|c| c.kind == "eia").unwrap().since, Some(date(2026, 5, 6)));
    undo(&b.desk, b.ask(), done.feed.unwrap()).await.unwrap();
    assert!(sheet(&b).await.iter().all(|r| r.cells.is_empty()), "the whole block is taken back");
}

#[tokio::test]
async fn one_bad_cell_stops_the_block_and_every_bad_cell_is_named() {
    let b = Bureau::open().await;
    let [one, two, _] = three(&b).await;
    said(&b, &[(one, "filing", text("√ 2026-02-03"))], Mode::Commit).await;
    let accept = |on| CellSaid::Fact(FormalityFact { kind: String::new(), on, basis: String::new(), act: FormalityAct::Accept });
    let block = [
        (one, "filing", text("办理中")),
        (one, "eia", text("详见附件")),
        (two, "nonsense", text("√")),
        (two, "eia", accept(date(2026, 6, 1))),
        (two, "filing", text("√")),
    ];
    let done = said(&b, &block, Mode::Commit).await;
    assert_eq!(done.feed, None);
    let codes: Vec<_> = done.cells.iter().map(|c| c.problems.first().map(|p| p.code.as_str())).collect();
    let expected = [Some("formality_regress"), Some("formality_unreadable"), Some("unknown_formality"), Some("fact_in_future"), None];
    assert_eq!(codes, expected);
    assert!(sheet(&b).await.iter().find(|r| r.id == two).unwrap().cells.is_empty());
}

#[tokio::test]
async fn sums_are_the_lists_and_groups_sum_to_them() {
    let b = Bureau::open().await;
    let [one, two, three] = three(&b).await;
    let block =
        [(one, "filing", text("√")), (two, "filing", text("办理中 2026-04-01")), (three, "filing", text("√")), (three, "eia", text("—"))];
    said(&b, &block, Mode::Commit).await;
    let sums = sum_matrix(&b.desk, b.ask(), &Filter::default(), Some(MatrixBy::Division), None).await.unwrap();
    let list = count_projects(&b.desk, b.ask(), &Filter::default(), None).await.unwrap();
    assert_eq!((sums.total.rows, sums.groups.len()), (list.rows, 2));
    let rows = sheet(&b).await;
    let listed = rows.iter().fold((0, 0), |(g, n), r| (g + u64::from(r.granted), n + u64::from(r.needed)));
    assert_eq!((sums.total.granted, sums.total.needed), listed);
    for kind in ["filing", "eia"] {
        let of = |g: &lantu_app::view::MatrixGroup| {
            g.columns.iter().find(|c| c.kind == kind).map_or([0; 4], |c| [c.granted, c.needed, c.in_hand, c.overdue])
        };
        let groups = sums.groups.iter().map(of).fold([0; 4], |a, c| std::array::from_fn(|i| a[i] + c[i]));
        assert_eq!(groups, of(&sums.total), "{kind}");
    }
    // A filing is decided on the spot: in hand since April it is late.
    assert_eq!(
        sums.total.columns.iter().find(|c| c.kind == "filing").map(|c| (c.granted, c.needed, c.in_hand, c.overdue)),
        Some((2, 3, 1, 1))
    );
    assert_eq!(sums.columns.iter().map(|c| c.kind.as_str()).collect::<Vec<_>>(), ["filing", "eia"]);
}

#[tokio::test]
async fn a_cell_is_the_clock_of_the_projects_page_on_any_day() {
    let b = Bureau::open().await;
    let [one, ..] = three(&b).await;
    said(&b, &[(one, "eia", text("办理中 2026-05-06"))], Mode::Commit).await;
    for day in [None, Some(TODAY)] {
        let page = PageAsk { limit: 10, after: None };
        let rows = show_matrix(&b.desk, b.ask(), &Filter::default(), Sort::default(), &page, day).await.unwrap().items;
        let cell = rows.iter().find(|r| r.id == one).unwrap().cells[0].clone();
        let clock = show_project(&b.desk, b.ask(), one, day).await.unwrap().clocks[0].clone();
        assert_eq!(
            (cell.run, cell.left, cell.limit_day, cell.overdue, cell.mover),
            (clock.run, clock.left, clock.limit_day, clock.overdue, clock.mover)
        );
    }
    let before = show_matrix(
        &b.desk,
        b.ask_on(moment(TODAY).day),
        &Filter::default(),
        Sort::default(),
        &PageAsk::first(10),
        Some(date(2026, 5, 17)),
    )
    .await;
    assert!(before.unwrap().items.is_empty(), "nothing was known then");
}

#[tokio::test]
async fn the_exported_sheet_is_read_back_without_a_change() {
    let b = Bureau::open().await;
    let [one, two, three] = three(&b).await;
    let block = [
        (one, "filing", text("√ 2026-02-03")),
        (one, "eia", text("办理中 2026-05-06")),
        (two, "filing", text("√")),
        (two, "eia", text("—")),
        (three, "eia", text("计划 2026-08")),
    ];
    said(&b, &block, Mode::Commit).await;
    for (format, name) in [(ExportFormat::Xlsx, "矩阵.xlsx"), (ExportFormat::Csv, "矩阵.csv")] {
        let bytes =
            export_matrix(&b.desk, b.ask(), &Filter::default(), Sort::default(), Some(MatrixBy::Division), None, format).await.unwrap();
        let state = start_import(&b.desk, b.ask(), name, bytes).await.unwrap();
        let mapped: Vec<_> = state.columns.iter().filter_map(|c| c.field.clone()).filter(|f| f.starts_with("formality:")).collect();
        assert_eq!(mapped, ["formality:filing", "formality:eia"], "{name}: {:?}", state.columns);
        let c = state.counts;
        assert_eq!((c.rows, c.unchanged, c.changes, c.blocked), (3, 3, 0, 0), "{name}: {:#?}", state.problems);
    }
}
