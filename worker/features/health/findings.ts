import type { Finding, SystemState } from '../../../protocol/resources/health.ts';
import { type Level, PROBLEMS, type ProblemCode } from '../../kernel/problems.ts';

/** What the parts of an installation say of themselves. */

const stateOf: Record<Level, SystemState> = { error: 'failed', warning: 'warning', off: 'off' };

export const fine = (text: string): Finding => ({ state: 'ok', text, todo: null });

export const failed = (text: string, todo: string): Finding => ({ state: 'failed', text, todo });

export const doubtful = (text: string, todo: string): Finding => ({ state: 'warning', text, todo });

export function problemFinding(code: ProblemCode): Finding {
  const [level, text, todo] = PROBLEMS[code];
  return { state: stateOf[level], text, todo };
}

const order: readonly SystemState[] = ['failed', 'warning', 'off', 'ok'];

/** The worst state among them. */
export function worst(findings: readonly Finding[]): SystemState {
  return order.find((state) => findings.some((finding) => finding.state === state)) ?? 'ok';
}

/** Milliseconds that a part has to answer: a person waits for the page. */
const ANSWERS_WITHIN = 5_000;

/** The work's result; rejects with a TimeoutError where it takes more than five seconds. */
export async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new DOMException('No answer.', 'TimeoutError');
    timer = setTimeout(() => reject(error), ANSWERS_WITHIN);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
