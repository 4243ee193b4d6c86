const REFUSALS = { 23503: 404, 23505: 409, 23514: 409 }

const JOIN = `
  INSERT INTO competition_participants (competition_id, user_id) VALUES ($1, $2)
  RETURNING id AS "participantId", competition_id AS "competitionId", user_id AS "profileId", status, joined_at AS "joinedAt"`

const schema = {
  params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } },
  response: {
    201: {
      type: 'object',
      properties: Object.fromEntries(
        ['participantId', 'competitionId', 'profileId', 'status', 'joinedAt'].map((name) => [name, { type: 'string' }])
      )
    }
  }
}

/** Participation in competitions. A trigger of the schema enforces the number of places. */
export async function competitions(app, { database, identity }) {
  app.post('/v1/competitions/:id/participants', { onRequest: identity.required, schema }, async (request, reply) => {
    try {
      const { rows } = await database.write(request.caller, {
        name: 'join',
        text: JOIN,
        values: [request.params.id, request.caller]
      })
      return reply.code(201).send(rows[0])
    } catch (error) {
      const status = REFUSALS[error.code]
      throw status === undefined ? error : Object.assign(new Error('This competition cannot be joined'), { statusCode: status })
    }
  })
}
