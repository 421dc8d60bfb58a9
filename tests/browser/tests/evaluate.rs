//! `losslens.evaluate`: every recorded case of PyTorch through the page's script, the codec and the module.

#[path = "../../common/agree.rs"]
mod agree;

use agree::{cases, compare, question};
use losslens_browser_tests::{Site, browse};
use serde_json::{Value as Json, json};

/// Errors that print 0.0 or 2.0 and not 0 or 2: no number of JavaScript says which, the text of a case does.
const AS_TEXT: [&str; 5] = ["dev-02889", "dev-02890", "dev-02897", "dev-02898", "dev-02941"];

fn asked(case: &Json) -> Json {
    let question = question(case);
    let is_text = AS_TEXT.iter().any(|it| case["id"] == **it);
    if is_text { json!(question.to_string()) } else { question }
}

/// Cases for each call of the driver.
const AT_ONCE: usize = 200;

#[tokio::test]
async fn every_recorded_case_agrees_in_the_browser() {
    browse(Site::release(), async |page| {
        page.goto("#/HuberLoss").await?;
        page.until_evaluate().await?;
        let mut wrong = Vec::new();
        let cases = cases();
        for cases in cases.chunks(AT_ONCE) {
            // As text: the driver's own JSON has no care for digits.
            let questions: Vec<Json> = cases.iter().map(asked).collect();
            let text = serde_json::to_string(&questions)?;
            let body = "return JSON.stringify(JSON.parse(arguments[0]).map(it => losslens.evaluate(it)))";
            let answers = page.script(body, vec![json!(text)]).await?;
            let answers: Vec<Json> = serde_json::from_str(answers.as_str().unwrap_or_default())?;
            assert_eq!(answers.len(), cases.len());
            for (case, answer) in cases.iter().zip(&answers) {
                if let Err(why) = compare(case, answer) {
                    wrong.push(format!("{} {} {}: {why}", case["loss"], case["id"], case["tag"]));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {} disagree:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn evaluate_is_synchronous_and_says_what_is_wrong() {
    browse(Site::release(), async |page| {
        page.open("#/HuberLoss").await?;
        // It comes late: until then it says how to wait.
        let body = "try { return losslens.evaluate({}).error.type } catch (error) { return error.message }";
        let early = page.script(body, vec![]).await?;
        assert!(early == "ValueError" || early.as_str().is_some_and(|it| it.contains("losslens.ready")), "{early}");
        page.until_evaluate().await?;
        let ask = async |case: &str| page.script(&format!("return losslens.evaluate({case})"), vec![]).await;
        // Numbers and typed arrays as scripts have them. 0.5 · 1² and 1 · (∞ − 0.5).
        let inputs = "input: { shape: [2], data: new Float64Array([1, Infinity]) }, target: { shape: [2], data: [0, 0] }";
        let answer = ask(&format!("{{ loss: 'HuberLoss', args: {{ reduction: 'none' }}, inputs: {{ {inputs} }} }}")).await?;
        assert_eq!(answer["output"], json!({ "shape": [2], "data": [0.5, "Infinity"] }));
        for (case, part) in [
            ("undefined", "a case is an object"),
            ("'text'", "not JSON"),
            ("[]", "a case is an object"),
            ("{}", "a case is an object"),
            ("{ loss: 'MSELoss', inputs: window }", "not JSON"),
            ("{ loss: 'MSELoss', inputs: 1n }", "not JSON"),
            ("{ loss: 'Nope' }", "not in the registry"),
            ("{ loss: 'HuberLoss' }", "input"),
        ] {
            let answer = ask(case).await?;
            assert!(answer["error"]["message"].as_str().is_some_and(|it| it.contains(part)), "{case}: {answer}");
        }
        Ok(())
    })
    .await;
}
