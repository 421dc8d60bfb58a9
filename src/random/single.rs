//! A pair of normal numbers in float32, with the logarithm, sine and cosine of PyTorch's AVX2 kernel.
//!
//! They are polynomials of the Cephes library, in `ATen/native/cpu/avx_mathfun.h`, and not the nearest floats: the
//! results differ from a good logarithm's in the last bits. Compilers fuse their multiplications and additions, and so
//! `mul_add` stands wherever the compiled kernel rounds once; it rounds once on every target, with or without an
//! instruction for it.

use std::f32::consts::{FRAC_1_SQRT_2, TAU};

/// A pair of normal numbers of two uniform ones in [0, 1).
pub(super) fn normals(first: f32, second: f32) -> [f32; 2] {
    let radius = (-2.0 * ln(1.0 - first)).sqrt();
    let (sin, cos) = sin_cos(TAU * second);
    // Adding the mean turns -0 into 0.
    [radius * cos + 0.0, radius * sin + 0.0]
}

/// The logarithm of `x` in (0, 1], a normal number: 1 less a 24-bit fraction is one.
fn ln(x: f32) -> f32 {
    const P: [f32; 9] = [
        7.037_683_6e-2,
        -1.151_461e-1,
        1.167_699_87e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_4e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ];
    // x = m * 2^e, m in [1/2, 1)
    let mut e = (x.to_bits() >> 23) as f32 - 126.0;
    let mut m = f32::from_bits((x.to_bits() & 0x007f_ffff) | 0x3f00_0000);
    if m < FRAC_1_SQRT_2 {
        e -= 1.0;
        m = (m - 1.0) + m;
    } else {
        m -= 1.0;
    }
    let z = m * m;
    let y = polynomial(&P, m) * m;
    let y = y.mul_add(z, e * -2.121_944_4e-4);
    let y = (-z).mul_add(0.5, y);
    e.mul_add(0.693_359_4, m + y)
}

/// Sine and cosine of an angle in [0, 2 pi].
fn sin_cos(x: f32) -> (f32, f32) {
    const COS: [f32; 3] = [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2];
    const SIN: [f32; 3] = [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1];
    // The octant, rounded up to an even one; what remains of x lies within an eighth of a turn around 0.
    let octant = ((x * 1.273_239_5) as u32 + 1) & !1;
    let j = octant as f32;
    let x = j.mul_add(-0.785_156_25, x);
    let x = j.mul_add(-2.418_756_5e-4, x);
    let x = j.mul_add(-3.774_895e-8, x);
    let z = x * x;
    let cos = (polynomial(&COS, z) * z).mul_add(z, -(z * 0.5)) + 1.0;
    let sin = (polynomial(&SIN, z) * z).mul_add(x, x);
    match octant & 6 {
        0 => (sin, cos),
        2 => (cos, -sin),
        4 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// Horner's scheme from the highest power down.
fn polynomial(coefficients: &[f32], x: f32) -> f32 {
    // The first step gives the first coefficient: 0 * x + it.
    coefficients.iter().fold(0.0_f32, |sum, it| sum.mul_add(x, *it))
}
