// Checks an AsyncAPI document by Spectral's own rules for AsyncAPI. Prints what it objects to, one line each, and exits with 1 when
// there is an error.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import core from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';

const ERROR = 0;
const LEVELS = ['error', 'warning', 'information', 'hint'];

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Usage: node lint.js FILE');
  process.exit(2);
}

const source = resolve(file);
const spectral = new core.Spectral();
spectral.setRuleset({ extends: [rulesets.asyncapi] });
const results = await spectral.run(new core.Document(readFileSync(source, 'utf8'), parsers.Yaml, source));
for (const { severity, code, path, message, range } of results) {
  console.error(`${LEVELS[severity]} ${file}:${range.start.line + 1}: ${path.join('.')}: ${code}: ${message}`);
}
process.exit(results.some(({ severity }) => severity === ERROR) ? 1 : 0);
