//! Random money: cash, earnings, credit.

use super::Maker;
use corridor::plan::{CreditSpec, DefaultSpec, EarningsSpec, FinanceSpec};
use corridor::sample::{Process, SeriesSpec};

impl Maker<'_> {
    pub(super) fn finance(&mut self) -> FinanceSpec {
        let streams = self.genes.pick(3);
        FinanceSpec {
            cash: self.stream("cash", 1e6, 0.0),
            earnings: (0..streams).map(|k| self.stream(&format!("s{k}"), 5e5, 0.7)).collect(),
            payments: self.number_or(1.0, 0.25, "payments", 0.0, 1.0),
            keep: self.number_or(0.0, 0.3, "keep", 0.0, 1.0),
            credit: self.genes.happens(0.7).then(|| self.credit()),
        }
    }

    fn stream(&mut self, name: &str, most: f64, shared: f64) -> EarningsSpec {
        EarningsSpec {
            name: name.to_owned(),
            title: name.to_uppercase(),
            level_usd: self.number(name, 0.0, most),
            growth: self.number(&format!("{name}.growth"), -0.05, 0.05),
            noise: self.noise(&format!("{name}.noise")),
            drivers: self.loadings(name),
            share: self.number_or(1.0, shared, &format!("{name}.share"), 0.0, 1.0),
        }
    }

    fn credit(&mut self) -> CreditSpec {
        self.counts.credit = true;
        let maturity_months = self.maybe(0.7, "credit.maturity", 0.5, 14.0);
        let genes = &mut self.genes;
        let defaults = maturity_months.is_some() && genes.happens(0.6);
        CreditSpec {
            groups: (0..self.counts.groups).map(|_| !genes.happens(0.4)).collect(),
            projects: (0..self.counts.projects).map(|_| !genes.happens(0.4)).collect(),
            limit_usd: self.number("credit.limit", 0.0, 4e6),
            drawdown_usd: self.maybe(0.4, "credit.drawdown", 0.0, 5e5),
            interest: self.number_or(0.0, 0.6, "credit.interest", 0.0, 0.05),
            maturity_months,
            default: defaults.then(|| self.default()),
            recovery: self.number_or(1.0, 0.7, "credit.recovery", 0.0, 1.0),
            suspension_months: self.number_or(0.0, 0.7, "credit.suspension", 0.0, 6.0),
            discount: self.number_or(0.0, 0.5, "credit.discount", 0.0, 0.02),
        }
    }

    fn default(&mut self) -> DefaultSpec {
        let uniform = self.place();
        self.series.push(SeriesSpec { path: "finance.credit.default".to_owned(), process: Process::Uniform });
        DefaultSpec {
            hazard: self.number("credit.hazard", 0.0, 0.2),
            burden: self.number("credit.burden", 0.05, 1.0),
            power: self.number("credit.power", 0.0, 4.0),
            uniform,
        }
    }
}
