import { z } from 'zod';
import { apiError } from '../../../protocol/error.ts';
import { ERRORS, type ErrorCode } from '../../kernel/errors.ts';

/** How the API's description shows refusals: once, as components that every operation names. */

/** A refusal's answer, for an operation's `responses`. */
export function refusalAnswer(description = 'Refused.') {
  return {
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
  };
}

/** A schema as a description holds it; without `strict` an object may have more fields. */
export function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/** `components.schemas`: the refusal, and the codes with a sentence for people and developers each. */
export function refusalSchemas() {
  const code = z.string().meta({ $ref: CODE });
  const error = apiError.shape.error.extend({ code });
  return { Refusal: jsonSchema(apiError.extend({ error })), ErrorCode: errorCode() };
}

const CODE = '#/components/schemas/ErrorCode';

function errorCode() {
  const codes = Object.entries(ERRORS).map(([code, [status, people, developers]]) => ({
    code,
    status,
    people,
    developers,
  }));
  const lines = codes.map(
    ({ code, status, people, developers }) => `- \`${code}\` (${status}): ${people} ${developers}`,
  );
  return {
    type: 'string',
    enum: codes.map(({ code }) => code),
    description: [
      'What went wrong, with its status, the sentence for people and the one for developers:',
      '',
      ...lines,
    ].join('\n'),
    'x-errors': Object.fromEntries(codes.map(({ code, ...rest }) => [code, rest])),
  };
}

/** The codes among these, as they are named in a description: `conflict, rate_limited`. */
export const named = (...codes: ErrorCode[]) => `Refused: ${codes.join(', ')}.`;
