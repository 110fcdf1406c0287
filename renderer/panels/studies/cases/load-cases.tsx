import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy, freshName, newItemId } from '../../../actions/studies.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { toast } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Group } from '../../../ui/group.tsx';
import type { MenuEntry } from '../../../ui/menu.tsx';
import { formatCount } from '../../../units/format.ts';
import { belongs } from '../kinds/lists.ts';
import {
  caseColumns,
  caseOfAll,
  combinationColumns,
  type FactorColumn,
  setCaseFactor,
  setCombinationFactor,
  withCases,
  withCombinations,
  withoutCase,
} from './case-edits.ts';
import { FactorTable } from './factor-table.tsx';

/** Which loads act together, and sums of what was solved. */
export function LoadCases({ study }: { study: StudyRecord }) {
  const cases = study.cases ?? [];
  const combinations = study.combinations ?? [];
  const put = (label: string, change: (study: StudyRecord) => StudyRecord) => void editStudy(study.id, label, change);
  const addCase = () =>
    put('Add a load case', (now) => {
      const known = now.cases ?? [];
      const name = freshName(`Case ${known.length + 1}`, known);
      // The first one holds what was solved so far; further ones are filled in by hand.
      return withCases(now, [
        ...known,
        known.length === 0 ? caseOfAll(now, newItemId(), name) : { id: newItemId(), name, loads: [] },
      ]);
    });
  const caseForEach = () =>
    put('A load case for each load', (now) => {
      const known = now.cases ?? [];
      const added = now.loads
        .filter(({ suppressed }) => !suppressed)
        .map((load) => ({ id: newItemId(), name: load.name, loads: [{ load: load.id, factor: 1 }] }));
      return withCases(now, [...known, ...added]);
    });
  const addCombination = () =>
    put('Add a combination', (now) => {
      const known = now.combinations ?? [];
      const name = freshName(`Combination ${known.length + 1}`, known);
      const terms = (now.cases ?? []).map(({ id }) => ({ case: id, factor: 1 }));
      return withCombinations(now, [...known, { id: newItemId(), name, terms }]);
    });
  const rename = <T extends { id: string; name: string }>(list: T[] | undefined, id: string, name: string): T[] =>
    (list ?? []).map((one) => (one.id === id ? { ...one, name } : one));
  const toggle = <T extends { id: string; suppressed?: boolean | undefined }>(list: T[] | undefined, id: string): T[] =>
    (list ?? []).map((one) => (one.id === id ? { ...one, suppressed: !one.suppressed } : one));

  const caseEntries = (column: FactorColumn): MenuEntry[] => [
    {
      kind: 'item',
      label: 'Duplicate',
      icon: 'copy',
      run: () =>
        put(`Duplicate ${column.name}`, (now) => {
          const known = now.cases ?? [];
          const copy = { ...known.find(({ id }) => id === column.id)!, id: newItemId() };
          return withCases(now, [...known, { ...copy, name: freshName(column.name, known) }]);
        }),
    },
    {
      kind: 'item',
      label: 'Suppressed',
      checked: column.suppressed,
      run: () =>
        put(`${column.suppressed ? 'Activate' : 'Suppress'} ${column.name}`, (now) =>
          withCases(now, toggle(now.cases, column.id)),
        ),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Delete',
      icon: 'trash',
      run: () => put(`Delete ${column.name}`, (now) => withoutCase(now, column.id)),
    },
  ];
  const combinationEntries = (column: FactorColumn): MenuEntry[] => [
    {
      kind: 'item',
      label: 'Suppressed',
      checked: column.suppressed,
      run: () =>
        put(`${column.suppressed ? 'Activate' : 'Suppress'} ${column.name}`, (now) =>
          withCombinations(now, toggle(now.combinations, column.id)),
        ),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Delete',
      icon: 'trash',
      run: () =>
        put(`Delete ${column.name}`, (now) =>
          withCombinations(
            now,
            (now.combinations ?? []).filter(({ id }) => id !== column.id),
          ),
        ),
    },
  ];

  return (
    <Group
      title="Load cases"
      closed={cases.length === 0}
      testId="cases"
      extra={cases.length > 0 && <span className="muted">{formatCount(cases.length)}</span>}
    >
      <div data-study-field="cases" data-help="study:static" title={SETTING_HELP.cases.words}>
        {cases.length === 0 ? (
          <p className="muted">All loads act together, as one case.</p>
        ) : (
          <FactorTable
            label="Load cases"
            rowTitle="Load"
            testId="case-table"
            rows={study.loads.map(({ id, name, kind, suppressed }) => ({
              id,
              name,
              idle: (suppressed ?? false) || !belongs(study.study, 'loads', kind),
            }))}
            columns={caseColumns(study)}
            onFactor={(caseId, load, factor) =>
              put('Factor of a load', (now) => setCaseFactor(now, caseId, load, factor))
            }
            onRename={(id, name) => put('Rename a load case', (now) => withCases(now, rename(now.cases, id, name)))}
            columnEntries={caseEntries}
          />
        )}
        <div className="button-row">
          <Button icon="plus" kind="quiet small" onClick={addCase} disabled={study.loads.length === 0}>
            Add a load case
          </Button>
          {cases.length === 0 && study.loads.length > 1 && (
            <Button icon="table" kind="quiet small" onClick={caseForEach}>
              One for each load
            </Button>
          )}
        </div>
      </div>
      {cases.length > 0 && (
        <div data-study-field="combinations" data-help="study:static" title={SETTING_HELP.combinations.words}>
          <p className="field-heading">Combinations of cases</p>
          {combinations.length > 0 && (
            <FactorTable
              label="Combinations"
              rowTitle="Case"
              testId="combination-table"
              rows={cases.map(({ id, name, suppressed }) => ({ id, name, idle: suppressed ?? false }))}
              columns={combinationColumns(study)}
              onFactor={(id, caseId, factor) => {
                const terms = combinations.find((one) => one.id === id)?.terms ?? [];
                if (factor === 0 && terms.every((term) => term.case === caseId))
                  return toast('A combination needs a case: delete it from its menu instead.');
                put('Factor of a load case', (now) => setCombinationFactor(now, id, caseId, factor));
              }}
              onRename={(id, name) =>
                put('Rename a combination', (now) => withCombinations(now, rename(now.combinations, id, name)))
              }
              columnEntries={combinationEntries}
            />
          )}
          <Button icon="plus" kind="quiet small" onClick={addCombination}>
            Add a combination
          </Button>
        </div>
      )}
    </Group>
  );
}
