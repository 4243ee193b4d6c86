import pg from 'pg'

const { TIMESTAMPTZ, INT8 } = pg.types.builtins

// "2026-01-12 13:46:39.5+00" is RFC 3339 but for two characters; a Date made of it and back costs more and loses microseconds.
pg.types.setTypeParser(TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
pg.types.setTypeParser(INT8, Number)

/**
 * The pool. It signs in as a role that may do nothing by itself; each request is one transaction that takes the caller's role
 * and claim for its own length, as Supabase does, so that the policies hold.
 *
 * @param pipeline whether BEGIN with the identity, the statement and COMMIT go out together; otherwise, which is pg's default, each
 *   awaits the answer to the one before
 */
export function createDatabase(connectionString, pipeline) {
  const pool = new pg.Pool({
    connectionString,
    max: 16,
    idleTimeoutMillis: 0,
    pipeline,
    options: '-c timezone=UTC'
  })
  pool.on('error', (error) => console.error(error))

  async function inTransaction(begin, statement) {
    const client = await pool.connect()
    try {
      await client.query(begin)
      const result = await client.query(statement)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  async function inPipelinedTransaction(begin, statement) {
    const client = await pool.connect()
    try {
      const begun = client.query(begin)
      const result = client.query(statement)
      const committed = client.query('COMMIT')
      // The COMMIT of an aborted transaction succeeds as a rollback: all three count.
      const outcomes = await Promise.allSettled([begun, result, committed])
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
      return outcomes[1].value
    } finally {
      client.release()
    }
  }

  const run = pipeline ? inPipelinedTransaction : inTransaction
  return {
    /** One named statement, only read, as the caller, a UUID, or as anybody when null. */
    read: (caller, statement) => run(`BEGIN READ ONLY; ${identity(caller)}`, statement),
    /** One named statement as the caller, a UUID. */
    write: (caller, statement) => run(`BEGIN; ${identity(caller)}`, statement),
    close: () => pool.end()
  }
}

function identity(caller) {
  return caller === null
    ? 'SET LOCAL ROLE anon'
    : `SET LOCAL ROLE authenticated; SET LOCAL request.jwt.claim.sub = '${caller}'`
}
