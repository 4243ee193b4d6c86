// node check.js FILE...: checks OpenAPI documents by the rules of Redocly and Spectral. Prints what they object to, one line each, and
// exits with 1 when one of it is an error.
import { readFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import spectralCore from '@stoplight/spectral-core';
import Parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';

const { Document, Spectral } = spectralCore;

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: node check.js FILE...');
  process.exit(2);
}

const SEVERITIES = ['error', 'warn', 'info', 'hint'];
const redocly = await createConfig({ extends: ['recommended'] });
const spectral = new Spectral();
spectral.setRuleset(rulesets.oas);

async function findings(file) {
  const byRedocly = (await lint({ ref: file, config: redocly })).map(({ severity, ruleId, message, location }) => ({
    severity,
    text: `redocly ${ruleId}: ${location[0]?.pointer}: ${message}`,
  }));
  const document = new Document(await readFile(file, 'utf8'), Parsers.Json, file);
  const bySpectral = (await spectral.run(document)).map(({ severity, code, message, path }) => ({
    severity: SEVERITIES[severity],
    text: `spectral ${code}: ${path.join('.')}: ${message}`,
  }));
  return [...byRedocly, ...bySpectral];
}

let failed = false;
for (const file of files) {
  for (const { severity, text } of await findings(file)) {
    failed ||= severity === 'error';
    console.log(`${severity} ${file}: ${text}`);
  }
}
process.exit(failed ? 1 : 0);
