//! A small static server for the built site, on a free port and under a path, as on GitHub Pages.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    thread,
};

/// The path that the site is served under: it must work anywhere.
const BASE: &str = "/some/where/";

/// What a server answers with.
#[derive(Clone)]
enum Content {
    /// Files of a folder, but for those whose names end so (empty: all).
    Folder(PathBuf, &'static str),
    /// One page, with lines of its head.
    Page(String, String),
}

/// A served site; the server lives as long as the process.
pub struct Site {
    address: String,
}

impl Site {
    /// The release build in `dist/`.
    pub fn release() -> Self {
        Self::release_without("")
    }

    /// The release build, but files whose names end in `missing` are not found (empty: none).
    pub fn release_without(missing: &'static str) -> Self {
        let folder = Self::folder();
        assert!(folder.join("index.html").exists(), "no release build in dist/: run `make build` first");
        Self::serve(Content::Folder(folder, missing))
    }

    /// Somebody else's folder of files, on an origin of its own.
    pub fn of(folder: PathBuf) -> Self {
        Self::serve(Content::Folder(folder, ""))
    }

    /// Somebody else's page on an origin of its own, with its Content-Security-Policy (empty: none).
    pub fn host(body: &str, policy: &str) -> Self {
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Host</title>\
             <link rel=\"icon\" href=\"data:,\"></head><body>{body}</body></html>"
        );
        let head =
            if policy.is_empty() { String::new() } else { format!("Content-Security-Policy: {policy}\r\n") };
        Self::serve(Content::Page(page, head))
    }

    /// Where the release build lies on the disk.
    pub fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
    }

    fn serve(content: Content) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let content = content.clone();
                // A browser that goes away in the middle of an answer is no failure.
                thread::spawn(move || answer(stream, &content).ok());
            }
        });
        Self { address: format!("http://127.0.0.1:{port}{BASE}") }
    }

    /// Where the site is, with a slash at its end.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Answers one request and closes the connection.
fn answer(stream: TcpStream, content: &Content) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?).take(64 * 1024);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let target = request.split(' ').nth(1).unwrap_or_default();
    let (folder, missing) = match content {
        Content::Folder(folder, missing) => (folder, missing),
        Content::Page(page, head) => {
            return reply(stream, "200 OK", head, "text/html; charset=utf-8", page.as_bytes());
        }
    };
    match find(target, folder, missing) {
        Some(file) => reply(stream, "200 OK", "", kind(&file), &fs::read(&file)?),
        None => reply(stream, "404 Not Found", "", "text/plain", b"not found"),
    }
}

/// The file that a request target names, if the site has it.
fn find(target: &str, folder: &Path, missing: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix(BASE)?;
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || (!missing.is_empty() && path.ends_with(missing)) {
        return None;
    }
    let file = folder.join(path);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.is_file().then_some(file)
}

fn reply(mut stream: TcpStream, status: &str, head: &str, kind: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{head}Content-Type: {kind}\r\nContent-Length: {length}\r\n")?;
    write!(stream, "Connection: close\r\n\r\n")?;
    stream.write_all(body)
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
