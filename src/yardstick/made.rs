//! Scenarios of any size, as text: to measure how time and memory grow with products, routes, months and
//! noises.

use crate::time::Month;
use std::fmt::Write as _;

/// The size of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Products, in groups of ten.
    pub products: usize,
    /// Routes, each open to all products.
    pub routes: usize,
    /// Months from January 2025 on.
    pub months: usize,
    /// Products whose demand has a noise: one standard normal each in every month. The others have none.
    pub noises: usize,
    /// Runs.
    pub runs: u64,
}

impl Default for Size {
    fn default() -> Self {
        Self { products: 10, routes: 4, months: 72, noises: 10, runs: 1024 }
    }
}

/// The text of a scenario of this size. Each product has an uncertain volume, growth and price; the routes'
/// capacities, and money, each limit a part of the demand.
///
/// # Examples
/// ```
/// use corridor::scenario::load_text;
/// use corridor::yardstick::made::{Size, scenario_text};
///
/// let text = scenario_text(Size { products: 30, ..Size::default() });
/// let plan = load_text("made.toml", &text).plan.expect("it is valid");
/// assert_eq!((plan.corridor.products.len(), plan.info.horizon.months), (30, 72));
/// ```
pub fn scenario_text(size: Size) -> String {
    let last = size.months.clamp(1, 1200) - 1;
    let mut text = format!(
        "[scenario]\ntitle = \"Made: {} products, {} routes\"\n\
         [run]\nstart = \"2025-01\"\nend = \"{}\"\nruns = {}\nseed = 7\n",
        size.products,
        size.routes,
        first_month()
            .map_or_else(String::new, |first| first.plus(i32::try_from(last).unwrap_or(0)).to_string()),
        size.runs,
    );
    for group in 0..size.products.div_ceil(10) {
        let _ = writeln!(text, "[groups.g{group}]");
    }
    for product in 0..size.products {
        text.push_str(&product_text(product, product < size.noises));
    }
    for route in 0..size.routes {
        let (freight, share) = (10 + 3 * route, 900 * size.products / size.routes.max(1));
        let _ =
            writeln!(text, "[routes.r{route}]\ncapacity = \"{share} t/year\"\nfreight = \"{freight} USD/t\"");
    }
    let _ = writeln!(text, "[finance]\ncash = \"{} kUSD/year\"", 350 * size.products.max(1));
    text
}

fn first_month() -> Option<Month> {
    Month::new(2025, 1)
}

fn product_text(number: usize, has_noise: bool) -> String {
    let (low, high) = (400 + 10 * (number % 7), 1600 + 20 * (number % 11));
    let noise = if has_noise { "noise = { sd_log = 0.3, persistence = 0.5 }\n" } else { "" };
    format!(
        "[products.p{number}]\ngroup = \"g{}\"\nvolume = \"{low} to {high} t/year\"\n\
         growth = \"normal(3%, 2%) /year\"\nprice = \"250 to 450 USD/t\"\n{noise}",
        number / 10
    )
}
