// Runs before the first paint: sets the theme, starts the program, and says what to do when that fails.
// A classic script of its own, because the Content-Security-Policy refuses inline scripts.
(() => {
  'use strict';

  const root = document.documentElement;
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  let ready = false;
  let started;

  /** The theme that the reader chose, if any. Storage throws where the origin is opaque. */
  function chosenTheme() {
    try {
      // The page around an embed may have chosen.
      return root.dataset.asked ?? localStorage.getItem('losslens-theme');
    } catch {
      return null;
    }
  }

  function showTheme() {
    const chosen = chosenTheme();
    root.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : systemDark.matches ? 'dark' : 'light';
    dispatchEvent(new Event('losslens:theme'));
  }

  /** The reader's choice: the other one from now on, and on later visits where the browser remembers. */
  function turnTheme() {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('losslens-theme', theme);
    } catch { /* The choice is not remembered. */ }
    root.dataset.theme = theme;
    dispatchEvent(new Event('losslens:theme'));
  }

  const MESSAGES = {
    missing: [
      'This browser cannot run Losslens',
      'It needs WebAssembly, which is missing or switched off here. Some lockdown and security modes switch it '
        + 'off: allow it for this site, or open this address in another browser.',
    ],
    download: [
      'Losslens could not be loaded',
      'Part of it did not arrive. Check the connection, then reload. The address keeps what you have set up.',
    ],
    stopped: [
      'Losslens has stopped',
      'The mistake is ours. The address keeps what you have set up: reload to go on from there. If it stops '
        + 'again, start from the beginning.',
    ],
  };

  /** Shows the panel. The first message stays: what follows a failure is its consequence. */
  function say(kind, detail) {
    const panel = document.getElementById('trouble');
    if (!panel || !panel.hidden) return;
    const [title, advice] = MESSAGES[kind];
    panel.querySelector('h2').textContent = title;
    panel.querySelector('p').textContent = advice;
    panel.querySelector('code').textContent = detail || '';
    panel.querySelector('[data-do=restart]').hidden = kind !== 'stopped';
    panel.hidden = false;
    document.getElementById('start-wait')?.remove();
    document.querySelector('#start [aria-busy]')?.removeAttribute('aria-busy');
  }

  const isTrap = error => typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;

  async function start() {
    document.querySelector('[data-do=reload]').addEventListener('click', () => location.reload());
    document.querySelector('[data-do=restart]').addEventListener('click', () => {
      location.hash = '#/';
      location.reload();
    });
    if (typeof WebAssembly !== 'object') return say('missing');
    // A page that is opened as a file of its own is the app there.
    if (location.hash.length < 2 && root.dataset.route) history.replaceState(null, '', `#/${root.dataset.route}`);
    try {
      // An embed has its program within itself.
      if (losslens.run) return await losslens.run();
      const [script, module] = program();
      started = script;
      const app = await import(script);
      if (document.querySelector('#start figure[data-figure]') && root.dataset.elsewhere === undefined) loadExtras();
      await app.default({ module_or_path: module });
    } catch (error) {
      console.error(error);
      if (!ready) say(isTrap(error) ? 'stopped' : 'download', String(error));
    }
  }

  /** A style sheet that few pages need; what waits for it goes on without, where it cannot be had. */
  const sheet = name => new Promise(done => {
    if (document.querySelector(`[data-sheet="${name}"]`)) return done();
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: file(name), onload: done, onerror: done });
    link.dataset.sheet = name;
    document.head.append(link);
  });

  const file = name => new URL(`${name}?${root.dataset.version}`, document.getElementById('app-js').href).href;

  /** The script and the module of the program that has the loss of the address; pages of text are in both. */
  function program() {
    // All of the address may be encoded, the question mark included.
    const path = location.hash.split('?')[0].replace(/%[0-7][0-9a-f]/gi, decodeURIComponent);
    const name = path.split('?')[0].replace(/^#|\//g, '');
    const other = ['late', 'beyond'].find(it => name && root.dataset[it]?.split(' ').includes(name));
    if (other) {
      sheet('late.css');
      return [file(`${other}.js`), file(`${other}_bg.wasm`)];
    }
    return ['app-js', 'app-wasm'].map(id => document.getElementById(id).href);
  }

  // Figures and dialogs are a program of their own, which comes when the first of them is near or asked for.
  let extras;
  function loadExtras() {
    extras ??= import(file('extras.js')).then(it => it.default({ module_or_path: file('extras_bg.wasm') }));
    return extras.catch(error => {
      // The next page, or the next press of a button, tries again.
      extras = undefined;
      for (const figure of places()) {
        if (figure.querySelector('.note')) continue;
        const note = Object.assign(document.createElement('p'), { className: 'note' });
        note.textContent = 'This figure could not be loaded. The rest works without it; reload to try again.';
        figure.prepend(note);
      }
      throw error;
    });
  }

  /** Opens the dialog that a button names. */
  async function openDialog(button) {
    button.setAttribute('aria-busy', 'true');
    try {
      await Promise.all([loadExtras(), sheet('dialog.css')]);
      dispatchEvent(new CustomEvent('losslens:dialog', { detail: button.dataset.dialog }));
      loadElement();
    } catch {
      button.textContent = 'Could not be loaded';
    }
    button.removeAttribute('aria-busy');
  }
  addEventListener('click', event => {
    const button = event.target.closest?.('[data-dialog]');
    if (button) openDialog(button);
  });
  // Whoever comes near such a button will not wait as long.
  for (const kind of ['pointerover', 'focusin']) {
    addEventListener(kind, event => event.target.closest?.('[data-dialog]') && loadExtras());
  }

  // `/` finds a loss, but in a box it is a letter.
  const BOXES = 'textarea, select, input:not([type=range], [type=radio], [type=checkbox])';
  addEventListener('keydown', event => {
    const find = document.querySelector('[data-dialog=find]');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !find) return;
    if (document.activeElement?.matches(BOXES)) return;
    event.preventDefault();
    openDialog(find);
  });

  /** The site shows embeds as any other page does. */
  function loadElement() {
    if (document.querySelector('loss-lens, #app figure.example') && !customElements.get('loss-lens')) append('embed.js');
  }

  function append(name) {
    document.head.append(Object.assign(document.createElement('script'), { src: file(name) }));
  }

  const places = () => document.querySelectorAll('#app figure[data-figure]:not(.picture)');
  const once = rootMargin => new IntersectionObserver(seen => seen.some(it => it.isIntersecting) && loadExtras(), { rootMargin });
  // Figures take a moment to draw; the numbers of a paragraph only have to be there when they are seen.
  const [near, seen] = [once('600px'), once('0px')];
  function watch() {
    near.disconnect();
    seen.disconnect();
    for (const figure of places()) near.observe(figure);
    for (const told of document.querySelectorAll('#app [data-figure=told]')) seen.observe(told);
  }
  addEventListener('losslens:beside', watch);
  addEventListener('losslens:text', () => {
    watch();
    // Without the program a link leads to a page as well as to its state; here it leads to the state.
    for (const link of document.querySelectorAll('#app a[href*="/#/"]')) link.setAttribute('href', link.hash);
    // Examples are put to work by the page's own script, anew with every visit.
    if (document.querySelector('#app figure.example')) append('authors.js');
    loadElement();
    // The list of a long page stands beside it where there is room.
    const contents = document.querySelector('.contents');
    if (contents && matchMedia('(min-width: 1160px)').matches) contents.open = true;
    showPart();
  });

  // Figures push the text down when they come: who has gone nowhere since is led there again.
  let led = false;
  addEventListener('losslens:drawn', () => led && showPart());
  for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
    addEventListener(kind, () => { led = false; }, { passive: true });
  }

  /** `#/questions/one-hot` means that part of the page. */
  function showPart() {
    const part = location.hash.match(/^#\/[a-z]+\/([a-z0-9-]+)$/);
    if (!part) return;
    document.getElementById(part[1])?.scrollIntoView();
    led = true;
  }
  addEventListener('hashchange', showPart);
  // A link to where one is changes nothing, but leads there once more.
  addEventListener('click', event => event.target.closest?.('a[href^="#/"]')?.hash === location.hash && showPart());

  /** Keeps the meaning of a word within the page. */
  function place(tip) {
    tip.style.translate = '';
    const over = tip.getBoundingClientRect().right + 8 - root.clientWidth;
    if (over > 0) tip.style.translate = `${-over}px`;
  }

  addEventListener('keydown', event => {
    if (event.key === 'Escape') root.dataset.tips = 'off';
  });
  for (const kind of ['focusin', 'pointerover']) {
    addEventListener(kind, event => {
      delete root.dataset.tips;
      const tip = event.target.closest?.('.term')?.querySelector('.meaning');
      if (tip) place(tip);
    });
  }

  // Whoever copies a number gets all of its digits.
  addEventListener('copy', event => {
    const selection = getSelection();
    const start = selection.anchorNode;
    const number = (start?.closest ? start : start?.parentElement)?.closest('[data-value], [title]');
    const full = number?.dataset.value ?? number?.title;
    if (full && !Number.isNaN(Number(full)) && selection.toString().trim() === number.textContent.trim()) {
      event.clipboardData.setData('text/plain', full);
      event.preventDefault();
    }
  });

  addEventListener('click', event => event.target.closest?.('button.theme') && turnTheme());

  // Whoever has guessed is told.
  addEventListener('click', event => event.target.closest?.('.prose blockquote a')?.closest('blockquote').classList.add('guessed'));

  // A link in the text sets a state of the bench: where the bench is out of sight, a copy of it answers beside the text.
  addEventListener('click', event => {
    const link = event.target.closest?.('.prose a[href^="#/"][href*="?"]');
    const bench = document.querySelector('.bench');
    document.querySelector('.beside')?.remove();
    if (!link || !bench || link.closest('figure') || bench.getBoundingClientRect().bottom > innerHeight / 2) return;
    const copy = Object.assign(document.createElement('figure'), { className: 'beside' });
    copy.dataset.figure = 'bench';
    copy.dataset.of = link.hash.slice(1);
    const block = link.closest('p, ul, blockquote');
    if (matchMedia('(min-width: 1400px)').matches) block.before(copy);
    else block.after(copy);
    dispatchEvent(new Event('losslens:beside'));
  });

  // Which loss: what the reader answered stands again after a visit elsewhere.
  const answers = new Map();
  addEventListener('change', event => event.target.matches?.('.which input') && answers.set(event.target.name, event.target.id));
  addEventListener('reset', () => answers.clear());
  addEventListener('losslens:text', () => {
    for (const id of answers.values()) document.getElementById(id)?.click();
  });

  // Until a program hears it, the address may come to name a loss of the other one.
  addEventListener('hashchange', () => started && !ready && program()[0] !== started && location.reload());
  // The frame of the site's own page is home's.
  if (location.hash.length > 2) root.dataset.elsewhere = '';
  showTheme();
  systemDark.addEventListener('change', showTheme);
  addEventListener('losslens:asked', showTheme);
  addEventListener('losslens:ready', () => {
    ready = true;
    document.getElementById('start')?.remove();
  });
  addEventListener('losslens:panic', event => say('stopped', event.detail));
  // A trap that no panic hook announced. Other errors leave the program running.
  addEventListener('error', event => isTrap(event.error) && say('stopped', event.message), true);
  addEventListener('unhandledrejection', event => isTrap(event.reason) && say('stopped', String(event.reason)));
  addEventListener('DOMContentLoaded', start);
})();
