/** The family of a part: a line for each member, a column for each variable that one of them has its own value for. */
import { useState } from 'react';
import type { ConfigurationRecord, PartRecord, VariableValue } from '../../../preload/contract/index.ts';
import { selectConfigurations, useDocument } from '../../state/document.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Group } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { evaluateText } from '../expressions.ts';
import { addMember, overrideIn, removeMember, renameMember, showMember } from './variable-edits.ts';

export function Configurations({ part, variables }: { part: PartRecord; variables: readonly VariableValue[] }) {
  const members = useDocument(selectConfigurations)
    .filter(({ partId }) => partId === part.id)
    .sort((a, b) => a.order - b.order);
  const [extra, setExtra] = useState<readonly string[]>([]);
  const own = variables.filter(({ scope }) => scope !== 'project');
  const columns = own.filter(
    ({ name }) => extra.includes(name) || members.some(({ values }) => values[name] !== undefined),
  );
  const others = own.filter((variable) => !columns.includes(variable));
  return (
    <Group title="Configurations" testId="configurations" closed={members.length === 0}>
      {members.length === 0 ? (
        <p className="muted">
          A family of parts: each member has other values for some variables, and may leave steps out.
        </p>
      ) : (
        <div className="configuration-scroll">
          <table className="configurations">
            <thead>
              <tr>
                <th scope="col">Shown</th>
                <th scope="col">Name</th>
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">
                  {others.length > 0 && (
                    <MenuButton
                      label="Add a variable to the table"
                      className="icon-button small"
                      entries={() =>
                        others.map(({ name }) => ({
                          kind: 'item',
                          label: name,
                          run: () => setExtra([...extra, name]),
                        }))
                      }
                    >
                      <Icon name="plus" size={14} />
                    </MenuButton>
                  )}
                </th>
              </tr>
            </thead>
            <tbody>
              <tr className={part.configurationId === undefined ? 'shown' : ''}>
                <td>
                  <input
                    type="radio"
                    name="configuration"
                    aria-label="Show the part as its variables say"
                    checked={part.configurationId === undefined}
                    onChange={() => void showMember(part, undefined)}
                  />
                </td>
                <td className="muted">as the variables say</td>
                {columns.map(({ name }) => (
                  <td key={name} />
                ))}
                <td />
              </tr>
              {members.map((member) => (
                <MemberRow key={member.id} part={part} member={member} columns={columns} variables={variables} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button icon="plus" onClick={() => void addMember(part)}>
        Add a configuration
      </Button>
    </Group>
  );
}

interface MemberRowProps {
  part: PartRecord;
  member: ConfigurationRecord;
  columns: readonly VariableValue[];
  variables: readonly VariableValue[];
}

function MemberRow({ part, member, columns, variables }: MemberRowProps) {
  const shown = part.configurationId === member.id;
  return (
    <tr className={shown ? 'shown' : ''}>
      <td>
        <input
          type="radio"
          name="configuration"
          aria-label={`Show ${member.name}`}
          checked={shown}
          onChange={() => void showMember(part, member.id)}
        />
      </td>
      <td>
        <TextField
          label={`Name of ${member.name}`}
          value={member.name}
          onCommit={(name) => void renameMember(member, name)}
        />
      </td>
      {columns.map((variable) => (
        <td key={variable.name}>
          <Cell member={member} variable={variable} variables={variables} />
        </td>
      ))}
      <td>
        <IconButton
          small
          icon="trash"
          label={`Delete ${member.name}`}
          onClick={() => void removeMember(part, member)}
        />
      </td>
    </tr>
  );
}

/** Empty: the variable's own expression holds. */
function Cell(props: { member: ConfigurationRecord; variable: VariableValue; variables: readonly VariableValue[] }) {
  const { member, variable, variables } = props;
  const kept = member.values[variable.name] ?? '';
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? kept;
  const evaluation = text.trim() === '' ? null : evaluateText(text, variable.dimension, variables);
  const commit = () => {
    if (draft !== null && draft.trim() !== kept) void overrideIn(member, variable.name, draft);
    setDraft(null);
  };
  return (
    <input
      className="field"
      aria-label={`${variable.name} in ${member.name}`}
      aria-invalid={evaluation !== null && !evaluation.ok}
      title={evaluation && !evaluation.ok ? evaluation.error.message : undefined}
      value={text}
      placeholder="same"
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
