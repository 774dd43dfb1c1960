//! Files that mean harm, or are broken.
