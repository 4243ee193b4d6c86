// Parses an AsyncAPI document. On success prints, as JSON, the channels as the parser understood them; on failure says what it
// objected to, one line each, and exits with 1.
import { Parser, fromFile } from '@asyncapi/parser';

const ERROR = 0;

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Usage: node check.js FILE');
  process.exit(2);
}

const { document, diagnostics } = await fromFile(new Parser(), file).parse();
const errors = diagnostics.filter(({ severity }) => severity === ERROR);
for (const { path, message, range } of errors) {
  console.error(`${file}:${range.start.line + 1}: ${path.join('.')}: ${message}`);
}
if (!document || errors.length > 0) {
  process.exit(1);
}

const channels = document.channels().all().map((channel) => ({
  address: channel.address(),
  access: channel.tags().all().map((tag) => tag.name()),
  kafka: channel.bindings().get('kafka').value(),
  operations: channel.operations().all().map((operation) => operation.action()),
  messages: channel.messages().all().map((message) => ({
    name: message.name(),
    payload: message.payload().json('$id') ?? null,
    title: message.title(),
    headers: message.headers()?.json('type') ?? null,
    examples: message.examples().all().map((example) => example.payload()),
    key: message.bindings().get('kafka')?.json().key.description ?? null,
  })),
}));
console.log(JSON.stringify(channels, null, 2));
