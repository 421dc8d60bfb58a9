//! The style sheets of a page as one file: a request in place of a dozen, and a third less to send, since they repeat
//! each other's words.

use std::{fs, path::Path};

use super::{hash, named, write};

/// The page with one sheet in place of the run of those that it links to by hashed names, which are gone from `folder`.
///
/// # Errors
/// A sheet cannot be read, or the joined one written.
pub fn join(folder: &Path, page: &str) -> Result<String, String> {
    let Some((before, names, after)) = run(page) else { return Ok(page.to_owned()) };
    let mut joined = String::new();
    for name in names {
        let file = folder.join(name);
        joined += &fs::read_to_string(&file).map_err(|error| named(&file, &error))?;
        fs::remove_file(&file).map_err(|error| named(&file, &error))?;
    }
    let name = format!("style-{:016x}.css", hash(joined.as_bytes()));
    write(&folder.join(&name), joined)?;
    Ok(format!("{before}{START}{name}{END}{after}"))
}

const START: &str = "<link rel=\"stylesheet\" href=\"./";
const END: &str = "\"/>";

/// What stands before the first run of links to sheets, the sheets' names, and what stands behind it.
fn run(page: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (before, _) = page.split_once(START)?;
    let mut after = page.get(before.len()..)?;
    let mut names = Vec::new();
    while let Some((name, rest)) = after.trim_start().strip_prefix(START).and_then(|it| it.split_once(END)) {
        names.push(name);
        after = rest;
    }
    Some((before, names, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sheet_stands_for_a_run_in_its_order() {
        let folder = std::env::temp_dir().join(format!("losslens-sheets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("a-1.css", "a{}\n"), ("b-2.css", "b{}\n")] {
            fs::write(folder.join(name), text).unwrap();
        }
        let link = |name: &str| format!("{START}{name}{END}");
        let page = format!("<head>\n{}\n{}\n<title>", link("a-1.css"), link("b-2.css"));
        let joined = join(&folder, &page).unwrap();
        let (before, names, after) = run(&joined).unwrap();
        assert_eq!((before, names.len(), after), ("<head>\n", 1, "\n<title>"));
        assert_eq!(fs::read_to_string(folder.join(names[0])).unwrap(), "a{}\nb{}\n");
        assert!(!folder.join("a-1.css").exists());
        assert_eq!(join(&folder, "<head>").unwrap(), "<head>");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_sheet_that_is_not_there_is_named() {
        let page = format!("{START}no-sheet.css{END}");
        assert!(join(&std::env::temp_dir(), &page).unwrap_err().contains("no-sheet.css"));
    }
}
