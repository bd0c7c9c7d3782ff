//! A plotters backend that draws on an RGB picture in memory with smooth edges.
//!
//! plotters' own bitmap backend rounds every glyph and every corner to whole pixels and leaves thick lines
//! jagged; this one takes coordinates in tenths of a logical pixel and computes how much of each pixel a
//! shape covers. It is independent of charts, and paints nothing outside the picture.

use std::convert::Infallible;

use ab_glyph::{Font, Glyph, PxScale, point};
use ab_glyph_rasterizer::{Point, Rasterizer};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};

use super::draw::{CAP, EM, SIZE, UNITS};
use super::text::{Type, advances};

mod stroke;

/// The smallest coverage of a pixel; less is a rounding error.
const LEAST_SHARE: f32 = 0.002;

/// The result of drawing, which never fails.
type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A picture of RGB pixels.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    /// Pixels per unit of the drawing calls.
    scale: f32,
    rgb: Vec<u8>,
    /// Reused for every shape, because clearing is cheaper than allocating.
    coverage: Rasterizer,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of a picture: clamped to it where they count, and far below 2^24"
)]
impl Canvas {
    /// A white picture of a logical size, with `scale` pixels per logical pixel.
    pub(super) fn white(width: f64, height: f64, scale: u32) -> Self {
        let (width, height) = ((width * f64::from(scale)) as usize, (height * f64::from(scale)) as usize);
        let scale = (f64::from(scale) / UNITS) as f32;
        Self { width, height, scale, rgb: vec![255; width * height * 3], coverage: Rasterizer::new(0, 0) }
    }

    pub(super) fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// Width and height in pixels.
    pub(super) fn pixels(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    fn pixel(&self, (x, y): BackendCoord) -> Point {
        Point { x: x as f32 * self.scale, y: y as f32 * self.scale }
    }

    fn length(&self, units: u32) -> f32 {
        single(f64::from(units)) * self.scale
    }

    /// Fills closed outlines; where they overlap and wind the same way, they count once.
    fn fill(&mut self, mut outlines: Vec<Vec<Point>>, color: BackendColor) {
        for p in outlines.iter_mut().flatten() {
            *p = Point { x: p.x.clamp(0.0, self.width as f32), y: p.y.clamp(0.0, self.height as f32) };
        }
        let (low, high) = bounds(outlines.iter().flatten());
        let (left, top) = (low.x as usize, low.y as usize);
        // Two more pixels, because the rasterizer keeps running sums in the cell after an edge.
        let size = (high.x as usize + 2 - left, high.y as usize + 2 - top);
        let mut coverage = std::mem::replace(&mut self.coverage, Rasterizer::new(0, 0));
        coverage.reset(size.0, size.1);
        for outline in &outlines {
            trace(&mut coverage, outline, Point { x: left as f32, y: top as f32 });
        }
        coverage.for_each_pixel_2d(|x, y, share| {
            if share > LEAST_SHARE {
                self.blend(left + x as usize, top + y as usize, color, share);
            }
        });
        self.coverage = coverage;
    }

    fn blend(&mut self, x: usize, y: usize, color: BackendColor, share: f32) {
        if x >= self.width || y >= self.height {
            return;
        }
        let alpha = color.alpha as f32 * share.min(1.0);
        let start = (y * self.width + x) * 3;
        let (red, green, blue) = color.rgb;
        for (pixel, ink) in self.rgb[start..start + 3].iter_mut().zip([red, green, blue]) {
            let mixed = f32::from(*pixel) + (f32::from(ink) - f32::from(*pixel)) * alpha;
            *pixel = (mixed + 0.5) as u8;
        }
    }

    fn glyphs(&mut self, text: &str, kind: Type, mut pen: Point, color: BackendColor) {
        let font = kind.font();
        let em = font.units_per_em().unwrap_or(1.0);
        let size = single(kind.size);
        // ab_glyph measures a size from the highest ascender to the lowest descender, type designers by the
        // em.
        let scale = PxScale::from(size * font.height_unscaled() / em);
        for (id, advance) in advances(font, text) {
            if id.0 == 0 {
                self.fill(missing(pen, size), color);
            }
            let glyph = Glyph { id, scale, position: point(pen.x, pen.y) };
            if let Some(outline) = font.outline_glyph(glyph) {
                let bounds = outline.px_bounds();
                let (left, top) = (bounds.min.x as i64, bounds.min.y as i64);
                outline.draw(|x, y, share| {
                    let pixel = (usize::try_from(left + i64::from(x)), usize::try_from(top + i64::from(y)));
                    if let (Ok(x), Ok(y)) = pixel {
                        self.blend(x, y, color, share);
                    }
                });
            }
            pen.x += advance * size;
        }
    }
}

/// The corners of the rectangle around some points; the origin if there are none.
fn bounds<'p>(points: impl Iterator<Item = &'p Point>) -> (Point, Point) {
    let around = |(low, high): (Point, Point), p: &Point| {
        (Point { x: low.x.min(p.x), y: low.y.min(p.y) }, Point { x: high.x.max(p.x), y: high.y.max(p.y) })
    };
    let mut points = points.peekable();
    let first = points.peek().map_or(Point::default(), |p| **p);
    points.fold((first, first), around)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a hundredth of a pixel is exact enough, and f32 has more"
)]
fn single(length: f64) -> f32 {
    length as f32
}

/// A hollow box that replaces a character that the font lacks.
fn missing(pen: Point, size: f32) -> Vec<Vec<Point>> {
    let corner = |(x, y): (f32, f32)| Point { x: pen.x + x * size, y: pen.y - y * size };
    let around = [(0.2, 0.0), (0.8, 0.0), (0.8, 0.7), (0.2, 0.7), (0.2, 0.0), (0.8, 0.0)].map(corner);
    stroke::pieces(&around, size * 0.07)
}

fn trace(coverage: &mut Rasterizer, outline: &[Point], origin: Point) {
    let inside = |p: &Point| Point { x: p.x - origin.x, y: p.y - origin.y };
    for (from, to) in outline.iter().zip(outline.iter().cycle().skip(1)) {
        coverage.draw_line(inside(from), inside(to));
    }
}

impl DrawingBackend for Canvas {
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

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [a, (b.0, a.1), b, (a.0, b.1)];
        if fill {
            self.fill_polygon(corners, style)
        } else {
            self.draw_path(corners.into_iter().chain([a, corners[1]]), style)
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<Point> = path.into_iter().map(|p| self.pixel(p)).collect();
        self.fill(stroke::pieces(&points, self.length(style.stroke_width())), style.color());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let radius = self.length(radius);
        let mut ring = stroke::circle(self.pixel(center), radius);
        if fill {
            self.fill(vec![ring], style.color());
        } else {
            ring.extend_from_within(..2);
            self.fill(stroke::pieces(&ring, self.length(style.stroke_width())), style.color());
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let outline: Vec<Point> = path.into_iter().map(|p| self.pixel(p)).collect();
        self.fill(vec![outline], style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let kind = Type {
            bold: matches!(style.style(), FontStyle::Bold),
            size: style.size() / EM * f64::from(self.scale),
        };
        let mut pen = self.pixel(at);
        pen.y += single(CAP * kind.size);
        let width = single(kind.width(text));
        pen.x -= match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => width / 2.0,
            HPos::Right => width,
        };
        self.glyphs(text, kind, pen, style.color());
        Ok(())
    }
}
