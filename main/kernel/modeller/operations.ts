/** What a modeller can be asked to do. Plain data in and out; see `protocol.ts`. */
import type { BodyInfo, TessellationMeta, Transform } from '../../../preload/contract/geometry.ts';
import { evaluationOperations } from '../features/evaluation.ts';
import type { MeasureItem, PrimitiveSpecification } from '../port.ts';
import { scoped } from '../scope.ts';
import { buffersOf, type Operation, type Report } from '../workers/protocol.ts';
import { brepText } from './brep-text.ts';
import { describeBody, type Topology, topologyOf } from './describe.ts';
import { measure } from './measure.ts';
import { exportMesh, type MeshExportArgument } from './mesh-export.ts';
import { importMeshFile, type MeshImportArgument } from './mesh-import.ts';
import { type ModellingKernel, readBrep, writeBrep } from './occt.ts';
import { movedCopy, placed, together } from './placement.ts';
import { makePrimitives } from './primitives.ts';
import { type ProjectArgument, project } from './projection.ts';
import { exportStep, type StepExportArgument } from './step-export.ts';
import { type Deflection, tessellate } from './tessellate.ts';

export interface DescribeArgument {
  brep: Uint8Array;
  /** Tessellate coarsely as well. */
  coarse: boolean;
}
export interface DescribeAnswer {
  info: BodyInfo;
  tessellation?: Uint8Array;
}
export interface PlaceArgument {
  brep: Uint8Array;
  transform: Transform;
  tessellate: boolean;
}
export interface PlaceAnswer {
  brep: Uint8Array;
  info: BodyInfo;
  tessellation?: Uint8Array;
}
export interface TessellateArgument {
  brep: Uint8Array;
  quality: TessellationMeta['quality'];
  /** By default relative to the size of the body. */
  deflection?: Partial<Deflection>;
  /** Diagonal of the body's box, mm. */
  diagonal_mm?: number;
}

/** Linear deflection as a fraction of the body's diagonal, and angular deflection. */
const COARSE = { fraction: 0.01, angle_rad: 0.8 };
const FINE = { fraction: 0.001, angle_rad: 0.35 };

function deflectionFor(diagonal_mm: number, { fraction, angle_rad }: typeof COARSE): Deflection {
  return { linearDeflection_mm: Math.max(diagonal_mm * fraction, 1e-7), angularDeflection_rad: angle_rad };
}

const diagonalOf = ({ box: { min, max } }: BodyInfo): number =>
  Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);

export function modellerOperations(kernel: ModellingKernel): Record<string, Operation> {
  const { oc } = kernel;
  const operations = {
    ...evaluationOperations(kernel),

    describe: ({ brep, coarse }: DescribeArgument, report: Report) =>
      scoped((own) => {
        const shape = readBrep(oc, own, brep);
        report('Describing bodies');
        const topology: Topology = topologyOf(oc, own, shape);
        const info = describeBody(oc, own, shape, topology);
        const value: DescribeAnswer = { info };
        if (coarse) {
          report('Coarse tessellation');
          value.tessellation = tessellate(oc, shape, topology, deflectionFor(diagonalOf(info), COARSE), 'coarse');
        }
        return { value, transfer: buffersOf([value.tessellation]) };
      }),

    /** The geometry itself is moved, so that two placements of one body have nothing in common. */
    place: ({ brep, transform, tessellate: wanted }: PlaceArgument) =>
      scoped((own) => {
        const shape = movedCopy(oc, own, readBrep(oc, own, brep), transform);
        const topology: Topology = topologyOf(oc, own, shape);
        const value: PlaceAnswer = { brep: writeBrep(oc, shape), info: describeBody(oc, own, shape, topology) };
        if (wanted)
          value.tessellation = tessellate(oc, shape, topology, deflectionFor(diagonalOf(value.info), FINE), 'fine');
        return { value, transfer: buffersOf([value.brep, value.tessellation]) };
      }),

    tessellate: ({ brep, quality, deflection, diagonal_mm }: TessellateArgument) =>
      scoped((own) => {
        const shape = readBrep(oc, own, brep);
        const byDefault = deflectionFor(diagonal_mm ?? 100, quality === 'fine' ? FINE : COARSE);
        const value = tessellate(oc, shape, topologyOf(oc, own, shape), { ...byDefault, ...deflection }, quality);
        return { value, transfer: buffersOf([value]) };
      }),

    /** The bodies as they are in their parts, one after the other. */
    brepText: ({ breps }: { breps: Uint8Array[] }) =>
      scoped((own) => {
        const shapes = breps.map((brep) => readBrep(oc, own, brep));
        const value = brepText(oc, together(oc, own, shapes));
        return { value, transfer: buffersOf([value]) };
      }),

    exportBrep: ({ bodies }: { bodies: { brep: Uint8Array; transform: Transform }[] }) =>
      scoped((own) => {
        const shapes = bodies.map(({ brep, transform }) => placed(oc, own, readBrep(oc, own, brep), transform));
        const value = brepText(oc, together(oc, own, shapes));
        return { value, transfer: buffersOf([value]) };
      }),

    exportStep: (argument: StepExportArgument) => {
      const value = exportStep(oc, argument);
      return { value, transfer: buffersOf([value]) };
    },

    project: (argument: ProjectArgument) => {
      const value = project(oc, argument);
      return { value, transfer: buffersOf([value]) };
    },

    writeMesh: (argument: MeshExportArgument) => {
      const value = exportMesh(argument);
      return { value, transfer: buffersOf([value]) };
    },

    measure: ({ items }: { items: MeasureItem[] }) => ({ value: measure(oc, items) }),

    primitives: ({ specifications }: { specifications: PrimitiveSpecification[] }) => {
      const value = makePrimitives(oc, specifications);
      return { value, transfer: buffersOf(value) };
    },

    readMesh: (argument: MeshImportArgument, report: Report) => {
      const value = importMeshFile(argument, report);
      return {
        value,
        transfer: buffersOf(value.parts.flatMap((part) => part.bodies.map((body) => body.tessellation))),
      };
    },
  };
  return operations;
}
