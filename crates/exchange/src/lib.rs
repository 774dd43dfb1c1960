//! Bytes to drafts and back: workbooks and delimited text.
