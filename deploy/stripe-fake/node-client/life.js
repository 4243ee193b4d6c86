// The life of a subscription by the npm package `stripe`. Usage: node life.js http://127.0.0.1:PORT
import http from 'node:http';
import Stripe from 'stripe';

const base = new URL(process.argv[2]);
const stripe = new Stripe('sk_test_of_a_stranger', {
  host: base.hostname,
  port: base.port,
  protocol: 'http',
  maxNetworkRetries: 0,
});

const control = (path, body) =>
  fetch(new URL(path, base), { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json());
const submit = (url, fields) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const say = (what, ...how) => console.log(`${what}: ${how.join(', ')}`);

// A receiver of webhooks, which checks each signature.
const received = [];
let secret;
const receiver = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    received.push(
      stripe.webhooks.constructEvent(Buffer.concat(chunks), request.headers['stripe-signature'], secret).id);
    response.writeHead(200).end();
  });
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const endpoint = await stripe.webhookEndpoints.create({
  url: `http://127.0.0.1:${receiver.address().port}/`,
  enabled_events: ['*'],
});
secret = endpoint.secret;

const price = (amount) =>
  stripe.prices.create({
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval: 'month' },
    product_data: { name: 'Gold' },
  });
const paidInvoices = async (subscription) =>
  (await stripe.invoices.list({ subscription, status: 'paid' })).data;

// Checkout
let session = await stripe.checkout.sessions.create({
  mode: 'subscription',
  success_url: 'https://shop.example/done',
  line_items: [{ price: (await price(1000)).id, quantity: 1 }],
});
await submit(`${session.url}/pay`, { email: 'stranger@example.com' });
session = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
const id = session.subscription.id;
say('checkout', session.status, session.subscription.status);

// A month
await control('/_fake/clock', { advance: 'PT673H' });
say('a month later', `${(await paidInvoices(id)).length} paid invoices`);

// An upgrade in the middle of a month of 31 days
let subscription = await stripe.subscriptions.retrieve(id);
const item = subscription.items.data[0];
const half = (item.current_period_start + item.current_period_end) / 2;
await control('/_fake/clock', { to: half });
await stripe.subscriptions.update(id, {
  items: [{ id: item.id, price: (await price(2000)).id }],
  proration_behavior: 'always_invoice',
});
say('upgraded', (await paidInvoices(id))[0].amount_paid);

// The card fails, and another one pays
const card = subscription.default_payment_method;
await control(`/_fake/payment_methods/${card}`, { card: 'pm_card_chargeCustomerFail' });
await control('/_fake/clock', { to: item.current_period_end + 2 * 3600 });
subscription = await stripe.subscriptions.retrieve(id);
say('card fails', subscription.status);
const paid = await stripe.invoices.pay(subscription.latest_invoice, { payment_method: 'pm_card_visa' });
say('paid again', (await stripe.subscriptions.retrieve(id)).status);

// A refund
const payments = await stripe.invoicePayments.list({ invoice: paid.id });
const refund = await stripe.refunds.create({ payment_intent: payments.data[0].payment.payment_intent, amount: 500 });
say('refunded', refund.status);

// The end
await stripe.subscriptions.update(id, { cancel_at_period_end: true });
await control('/_fake/clock', { advance: 'P1M' });
say('cancelled at the end', (await stripe.subscriptions.retrieve(id)).status);

// An error
await stripe.customers.create({ nonsense: 1 }).catch((error) => say('error', error.code));

// The webhooks: the list of events goes back for 30 days, and ends like what was received
await control('/_fake/webhooks/settle', {});
const events = [];
for await (const event of stripe.events.list({ limit: 100 })) {
  events.unshift(event.id);
}
say('webhooks', JSON.stringify(events) === JSON.stringify(received.slice(-events.length))
  ? 'all accepted, ending like the list of events'
  : `${received.length} of ${events.length} events`);
receiver.close();
