//! Addresses: old ones work forever, any state survives its address, and garbage gives something valid.

use losslens::experiment::address::{Read, Route, example, overlay, read, write};
use losslens::experiment::{At, Experiment, Overlay, Through, View};
use losslens::loss::args::Value;
use losslens::loss::spec::ParamKind;
use losslens::loss::tensor::{Data, Tensor};
use losslens::loss::torch::{LOSSES, Loss};

/// Addresses that people may have written down, with the loss and the chosen element's gradient that they must
/// show: PyTorch 2.15 in float64, to four decimals at least. Lines are added, never changed.
const OLD: &[(&str, f64, f64)] = &[
    ("/HuberLoss", 1.53125, -0.25),
    ("/HuberLoss?", 1.53125, -0.25),
    (
        "/HuberLoss?input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.3&with=MSELoss&names=flat,terrace,cottage,mansion&unit=$100k",
        1.53125,
        -0.25,
    ),
    ("/HuberLoss?input=2,3.5,4,3&target=2.5,3.5,2,8", 1.53125, -0.125),
    ("/HuberLoss?delta=2", 2.53125, -0.5),
    ("/HuberLoss?delta=0.5", 0.84375, -0.125),
    ("/HuberLoss?reduction=sum", 6.125, -1.0),
    ("/HuberLoss?input=2,3.5,4,3&target=2.5,3.5,2,14&at=target.3", 3.03125, 0.25),
    ("/HuberLoss?input=0.4,-1.5,2.3&target=0,1,1.25&delta=2&v=1", 1.2104, 0.1333),
    ("/LinearCrossEntropyLoss", 0.4845, -0.3495),
    (
        "/LinearCrossEntropyLoss?input=0,1;-1,-1;0.5,1&target=0,1,0&linear_weight=0,1;-1,-1.5;1.5,0.5&linear_bias=0.5,0,-0.5",
        0.2345,
        0.0746,
    ),
    ("/AdaptiveLogSoftmaxWithLoss", 0.9446, -0.6167),
    ("/AdaptiveLogSoftmaxWithLoss?at=head.bias.3", 0.9446, -0.2859),
    ("/HuberLoss?input=3&target=5&theme=dark&lock=1&show=chart", 1.5, -1.0),
    ("/HuberLoss?input=2%2C3.5%3B4%2C3&target=2.5,3.5;2,8&at=input.1.1", 1.53125, -0.25),
    ("/L1Loss?input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.2&with=MSELoss", 1.875, 0.25),
    ("/MSELoss?input=2,3.5,4,3&target=2.5,3.5,2,8&at=input.3&with=L1Loss", 7.3125, -2.5),
    ("/SmoothL1Loss?input=2,3.5,4,3&target=2.5,3.5,2,8&beta=2&at=input.3&with=HuberLoss", 1.265625, -0.25),
    ("/BCELoss?input=0.95,0.1,0.6,0.02&target=1,0,1,1&at=input.3&with=label:0", 1.1449, -12.5),
    (
        "/BCEWithLogitsLoss?input=2.9444,-2.1972,0.4055,-3.8918&target=1,0,1,1&at=input.3&with=sigmoid:BCELoss",
        1.1449,
        -0.2450,
    ),
    (
        "/CrossEntropyLoss?input=2,1,0.1;0.5,2.5,0;3,0,1&target=0,1,2&at=input.2.2&with=softmax:CrossEntropyLoss",
        0.9279,
        -0.2953,
    ),
    (
        "/CrossEntropyLoss?input=2,1,0.1;0.5,2.5,0;3,0,1&target=1,0,0;0,1,0;0,0,1&at=input.2.2",
        0.9279,
        -0.2953,
    ),
    (
        "/NLLLoss?input=-0.41703,-1.41703,-2.31703;-2.19673,-0.19673,-2.69673;-0.16985,-3.16985,-2.16985&target=0,1,2&at=input.2.2",
        0.9279,
        -0.3333,
    ),
    ("/PoissonNLLLoss?input=1.1,1.6,0,1.4&target=2,5,0,9&at=input.3", -2.4469, -1.2362),
    (
        "/KLDivLoss?input=-0.916290731874155,-0.916290731874155,-1.6094379124341003;-1.6094379124341003,-1.2039728043259361,-0.6931471805599453&target=0.7,0.2,0.1;0.2,0.3,0.5&reduction=batchmean&names=Lisbon,Bergen;sun,cloud,rain",
        0.0919,
        -0.35,
    ),
    ("/HingeEmbeddingLoss?input=0.2,0.9,0.4,1.6&target=1,1,-1,-1&at=input.2&with=label:1", 0.4250, -0.25),
    (
        "/MarginRankingLoss?input1=3,3,2&input2=4.5,2.75,3.5&target=-1,1,1&margin=0.5&at=input1.1&with=margin:0",
        0.75,
        -0.3333,
    ),
];

fn experiment(address: &str) -> (Experiment, Read) {
    let read = read(address);
    match &read.route {
        Route::Loss(experiment) => ((**experiment).clone(), read),
        Route::Text(_) => panic!("{address} leads home: {:?}", read.notices),
    }
}

#[test]
fn old_addresses_show_what_they_showed() {
    for (address, loss, gradient) in OLD {
        let (shown, read) = experiment(address);
        assert!(read.notices.is_empty(), "{address}: {:?}", read.notices);
        let evaluation = shown.evaluate().expect(address);
        let close = |got: Option<f64>, want: f64| got.is_some_and(|it| (it - want).abs() < 6e-5);
        assert!(close(evaluation.output.get(0), *loss), "{address}: {:?}", evaluation.output);
        assert!(
            close(shown.gradient(&evaluation), *gradient),
            "{address}: {:?}",
            shown.gradient(&evaluation)
        );
    }
}

/// A generator of Knuth's: the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// Reading gives the state back, and writing gives the address back.
fn survives(state: &Experiment) {
    let address = write(state);
    assert!(address.bytes().all(|it| it.is_ascii_graphic()), "{address}");
    let (again, read) = experiment(&address);
    assert_eq!(again, *state, "{address}: {:?}", read.notices);
    assert!(read.notices.is_empty(), "{address}: {:?}", read.notices);
    assert_eq!(write(&again), address);
}

#[test]
fn examples_survive_and_are_just_their_name() {
    for loss in LOSSES {
        survives(&example(loss));
        assert_eq!(write(&example(loss)), format!("/{}", loss.spec.torch));
        assert!(example(loss).evaluate().is_ok());
        let query = format!("/{}?{}", loss.spec.torch, loss.spec.example.query);
        let (shown, read) = experiment(&query);
        assert!(read.notices.is_empty(), "{query}: {:?}", read.notices);
        assert_eq!(shown, example(loss));
        for text in loss.spec.example.overlays {
            assert!(overlay(loss, text).is_some(), "{} with {text}", loss.spec.torch);
        }
    }
}

#[test]
fn edited_examples_survive() {
    let numbers = [0.0, -0.0, 0.5, 1.0, -3.25, 0.1, 1e300, 5e-324, 123456789.125, f64::NAN, f64::INFINITY];
    let mut dice = Dice(7);
    for loss in LOSSES {
        for _ in 0..60 {
            let mut state = example(loss);
            for _ in 0..=dice.roll(3) {
                edit(&mut state, &mut dice, &numbers);
            }
            survives(&state);
        }
    }
}

/// Changes one thing, if PyTorch accepts the change.
fn edit(state: &mut Experiment, dice: &mut Dice, numbers: &[f64]) {
    let mut next = state.clone();
    let input = dice.roll(state.inputs.len());
    let place = dice.roll(state.inputs[input].len());
    match dice.roll(7) {
        0 | 1 => next = state.with_number(At { input, place }, *dice.pick(numbers)),
        2 if state.inputs[input].dtype().is_float() => next.at = At { input, place },
        3 => next.names = vec!["a, b; c & d = 100 % +".into(), "–é😀".into(), String::new(), "\n".into()],
        4 => next.classes = vec!["car (red)".into(), "\"truck\"".into()],
        5 => (next.unit, next.view) = ("$100k #?".into(), Some(*dice.pick(&View::ALL))),
        _ => {
            let Some(param) = loss_param(state.loss, dice) else { return };
            let value = match &param.kind {
                ParamKind::Real { slider, .. } => Value::Real(*dice.pick(&[slider.0, slider.1, 0.125])),
                ParamKind::Int { .. } => Value::Int(dice.roll(4) as i64),
                ParamKind::Flag { default } => Value::Flag(!default),
                ParamKind::Choice { choices, .. } => Value::Text((*dice.pick(choices)).to_owned()),
                ParamKind::Tensor { .. } => Value::Tensor(Tensor::vector([0.5, 2.0, f64::NAN])),
            };
            next.with = Some(Overlay::Arg { id: param.id, value: value.clone() });
            next.args.set(param, value);
        }
    }
    let compares = |it: &Overlay| it.apply(&next).evaluate().is_ok();
    if next.evaluate().is_ok() && next.with.as_ref().is_none_or(compares) {
        *state = next;
    }
}

fn loss_param(loss: &Loss, dice: &mut Dice) -> Option<&'static losslens::loss::spec::Param> {
    loss.spec.params.get(dice.roll(loss.spec.params.len()))
}

/// Pointwise inputs take any shape: every kind of tensor that an address can say.
#[test]
fn every_shape_survives() {
    let shapes: [&[usize]; 10] =
        [&[], &[1], &[2], &[0], &[0, 3], &[2, 0], &[1, 4], &[2, 1, 2], &[1, 1, 1], &[2, 3, 2, 2]];
    let loss = Loss::find("SmoothL1Loss").expect("a loss");
    for shape in shapes {
        let count = shape.iter().product();
        let mut state = example(loss);
        let data: Vec<f64> = (0..count).map(|it| [0.25, f64::NAN, -f64::INFINITY][it % 3]).collect();
        state.inputs = vec![
            Tensor::new(shape, data).expect("a tensor"),
            Tensor::int(shape, (0..count as i64).collect()).expect("a tensor"),
        ];
        (state.at, state.names) = (At::default(), Vec::new());
        if count > 0 {
            state.at.place = count - 1;
        }
        state.with = Some(Overlay::Loss { loss, through: Through::Sigmoid });
        survives(&state);
    }
}

#[test]
fn queries_without_inputs_tell_of_the_example() {
    for loss in LOSSES {
        let told = example(loss);
        let (shown, read) = experiment(&format!("/{}?view=batch", loss.spec.torch));
        assert!(read.notices.is_empty());
        assert_eq!(shown.inputs, told.inputs);
        assert_eq!((shown.at, &shown.names, shown.view), (told.at, &told.names, Some(View::Batch)));
        // Absent arguments are PyTorch's defaults, not the example's.
        assert_eq!(shown.args.iter().count(), 0);
    }
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_shown() {
    for (address, key, message) in [
        ("/HuberLos", "loss", "“HuberLos” is no loss of this page; did you mean HuberLoss?"),
        ("/HuberLoss?delat=2", "delat", "HuberLoss has no such argument; did you mean delta?"),
        ("/HuberLoss?delta=x", "delta", "“x” is not a number"),
        (
            "/HuberLoss?delta=-1",
            "delta",
            "PyTorch refuses -1.0: huber_loss does not support non-positive values for delta.",
        ),
        (
            "/HuberLoss?reduction=median",
            "reduction",
            "PyTorch refuses 'median': median is not a valid value for reduction",
        ),
        ("/HuberLoss?input=1,2,z&target=1,2,3", "input", "“z” is not a number"),
        ("/HuberLoss?input=1,2", "target", "is not given; without it the worked example's numbers are shown"),
        (
            "/HuberLoss?input=1,2,3&target=1,2",
            "input, target",
            "PyTorch refuses them: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0",
        ),
        ("/HuberLoss?at=input.9", "at", "there is no element “input.9”: the shape is [4]"),
        ("/HuberLoss?at=var.1", "at", "“var” is not one of the inputs input, target"),
        ("/HuberLoss?view=side", "view", "“side” is none of curve, batch and picture"),
        ("/HuberLoss?with=Nothing", "with", "“Nothing” is nothing to compare with"),
        ("/HuberLoss?with=delta:-1", "with", "huber_loss does not support non-positive values for delta."),
        ("/HuberLoss?v=2", "v", "this page reads version 1, not “2”"),
        ("/HuberLoss?delta=1&delta=2", "delta", "is given twice; “2” counts"),
    ] {
        let notices = read(address).notices;
        let said: Vec<_> = notices.iter().map(|it| (it.key.as_str(), it.message.as_str())).collect();
        assert_eq!(said, [(key, message)], "{address}");
    }
    // One bad argument does not take the others with it, and bad inputs do not take the arguments.
    let (shown, _) = experiment("/HuberLoss?delta=2&reduction=median");
    assert_eq!(shown.args.get("delta"), Some(&Value::Real(2.0)));
    let (shown, read) = experiment("/HuberLoss?input=1,2,3&target=1,2&delta=2&reduction=x&names=a,b,c");
    assert_eq!(shown.args.get("delta"), Some(&Value::Real(2.0)));
    assert_eq!((shown.inputs, read.notices.len()), (example(shown.loss).inputs, 2));
    assert_eq!(shown.names, example(shown.loss).names);
}

#[test]
fn garbage_gives_something_valid() {
    let mut dice = Dice(1);
    let seeds: Vec<String> = OLD.iter().map(|it| it.0.to_owned()).collect();
    let pieces = [
        "%",
        "%2",
        "%ff",
        "%E2%80",
        ";",
        ";;",
        ",",
        ":",
        "x",
        "0x",
        "&",
        "=",
        "?",
        "#",
        "/",
        ".",
        "-",
        "−",
        "1e999",
        "nan",
        "None",
        "int64:",
        "bool:",
        "99999x99999:",
        "99999999999999999999",
        "input=",
        "&at=",
        "&with=sigmoid:",
        "names=;",
        "[",
        "(1,",
        "é",
        "😀",
        "\0",
        "+",
        " ",
        "_",
        "delta",
        "True",
    ];
    for _ in 0..3000 {
        let mut text: Vec<char> = dice.pick(&seeds).chars().collect();
        for _ in 0..=dice.roll(6) {
            let place = dice.roll(text.len() + 1);
            match dice.roll(3) {
                0 => drop(text.splice(place..place, dice.pick(&pieces).chars())),
                1 => text.truncate(place),
                _ => drop(text.splice(place..(place + dice.roll(8)).min(text.len()), [])),
            }
        }
        let text: String = text.into_iter().collect();
        if let Route::Loss(shown) = read(&text).route {
            assert!(shown.evaluate().is_ok(), "{text}");
            assert_eq!(shown.inputs.len(), shown.loss.spec.inputs.len());
            let tensor = &shown.inputs[shown.at.input];
            assert!(tensor.is_empty() || shown.at.place < tensor.len(), "{text}");
            let again = experiment(&write(&shown)).0;
            assert!(numbers(&again) == numbers(&shown), "{text}");
        }
    }
}

fn numbers(experiment: &Experiment) -> Vec<Vec<u64>> {
    let bits = |tensor: &Tensor| match tensor.data() {
        Data::Float(values) => values.iter().map(|it| it.to_bits()).collect(),
        Data::Int(values) => values.iter().map(|it| *it as u64).collect(),
    };
    experiment.inputs.iter().map(bits).collect()
}

#[test]
fn any_length_is_read() {
    for long in ["1,".repeat(300_000), ";".repeat(300_000), "%E2".repeat(100_000), "&a".repeat(100_000)] {
        let read = read(&format!("/HuberLoss?input={long}&target=1"));
        assert!((1..=8).contains(&read.notices.len()));
    }
    assert_eq!(read(&"x".repeat(1_000_000)).route, Route::Text("home"));
    // Too large to broadcast: refused, not tried.
    let column = "1;".repeat(20_000) + "1";
    let row = "1,".repeat(20_000) + "1";
    assert_eq!(read(&format!("/HuberLoss?input={column}&target={row}")).notices.len(), 1);
}

/// `torch.manual_seed(0); torch.randn(3)`, to the digits of float32, and labels of `torch.randint`.
#[test]
fn numbers_can_be_drawn_as_pytorch_draws_them() {
    let (state, read) = experiment("/MSELoss?input=randn(0,3)&target=randn(1,3)");
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    assert_eq!(state.inputs[0].get(0), Some(1.540_996_074_676_513_7));
    let (state, read) = experiment("/CrossEntropyLoss?input=randn(0,3,5)&target=randint(0,0,5,3)");
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    assert_eq!((state.inputs[0].shape(), state.inputs[1].shape()), (&[3, 5][..], &[3][..]));
}
