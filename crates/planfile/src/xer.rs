//! Primavera P6's XER: a database's tables as text.
mod blob;
mod charset;
mod findings;
mod forms;
mod sheet;
