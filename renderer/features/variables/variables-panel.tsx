/** Named sizes of the active part and of the project. */
import { type FormEvent, useState } from 'react';
import { evaluateVariables, type PartDefinition } from '../../../main/document/index.ts';
import type { VariableDimension, VariableValue } from '../../../preload/contract/index.ts';
import { selectVariables, useDocument } from '../../state/document.ts';
import { useActivePart, useVariables } from '../../state/parts.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { ExpressionField } from '../editor/expression-field.tsx';
import { Configurations } from './configurations.tsx';
import { addVariable, freshVariableName } from './variable-edits.ts';
import { VariableRow } from './variable-row.tsx';

const DIMENSIONS: { value: VariableDimension; label: string }[] = [
  { value: 'length', label: 'Length' },
  { value: 'angle', label: 'Angle' },
  { value: 'number', label: 'Number' },
];
const FIRST: Record<VariableDimension, string> = { length: '10 mm', angle: '90 deg', number: '1' };

/** Without a part: what the project says. */
function useProjectVariables(): readonly VariableValue[] {
  const records = useDocument(selectVariables);
  const projectVariables = records.filter(({ partId }) => partId === null).sort((a, b) => a.order - b.order);
  const nowhere = { projectVariables, variables: [] } as unknown as PartDefinition;
  return evaluateVariables(nowhere).values;
}

export function VariablesPanel() {
  const part = useActivePart();
  const ofPart = useVariables(part?.id);
  const ofProject = useProjectVariables();
  const variables = part && ofPart.length > 0 ? ofPart : ofProject;
  return (
    <section className="panel" aria-label="Variables" data-testid="variables">
      <div className="panel-scroll">
        {variables.length === 0 ? (
          <p className="panel-hint">
            A variable gives a size a name. Use the name in any field instead of a number, and change the size in one
            place: width / 2 + 3 mm.
          </p>
        ) : (
          <ul className="variables">
            {variables.map((variable) => (
              <VariableRow
                key={`${variable.scope === 'project' ? 'project' : 'part'}/${variable.name}`}
                variable={variable}
                part={part}
                all={variables}
              />
            ))}
          </ul>
        )}
        <NewVariable partId={part?.id} partName={part?.name} variables={variables} />
        {part && <Configurations part={part} variables={variables} />}
      </div>
    </section>
  );
}

function NewVariable(props: {
  partId: string | undefined;
  partName: string | undefined;
  variables: readonly VariableValue[];
}) {
  const { partId, partName, variables } = props;
  const [name, setName] = useState('');
  const [expression, setExpression] = useState('');
  const [dimension, setDimension] = useState<VariableDimension>('length');
  const [scope, setScope] = useState<'part' | 'project'>('part');
  const ofPart = scope === 'part' && partId !== undefined;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const setting = {
      partId: ofPart ? partId : null,
      name: name.trim() || freshVariableName(),
      expression: expression.trim() || FIRST[dimension],
      dimension,
    };
    if (!(await addVariable(setting))) return;
    setName('');
    setExpression('');
  };
  return (
    <form className="variable-new" onSubmit={(event) => void add(event)} data-testid="new-variable">
      <input
        className="field"
        aria-label="Name of the new variable"
        placeholder="wall_thickness"
        value={name}
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ExpressionField
        label="Expression of the new variable"
        dimension={dimension}
        value={expression}
        placeholder={FIRST[dimension]}
        variables={variables}
        onChange={setExpression}
        key={`${variables.length}`}
      />
      <Select label="Kind of quantity" value={dimension} options={DIMENSIONS} onChange={setDimension} />
      <Select
        label="Where it is known"
        value={ofPart ? 'part' : 'project'}
        options={[
          ...(partId ? [{ value: 'part' as const, label: `In “${partName}”` }] : []),
          { value: 'project' as const, label: 'In the project' },
        ]}
        onChange={setScope}
      />
      <Button type="submit" icon="plus">
        Add
      </Button>
    </form>
  );
}
