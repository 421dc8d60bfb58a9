//! Readers and losses against mutated input: no panic, no hang, no allocation out of proportion.
//!
//! Each target goes through so many inputs, the same in every run. For a long run, in seconds for each target:
//! `FUZZ_SECONDS=600 FUZZ_SEED=2 cargo test --release --test fuzz`. What fails is printed with the input that did it; one
//! that asks for too much memory is kept in a file of Cargo's folder for tests, `out-of-proportion.txt`.
//! An input that is answered in a new way is kept and mutated further.

#![cfg(not(target_arch = "wasm32"))]

#[path = "common/mutate.rs"]
mod mutate;
#[path = "common/random.rs"]
mod random;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{Read, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};
use std::{env, fs, io, panic, process, thread};

use losslens::codec;
use losslens::experiment::address::{self, Route};
use losslens::experiment::{Experiment, paste};
use losslens::loss::torch::{LOSSES, WITHOUT_PAGE};
use random::Random;
use serde_json::{Value as Json, json};

/// Inputs of each target where no time is given.
const ITERATIONS: usize = 1000;
/// No input here is worth more memory at once.
const MOST_BYTES: usize = 1 << 29;
/// No input here is worth more time, even where the machine is busy and nothing is optimised.
const MOST_TIME: Duration = Duration::from_secs(60);
/// Inputs kept at most.
const MOST_KEPT: usize = 20_000;

/// What each target is at.
static SLOTS: [Mutex<String>; 4] = [const { Mutex::new(String::new()) }; 4];

thread_local! {
    /// The target that the thread runs.
    static SLOT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// The system's allocator, but for requests out of proportion: whoever makes one must take no for an answer. Its input is
/// kept in a file, for who does not.
struct Limited;

#[global_allocator]
static ALLOCATOR: Limited = Limited;

// SAFETY: whatever is not refused, the system's allocator does.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() > MOST_BYTES {
            keep(SLOT.with(Cell::get));
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of this method, which is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) }
    }
}

fn keep(slot: usize) {
    let at = SLOTS.get(slot).and_then(|it| it.try_lock().ok());
    let input = at.as_ref().map_or("", |it| it.as_str());
    let _ = fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/out-of-proportion.txt"), input);
}

/// Prints what a target was at, and ends everything.
fn fail(what: &str, slot: usize) -> ! {
    tell(what, slot);
    process::abort()
}

fn tell(what: &str, slot: usize) {
    let mut out = io::stderr();
    let at = SLOTS.get(slot).and_then(|it| it.try_lock().ok());
    let input = at.as_ref().map_or("", |it| it.as_str());
    let input = input.get(..5000).unwrap_or(input);
    let _ = out.write_all(what.as_bytes()).and_then(|()| out.write_all(b" at this input:\n"));
    let _ = out.write_all(input.as_bytes()).and_then(|()| out.write_all(b"\n"));
}

/// Prints the input of a panic, and ends a target that hangs: whoever holds the answer says of each input that it is
/// answered.
fn watch(slot: usize) -> Sender<()> {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            tell("a panic", SLOT.with(Cell::get));
            usual(info);
        }));
    });
    let (answered, answers) = mpsc::channel();
    thread::spawn(move || {
        loop {
            match answers.recv_timeout(MOST_TIME) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => fail("no answer", slot),
                // The target is through.
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
    answered
}

/// Runs one target. It says of each input in which way it was answered.
fn fuzz(
    slot: usize,
    mut corpus: Vec<String>,
    mutate: impl Fn(&str, &[String], &mut Random) -> String,
    target: impl Fn(&str) -> String,
) {
    let answered = watch(slot);
    SLOT.with(|it| it.set(slot));
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let seconds = number("FUZZ_SECONDS").map(Duration::from_secs);
    let mut random = Random(number("FUZZ_SEED").unwrap_or(1));
    let (start, mut count, mut ways) = (Instant::now(), 0, HashSet::new());
    while seconds.map_or(count < ITERATIONS, |it| start.elapsed() < it) {
        let seed = &corpus[random.below(corpus.len())];
        let input =
            if count < corpus.len() { corpus[count].clone() } else { mutate(seed, &corpus, &mut random) };
        if let Ok(mut at) = SLOTS[slot].lock() {
            at.clone_from(&input);
        }
        let way = target(&input);
        let _ = answered.send(());
        count += 1;
        if ways.insert(plain(&way)) && corpus.len() < MOST_KEPT {
            corpus.push(input);
        }
    }
    println!("{count} inputs, {} ways of answering", ways.len());
}

/// A message without its particulars: what stands in quotes, and digits.
fn plain(message: &str) -> String {
    let unquoted = message.split(['“', '”', '\'', '"']).step_by(2);
    unquoted.flat_map(str::chars).filter(|it| !it.is_ascii_digit()).take(300).collect()
}

/// The recorded calls of PyTorch, as JSON.
fn recorded() -> Vec<String> {
    let mut text = String::new();
    let packed = include_bytes!("reference/cases.json.gz");
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("a gzip file");
    let whole: Json = serde_json::from_str(&text).expect("JSON");
    let question = |it: &Json| json!({ "loss": it["loss"], "args": it["args"], "inputs": it["inputs"] });
    let cases = whole["cases"].as_array().expect("cases").iter().map(question);
    // One of each kind of short ones is enough to start from.
    let mut kinds = HashSet::new();
    let texts = cases.map(|it| (it["loss"].to_string(), it.to_string())).filter(|it| it.1.len() < 3000);
    texts.filter(|(name, text)| kinds.insert((name.clone(), text.len() / 60))).map(|it| it.1).collect()
}

#[test]
fn addresses() {
    let mut corpus = vec!["/".to_owned(), "/which".to_owned()];
    let mut words: Vec<String> = address::PAGE_KEYS.iter().map(|it| format!("&{it}=")).collect();
    words.extend(
        ["sigmoid:", "softmax:", "label:", "view=batch", "view=picture", "int64:"].map(str::to_owned),
    );
    for spec in LOSSES.iter().map(|it| it.spec) {
        corpus.push(format!("/{}?{}", spec.torch, spec.example.query));
        words.push(format!("/{}?", spec.torch));
        words.extend(spec.example.overlays.iter().map(|it| format!("&with={it}")));
        let ids = spec.params.iter().map(|it| it.id).chain(spec.inputs.iter().map(|it| it.id));
        words.extend(ids.map(|it| format!("&{it}=")));
    }
    fuzz(0, corpus, |it, others, random| mutate::text(it, others, &words, random), visit);
}

/// Opens an address and looks at everything that the page would show.
fn visit(text: &str) -> String {
    let read = address::read(text);
    let notices: Vec<String> = read.notices.iter().map(|it| format!("{}: {}", it.key, it.message)).collect();
    let Route::Loss(experiment) = read.route else { return notices.join("\n") };
    let again = address::read(&address::write(&experiment));
    let same = matches!(&again.route, Route::Loss(it) if it == &experiment) && again.notices.is_empty();
    assert!(same, "{} reads back as {again:?}", address::write(&experiment));
    let answer = experiment.evaluate();
    let seen = look(&experiment);
    let answer = answer.map_or_else(|why| why.to_string(), |it| it.warnings.concat());
    format!("{} {seen} {answer} {}", experiment.loss.spec.torch, notices.join("\n"))
}

fn look(experiment: &Experiment) -> String {
    let view = experiment.shown_view();
    let marks = experiment.marks();
    let xs: Vec<f64> = [-1.0, 0.0, 0.5, 3.0].into_iter().chain(experiment.x()).collect();
    let curve = experiment.curve(&xs, experiment.with.as_ref());
    format!("{view:?} {:?} {:?}", std::mem::discriminant(&marks.best), curve.err().map(|it| it.to_string()))
}

#[test]
fn pasted_text() {
    let corpus = [
        "[1, 2.5, -3]",
        "[[1.0, 2], [3, 4]]",
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
        "tensor([1., 2.], device='cuda:0', grad_fn=<MeanBackward0>)",
        "Parameter containing:\ntensor([0.5, 1.0], requires_grad=True)",
        "[np.float64(1.5), np.float64(2.0)]",
        "tensor([], size=(0, 3))",
        "[1 2.5; 3 4]",
        "tensor([True, False])",
        "1,2\r\n3,4.5\r\n",
        "1\t2,5\n3\t4",
        "1,5;2\n3;4,25",
        "# x y\n1.5 2\n\n3 4\n",
        "\"1.5\",\"2\"",
        "price,rooms\n1,2",
        "−1.5 2e3",
    ];
    let words = ["dtype=torch.int64", "size=(", "grad_fn=<", "torch.tensor(", "requires_grad=True"];
    let words = words.map(str::to_owned);
    let mutate = |it: &str, others: &[String], random: &mut Random| mutate::text(it, others, &words, random);
    fuzz(1, corpus.map(str::to_owned).into(), mutate, |text| match paste::parse(text) {
        Ok(it) => {
            assert_eq!(it.tensor.shape().iter().product::<usize>(), it.tensor.len());
            let sizes: Vec<usize> = it.tensor.shape().iter().map(|it| (*it).min(3)).collect();
            format!("{:?} {:?}", it.tensor.dtype(), sizes.iter().map(|it| ["0", "a", "b", "c"][*it]))
        }
        Err(why) => why,
    });
}

#[test]
fn json_text() {
    let words = ["\"shape\":", "\"data\":", "\"dtype\":", "\"loss\":", "\"NaN\"", "{", "}", "[[", "null"];
    let words = words.map(str::to_owned);
    let mutate = |it: &str, others: &[String], random: &mut Random| mutate::text(it, others, &words, random);
    fuzz(2, recorded(), mutate, |text| codec::answer_text(text)["error"].to_string());
}

#[test]
fn calls_of_any_shape() {
    let names = LOSSES.iter().chain(&WITHOUT_PAGE).map(|it| it.spec.torch);
    let names: Vec<&str> = names.chain(losslens::loss::module::MODULES.iter().map(|it| it.0)).collect();
    let mutate = |it: &str, _: &[String], random: &mut Random| {
        let mut case: Json = serde_json::from_str(it).unwrap_or_default();
        for _ in 0..=random.below(5) {
            let part = if random.below(3) == 0 { "args" } else { "inputs" };
            match case.get_mut(part) {
                Some(part) if random.below(20) > 0 => mutate::json(part, random),
                _ => case["loss"] = json!(names[random.below(names.len())]),
            }
        }
        case.to_string()
    };
    fuzz(3, recorded(), mutate, |text| {
        let case: Json = serde_json::from_str(text).unwrap_or_default();
        let answer = codec::answer(&case);
        let output = answer["output"]["shape"].as_array().map_or(9, Vec::len);
        let kept = ["", "a", "b", "c", "d"].get(output).unwrap_or(&"e");
        format!("{} {} {kept}", case["loss"].as_str().unwrap_or("none"), answer["error"]["message"])
    });
}
