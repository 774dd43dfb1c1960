//! 导入清单.
#[derive(Debug, Default)]
pub struct Previews;
