//! Reads reference cases as JSON on standard input and writes them with our answers.

use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let answer = losslens::codec::answer_text(&text);
    writeln!(std::io::stdout(), "{answer}")
}
