import { type DepartmentDraft, toDepartmentDraft } from '../auto-close/draft.ts';
import type { Draft, DraftField } from './draft.ts';
import { TYPES } from './draft.ts';

/**
 * The draft of a department, stored in this tab until it is saved or discarded. It survives a
 * reload and the end of the session (P9). If storage is denied, nothing is stored and nothing
 * breaks.
 */

const keyOf = (id: string | null) => `foyer:department:${id ?? 'new'}`;

export function storeDraft(id: string | null, draft: Draft): void {
  withSession((storage) => storage.setItem(keyOf(id), JSON.stringify(draft)));
}

export function clearDraft(id: string | null): void {
  withSession((storage) => storage.removeItem(keyOf(id)));
}

/** The stored draft; null if there is none or if it is invalid. */
export function storedDraft(id: string | null): Draft | null {
  const text = withSession((storage) => storage.getItem(keyOf(id)));
  return text ? parseDraft(text) : null;
}

export function parseDraft(text: string): Draft | null {
  try {
    const draft: Partial<Draft> = JSON.parse(text);
    const { name, description, visible, offline, scheduleId, autoClose, memberIds, fields } = draft;
    const texts = [name, description].every((value) => typeof value === 'string');
    if (!texts || typeof visible !== 'boolean') return null;
    if (!Array.isArray(memberIds) || !Array.isArray(fields)) return null;
    if (!memberIds.every((value) => typeof value === 'string') || !fields.every(isField))
      return null;
    return {
      name: `${name}`,
      description: `${description}`,
      visible,
      offline: offline === 'hide' ? 'hide' : 'show',
      scheduleId: typeof scheduleId === 'string' ? scheduleId : null,
      autoClose: isAutoClose(autoClose) ? autoClose : toDepartmentDraft(undefined),
      memberIds,
      fields,
    };
  } catch {
    return null;
  }
}

/** Drafts stored by earlier versions have none. */
function isAutoClose(draft: Partial<DepartmentDraft> | undefined): draft is DepartmentDraft {
  const choices = ['inherit', 'off', 'own'];
  return choices.includes(`${draft?.choice}`) && typeof draft?.hours === 'string';
}

function isField(field: Partial<DraftField> | null): boolean {
  return (
    typeof field?.key === 'string' &&
    (field.id === null || typeof field.id === 'string') &&
    typeof field.label === 'string' &&
    typeof field.required === 'boolean' &&
    typeof field.choices === 'string' &&
    TYPES.some((type) => type === field.type)
  );
}

function withSession<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
