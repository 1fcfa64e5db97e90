import { v7 } from 'uuid';

/** A new id: UUID v7, so that ids sort by when they were made. */
export function uuidv7(): string {
  return v7();
}
