/** Designs of a brief that stand on branches: side by side, gone to, taken or dropped. */
import type { BranchInfo } from '../../../preload/contract/index.ts';
import { dropBranch, goToBranch, takeBranch } from '../../actions/branches.ts';
import { baseBranch, branchInWords, currentBranch, openBranches, useBranches } from '../../state/branches.ts';
import { useDocument } from '../../state/document.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Group } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { comparedBranches } from './compare-branches.ts';

export function DesignBranches({ briefId }: { briefId: string }) {
  const list = useBranches((state) => state.list);
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  const designs = openBranches(list).filter(({ design }) => design?.briefId === briefId);
  if (designs.length === 0) return null;
  const here = currentBranch(list);
  const base = baseBranch(list, designs[0]!);
  return (
    <Group title="On branches" extra={<span className="muted small">{designs.length}</span>} testId="design-branches">
      <div className="design-here" aria-live="polite">
        <Icon name="branch" size={14} />
        <span className="grow">
          You are {here?.design ? 'on the branch of ' : 'in the '}
          <span className="strong">{here ? branchInWords(here) : ''}</span>
        </span>
        {base && here && !base.current && (
          <Button onClick={() => void goToBranch(base.name)} title="Leave the branch; it stays (g o)">
            Go to the {branchInWords(base)}
          </Button>
        )}
      </div>
      <Conflict designs={designs} />
      <section
        className="design-compared"
        aria-label="Designs on branches, compared"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled to with the arrow keys
        tabIndex={0}
      >
        <table className="table">
          <thead>
            <tr>
              <td className="design-compared-name" />
              {designs.map((branch) => (
                <Head key={branch.name} branch={branch} base={base} readOnly={readOnly} />
              ))}
            </tr>
          </thead>
          <tbody>
            {comparedBranches(designs.map(({ design }) => design!)).map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row" className="design-compared-name" title={name}>
                  {name}
                </th>
                {cells.map(({ text, holds }, column) => (
                  <td
                    key={designs[column]!.name}
                    className={`number ${holds === undefined ? '' : holds ? 'design-holds' : 'design-missed'}`}
                  >
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Group>
  );
}

interface HeadProps {
  branch: BranchInfo;
  base: BranchInfo | undefined;
  readOnly: boolean;
}

function Head({ branch, base, readOnly }: HeadProps) {
  const { name, about, current } = branch;
  const words = branchInWords(branch);
  return (
    <th scope="col" className={current ? 'here' : ''} data-testid={`branch-${branch.design?.candidate.number}`}>
      <button
        type="button"
        className="link strong"
        aria-pressed={current}
        title={`${current ? 'You are here' : `Go to the branch ${name}`}\n\n${about}`}
        onClick={() => void goToBranch(name)}
      >
        {words}
      </button>
      <div className="design-branch-actions">
        <IconButton
          icon="check"
          small
          label={`Take ${words} into the ${base ? branchInWords(base) : 'project'}`}
          disabled={readOnly}
          onClick={() => void takeBranch(name)}
        />
        <IconButton
          icon="trash"
          small
          label={`Drop the branch of ${words}`}
          disabled={readOnly}
          onClick={() => void dropBranch(name)}
        />
      </div>
    </th>
  );
}

/** The same things were changed here and there: a person decides. */
function Conflict({ designs }: { designs: readonly BranchInfo[] }) {
  const conflict = useBranches((state) => state.conflict);
  const branch = designs.find(({ name }) => name === conflict);
  if (!branch) return null;
  return (
    <div className="notice warning" role="alert">
      <Icon name="warning" />
      <div className="notice-body">
        <p>The same things were changed on the branch and where it goes to.</p>
        <div className="design-actions">
          <Button onClick={() => void takeBranch(branch.name, true)}>Take it as it is on the branch</Button>
          <Button onClick={() => useBranches.setState({ conflict: null })}>Leave it</Button>
        </div>
      </div>
    </div>
  );
}
