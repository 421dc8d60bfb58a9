//! A page of the site that is a file of its own: what it says, what it says of itself to whoever links to it, and
//! where it lies.

use super::og::{Picture, SIZE};
use super::shell::escaped;

/// One page.
pub struct Leaf {
    /// Its folder, and what the address of the app says: `HuberLoss`, `questions/stuck`; of home, nothing.
    pub route: String,
    pub title: String,
    pub description: String,
    /// The text that stands there while the app loads.
    pub text: String,
    /// What a link to it unfolds to, and what is to be seen there.
    pub picture: Picture,
    pub alt: String,
}

/// Where the site will be found, with a slash at its end; unknown where nobody says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(Option<String>);

impl Address {
    /// The address that somebody gave, `https://example.org/losslens`; an empty one is none.
    ///
    /// # Errors
    /// Where it is no address of a site.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self(None));
        }
        let scheme = ["https://", "http://"].into_iter().find_map(|it| text.strip_prefix(it));
        let odd = |it: char| it.is_whitespace() || "\"<>?#".contains(it);
        match scheme {
            Some(rest) if !rest.is_empty() && !text.contains(odd) => {
                Ok(Self(Some(format!("{}/", text.trim_end_matches('/')))))
            }
            _ => Err(format!("“{text}” is no address like https://example.org/losslens")),
        }
    }

    /// The whole address of a file of the site, where it is known.
    pub fn of(&self, file: &str) -> Option<String> {
        self.0.as_ref().map(|it| format!("{it}{file}"))
    }
}

impl Leaf {
    /// The file of its picture.
    pub fn picture_file(&self) -> String {
        let name = if self.route.is_empty() { "home" } else { &self.route };
        format!("og/{name}.png")
    }

    /// Its folder with a slash at its end, from that of the site.
    pub fn folder(&self) -> String {
        if self.route.is_empty() { String::new() } else { format!("{}/", self.route) }
    }

    /// The way from its folder to that of the site.
    pub fn up(&self) -> String {
        "../".repeat(self.folder().matches('/').count())
    }

    /// What its head says to those that show links. Only whole addresses unfold everywhere.
    pub fn metas(&self, address: &Address) -> String {
        let file = self.picture_file();
        let picture = address.of(&file).unwrap_or_else(|| format!("{}{file}", self.up()));
        let own = address.of(&self.folder());
        let (width, height) = (SIZE.0.to_string(), SIZE.1.to_string());
        let kind = if self.route.is_empty() { "website" } else { "article" };
        let mut all = vec![
            ("og:site_name", "Losslens"),
            ("og:type", kind),
            ("og:title", &self.title),
            ("og:description", &self.description),
            ("og:image", &picture),
            ("og:image:width", &width),
            ("og:image:height", &height),
            ("og:image:alt", &self.alt),
        ];
        all.extend(own.as_deref().map(|it| ("og:url", it)));
        let metas =
            all.iter().map(|(name, it)| format!(r#"<meta property="{name}" content="{}">"#, escaped(it)));
        let canonical = own.as_ref().map(|it| format!(r#"<link rel="canonical" href="{}">"#, escaped(it)));
        let card = r#"<meta name="twitter:card" content="summary_large_image">"#.to_owned();
        metas.chain([card]).chain(canonical).map(|it| it + "\n").collect()
    }
}

/// The list of all pages for search engines; they take whole addresses alone.
pub fn sitemap(leaves: &[Leaf], address: &Address) -> Option<String> {
    let pages: Option<Vec<String>> = leaves.iter().map(|it| address.of(&it.folder())).collect();
    let pages: String = pages?.iter().map(|it| format!("<url><loc>{}</loc></url>\n", escaped(it))).collect();
    let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{space}\">\n{pages}</urlset>\n"
    ))
}

/// What search engines may read: all of it.
pub fn robots(address: &Address) -> String {
    let map = address.of("sitemap.xml").map(|it| format!("Sitemap: {it}\n"));
    format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_with_a_slash_or_is_refused() {
        let read = |it: &str| Address::read(it).map(|it| it.of("a.png"));
        assert_eq!(read(" "), Ok(None));
        for text in ["https://a.org/b", "https://a.org/b/"] {
            assert_eq!(read(text), Ok(Some("https://a.org/b/a.png".to_owned())));
        }
        for text in ["a.org", "https://", "https://a.org/?b", "https://a.org/ b", "ftp://a.org"] {
            assert!(read(text).is_err_and(|it| it.contains(text)), "{text}");
        }
    }
}
