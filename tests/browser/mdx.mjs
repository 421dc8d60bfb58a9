// MDX from standard input as the HTML that React makes of it, for the tests of snippets.
import { readFileSync } from 'node:fs';
import { evaluate } from '@mdx-js/mdx';
import { createElement } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';

const { default: Content } = await evaluate(readFileSync(0, 'utf8'), runtime);
process.stdout.write(renderToStaticMarkup(createElement(Content)));
