//! Warnings: what is sound and probably not meant.

use super::reader::{Context, Reader};
use crate::batch::Number;
use crate::diag::{Diagnostic, Place};
use crate::model::{CorridorSpec, DriverId};

/// Warns about a sound scenario.
pub(super) fn warn(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    warn_about_stranded(corridor, root, context);
    warn_about_idle_drivers(corridor, root, context);
}

/// Where an entry of a section has its name; the section itself when it stands in no file.
fn place_of(section: &str, name: &str, root: &Reader<'_>) -> Place {
    let named = root.table.table(section).and_then(|entries| entries.get(name));
    named.map_or(root.place_of(section), |entry| entry.key_place)
}

/// A group that no route accepts can never be exported.
fn warn_about_stranded(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    for (g, group) in corridor.groups.iter().enumerate() {
        let accepted = corridor.routes.iter().any(|route| route.accepts[g]);
        let used = corridor
            .products
            .iter()
            .any(|product| product.group.0 == g && product.level_t != Number::Fixed(0.0));
        if used && !accepted {
            let message =
                format!("no route accepts the group `{}`: its products are never exported", group.name);
            let place = if root.has("groups") {
                place_of("groups", &group.name, root)
            } else {
                root.place_of("routes")
            };
            context.report(Diagnostic::warning(place, message));
        }
    }
}

/// A driver that nothing follows changes nothing.
fn warn_about_idle_drivers(corridor: &CorridorSpec, root: &Reader<'_>, context: &mut Context<'_>) {
    let of_products = corridor.products.iter().flat_map(|p| p.drivers.iter().chain(&p.price.drivers));
    let of_money = corridor.finance.iter().flat_map(|finance| {
        finance.earnings.iter().chain([&finance.cash]).flat_map(|earnings| &earnings.drivers)
    });
    let followed: Vec<DriverId> = of_products.chain(of_money).map(|loading| loading.driver).collect();
    for (index, driver) in corridor.drivers.iter().enumerate() {
        if !followed.contains(&DriverId(index)) {
            let problem = Diagnostic::warning(
                place_of("drivers", &driver.name, root),
                format!("nothing follows the driver `{}`", driver.name),
            );
            let help = format!("for example in a product: driven_by = {{ {} = 1.0 }}", driver.name);
            context.report(problem.help(help));
        }
    }
}
