//! A loss described once: everything that menus, controls, addresses, code and tests derive from.

use super::tensor::Dtype;

/// The description of one loss.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The name of the class in `torch.nn`, or of the function in `torchvision.ops`.
    pub torch: &'static str,
    /// The name as a title: "Huber loss".
    pub title: &'static str,
    /// The name in menus: "Huber".
    pub short: &'static str,
    /// What else people call it, or look for when they need it: "L2", "least squares".
    pub also: &'static [&'static str],
    /// The sentence under the title.
    pub brief: &'static str,
    /// The question that the loss answers.
    pub group: Group,
    /// The shape of what is compared, which decides how it is shown.
    pub family: Family,
    /// The constructor's keyword arguments, in PyTorch's order.
    pub params: &'static [Param],
    /// The arguments of `forward`, in PyTorch's order.
    pub inputs: &'static [Input],
    /// What the page opens with.
    pub example: Example,
}

/// What menus say of a loss; less than its `Spec`, which only the programs hold that compute it.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// The name of the class in `torch.nn`, or of the function in `torchvision.ops`.
    pub torch: &'static str,
    /// The name as a title: "Huber loss".
    pub title: &'static str,
    /// The name in menus: "Huber".
    pub short: &'static str,
    /// What else people call it.
    pub also: &'static [&'static str],
    /// The sentence under the title.
    pub brief: &'static str,
    /// The question that the loss answers.
    pub group: Group,
}

impl Name {
    /// What menus say of the loss that is described. A program that does without losses has a menu of short names alone,
    /// and holds no more of them.
    pub const fn of(spec: &Spec) -> Self {
        let Spec { torch, title, short, also, brief, group, .. } = *spec;
        let whole =
            !cfg!(any(feature = "without-early", feature = "without-late", feature = "without-beyond"));
        if whole {
            Self { torch, title, short, also, brief, group }
        } else {
            Self { torch, short, group, title: "", also: &[], brief: "" }
        }
    }
}

impl Spec {
    /// The constructor argument of that name.
    pub fn param(&self, id: &str) -> Option<&'static Param> {
        self.params.iter().find(|it| it.id == id)
    }

    /// The place of the `forward` argument of that name.
    pub fn input(&self, id: &str) -> Option<usize> {
        self.inputs.iter().position(|it| it.id == id)
    }
}

/// What one asks of a model when one needs the loss; the groups of the menu, most needed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How much?
    Number,
    /// How many?
    Count,
    /// Is it so?
    YesOrNo,
    /// Which one?
    OneOfMany,
    /// With which probabilities, or spelled how?
    Distribution,
    /// Which is nearer, or comes first?
    Closeness,
    /// What `torch.nn` does not have: functions of torchvision, for finding things in photos.
    Beyond,
}

impl Group {
    /// Every group, in menu order.
    pub const ALL: [Group; 7] = [
        Group::Number,
        Group::Count,
        Group::YesOrNo,
        Group::OneOfMany,
        Group::Distribution,
        Group::Closeness,
        Group::Beyond,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Number => "Predict a number",
            Group::Count => "Predict a count",
            Group::YesOrNo => "Yes or no",
            Group::OneOfMany => "One of many",
            Group::Distribution => "A distribution or a sequence",
            Group::Closeness => "Closeness or order",
            Group::Beyond => "Beyond torch.nn",
        }
    }

    /// Where Python finds the losses of the group.
    pub fn module(self) -> &'static str {
        if self.is_of_functions() { "torchvision.ops" } else { "torch.nn" }
    }

    /// Whether they are functions, which take inputs and arguments in one call, and no classes.
    pub fn is_of_functions(self) -> bool {
        self == Group::Beyond
    }
}

/// The shape of what is compared. Panels match on it exhaustively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Aligned elements, each with a loss of its own.
    Pointwise,
    /// Rows of scores, each with a label.
    Rowwise,
    /// Rows of scores, each with any number of labels.
    Tagged,
    /// Pairs of vectors, each with a label.
    Pair,
    /// Anchor, positive and negative vectors.
    Triplet,
    /// Frames of log-probabilities against a shorter sequence.
    Sequence,
    /// Rows of features, each with a label, and the layers that make scores of them: the parameters are inputs too.
    Layered,
}

/// A constructor argument.
#[derive(Debug)]
pub struct Param {
    /// PyTorch's keyword.
    pub id: &'static str,
    /// One sentence for the reader.
    pub doc: &'static str,
    /// What it holds, and so which control turns it.
    pub kind: ParamKind,
}

impl Param {
    /// PyTorch's default of a real argument; 0 for any other.
    pub const fn default_real(&self) -> f64 {
        match self.kind {
            ParamKind::Real { default, .. } => default,
            _ => 0.0,
        }
    }

    /// PyTorch's default of an integer argument; 0 for any other.
    pub const fn default_int(&self) -> i64 {
        match self.kind {
            ParamKind::Int { default } => default,
            _ => 0,
        }
    }

    /// What PyTorch and NumPy take for a word, where that is not the word itself.
    pub fn python(&self, word: &str) -> Option<[&'static str; 2]> {
        let ParamKind::Choice { choices, python, .. } = self.kind else { return None };
        let place = choices.iter().position(|it| *it == word)?;
        python.get(place).copied()
    }

    /// Whether it is a tensor with an entry for each element.
    pub fn per_element(&self) -> bool {
        matches!(self.kind, ParamKind::Tensor { per: Per::Element })
    }
}

/// What a constructor argument holds. The bounds here are soft: what is worth dragging through.
/// The hard ones are what the loss's own checks refuse, in PyTorch's words.
#[derive(Debug)]
pub enum ParamKind {
    /// A real number with the range of its slider.
    Real {
        /// PyTorch's default.
        default: f64,
        /// The least and the most of the slider.
        slider: (f64, f64),
        /// What one press of an arrow key is worth.
        step: f64,
    },
    /// An integer.
    Int {
        /// PyTorch's default.
        default: i64,
    },
    /// A switch.
    Flag {
        /// PyTorch's default.
        default: bool,
    },
    /// One of several words.
    Choice {
        /// PyTorch's default.
        default: &'static str,
        /// The words that PyTorch takes.
        choices: &'static [&'static str],
        /// What Python takes where that is no word: for each choice its PyTorch and its NumPy.
        python: &'static [[&'static str; 2]],
    },
    /// A tensor, `None` by default.
    Tensor {
        /// What it has an entry for.
        per: Per,
    },
}

/// What a tensor argument has one entry for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// An entry for each class.
    Class,
    /// An entry for each element, broadcast where the loss allows it.
    Element,
}

/// An argument of `forward`.
#[derive(Debug)]
pub struct Input {
    /// PyTorch's name.
    pub id: &'static str,
    /// What it is to the loss.
    pub role: Role,
    /// What its numbers mean.
    pub domain: Domain,
    /// One phrase for the reader: "what the model said".
    pub doc: &'static str,
}

/// Which of the page's colours and shapes an input has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the model said.
    Prediction,
    /// What the layers of the loss make a prediction of.
    Feature,
    /// What was true.
    Target,
    /// What the model has learned: a weight or a bias of one of its layers.
    Parameter,
    /// None of them: a length, say.
    Aside,
}

/// What the numbers of an input mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Any number.
    Real,
    /// A number in [0, 1], which PyTorch checks.
    Unit,
    /// A score before the sigmoid or softmax.
    Logit,
    /// The logarithm of a probability; PyTorch does not check it.
    LogProbability,
    /// A probability; PyTorch does not check it.
    Probability,
    /// How often something was seen; PyTorch does not check it.
    Count,
    /// A variance, which PyTorch checks to be no less than 0.
    Variance,
    /// A distance; PyTorch does not check it.
    Distance,
    /// 1 or -1; PyTorch does not check it.
    Sign,
    /// A class index, or class probabilities where the loss allows it.
    Class,
    /// Class indices, any number of them, up to the first -1.
    Labels,
    /// How many entries of a sequence count.
    Length,
    /// A side of a box: left, top, right or bottom; PyTorch does not check their order.
    Side,
}

impl Domain {
    /// Whether inputs are lists of labels. No early loss takes any: a program that does without the late ones has no
    /// code for them.
    pub const fn is_labels(self) -> bool {
        cfg!(not(feature = "without-late")) && matches!(self, Domain::Labels)
    }

    /// The dtype of such numbers, where nobody says otherwise.
    pub fn dtype(self) -> Dtype {
        match self {
            Domain::Class | Domain::Labels | Domain::Length => Dtype::Int64,
            _ => Dtype::Float64,
        }
    }

    /// What a curve may be drawn over; PyTorch refuses the rest.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Domain::Unit => (0.0, 1.0),
            Domain::Variance => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// The worked example that a page opens with.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Which data it tells of; losses of one story hand the reader's data on to each other.
    pub story: &'static str,
    /// The state, as the query of an address.
    pub query: &'static str,
    /// The window of the chart: x from, x to, y from, y to.
    pub window: [f64; 4],
    /// Comparisons offered, as values of the address key `with`.
    pub overlays: &'static [&'static str],
}

/// `reduction`, for the losses that offer the usual three.
pub const REDUCTION: Param = Param {
    id: "reduction",
    doc: "How the losses of the batch become one number.",
    kind: ParamKind::Choice { default: "mean", choices: &["none", "mean", "sum"], python: &[] },
};
