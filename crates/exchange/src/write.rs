//! Workbooks out.
