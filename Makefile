# Every target installs what it needs, pinned, the first time (scripts/need). `make` lists them.
# PORT=8080 and RELEASE=1 are for `make serve`; BROWSER=firefox or webkit for `make browser`.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
export PATH := $(CURDIR)/.tools/bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
PORT ?= 8080

.PHONY: help serve build check lint-wasm python size browser test shots bench

help:
	@echo 'make serve   build and serve the page, rebuilding on change: http://127.0.0.1:$(PORT)/'
	@echo 'make test    everything that CI runs'
	@echo 'make check   format, lints, native tests: the quick part of it'
	@echo 'make python  the NumPy code of the lessons against PyTorch'
	@echo 'make build   the release site, in dist/'
	@echo 'make size    what the first visit downloads, against its budget (after make build)'
	@echo 'make browser the browser tests alone (after make build)'
	@echo 'make shots   the screenshots of the README'
	@echo 'make bench   the benchmarks: a drag, and every loss natively and in a browser'

serve:
	@scripts/need wasm-target trunk wasm-bindgen
	@echo '==> http://127.0.0.1:$(PORT)/ once the build is done (2 to 4 minutes the first time)'
	trunk serve --port $(PORT) $(if $(RELEASE),--release)

build:
	@scripts/need wasm-target trunk wasm-bindgen
	trunk build --release --dist dist

check:
	cargo fmt --all --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	@tree=$$(cargo tree --edges normal --prefix none); \
	if grep -E '^(leptos_dom|reactive_graph|web-sys|js-sys) ' <<<"$$tree"; then \
	  echo 'the native build must not depend on browser crates'; exit 1; \
	fi

lint-wasm:
	@scripts/need wasm-target
	cargo clippy --target wasm32-unknown-unknown --all-targets -- -D warnings
	cargo clippy --target wasm32-unknown-unknown --bin losslens --features without-late,without-beyond -- -D warnings
	cargo clippy --target wasm32-unknown-unknown --bin late --features without-early,without-beyond -- -D warnings
	cargo clippy --target wasm32-unknown-unknown --bin beyond --features without-early,without-late -- -D warnings

python: export TRUNK_STAGING_DIR := $(CURDIR)/target/python-site
python:
	@scripts/need numpy
	@rm -rf $(TRUNK_STAGING_DIR) && mkdir -p $(TRUNK_STAGING_DIR)
	@cp index.html $(TRUNK_STAGING_DIR)
	cargo run --quiet --no-default-features --features site --bin losslens -- site
	gunzip -c tests/reference/cases.json.gz | cargo run --quiet --no-default-features --features site --bin losslens -- programs \
	  > $(TRUNK_STAGING_DIR)/programs.json
	.tools/python/bin/python tests/numpy/check.py $(TRUNK_STAGING_DIR)

size:
	node scripts/size.mjs dist

browser:
	@scripts/need browser npm books
	cargo clippy --package losslens-browser-tests --all-targets -- -D warnings
	cargo test --package losslens-browser-tests

test:
	$(MAKE) check
	$(MAKE) python
	$(MAKE) lint-wasm
	$(MAKE) build
	$(MAKE) size
	$(MAKE) browser

shots: build
	@scripts/need browser
	cargo run --package losslens-browser-tests --bin shots

bench: build
	@scripts/need browser
	cargo run --package losslens-browser-tests --bin drag
	cargo bench --no-default-features
	cargo build --profile bench --no-default-features --target wasm32-unknown-unknown --example speed
	cargo run --package losslens-browser-tests --bin speed
