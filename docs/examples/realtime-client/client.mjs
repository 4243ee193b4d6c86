const NAMES = ['ready', 'gap', 'message', 'receipt', 'message-deleted', 'notification', 'notification-removed'];

// Follows a person's events, and opens another stream whenever one ends. `token` resolves to an access token; `listener` gets each
// event's name, data and id. Keep the last id to go on after a reload. Returns a function that ends it all.
export function followEvents({ api, token, listener, lastEventId = '', EventSource = globalThis.EventSource }) {
  let source, timer, ended = false;
  const again = () => { source?.close(); clearTimeout(timer); if (!ended) timer = setTimeout(open, 500 + 1000 * Math.random()); };
  async function open() {
    try {
      const headers = { authorization: `Bearer ${await token()}` };
      const response = await fetch(`${api}/v1/realtime/tickets`, { method: 'POST', headers });
      if (!response.ok) return again();
      const { ticket } = await response.json();
      if (ended) return;
      source = new EventSource(`${api}/v1/realtime?${new URLSearchParams({ ticket, lastEventId })}`);
      source.onerror = again;
      for (const name of NAMES) {
        source.addEventListener(name, (event) => { lastEventId = event.lastEventId; listener(name, JSON.parse(event.data), lastEventId); });
      }
    } catch { again(); }
  }
  open();
  return () => { ended = true; clearTimeout(timer); source?.close(); };
}
