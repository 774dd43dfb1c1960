//! A bureau's life from one seed, through the use cases.
