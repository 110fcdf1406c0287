import type { Coupling } from '../../../../preload/contract/index.ts';
import { Select } from '../../../ui/fields.tsx';
import { Pairs, Row } from '../fields/value.tsx';

const OPTIONS: { value: Coupling; label: string }[] = [
  { value: 'distributing', label: 'by their average' },
  { value: 'rigid', label: 'as one rigid piece' },
];

export function CouplingField(props: { value: Coupling; words: string; onChange: (value: Coupling) => void }) {
  return (
    <Pairs>
      <Row name="Faces follow" field="coupling" words={props.words}>
        <Select
          label="How the faces follow the point"
          value={props.value}
          options={OPTIONS}
          onChange={props.onChange}
        />
      </Row>
    </Pairs>
  );
}
