/** A label and its control, as the feature forms line them up. */
import type { ReactNode } from 'react';
import type { VariableDimension } from '../../../preload/contract/index.ts';
import { useVariables } from '../../state/parts.ts';
import { useEditor } from './editor-state.ts';
import { ExpressionField } from './expression-field.tsx';

export function Labelled({
  label,
  words,
  children,
}: {
  label: string;
  words?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="feature-field">
      <span className="feature-label" title={words}>
        {label}
      </span>
      <div className="feature-control">{children}</div>
    </div>
  );
}

interface LabelledExpressionProps {
  label: string;
  words?: string | undefined;
  dimension: VariableDimension;
  value: string;
  placeholder?: string;
  autoFocus?: boolean;
  onChange: (text: string) => void;
}

/** An expression of the part that is edited. */
export function LabelledExpression({ label, words, ...field }: LabelledExpressionProps) {
  const partId = useEditor((state) => state.editing?.partId);
  const variables = useVariables(partId);
  return (
    <Labelled label={label} words={words}>
      <ExpressionField label={label} variables={variables} {...field} />
    </Labelled>
  );
}
