import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './api.js';

export type { components, operations, paths } from './api.js';
export type { EventBodies, EventType } from './events.js';

/** The body of every error, RFC 9457. */
export type Problem = components['schemas']['Problem'];

export interface Options {
  /** The gateway, such as http://localhost:8080. */
  baseUrl: string;
  /** The caller's token, asked for with each request. Without one the caller is anonymous. */
  token?: () => string | Promise<string>;
  /** What sends the requests. The platform's own fetch when absent. */
  fetch?: (request: Request) => Promise<Response>;
}

/** A client of the API: GET, POST, PUT, PATCH and DELETE by path, with the types of their parameters, bodies and responses. */
export function tradosphere({ baseUrl, token, fetch }: Options): Client<paths> {
  const client = createClient<paths>({ baseUrl, fetch });
  const habits: Middleware = {
    async onRequest({ request }) {
      if (token) {
        request.headers.set('Authorization', `Bearer ${await token()}`);
      }
      if (request.method === 'PATCH') {
        // Every PATCH is a merge patch: null clears a field, an absent field stays.
        request.headers.set('Content-Type', 'application/merge-patch+json');
      }
      return request;
    },
  };
  client.use(habits);
  return client;
}
