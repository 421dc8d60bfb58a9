//! The article's calls against what PyTorch 2.15.0 answered to them, and their text against what it links to.

use super::samples::{OTHERS, TWELVE};
use super::{answer, inputs, linked, loss_of, query, sample};
use crate::experiment::address::{self, Route, TEXTS};
use crate::lessons::html::{balanced, tags, text};
use crate::lessons::states::changed;
use crate::lessons::{Text, read};
use crate::loss::tensor::Tensor;

/// A tensor as PyTorch's are recorded: with seven decimals.
fn printed(tensor: &Tensor, count: usize) -> String {
    let numbers: Vec<String> = tensor.floats().iter().take(count).map(|it| format!("{it:.7}")).collect();
    numbers.join(" ")
}

const FIFTEEN: &str = "1.5409961 -0.2934289 -2.1787894 0.5684313 -1.0845224 -1.3985955 0.4033468 0.8380263 -0.7192576 \
    -0.4033435 -0.5966353 0.1820365 -0.8566746 1.1006042 -1.0711874";
const THIRTY: &str = "0.1227012 -0.5663175 0.3731146 -0.8919953 -1.5091077 0.3703935 1.4565026 0.9398099 0.7748488 \
    0.1918694 1.2637948 -1.2904351 -0.7911027 -0.0208795 -0.7184801";

#[test]
fn what_is_drawn_is_what_pytorch_drew() {
    let recorded: [(&str, &[&str]); 12] = [
        ("mae", &["0.0000000 0.1000000 0.2000000", "0.0000000 0.2000000 0.2500000"]),
        ("mse", &[FIFTEEN, THIRTY]),
        ("bce", &["0.1580000 0.4137000 0.2285000", "0.0000000 1.0000000 0.0000000"]),
        ("nll-scores", &[FIFTEEN, "1.0000000 0.0000000 4.0000000"]),
        (
            "poisson",
            &[
                "1.5409961 -0.2934289 -2.1787894 0.5684313 -1.0845224 -1.3985955 0.4033468 0.8380263 -0.7192576 \
                    -0.4033435",
                "-0.5966353 0.1820365 -0.8566746 1.1006042 -1.0711874 0.1227012 -0.5663175 0.3731146 -0.8919953 \
                    -1.5091077",
            ],
        ),
        ("cross-entropy", &[FIFTEEN, "3.0000000 0.0000000 0.0000000"]),
        ("hinge", &[FIFTEEN, THIRTY]),
        (
            "ranking",
            &[
                "1.5409961 -0.2934289 -2.1787894",
                "0.5684313 -1.0845224 -1.3985955",
                "1.0000000 1.0000000 -1.0000000",
            ],
        ),
        ("smooth-l1", &[FIFTEEN, THIRTY]),
        (
            "triplet",
            &[
                "-1.1258398 -1.1523602 -0.2505786 -0.4338788 0.8487104",
                "-0.3937416 0.3877297 2.4843578 -0.0018837 2.1566043",
                "1.1034777 0.9218322 0.7674033 -0.2560798 0.0501094",
            ],
        ),
        (
            "kl",
            &[
                "1.5409961 -0.2934289 -2.1787894 0.5684313 -1.0845224 -1.3985955",
                "0.4033468 0.8380263 -0.7192576 -0.4033435 -0.5966353 0.1820365",
            ],
        ),
        ("bce-with-logits", &["1.5000000 1.5000000", "1.0000000 1.0000000"]),
    ];
    for (id, tensors) in recorded {
        for (drawn, recorded) in inputs(sample(id).unwrap()).unwrap().iter().zip(tensors) {
            assert_eq!(printed(drawn, recorded.split(' ').count()), *recorded, "{id}");
        }
    }
    // All 12,800 numbers of each, to their last bits: every partial sum is exact.
    let sums: Vec<f64> =
        inputs(sample("triplet").unwrap()).unwrap().iter().map(|it| it.floats().iter().sum()).collect();
    for (sum, recorded) in sums.iter().zip([-182.8848947, -61.6116459, -95.5179952]) {
        assert!((sum - recorded).abs() < 5e-8, "{sums:?}");
    }
}

/// PyTorch's logarithms of a softmax are float32, ours float64.
#[test]
fn log_probabilities_are_pytorchs_to_its_digits() {
    let recorded = [
        -0.4913117, -2.3257368, -4.2110972, -1.4638765, -3.1168301, -3.0493224, -1.2473800, -0.8127005,
        -2.3699844, -2.0540702, -2.3056424, -1.5269705, -2.5656815, -0.6084028, -2.7801943,
    ];
    let drawn = inputs(sample("nll").unwrap()).unwrap();
    assert!(drawn[0].floats().iter().zip(recorded).all(|(ours, theirs)| near(*ours, theirs)), "{drawn:?}");
    assert_eq!(drawn[1].ints(), Some(&[1, 0, 4][..]));
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 5e-7 || (a.is_nan() && b.is_nan())
}

#[test]
fn the_core_answers_as_pytorch_did() {
    for it in TWELVE.iter().chain(&OTHERS) {
        let answer = answer(it).unwrap();
        assert!(near(answer, it.torch), "{}: {answer} against {}", it.id, it.torch);
        // Where PyTorch computed in float32 its answer is one of those.
        assert!(it.torch.is_nan() || f64::from(it.torch as f32) == it.torch, "{}", it.id);
    }
    // In float64, as recorded.
    let exact = |id: &str| answer(sample(id).unwrap()).unwrap();
    for (id, recorded) in [
        ("mae", 0.049999999999999996),
        ("mse", 1.6508408572201931),
        ("bce", 0.43800269247783435),
        ("bce-with-logits", 0.2014132779827524),
        ("triplet", 1.1369515894797486),
    ] {
        assert!((exact(id) - recorded).abs() < 1e-15, "{id}: {}", exact(id));
    }
}

#[test]
fn other_losses_take_the_numbers_of_a_sample() {
    for (changes, recorded) in [
        ("SmoothL1Loss&sample=smooth-l1", 0.6716868877410889),
        ("SmoothL1Loss&sample=smooth-l1&beta=0.5", 0.8460185527801514),
        ("HuberLoss&sample=smooth-l1", 0.6716868877410889),
        ("CrossEntropyLoss&sample=nll-scores", 2.7184178829193115),
        ("PoissonNLLLoss&sample=poisson&full=True", 0.8970268964767456),
        ("KLDivLoss&sample=kl-distributions&reduction=mean", 0.2047438621520996),
        ("BCEWithLogitsLoss&sample=bce-with-logits&pos_weight=", 0.2014133185148239),
    ] {
        let loss = loss_of(&changed("", changes).unwrap()).unwrap();
        assert!(near(loss, recorded), "{changes}: {loss}");
    }
    assert!(changed("", "MSELoss&sample=none").unwrap_err().contains("none"));
    assert!(super::expand("{sample none}").is_err() && super::expand("{sample mse").is_err());
}

fn page(name: &str) -> Text {
    crate::lessons::text(name).unwrap()
}

/// The links of a page, as the address bar has them.
fn links(html: &str) -> Vec<String> {
    let links = html.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    links.map(|it| it.replace("&amp;", "&")).collect()
}

#[test]
fn every_block_links_to_the_number_that_it_shows() {
    let html = page("article").html;
    let blocks: Vec<&str> = html.split("<div class=\"sample\">").skip(1).collect();
    assert_eq!(blocks.len(), TWELVE.len());
    for (block, it) in blocks.iter().zip(&TWELVE) {
        let block = block.split("</div>").next().unwrap();
        let shown: Vec<f64> = block
            .split("data-value=\"")
            .skip(1)
            .map(|it| it.split('"').next().unwrap().parse().unwrap())
            .collect();
        let link = &links(block)[0];
        let read = address::read(link);
        assert!(read.notices.is_empty(), "{link}");
        let Route::Loss(state) = read.route else { panic!("{link}") };
        assert_eq!((state.loss.spec.torch, &*state), (it.loss, &linked(it).unwrap()));
        // Here, PyTorch, and what the bench shows where it holds a part.
        let bench = loss_of(&state).unwrap();
        let last = if it.rows == 0 { shown[0] } else { shown[2] };
        assert!(bench == last || bench.is_nan() && last.is_nan(), "{}", it.id);
        assert!(shown[1] == it.torch || it.torch.is_nan() && shown[1].is_nan(), "{}", it.id);
        assert!(query(it.id).unwrap().contains("input=") || it.id == "ranking" || it.id == "triplet");
    }
}

#[test]
fn the_pages_are_sound() {
    for name in ["article", "start"] {
        let html = page(name).html;
        assert!(balanced(&html), "{name}");
        for refused in [" style=", " on", "<script"] {
            assert!(!tags(&html).any(|tag| tag.contains(refused)), "{name}: {refused}");
        }
        let code = |html: &str| -> String {
            html.split("<pre").map(|it| it.rsplit("</pre>").next().unwrap_or_default()).collect()
        };
        let words = text(&code(&html));
        for trace in ["$", "\\", "{", "](", "`", "**", "simply", "just ", "obviously", "magic", "powerful"] {
            assert!(!words.contains(trace), "{name}: {trace}");
        }
        for link in links(&html) {
            let read = address::read(&link);
            assert!(read.notices.is_empty(), "{name}: {link} {:?}", read.notices);
        }
    }
    assert!((200..=320).contains(&text(&page("start").html).split_whitespace().count()));
}

/// `#/article/hinge` finds its heading, and each of the twelve losses' lessons its sample.
#[test]
fn samples_are_found_from_elsewhere() {
    let html = page("article").html;
    for it in &TWELVE {
        assert!(html.contains(&format!("<h2 id=\"{}\">", it.id)), "{}", it.id);
        assert!(matches!(address::read(&format!("#/article/{}", it.id)).route, Route::Text("article")));
    }
    assert!(TEXTS.contains(&"start"));
    let names = TWELVE.iter().map(|it| if it.id == "smooth-l1" { "SmoothL1Loss" } else { it.loss });
    for (name, it) in names.zip(&TWELVE) {
        let lesson = read(name).unwrap().explanation;
        let state = changed(name, &format!("sample={}", it.id)).unwrap();
        let link =
            format!("href=\"#{}\">the article’s numbers", address::write(&state).replace('&', "&amp;"));
        assert!(lesson.contains(&link), "{name}");
    }
}
