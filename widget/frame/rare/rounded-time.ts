import { language } from '../strings/index.ts';

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A time that is enough, in whole units and never less than a minute: `5 minutes`. */
export function roundedTime(seconds: number): string {
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? (['minute', 60] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(seconds / length)),
  );
}
