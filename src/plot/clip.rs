//! Lines cut at the border of the window: plotters would press them flat against it, and bend tangents.

/// Cuts a line at the edges (Liang–Barsky) into the pieces that lie within; points that are not finite break it.
pub fn clip(
    points: impl IntoIterator<Item = (f64, f64)>,
    x: (f64, f64),
    y: (f64, f64),
) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut last = None;
    let mut open = false;
    for point in points {
        if !(point.0.is_finite() && point.1.is_finite()) {
            (last, open) = (None, false);
            continue;
        }
        let within = last.and_then(|from| part_within(from, point, x, y).map(|part| (from, part)));
        open = match within {
            Some((from, (t0, t1))) => {
                let at = |t: f64| (from.0 + t * (point.0 - from.0), from.1 + t * (point.1 - from.1));
                if !open || t0 > 0.0 {
                    pieces.push(vec![at(t0)]);
                }
                if let Some(piece) = pieces.last_mut() {
                    piece.push(at(t1));
                }
                t1 >= 1.0
            }
            None => false,
        };
        last = Some(point);
    }
    pieces
}

/// The part of a segment that lies within, as fractions of it.
fn part_within(a: (f64, f64), b: (f64, f64), x: (f64, f64), y: (f64, f64)) -> Option<(f64, f64)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    for (d, q) in [(-dx, a.0 - x.0), (dx, x.1 - a.0), (-dy, a.1 - y.0), (dy, y.1 - a.1)] {
        if d == 0.0 && q < 0.0 {
            return None;
        }
        if d < 0.0 {
            t0 = t0.max(q / d);
        } else if d > 0.0 {
            t1 = t1.min(q / d);
        }
    }
    (t0 <= t1).then_some((t0, t1))
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn cuts_at_the_border() {
        let pieces = clip([(-2.0, 4.0), (0.0, 0.0), (2.0, 4.0)], (-5.0, 5.0), (0.0, 2.0));
        assert_eq!(pieces, [vec![(-1.0, 2.0), (0.0, 0.0), (1.0, 2.0)]]);
    }

    #[test]
    fn splits_where_it_leaves() {
        let pieces = clip([(0.0, 0.0), (1.0, 2.0), (2.0, 0.0)], (-5.0, 5.0), (0.0, 1.0));
        assert_eq!(pieces, [vec![(0.0, 0.0), (0.5, 1.0)], vec![(1.5, 1.0), (2.0, 0.0)]]);
    }

    #[test]
    fn huge_numbers_and_gaps_stay_harmless() {
        let points = [(0.0, -1e308), (1.0, 1e308), (2.0, f64::NAN), (3.0, 0.5), (4.0, 0.5)];
        assert_eq!(clip(points, (0.0, 5.0), (0.0, 1.0)), [vec![(3.0, 0.5), (4.0, 0.5)]]);
    }
}
