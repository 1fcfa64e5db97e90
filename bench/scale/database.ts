import { documentNumber } from '../../drizzle/search/document-number.ts';
import type { Ended } from '../harness/documents.ts';
import { ORGANIZATION } from '../harness/seed.ts';

/** A database that is filled in bulk and queried through the API. */
export type ScaleDatabase = {
  name: string;
  /** Runs the server on this database while `work` runs. */
  serve<Result>(work: (server: Asked) => Promise<Result>): Promise<Result>;
  /** Adds widget customers, by number; while no server runs. */
  addCustomers(from: number, to: number): Promise<void>;
  /** Adds conversations, by number, each of the customer of its number; while no server runs. */
  addConversations(from: number, to: number): Promise<void>;
  /** Bytes on disk; while no server runs. */
  bytes(): Promise<number>;
  close(): Promise<void>;
};

export type Asked = {
  origin: string;
  /** The database's work since the last question, by its own counters. */
  statements(): Promise<Statement[]>;
  /** The plan of a statement that ran. */
  plan(statement: string): Promise<Plan>;
};

/** `blocks`: of 8 KB that Postgres looked at; D1 does not say. */
export type Statement = { what: string; rowsRead: number; blocks: number };

/** Each step in a line; `scans` are the steps that scan a large table. */
export type Plan = { steps: string[]; scans: string[] };

/** The people and places of the numbers, the same in every database. */
export const CUSTOMERS = 1_000_000;
/** The customer with many conversations, and their number. */
export const REGULAR = 7;
export const VISITS = 30;
export const SECOND_DEPARTMENT = '019a4b00-0000-7000-8000-00000000be02';

/** The visitor_id of a customer. */
export function visitorOf(customer: number): string {
  return `v_${customer}`;
}

/** The number of messages in an ended conversation for the search: few, to save time. */
export const MESSAGES = 4;

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

/** The id of a conversation, of version 7. */
export function conversationOf(number: number): string {
  return `0191${hex(number >> 16, 4)}-${hex(number & 65535, 4)}-7000-8000-${hex(number, 12)}`;
}

/** Two in five are open; the first ones are one customer's, all closed. */
function isOpen(number: number): boolean {
  return number >= VISITS && number % 5 > 2;
}

/** The ended ones of these, as the search knows them. */
export function* endedAmong(from: number, to: number): Generator<Ended> {
  for (let number = from; number < to; number++) {
    const conversationId = conversationOf(number);
    const document = documentNumber(conversationId);
    if (!isOpen(number)) yield { organizationId: ORGANIZATION, conversationId, document };
  }
}
