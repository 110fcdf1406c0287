#include "eigen/inertia.hpp"

#include "multifrontal/cholesky.hpp"
#include "sparse/ordering.hpp"

namespace artificer {

int negativePivots(const SymmetricBlockMatrix& matrix, ThreadTeam& team, const RunControl& control) {
  const MultifrontalCholesky factor(matrix, analyse(matrix, nestedDissection(matrix, control)), team, control, {},
                                    FactorKind::inertiaOnly);
  return factor.negativePivots();
}

}  // namespace artificer
