/** The result of `use` with the browser's storage, or `fallback` if storage is denied or full. */
export function withStorage<Result>(use: (storage: Storage) => Result, fallback: Result): Result {
  try {
    return use(globalThis.localStorage);
  } catch {
    return fallback;
  }
}
