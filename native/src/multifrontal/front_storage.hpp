#pragma once

#include <cstdint>
#include <vector>

#include "common/large_vector.hpp"
#include "multifrontal/symbolic.hpp"

namespace artificer {

/** Supernodes [first, last]: one of the independent subtrees of the elimination tree. */
struct Subtree {
  int first, last;
  double work;
};

/** Independent subtrees, heaviest first, and the supernodes above them all, children before parents. */
struct TreeSplit {
  std::vector<Subtree> subtrees;
  std::vector<int> top;
};

/** Opens the heaviest subtree until the heaviest that is left is a small part of what each of `members` has to do. */
TreeSplit splitTree(const SymbolicFactor& symbolic, int members);

/**
 * Where the fronts of a factorisation live. Panels, which are the factor, stand one after the other. A Schur complement is
 * needed until the parent has taken it: those of a subtree are stacked, in two stacks by the depth in the tree, so that
 * those of the children are at the top of one while the parent's own is laid on the other. Memory is touched again while it
 * is still in the cache, rather than given back and asked for again at every front.
 */
class FrontStorage {
 public:
  /**
   * @param unknowns degrees of freedom of each block row
   * @param keepPanels false: a panel is only needed while its front is factorised
   */
  FrontStorage(const SymbolicFactor& symbolic, const TreeSplit& split, int unknowns, int members, bool keepPanels = true);

  /** The factor's columns of a supernode, cleared. `member`: who works on it. */
  double* openPanel(int s, int member);
  const double* panel(int s) const { return panels_.data() + panelStart_[s]; }

  /** A cleared Schur complement (its lower triangle is) above those that are open. */
  double* openUpdate(int s, int member);
  const double* update(int s) const { return updateAt_[s]; }
  /** The parent has taken it. All children are closed, by the parent's member, before the parent's own parent opens. */
  void closeUpdate(int s, int member);

  /** All subtrees are factorised, and what is above them is member 0's: what they were stacked in is given back. */
  void leaveSubtrees();
  /** Of openings and closings only the factor is left. */
  void finish();

 private:
  struct Stacks {
    LargeVector<double> memory[2];
    std::size_t used[2] = {0, 0};
  };
  std::size_t updateSize(int s) const { return updateRows_[s] * updateRows_[s]; }

  std::vector<std::size_t> panelStart_, panelSize_, updateRows_;
  LargeVector<double> panels_;                         // or nothing, where they are not kept
  std::vector<LargeVector<double>> panelOfMember_;     // only where they are not
  std::vector<char> parity_, alone_;                   // of the depth; whether the update has memory of its own
  std::vector<LargeVector<double>> own_;
  std::vector<double*> updateAt_;
  std::vector<Stacks> stacks_;
};

}  // namespace artificer
