// node generate.mjs OPENAPI.json SCHEMA_FOLDER OUT_FOLDER: writes api.ts and events.ts.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import openapiTS, { astToString } from 'openapi-typescript';

const [openapi, schemas, out] = process.argv.slice(2);

const api = await openapiTS(pathToFileURL(openapi));
await writeFile(join(out, 'api.ts'), `/** The API's types, generated from its OpenAPI document. */\n${astToString(api)}`);

const bodies = {};
for (const file of (await readdir(schemas)).filter((name) => name.endsWith('.json')).sort()) {
  const schema = JSON.parse(await readFile(join(schemas, file), 'utf8'));
  delete schema.$id;
  delete schema.$schema;
  bodies[`io.tradosphere.${file.replace(/\.json$/, '')}`] = schema;
}
const events = {
  title: 'EventBodies',
  description: 'The body of each type of event, by its CloudEvents type (the Kafka header ce_type).',
  type: 'object',
  properties: bodies,
  required: Object.keys(bodies),
  additionalProperties: false,
};
const types = await compile(events, 'EventBodies', {
  bannerComment: '/** The events\' types, generated from their JSON Schemas. */',
  additionalProperties: true,
  style: { singleQuote: true },
});
await writeFile(join(out, 'events.ts'), `${types}\nexport type EventType = keyof EventBodies;\n`);
