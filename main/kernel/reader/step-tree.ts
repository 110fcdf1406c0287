/**
 * How large the assembly tree of a STEP file becomes when every occurrence is a node of its own, counted in the text before
 * the kernel reads it: a kernel that is given 2^40 nodes by 40 lines does not come back.
 */
import { refused } from '../errors.ts';
import { MAX_TREE_NODES } from '../limits.ts';

const OCCURRENCE =
  /NEXT_ASSEMBLY_USAGE_OCCURRENCE\s*\(\s*(?:'(?:[^']|'')*'|\$)\s*,\s*(?:'(?:[^']|'')*'|\$)\s*,\s*(?:'(?:[^']|'')*'|\$)\s*,\s*#(\d+)\s*,\s*#(\d+)/g;

/** Throws `import.too-many-instances`, or `import.corrupt` for an assembly that contains itself. */
export function checkTree(bytes: Uint8Array): void {
  const children = new Map<string, string[]>();
  const contained = new Set<string>();
  for (const [, parent, child] of new TextDecoder('latin1').decode(bytes).matchAll(OCCURRENCE)) {
    const list = children.get(parent!);
    if (list) list.push(child!);
    else children.set(parent!, [child!]);
    contained.add(child!);
  }
  if (children.size === 0) return;
  const sizes = sizesOf(children);
  let total = 0;
  for (const parent of children.keys()) if (!contained.has(parent)) total += sizes.get(parent)!;
  if (total > MAX_TREE_NODES)
    throw refused(
      'import.too-many-instances',
      `The assembly has ${total > 1e9 ? 'more than a thousand million' : total.toLocaleString('en')} nodes; at most ${MAX_TREE_NODES.toLocaleString('en')} are read.`,
      'Export the sub-assemblies one by one.',
    );
}

/** Nodes of the tree below each product, itself included. Without recursion, because depth is the file's to choose. */
function sizesOf(children: Map<string, string[]>): Map<string, number> {
  const sizes = new Map<string, number>();
  const open = new Set<string>();
  for (const root of children.keys()) {
    const stack = [root];
    while (stack.length > 0) {
      const product = stack.at(-1)!;
      if (sizes.has(product)) {
        stack.pop();
        continue;
      }
      const below = children.get(product) ?? [];
      const waiting = below.filter((child) => !sizes.has(child));
      if (waiting.length === 0) {
        sizes.set(
          product,
          Math.min(
            Number.MAX_SAFE_INTEGER,
            below.reduce((sum, child) => sum + sizes.get(child)!, 1),
          ),
        );
        open.delete(product);
        stack.pop();
        continue;
      }
      open.add(product);
      for (const child of new Set(waiting)) {
        if (open.has(child))
          throw refused('import.corrupt', 'The assembly contains itself.', undefined, `product definition #${child}`);
        stack.push(child);
      }
    }
  }
  return sizes;
}
