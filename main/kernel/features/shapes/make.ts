/** Points, directions, frames and transformations as the kernel wants them, owned by the scope. */
import type { gp_Ax1, gp_Ax2, gp_Ax3, gp_Dir, gp_Pln, gp_Pnt, gp_Trsf, gp_Vec } from 'replicad-opencascadejs';
import type { Transform, Vector3 } from '../../../../preload/contract/geometry.ts';
import { usage } from '../../errors.ts';
import type { Occt } from '../../modeller/occt.ts';
import { unit } from '../../modeller/vectors.ts';
import type { Own } from '../../scope.ts';
import type { Frame } from '../operation.ts';

export class Make {
  readonly oc: Occt;
  readonly own: Own;

  constructor({ oc, own }: { oc: Occt; own: Own }) {
    this.oc = oc;
    this.own = own;
  }

  point(at_mm: Vector3): gp_Pnt {
    return this.own(new this.oc.gp_Pnt(...at_mm));
  }
  vector(vector: Vector3): gp_Vec {
    return this.own(new this.oc.gp_Vec(...vector));
  }
  /** @throws ArtificerError `feature.no-direction` */
  direction(vector: Vector3): gp_Dir {
    const direction = unit(vector);
    if (!direction) throw usage('feature.no-direction', 'A direction is zero.', 'Choose another axis or plane.');
    return this.own(new this.oc.gp_Dir(...direction));
  }
  axis(origin_mm: Vector3, direction: Vector3): gp_Ax1 {
    return this.own(new this.oc.gp_Ax1(this.point(origin_mm), this.direction(direction)));
  }
  /** Right-handed frame by its main direction and x. */
  axes({ origin_mm, z, x }: Pick<Frame, 'origin_mm' | 'z' | 'x'>): gp_Ax2 {
    return this.own(new this.oc.gp_Ax2(this.point(origin_mm), this.direction(z), this.direction(x)));
  }
  axes3({ origin_mm, z, x }: Pick<Frame, 'origin_mm' | 'z' | 'x'>): gp_Ax3 {
    return this.own(new this.oc.gp_Ax3(this.point(origin_mm), this.direction(z), this.direction(x)));
  }
  plane(frame: Pick<Frame, 'origin_mm' | 'z' | 'x'>): gp_Pln {
    return this.own(new this.oc.gp_Pln(this.axes3(frame)));
  }
  transform(transform: Transform): gp_Trsf {
    const made = this.own(new this.oc.gp_Trsf());
    made.SetValues(...(transform as Parameters<typeof made.SetValues>));
    return made;
  }
  progress(): InstanceType<Occt['Message_ProgressRange']> {
    return this.own(new this.oc.Message_ProgressRange());
  }
}
