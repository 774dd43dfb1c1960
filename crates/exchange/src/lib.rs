//! Bytes to drafts and back: workbooks and delimited text.
//!
//! Pure: bytes in, values out. [`read_workbook`] refuses what is no table; [`choose_sheet`] finds the heading among
//! titles, groups and notes; [`propose`] says which column is which fact; [`read_rows`] reads every cell into a draft
//! and names each doubt at its cell; [`write`] makes workbooks again. What the place calls things comes in as a [`Vocabulary`].
pub mod header;
pub mod mapping;
pub mod parse;
mod read;
pub mod rows;
pub mod sheet;
pub mod vocabulary;
pub mod write;
pub mod write_sheet;

pub use header::{HeaderFound, Heading, choose_sheet, find_header, header_at};
pub use mapping::{ColumnMap, ListGuess, Mapping, MappingFrom, fingerprint, propose};
pub use parse::{CellProblem, Defaults, DraftValue, FieldDraft, PersonText, RowDraft, read_formality, read_rows};
pub use read::read_workbook;
pub use rows::RowKind;
pub use sheet::{Cell, CellValue, FileRefusal, Limits, Merge, Sheet, Workbook, column_letters};
pub use vocabulary::{Unit, Vocabulary};
