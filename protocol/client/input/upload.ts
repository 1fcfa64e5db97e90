import { isFileRefusal, refusalOf } from '../../files.ts';

/** What both sides need to send a file: its size in pixels, and a request that tells how far it is. */

/** How far a file is. */
export type UploadState =
  | { at: 'sending'; share: number }
  | ({ at: 'failed' } & UploadFailure)
  | { at: 'sent' };

/** Why a file was not sent: our own reason, or the Worker's; `network` where none came. */
export type UploadFailure = {
  code: string;
  /** The Worker's sentence, where it said one. */
  message: string | null;
  /** Whether the same file might be taken another time. */
  retriable: boolean;
  /** The human check that is to be passed first. */
  siteKey?: string | undefined;
};

/** Why a file is not even tried, or null. */
export function failureOf(file: File): UploadFailure | null {
  const code = refusalOf(file);
  return code && { code, message: null, retriable: false };
}

type Upload = {
  /** Names the message: tried again, it is sent once (P4). */
  id: string;
  file: File;
  path: string;
  /** What the request carries; asked with `renew` after the last was refused as expired (401). */
  headers?(renew: boolean): Promise<Record<string, string>>;
  /** Told of every step, `sending` first. */
  changed(state: UploadState): void;
};

const unreachable: UploadState = {
  at: 'failed',
  code: 'network',
  message: null,
  retriable: true,
};

/** A file on its way: begun, and begun again, by `send`; `stop` ends it and tells nothing more. */
export function createUpload({ id, file, path, headers, changed }: Upload) {
  let abort = new AbortController();

  async function attempt(signal: AbortSignal): Promise<UploadState> {
    const refusal = failureOf(file);
    if (refusal) return { at: 'failed', ...refusal };
    const query = { id, name: file.name, ...(await sizeOfImage(file)) };
    const progress = (share: number) => changed({ at: 'sending', share });
    for (const renew of [false, true]) {
      const carried = (await headers?.(renew)) ?? {};
      const answer = await post({ path, query, file, carried, signal, progress });
      if (answer.status < 300) return { at: 'sent' };
      if (answer.status === 401 && headers && !renew) continue;
      return { at: 'failed', ...answer };
    }
    return unreachable;
  }

  return {
    async send(): Promise<void> {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      changed({ at: 'sending', share: 0 });
      const state = await attempt(signal).catch(() => unreachable);
      if (!signal.aborted) changed(state);
    },
    stop: () => abort.abort(),
  };
}

type Post = {
  path: string;
  query: Record<string, string | number>;
  file: File;
  carried: Record<string, string>;
  signal: AbortSignal;
  progress(share: number): void;
};

/** Sends a file as the body of a request. By XMLHttpRequest, since `fetch` tells no progress. */
function post({ path, query, file, carried, signal, progress }: Post) {
  return new Promise<UploadFailure & { status: number }>((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const entries = Object.entries(query).map(([key, value]) => [key, `${value}`]);
    request.open('POST', `${path}?${new URLSearchParams(entries)}`);
    for (const [name, value] of Object.entries(carried)) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status } = request;
      const { code, message, siteKey } = reasonIn(request.responseText);
      const retriable = !isFileRefusal(code) && status !== 400 && status !== 413;
      // A proxy before the Worker may refuse a large body in its own words.
      const reason = status === 413 ? 'payload_too_large' : code;
      resolve({ status, code: reason, message, retriable, siteKey });
    };
    request.onerror = request.onabort = () => reject(new Error('The file was not sent.'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** What the Worker said: its code, its sentence for people, the check that it asks for. */
function reasonIn(body: string): Pick<UploadFailure, 'code' | 'message' | 'siteKey'> {
  try {
    const { code, message, site_key } = JSON.parse(body)?.error ?? {};
    return {
      code: typeof code === 'string' ? code : 'internal',
      message: typeof message === 'string' ? message : null,
      siteKey: typeof site_key === 'string' ? site_key : undefined,
    };
  } catch {
    return { code: 'internal', message: null };
  }
}

/** A picture's width and height in pixels, so that room is kept for it; nothing for other files. */
async function sizeOfImage(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/')) return {};
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    // No picture that this browser knows; the Worker looks at what it is.
    return {};
  }
}

/** A size as people read it, in the language given: `2.4 MB`. */
export function readableSize(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = Math.min(2, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)));
  const number = bytes / 1024 ** step;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || number >= 10 ? 0 : 1,
  }).format(number);
}
