#include "recovery/body_nodes.hpp"

#include <algorithm>
#include <utility>

namespace artificer {

BodyNodes::BodyNodes(const StaticModel& model) {
  const int m = model.elementCount();
  elements_.resize(model.elements.size());
  std::vector<int> byBody(m);
  for (int e = 0; e < m; e++) byBody[e] = e;
  const auto key = [&](int e) { return std::pair(model.elementBody[e], model.elementMaterial[e]); };
  std::stable_sort(byBody.begin(), byBody.end(), [&](int a, int b) { return key(a) < key(b); });
  // One sweep a body; `number` holds the body node of each node in the body at hand.
  std::vector<int> number(model.nodeCount(), -1), lastBody(model.nodeCount(), 0);
  int bodyIndex = 0;
  for (int i = 0; i < m; i++) {
    const int e = byBody[i];
    if (i == 0 || key(e) != key(byBody[i - 1])) bodyIndex++;
    for (int a = 0; a < tet10::NODES; a++) {
      const int node = model.element(e)[a];
      if (lastBody[node] != bodyIndex) {
        lastBody[node] = bodyIndex;
        number[node] = static_cast<int>(node_.size());
        node_.push_back(node);
        material_.push_back(model.elementMaterial[e]);
      }
      elements_[static_cast<std::size_t>(tet10::NODES) * e + a] = number[node];
    }
  }
}

}  // namespace artificer
