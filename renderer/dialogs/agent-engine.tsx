/** Who answers in the agent panel: the built-in engine, or a language model that a person serves themselves. */
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import { loadAgent } from '../actions/agent.ts';
import { attempt } from '../actions/edit.ts';
import { engine } from '../engine/connection.ts';
import { useAgent } from '../state/agent.ts';
import { Segments, TextField } from '../ui/fields.tsx';

const KEY = 'agent.engine';
const EndpointSchema = v.object({
  kind: v.literal('endpoint'),
  url: v.fallback(v.string(), ''),
  model: v.fallback(v.string(), ''),
  hosts: v.optional(v.fallback(v.array(v.string()), []), []),
});
type Endpoint = v.InferOutput<typeof EndpointSchema>;
const NEW: Endpoint = { kind: 'endpoint', url: 'http://127.0.0.1:8080/v1', model: '', hosts: [] };

/** Taken as soon as address and model are there; what runs is not disturbed. */
export function AgentEngineFields() {
  const [endpoint, setEndpoint] = useState<Endpoint | null>(null);
  const answering = useAgent((state) => state.status?.engine);
  useEffect(() => {
    let gone = false;
    void attempt(async () => {
      const parsed = v.safeParse(EndpointSchema, (await engine()['app.settings.get']({}))[KEY]);
      if (!gone && parsed.success) setEndpoint(parsed.output);
    });
    return () => {
      gone = true;
    };
  }, []);
  const keep = (value: unknown) =>
    void attempt(async () => {
      await engine()['app.settings.set']({ key: KEY, value });
      await loadAgent();
    });
  const change = (more: Partial<Endpoint>) => {
    const next = { ...(endpoint ?? NEW), ...more };
    setEndpoint(next);
    // Without a model there is nothing to ask: what answered before goes on.
    if (next.url !== '' && next.model !== '') keep(next);
  };
  return (
    <>
      <span className="form-label">The agent’s engine</span>
      <div>
        <Segments
          label="The agent’s engine"
          value={endpoint ? 'endpoint' : 'built-in'}
          options={[
            { value: 'built-in', label: 'Built in' },
            { value: 'endpoint', label: 'A model of yours' },
          ]}
          onChange={(kind) => {
            if (kind === 'endpoint') return setEndpoint(NEW);
            setEndpoint(null);
            keep({ kind: 'built-in' });
          }}
        />
      </div>
      {endpoint === null ? (
        <p className="hint">
          Needs no weights: it understands what engineers ask for, and asks back where it is unsure.
        </p>
      ) : (
        <>
          <span className="form-label">Address</span>
          <TextField label="Address of the model’s server" value={endpoint.url} onCommit={(url) => change({ url })} />
          <span className="form-label">Model</span>
          <TextField
            label="Name of the model"
            value={endpoint.model}
            placeholder="As its server calls it, such as qwen3-8b"
            onCommit={(model) => change({ model })}
            testId="agent-model"
          />
          <span className="form-label">Other hosts</span>
          {/* May be emptied: then this machine alone is reached. */}
          <input
            key={endpoint.hosts.join(' ')}
            className="field"
            aria-label="Hosts in your network that may be reached"
            defaultValue={endpoint.hosts.join(', ')}
            placeholder="None but this machine"
            spellCheck={false}
            onBlur={(event) => change({ hosts: event.currentTarget.value.split(/[\s,]+/).filter(Boolean) })}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <p className="hint">
            A server with an OpenAI-compatible interface and tool calling: llama.cpp, Ollama, vLLM. Only this machine
            and the hosts listed are reached, and only private addresses.{' '}
            {endpoint.model === ''
              ? 'Until a model is named, the engine of before answers.'
              : answering
                ? `Answering now: ${answering}.`
                : ''}
          </p>
        </>
      )}
    </>
  );
}
