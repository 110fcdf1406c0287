#pragma once

#include "common/run_control.hpp"
#include "common/thread_team.hpp"

namespace artificer {

/** A dense front of the factorisation, column-major, lower triangle. */
struct DenseFront {
  double* panel;   // pivot columns: (pivots + updates) rows, `pivots` columns, leading dimension pivots + updates
  double* update;  // Schur complement: updates x updates, lower triangle valid
  int pivots;
  int updates;
  /** Original diagonal entries of the pivots: the scale that tells a zero pivot from a small one. */
  const double* scale;
  /** Signs of the pivots, written, where the matrix may be indefinite: the front is then L S L^T. nullptr: it may not. */
  double* signs = nullptr;
};

/**
 * Partial Cholesky of a front: L11 L11^T = A11, L21 = A21 L11^-T, update -= L21 L21^T. Right-looking by panels; the
 * team shares the tiles of large fronts (nullptr: this thread alone). Returns the first pivot that is not positive (with
 * signs: that is nothing next to its scale), or -1.
 */
int factoriseFront(const DenseFront& front, ThreadTeam* team, const RunControl& control);

/** Sets to zero what factoriseFront reads of an update, columns of `rows` rows: the lower triangle and the tiles on the diagonal. */
void clearUpdate(double* update, int rows);

}  // namespace artificer
