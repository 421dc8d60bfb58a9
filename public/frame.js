// The script of embed.html: the program that the file carries within itself, and messages with the page around it.
// docs/embedding.md describes them.
(() => {
  'use strict';

  const VERSION = 1;
  const OWN = ['show', 'lock', 'theme', 'load'];
  const root = document.documentElement;
  const host = window.parent === window ? null : window.parent;
  /** The address of what is shown now, also in the middle of a drag, and the one that was told last. */
  let address;
  let told;
  let running = false;
  /** What the page around sent before the program ran. */
  const waiting = [];

  const own = key => new RegExp(`[?&]${key}=([^&]*)`).exec(location.hash)?.[1];
  const send = (type, more) => host?.postMessage({ losslens: VERSION, type, ...more }, '*');
  const shown = () => JSON.parse(wasm_bindgen.state(address ?? location.hash));

  function askTheme() {
    root.dataset.asked = own('theme') ?? 'auto';
    dispatchEvent(new Event('losslens:asked'));
  }

  /** The picture of the loss, until the program runs. */
  function still() {
    const name = /^#?\/?(\w+)/.exec(location.hash)?.[1];
    const picture = document.getElementById(`${name}-card`);
    if (!picture) return;
    document.querySelector('#start use').setAttribute('href', `#${name}-card`);
    document.querySelector('#start b').textContent = name;
  }

  /** Waits for the reader, where the page around wants that. */
  const pressed = () => new Promise(resolve => {
    const button = document.querySelector('#start button');
    document.getElementById('start-wait').hidden = true;
    button.hidden = false;
    button.addEventListener('click', () => {
      button.hidden = true;
      document.getElementById('start-wait').hidden = false;
      addEventListener('losslens:ready', () => document.querySelector('main')?.focus({ preventScroll: true }));
      resolve();
    });
  });

  async function run() {
    still();
    if (own('load') === 'click') await pressed();
    try {
      const packed = Uint8Array.from(atob(document.getElementById('program').textContent), it => it.charCodeAt(0));
      const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
      await wasm_bindgen({ module_or_path: await new Response(bytes).arrayBuffer() });
    } catch (error) {
      if (!running) send('error', { message: `the embed could not start: ${error}` });
      throw error;
    }
  }

  losslens.run = run;
  losslens.load = async () => {
    if (!running) await new Promise(resolve => addEventListener('losslens:ready', resolve));
    return wasm_bindgen;
  };

  let height;
  function measure() {
    // Until the program runs the page around keeps the height that it has, so that nothing jumps twice; but a still and a
    // trouble stay.
    if (!running && own('load') !== 'click' && document.getElementById('trouble').hidden) return;
    const now = Math.ceil(root.getBoundingClientRect().height);
    if (now !== height && now > 0) send('resize', { height: height = now });
  }
  send('starting');
  document.addEventListener('DOMContentLoaded', () => new ResizeObserver(measure).observe(root));

  let timer;
  addEventListener('losslens:state', event => {
    const changed = told !== undefined && told !== event.detail;
    told = address = event.detail;
    // A drag makes many states; the page around gets the last of every few frames.
    if (changed) timer ??= setTimeout(() => { timer = undefined; send('change', shown()); }, 40);
  });
  addEventListener('losslens:notice', event => send('error', { message: event.detail }));
  addEventListener('losslens:panic', event => send('error', { message: `the embed has stopped: ${event.detail}` }));
  addEventListener('losslens:ready', () => {
    running = true;
    requestAnimationFrame(measure);
    new MutationObserver(lock).observe(document.getElementById('app'), { childList: true, subtree: true, attributeFilter: ['data-lock'] });
    lock();
    losslens.ready.then(() => {
      send('ready', shown());
      waiting.splice(0).forEach(answer);
    });
  });

  addEventListener('message', ({ source, data }) => {
    // Only the page around is listened to, and only what is meant for an embed.
    if (!host || source !== host || typeof data?.losslens !== 'number' || typeof data.type !== 'string') return;
    if (running) answer(data);
    else if (waiting.length < 100) waiting.push(data);
  });

  function answer(message) {
    const { id, type } = message;
    const refuse = why => send('error', { id, message: why });
    if (message.losslens !== VERSION) return refuse(`this embed speaks version ${VERSION} of the messages`);
    try {
      switch (type) {
        case 'get': return send('state', { id, ...shown() });
        case 'evaluate': return send('answer', { id, answer: losslens.evaluate(message.case) });
        case 'set': return set(message, () => send('state', { id, ...shown() }), refuse);
        default: return refuse(`an embed has no answer to "${type.slice(0, 40)}"`);
      }
    } catch (error) {
      refuse(String(error));
    }
  }

  /** Goes to another state, other panels, locks or theme: what is not given stays. */
  function set(message, done, refuse) {
    const given = ['state', ...OWN].filter(key => message[key] !== undefined);
    const wrong = given.find(key => typeof message[key] !== 'string');
    if (wrong) return refuse(`${wrong} must be a string`);
    const keys = Object.entries(message.keys ?? {});
    if (keys.some(([, value]) => value !== null && typeof value === 'object')) return refuse('keys must be strings, by their names');
    const [path, query = ''] = (message.state ?? address ?? location.hash).replace(/^#?\/?/, '').split('?');
    const old = [...OWN, ...keys.map(([key]) => key)];
    let pairs = query.split('&').filter(it => it && !old.includes(it.split('=')[0]));
    for (const [key, value] of keys) {
      if (value !== null) pairs.push(`${encodeURIComponent(key)}=${String(value).replace(/[&#\s]/g, encodeURIComponent)}`);
    }
    // Other numbers may have no such element as the one that was chosen.
    const lost = () => JSON.parse(wasm_bindgen.state(`${path}?${pairs.join('&')}`)).notices.some(it => it.key === 'at');
    if (keys.length && message.keys.at === undefined && lost()) pairs = pairs.filter(it => !it.startsWith('at='));
    for (const key of OWN) {
      const value = message[key] === undefined ? own(key) : encodeURIComponent(message[key]);
      if (value) pairs.push(`${key}=${value}`);
    }
    // Letters that no address has are encoded by then.
    const next = new URL(`#/${path}${pairs.length ? `?${pairs.join('&')}` : ''}`, location.href).hash;
    if (next === location.hash) return done();
    addEventListener('hashchange', () => setTimeout(done), { once: true });
    // No step of the reader's history.
    location.replace(next);
  }

  /** Switches off what is locked, and on again what is no longer. */
  function lock() {
    const app = document.getElementById('app');
    for (const it of app.querySelectorAll('[data-held]')) {
      it.disabled = false;
      delete it.dataset.held;
    }
    for (const it of app.querySelectorAll('[data-locked]')) delete it.dataset.locked;
    const places = app.querySelector('main')?.dataset.lock;
    if (!places) return;
    for (const place of app.querySelectorAll(places)) {
      place.dataset.locked = '';
      for (const it of [place, ...place.querySelectorAll('button, input, textarea')]) {
        if (it.disabled !== false) continue;
        it.disabled = true;
        it.dataset.held = '';
      }
    }
  }

  // What is no control of the browser's own is kept from hands and keys here.
  for (const kind of ['pointerdown', 'keydown', 'click']) {
    addEventListener(kind, event => {
      if (event.key === 'Tab' || !event.target.closest?.('[data-locked]')) return;
      event.stopImmediatePropagation();
      if (kind === 'keydown') event.preventDefault();
    }, true);
  }

  addEventListener('click', event => {
    // A sandbox without forms lets no form say that it is sent.
    const form = event.target.closest?.('button[type=submit]')?.form;
    if (form) {
      event.preventDefault();
      form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    }
    const link = event.target.closest?.('a.whole');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const opened = open(link.href, '_blank');
    if (opened) opened.opener = null;
    else tell(link);
  });

  /** Where a sandbox opens no pages, the address itself is of use. */
  function tell(link) {
    const box = Object.assign(document.createElement('input'), { readOnly: true, value: link.href });
    box.setAttribute('aria-label', 'The address of the whole page, which this frame may not open');
    link.replaceWith(box);
    box.select();
  }

  addEventListener('hashchange', () => {
    // The program says what it makes of it.
    address = undefined;
    askTheme();
  });
  askTheme();
})();
