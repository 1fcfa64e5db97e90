import { z } from 'zod';
import { codeOf, send, type Target } from './client.ts';
import { Names, valueAt } from './placeholders.ts';
import type { ClientSocket } from './socket.ts';

/** A case that cannot be played here; the message says what it needs. */
export class Skipped extends Error {}

const field = z.object({
  id: z.string(),
  type: z.string(),
  required: z.boolean(),
  options: z.array(z.string()),
});
const department = z.object({ id: z.string(), pre_chat_fields: z.array(field) });
type Department = z.infer<typeof department>;

const session = z.object({
  sessionToken: z.string(),
  visitorToken: z.string(),
  visitor_id: z.string(),
  departments: z.array(department),
});
const started = z.object({ conversation: z.object({ id: z.uuid() }) });

/** What fits into a required field of each type. */
const ANSWERS: Record<string, string> = {
  name: 'Conformance',
  email: 'conformance@example.com',
  phone: '+49 170 1234567',
  text: 'A line',
  textarea: 'Some lines',
};

/** The people, conversations and sockets of one case. */
export class World {
  readonly target: Target;
  readonly names = new Names();
  readonly #sockets = new Map<string, ClientSocket>();
  readonly #opened: ClientSocket[] = [];
  readonly #departments = new Map<string, Department[]>();

  constructor(target: Target) {
    this.target = target;
    this.names.set('key', target.key);
  }

  /** Opens a session for a visitor, who is then known as `<name.visitor_id>` and so on. */
  async arrive(name: string, key: 'other' | undefined, visitorToken?: string): Promise<void> {
    const { otherKey } = this.target;
    if (key === 'other' && otherKey === undefined) {
      throw new Skipped('it needs the key of another organization (--other-key)');
    }
    const body = { key: key === 'other' ? otherKey : this.target.key, visitorToken };
    const answer = await send(
      this.target,
      'POST',
      '/api/widget/sessions',
      { 'content-type': 'application/json' },
      JSON.stringify(body),
    );
    if (answer.status !== 201) throw new Error(`the session was refused: ${codeOf(answer)}`);
    const opened = session.parse(answer.body);
    this.#departments.set(name, opened.departments);
    const withForm = opened.departments.find(({ pre_chat_fields }) => requiredOf(pre_chat_fields));
    this.names.set(name, {
      ...opened,
      ...this.#plainest(name),
      form: withForm?.id,
      field: withForm && requiredOf(withForm.pre_chat_fields)?.id,
    });
  }

  /** Starts a conversation, which is then known as `<name>`. */
  async start(name: string, by: string): Promise<void> {
    const { department, answers } = this.#plainest(by);
    const answer = await send(
      this.target,
      'POST',
      '/api/widget/conversations',
      { 'content-type': 'application/json', ...this.headersOf(by) },
      JSON.stringify({ departmentId: department, preChatData: answers }),
    );
    if (answer.status !== 201) throw new Error(`no conversation began: ${codeOf(answer)}`);
    this.names.set(name, started.parse(answer.body).conversation.id);
  }

  /** The proof of identity for the server. */
  headersOf(by: string): Record<string, string> {
    if (by === 'nobody') return {};
    if (by !== 'agent') return { authorization: `Bearer ${this.tokenOf(by)}` };
    const { agentCookie, url } = this.target;
    if (agentCookie === undefined) {
      throw new Skipped(
        'it needs an agent (--agent-email with --agent-password, or --agent-cookie)',
      );
    }
    return { cookie: agentCookie, origin: url };
  }

  /** The address, subprotocols and headers of a conversation's socket. */
  socketOf(conversation: string, by: string) {
    const side = by === 'agent' ? 'admin' : 'widget';
    const path = `/api/${side}/conversations/${conversation}/socket`;
    const hasToken = by !== 'agent' && by !== 'nobody';
    return {
      url: this.target.url.replace(/^http/, 'ws') + path,
      protocols: ['foyer.v1', ...(hasToken ? [this.tokenOf(by)] : [])],
      headers: by === 'agent' ? this.headersOf(by) : {},
    };
  }

  tokenOf(visitor: string): string {
    const token = this.names.get(`${visitor}.sessionToken`);
    if (typeof token !== 'string') throw new Error(`no visitor is named ${visitor}`);
    return token;
  }

  /** Keeps a socket under a name; one that had it before stays open. */
  keep(name: string, socket: ClientSocket): void {
    this.#sockets.set(name, socket);
    this.#opened.push(socket);
  }

  socket(name: string): ClientSocket {
    const socket = this.#sockets.get(name);
    if (!socket) throw new Error(`no socket is named ${name}`);
    return socket;
  }

  /** Keeps values of an answer under names of the case. */
  save(answer: unknown, paths: Record<string, string> = {}): void {
    for (const [name, path] of Object.entries(paths)) {
      this.names.set(name, path.split('.').reduce(valueAt, answer));
    }
  }

  end(): void {
    for (const socket of this.#opened) socket.end();
  }

  /** The first department whose form asks for nothing, or else the first, and answers that it takes. */
  #plainest(visitor: string): { department: string; answers: Record<string, string> } {
    const departments = this.#departments.get(visitor) ?? [];
    const [first] = departments;
    if (!first) throw new Error(`${visitor} may choose no department`);
    const plain = departments.find(({ pre_chat_fields }) => !requiredOf(pre_chat_fields)) ?? first;
    const answers = plain.pre_chat_fields
      .filter(({ required }) => required)
      .map(({ id, type, options }) => [id, options[0] ?? ANSWERS[type] ?? 'Conformance']);
    return { department: plain.id, answers: Object.fromEntries(answers) };
  }
}

function requiredOf(fields: Department['pre_chat_fields']) {
  return fields.find(({ required }) => required);
}
