#pragma once

#include "common/thread_team.hpp"
#include "eigen/davidson.hpp"

namespace artificer {

using ConstColumns = Eigen::Ref<const MultiVector>;
using Columns = Eigen::Ref<MultiVector>;

/** X^T Y: each member sums its rows, and the sums are added in the order of the members. */
MultiVector innerProducts(const ConstColumns& x, const ConstColumns& y, ThreadTeam& team);

/** y += x c */
void addProduct(const ConstColumns& x, const MultiVector& c, Columns y, ThreadTeam& team);

/** The first columns of x become x c, in place. */
void rotate(Columns x, const MultiVector& c, ThreadTeam& team);

}  // namespace artificer
