//! One draw of every family to the last bit: if the bits change, `STREAM_VERSION` must be increased.

use super::{Distribution, built, mixture};

#[test]
fn one_draw_of_every_form_keeps_its_bits() {
    let pinned: [(Distribution, u64); 12] = [
        (built("normal(8%, 5%)"), 0x3fbf_d5e1_c091_3751),
        (built("lognormal(40, p95=110)"), 0x4051_41a9_e91c_245a),
        (built("lognormal(median=12, sd_log=1.0)"), 0x403d_2367_262b_285e),
        (built("lognormal(mean=50, sd=20)"), 0x4050_55b2_18ac_ea80),
        (built("uniform(2%, 6%)"), 0x3faa_e147_ae14_7ae1),
        (built("triangular(0, 4, 30)"), 0x4031_e817_d076_b3e4),
        (built("pert(0, 4, 30)"), 0x4028_495b_e2fb_ff66),
        (built("beta(2, 5)"), 0x3fdb_9daa_b83b_d588),
        (built("beta(2, 5, min=10%, max=40%)"), 0x3fcd_5e99_a1bd_801e),
        (mixture(), 0x4036_de38_b6b0_add8),
        (built("normal(8%, 5%)").truncated(0.0, 0.3).expect("valid"), 0x3fc0_2a8e_a21d_fcfa),
        (Distribution::interval(5.0, 10.0).expect("valid"), 0x4021_0c80_a44e_5f0e),
    ];
    let got: Vec<u64> =
        pinned.iter().map(|(distribution, _)| distribution.quantile(0.8125).to_bits()).collect();
    let want: Vec<u64> = pinned.iter().map(|(_, bits)| *bits).collect();
    assert_eq!(got, want, "a change of bits raises STREAM_VERSION: {got:#x?}");
}

#[test]
fn one_draw_of_every_newer_family_keeps_its_bits() {
    let pinned: [(&str, u64); 22] = [
        ("quantiles(p10=10, p50=20, p90=45)", 0x4041_cb67_16cc_2729),
        ("quantiles(p5=2, p50=10, p95=60, min=0)", 0x4038_1236_1fee_081a),
        ("quantiles(p10=1, p50=20, p90=30, max=31)", 0x403c_8ab2_bd16_eb02),
        ("quantiles(p10=20%, p50=50%, p90=95%, min=0, max=100%)", 0x3feb_a825_17c3_0838),
        ("quantiles(p1=1, p5=2, p25=4, p50=6, p75=9, p95=17, p99=26)", 0x4024_9c7a_8243_9d15),
        ("gamma(2.5, 4)", 0x402d_e8a4_c879_34df),
        ("gamma(0.3, 4)", 0x3fff_bf0e_27f8_f3f9),
        ("gamma(40, 4)", 0x4066_c207_9b99_8169),
        ("weibull(1.5, 12)", 0x4030_eafe_187d_43b1),
        ("exponential(8)", 0x402a_c89b_8347_70d4),
        ("pareto(5, 3)", 0x4021_78bb_6301_5674),
        ("gumbel(30, 5)", 0x4042_ee0c_b3ba_c263),
        ("logistic(8%, 2%)", 0x3fbb_fcd6_5ac9_a082),
        ("student(8%, 5%, df=4)", 0x3fc0_9fa6_b4fc_3fb2),
        ("poisson(3.5)", 0x4014_0000_0000_0000),
        ("poisson(1e6)", 0x412e_8b6e_0000_0000),
        ("binomial(100, 30%)", 0x4041_0000_0000_0000),
        ("negative-binomial(3, 20%)", 0x4032_0000_0000_0000),
        ("negative-binomial(mean=12, size=3)", 0x4032_0000_0000_0000),
        ("geometric(25%)", 0x4014_0000_0000_0000),
        ("bernoulli(30%)", 0x3ff0_0000_0000_0000),
        ("sample(31, 28.5, 40, 31)", 0x4044_0000_0000_0000),
    ];
    let got = pinned.map(|(text, _)| (text, built(text).quantile(0.8125).to_bits()));
    assert_eq!(got, pinned, "a change of bits raises STREAM_VERSION: {got:#x?}");
}
