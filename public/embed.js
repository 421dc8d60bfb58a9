// <loss-lens loss="HuberLoss" delta="1">: the bench of Losslens as an element. docs/embedding.md says what it can do.
(() => {
  'use strict';

  const VERSION = 1;
  /** Attributes that are no keys of the address. */
  const OTHER = /^(loss|state|src|height|load|class|id|style|title|slot|hidden|lang|dir|tabindex|role|part|is|nonce|inert|translate|on.*|.*\W.*|_.*)$/;
  /** Roughly, of each panel. */
  const HEIGHTS = { chart: 380, gradient: 150, picture: 400, editor: 300, settings: 170, readout: 80, code: 320 };
  const here = document.currentScript?.src || document.querySelector('script[src$="/embed.js"]')?.src || location.href;

  /**
   * @typedef {{ shape: number[], data: (number | string)[], dtype?: string }} Tensor
   * @typedef {{ loss: string, args?: object, inputs: object }} Case
   * @typedef {{ output?: Tensor, grads?: object, error?: { type: string, message: string } }} Answer
   * @typedef {{ state?: string, loss: number | string | null, gradients: Record<string, Tensor>, case: Case,
   *   answer: Answer, notices: { key: string, message: string }[] }} Result
   */

  // Weaker than any rule of the host, and allowed by every policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':where(loss-lens:not([hidden])){display:block}');
  document.adoptedStyleSheets.push(sheet);

  /** What is new; null for what is no more. */
  const fresh = (before, now) => Object.fromEntries(Object.keys({ ...before, ...now })
    .filter(key => key !== 'keys' && before[key] !== now[key]).map(key => [key, now[key] ?? null]));

  class LossLens extends HTMLElement {
    #frame; #near; #watch; #ready; #known; #count = 0;
    #asked = new Map();
    /** @type {Result | null} What it shows; null until it is ready. */
    result = null;

    connectedCallback() {
      this.style.minHeight ||= `${parseFloat(this.getAttribute('height')) || this.#guess()}px`;
      this.#near = new IntersectionObserver(seen => seen.some(it => it.isIntersecting) && this.#load(), { rootMargin: '400px' });
      this.#near.observe(this);
      this.#watch = new MutationObserver(() => this.#follow());
      this.#watch.observe(this, { attributes: true });
      addEventListener('message', this);
    }

    disconnectedCallback() {
      this.#near.disconnect();
      this.#watch.disconnect();
      removeEventListener('message', this);
      this.#frame?.remove();
      this.#frame = this.#ready = undefined;
      this.result = null;
      for (const it of this.#asked.values()) it.reject(new Error('the loss-lens was removed'));
      this.#asked.clear();
    }

    /** The address of what it shows. */
    get state() {
      return this.result?.state ?? this.#read().state;
    }

    set state(state) {
      if (this.#ready) this.#ask('set', { state: String(state) }).catch(() => {});
      else this.setAttribute('state', state);
    }

    /** @returns {Promise<Result>} */
    get() {
      return this.#ask('get', {});
    }

    /** @param {Case} question @returns {Promise<Answer>} PyTorch's answer. */
    evaluate(question) {
      return this.#ask('evaluate', { case: question }).then(it => it.answer);
    }

    #guess() {
      const shown = this.getAttribute('show')?.split(',') ?? ['chart', 'gradient', 'editor', 'settings', 'readout'];
      return shown.reduce((sum, it) => sum + (HEIGHTS[it.trim()] ?? 0), 44);
    }

    /** The attributes as a message sets them. */
    #read() {
      const own = { show: '', lock: '', theme: '' };
      const keys = {};
      for (const { name, value } of this.attributes) {
        if (name in own) own[name] = value;
        else if (!OTHER.test(name)) keys[name] = value;
      }
      // As in an address, where `%2C` separates nothing.
      const query = Object.entries(keys).map(([key, value]) => `${key}=${value.replace(/[&#\s]/g, encodeURIComponent)}`).join('&');
      const given = this.getAttribute('state')?.replace(/^#?\/?/, '');
      return { state: given ?? (this.getAttribute('loss') ?? '') + (query && `?${query}`), keys, ...own };
    }

    #load() {
      this.#near.disconnect();
      const { state, keys, ...own } = this.#known = this.#read();
      own.load = this.getAttribute('load');
      const more = Object.keys(own).filter(key => own[key]).map(key => `${key}=${encodeURIComponent(own[key])}`).join('&');
      const frame = this.#frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
      frame.title = this.title || `Losslens: ${state.split('?')[0]}`;
      frame.style.cssText = `display:block;width:100%;border:0;height:${this.style.minHeight}`;
      frame.src = `${new URL(this.getAttribute('src') ?? 'embed.html', here)}#/${state}${more && (state.includes('?') ? '&' : '?') + more}`;
      frame.onload = () => setTimeout(() => {
        if (frame.isConnected && !frame.heard) this.#say('error', { message: `no embed answers from ${frame.src}` });
      }, 5000);
      this.append(frame);
    }

    /** Sets what is new in the attributes. */
    #follow() {
      if (!this.#ready) return;
      const before = this.#known;
      const { keys, ...now } = this.#known = this.#read();
      const set = fresh(before, now);
      const [loss, ...others] = [now, before, this.result].map(it => it.state?.split('?')[0]);
      // Of the same loss what a hand has changed stays.
      if (set.state && others.every(it => it === loss) && this.result.state.includes('?') && !this.hasAttribute('state')) {
        delete set.state;
        set.keys = fresh(before.keys, keys);
      }
      if (Object.keys(set).length) this.#ask('set', set).catch(() => {});
    }

    #say(type, detail) {
      if (type === 'error') console.warn(`<loss-lens>: ${detail.message}`);
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    #ask(type, more) {
      return new Promise((resolve, reject) => {
        const id = ++this.#count;
        this.#asked.set(id, { resolve, reject });
        const post = () => this.#frame?.contentWindow?.postMessage({ losslens: VERSION, type, id, ...more }, '*');
        // Nobody has to scroll for an answer.
        if (this.isConnected && !this.#frame) this.#load();
        if (this.#ready) post();
        else this.addEventListener('ready', post, { once: true });
      });
    }

    handleEvent({ source, data }) {
      // Only its own frame is listened to.
      if (!this.#frame || source !== this.#frame.contentWindow || data?.losslens !== VERSION) return;
      this.#frame.heard = true;
      const { losslens, type, id, ...detail } = data;
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (type === 'resize' && detail.height > 0) {
        this.#frame.style.height = this.style.minHeight = `${Math.ceil(detail.height)}px`;
      } else if (type === 'ready' || type === 'change' || type === 'state') {
        this.result = detail;
        if (type === 'ready') {
          this.#ready = true;
          // What stood there for want of it.
          for (const it of this.childNodes) {
            if (it.nodeType === 3) it.data = '';
            else it.hidden = it !== this.#frame;
          }
          this.#follow();
        }
      } else if (type === 'error') {
        asked?.reject(new Error(detail.message));
      }
      asked?.resolve(detail);
      if (['ready', 'resize', 'change', 'error'].includes(type)) this.#say(type, detail);
    }
  }

  if (!customElements.get('loss-lens')) customElements.define('loss-lens', LossLens);
})();
