//! The twin's output: the figures of a month, and how those of a year follow from them.

use crate::plan::{CorridorSpec, ProductSpec};
use std::fmt::Arguments;

/// What happened to the demand for a product, a group or everything in a period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trade {
    pub(super) wanted: f64,
    pub(super) volume: f64,
    pub(super) value: f64,
    pub(super) supply: f64,
    pub(super) policy: f64,
    pub(super) logistics: f64,
    pub(super) finance: f64,
    pub(super) border: f64,
    /// What is still wanted at the end, by cause.
    pub(super) waiting: [f64; 5],
    /// For a product: the sum of its monthly prices.
    pub(super) price: f64,
}

impl Trade {
    fn add(&mut self, more: &Trade) {
        self.wanted += more.wanted;
        self.volume += more.volume;
        self.value += more.value;
        self.supply += more.supply;
        self.policy += more.policy;
        self.logistics += more.logistics;
        self.finance += more.finance;
        self.border += more.border;
        self.price += more.price;
        for (sum, more) in self.waiting.iter_mut().zip(more.waiting) {
            *sum += more;
        }
    }

    /// Adds the next month: flows add up, stocks are replaced.
    fn follow(&mut self, month: &Trade) {
        self.waiting = [0.0; 5];
        self.add(month);
    }

    /// Moves a share of what was not served from lost to waiting.
    pub(super) fn wait(&mut self, share: f64) {
        self.waiting = self.causes().map(|(_, unserved)| unserved * share);
        for lost in
            [&mut self.supply, &mut self.policy, &mut self.logistics, &mut self.finance, &mut self.border]
        {
            *lost *= 1.0 - share;
        }
    }

    pub(super) fn waits(&self) -> f64 {
        self.waiting.iter().sum()
    }

    /// The causes, in the order in which equal ones bind.
    fn causes(&self) -> [(&'static str, f64); 5] {
        [
            ("supply", self.supply),
            ("policy", self.policy),
            ("logistics", self.logistics),
            ("finance", self.finance),
            ("border", self.border),
        ]
    }

    pub(super) fn unmet(&self) -> f64 {
        self.causes().into_iter().map(|(_, lost)| lost).sum()
    }

    fn tell(&self, prefix: Arguments<'_>, put: &mut impl FnMut(Arguments<'_>, f64)) {
        put(format_args!("{prefix}wanted"), self.wanted);
        put(format_args!("{prefix}volume"), self.volume);
        put(format_args!("{prefix}value"), self.value);
        put(format_args!("{prefix}unmet"), self.unmet());
        for (cause, lost) in self.causes() {
            put(format_args!("{prefix}unmet.{cause}"), lost);
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traffic {
    pub(super) moved: f64,
    pub(super) capacity: f64,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Money {
    pub(super) cash: f64,
    pub(super) spent: f64,
    pub(super) kept: f64,
    pub(super) drawn: f64,
    pub(super) interest: f64,
    pub(super) due: f64,
    pub(super) repaid: f64,
    pub(super) exposure: f64,
    pub(super) written_off: f64,
    pub(super) debt: f64,
    pub(super) arrears: f64,
    pub(super) defaulted: f64,
    pub(super) flow: f64,
    pub(super) npv: f64,
}

impl Money {
    fn add(&mut self, month: &Money) {
        let before = *self;
        *self = Money {
            cash: before.cash + month.cash,
            spent: before.spent + month.spent,
            drawn: before.drawn + month.drawn,
            interest: before.interest + month.interest,
            due: before.due + month.due,
            repaid: before.repaid + month.repaid,
            exposure: before.exposure + month.exposure,
            written_off: before.written_off + month.written_off,
            flow: before.flow + month.flow,
            // The other figures are stocks: those of the last month.
            ..*month
        };
    }

    fn tell(&self, has_credit: bool, put: &mut impl FnMut(Arguments<'_>, f64)) {
        put(format_args!("finance.cash"), self.cash);
        put(format_args!("finance.spent"), self.spent);
        put(format_args!("finance.kept"), self.kept);
        if !has_credit {
            return;
        }
        put(format_args!("finance.drawn"), self.drawn);
        put(format_args!("finance.interest"), self.interest);
        put(format_args!("finance.due"), self.due);
        put(format_args!("finance.repaid"), self.repaid);
        put(format_args!("finance.exposure"), self.exposure);
        put(format_args!("finance.written_off"), self.written_off);
        put(format_args!("finance.debt"), self.debt);
        put(format_args!("finance.arrears"), self.arrears);
        put(format_args!("finance.defaulted"), self.defaulted);
        put(format_args!("lender.flow"), self.flow);
        put(format_args!("lender.npv"), self.npv);
    }
}

/// The figures of a project.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    pub(super) spent: f64,
    pub(super) unfunded: f64,
    pub(super) progress: f64,
    pub(super) finished: f64,
}

/// The figures of a month or a year.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    months: f64,
    pub(super) products: Vec<Trade>,
    pub(super) routes: Vec<Traffic>,
    pub(super) income: Vec<f64>,
    pub(super) money: Money,
    /// Whether it has started, and its progress.
    pub(super) events: Vec<(f64, f64)>,
    pub(super) projects: Vec<Work>,
    /// The sum over the months of the share in which it is on.
    pub(super) shocks: Vec<f64>,
    /// The sums over the months of noise and paths as factors.
    pub(super) factors: Vec<f64>,
}

impl Figures {
    pub(super) fn of_a_month() -> Self {
        Self { months: 1.0, ..Self::default() }
    }

    /// Adds a month to a year: flows add up, stocks are replaced.
    pub(super) fn add(&mut self, month: &Figures) {
        if self.months == 0.0 {
            *self = month.clone();
            return;
        }
        self.months += 1.0;
        for (year, month) in self.products.iter_mut().zip(&month.products) {
            year.follow(month);
        }
        for (year, month) in self.routes.iter_mut().zip(&month.routes) {
            year.moved += month.moved;
            year.capacity += month.capacity;
        }
        for (year, month) in self.income.iter_mut().zip(&month.income) {
            *year += month;
        }
        self.money.add(&month.money);
        self.events.clone_from(&month.events);
        for (year, month) in self.projects.iter_mut().zip(&month.projects) {
            let (spent, unfunded) = (year.spent + month.spent, year.unfunded + month.unfunded);
            *year = Work { spent, unfunded, ..*month };
        }
        for (year, month) in self.shocks.iter_mut().zip(&month.shocks) {
            *year += month;
        }
        for (year, month) in self.factors.iter_mut().zip(&month.factors) {
            *year += month;
        }
    }

    fn sum(&self, spec: &CorridorSpec, wanted: impl Fn(&ProductSpec) -> bool) -> Trade {
        let mut sum = Trade::default();
        for (_, trade) in spec.products.iter().zip(&self.products).filter(|(product, _)| wanted(product)) {
            sum.add(trade);
        }
        sum
    }

    /// Passes every metric's path and value to `put`, in an order that depends only on the spec.
    pub fn tell(&self, spec: &CorridorSpec, mut put: impl FnMut(Arguments<'_>, f64)) {
        self.tell_trade(spec, &mut put);
        for (route, traffic) in spec.routes.iter().zip(&self.routes) {
            let used = if traffic.capacity > 0.0 { traffic.moved / traffic.capacity } else { 0.0 };
            put(format_args!("routes.{}.throughput", route.name), traffic.moved);
            put(format_args!("routes.{}.capacity", route.name), traffic.capacity);
            put(format_args!("routes.{}.utilisation", route.name), used);
        }
        if let Some(finance) = &spec.finance {
            for (stream, income) in finance.earnings.iter().zip(&self.income) {
                put(format_args!("earnings.{}.income", stream.name), *income);
            }
            self.money.tell(finance.credit.is_some(), &mut put);
        }
        for (event, &(started, progress)) in spec.events.iter().zip(&self.events) {
            put(format_args!("events.{}.started", event.name), started);
            put(format_args!("events.{}.progress", event.name), progress);
        }
        for (project, work) in spec.projects.iter().zip(&self.projects) {
            put(format_args!("projects.{}.spent", project.name), work.spent);
            put(format_args!("projects.{}.unfunded", project.name), work.unfunded);
            put(format_args!("projects.{}.progress", project.name), work.progress);
            put(format_args!("projects.{}.finished", project.name), work.finished);
        }
        for (shock, on) in spec.shocks.iter().zip(&self.shocks) {
            put(format_args!("shocks.{}.on", shock.name), on / self.months);
        }
        self.tell_factors(spec, &mut put);
    }

    fn tell_factors(&self, spec: &CorridorSpec, put: &mut impl FnMut(Arguments<'_>, f64)) {
        let mut means = self.factors.iter().map(|sum| sum / self.months);
        let mut next = |path: Arguments<'_>| put(path, means.next().unwrap_or(f64::NAN));
        for driver in &spec.drivers {
            next(format_args!("drivers.{}.level", driver.name));
        }
        for product in &spec.products {
            let name = &product.name;
            if product.noise.is_some() {
                next(format_args!("products.{name}.noise"));
            }
            if product.supply.is_some_and(|supply| supply.noise.is_some()) {
                next(format_args!("products.{name}.supply_noise"));
            }
            if product.price.path.is_some() {
                next(format_args!("products.{name}.price_path"));
            }
        }
        if spec.finance.as_ref().is_some_and(|finance| finance.cash.noise.is_some()) {
            next(format_args!("finance.noise"));
        }
        for stream in spec.finance.iter().flat_map(|finance| &finance.earnings).filter(|s| s.noise.is_some())
        {
            next(format_args!("earnings.{}.noise", stream.name));
        }
    }

    fn tell_trade(&self, spec: &CorridorSpec, put: &mut impl FnMut(Arguments<'_>, f64)) {
        let total = self.sum(spec, |_| true);
        total.tell(format_args!(""), put);
        for (g, group) in spec.groups.iter().enumerate() {
            self.sum(spec, |product| product.group.0 == g).tell(format_args!("groups.{}.", group.name), put);
        }
        for (product, trade) in spec.products.iter().zip(&self.products) {
            trade.tell(format_args!("products.{}.", product.name), put);
            put(format_args!("products.{}.price", product.name), trade.price / self.months);
        }
        self.tell_waiting(spec, &total, put);
        let held = || {
            total.causes().into_iter().zip(total.waiting).map(|((name, lost), waits)| (name, lost + waits))
        };
        let served_or_held: f64 = total.volume + held().map(|(_, held)| held).sum::<f64>();
        let mut worst = ("", 0.0);
        for cause in held() {
            if cause.1 > worst.1 {
                worst = cause;
            }
        }
        for (name, held) in held() {
            let binds = worst.0 == name && held > served_or_held / 100.0;
            put(format_args!("binds.{name}"), if binds { 1.0 } else { 0.0 });
        }
    }

    /// The waiting stocks of what may wait.
    fn tell_waiting(&self, spec: &CorridorSpec, total: &Trade, put: &mut impl FnMut(Arguments<'_>, f64)) {
        let may_wait = |of: &dyn Fn(&ProductSpec) -> bool| {
            spec.products.iter().any(|product| of(product) && product.carry.is_some())
        };
        if may_wait(&|_| true) {
            put(format_args!("waiting"), total.waits());
            for ((name, _), waits) in total.causes().into_iter().zip(total.waiting) {
                put(format_args!("waiting.{name}"), waits);
            }
        }
        for (g, group) in spec.groups.iter().enumerate() {
            let is_in = |product: &ProductSpec| product.group.0 == g;
            if may_wait(&is_in) {
                put(format_args!("groups.{}.waiting", group.name), self.sum(spec, is_in).waits());
            }
        }
        for (product, trade) in spec.products.iter().zip(&self.products) {
            if product.carry.is_some() {
                put(format_args!("products.{}.waiting", product.name), trade.waits());
            }
        }
    }
}
