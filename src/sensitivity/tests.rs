//! Functions with known indices, and points at which to evaluate them.

use crate::kernel::standard_normal_in_place;
use crate::rng::Stream;
use std::f64::consts::PI;

/// Independent uniforms on (0, 1), always the same for the same arguments.
pub(super) fn uniforms(name: &str, sample: u64, runs: usize) -> Vec<f64> {
    let mut values = vec![0.0; runs];
    Stream::new(sample, name).fill(0, 0, &mut values);
    values
}

/// Independent standard normals.
pub(super) fn normals(name: &str, sample: u64, runs: usize) -> Vec<f64> {
    let mut values = uniforms(name, sample, runs);
    standard_normal_in_place(&mut values);
    values
}

/// sin x₁ + 7·sin² x₂ + 0.1·x₃⁴·sin x₁ with x uniform on −π … π (T. Ishigami and T. Homma, 1990).
pub(super) struct Ishigami;

impl Ishigami {
    pub(super) const VARIANCE: f64 = 13.844_587_940_719_254;
    pub(super) const FIRST: [f64; 3] = [0.313_905_191_147_811_46, 0.442_411_144_790_040_7, 0.0];
    pub(super) const TOTAL: [f64; 3] =
        [0.557_588_855_209_959_3, 0.442_411_144_790_040_7, 0.243_683_664_062_147_84];

    /// The value at a point in (0, 1)³.
    pub(super) fn at(u: &[f64]) -> f64 {
        let [x, y, z] = [u[0], u[1], u[2]].map(|u| PI * (2.0 * u - 1.0));
        let wave = libm::sin(y);
        libm::sin(x) * (1.0 + 0.1 * z * z * z * z) + 7.0 * wave * wave
    }

    /// Inputs and outputs of some runs.
    pub(super) fn runs(sample: u64, runs: usize) -> ([Vec<f64>; 3], Vec<f64>) {
        let inputs = ["one", "two", "three"].map(|name| uniforms(name, sample, runs));
        let y = (0..runs).map(|run| Self::at(&[inputs[0][run], inputs[1][run], inputs[2][run]])).collect();
        (inputs, y)
    }
}

/// Sobol's function Π (|4u − 2| + a) / (1 + a).
pub(super) struct SobolG {
    pub(super) a: [f64; 3],
}

impl SobolG {
    pub(super) fn at(&self, u: &[f64]) -> f64 {
        self.a.iter().zip(u).map(|(a, u)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
    }

    /// The variance of one factor.
    fn factors(&self) -> [f64; 3] {
        self.a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)))
    }

    fn variance(&self) -> f64 {
        self.factors().iter().map(|v| 1.0 + v).product::<f64>() - 1.0
    }

    pub(super) fn first(&self) -> [f64; 3] {
        self.factors().map(|v| v / self.variance())
    }

    pub(super) fn total(&self) -> [f64; 3] {
        let all = self.variance() + 1.0;
        self.factors().map(|v| v * all / (1.0 + v) / self.variance())
    }
}

/// Sobol points in up to six dimensions, row by row, with the direction numbers of S. Joe and F. Y. Kuo
/// (2008), each moved to the middle of its smallest box.
pub(super) fn sobol_points(dimensions: usize, points: u32) -> Vec<f64> {
    // Degree, inner coefficients and first numbers of each dimension's polynomial; the first is van der
    // Corput's.
    const JOE_KUO: [(u32, u32, &[u32]); 6] = [
        (0, 0, &[]),
        (1, 0, &[1]),
        (2, 1, &[1, 3]),
        (3, 1, &[1, 3, 1]),
        (3, 2, &[1, 1, 1]),
        (4, 1, &[1, 1, 3, 3]),
    ];
    let directions: Vec<[u32; 32]> =
        JOE_KUO[..dimensions].iter().map(|&(s, a, m)| directions(s, a, m)).collect();
    let coordinate = |point: u32, directions: &[u32; 32]| {
        let bits = (0..32).filter(|bit| point >> bit & 1 == 1).fold(0, |x, bit| x ^ directions[bit]);
        (f64::from(bits) + 0.5) / 4_294_967_296.0
    };
    (0..points).flat_map(|point| directions.iter().map(move |d| coordinate(point, d))).collect()
}

fn directions(degree: u32, coefficients: u32, first: &[u32]) -> [u32; 32] {
    let mut v = [0_u32; 32];
    let s = degree as usize;
    for i in 0..32 {
        v[i] = if s == 0 {
            1 << (31 - i)
        } else if i < s {
            first[i] << (31 - i)
        } else {
            let inner = (1..s).filter(|k| coefficients >> (s - 1 - k) & 1 == 1);
            inner.fold(v[i - s] ^ (v[i - s] >> s), |x, k| x ^ v[i - k])
        };
    }
    v
}

#[test]
fn the_points_are_sobols() {
    // The first eight points of the published sequence in three dimensions, in binary order.
    let points = sobol_points(3, 4);
    let expected = [0.0, 0.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.75, 0.75, 0.75, 0.25, 0.25];
    for (found, truth) in points.iter().zip(expected) {
        assert!((found - truth).abs() < 1e-9, "{points:?}");
    }
}

#[test]
fn ishigamis_constants_are_those_of_its_formula() {
    let (p4, b) = (PI * PI * PI * PI, 0.1);
    let variance = 49.0 / 8.0 + b * p4 / 5.0 + b * b * p4 * p4 / 18.0 + 0.5;
    let first = 0.5 * (1.0 + b * p4 / 5.0) * (1.0 + b * p4 / 5.0) / variance;
    let third = b * b * p4 * p4 * (1.0 / 18.0 - 1.0 / 50.0) / variance;
    assert!((Ishigami::VARIANCE - variance).abs() < 1e-12 && (Ishigami::FIRST[0] - first).abs() < 1e-12);
    assert!((Ishigami::TOTAL[2] - third).abs() < 1e-12 && (Ishigami::TOTAL[0] - first - third).abs() < 1e-12);
    assert!((Ishigami::FIRST[1] - 49.0 / 8.0 / variance).abs() < 1e-12);
}
