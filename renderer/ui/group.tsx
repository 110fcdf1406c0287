import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface GroupProps {
  title: ReactNode;
  children: ReactNode;
  /** Closed at first. */
  closed?: boolean;
  /** At the right of the heading: a count, a button. */
  extra?: ReactNode;
  testId?: string;
}

/** A part of a panel that opens and closes. */
export function Group({ title, children, closed, extra, testId }: GroupProps) {
  return (
    <details className="group" open={!closed} data-testid={testId}>
      <summary>
        <Icon name="right" size={12} />
        <span className="truncate">{title}</span>
        <span className="spacer" />
        {extra}
      </summary>
      <div className="group-body">{children}</div>
    </details>
  );
}

/** Names and values in two columns. */
export const Pairs = ({ children }: { children: ReactNode }) => <dl className="pairs">{children}</dl>;

export function Pair({ name, children, title }: { name: string; children: ReactNode; title?: string }) {
  return (
    <>
      <dt title={title ?? name}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
