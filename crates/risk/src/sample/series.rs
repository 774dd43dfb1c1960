//! Logarithm, exponential, sine and the normal distribution, written out.
//!
//! Those of the standard library come from the platform and differ in their last bits; these are made of sums, products,
//! quotients and roots alone, which IEEE 754 fixes to the bit.

/// The 0.9 quantile of the standard normal distribution.
pub(crate) const Z90: f64 = 1.281_551_565_544_600_4;
const LN_2: f64 = std::f64::consts::LN_2;
const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// Added to a number below 2^51 and taken away again it leaves the nearest whole number; the sum's low bits are that number.
pub(crate) const WHOLE: f64 = 6_755_399_441_055_744.0;
/// The roots of 2π and of 1/2.
const ROOT_TAU: f64 = 2.506_628_274_631_000_5;

/// The natural logarithm of a normal number above zero; relative error below 1e-15.
///
/// ln(2^n·m) = n·ln 2 + 2·artanh((m-1)/(m+1)), with m from √½ to √2.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut n = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mut m = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
    if m > std::f64::consts::SQRT_2 {
        (m, n) = (m / 2.0, n + 1);
    }
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let sum = (0..14).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    n as f64 * LN_2 + 2.0 * s * sum
}

/// The reciprocals of the factorials from 11! to 0!.
const EXPONENTIAL: [f64; 12] = [
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// The exponential, from e^-700 to e^700, where it stops; relative error below 2e-14 from e^-40 to e^40.
///
/// e^x = 2^n·e^r with |r| of at most ln(2)/2, by Taylor's series to r^11 / 11!.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    let x = if x > 700.0 { 700.0 } else { x };
    let x = if x < -700.0 { -700.0 } else { x };
    let whole = x * LOG2_E + WHOLE;
    let r = x - (whole - WHOLE) * LN_2;
    let mut sum = EXPONENTIAL[0];
    for coefficient in &EXPONENTIAL[1..] {
        sum = sum * r + coefficient;
    }
    sum * f64::from_bits(whole.to_bits().wrapping_add(1023) << 52)
}

/// The sine of an angle of at most 1 either way; error below 1e-16.
pub(crate) fn sin(x: f64) -> f64 {
    let square = x * x;
    let sum = (1..=10).rev().fold(1.0, |sum, k| 1.0 - square / f64::from(2 * k * (2 * k + 1)) * sum);
    x * sum
}

/// The density of the standard normal distribution.
pub(crate) fn density(z: f64) -> f64 {
    exp(-0.5 * z * z) / ROOT_TAU
}

/// How likely a standard normal number is above `z`, which is 0 or more; relative error below 1e-12.
///
/// Below 3 by the series φ(z)·(z + z³/3 + z⁵/15 + …), above by Laplace's continued fraction; both as in Marsaglia,
/// "Evaluating the normal distribution", Journal of Statistical Software 11(4), 2004.
pub(crate) fn tail(z: f64) -> f64 {
    if z < 3.0 {
        let mut term = z;
        let mut sum = z;
        for k in 1..60 {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        return 0.5 - density(z) * sum;
    }
    density(z) / (1..60).rev().fold(z, |fraction, k| z + f64::from(k) / fraction)
}

/// Where the tail is `p` (of at most a half), by Newton's and Halley's steps from `near`.
pub(crate) fn tail_end(p: f64, near: f64) -> f64 {
    let mut z = near;
    for _ in 0..50 {
        let newton = (tail(z) - p) / density(z);
        let step = newton / (1.0 + 0.5 * z * newton);
        z = if z + step < 0.0 { 0.5 * z } else { z + step };
        if step < 1e-14 && step > -1e-14 {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, wanted: f64, relative: f64) {
        assert!((found - wanted).abs() <= relative * wanted.abs(), "{found} is not {wanted}");
    }

    /// The platform's own are the reference here; they are right to two units in the last place.
    #[test]
    fn functions_agree_with_the_platform() {
        for i in 1..4000 {
            let x = f64::from(i) * 0.01;
            close(ln(x), x.ln(), 2e-15);
            close(exp(x), x.exp(), 2e-14);
            close(exp(-x), (-x).exp(), 2e-14);
            close(sin(x / 40.0), (x / 40.0).sin(), 4e-16);
        }
        close(exp(1e9), 700_f64.exp(), 1e-12);
        close(exp(-1e9), (-700_f64).exp(), 1e-12);
        close(ln(3e300), 3e300_f64.ln(), 1e-15);
    }

    /// Quantiles and tails as Wichura's AS 241 (1988) and the usual tables give them.
    #[test]
    fn the_normal_distribution_agrees_with_tables() {
        let known = [
            (0.1, Z90),
            (0.025, 1.959_963_984_540_054),
            (0.01, 2.326_347_874_040_841),
            (1e-6, 4.753_424_308_822_899),
            (1e-9, 5.997_807_015_007_687),
        ];
        for (p, z) in known {
            close(tail(z), p, 1e-12);
            close(tail_end(p, z * 0.8), z, 1e-13);
        }
        close(tail(1.0), 0.158_655_253_931_457_05, 1e-13);
        assert_eq!(tail(0.0), 0.5);
    }
}
