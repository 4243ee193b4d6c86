import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Reading } from './events.js';

const DAY = 24 * 3600 * 1000;
/** The engagement topic keeps 7 days. Kafka deletes late, so add 14. */
const IDS_ARE_KEPT = 21 * DAY;

type Pair = { followerIncarnation: number; followingIncarnation: number };
type Views = { creatorId: string; creatorIncarnation: number; count: number };

/**
 * The state of this consumer, in one file: it is replaced at once, so a crash leaves the old state or the new one. A database does
 * the same with a transaction.
 */
export class Board {
  /** Who there is, by profile id. */
  profiles: Record<string, { username: string; incarnation: number }> = {};
  /** Who follows whom, by the record's key. */
  follows: Record<string, Pair> = {};
  /** How often each signal was viewed. */
  views: Record<string, Views> = {};
  /** The highest sequence of each key of a compacted topic. */
  sequences: Record<string, string> = {};
  /** Ids of events that were added up, with the time they were. */
  ids: Record<string, number> = {};
  /** Who was erased, up to which incarnation. */
  erased: Record<string, number> = {};

  constructor(private readonly file: string) {
    if (existsSync(file)) {
      Object.assign(this, JSON.parse(readFileSync(file, 'utf8')));
    }
  }

  /** Applies a record that can be read. A repeated or late one changes nothing. */
  apply(topic: string, record: Extract<Reading, { kind: 'tombstone' | 'event' }>): void {
    if (record.kind === 'tombstone') {
      if (this.isNew(topic, record)) {
        delete (topic.endsWith('.follows') ? this.follows : this.profiles)[record.key];
      }
      return;
    }
    const body = record.body;
    switch (record.type) {
      case 'io.tradosphere.profile.created.v1':
      case 'io.tradosphere.profile.updated.v1':
      case 'io.tradosphere.profile.tier-changed.v1':
        if (this.isNew(topic, record) && !this.isErased(body.profileId, body.incarnation)) {
          this.profiles[record.key] = { username: body.username, incarnation: body.incarnation };
        }
        break;
      case 'io.tradosphere.profile.deleted.v1':
        if (this.isNew(topic, record)) {
          delete this.profiles[record.key];
        }
        break;
      case 'io.tradosphere.social.followed.v1':
        if (
          this.isNew(topic, record) &&
          !this.isErased(body.followerId, body.followerIncarnation) &&
          !this.isErased(body.followingId, body.followingIncarnation)
        ) {
          const { followerIncarnation, followingIncarnation } = body;
          this.follows[record.key] = { followerIncarnation, followingIncarnation };
        }
        break;
      case 'io.tradosphere.social.unfollowed.v1':
        if (this.isNew(topic, record)) {
          delete this.follows[record.key];
        }
        break;
      case 'io.tradosphere.signal.viewed.v1':
        // It adds up, and its topic expires: go by the id.
        if (!(record.id in this.ids) && !this.isErased(body.creatorId, body.creatorIncarnation)) {
          this.ids[record.id] = Date.now();
          const { creatorId, creatorIncarnation } = body;
          const count = (this.views[body.signalId]?.count ?? 0) + body.count;
          this.views[body.signalId] = { creatorId, creatorIncarnation, count };
        }
        break;
      case 'io.tradosphere.profile.erased.v1':
        this.erase(body.profileId, body.incarnation);
        break;
      default: // Of no interest to this consumer.
    }
  }

  save(): void {
    const expired = Date.now() - IDS_ARE_KEPT;
    this.ids = Object.fromEntries(Object.entries(this.ids).filter(([, at]) => at > expired));
    const { file, ...state } = this;
    writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
    renameSync(`${file}.new`, file);
  }

  /** Keeps a record that can never be read, for a person to look at. */
  park(topic: string, partition: number, offset: string, reason: string): void {
    const letter = { topic, partition, offset: Number(offset), reason };
    appendFileSync(`${this.file}.parked`, `${JSON.stringify(letter)}\n`);
  }

  private isNew(topic: string, { key, sequence }: { key: string; sequence: bigint }): boolean {
    const subject = `${topic} ${key}`;
    if (sequence <= BigInt(this.sequences[subject] ?? 0)) {
      return false;
    }
    this.sequences[subject] = sequence.toString();
    return true;
  }

  private isErased(id: string, incarnation: number): boolean {
    return incarnation <= (this.erased[id] ?? 0);
  }

  private erase(id: string, incarnation: number): void {
    this.erased[id] = Math.max(incarnation, this.erased[id] ?? 0);
    if (this.profiles[id] && this.isErased(id, this.profiles[id].incarnation)) {
      delete this.profiles[id];
    }
    for (const [key, pair] of Object.entries(this.follows)) {
      const [follower, following] = key.split(':') as [string, string];
      if (this.isErased(follower, pair.followerIncarnation) || this.isErased(following, pair.followingIncarnation)) {
        delete this.follows[key];
      }
    }
    for (const [signal, views] of Object.entries(this.views)) {
      if (this.isErased(views.creatorId, views.creatorIncarnation)) {
        delete this.views[signal];
      }
    }
  }
}
