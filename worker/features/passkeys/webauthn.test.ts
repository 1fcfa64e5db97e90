import { describe, expect, test } from 'vitest';
import { Authenticator, type Faults } from '../../test/stand-ins/authenticator.ts';
import { challengeIn, readAssertion, readRegistration, toBase64url } from './webauthn.ts';

const site = { origin: 'https://chat.example' };
const CHALLENGE = 'a challenge';

async function registered(count = 0) {
  const device = await Authenticator.make();
  device.count = count;
  const credential = await readRegistration(site, await device.register(CHALLENGE, site.origin));
  if (!credential) throw new Error('A right registration was refused.');
  return { device, credential };
}

/** An RSA key with the given number of bits, and what it signs. */
async function rsaKeys(modulusLength: number) {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const publicExponent = new Uint8Array([1, 0, 1]);
  const how = { ...rsa, modulusLength, publicExponent };
  const keys = await crypto.subtle.generateKey(how, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('An RSA key is a pair.');
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
  if (!(spki instanceof ArrayBuffer)) throw new Error('An SPKI is bytes.');
  const sign = async (bytes: Uint8Array<ArrayBuffer>) =>
    toBase64url(new Uint8Array(await crypto.subtle.sign(rsa, keys.privateKey, bytes)));
  return { spki: toBase64url(new Uint8Array(spki)), sign };
}

/** What neither ceremony lets pass. */
const FAULTS: [string, Faults][] = [
  ['on a page of another origin', { origin: 'https://evil.example' }],
  ['on another port of the host', { origin: 'https://chat.example:8443' }],
  ['for another host', { host: 'evil.example' }],
  ['in a frame of another site', { crossOrigin: true }],
  ['with a user who was not verified', { flags: 0x01 }],
  ['with nobody there', { flags: 0x04 }],
  ['of another kind', { type: 'payment.get' }],
];

describe('a registration', () => {
  test('gives the credential, whose challenge can be read', async () => {
    const device = await Authenticator.make();
    const sent = await device.register(CHALLENGE, site.origin);
    expect(challengeIn(sent.clientDataJSON)).toBe(CHALLENGE);
    expect(await readRegistration(site, sent)).toEqual({
      credential_id: device.id,
      public_key: sent.publicKey,
      algorithm: -7,
      sign_count: 0,
    });
  });

  test.each(FAULTS)('is refused %s', async (_, faults) => {
    const device = await Authenticator.make();
    const sent = await device.register(CHALLENGE, site.origin, faults);
    expect(await readRegistration(site, sent)).toBeNull();
  });

  test('is refused with an answer for signing in', async () => {
    const device = await Authenticator.make();
    const right = await device.register(CHALLENGE, site.origin);
    const { authenticatorData, clientDataJSON } = await device.sign(CHALLENGE, site.origin);
    expect(await readRegistration(site, { ...right, clientDataJSON })).toBeNull();
    expect(await readRegistration(site, { ...right, authenticatorData })).toBeNull();
  });

  test('is refused with another id, another algorithm, no key and a weak key', async () => {
    const device = await Authenticator.make();
    const right = await device.register(CHALLENGE, site.origin);
    const weak = await rsaKeys(1_024);
    for (const wrong of [
      { credentialId: 'another' },
      { algorithm: -257 },
      { algorithm: -8 },
      { publicKey: 'bm8ga2V5' },
      { algorithm: -257, publicKey: weak.spki },
    ]) {
      expect(await readRegistration(site, { ...right, ...wrong })).toBeNull();
    }
  });
});

describe('an assertion', () => {
  test('gives the count of signatures, many times', async () => {
    const { device, credential } = await registered(7);
    // Signatures of all lengths: one integer in 256 is shorter, every second has a zero before it.
    for (let count = 8; count < 300; count += 1) {
      device.count = count;
      const sent = await device.sign(CHALLENGE, site.origin);
      expect(await readAssertion(site, credential, sent)).toBe(count);
    }
  });

  test('of an RSA key is right, too', async () => {
    const { spki, sign } = await rsaKeys(2_048);
    const { device } = await registered();
    const sent = await device.sign(CHALLENGE, site.origin);
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
    const hash = await crypto.subtle.digest('SHA-256', bytes(sent.clientDataJSON));
    const signed = new Uint8Array([...bytes(sent.authenticatorData), ...new Uint8Array(hash)]);
    const key = { public_key: spki, algorithm: -257 };
    const right = { ...sent, signature: await sign(signed) };
    expect(await readAssertion(site, key, right)).toBe(0);
    expect(await readAssertion(site, key, sent)).toBeNull();
  });

  test.each(FAULTS)('is refused %s', async (_, faults) => {
    const { device, credential } = await registered();
    const sent = await device.sign(CHALLENGE, site.origin, faults);
    expect(await readAssertion(site, credential, sent)).toBeNull();
  });

  test('is refused of another key, and where anything of it was changed', async () => {
    const { device, credential } = await registered();
    const other = await registered();
    const sent = await device.sign(CHALLENGE, site.origin);
    const another = await device.sign('another challenge', site.origin);
    expect(await readAssertion(site, other.credential, sent)).toBeNull();
    for (const wrong of [
      { clientDataJSON: another.clientDataJSON },
      { signature: another.signature },
      { signature: sent.signature.slice(0, -4) },
      { signature: 'AAAA' },
      { signature: 'not base64url!' },
      { authenticatorData: sent.authenticatorData.slice(0, -4) },
      { authenticatorData: 'AAAA' },
      { clientDataJSON: 'AAAA' },
    ]) {
      expect(await readAssertion(site, credential, { ...sent, ...wrong })).toBeNull();
    }
    device.count = 1;
    const { authenticatorData } = await device.sign(CHALLENGE, site.origin);
    expect(await readAssertion(site, credential, { ...sent, authenticatorData })).toBeNull();
  });
});
