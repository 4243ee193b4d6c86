// Does in a page of Chromium what node.mjs does in Node. CHROMIUM is the browser's executable.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const { API = 'http://localhost:8080', TOKEN, LAST_EVENT_ID = '', CHROMIUM = '/usr/bin/chromium' } = process.env;
const client = await readFile(new URL('client.mjs', import.meta.url));
const site = createServer((request, response) => {
  const isClient = request.url === '/client.mjs';
  response.writeHead(200, { 'content-type': isClient ? 'text/javascript' : 'text/html' });
  response.end(isClient ? client : '<!doctype html><title>Events</title>');
});
await new Promise((listening) => site.listen(0, 'localhost', listening));

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.exposeFunction('print', (line) => console.log(line));
await page.goto(`http://localhost:${site.address().port}/`);
await page.evaluate(async ({ api, token, lastEventId }) => {
  const { followEvents } = await import('/client.mjs');
  const listener = (name, data, id) => window.print(JSON.stringify({ id, name, data }));
  followEvents({ api, token: async () => token, lastEventId, listener });
}, { api: API, token: TOKEN, lastEventId: LAST_EVENT_ID });
process.once('SIGTERM', async () => {
  await browser.close();
  process.exit(0);
});
