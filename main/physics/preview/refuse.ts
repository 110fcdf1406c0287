/** What a preview cannot show: it is refused by name, never left out. */
import { refuseStudy } from '../errors.ts';
import type { StudyRequest } from '../types.ts';

/** @throws ArtificerError `study.no-preview` */
export function refuseNoPreview({ study, temperatures, temperatureChange }: StudyRequest): void {
  const active = <T extends { suppressed?: boolean | undefined }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter((one) => !one.suppressed);
  const missing: [boolean, string][] = [
    [(study.study ?? 'static') !== 'static', `studies of the type ${study.study}`],
    [study.largeDisplacement !== undefined, 'large displacements'],
    [active(study.cases).length > 0, 'several load cases'],
    [study.inertiaRelief === true, 'inertia relief'],
    [
      temperatures !== undefined || temperatureChange !== undefined || study.temperatures !== undefined,
      'temperatures of another study',
    ],
  ];
  const found = missing.find(([asked]) => asked);
  if (found)
    throw refuseStudy('no-preview', `There is no preview of ${found[1]}.`, 'Solve the study: it knows all of them.');
}
