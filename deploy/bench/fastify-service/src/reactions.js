const FOREIGN_KEY_VIOLATION = '23503'

const REACT = `
  INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES ($1, $2, $3)
  ON CONFLICT (signal_id, user_id) DO UPDATE SET reaction_type = EXCLUDED.reaction_type`

const schema = {
  params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } },
  body: {
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: { type: { type: 'string', enum: ['fire', 'thinking', 'rocket', 'like', 'bullish', 'bearish'] } }
  }
}

/** One reaction per user and signal, counted by the schema's trigger. */
export async function reactions(app, { database, identity }) {
  app.put('/v1/signals/:id/reaction', { onRequest: identity.required, schema }, async (request, reply) => {
    try {
      await database.write(request.caller, {
        name: 'react',
        text: REACT,
        values: [request.params.id, request.caller, request.body.type]
      })
    } catch (error) {
      if (error.code === FOREIGN_KEY_VIOLATION) {
        throw Object.assign(new Error('There is no such signal, or the caller has no profile'), { statusCode: 404 })
      }
      throw error
    }
    return reply.code(204).send()
  })
}
