//! What facts mean: the derived row of a project.
