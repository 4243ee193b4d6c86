// A consumer of TradoSphere's events. It keeps who there is, who follows whom and how often signals were viewed.
// Settings: KAFKA_BOOTSTRAP, TRADOSPHERE_TOPIC_PREFIX, CONSUMER_GROUP, BOARD_FILE, SCHEMA_FOLDER.
import { Kafka, logLevel } from 'kafkajs';
import { Board } from './board.js';
import { EventReader } from './events.js';

const prefix = process.env.TRADOSPHERE_TOPIC_PREFIX ?? '';
const topics = ['profile.erasures', 'profile.profiles', 'social.follows', 'signal.engagement'];

const board = new Board(process.env.BOARD_FILE ?? 'board.json');
const reader = new EventReader(process.env.SCHEMA_FOLDER ?? 'schemas');
const kafka = new Kafka({
  clientId: 'example-board',
  brokers: (process.env.KAFKA_BOOTSTRAP ?? 'localhost:9092').split(','),
  logLevel: logLevel.WARN,
});
const consumer = kafka.consumer({ groupId: process.env.CONSUMER_GROUP ?? 'example.board', sessionTimeout: 10_000 });

await consumer.connect();
await consumer.subscribe({ topics: topics.map((topic) => `${prefix}tradosphere.${topic}`), fromBeginning: true });
await consumer.run({
  autoCommit: false,
  // A batch is saved before its offset is committed. After a crash between the two it arrives again and changes nothing.
  // What this function throws is a failure of our own. The batch is then tried again, and nothing is passed over.
  eachBatch: async ({ batch, heartbeat }) => {
    for (const message of batch.messages) {
      const record = reader.read(message);
      if (record.kind === 'poison') {
        board.park(batch.topic, batch.partition, message.offset, record.reason);
      } else if (record.kind !== 'unknown') {
        board.apply(batch.topic, record);
      }
    }
    board.save();
    const offset = (BigInt(batch.lastOffset()) + 1n).toString();
    await consumer.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset }]);
    await heartbeat();
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void consumer.disconnect().then(() => process.exit(0)));
}
