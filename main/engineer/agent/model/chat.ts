/**
 * One question to an OpenAI-compatible endpoint (`POST …/chat/completions`, as llama.cpp, Ollama and vLLM answer it), and its
 * answer, bounded in size and time. Redirects are not followed, proxies not asked.
 */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import * as v from 'valibot';
import { ArtificerError } from '../../../../preload/contract/index.ts';
import { type Endpoint, lookupWithin } from './endpoint.ts';

/** Bytes of one answer. */
const MOST_BYTES = 1_000_000;

export interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}
export type ChatMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; tool_calls?: ToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  tools: unknown[];
}

export interface ChatAnswer {
  content: string;
  calls: ToolCall[];
}

/** An answer that is none: asking again, with what was wrong, may help. */
export class GarbledAnswer extends Error {}

const Answer = v.looseObject({
  choices: v.pipe(
    v.array(
      v.looseObject({
        message: v.looseObject({
          content: v.optional(v.nullable(v.string())),
          tool_calls: v.optional(
            v.nullable(
              v.array(
                v.looseObject({
                  id: v.optional(v.nullable(v.string())),
                  // Most send a text of JSON, as it is written down; some send the object itself.
                  function: v.looseObject({ name: v.string(), arguments: v.optional(v.unknown()) }),
                }),
              ),
            ),
          ),
        }),
      }),
    ),
    v.minLength(1),
  ),
});

/**
 * @throws GarbledAnswer for what can be asked again
 * @throws ArtificerError `agent.model-…` for what cannot; the signal's reason when it is aborted
 */
export async function complete(
  endpoint: Endpoint,
  request: ChatRequest,
  options: { key?: string | undefined; signal: AbortSignal },
): Promise<ChatAnswer> {
  const { status, body } = await post(endpoint, { ...request, temperature: 0, stream: false }, options);
  if (status >= 300 && status < 400)
    throw failure('redirect', `${endpoint.url.host} wants to send the question elsewhere. That is not followed.`);
  if (status !== 200)
    throw failure(
      'status',
      `The model's endpoint ${endpoint.url.host} refuses the question (HTTP ${status}).`,
      'See whether the model is loaded there, whether it can call tools, and whether its context is long enough.',
      body.slice(0, 300),
    );
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    throw new GarbledAnswer('The answer was not JSON.');
  }
  const parsed = v.safeParse(Answer, read);
  if (!parsed.success) throw new GarbledAnswer(`The answer was not one of a chat: ${parsed.issues[0].message}`);
  const { content, tool_calls } = parsed.output.choices[0]!.message;
  return {
    // What a model says to itself is not said to the person.
    content: (content ?? '').replace(/<think>[\s\S]*?(<\/think>|$)/g, '').trim(),
    calls: (tool_calls ?? []).map(({ id, function: call }, index) => ({
      id: id?.slice(0, 100) || `call_${index}`,
      type: 'function',
      function: {
        name: call.name.slice(0, 200),
        arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {}),
      },
    })),
  };
}

const failure = (code: string, message: string, hint?: string, cause?: string): ArtificerError =>
  new ArtificerError({
    code: `agent.model-${code}`,
    category: 'refused',
    message,
    ...(hint ? { hint } : {}),
    ...(cause ? { cause } : {}),
  });

function post(
  endpoint: Endpoint,
  content: unknown,
  { key, signal }: { key?: string | undefined; signal: AbortSignal },
): Promise<{ status: number; body: string }> {
  const { url, answer_ms } = endpoint;
  const secure = url.protocol === 'https:';
  const bytes = Buffer.from(JSON.stringify(content));
  const late = AbortSignal.timeout(answer_ms);
  const either = AbortSignal.any([signal, late]);
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => {
      if (signal.aborted) reject(signal.reason);
      else if (late.aborted)
        reject(
          failure(
            'late',
            `The model has not answered within ${answer_ms / 1000} s.`,
            'Give it more time in the settings, or use a smaller model.',
          ),
        );
      else if (error instanceof ArtificerError) reject(error);
      else
        reject(
          failure(
            'unreachable',
            `The model's endpoint ${url.host} cannot be reached.`,
            'Start its server, or choose the built-in engine in the settings.',
            error instanceof Error ? error.message : String(error),
          ),
        );
    };
    const asked = (secure ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        // One of our own: a proxy from the environment belongs to the global one.
        agent: secure ? new HttpsAgent() : new HttpAgent(),
        lookup: lookupWithin(endpoint) as never,
        signal: either,
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          accept: 'application/json',
          ...(key ? { authorization: `Bearer ${key}` } : {}),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        let length = 0;
        answer.on('data', (part: Buffer) => {
          length += part.length;
          if (length > MOST_BYTES) {
            failed(failure('too-long', `The model's answer is longer than ${MOST_BYTES / 1e6} MB: it was cut off.`));
            asked.destroy();
          } else parts.push(part);
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
        answer.on('error', failed);
      },
    );
    asked.on('error', failed);
    asked.end(bytes);
  });
}
