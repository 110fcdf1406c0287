/** The application's own help: contents, search, one page at a time. */
import { useEffect, useRef } from 'react';
import type { FeatureKind } from '../../preload/contract/index.ts';
import { allCommands, formatKeys, titleOf } from '../commands/index.ts';
import { KINDS } from '../features/kinds.ts';
import { Button } from '../ui/button.tsx';
import { SearchField } from '../ui/fields.tsx';
import { Icon } from '../ui/icons.tsx';
import { FEATURE_HELP } from './features.ts';
import { useHelp } from './help-state.ts';
import { findPages, HELP_PAGES, type PageEntry, textPage } from './search.ts';
import type { FieldHelp } from './types.ts';

const open = (pageId: string | null) => useHelp.setState({ pageId });

export function HelpPanel() {
  const { pageId, query } = useHelp();
  const scroll = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    scroll.current?.scrollTo(0, 0);
  }, [pageId]);
  const searching = query.trim() !== '';
  const page = !searching && pageId ? HELP_PAGES.find(({ id }) => id === pageId) : undefined;
  return (
    <section className="panel" aria-label="Help" data-testid="help">
      <div className="panel-bar">
        {page && (
          <Button icon="right" className="help-back" onClick={() => open(null)} title="Contents">
            Contents
          </Button>
        )}
        <SearchField
          label="Search the help"
          value={query}
          onChange={(next) => useHelp.setState({ query: next })}
          testId="help-search"
        />
      </div>
      <div ref={scroll} className="panel-scroll help">
        {page ? <Page page={page} /> : <Contents pages={findPages(query)} searching={searching} />}
      </div>
    </section>
  );
}

function Contents({ pages, searching }: { pages: PageEntry[]; searching: boolean }) {
  if (pages.length === 0) return <p className="panel-hint">Nothing is written about that.</p>;
  const groups = searching ? [''] : [...new Set(pages.map(({ group }) => group))];
  return (
    <nav aria-label="Pages of the help">
      {groups.map((group) => (
        <section key={group} className="help-group">
          {group && <h3>{group}</h3>}
          <ul>
            {pages
              .filter((page) => group === '' || page.group === group)
              .map((page) => (
                <li key={page.id}>
                  <button
                    type="button"
                    className="help-link"
                    onClick={() => useHelp.setState({ pageId: page.id, query: '' })}
                  >
                    <Icon name={iconOf(page.id)} size={14} />
                    <span className="truncate">{page.title}</span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

const kindOf = (id: string): FeatureKind | undefined =>
  id.startsWith('feature:') ? (id.slice('feature:'.length) as FeatureKind) : undefined;
const iconOf = (id: string) => {
  const kind = kindOf(id);
  return kind ? KINDS[kind].icon : id === 'shortcuts' ? 'keyboard' : 'help';
};

function Page({ page }: { page: PageEntry }) {
  const kind = kindOf(page.id);
  if (kind) return <FeaturePage kind={kind} />;
  if (page.id === 'shortcuts') return <Shortcuts />;
  const general = textPage(page.id)!;
  return (
    <article className="help-page selectable">
      <h2>{general.title}</h2>
      {general.paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {general.code && <pre>{general.code}</pre>}
      {general.entries && (
        <dl>
          {general.entries.map(({ name, words }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  );
}

function FeaturePage({ kind }: { kind: FeatureKind }) {
  const { title, summary, about, fields } = FEATURE_HELP[kind];
  return (
    <article className="help-page selectable">
      <h2>
        <Icon name={KINDS[kind].icon} /> {title}
      </h2>
      <p className="strong">{summary}</p>
      <p>{about}</p>
      <h3>Parameters</h3>
      <dl>
        {Object.entries(fields as Record<string, FieldHelp>).map(([name, field]) => (
          <Field key={name} field={field} />
        ))}
      </dl>
    </article>
  );
}

function Field({ field }: { field: FieldHelp }) {
  return (
    <div>
      <dt>{field.label}</dt>
      <dd>
        {field.words}
        {field.choices && <span className="muted"> {Object.values(field.choices).join(', ')}.</span>}
        {field.parts && (
          <dl>
            {Object.entries(field.parts).map(([name, part]) => (
              <Field key={name} field={part} />
            ))}
          </dl>
        )}
      </dd>
    </div>
  );
}

function Shortcuts() {
  const commands = allCommands().filter(({ keys, hidden }) => keys && keys.length > 0 && !hidden);
  return (
    <article className="help-page">
      <h2>Keyboard shortcuts</h2>
      {[...new Set(commands.map(({ category }) => category))].map((category) => (
        <section key={category}>
          <h3>{category}</h3>
          <ul>
            {commands
              .filter((command) => command.category === category)
              .map((command) => (
                <li key={command.id} className="start-key">
                  <span className="truncate">{titleOf(command).replace(/…$/, '')}</span>
                  <kbd>{formatKeys(command.keys![0]!)}</kbd>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </article>
  );
}
