// The page for authors: puts each of its examples to work, from the very source that it shows. The scripts of the
// examples follow, because the page's policy refuses inline ones.
(() => {
  'use strict';

  const site = new URL('.', document.getElementById('app-js').href).href;
  const here = text => text.replaceAll('https://losslens.example/', site);

  async function copy(code, said) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(code);
      said.textContent = 'Selected: copy it from there.';
    }
  }

  for (const example of document.querySelectorAll('#app figure.example:not([data-live])')) {
    const [template, code, said] = ['template', 'code', '[role=status]'].map(it => example.querySelector(it));
    const place = Object.assign(document.createElement('div'), { className: 'example-live', innerHTML: here(template.innerHTML) });
    template.before(place);
    code.textContent = here(code.textContent);
    example.querySelector('.example-copy button').addEventListener('click', () => copy(code, said));
    example.dataset.live = '';
  }
})();
