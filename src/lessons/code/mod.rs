//! The worked example as programs for Python: the loss by hand in NumPy, and PyTorch's with its gradient. The page puts
//! the numbers that are on its bench in the place of the example's.

mod numpy;
mod recorded;

pub use recorded::programs_of;

use crate::experiment::address::example;
use crate::experiment::code::{Code, Ink, torch};
use crate::lessons::markdown::escaped;
use crate::loss::spec::Input;
use crate::loss::torch::Loss;

/// Both programs under their headings, in the page's colours, in places that know what they are.
///
/// # Errors
/// That the loss has no NumPy file, with its path.
pub fn programs(loss: &'static Loss) -> Result<String, String> {
    let state = example(loss);
    let evaluation = state.evaluate().ok();
    let block = |title: &str, of: &str, fixed: String, code: &Code| {
        let live = html(code);
        format!(
            "<h3>{title}</h3>\n<figure class=\"code\" data-figure=\"code\" data-of=\"{of}\"><pre tabindex=\"0\"><code>{fixed}<span>{live}</span></code></pre></figure>"
        )
    };
    let by_hand = numpy::Source::of(loss)?;
    let call = by_hand.call(&state, evaluation.as_ref())?;
    let by_hand = block("By hand, in NumPy", by_hand.name()?, by_hand.html(), &call);
    let torch = block("In PyTorch", "torch", String::new(), &torch(&state, evaluation.as_ref()));
    Ok(format!("{by_hand}\n{torch}"))
}

/// The name of an input in the colour of what it is.
pub fn named(input: &Input) -> String {
    format!("<b class=\"{}\">{}</b>", Ink::of(input).class(), input.id)
}

/// The pieces of a program as HTML.
fn html(code: &Code) -> String {
    let piece = |(ink, text): (Ink, &str)| match ink {
        Ink::Plain => escaped(text),
        Ink::Quiet => format!("<i>{}</i>", escaped(text)),
        _ => format!("<b class=\"{}\">{}</b>", ink.class(), escaped(text)),
    };
    code.pieces().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::torch::LOSSES;

    /// The page is read on phones: what overflows has to be scrolled.
    #[test]
    fn lines_are_short() {
        let plain = |line: &str| {
            let text = line.split('<').filter_map(|it| it.split('>').next_back()).collect::<String>();
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        for loss in LOSSES {
            let code = programs(loss).unwrap();
            let longest = code.lines().map(|it| plain(it).chars().count()).max().unwrap_or(0);
            assert!(longest <= 72, "{}: {longest}", loss.spec.torch);
        }
    }

    /// The worked example of the Huber loss, whose numbers are in its own tests.
    #[test]
    fn both_print_what_pytorch_prints() {
        let code = programs(Loss::find("HuberLoss").unwrap()).unwrap();
        for (line, times) in [
            ("= np.array(<b class=\"pred\">[2., 3.5, 4., 3.]</b>)", 1),
            (" = huber_loss(<b class=\"pred\">input</b>, <b class=\"target\">target</b>)", 1),
            ("= torch.tensor(<b class=\"pred\">[2., 3.5, 4., 3.]</b>)", 1),
            ("criterion = torch.nn.HuberLoss()", 1),
            ("<i># </i><b class=\"loss\">1.53125</b>", 2),
        ] {
            assert_eq!(code.matches(line).count(), times, "{line}: {code}");
        }
    }
}
