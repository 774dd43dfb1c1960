//! Durations that move together: a normal copula.
//!
//! The chance of each is turned into a normal number, these are mixed so that they have the wanted correlation, and turned
//! back: each keeps its own distribution (Nelsen, "An Introduction to Copulas", 2006; Iman and Conover, 1982, for rank
//! correlation as what is asked for). Chance stays each activity's own, so that a correlation changes no other draw.
use super::Own;
use super::normal::{Normal, Tables, tables};
use super::philox::chance;
use super::stream::DURATION;
use crate::lanes::{LANES, Lanes};

/// All groups that move together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Copula {
    pub factors: Vec<Factor>,
    pub joints: Vec<Joint>,
}

/// A common cause that is nobody's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause {
    pub stream: u64,
    pub tag: u32,
}

/// A group alike: each member is the common cause and its own chance, in fixed shares.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    pub cause: Cause,
    /// The roots of the shares of the common cause and of one's own.
    pub common: f64,
    pub own: f64,
    pub members: Vec<Own>,
}

/// Members of which every pair has its own correlation.
#[derive(Clone, Debug)]
pub(crate) struct Joint {
    /// Common causes, the first rows of the root.
    pub causes: Vec<Cause>,
    /// The rows behind them.
    pub members: Vec<Own>,
    /// The lower triangular root of the correlation matrix, row behind row.
    pub root: Vec<Vec<f64>>,
}

impl Copula {
    /// Writes the draws of all members.
    #[inline(always)]
    pub fn fill(&self, key: [u32; 2], block: u32, per_minute: i32, out: &mut [Lanes]) {
        if self.factors.is_empty() && self.joints.is_empty() {
            return;
        }
        let tables = tables();
        for factor in &self.factors {
            factor.fill(tables, key, block, per_minute, out);
        }
        for joint in &self.joints {
            joint.fill(tables, key, block, per_minute, out);
        }
    }
}

impl Cause {
    #[inline(always)]
    fn normal(self, tables: &Tables, key: [u32; 2], block: u32) -> Normal {
        tables.normal(&chance(key, self.stream, self.tag, block))
    }
}

impl Own {
    #[inline(always)]
    fn normal(&self, tables: &Tables, key: [u32; 2], block: u32) -> Normal {
        tables.normal(&chance(key, self.stream, DURATION, block))
    }

    #[inline(always)]
    fn draw_from(&self, normal: &Normal, tables: &Tables, per_minute: i32, out: &mut [Lanes]) {
        if let Some(out) = out.get_mut(self.at as usize) {
            self.quantile.draw(&tables.chance(normal), per_minute, out);
        }
    }
}

impl Factor {
    #[inline(always)]
    fn fill(&self, tables: &Tables, key: [u32; 2], block: u32, per_minute: i32, out: &mut [Lanes]) {
        let common = self.cause.normal(tables, key, block);
        for member in &self.members {
            let mut mixed = member.normal(tables, key, block);
            for lane in 0..LANES {
                mixed.0[lane] = self.common * common.0[lane] + self.own * mixed.0[lane];
            }
            member.draw_from(&mixed, tables, per_minute, out);
        }
    }
}

impl Joint {
    #[inline(always)]
    fn fill(&self, tables: &Tables, key: [u32; 2], block: u32, per_minute: i32, out: &mut [Lanes]) {
        let causes = self.causes.iter().map(|cause| cause.normal(tables, key, block));
        let normals: Vec<Normal> = causes.chain(self.members.iter().map(|member| member.normal(tables, key, block))).collect();
        for (member, row) in self.members.iter().zip(self.root.iter().skip(self.causes.len())) {
            let mut mixed = Normal([0.0; LANES]);
            for (weight, normal) in row.iter().zip(&normals) {
                for lane in 0..LANES {
                    mixed.0[lane] += weight * normal.0[lane];
                }
            }
            member.draw_from(&mixed, tables, per_minute, out);
        }
    }
}
