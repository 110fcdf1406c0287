/** Sample parts that come with the window, as files of the page. */

export interface Sample {
  /** File name, as it will be in the project. */
  name: string;
  title: string;
  url: string;
}

const files = import.meta.glob<string>('../../../resources/samples/*.{step,stp}', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** `l-bracket.step` as `L bracket`. */
const titleOf = (name: string): string => {
  const words = name.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const SAMPLES: Sample[] = Object.entries(files).map(([path, url]) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, title: titleOf(name), url };
});
