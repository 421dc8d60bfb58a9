// What scripts may ask of the page: window.losslens. The answers come from a module of its own, which loads when the page
// is idle, or when somebody waits for it.
(() => {
  'use strict';

  const NOT_YET = 'losslens.evaluate is not loaded yet: await losslens.ready first';
  let asked;
  let module;

  /** JSON has no infinities and no typed arrays; the cases write the former as strings. */
  const written = (key, it) => typeof it === 'number' && !Number.isFinite(it) ? String(it)
    : ArrayBuffer.isView(it) ? Array.from(it) : it;

  window.losslens = {
    /** Settles when `evaluate` can be called; a failure is tried again by whoever asks next. */
    get ready() {
      asked ??= losslens.load().then(it => { module = it; }, error => {
        asked = undefined;
        throw error;
      });
      return asked;
    },

    /**
     * PyTorch's answer to one call: `{ loss, args, inputs }` in, `{ output, grads, arg_grads, warnings }` or
     * `{ error }` out. Tensors are `{ shape, data, dtype }`. As JSON text a call keeps what JavaScript's numbers do
     * not: Python's difference between 0 and 0.0, which some of PyTorch's errors print.
     */
    evaluate(question) {
      if (!module) throw new Error(NOT_YET);
      try {
        const text = typeof question === 'string' ? question : JSON.stringify(question, written) ?? 'null';
        return JSON.parse(module.evaluate(text));
      } catch (error) { // It runs in circles, or holds what JSON has no word for.
        return { error: { type: 'ValueError', message: `not JSON: ${error.message}` } };
      }
    },

    /** Fetches what answers. An embed has it within itself. */
    async load() {
      const file = name => new URL(`${name}?${document.documentElement.dataset.version}`, document.getElementById('app-js').href).href;
      const it = await import(file('evaluate.js'));
      await it.default({ module_or_path: file('evaluate_bg.wasm') });
      return it;
    },
  };

  addEventListener('losslens:ready', () => {
    const soon = window.requestIdleCallback ?? (work => setTimeout(work, 2000));
    // Whoever asks for it hears of a failure.
    if (!navigator.connection?.saveData) soon(() => losslens.ready.catch(() => {}));
  });
})();
