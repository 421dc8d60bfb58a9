#!/usr/bin/env node
// What the first visit to a loss page downloads, compressed with brotli, by kind. Fails when over budget.
// usage: scripts/size.mjs [DIST]
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

// kB of 1,000 bytes.
const BUDGET = { 'in all': 350, wasm: 200, fonts: 110 };
const KINDS = { '.html': 'html', '.css': 'css', '.js': 'js', '.wasm': 'wasm', '.woff2': 'fonts' };

const dist = process.argv[2] ?? 'dist';

/** The files that `text` refers to by `pattern`, relative to the folder of `from`, and that exist. */
function references(text, pattern, from) {
  return [...text.matchAll(pattern)]
    .map(match => path.normalize(path.join(path.dirname(from), match[1])))
    .filter(file => !file.startsWith('..') && fs.existsSync(path.join(dist, file)) && !fs.statSync(path.join(dist, file)).isDirectory());
}

const read = file => fs.readFileSync(path.join(dist, file));
const lessons = fs.readdirSync(dist).map(name => path.join(name, 'lesson.html')).filter(file => fs.existsSync(path.join(dist, file)));

/** What a page makes the browser fetch before the first drag. */
function visit(page) {
  // A link to what another page starts is no request here.
  const markup = read(page).toString().replace(/<link rel="(?:alternate|canonical)"[^>]*>/g, '');
  const files = new Set([page, ...references(markup, /(?:href|src)="([^"#?]+)(?:\?[^"#]*)?"/g, page)]);
  for (const sheet of [...files].filter(file => file.endsWith('.css'))) {
    references(read(sheet).toString(), /url\(["']?([^"')#?]+)["']?\)/g, sheet).forEach(file => files.add(file));
  }
  // What the program fetches: the pictures of the menu, and a lesson, of which the longest counts.
  files.add('menu.svg');
  files.add(lessons.toSorted((a, b) => read(b).length - read(a).length)[0]);
  return files;
}

/** Bytes over the wire: woff2 is compressed already, and servers send it as it is. */
function wire(file) {
  if (file.endsWith('.woff2')) return read(file).length;
  return zlib.brotliCompressSync(read(file), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

let over = false;

/** Prints a page's files by kind, and compares them with the budget. */
function measure(title, page) {
  const totals = new Map();
  for (const file of visit(page)) {
    const kind = KINDS[path.extname(file)] ?? 'other';
    const bytes = wire(file);
    totals.set(kind, (totals.get(kind) ?? 0) + bytes);
    totals.set('in all', (totals.get('in all') ?? 0) + bytes);
  }
  console.log(`${title}, brotli:`);
  for (const [kind, bytes] of [...totals].sort((a, b) => a[1] - b[1])) {
    const limit = BUDGET[kind];
    const verdict = limit === undefined ? '' : `of ${limit} kB${bytes > limit * 1000 ? '  OVER BUDGET' : ''}`;
    over ||= limit !== undefined && bytes > limit * 1000;
    console.log(`  ${kind.padEnd(7)}${(bytes / 1000).toFixed(1).padStart(7)} kB  ${verdict}`.trimEnd());
  }
  for (const kind of ['wasm', 'fonts']) {
    if (!totals.has(kind)) {
      console.log(`  no ${kind} found: the measurement is wrong`);
      over = true;
    }
  }
}

measure('First visit to a loss page', 'index.html');
for (const [, , first] of read('index.html').toString().matchAll(/data-(late|beyond)="([^" ]+)/g)) {
  measure(`First visit to the page of another program's loss (${first})`, path.join(first, 'index.html'));
}

// What others load: the element, which has a budget of its own, the embed, and the answers for scripts.
console.log('For other pages and for scripts:');
const element = zlib.gzipSync(read('embed.js'), { level: 9 }).length;
console.log(`  embed.js          ${(element / 1000).toFixed(1)} kB gzip of 3 kB${element > 3000 ? '  OVER BUDGET' : ''}`);
over ||= element > 3000;
for (const file of ['embed.html', 'evaluate_bg.wasm']) {
  console.log(`  ${file.padEnd(17)}${(wire(file) / 1000).toFixed(1).padStart(6)} kB brotli, ${(read(file).length / 1000).toFixed(1)} kB as it is`);
}
process.exit(over ? 1 : 0);
