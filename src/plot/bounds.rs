//! A backend that draws nothing and records what would extend beyond the picture.

use std::convert::Infallible;

use plotters_backend::{BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::draw::SIZE;

/// The number of drawing units by which a stroke at the edge may extend beyond it.
const FORGIVEN: i32 = 20;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The shapes that extend beyond the picture, by kind and corner.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    outside: Vec<(&'static str, BackendCoord)>,
}

impl Bounds {
    /// The shapes that extend beyond the picture, in words.
    pub(super) fn flaws(&self) -> Vec<String> {
        let say = |(kind, (x, y)): &(&str, BackendCoord)| {
            format!("a {kind} leaves the picture at ({}, {})", x / 10, y / 10)
        };
        self.outside.iter().map(say).collect()
    }

    /// Records the first corner outside.
    #[expect(clippy::unnecessary_wraps, reason = "every drawing function returns its result")]
    fn see(&mut self, kind: &'static str, corners: impl IntoIterator<Item = BackendCoord>) -> Drawn {
        let [width, height] = [SIZE.0, SIZE.1].map(|length| i32::try_from(length).unwrap_or(i32::MAX));
        let inside = |at: i32, length: i32| (-FORGIVEN..=length + FORGIVEN).contains(&at);
        let outside = corners.into_iter().find(|(x, y)| !inside(*x, width) || !inside(*y, height));
        self.outside.extend(outside.map(|at| (kind, at)));
        Ok(())
    }
}

impl DrawingBackend for Bounds {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        SIZE
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, _: plotters_backend::BackendColor) -> Drawn {
        self.see("point", [at])
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, _: &S) -> Drawn {
        self.see("line", [from, to])
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, _: &S, _: bool) -> Drawn {
        self.see("rectangle", [a, b])
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, _: &S) -> Drawn {
        self.see("line", path)
    }

    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, _: u32, _: &S, _: bool) -> Drawn {
        self.see("dot", [at])
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Drawn {
        self.see("surface", path)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, at: BackendCoord) -> Drawn {
        self.see("text", [at])
    }
}
