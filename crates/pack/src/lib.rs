//! A place's data: stages and words, gates, divisions, industries, lists, calendars.
