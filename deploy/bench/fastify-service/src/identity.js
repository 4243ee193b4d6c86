import { createPublicKey } from 'node:crypto'
import { createVerifier } from 'fast-jwt'

const KNOWN_TOKENS = 20_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Hooks that read the caller from a bearer token of that issuer. Its keys are fetched once: the benchmark's issuer doesn't
 * change them. A token that was verified is known again for a while, as TradoSphere does it.
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
      // It goes into SQL as it is.
      if (UUID.test(sub)) return sub
    } catch {
      // Refused below, like a subject that is nobody.
    }
    throw refused()
  }

  return {
    /** Whoever sends a token means to be somebody; whoever sends none is nobody. */
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
