// Prints what a token says, and whether Agora's package signs the same content with the same signature.
import { inflateSync } from 'node:zlib';
import { AccessToken2, kRtcServiceType } from 'agora-token/src/AccessToken2.js';

const { TOKEN, CERTIFICATE } = process.env;
const token = new AccessToken2('', '', 0, 0);
if (!token.from_string(TOKEN)) {
  throw new Error('The token cannot be read');
}
const service = Object.values(token.services).find((one) => one.service_type() === kRtcServiceType);
const read = {
  appId: token.appId.toString(),
  channel: service.__channel_name.toString(),
  uid: Number(service.__uid.toString()),
  issuedAt: token.issueTs,
  seconds: token.expire,
  privileges: service.__privileges,
};
for (const name of ['appId', '__channel_name', '__uid']) {
  const owner = name === 'appId' ? token : service;
  owner[name] = owner[name].toString();
}
token.appCertificate = CERTIFICATE;
const content = (text) => inflateSync(Buffer.from(text.slice(3), 'base64')).toString('hex');
read.isSigned = content(token.build()) === content(TOKEN);
console.log(JSON.stringify(read));
