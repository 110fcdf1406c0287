#include "multifrontal/front_storage.hpp"

#include <algorithm>

#include "multifrontal/dense_front.hpp"

namespace artificer {

TreeSplit splitTree(const SymbolicFactor& symbolic, int members) {
  const auto& nodes = symbolic.supernodes;
  const int count = static_cast<int>(nodes.size());
  std::vector<double> work(count);
  std::vector<int> first(count);
  TreeSplit split;
  auto& heap = split.subtrees;
  for (int s = 0; s < count; s++) {
    work[s] = nodes[s].work;
    first[s] = s;
    for (int child : nodes[s].children) {
      work[s] += work[child];
      first[s] = std::min(first[s], first[child]);
    }
    if (nodes[s].parent < 0) heap.push_back({first[s], s, work[s]});
  }
  const auto lighter = [](const Subtree& a, const Subtree& b) { return a.work < b.work; };
  std::make_heap(heap.begin(), heap.end(), lighter);
  const double smallEnough = members > 1 ? symbolic.work / (4.0 * members) : symbolic.work;
  while (!heap.empty() && heap.front().work > smallEnough) {
    std::pop_heap(heap.begin(), heap.end(), lighter);
    const int opened = heap.back().last;
    heap.pop_back();
    split.top.push_back(opened);
    for (int child : nodes[opened].children) {
      heap.push_back({first[child], child, work[child]});
      std::push_heap(heap.begin(), heap.end(), lighter);
    }
  }
  std::sort(split.top.begin(), split.top.end());
  std::sort(heap.begin(), heap.end(),
            [](const Subtree& a, const Subtree& b) { return a.work != b.work ? a.work > b.work : a.last < b.last; });
  return split;
}

FrontStorage::FrontStorage(const SymbolicFactor& symbolic, const TreeSplit& split, int unknowns, int members,
                           bool keepPanels) {
  const auto& nodes = symbolic.supernodes;
  const std::size_t count = nodes.size();
  panelStart_.assign(count, 0);
  panelSize_.resize(count);
  updateRows_.resize(count);
  std::size_t total = 0;
  for (std::size_t s = 0; s < count; s++) {
    const std::size_t pivots = static_cast<std::size_t>(unknowns) * nodes[s].columnCount;
    updateRows_[s] = static_cast<std::size_t>(unknowns) * nodes[s].rows.size();
    panelSize_[s] = pivots * (pivots + updateRows_[s]);
    if (keepPanels) panelStart_[s] = total;
    total += panelSize_[s];
  }
  if (keepPanels) panels_.resize(total);
  else panelOfMember_.resize(members);

  parity_.assign(count, 0);
  for (std::size_t s = count; s-- > 0;)
    if (nodes[s].parent >= 0) parity_[s] = parity_[nodes[s].parent] ^ 1;
  alone_.assign(count, 0);
  for (int s : split.top) alone_[s] = 1;
  for (const auto& subtree : split.subtrees) alone_[subtree.last] = 1;
  own_.resize(count);
  updateAt_.assign(count, nullptr);

  // Members take subtrees as they come: the stacks of each are as high as any subtree needs. What is not touched costs nothing.
  std::size_t highest[2] = {0, 0};
  for (const auto& subtree : split.subtrees) {
    std::size_t height[2] = {0, 0};
    for (int s = subtree.first; s <= subtree.last; s++) {
      const int side = parity_[s];
      if (!alone_[s]) height[side] += updateSize(s);
      highest[side] = std::max(highest[side], height[side]);
      for (int child : nodes[s].children) height[side ^ 1] -= updateSize(child);
    }
  }
  stacks_.resize(members);
  for (auto& stacks : stacks_)
    for (int side = 0; side < 2; side++) stacks.memory[side].resize(highest[side]);
}

double* FrontStorage::openPanel(int s, int member) {
  double* panel = nullptr;
  if (panelOfMember_.empty()) {
    panel = panels_.data() + panelStart_[s];
  } else {
    auto& memory = panelOfMember_[member];
    if (memory.size() < panelSize_[s]) {
      LargeVector<double>().swap(memory);  // what it held is done with, and need not be copied
      memory.resize(panelSize_[s]);
    }
    panel = memory.data();
  }
  std::fill_n(panel, panelSize_[s], 0.0);
  return panel;
}

double* FrontStorage::openUpdate(int s, int member) {
  double* memory = nullptr;
  if (alone_[s]) {
    own_[s].resize(updateSize(s));
    memory = own_[s].data();
  } else {
    auto& stacks = stacks_[member];
    memory = stacks.memory[parity_[s]].data() + stacks.used[parity_[s]];
    stacks.used[parity_[s]] += updateSize(s);
  }
  clearUpdate(memory, static_cast<int>(updateRows_[s]));
  return updateAt_[s] = memory;
}

void FrontStorage::closeUpdate(int s, int member) {
  updateAt_[s] = nullptr;
  if (alone_[s]) LargeVector<double>().swap(own_[s]);
  else stacks_[member].used[parity_[s]] -= updateSize(s);
}

void FrontStorage::leaveSubtrees() {
  std::vector<Stacks>().swap(stacks_);
  for (std::size_t member = 1; member < panelOfMember_.size(); member++)
    LargeVector<double>().swap(panelOfMember_[member]);
}

void FrontStorage::finish() {
  std::vector<LargeVector<double>>().swap(own_);
  std::vector<LargeVector<double>>().swap(panelOfMember_);
  std::vector<double*>().swap(updateAt_);
}

}  // namespace artificer
