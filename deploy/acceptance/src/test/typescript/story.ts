// The README's story with the generated client. ClientStoryTest compiles it beside the client and runs it.
// Environment: GATEWAY_URL; ADMIN, ALICE and BOB with a token each; ALICE_ID.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { tradosphere, type Problem } from './client.js';

const setting = (name: string): string => {
  const value = process.env[name];
  assert.ok(value, `${name} is not set`);
  return value;
};
const as = (name?: string) =>
  tradosphere({ baseUrl: setting('GATEWAY_URL'), ...(name ? { token: () => setting(name) } : {}) });

const admin = as('ADMIN');
const alice = as('ALICE');
const bob = as('BOB');
const anyone = as();
const aliceId = setting('ALICE_ID');
const name = `t${aliceId.replaceAll('-', '').slice(0, 20)}`;

// sign-up
const made = await alice.POST('/v1/profiles', { body: { username: name, displayName: 'Alice', bio: 'Trades' } });
assert.equal(made.response.status, 201, JSON.stringify(made.error));
assert.equal(made.data?.username, name);
await bob.POST('/v1/profiles', { body: { username: `b${name.slice(1)}` } });
const again = await alice.POST('/v1/profiles', { body: { username: name } });
const problem: Problem | undefined = again.error;
assert.equal(problem?.status, 409);

// profile: null clears a field, what is absent stays
const cleared = await alice.PATCH('/v1/profiles/me', { body: { bio: null } });
assert.equal(cleared.data?.bio ?? null, null, JSON.stringify(cleared.error));
assert.equal(cleared.data?.displayName, 'Alice');

// follow
const followed = await bob.PUT('/v1/follows/{profileId}', { params: { path: { profileId: aliceId } } });
assert.equal(followed.response.status, 204, JSON.stringify(followed.error));

// signal
const raised = await admin.PUT('/v1/profiles/{id}/tier', { params: { path: { id: aliceId } }, body: { tier: 'grow' } });
assert.ok(raised.response.ok, JSON.stringify(raised.error));
const posted = await alice.POST('/v1/signals', {
  body: {
    assetSymbol: 'TALE/USD',
    assetType: 'crypto',
    direction: 'LONG',
    entryPrice: '64000',
    targetPrice: '70000.5',
    stopLoss: '61500',
    rationale: 'Higher lows on the daily',
  },
});
assert.equal(posted.response.status, 201, JSON.stringify(posted.error));
assert.equal(posted.data?.targetPrice, '70000.5');
const id = posted.data!.id;

// reaction
const reacted = await bob.PUT('/v1/signals/{signalId}/reaction', { params: { path: { signalId: id } }, body: { type: 'fire' } });
assert.ok(reacted.response.ok, JSON.stringify(reacted.error));

// feed
const ends = Date.now() + 30_000;
for (;;) {
  const feed = await bob.GET('/v1/feed', { params: { query: { limit: 5 } } });
  const item = feed.data?.items.find((shown) => shown.id === id);
  if (item) {
    assert.equal(item.creator.username, name);
    break;
  }
  assert.ok(Date.now() < ends, `the signal is not in the feed: ${JSON.stringify(feed.error ?? feed.data)}`);
  await pause(200);
}
const shown = await anyone.GET('/v1/signals/{signalId}', { params: { path: { signalId: id } } });
assert.equal(shown.data?.assetSymbol, 'TALE/USD');

// delete
const unreacted = await bob.DELETE('/v1/signals/{signalId}/reaction', { params: { path: { signalId: id } } });
assert.equal(unreacted.response.status, 204, JSON.stringify(unreacted.error));
const unfollowed = await bob.DELETE('/v1/follows/{profileId}', { params: { path: { profileId: aliceId } } });
assert.equal(unfollowed.response.status, 204, JSON.stringify(unfollowed.error));
const withdrawn = await alice.DELETE('/v1/signals/{signalId}', { params: { path: { signalId: id } } });
assert.equal(withdrawn.response.status, 204, JSON.stringify(withdrawn.error));
const erased = await bob.DELETE('/v1/profiles/me');
assert.equal(erased.response.status, 202, JSON.stringify(erased.error));
console.log('the story is told');
