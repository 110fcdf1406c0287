/** Fields that many tools' inputs share. */
import * as v from 'valibot';

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));

export const PartName = v.pipe(
  Name,
  v.description('Name or id of a part. May be left out where there is only one, or one is selected.'),
);
export const StudyName = v.pipe(Name, v.description('Name or id of a study. May be left out where there is only one.'));
export const VariableName = v.pipe(Name, v.description('Name of a variable of the part, as list_project tells it.'));
export const Expression = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(500),
  v.description(
    'A number with a unit, or an expression of variables: "8 mm", "2 * thickness". A bare number is in mm, or degrees.',
  ),
);
export const Length = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.description('A length with its unit, or an expression: "5 mm".'),
);
export const FaceName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(2000),
  v.description(
    'A face by its persistent name as list_faces tells it, or a selector such as "faces >Z". May be left out where one is selected.',
  ),
);
export const Positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
export const SafetyFactor = v.pipe(Positive, v.maxValue(1000));
