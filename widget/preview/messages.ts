import type { PreviewDepartment, PreviewMessage } from '../../protocol/widget/preview.ts';
import { isAccent } from '../bridge/messages.ts';

/** Checks what the dashboard sends, in the widget's plain way: zod would be larger than the preview. */

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown) => typeof value === 'string';
const isTextOrNone = (value: unknown) => value === null || isText(value);
const isListOf = (value: unknown, isItem: (item: unknown) => boolean) =>
  Array.isArray(value) && value.every(isItem);

const TYPES: readonly unknown[] = ['name', 'email', 'phone', 'text', 'textarea', 'select'];

const isField = (value: unknown) =>
  isObject(value) &&
  isText(value.id) &&
  isText(value.label) &&
  TYPES.includes(value.type) &&
  typeof value.required === 'boolean' &&
  isListOf(value.options, isText);

const isDepartment = (value: unknown): value is PreviewDepartment =>
  isObject(value) &&
  [value.id, value.name, value.presence].every(isText) &&
  isTextOrNone(value.description) &&
  isListOf(value.fields, isField);

const isSaid = (value: unknown) =>
  isObject(value) && (value.from === 'agent' || value.from === 'visitor') && isText(value.body);

export function isPreview(value: unknown): value is PreviewMessage {
  return (
    isObject(value) &&
    value.type === 'foyer:preview' &&
    (value.view === 'home' || value.view === 'form' || value.view === 'chat') &&
    typeof value.phone === 'boolean' &&
    (value.theme === 'auto' || value.theme === 'light' || value.theme === 'dark') &&
    (value.position === null || value.position === 'right' || value.position === 'left') &&
    (value.accent === null || isAccent(value.accent)) &&
    [value.launcherText, value.greeting, value.departmentId].every(isTextOrNone) &&
    [value.organization, value.agent].every(isText) &&
    isListOf(value.departments, isDepartment) &&
    isListOf(value.messages, isSaid)
  );
}
