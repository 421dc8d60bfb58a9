// <loss-lens loss="HuberLoss" input="0.4,-1.5" target="0,1" delta="1">: the bench of Losslens in a page, as an element.
// It stands for itself: copy it, or load it from where Losslens is. docs/embedding.md says what it can do.
(() => {
  'use strict';

  const VERSION = 1;
  /** What an element has beside the names of the address. */
  const OTHER = /^(loss|state|src|height|class|id|style|title|slot|hidden|lang|dir|tabindex|role|part|is|nonce|inert|translate|(aria|data|on).*)$/;
  /** What each panel takes of the height, roughly: kept free until the embed says what it needs. */
  const HEIGHTS = { chart: 380, gradient: 150, picture: 400, editor: 300, settings: 170, readout: 80 };
  const here = document.currentScript?.src || document.querySelector('script[src$="/embed.js"]')?.src || location.href;

  /**
   * @typedef {{ shape: number[], data: (number | string)[], dtype?: string }} Tensor
   * @typedef {{ loss: string, args?: object, inputs: object }} Case
   * @typedef {{ output?: Tensor, grads?: object, arg_grads?: object, warnings?: string[], error?: { type: string, message: string } }} Answer
   * @typedef {{ state: string | null, loss: number | string | null, gradients: Record<string, Tensor>, case: Case,
   *   answer: Answer, notices: { key: string, message: string }[] }} Result
   */

  class LossLens extends HTMLElement {
    #frame; #near; #watch; #ready; #known; #count = 0;
    /** @type {Map<number, { resolve: (it: any) => void, reject: (why: Error) => void }>} */
    #asked = new Map();
    /** @type {Result | null} What it shows now; null until it is ready. */
    result = null;

    connectedCallback() {
      this.style.display ||= 'block';
      this.style.minHeight ||= `${Number(this.getAttribute('height')) || this.#guess()}px`;
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
      for (const { reject } of this.#asked.values()) reject(new Error('the loss-lens was removed'));
      this.#asked.clear();
    }

    /** The address of what it shows, without `#/`. Setting it changes what is shown. */
    get state() {
      return this.result?.state ?? this.#keys().state;
    }

    set state(state) {
      if (this.#ready) this.#ask('set', { state: String(state) }).catch(() => {});
      else this.setAttribute('state', state);
    }

    /** @returns {Promise<Result>} What it shows now. */
    get() {
      return this.#ask('get', {});
    }

    /** @param {Case} question @returns {Promise<Answer>} What PyTorch answers to any call. */
    evaluate(question) {
      return this.#ask('evaluate', { case: question }).then(it => it.answer);
    }

    #guess() {
      const shown = this.getAttribute('show')?.split(',') ?? ['chart', 'gradient', 'editor', 'settings', 'readout'];
      return shown.reduce((sum, it) => sum + (HEIGHTS[it.trim()] ?? 0), 44);
    }

    /** The attributes as what a message sets. */
    #keys() {
      const keys = { show: '', lock: '', theme: '' };
      const pairs = [];
      for (const { name, value } of this.attributes) {
        if (name in keys) keys[name] = value;
        else if (!OTHER.test(name) && name !== 'load') pairs.push(`${name}=${encodeURIComponent(value)}`);
      }
      const query = pairs.length ? `?${pairs.join('&')}` : '';
      const state = this.getAttribute('state')?.replace(/^#?\/?/, '') ?? `${this.getAttribute('loss') ?? ''}${query}`;
      return { state, ...keys };
    }

    #load() {
      this.#near.disconnect();
      const { state, ...own } = this.#known = this.#keys();
      own.load = this.getAttribute('load') ?? '';
      const more = Object.keys(own).filter(key => own[key]).map(key => `${key}=${encodeURIComponent(own[key])}`).join('&');
      const frame = this.#frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
      frame.title = this.title || `Losslens: ${state.split('?')[0]}`;
      frame.style.cssText = `display:block;width:100%;border:0;height:${this.style.minHeight}`;
      frame.src = `${new URL(this.getAttribute('src') ?? 'embed.html', here)}#/${state}${more && (state.includes('?') ? '&' : '?') + more}`;
      this.append(frame);
    }

    /** Attributes were changed by a script: what they say now, and only that, is new. */
    #follow() {
      const now = this.#keys();
      const changed = Object.entries(now).filter(([key, value]) => value !== this.#known?.[key]);
      if (!this.#ready || !changed.length) return;
      this.#known = now;
      this.#ask('set', Object.fromEntries(changed)).catch(() => {});
    }

    #ask(type, more) {
      return new Promise((resolve, reject) => {
        const id = ++this.#count;
        this.#asked.set(id, { resolve, reject });
        const post = () => this.#frame?.contentWindow?.postMessage({ losslens: VERSION, type, id, ...more }, '*');
        if (this.#ready) post();
        else this.addEventListener('ready', post, { once: true });
      });
    }

    handleEvent({ source, data }) {
      // Only its own frame is listened to, and only what has the form of its messages.
      if (!this.#frame || source !== this.#frame.contentWindow || data?.losslens !== VERSION) return;
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
          for (const it of this.children) it.hidden = it !== this.#frame;
          this.#follow();
        }
      } else if (type === 'error') {
        console.warn(`<loss-lens>: ${detail.message}`);
        asked?.reject(new Error(detail.message));
      }
      asked?.resolve(detail);
      if (['ready', 'resize', 'change', 'error'].includes(type)) this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  if (!customElements.get('loss-lens')) customElements.define('loss-lens', LossLens);
})();
