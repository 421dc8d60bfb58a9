//! The questions, and which follows which choice. The answers that they end at are in `answers.rs`.

use super::answers as end;

/// A question with its choices.
pub struct Question {
    pub text: &'static str,
    pub choices: &'static [Choice],
}

/// What a reader may say.
pub struct Choice {
    pub label: &'static str,
    /// What it looks like in practice; may be empty.
    pub hint: &'static str,
    pub next: Next,
}

/// Where a choice leads.
pub enum Next {
    Ask(&'static Question),
    End(&'static Answer),
}

/// The loss that somebody needs.
#[derive(Debug)]
pub struct Answer {
    /// Its name in `torch.nn` or torchvision. Without a page yet it is named and not linked.
    pub loss: &'static str,
    /// A sentence, in the Markdown of lessons with its states.
    pub why: &'static str,
    /// The likely wrong choice and what happens with it; at least one state shows it.
    pub wrong: &'static str,
    /// The constructor's arguments, as Python writes them.
    pub args: &'static [(&'static str, &'static str)],
    /// The tensors in the order of the call, each with its dimensions and what is in it.
    /// One that the constructor takes is handed to it.
    pub tensors: Tensors,
}

/// Names, dimensions and contents: `("input", "N, C", "float, scores")`.
pub type Tensors = &'static [(&'static str, &'static str, &'static str)];

const fn ask(label: &'static str, hint: &'static str, question: &'static Question) -> Choice {
    Choice { label, hint, next: Next::Ask(question) }
}

const fn end(label: &'static str, hint: &'static str, answer: &'static Answer) -> Choice {
    Choice { label, hint, next: Next::End(answer) }
}

/// Where everybody begins.
pub static ROOT: Question = Question {
    text: "What do you predict?",
    choices: &[
        ask("A number", "a price, a temperature", &NUMBER),
        ask("A count", "calls in an hour", &COUNT),
        ask("Yes or no", "is this mail spam?", &YES_OR_NO),
        ask("One of many", "car, motorcycle or truck", &ONE_OF_MANY),
        ask("Several of many", "all tags of a photo", &SEVERAL),
        ask("A distribution", "chances of sun, rain, snow", &DISTRIBUTION),
        ask("A sequence", "the letters in a recording", &SEQUENCE),
        ask("Closeness", "is it the same face?", &CLOSENESS),
        ask("An order", "which film is better?", &ORDER),
        ask("A box", "where in the photo is the dog?", &BOX),
    ],
};

static NUMBER: Question = Question {
    text: "Should the model also say how sure it is?",
    choices: &[
        ask("No", "one number for each example", &TARGETS),
        end("Yes", "a number and its variance", &end::GAUSSIAN),
    ],
};

static TARGETS: Question = Question {
    text: "What are the targets like?",
    choices: &[
        end("Right, give or take", "errors scatter evenly around nothing", &end::MSE),
        ask("A few are far off", "typing errors, outages, one mansion", &FAR_OFF),
    ],
};

static FAR_OFF: Question = Question {
    text: "How should a large error count?",
    choices: &[
        end("By its size, from a bound that I can name", "in the target's own unit", &end::HUBER),
        end(
            "By its size, with slope 1 and a rounded corner",
            "as for the four sides of a box",
            &end::SMOOTH_L1,
        ),
        end("Every unit alike, near and far", "the median is what I want", &end::L1),
    ],
};

static COUNT: Question = Question {
    text: "What leaves the network?",
    choices: &[
        end("Any real number", "read as the log of the rate", &end::POISSON),
        end("The rate itself", "kept positive by softplus or exp", &end::POISSON_RATE),
    ],
};

static YES_OR_NO: Question = Question {
    text: "What leaves the network?",
    choices: &[
        ask("A score", "any real number, from a linear layer", &LABELS),
        ask("A probability", "after a sigmoid", &SIGMOID),
    ],
};

static LABELS: Question = Question {
    text: "What are the targets?",
    choices: &[
        end("1 and 0, about as often", "", &end::BCE_LOGITS),
        end("1 and 0, and a 1 is rare", "one spam in ten mails", &end::BCE_POS_WEIGHT),
        end("1 and −1", "", &end::SOFT_MARGIN),
        end("1 and 0, and nearly all are easy noes", "is there a pedestrian in this patch?", &end::FOCAL),
    ],
};

static SIGMOID: Question = Question {
    text: "Can you take the sigmoid out?",
    choices: &[
        end("Yes", "the model is mine to change", &end::BCE_UNWRAPPED),
        end("No", "it gives probabilities, and that is that", &end::BCE),
    ],
};

static ONE_OF_MANY: Question = Question {
    text: "What leaves the network?",
    choices: &[
        ask("Scores", "any real numbers, one for each class", &CLASSES),
        end("Log-probabilities", "after log_softmax", &end::NLL),
        ask("Probabilities", "after a softmax", &SOFTMAX),
    ],
};

static CLASSES: Question = Question {
    text: "What are the targets?",
    choices: &[
        end("One class each", "", &end::CROSS_ENTROPY),
        end("One class each, and some are rare", "a thousand cars, ten trucks", &end::CROSS_ENTROPY_WEIGHT),
        end("A share for each class", "votes, mixed or smoothed labels", &end::CROSS_ENTROPY_SHARES),
        end(
            "One class, and its lead is all that counts",
            "as in a support vector machine",
            &end::MULTI_MARGIN,
        ),
    ],
};

static SOFTMAX: Question = Question {
    text: "Can you take the softmax out?",
    choices: &[
        end("Yes", "the model is mine to change", &end::CROSS_ENTROPY_UNWRAPPED),
        end("No", "it gives probabilities, and that is that", &end::NLL_OF_LOG),
    ],
};

static SEVERAL: Question = Question {
    text: "What are the targets?",
    choices: &[
        ask("A 1 or 0 for each tag", "1, 0, 0, 1", &TAGS),
        end("A list of the true tags", "3, 0, then −1 to fill the row", &end::MULTI_LABEL_MARGIN),
    ],
};

static TAGS: Question = Question {
    text: "What leaves the network?",
    choices: &[
        end("A score for each tag", "any real number", &end::TAG_SCORES),
        end(
            "Scores, and I want one loss for each photo",
            "the mean over its tags",
            &end::MULTI_LABEL_SOFT_MARGIN,
        ),
        end("A probability for each tag", "after a sigmoid", &end::TAG_PROBABILITIES),
    ],
};

static DISTRIBUTION: Question = Question {
    text: "What leaves the network?",
    choices: &[
        end("Scores, one for each class", "any real numbers", &end::DISTRIBUTION_SCORES),
        ask("Log-probabilities", "after log_softmax", &TEACHER),
        end("A mean and a variance", "a bell curve over a number", &end::GAUSSIAN_CURVE),
    ],
};

static TEACHER: Question = Question {
    text: "What are the targets?",
    choices: &[
        end("Probabilities", "rows that sum to 1", &end::KL_DIV),
        end("Log-probabilities", "a teacher's log_softmax", &end::KL_DIV_LOG),
    ],
};

static SEQUENCE: Question = Question {
    text: "Do you know which frame holds which letter?",
    choices: &[
        end("No", "I know what was said, not when", &end::CTC),
        end("Yes", "every frame has a label", &end::FRAMES),
    ],
};

static CLOSENESS: Question = Question {
    text: "What does one example hold?",
    choices: &[
        ask("Two things and a label", "alike or different", &PAIRS),
        ask("Three things", "an anchor, a friend, a stranger", &TRIPLETS),
    ],
};

static PAIRS: Question = Question {
    text: "What leaves the network?",
    choices: &[
        end("Their distance", "never below 0", &end::HINGE_EMBEDDING),
        end("Two vectors", "whose direction is what counts", &end::COSINE_EMBEDDING),
    ],
};

static TRIPLETS: Question = Question {
    text: "How do you measure what is near?",
    choices: &[
        end("In a straight line", "", &end::TRIPLET),
        end("In my own way", "by angle, along the streets", &end::TRIPLET_WITH_DISTANCE),
    ],
};

static ORDER: Question = Question {
    text: "What are the targets?",
    choices: &[
        end("Which of two is better", "and not by how much", &end::MARGIN_RANKING),
        end("The best of a list", "the one that was clicked", &end::BEST_OF_LIST),
        end("A rating for each", "stars, grades", &end::RATING),
    ],
};

static BOX: Question = Question {
    text: "What should count beside the overlap?",
    choices: &[
        end("The empty space around both", "", &end::GENERALIZED_IOU),
        end("How far apart the centres are", "when many boxes begin far off", &end::DISTANCE_IOU),
        end("The centres, and the shape", "people, bottles, signs", &end::COMPLETE_IOU),
    ],
};
