//! Which loss do I need? A few questions that end at a loss, as a page that needs no program: the style sheet shows
//! what follows the choices made (style/which.css).

mod answers;
#[cfg(test)]
mod tests;
mod tree;

use super::leaf::Leaf;
use super::og::{Art, Foot, Picture};
use super::shell::escaped;
use crate::lessons::remark;
use crate::loss::spec::{Role, Spec};
use crate::loss::torch::Loss;
use crate::plot::icon::Frame;
use tree::{Answer, Choice, Next, Question, ROOT};

/// What stands in its tab.
pub const TITLE: &str = "Which loss do I need?";

const BRIEF: &str =
    "A few questions lead to the loss that you need, and show what the likely wrong choice would do.";

/// The page, without what stands on every page.
///
/// # Errors
/// What is wrong with an answer.
pub fn which() -> Result<String, String> {
    let first = step(&ROOT, "which")?;
    // A form of that method sends nothing anywhere; it is one for the sake of its reset.
    Ok(format!(
        r#"<form class="which" method="dialog"><h1>{TITLE}</h1><p class="lede">{BRIEF}</p>{first}<button type="reset">Start again</button></form>"#
    ))
}

/// The same as a file of its own.
///
/// # Errors
/// Where there is nothing to draw.
pub fn leaf(text: &str) -> Result<Leaf, String> {
    let art = Loss::find("CrossEntropyLoss").map(Art::of_loss).ok_or("no cross entropy to draw")?;
    Ok(Leaf {
        route: "which".to_owned(),
        title: TITLE.to_owned(),
        description: BRIEF.to_owned(),
        text: format!("<article>{text}</article>"),
        picture: Picture { title: TITLE.to_owned(), foot: Foot::Text(BRIEF.to_owned()), art },
        alt: format!("{TITLE} {BRIEF}"),
    })
}

/// A question, and behind it what follows each of its choices, in their order.
fn step(question: &Question, id: &str) -> Result<String, String> {
    let places = || (1..).zip(question.choices).map(|(place, it)| (format!("{id}-{place}"), it));
    let choices: String = places().map(|(own, it)| choice(it, &own, id)).collect();
    let next = places().map(|(own, it)| match it.next {
        Next::Ask(question) => step(question, &own),
        Next::End(answer) => self::answer(answer),
    });
    let next: String =
        next.map(|it| Ok(format!(r#"<div class="next">{}</div>"#, it?))).collect::<Result<_, String>>()?;
    let text = escaped(question.text);
    Ok(format!(
        r#"<div class="step"><fieldset><legend>{text}</legend><div class="choices">{choices}</div></fieldset>{next}</div>"#
    ))
}

fn choice(it: &Choice, id: &str, group: &str) -> String {
    let hint =
        if it.hint.is_empty() { String::new() } else { format!("<small>{}</small>", escaped(it.hint)) };
    let label = escaped(it.label);
    format!(
        r#"<label class="choice"><input type="radio" name="{group}" id="{id}"/><span><b>{label}</b>{hint}</span></label>"#
    )
}

fn answer(it: &Answer) -> Result<String, String> {
    let loss = Loss::known(it.loss).ok_or_else(|| format!("{} is no loss", it.loss))?;
    let spec = loss.spec;
    let (why, wrong) = (remark(it.loss, it.why)?, remark(it.loss, it.wrong)?);
    Ok(format!(
        r#"<section class="answer">{}<div class="prose">{why}<h3>What likely goes wrong</h3>{wrong}<h3>In PyTorch</h3><pre tabindex="0"><code>{}</code></pre></div></section>"#,
        head(spec),
        code(it, spec),
    ))
}

/// The name of the loss with its picture, and the way to its page if it has one.
fn head(spec: &Spec) -> String {
    let (torch, title) = (spec.torch, escaped(spec.title));
    if Loss::find(torch).is_none() {
        return format!(
            r#"<header class="found"><div><h2>{title}</h2><p class="note">Its page is still to come.</p></div></header>"#
        );
    }
    let Frame { width, height } = Frame::CARD;
    format!(
        r##"<header class="found"><a href="#/{torch}"><svg class="icon" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true"><use href="#{torch}-card"/></svg><h2>{title}</h2></a></header>"##
    )
}

/// The call, and below it what each tensor holds.
fn code(it: &Answer, spec: &Spec) -> String {
    let own = it.tensors.iter().filter(|tensor| spec.input(tensor.0).is_none());
    let args = own.map(|tensor| (tensor.0, tensor.0)).chain(it.args.iter().copied());
    let args: Vec<String> = args.map(|(id, value)| format!("{id}={value}")).collect();
    let inputs = it.tensors.iter().filter(|tensor| spec.input(tensor.0).is_some());
    let inputs: Vec<String> = inputs.map(|tensor| named(spec, tensor.0)).collect();
    let call = match spec.group.is_of_functions() {
        true => format!("{}({})", it.loss, [inputs, args].concat().join(", ")),
        false => format!("nn.{}({})({})", it.loss, args.join(", "), inputs.join(", ")),
    };
    let call = format!(r#"<b class="loss">loss</b> = {call}"#);
    let tensors = it.tensors.iter().map(|(id, dimensions, holds)| {
        let shape =
            if dimensions.contains(',') { format!("({dimensions})") } else { format!("({dimensions},)") };
        format!("\n<i># {id}: {shape} {}</i>", escaped(holds))
    });
    call + &tensors.collect::<String>()
}

/// The name of an input in the colour of what it is.
fn named(spec: &Spec, id: &str) -> String {
    let class = match spec.inputs.iter().find(|it| it.id == id).map(|it| it.role) {
        Some(Role::Prediction) => "pred",
        Some(Role::Target) => "target",
        _ => "aside",
    };
    format!(r#"<b class="{class}">{id}</b>"#)
}
