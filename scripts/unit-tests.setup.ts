import { afterAll, vi } from 'vitest';

// The files of a process share its globals: what one stubs must be gone before the next one loads.
afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
