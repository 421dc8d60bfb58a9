//! What an author pastes into a page to embed a state, in the words of the tool that makes the page.

use super::frame::Frame;
use super::percent::decode;
use super::{Route, read, whole};
use crate::experiment::Experiment;

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTML with the element and its script.
    Element,
    /// HTML with an iframe.
    Iframe,
    /// Markdown or MDX that passes HTML through.
    Markdown,
    /// Jupyter Book, and whatever else reads MyST.
    Myst,
    /// A cell of a notebook.
    Notebook,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Element, Form::Iframe, Form::Markdown, Form::Myst, Form::Notebook];

    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Element => "element",
            Form::Iframe => "iframe",
            Form::Markdown => "markdown",
            Form::Myst => "myst",
            Form::Notebook => "notebook",
        }
    }

    /// What a reader calls it.
    pub fn label(self) -> &'static str {
        match self {
            Form::Element => "Element",
            Form::Iframe => "Iframe",
            Form::Markdown => "Markdown, MDX",
            Form::Myst => "Jupyter Book, MyST",
            Form::Notebook => "Notebook",
        }
    }
}

/// What a frame may do in the page around it: run, and open the whole page.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// A state, and what an author wants of it.
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    /// Where Losslens lies, with a slash at its end.
    pub site: &'a str,
    /// What is shown.
    pub experiment: &'a Experiment,
    /// Panels, locks, theme, and when it loads.
    pub frame: &'a Frame,
    /// In CSS pixels.
    pub height: u32,
}

impl Snippet<'_> {
    /// The text to paste.
    pub fn text(&self, form: Form) -> String {
        match form {
            Form::Element => self.element(),
            Form::Iframe | Form::Myst => self.iframe(r#"style="border: 0""#),
            // React takes no style as text, and writes this attribute so; HTML does not mind.
            Form::Markdown => self.iframe(r#"frameBorder="0""#),
            Form::Notebook => self.cell(),
        }
    }

    fn title(&self) -> String {
        format!("{} in Losslens", self.experiment.loss.spec.title)
    }

    fn address(&self) -> String {
        format!("{}embed.html#{}", self.site, self.frame.whole(self.experiment))
    }

    /// On one line: a blank one would end it in Markdown.
    fn iframe(&self, border: &str) -> String {
        let (address, title, height) = (escaped(&self.address()), escaped(&self.title()), self.height);
        format!(
            r#"<iframe sandbox="{SANDBOX}" src="{address}" title="{title}" width="100%" height="{height}" loading="lazy" {border}></iframe>"#
        )
    }

    fn element(&self) -> String {
        let (site, torch) = (escaped(self.site), self.experiment.loss.spec.torch);
        let mut attributes = vec![("loss".to_owned(), torch.to_owned())];
        attributes.extend(attributes_of(self.experiment));
        attributes.extend(self.frame.keys().map(|(key, value)| (key.to_owned(), value.to_owned())));
        attributes.push(("height".to_owned(), self.height.to_string()));
        let attributes: String =
            attributes.iter().map(|(key, value)| format!(r#" {key}="{}""#, escaped(value))).collect();
        let page = escaped(&format!("{}{torch}/#{}", self.site, whole(self.experiment)));
        format!(
            "<script src=\"{site}embed.js\" async></script>\n\n<loss-lens{attributes}>\n  <a href=\"{page}\">{}</a>\n</loss-lens>",
            escaped(&self.title())
        )
    }

    fn cell(&self) -> String {
        let (address, title, height) = (python(&self.address()), escaped(&self.title()), self.height);
        let extras = [format!(r#"sandbox="{SANDBOX}""#), format!(r#"title="{title}""#)];
        let extras: Vec<String> = extras.iter().map(|it| python(it)).collect();
        format!(
            "from IPython.display import IFrame\n\nIFrame(\n    {address},\n    width=\"100%\",\n    height={height},\n    extras=[{}],\n)",
            extras.join(", ")
        )
    }
}

/// The state as attributes of the element: in plain letters where they mean the same, otherwise as an address has them.
fn attributes_of(experiment: &Experiment) -> Vec<(String, String)> {
    let address = whole(experiment);
    let query = address.split_once('?').map_or("", |it| it.1);
    let pairs = query.split('&').filter_map(|it| it.split_once('='));
    let pairs: Vec<(String, String)> = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let plain: Vec<(String, String)> =
        pairs.iter().map(|(key, value)| (key.clone(), decode(value))).collect();
    let read = read(&state_of(experiment.loss.spec.torch, &plain));
    match read.route {
        Route::Loss(same) if *same == *experiment && read.notices.is_empty() => plain,
        _ => pairs,
    }
}

/// The address that the element makes of its attributes.
fn state_of(torch: &str, attributes: &[(String, String)]) -> String {
    let encoded = |letter: char| match letter {
        '&' => "%26".to_owned(),
        '#' => "%23".to_owned(),
        other if other.is_whitespace() => "%20".to_owned(),
        other => other.to_string(),
    };
    let pair =
        |(key, value): &(String, String)| format!("{key}={}", value.chars().map(encoded).collect::<String>());
    format!("/{torch}?{}", attributes.iter().map(pair).collect::<Vec<_>>().join("&"))
}

/// As the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// As a string of Python.
fn python(text: &str) -> String {
    match text.contains('"') && !text.contains('\'') {
        true => format!("'{}'", text.replace('\\', "\\\\")),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::address::example;
    use crate::experiment::address::frame;
    use crate::loss::torch::LOSSES;

    const SITE: &str = "https://losslens.example/a/";

    fn state(address: &str) -> Experiment {
        let framed = frame::read(address);
        assert_eq!(framed.notices, [], "{address}");
        framed.experiment.unwrap()
    }

    fn text(form: Form, experiment: &Experiment, frame: &Frame) -> String {
        Snippet { site: SITE, experiment, frame, height: 480 }.text(form)
    }

    /// What a parser of HTML makes of an attribute.
    fn attribute(html: &str, name: &str) -> String {
        let (_, rest) = html.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {html}"));
        let value = rest.split('"').next().unwrap();
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    /// All that a string of Python can hold here.
    fn unquoted(literal: &str) -> String {
        literal.replace("\\\"", "\"").replace("\\\\", "\\")
    }

    fn states() -> Vec<Experiment> {
        let odd = [
            "/HuberLoss?input=1,2&target=0,0&delta=0.5&names=a%2Cb,%22%3C%26%23%20'%5C&unit=%25%3E%7Bx%7D",
            "/HuberLoss?input=1,2&target=0,0&names=a%2541,b&unit=k%E2%82%AC",
            "/GaussianNLLLoss?input=1&target=0&var=1&full=True",
            "/CrossEntropyLoss?input=1,2;3,4&target=0,1&weight=1,2&names=a,b;c,d&at=input.1.0",
        ];
        LOSSES.iter().map(example).chain(odd.into_iter().map(state)).collect()
    }

    #[test]
    fn every_form_means_the_state_and_what_is_around_it() {
        let lock = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for experiment in states() {
            for frame in [
                Frame::new(&[], &[], "auto", "now"),
                Frame::new(&["chart", "readout"], &lock(&["settings", "reduction"]), "dark", "click"),
            ] {
                // A loss with a picture does not show it where it is not asked for.
                let same = |address: &str, from: &str| {
                    let (_, fragment) = address.split_once("embed.html#").unwrap();
                    assert_eq!(fragment, frame.whole(&experiment), "{from}");
                };
                for form in [Form::Iframe, Form::Markdown, Form::Myst] {
                    let html = text(form, &experiment, &frame);
                    same(&attribute(&html, "src"), &html);
                    assert_eq!(html.lines().count(), 1);
                    assert_eq!(attribute(&html, "height"), "480");
                    assert_eq!(html.contains(" style="), form != Form::Markdown, "{html}");
                }
                let cell = text(Form::Notebook, &experiment, &frame);
                let literal = cell.lines().nth(3).unwrap().trim().trim_end_matches(',');
                same(&unquoted(&literal[1..literal.len() - 1]), &cell);
            }
        }
    }

    #[test]
    fn the_elements_attributes_mean_the_state() {
        for experiment in states() {
            let frame = Frame::new(&["editor"], &[], "light", "click");
            let html = text(Form::Element, &experiment, &frame);
            assert_eq!(attribute(&html, "src"), format!("{SITE}embed.js"));
            let (_, element) = html.split_once("<loss-lens").unwrap();
            let (attributes, _) = element.split_once(">\n").unwrap();
            assert_eq!(attribute(attributes, "height"), "480");
            let own = ["loss", "height", "show", "theme", "load"];
            let names = attributes.split("\" ").map(|it| it.trim().split('=').next().unwrap());
            let pairs: Vec<(String, String)> = names
                .filter(|it| !own.contains(it))
                .map(|it| (it.to_owned(), attribute(attributes, it)))
                .collect();
            let address = state_of(&attribute(attributes, "loss"), &pairs);
            assert_eq!(state(&address), experiment, "{html}");
            let keys = format!(
                "show={}&theme={}&load={}",
                attribute(attributes, "show"),
                attribute(attributes, "theme"),
                attribute(attributes, "load")
            );
            assert_eq!(keys, "show=editor&theme=light&load=click");
        }
    }

    #[test]
    fn plain_letters_where_they_mean_the_same() {
        let frame = Frame::new(&[], &[], "auto", "now");
        let html = |address: &str| text(Form::Element, &state(address), &frame);
        assert!(html("/HuberLoss?input=1&target=0&unit=k%E2%82%AC").contains(r#" unit="k€""#));
        assert!(html("/HuberLoss?input=1,2&target=0,0&names=a%20b,c").contains(r#" names="a b,c""#));
        // The comma within a name is not one between names.
        assert!(html("/HuberLoss?input=1,2&target=0,0&names=a%2Cb,c").contains(r#" names="a%2Cb,c""#));
        assert!(html("/HuberLoss?input=1&target=0&unit=%3C%22").contains(r#" unit="&lt;&quot;""#));
    }

    #[test]
    fn strings_of_python() {
        assert_eq!(python("a"), "\"a\"");
        assert_eq!(python("a=\"b\""), "'a=\"b\"'");
        assert_eq!(python("it's \"b\" \\"), "\"it's \\\"b\\\" \\\\\"");
    }
}
