//! What keeps wanted goods from being exported.

/// A cause of unmet demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The seller has too little to offer.
    Supply,
    /// Rules forbid it.
    Policy,
    /// Routes have too little capacity.
    Logistics,
    /// Money is short.
    Finance,
    /// No route is open that accepts the product.
    Border,
}

/// The words for a cause, and its colour.
struct Words {
    name: &'static str,
    label: &'static str,
    as_lack: &'static str,
    color: usize,
}

impl Cause {
    /// All causes, in the order of the metrics.
    pub const ALL: [Self; 5] = [Self::Supply, Self::Policy, Self::Logistics, Self::Finance, Self::Border];

    const fn words(self) -> Words {
        let (name, label, as_lack, color) = match self {
            Self::Supply => ("supply", "supply", "lack of supply", 5),
            Self::Policy => ("policy", "policy", "policy", 4),
            Self::Logistics => ("logistics", "logistics", "lack of logistics capacity", 1),
            Self::Finance => ("finance", "money", "lack of money", 6),
            Self::Border => ("border", "border", "the closed border", 15),
        };
        Words { name, label, as_lack, color }
    }

    /// The last part of the paths of its metrics: `unmet.finance`.
    pub const fn name(self) -> &'static str {
        self.words().name
    }

    /// The cause with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
    }

    /// In legends and tables.
    pub const fn label(self) -> &'static str {
        self.words().label
    }

    /// As what holds exports back: "lack of money".
    pub const fn as_lack(self) -> &'static str {
        self.words().as_lack
    }

    /// Its colour's index in a chart's palette: the same in every picture. Any two may be neighbours, because
    /// what is nothing is left out; so all of them differ in their lightness, from exports as well (a test of
    /// the palette knows the same indices).
    pub const fn color(self) -> usize {
        self.words().color
    }

    /// The path of the metric that counts what it leaves unmet, of all products.
    pub fn unmet(self) -> String {
        format!("unmet.{}", self.name())
    }

    /// The path of the metric that tells whether it holds exports back most.
    pub fn binds(self) -> String {
        format!("binds.{}", self.name())
    }
}
