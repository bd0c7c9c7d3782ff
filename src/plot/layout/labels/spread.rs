//! Moves the labels of one column apart, as little as possible.

/// Centres for labels of given (wanted centre, height), sorted by wanted centre, between `top` and `bottom`:
/// in the same order, without overlap, moved as little as possible (least squares within each group that
/// touches).
pub(super) fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, &(center, height)) in wanted.iter().enumerate() {
        let mut group = Group { first: i, count: 1.0, height, sum: center - height / 2.0, start: 0.0 };
        group.settle(top, bottom);
        while let Some(above) = groups.pop_if(|above| above.start + above.height > group.start) {
            group = above.with(&group);
            group.settle(top, bottom);
        }
        groups.push(group);
    }
    let mut centers = Vec::with_capacity(wanted.len());
    for (i, group) in groups.iter().enumerate() {
        let mut start = group.start;
        let end = groups.get(i + 1).map_or(wanted.len(), |next| next.first);
        for (_, height) in &wanted[group.first..end] {
            centers.push(start + height / 2.0);
            start += height;
        }
    }
    centers
}

/// Labels that touch each other.
struct Group {
    first: usize,
    count: f64,
    height: f64,
    /// The sum of the group's starts that each member would prefer.
    sum: f64,
    start: f64,
}

impl Group {
    fn settle(&mut self, top: f64, bottom: f64) {
        self.start = (self.sum / self.count).min(bottom - self.height).max(top);
    }

    fn with(mut self, below: &Self) -> Self {
        self.sum += below.sum - self.height * below.count;
        self.count += below.count;
        self.height += below.height;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A generator of test cases, with the same cases every time.
    fn cases() -> impl Iterator<Item = Vec<(f64, f64)>> {
        let mut state = 7_u32;
        let mut next = move |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((state >> 8) % most)
        };
        (0..500_u32).map(move |i| {
            let mut labels: Vec<_> =
                (0..i % 16).map(|_| (next(340) + 60.0, if next(3) > 1.0 { 31.0 } else { 15.5 })).collect();
            labels.sort_by(|a, b| a.0.total_cmp(&b.0));
            labels
        })
    }

    #[test]
    fn labels_never_overlap_never_leave_the_frame_and_keep_their_order() {
        for wanted in cases() {
            let centers = spread(&wanted, 80.0, 420.0);
            if wanted.iter().map(|w| w.1).sum::<f64>() > 340.0 {
                continue;
            }
            let edge = |i: usize, side: f64| centers[i] + side * wanted[i].1 / 2.0;
            assert_eq!(centers.len(), wanted.len());
            for i in 0..centers.len() {
                assert!(
                    edge(i, -1.0) >= 80.0 - 1e-9 && edge(i, 1.0) <= 420.0 + 1e-9,
                    "{wanted:?} {centers:?}"
                );
                assert!(i == 0 || edge(i - 1, 1.0) <= edge(i, -1.0) + 1e-9, "{wanted:?} {centers:?}");
            }
        }
    }

    #[test]
    fn labels_with_enough_space_keep_their_preferred_positions() {
        assert_eq!(spread(&[(100.0, 20.0), (150.0, 20.0)], 0.0, 400.0), [100.0, 150.0]);
        assert_eq!(spread(&[(100.0, 20.0), (100.0, 20.0)], 0.0, 400.0), [90.0, 110.0]);
    }
}
