//! What tests look at in markup.

/// What stands between `<` and `>`.
pub fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|it| it.split('>').next())
}

/// What stands outside of them; a piece of mathematics is about one word.
pub fn text(html: &str) -> String {
    html.split('<').filter_map(|it| it.split('>').next_back()).collect()
}

/// Whether every tag that opens is closed, in order.
pub fn balanced(html: &str) -> bool {
    let mut open = Vec::new();
    for tag in tags(html).filter(|it| !it.ends_with('/')) {
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None => open.extend(tag.split(' ').next()),
        }
    }
    open.is_empty()
}
