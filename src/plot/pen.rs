//! plotters' backend, brought down to what charts are made of: paths and circles. Text is set elsewhere.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// What a path is drawn with.
#[derive(Clone, Copy)]
pub struct Ink {
    /// Its colour, with the opacity.
    pub colour: BackendColor,
    /// How wide a line; `None` fills what is within.
    pub width: Option<u32>,
}

/// Something that draws; plotters' whole pixels are its unit.
pub trait Pen {
    /// Width and height of what it draws on.
    fn size(&self) -> (u32, u32);

    /// Draws along points, back to the first one if `closed`, or fills what they go around.
    fn path(&mut self, points: &[BackendCoord], closed: bool, ink: Ink);

    /// Draws a circle.
    fn circle(&mut self, centre: BackendCoord, radius: u32, ink: Ink);
}

/// A pen as plotters takes it.
pub struct Backend<P>(pub P);

type Drawn<T> = Result<T, DrawingErrorKind<Infallible>>;

fn ink<S: BackendStyle>(style: &S, fill: bool) -> Ink {
    Ink { colour: style.color(), width: (!fill).then(|| style.stroke_width()) }
}

impl<P: Pen> DrawingBackend for Backend<P> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.0.size()
    }

    fn ensure_prepared(&mut self) -> Drawn<()> {
        Ok(())
    }

    fn present(&mut self) -> Drawn<()> {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn<()> {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S) -> Drawn<()> {
        self.0.path(&[a, b], false, ink(style, false));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.0.path(&[a, (b.0, a.1), b, (a.0, b.1)], true, ink(style, fill));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn<()> {
        self.0.path(&points.into_iter().collect::<Vec<_>>(), false, ink(style, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<()> {
        self.0.circle(centre, radius, ink(style, fill));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn<()> {
        self.0.path(&points.into_iter().collect::<Vec<_>>(), true, ink(style, true));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn<()> {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, _: &str, _: &S) -> Drawn<(u32, u32)> {
        Ok((0, 0))
    }
}
