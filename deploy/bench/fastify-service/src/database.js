import pg from 'pg'

const { TIMESTAMPTZ, INT8 } = pg.types.builtins

// Converts PostgreSQL's format to RFC 3339 as text. A Date would cost more and lose the microseconds.
pg.types.setTypeParser(TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
pg.types.setTypeParser(INT8, Number)

/**
 * The connection pool. It logs in as a role without privileges. Each request is one transaction that sets the caller's role and
 * claim, as Supabase does, so that row security applies.
 *
 * @param pipeline whether BEGIN with the identity, the statement and COMMIT are sent together; otherwise, pg's default,
 *     each waits for the previous result
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
      // The COMMIT of an aborted transaction succeeds as a rollback, so all three results are checked.
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
    /** Runs one named read-only statement as the caller, a UUID, or anonymously when null. */
    read: (caller, statement) => run(`BEGIN READ ONLY; ${identity(caller)}`, statement),
    /** Runs one named statement as the caller, a UUID. */
    write: (caller, statement) => run(`BEGIN; ${identity(caller)}`, statement),
    close: () => pool.end()
  }
}

function identity(caller) {
  return caller === null
    ? 'SET LOCAL ROLE anon'
    : `SET LOCAL ROLE authenticated; SET LOCAL request.jwt.claim.sub = '${caller}'`
}
