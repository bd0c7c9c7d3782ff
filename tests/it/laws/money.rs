//! Money: income, spending, cash carried over, lending, debt, repayment and losses.

use super::{CASES, RUNS, Seen, Verdict, at_most, drop_effects, equal, zip};
use crate::random::check_random_plans;
use crate::support::{agrees, rounding};
use corridor::batch::Number;
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::{CreditSpec, FinanceSpec, Target};
use corridor::units::Dimension;

const MONEY: Dimension = Dimension::MONEY;

/// Checks random plans that have credit.
fn check_credit(check: impl Fn(&Seen<'_>, &CreditSpec) -> Verdict) {
    check_random_plans(CASES, |plan, corridor, _| {
        let credit = corridor.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        credit.map_or(Ok(()), |credit| check(&Seen::new(plan, corridor), credit))
    });
}

/// This plan with other credit.
fn with_credit(plan: &Plan, change: impl FnOnce(&mut CreditSpec)) -> Option<(Plan, Corridor)> {
    let mut plan = plan.clone();
    change(plan.corridor.finance.as_mut()?.credit.as_mut()?);
    let corridor = Corridor::new(plan.corridor.clone());
    Some((plan, corridor))
}

/// Income, cash carried over, and payments from both, including debt service.
fn purse(seen: &Seen<'_>, finance: &FinanceSpec) -> (Vec<f64>, Vec<f64>) {
    let had = zip(&seen.months("finance.cash"), &seen.month_before("finance.kept"), |cash, kept| cash + kept);
    let mut paid = seen.months("finance.spent");
    if finance.credit.is_some() {
        paid = zip(&paid, &seen.months("finance.drawn"), |spent, drawn| spent - drawn);
        paid = zip(&paid, &seen.months("finance.repaid"), |paid, repaid| paid + repaid);
    }
    (had, paid)
}

#[test]
fn a_share_of_what_is_not_paid_out_is_kept_and_nothing_else() {
    check_random_plans(CASES, |plan, corridor, _| {
        let Some(finance) = &corridor.spec.finance else { return Ok(()) };
        let seen = Seen::new(plan, corridor);
        let (had, paid) = purse(&seen, finance);
        at_most(&paid, &had, MONEY, "paid out, cash + kept")?;
        let left = zip(&had, &paid, |had, paid| had - paid);
        let kept = zip(&left, &seen.number(finance.keep), |left, keep| left * keep);
        equal(&seen.months("finance.kept"), &kept, MONEY, "kept")
    });
}

#[test]
fn no_more_is_paid_out_than_the_payment_channel_lets_through() {
    check_random_plans(CASES, |plan, _, _| {
        let mut plan = plan.clone();
        drop_effects(&mut plan, |on| matches!(on, Target::Payments));
        let corridor = Corridor::new(plan.corridor.clone());
        let Some(finance) = &corridor.spec.finance else { return Ok(()) };
        let seen = Seen::new(&plan, &corridor);
        let (had, paid) = purse(&seen, finance);
        let payable = zip(&had, &seen.number(finance.payments), |had, payments| had * payments);
        at_most(&paid, &payable, MONEY, "paid out, payable")?;
        // Credit is drawn for what exceeds cash, so no cash is left if it is drawn.
        if finance.credit.is_none() || corridor.spec.projects.iter().any(|project| project.credit_only) {
            return Ok(());
        }
        let drawn = seen.months("finance.drawn");
        for ((drawn, paid), payable) in drawn.into_iter().zip(paid).zip(payable) {
            if drawn > rounding(MONEY) && !agrees(paid, payable, rounding(MONEY)) {
                return Err(format!("drawn {drawn:?} with {payable:?} payable and {paid:?} paid"));
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_spent_goes_to_goods_and_projects_that_are_no_gifts() {
    check_random_plans(CASES, |plan, corridor, _| {
        if corridor.spec.finance.is_none() {
            return Ok(());
        }
        let mut plan = plan.clone();
        drop_effects(&mut plan, |on| matches!(on, Target::Freight(_)));
        for route in &mut plan.corridor.routes {
            route.freight_usd_per_t = Number::Fixed(75.0);
        }
        let corridor = Corridor::new(plan.corridor.clone());
        let seen = Seen::new(&plan, &corridor);
        let goods: Vec<_> = corridor.spec.products.iter().filter(|product| !product.grant).collect();
        let projects = corridor.spec.projects.iter().filter(|project| !project.grant);
        let value = seen.sum(goods.iter().map(|product| format!("products.{}.value", product.name)));
        let volume = seen.sum(goods.iter().map(|product| format!("products.{}.volume", product.name)));
        let works = seen.sum(projects.map(|project| format!("projects.{}.spent", project.name)));
        let landed = zip(&value, &volume, |value, volume| value + 75.0 * volume);
        let all = zip(&landed, &works, |landed, works| landed + works);
        equal(&all, &seen.months("finance.spent"), MONEY, "value + freight + projects, spent")
    });
}

#[test]
fn the_debt_is_what_was_owed_with_interest_less_what_was_repaid_and_lost_and_what_is_drawn() {
    check_credit(|seen, _| {
        let mut debt = seen.month_before("finance.debt");
        for (metric, sign) in [("interest", 1.0), ("repaid", -1.0), ("written_off", -1.0), ("drawn", 1.0)] {
            debt =
                zip(&debt, &seen.months(&format!("finance.{metric}")), |debt, change| debt + sign * change);
        }
        equal(&seen.months("finance.debt"), &debt, MONEY, "debt")
    });
}

#[test]
fn interest_is_charged_on_the_debt_and_what_is_due_is_repaid_or_in_arrears() {
    check_credit(|seen, credit| {
        let (due, repaid) = (seen.months("finance.due"), seen.months("finance.repaid"));
        let missing = zip(&due, &repaid, |due, repaid| due - repaid);
        equal(&seen.months("finance.arrears"), &missing, MONEY, "arrears")?;
        at_most(&seen.months("finance.arrears"), &seen.months("finance.debt"), MONEY, "arrears, debt")?;
        let rate = seen.number(credit.interest);
        let interest = zip(&seen.month_before("finance.debt"), &rate, |debt, rate| debt * rate);
        if credit.default.is_some() {
            // None in a suspension.
            return at_most(&seen.months("finance.interest"), &interest, MONEY, "interest");
        }
        equal(&seen.months("finance.interest"), &interest, MONEY, "interest")
    });
}

#[test]
fn a_default_comes_with_a_loss_on_what_was_owed_and_without_payments() {
    check_credit(|seen, credit| {
        let exposure = seen.months("finance.exposure");
        let recovery = seen.number(credit.recovery);
        let lost = zip(&exposure, &recovery, |exposure, recovery| exposure * (1.0 - recovery));
        equal(&seen.months("finance.written_off"), &lost, MONEY, "written off")?;
        let (owed, defaulted) = (seen.month_before("finance.debt"), seen.months("finance.defaulted"));
        for (at, exposure) in exposure.iter().enumerate().filter(|(_, exposure)| **exposure > 0.0) {
            let moved: f64 = ["interest", "due", "repaid", "drawn", "arrears"]
                .map(|metric| seen.months(&format!("finance.{metric}"))[at])
                .iter()
                .sum();
            if *exposure != owed[at] || moved != 0.0 || defaulted[at] != 1.0 {
                return Err(format!("owed {:?}, exposed {exposure:?}, moved {moved:?}", owed[at]));
            }
        }
        let ever = zip(&seen.so_far("finance.exposure"), &defaulted, |sum, _| f64::from(u8::from(sum > 0.0)));
        equal(&ever, &defaulted, Dimension::SHARE, "defaulted once something was exposed")
    });
}

#[test]
fn without_interest_nothing_is_gained_and_without_discount_the_gain_is_interest_less_loss() {
    check_random_plans(CASES, |plan, _, _| {
        let undiscounted = |credit: &mut CreditSpec| credit.discount = Number::Fixed(0.0);
        let Some((plan, corridor)) = with_credit(plan, undiscounted) else { return Ok(()) };
        let seen = Seen::new(&plan, &corridor);
        let (interest, lost) = (seen.so_far("finance.interest"), seen.so_far("finance.written_off"));
        let gain = zip(&interest, &lost, |interest, lost| interest - lost);
        equal(&seen.months("lender.npv"), &gain, MONEY, "npv without discount")
    });
}

#[test]
fn a_lender_who_asks_the_interest_at_which_it_values_money_neither_gains_nor_loses() {
    check_random_plans(CASES, |plan, _, _| {
        let fair = |credit: &mut CreditSpec| {
            credit.discount = credit.interest;
            credit.default = None;
        };
        let Some((plan, corridor)) = with_credit(plan, fair) else { return Ok(()) };
        let seen = Seen::new(&plan, &corridor);
        let nothing = vec![0.0; seen.table.months.len() * RUNS];
        equal(&seen.months("lender.npv"), &nothing, MONEY, "npv at the rate of interest")
    });
}

#[test]
fn debt_stays_below_a_limit_that_does_not_fall_and_pays_only_for_what_it_is_tied_to() {
    check_random_plans(CASES, |plan, _, genes| {
        let limit = genes.between(0.0, 2e5);
        let mut plan = plan.clone();
        drop_effects(&mut plan, |on| matches!(on, Target::CreditLimit | Target::Freight(_)));
        let without_interest = |credit: &mut CreditSpec| {
            credit.limit_usd = Number::Fixed(limit);
            credit.interest = Number::Fixed(0.0);
        };
        let Some((plan, corridor)) = with_credit(&plan, without_interest) else { return Ok(()) };
        let seen = Seen::new(&plan, &corridor);
        let debt = seen.months("finance.debt");
        at_most(&debt, &vec![limit; debt.len()], MONEY, "debt, limit")?;
        let credit = corridor.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        let credit = credit.expect("it was just changed");
        let goods = corridor.spec.products.iter().filter(|p| credit.groups[p.group.0] && !p.grant);
        let goods: Vec<String> = goods.map(|product| format!("products.{}.", product.name)).collect();
        let projects = corridor.spec.projects.iter().zip(&credit.projects);
        let projects = projects.filter(|(project, on_credit)| **on_credit || project.credit_only);
        let works = seen.sum(projects.map(|(project, _)| format!("projects.{}.spent", project.name)));
        let (value, volume) =
            (seen.sum(super::paths(&goods, "value")), seen.sum(super::paths(&goods, "volume")));
        // No route costs more than 150 USD a tonne.
        let landed = zip(&value, &volume, |value, volume| value + 150.0 * volume);
        let most = zip(&landed, &works, |landed, works| landed + works);
        at_most(&seen.months("finance.drawn"), &most, MONEY, "drawn, what credit may pay for")
    });
}
