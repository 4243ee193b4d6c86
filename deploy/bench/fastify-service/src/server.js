// A single process, like each TradoSphere service, configured by environment variables.
import fastify from 'fastify'

import { competitions } from './competitions.js'
import { createDatabase } from './database.js'
import { createIdentity } from './identity.js'
import { reactions } from './reactions.js'
import { signals } from './signals.js'

const { DATABASE_URL, OIDC_ISSUER, OIDC_AUDIENCE, HOST = '127.0.0.1', PORT, PG_PIPELINE } = process.env

const database = createDatabase(DATABASE_URL, PG_PIPELINE === 'on')
const identity = await createIdentity(OIDC_ISSUER, OIDC_AUDIENCE)

const app = fastify({ logger: false, keepAliveTimeout: 300_000 })
app.decorateRequest('caller', null)
app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500
  reply
    .code(status)
    .type('application/problem+json')
    .send({ title: status < 500 ? error.message : 'Internal error', status })
  if (status >= 500) console.error(error)
})
app.get('/q/health/ready', async () => ({ status: 'UP' }))
app.register(signals, { database, identity })
app.register(reactions, { database, identity })
app.register(competitions, { database, identity })

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await app.close()
    await database.close()
    process.exit(0)
  })
}
await app.listen({ host: HOST, port: Number(PORT) })
