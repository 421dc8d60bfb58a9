//! Mounts the app; natively, finishes the site after a Trunk build (`losslens site`, a hook in Trunk.toml), or prints the
//! Python programs of recorded cases (`losslens programs`, for tests/numpy).

#[cfg(all(target_arch = "wasm32", feature = "app"))]
fn main() {
    losslens::ui::mount();
}

#[cfg(all(target_arch = "wasm32", not(feature = "app")))]
fn main() {}

#[cfg(all(not(target_arch = "wasm32"), not(feature = "site")))]
fn main() {
    println!("Losslens runs in a browser: `make serve` builds and serves it.");
}

#[cfg(all(not(target_arch = "wasm32"), feature = "site"))]
fn main() -> std::process::ExitCode {
    use std::{env, path::PathBuf, process::ExitCode};

    use losslens::pages::{Address, finish};

    match env::args().nth(1).as_deref() {
        Some("site") => {}
        Some("programs") => return programs(),
        _ => {
            println!("Losslens runs in a browser: `make serve` builds and serves it.");
            return ExitCode::SUCCESS;
        }
    }
    let Some(folder) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        eprintln!("losslens site: TRUNK_STAGING_DIR is not set; Trunk sets it when it runs this as a hook");
        return ExitCode::FAILURE;
    };
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let address = Address::read(&env::var("SITE_URL").unwrap_or_default());
    let address = address.map_err(|error| format!("SITE_URL: {error}"));
    match address.and_then(|it| finish(&folder, release, &it)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("losslens site: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Reads recorded cases, and prints what Python runs and reads of them.
#[cfg(all(not(target_arch = "wasm32"), feature = "site"))]
fn programs() -> std::process::ExitCode {
    use std::process::ExitCode;

    let programs = std::io::read_to_string(std::io::stdin())
        .map_err(|it| it.to_string())
        .and_then(|it| losslens::lessons::programs_of(&it));
    match programs {
        Ok(programs) => {
            println!("{programs}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("losslens programs: {message}");
            ExitCode::FAILURE
        }
    }
}
