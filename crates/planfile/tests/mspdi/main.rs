//! Microsoft Project's XML: real files, files made anew, hostile files.
mod corpus;
