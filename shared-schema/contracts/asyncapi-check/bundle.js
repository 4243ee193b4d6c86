// Prints an AsyncAPI document as one JSON file: every schema of a body stands where the document refers to its file.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Usage: node bundle.js FILE');
  process.exit(2);
}

const folder = dirname(file);

function bundled(node) {
  if (Array.isArray(node)) {
    return node.map(bundled);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  if (typeof node.$ref === 'string' && node.$ref.startsWith('./')) {
    const { $schema, ...schema } = JSON.parse(readFileSync(join(folder, node.$ref), 'utf8'));
    return schema;
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, bundled(value)]));
}

console.log(JSON.stringify(bundled(load(readFileSync(file, 'utf8'))), null, 2));
