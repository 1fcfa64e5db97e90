/** The requests through the compressors, in the order in which they were made. */

export type Request = {
  path: string;
  /** The content type; `socket` for a WebSocket. */
  type: string;
  /** Of the body as it went over the wire; headers and frames of a socket are not counted. */
  bytes: number;
};

export type Recorder = {
  begin(path: string): { end(answer: Pick<Request, 'type' | 'bytes'>): void };
  /** The requests since the last call. */
  take(): Request[];
};

export function createRecorder(): Recorder {
  let requests: Request[] = [];
  return {
    begin(path) {
      const request = { path, type: '', bytes: 0 };
      requests.push(request);
      return { end: (answer) => void Object.assign(request, answer) };
    },
    take() {
      const batch = requests;
      requests = [];
      return batch;
    },
  };
}

export function bytesOf(requests: readonly Request[]): number {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** HTML, scripts and styles: what the budgets count. */
export function builtFiles(requests: readonly Request[]): Request[] {
  return requests.filter(({ type }) => /html|javascript|css/.test(type));
}
