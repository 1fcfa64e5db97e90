/** What both sides need to send a file: its size in pixels, and a request that tells how far it is. */

type Upload = {
  path: string;
  query: Record<string, string | number>;
  file: File;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Told how much has been sent, from 0 to 1. */
  progress(share: number): void;
};

/**
 * Sends a file as the body of a request. By XMLHttpRequest, since `fetch` tells no progress.
 *
 * @returns the answer's status; rejects where none came, and when it was aborted
 */
export function uploadFile({ path, query, file, headers, signal, progress }: Upload) {
  return new Promise<number>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const entries = Object.entries(query).map(([key, value]) => [key, `${value}`]);
    request.open('POST', `${path}?${new URLSearchParams(entries)}`);
    for (const [name, value] of Object.entries(headers ?? {}))
      request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(request.status);
    request.onerror = request.onabort = () => reject(new Error('The file was not sent.'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** A picture's width and height in pixels, so that room is kept for it; nothing for other files. */
export async function sizeOfPicture(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/')) return {};
  try {
    const { width, height } = await createImageBitmap(file);
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
