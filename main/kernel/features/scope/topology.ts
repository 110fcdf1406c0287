/** What is asked again and again of a body between two features: its parts, how they meet, and its full description. */
import type { BodyInfo } from '../../../../preload/contract/geometry.ts';
import type { NamedBody } from '../../../document/index.ts';
import { describeBody, type Topology, topologyOf } from '../../modeller/describe.ts';
import type { Occt } from '../../modeller/occt.ts';
import { mapShapes } from '../../modeller/topology.ts';
import type { Handle, Own } from '../../scope.ts';
import type { BodyState } from '../operation.ts';
import { knownParts } from '../pictures/known-parts.ts';
import type { ShapeMemory } from '../pictures/memory.ts';

export class BodyTopology {
  readonly body: BodyState;
  readonly topology: Topology;
  readonly #oc: Occt;
  readonly #memory: ShapeMemory;
  readonly #valid: boolean;
  readonly #owned: Handle[] = [];
  #named: NamedBody | undefined;
  #info: BodyInfo | undefined;

  constructor(oc: Occt, body: BodyState, memory: ShapeMemory, valid: boolean) {
    this.#oc = oc;
    this.#memory = memory;
    this.#valid = valid;
    this.body = body;
    this.topology = topologyOf(oc, this.#own, body.shape);
  }

  #own: Own = (handle) => {
    this.#owned.push(handle);
    return handle;
  };

  /** Enough to resolve names. */
  get named(): NamedBody {
    this.#named ??= this.#info ?? this.#connect();
    return this.#named;
  }

  /** Everything, with names: what selectors and messages need. */
  get info(): BodyInfo {
    if (!this.#info) {
      const described = describeBody(
        this.#oc,
        this.#own,
        this.body.shape,
        this.topology,
        knownParts(this.topology, this.#memory, this.#valid),
      );
      this.#info = {
        ...described,
        name: this.body.name,
        persistentName: this.body.name,
        faces: described.faces.map((face, index) => ({
          ...face,
          persistentNames: [...(this.body.faceNames[index] ?? [])],
        })),
      };
    }
    return this.#info;
  }

  #connect(): NamedBody {
    const { faces, edges, vertices } = this.topology;
    const owned: Handle[] = [];
    const own: Own = (handle) => {
      owned.push(handle);
      return handle;
    };
    const facesOfEdge: number[][] = edges.shapes.map(() => []);
    const edgesOfFace = faces.shapes.map((face, at) => {
      const around = mapShapes(this.#oc, own, face, 'EDGE').shapes.map((edge) => edges.indexOf(edge));
      for (const edge of around) facesOfEdge[edge]?.push(at);
      return around;
    });
    const named: NamedBody = {
      persistentName: this.body.name,
      faces: edgesOfFace.map((around, at) => ({ persistentNames: this.body.faceNames[at], edges: around })),
      edges: edges.shapes.map((edge, at) => ({
        faces: facesOfEdge[at]!,
        vertices: mapShapes(this.#oc, own, edge, 'VERTEX').shapes.map((vertex) => vertices.indexOf(vertex)),
      })),
    };
    for (const handle of owned) handle.delete();
    return named;
  }

  free(): void {
    for (const handle of this.#owned.splice(0)) handle.delete();
  }
}
