// Prints the events of the person whose token is in TOKEN, one JSON a line, until it is stopped.
import { EventSource } from 'eventsource';
import { followEvents } from './client.mjs';

const { API = 'http://localhost:8080', TOKEN, LAST_EVENT_ID = '' } = process.env;
followEvents({
  api: API,
  token: async () => TOKEN,
  lastEventId: LAST_EVENT_ID,
  EventSource,
  listener: (name, data, id) => console.log(JSON.stringify({ id, name, data })),
});
