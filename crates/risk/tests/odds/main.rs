//! Sampled distributions against the exact ones where those are known: series, parallel work, small networks by
//! enumeration, risks, correlated pairs, work begun, calendars with nights and weekends, weather.
//!
//! The references here share nothing with the library but its types. A sampled distribution agrees when its largest
//! distance from the exact one is within the bound of Dvoretzky, Kiefer and Wolfowitz with Massart's constant ("The tight
//! constant in the Dvoretzky-Kiefer-Wolfowitz inequality", 1990), at a level of one in a million; seeds are fixed.
mod agree;
mod correlated;

mod days;
mod exact;
mod networks;
mod parallel;
mod plans;
mod risks;
mod series;
mod started;
mod weather;
