/** The schema of a list: keyset pages whose cursor is the last item's sort key. */
export function pageSchema(item, filters) {
  return {
    querystring: {
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
        cursor: { type: 'string' },
        ...filters
      }
    },
    response: {
      200: {
        type: 'object',
        properties: {
          items: { type: 'array', items: item },
          nextCursor: { type: 'string', nullable: true }
        }
      }
    }
  }
}

/** Reads one row more than the page shows, to find out whether there is a next page. */
export async function page(request, reply, shown, read) {
  const { limit, cursor } = request.query
  const { rows } = await read(cursor ? parsed(cursor) : null, limit + 1)
  const items = rows.slice(0, limit).map(shown)
  const last = items.at(-1)
  const nextCursor = rows.length > limit ? Buffer.from(`${last.postedAt}\n${last.id}`).toString('base64url') : null
  if (nextCursor) {
    const [path, query] = request.url.split('?')
    const next = new URLSearchParams(query)
    next.set('cursor', nextCursor)
    reply.header('Link', `<${path}?${next}>; rel="next"`)
  }
  return { items, nextCursor }
}

function parsed(cursor) {
  const parts = Buffer.from(cursor, 'base64url').toString().split('\n')
  if (parts.length !== 2) throw Object.assign(new Error('Take the cursor from nextCursor'), { statusCode: 400 })
  return parts
}
