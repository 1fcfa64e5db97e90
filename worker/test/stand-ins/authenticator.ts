import { toBase64url } from '../../features/passkeys/webauthn.ts';

/** What an authenticator can be made to do wrong. */
export type Faults = {
  origin?: string;
  host?: string;
  crossOrigin?: boolean;
  type?: string;
  /** 0x01: the user was there; 0x04: and verified. */
  flags?: number;
  algorithm?: number;
};

/** An authenticator in software, with one ES256 key: what a browser sends of it, in base64url. */
export class Authenticator {
  readonly #keys: CryptoKeyPair;
  readonly id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  /** How often it has signed; it keeps no count while this is 0. */
  count = 0;

  private constructor(keys: CryptoKeyPair) {
    this.#keys = keys;
  }

  static async make(): Promise<Authenticator> {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
    if (!('privateKey' in keys)) throw new Error('An elliptic key is a pair.');
    return new Authenticator(keys);
  }

  /** As `navigator.credentials.create` makes one for a challenge. */
  async register(challenge: string, origin: string, faults: Faults = {}) {
    const spki = await crypto.subtle.exportKey('spki', this.#keys.publicKey);
    if (!(spki instanceof ArrayBuffer)) throw new Error('An SPKI is bytes.');
    const id = bytesOf(this.id);
    const credential = new Uint8Array([...new Uint8Array(16), 0, id.length, ...id]);
    const data = await this.#data(origin, 0x40, faults);
    return {
      credentialId: this.id,
      publicKey: toBase64url(new Uint8Array(spki)),
      algorithm: faults.algorithm ?? -7,
      authenticatorData: toBase64url(new Uint8Array([...data, ...credential])),
      clientDataJSON: clientData('webauthn.create', challenge, origin, faults),
    };
  }

  /** As `navigator.credentials.get` answers a challenge. */
  async sign(challenge: string, origin: string, faults: Faults = {}) {
    const data = await this.#data(origin, 0, faults);
    const clientDataJSON = clientData('webauthn.get', challenge, origin, faults);
    const hash = await crypto.subtle.digest('SHA-256', bytesOf(clientDataJSON));
    const signed = new Uint8Array([...data, ...new Uint8Array(hash)]);
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const raw = new Uint8Array(await crypto.subtle.sign(how, this.#keys.privateKey, signed));
    return {
      credentialId: this.id,
      authenticatorData: toBase64url(data),
      clientDataJSON,
      signature: toBase64url(derOf(raw)),
    };
  }

  async #data(origin: string, more: number, { host, flags = 0x05 }: Faults) {
    const name = new TextEncoder().encode(host ?? new URL(origin).hostname);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', name));
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, this.count);
    return new Uint8Array([...hash, flags | more, ...count]);
  }
}

function clientData(type: string, challenge: string, origin: string, faults: Faults): string {
  const clientData = {
    type: faults.type ?? type,
    challenge: toBase64url(new TextEncoder().encode(challenge)),
    origin: faults.origin ?? origin,
    crossOrigin: faults.crossOrigin ?? false,
  };
  return toBase64url(new TextEncoder().encode(JSON.stringify(clientData)));
}

/** An ECDSA signature as authenticators give it: r and s as integers in DER. */
function derOf(raw: Uint8Array): Uint8Array {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((value) => {
    const start = value.findIndex((byte) => byte !== 0);
    const short = start === -1 ? [0] : [...value.subarray(start)];
    const positive = (short[0] ?? 0) >= 0x80 ? [0, ...short] : short;
    return [0x02, positive.length, ...positive];
  });
  const body = integers.flat();
  return new Uint8Array([0x30, body.length, ...body]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
