/** What an empty script begins as: small enough to read at once, and it runs. */
export const STARTER = `import { part } from 'artificer';

export default part('Plate', { about: 'A plate with rounded corners.' }, (p) => {
  const width = p.length('width', '80 mm', { minimum: '20 mm', maximum: '200 mm' });
  const depth = p.length('depth', '50 mm', { minimum: '20 mm', maximum: '200 mm' });

  const outline = p.sketch('outline', 'xy', (s) => {
    s.rectangle([0, 0], [width, depth]);
  });
  p.extrude('plate', outline, { distance: '8 mm' });
});
`;
