import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Kafka } from 'cloudevents';
import type { KafkaMessage } from 'kafkajs';

/** What a record is to this consumer. */
export type Reading =
  | { kind: 'tombstone'; key: string; sequence: bigint }
  | { kind: 'event'; type: string; id: string; key: string; sequence: bigint; body: any }
  | { kind: 'unknown' }
  | { kind: 'poison'; reason: string };

/** Reads records as events, and checks their bodies against the JSON Schemas in a folder. */
export class EventReader {
  private readonly schemas = new Map<string, ValidateFunction>();

  /** @param folder a copy of what the gateway serves under /schemas/ */
  constructor(folder: string) {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const schema = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      this.schemas.set(`io.tradosphere.${file.replace(/\.json$/, '')}`, ajv.compile(schema));
    }
  }

  read(message: KafkaMessage): Reading {
    const headers = text(message.headers);
    const key = message.key?.toString() ?? '';
    if (!/^[1-9][0-9]{0,18}$/.test(headers.ce_sequence ?? '')) {
      return { kind: 'poison', reason: `ce_sequence is '${headers.ce_sequence}', not a number` };
    }
    // Up to 19 digits: more than a JavaScript number holds exactly.
    const sequence = BigInt(headers.ce_sequence!);
    if (message.value === null) {
      // The SDK throws on a record without a value and without ce_type.
      return { kind: 'tombstone', key, sequence };
    }
    const valid = this.schemas.get(headers.ce_type ?? '');
    if (!valid) {
      // A type newer than these schemas. Contracts grow by new types, so go on.
      return { kind: 'unknown' };
    }
    try {
      const binary = { headers, key, value: message.value.toString(), body: undefined };
      const event = Kafka.toEvent<any>(binary);
      if (Array.isArray(event)) {
        return { kind: 'poison', reason: 'a batch of events' };
      }
      if (!valid(event.data)) {
        const error = valid.errors?.[0];
        return { kind: 'poison', reason: `${event.type} at ${error?.instancePath || 'the body'}: ${error?.message}` };
      }
      return { kind: 'event', type: event.type, id: event.id, key, sequence, body: event.data };
    } catch (error) {
      return { kind: 'poison', reason: (error as Error).message };
    }
  }
}

function text(headers: KafkaMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
