//! Stills of the figures: what each shows before anybody moves it, in the place that a text keeps for it. They are for
//! whoever has no scripts; where scripts run, the figures come with a text of their own.

use super::og::Art;
use super::pictures::shapes;
use super::shell::escaped;
use crate::experiment::Experiment;
use crate::experiment::address::{self, Route};
use crate::experiment::icon::icon;
use crate::experiment::number::{brief, fixed};
use crate::experiment::samples::Samples;
use crate::experiment::windows::Windows;
use crate::figure::asked::ASKED;
use crate::figure::compare::Case;
use crate::figure::squares::{GUESSES, NAMES, PRICES};
use crate::figure::{bell, broadcast, call, counts, descent, fit, house, logits, paths, split};
use crate::loss::torch::Loss;
use crate::plot::icon::{Form, Frame, Icon, Ink, Shape, Style};
use crate::plot::{Stroke, Window};

/// How large most of them are.
const WIDE: Frame = Frame { width: 640.0, height: 200.0 };

/// A point of a curve that lies closer than this to a straight line through its neighbours is left out, in pixels.
const FLAT: f64 = 0.2;

/// The text with a still in every place of a figure that has one.
pub fn put(html: &str) -> String {
    let mut parts = html.split("<figure ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "<figure ";
        match part.split_once('>') {
            Some((tag, rest)) => {
                let of = attribute(tag, "data-of=\"").replace("&amp;", "&");
                let rate = attribute(tag, "data-rate=\"").parse().unwrap_or(descent::RATE);
                let still = still(&attribute(tag, "data-figure=\""), &of, rate).unwrap_or_default();
                out += &format!("{tag}>{still}{rest}");
            }
            None => out += part,
        }
    }
    out
}

fn attribute(tag: &str, name: &str) -> String {
    tag.split_once(name).and_then(|it| it.1.split('"').next()).unwrap_or_default().to_owned()
}

/// What the figure shows at first. What cannot be done without scripts, a task, has none.
fn still(figure: &str, of: &str, rate: f64) -> Option<String> {
    match figure {
        "asked" => Some(asked()),
        "house" => {
            let state = house::house(Loss::find(house::FIRST)?);
            Some(course(&state, &house::window(&state, None), house::RATE))
        }
        "compare" => compare(Case::find(of)?),
        "descent" => {
            let state = state(of)?;
            Some(course(&state, &Windows::of(&state, None).loss, rate))
        }
        // The loss's own picture says what the figure does.
        "bench" | "line" => {
            let state = state(of)?;
            Some(drawn(WIDE, &icon(state.loss, WIDE), &[("", loss("loss ", call::loss(&state)))]))
        }
        "bell" => Some(bells()),
        "broadcast" => Some(square()),
        "counts" => Some(calls()),
        "logits" => Some(pushes()),
        "outliers" => Some(outliers()),
        "paths" => Some(ways()),
        "split" => Some(parts()),
        "squares" => Some(squares()),
        _ => None,
    }
}

fn state(of: &str) -> Option<Experiment> {
    match address::read(of).route {
        Route::Loss(state) => Some(*state),
        Route::Text(_) => None,
    }
}

/// The picture, and what it is of: a class of the sheet and words for each.
fn drawn(Frame { width, height }: Frame, icon: &Icon, keys: &[(&str, String)]) -> String {
    let mut icon = icon.clone();
    icon.shapes.iter_mut().for_each(straighten);
    let key = |(class, words): &(&str, String)| {
        format!(r#"<span class="key {class}"><i></i>{}</span>"#, escaped(words))
    };
    let keys: String = keys.iter().map(key).collect();
    format!(
        r#"<div class="still"><svg viewBox="0 0 {width} {height}" aria-hidden="true"><g class="shapes">{}</g></svg><p class="keys">{keys}</p></div>"#,
        shapes(&icon)
    )
}

/// Leaves out the points of a curve that lie on it without being said.
fn straighten(shape: &mut Shape) {
    let Form::Path(points) = &mut shape.form else { return };
    let mut kept: Vec<(f64, f64)> = Vec::new();
    let mut skipped: Vec<(f64, f64)> = Vec::new();
    for (point, next) in points.iter().zip(points.iter().skip(1)) {
        let is_near = |a: &(f64, f64), it: &(f64, f64)| {
            let (dx, dy) = (next.0 - a.0, next.1 - a.1);
            ((it.0 - a.0) * dy - (it.1 - a.1) * dx).abs() < FLAT * dx.hypot(dy)
        };
        skipped.push(*point);
        if !kept.last().is_some_and(|a| skipped.iter().all(|it| is_near(a, it))) {
            kept.push(*point);
            skipped.clear();
        }
    }
    kept.extend(points.last());
    *points = kept;
}

fn loss(words: &str, value: f64) -> String {
    format!("{words}{}", fixed(value, 4))
}

fn compare(case: &'static Case) -> Option<String> {
    let Art::Chart { scene, dots, .. } = Art::of_case(case) else { return None };
    let mut icon = Icon::default();
    floor(&mut icon, &scene.window);
    for curve in scene.curves {
        let (ink, style) = match curve.stroke {
            Stroke::Overlay => (Ink::Quiet, Style::Dashed),
            _ => (Ink::Loss, Style::Line),
        };
        icon.line(WIDE, &scene.window, curve.points, ink, style);
    }
    for (at, ink) in dots.iter().map(|it| it.at).zip([Ink::Quiet, Ink::Loss]) {
        dot(&mut icon, &scene.window, at, ink);
    }
    let firsts: Vec<f64> = case.dials.iter().map(|it| it.first).collect();
    let [first, second] = (case.sides)(&firsts).map(|it| loss(&format!("{}: ", it.title), it.answer().loss));
    Some(drawn(WIDE, &icon, &[("", first), ("second", second)]))
}

/// The loss by one element, where it stands, and where its next steps lead.
fn course(state: &Experiment, window: &Window, rate: f64) -> String {
    let samples = Samples::take(&state.held(), window);
    let mut icon = Icon::default();
    floor(&mut icon, window);
    let curve = samples.shown.xs.iter().copied().zip(samples.shown.losses.iter().copied());
    icon.line(WIDE, window, curve, Ink::Loss, Style::Line);
    for x in descent::places(state, state.at, rate, 4) {
        let place = WIDE.place(window, (x, samples.at(state, x).0));
        icon.circle(place, 5.0, Ink::Prediction, Style::Thin);
    }
    let x = state.x().unwrap_or(f64::NAN);
    dot(&mut icon, window, (x, samples.at(state, x).0), Ink::Prediction);
    let step = descent::Step::of(state, state.at, rate).map(|it| it.arithmetic()).unwrap_or_default();
    drawn(WIDE, &icon, &[("", loss("loss ", call::loss(state))), ("steps", format!("one step: {step}"))])
}

fn floor(icon: &mut Icon, window: &Window) {
    icon.line(WIDE, window, [window.x().0, window.x().1].map(|x| (x, 0.0)), Ink::Axis, Style::Thin);
}

fn dot(icon: &mut Icon, window: &Window, at: (f64, f64), ink: Ink) {
    if at.0.is_finite() && at.1.is_finite() {
        icon.circle(WIDE.place(window, at), 6.0, ink, Style::Fill);
    }
}

/// Columns of a share of the height each, side by side; where one stands.
fn columns(icon: &mut Icon, heights: &[f64], ink: impl Fn(usize) -> Ink) {
    let width = WIDE.width / heights.len().max(1) as f64;
    for (place, height) in heights.iter().enumerate() {
        let left = place as f64 * width;
        let top = WIDE.height * (1.0 - height.min(1.0));
        icon.rectangle((left + width * 0.1, top), (left + width * 0.9, WIDE.height), ink(place), Style::Fill);
    }
}

fn calls() -> String {
    let (rate, seen) = (counts::RATE.first, counts::SEEN.first);
    let bars = counts::probabilities(rate);
    let most = bars.iter().copied().fold(0.0, f64::max);
    let mut icon = Icon::default();
    let heights: Vec<f64> = bars.iter().map(|it| it / most).collect();
    columns(&mut icon, &heights, |it| if it == seen as usize { Ink::Target } else { Ink::Prediction });
    let bar = bars.get(seen as usize).copied().unwrap_or(f64::NAN);
    let state = counts::state(rate, seen);
    let words = [
        (
            "pred",
            format!(
                "a rate of e^{} = {}, for 0 to {} calls",
                brief(rate),
                fixed(rate.exp(), 2),
                bars.len() - 1
            ),
        ),
        ("target", format!("{} calls were seen, with a probability of {}", brief(seen), fixed(bar, 4))),
        ("", loss("loss ", call::loss(&state))),
    ];
    drawn(WIDE, &icon, &words)
}

fn bells() -> String {
    let (day, variance, came) = (bell::DAY.first, bell::VARIANCE.first, bell::CAME.first);
    let window = Window::new((bell::DAY.from, bell::DAY.to), (0.0, 0.9));
    let mut icon = Icon::default();
    floor(&mut icon, &window);
    let points = bell::curve(day, variance).into_iter().map(|[x, y]| (x, y));
    icon.line(WIDE, &window, points, Ink::Prediction, Style::Line);
    icon.diamond(WIDE.place(&window, (came, 0.03)), 6.0, Ink::Target, Style::Fill);
    let words = [
        ("pred", format!("expected on day {} with a variance of {}", brief(day), brief(variance))),
        ("target", format!("it came on day {}", brief(came))),
        ("", loss("loss ", call::loss(&bell::state([day, variance, came], false, bell::EPS.first)))),
    ];
    drawn(WIDE, &icon, &words)
}

fn pushes() -> String {
    let frame = Frame { width: 320.0, height: 320.0 };
    let (x, y) = (&logits::FIRST, &logits::SECOND);
    let window = Window::new((x.from, x.to), (y.from, y.to));
    let mut icon = Icon::default();
    let cell = (x.to - x.from) / logits::ARROWS as f64 * 0.62;
    for (from, push) in logits::field(0) {
        let to = (from[0] + push[0] * cell, from[1] + push[1] * cell);
        icon.line(frame, &window, [(from[0], from[1]), to], Ink::Gradient, Style::Thin);
        icon.circle(frame.place(&window, (from[0], from[1])), 1.5, Ink::Gradient, Style::Fill);
    }
    icon.circle(frame.place(&window, (x.first, y.first)), 6.0, Ink::Prediction, Style::Fill);
    let state = logits::state([x.first, y.first], 0);
    let words = [
        ("pred", format!("car {} across, truck {} upwards; it is a car", brief(x.first), brief(y.first))),
        ("grad", "the push at each place".to_owned()),
        ("", loss("loss ", call::loss(&state))),
    ];
    drawn(frame, &icon, &words)
}

fn outliers() -> String {
    let window = Window::new((0.0, 8.0), (0.0, 14.0));
    let mut icon = Icon::default();
    let mut words = Vec::new();
    for (place, name) in fit::LOSSES.iter().take(3).enumerate() {
        let line = fit::fit(name, &fit::POINTS, 1.0);
        let (ink, style) = if place == 0 { (Ink::Loss, Style::Line) } else { (Ink::Quiet, Style::Dashed) };
        icon.line(WIDE, &window, [0.0, 8.0].map(|x| (x, line.at(x))), ink, style);
        words.push((
            if place == 0 { "" } else { "second" },
            format!("{name}: slope {}", fixed(line.slope, 2)),
        ));
    }
    for [x, y] in fit::POINTS {
        icon.diamond(WIDE.place(&window, (x, y)), 5.0, Ink::Target, Style::Fill);
    }
    drawn(WIDE, &icon, &words)
}

fn ways() -> String {
    let word = &paths::WORDS[0];
    let most = paths::FRAMES.to as usize;
    let counts: Vec<u64> = (1..=most).map(|it| word.count(it)).collect();
    let top = counts.iter().copied().max().unwrap_or(1) as f64;
    let mut icon = Icon::default();
    let heights: Vec<f64> = counts.iter().map(|it| (*it as f64).ln_1p() / top.ln_1p()).collect();
    let here = paths::FRAMES.first as usize;
    columns(&mut icon, &heights, |it| if it + 1 == here { Ink::Target } else { Ink::Prediction });
    let list: Vec<String> = counts.iter().map(u64::to_string).collect();
    let words = format!("ways to spell “{}” in 1 to {most} frames: {}", word.text, list.join(", "));
    drawn(WIDE, &icon, &[("target", format!("{here} frames")), ("pred", words)])
}

fn parts() -> String {
    let (p, q) = (split::TRUTH, split::FORECAST);
    let mut icon = Icon::default();
    let heights: Vec<f64> = p.iter().zip(q).flat_map(|(p, q)| [*p, q]).collect();
    columns(&mut icon, &heights, |it| if it % 2 == 0 { Ink::Target } else { Ink::Prediction });
    let split = split::Split::of(&q, &p);
    let list = |of: &[f64]| of.iter().map(|it| brief(*it)).collect::<Vec<_>>().join(", ");
    let words = [
        ("target", format!("truth P: sun, cloud, rain {}", list(&p))),
        ("pred", format!("forecast Q: {}", list(&q))),
        ("", loss("cross entropy ", split.cross_entropy)),
        ("second", loss("entropy of P ", split.entropy()) + &loss(" + KL(P‖Q) ", split.divergence)),
    ];
    drawn(WIDE, &icon, &words)
}

/// Each error as a stick, and the square on it.
fn squares() -> String {
    const UNIT: f64 = 30.0;
    let mut icon = Icon::default();
    let mut left = 3.0;
    for (guess, price) in GUESSES.iter().zip(PRICES) {
        let side = (guess.first - price).abs() * UNIT;
        icon.rectangle((left, 160.0 - side), (left + side, 160.0), Ink::Loss, Style::Wash);
        icon.path([(left, 176.0), (left + side, 176.0)], Ink::Loss, Style::Line);
        left += side + 12.0;
    }
    let guesses = GUESSES.each_ref().map(|it| it.first);
    let each = |name: &str| call::loss(&crate::figure::squares::state(name, &guesses));
    let names = format!("{}: an error is a stick, and a square is built on it", NAMES.join(", "));
    drawn(
        WIDE,
        &icon,
        &[
            ("second", names),
            ("", loss("the sticks by four, L1Loss: ", each("L1Loss"))),
            ("", loss("the squares by four, MSELoss: ", each("MSELoss"))),
        ],
    )
}

fn square() -> String {
    let all = broadcast::TARGETS;
    let cell =
        |down: f64| move |across: &f64| format!("<td>{}</td>", brief((across - down) * (across - down)));
    let row = |down: &f64| {
        format!("<tr><th>{}</th>{}</tr>", brief(*down), all.iter().map(cell(*down)).collect::<String>())
    };
    let head: String = all.iter().map(|it| format!("<th>{}</th>", brief(*it))).collect();
    let rows: String = all.iter().map(row).collect();
    let answer = fixed(call::loss(&broadcast::state(&all, true)), 4);
    format!(
        r#"<div class="still"><table><caption>squared differences, predictions across and targets down; MSELoss of (3,) against (3, 1): {answer}</caption><tr><td></td>{head}</tr>{rows}</table></div>"#
    )
}

fn asked() -> String {
    let line = |it: &crate::figure::asked::Asked| {
        let (first, answer) = (it.dial.first, call::loss(&(it.state)(it.dial.first as usize)));
        format!(
            r##"<p>{}{}{}{}. <a href="#/questions/{}">Why?</a></p>"##,
            escaped(it.before),
            brief(first),
            escaped(it.after),
            fixed(answer, 4),
            it.part
        )
    };
    format!(r#"<div class="still">{}</div>"#, ASKED.iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons;
    use crate::lessons::html::{balanced, tags};
    use crate::loss::torch::LOSSES;

    /// Tasks need a hand, and programs stand there as text.
    const WITHOUT: [&str; 2] = ["task", "code"];

    #[test]
    fn every_figure_of_the_lessons_has_a_still_or_needs_none() {
        let texts = ["start", "article", "questions"].map(|it| lessons::text(it).unwrap().html);
        let lessons = LOSSES.iter().map(|it| lessons::read(it.spec.torch).unwrap().explanation);
        for text in texts.into_iter().chain(lessons) {
            let filled = put(&text);
            assert!(balanced(&filled), "{filled}");
            for figure in filled.split("<figure ").skip(1) {
                let name = attribute(figure, "data-figure=\"");
                let has = figure.split_once('>').is_some_and(|it| it.1.starts_with("<div class=\"still\">"));
                assert!(name.is_empty() || has != WITHOUT.contains(&name.as_str()), "{figure}");
            }
            assert!(tags(&filled).all(|it| !it.contains("NaN") && !it.contains(" style=")), "{filled}");
        }
    }

    #[test]
    fn a_still_says_the_numbers_of_its_figure() {
        for (figure, of, says) in [
            ("compare", "softmax-twice", "0.7444"),
            ("bell", "", "17.3069"),
            ("counts", "", "−8.5448"),
            ("broadcast", "", "1.3333"),
            ("squares", "", "7.3125"),
            ("descent", "/MSELoss", "new = 3 − 1 × (−2.5) = 5.5"),
            ("house", "", "new = 3 − 0.1 × (−4) = 3.4"),
            ("paths", "", "0, 0, 1, "),
            ("asked", "", "0.6931"),
        ] {
            let still = still(figure, of, descent::RATE).unwrap();
            assert!(still.contains(says), "{figure}: {still}");
        }
    }
}
