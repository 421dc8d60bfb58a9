//! The driver process of the chosen browser, and sessions with it.

use serde_json::json;
use std::{
    env,
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
    error::WebDriverResult,
};

/// The engines that one source drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

impl Browser {
    /// The one that `BROWSER` names.
    fn chosen() -> Self {
        match env::var("BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("BROWSER is `{other}`; it can be chromium, firefox or webkit"),
        }
    }

    /// The command that starts its driver on a port. WebKitGTK needs a display (Xvfb).
    fn driver(self, port: u16) -> Command {
        let (variable, program) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
            Self::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        };
        let mut command = Command::new(env::var(variable).unwrap_or_else(|_| program.into()));
        command.arg(format!("--port={port}"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn capabilities(self) -> WebDriverResult<Capabilities> {
        match self {
            Self::Chromium => {
                let mut wish = DesiredCapabilities::chrome();
                for flag in [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1440,900",
                ] {
                    wish.add_arg(flag)?;
                }
                if let Ok(program) = env::var("CHROME") {
                    wish.set_binary(&program)?;
                }
                wish.set_browser_log_level(LoggingPrefsLogLevel::All)?;
                wish.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
                Ok(wish.into())
            }
            Self::Firefox => {
                let mut wish = DesiredCapabilities::firefox();
                wish.add_arg("-headless")?;
                Ok(wish.into())
            }
            Self::WebKit => {
                let program = env::var("MINIBROWSER")
                    .unwrap_or_else(|_| "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser".into());
                let mut wish = Capabilities::new();
                wish.set("browserName", "MiniBrowser")?;
                let options = json!({ "binary": program, "args": ["--automation"] });
                wish.set("webkitgtk:browserOptions", options)?;
                Ok(wish)
            }
        }
    }
}

/// A running driver, ended when it is dropped.
pub struct Driver {
    pub browser: Browser,
    port: u16,
    process: Child,
}

impl Driver {
    /// Starts the driver of the chosen browser on a free port and waits until it listens.
    pub async fn start() -> Self {
        let browser = Browser::chosen();
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its number").port();
        drop(free);
        let mut command = browser.driver(port);
        let process = command.spawn();
        let process =
            process.unwrap_or_else(|error| panic!("{command:?}: {error}; `make browser` installs it"));
        let driver = Self { browser, port, process };
        driver.listens().await;
        driver
    }

    async fn listens(&self) {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let mut tries = tokio::time::interval(Duration::from_millis(20));
        for _ in 0..1000 {
            tries.tick().await;
            if TcpStream::connect(address).is_ok() {
                return;
            }
        }
        panic!("the driver of {:?} does not listen", self.browser);
    }

    /// A new browser, with a profile of its own.
    pub async fn session(&self) -> WebDriver {
        let wish = self.browser.capabilities().expect("capabilities");
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), wish).await.expect("a browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
